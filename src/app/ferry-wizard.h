/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-backend.h"
#include "ferry-page.h"
#include "ferry-providers.h"
#include "ferry-worker-client.h"

G_BEGIN_DECLS

/* The wizard: a window of its own, that hands a plan to the worker and closes. */
#define FERRY_TYPE_WIZARD (ferry_wizard_get_type ())
G_DECLARE_FINAL_TYPE (FerryWizard, ferry_wizard, FERRY, WIZARD, AdwWindow)

/** ferry_wizard_new: on the sources and destinations of the backend of @providers
 * @client: (nullable): who takes the plan; NULL: Import is not offered */
GtkWindow *
ferry_wizard_new (GtkApplication *app, FerryWorkerClient *client, FerryProviders *providers);

/** ferry_wizard_set_source_path: as if @path had been typed on the page Source */
void ferry_wizard_set_source_path (FerryWizard *self, const char *path);

/** ferry_wizard_set_provider: as if the provider of that uuid had been chosen on the page Source */
void ferry_wizard_set_provider (FerryWizard *self, const char *id);

/**
 * ferry_wizard_open_plan:
 *
 * Fills all pages from the plan at @path and stays at the first: its source and destination are
 * read again.
 *
 * Errors: FERRY_ERROR_INVALID and those of reading a file
 */
gboolean ferry_wizard_open_plan (FerryWizard *self, const char *path, GError **error);

FerryDraft *ferry_wizard_get_draft (FerryWizard *self);
/** ferry_wizard_get_page: (transfer none): the one that is shown */
FerryPage *ferry_wizard_get_page (FerryWizard *self);

G_END_DECLS
