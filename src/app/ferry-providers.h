/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-provider-item.h"

G_BEGIN_DECLS

/**
 * FerryProviders: all saved sources, a #GListModel of FerryProviderItem sorted by name; one for the
 * main window and all wizards. A password that is not to be kept, or cannot be, stays in memory.
 *
 * Signals: "changed" (one of them), "keyring-problem" (GError): a password was not kept,
 * "keyring-known" (gboolean): there is a keyring in this session
 */
#define FERRY_TYPE_PROVIDERS (ferry_providers_get_type ())
G_DECLARE_FINAL_TYPE (FerryProviders, ferry_providers, FERRY, PROVIDERS, GObject)

FerryProviders *ferry_providers_new (const FerryBackend *backend);
const FerryBackend *ferry_providers_get_backend (FerryProviders *self);

/** ferry_providers_load: reads the files again; tests that are going on go on */
void ferry_providers_load (FerryProviders *self);
/** ferry_providers_get_problem: (nullable): a sentence: what could not be read */
const char *ferry_providers_get_problem (FerryProviders *self);
/** ferry_providers_find: (nullable) (transfer none): by uuid */
FerryProviderItem *ferry_providers_find (FerryProviders *self, const char *id);
/** ferry_providers_find_name: (nullable) (transfer none): whatever its case */
FerryProviderItem *ferry_providers_find_name (FerryProviders *self, const char *name);

/** ferry_providers_save: adds @provider or replaces the one of its uuid; its passwords go into the
 * keyring, or out of it, in the background */
gboolean ferry_providers_save (FerryProviders *self, const FerryProvider *provider, GError **error);
/** ferry_providers_remove: with its passwords */
gboolean ferry_providers_remove (FerryProviders *self, const char *id, GError **error);
/** ferry_providers_dup_free_name: (transfer full): @name, or "NAME 2", which nobody has */
char *ferry_providers_dup_free_name (FerryProviders *self, const char *name);

/** ferry_providers_look_for_keyring: "keyring-known" tells whether there is one; nothing is unlocked */
void ferry_providers_look_for_keyring (FerryProviders *self);

/** ferry_providers_export: (transfer full): all of them, as one text without secrets */
char *ferry_providers_export (FerryProviders *self);
/** ferry_providers_import: @out_n: (out): how many came in */
gboolean
ferry_providers_import (FerryProviders *self, const char *text, guint *out_n, GError **error);

G_END_DECLS
