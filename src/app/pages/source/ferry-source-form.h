/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-connector.h"
#include "ferry-source-input.h"

G_BEGIN_DECLS

/**
 * FerrySourceForm: where a live source is and how to get in, with a test in place; used by the page
 * Source and by the editor of providers. What is typed is looked at while it is.
 *
 * Signals: "changed" (what is typed, or how the connection stands), "save" (as a provider)
 */
#define FERRY_TYPE_SOURCE_FORM (ferry_source_form_get_type ())
G_DECLARE_FINAL_TYPE (FerrySourceForm, ferry_source_form, FERRY, SOURCE_FORM, AdwBin)

/** ferry_source_form_set_backend: once */
void ferry_source_form_set_backend (FerrySourceForm *self, const FerryBackend *backend);
/** ferry_source_form_set_host: (nullable): of the conversion host, for the transports; copied */
void ferry_source_form_set_host (FerrySourceForm *self, const FerryHostFacts *facts);
/** ferry_source_form_offer_save: whether "Save as Provider…" is there when there is something to
 * save */
void ferry_source_form_offer_save (FerrySourceForm *self, gboolean offer);

/** ferry_source_form_fill: another source of @kind; @provider: (nullable): what it was saved as */
void ferry_source_form_fill (FerrySourceForm *self,
                             FerryKind kind,
                             const FerryPlanSource *source,
                             const FerryProvider *provider);
/** ferry_source_form_set_provider: what is in the form was saved as @provider just now */
void ferry_source_form_set_provider (FerrySourceForm *self, const FerryProvider *provider);
/** ferry_source_form_read: into @out_source, which is initialised; its provider is named only as
 * long as server and user are the saved ones: its password is for nobody else */
void ferry_source_form_read (FerrySourceForm *self, FerryPlanSource *out_source);
FerryKind ferry_source_form_get_kind (FerrySourceForm *self);
gboolean ferry_source_form_get_remember (FerrySourceForm *self);
/** ferry_source_form_is_complete: it can be connected to, as far as one can see */
gboolean ferry_source_form_is_complete (FerrySourceForm *self);
/** ferry_source_form_is_valid: it can be saved: a password may be missing */
gboolean ferry_source_form_is_valid (FerrySourceForm *self);

void ferry_source_form_connect (FerrySourceForm *self, FerryAim aim);
/** ferry_source_form_get_connector: (transfer none) */
FerryConnector *ferry_source_form_get_connector (FerrySourceForm *self);
/** ferry_source_form_say_keyring: why a password was not kept */
void ferry_source_form_say_keyring (FerrySourceForm *self, const GError *problem);

G_END_DECLS
