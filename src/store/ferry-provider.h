/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-error.h"
#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* Providers: saved sources. One key file each, providers/UUID.ini in the configuration folder, 0600,
 * written atomically, with a version; groups and keys that this version does not know are kept. */

#define FERRY_PROVIDER_VERSION 1

/**
 * FerryProvider:
 * @id: (owned): uuid
 * @name: (owned): unique among the providers, whatever their case
 * @source: with @provider set to @id; its passwords are in the keyring, never in the file
 * @remember: the password shall be kept in the keyring
 * @tested_usec: when it was last tested, µs since 1970; 0: never
 * @test_result: (owned) (nullable): what the last test said: a sentence
 * @test_failed: @test_code: the last test failed, and how
 */
typedef struct
{
  char *id;
  char *name;
  FerryPlanSource source;
  gboolean remember;
  gint64 tested_usec;
  char *test_result;
  gboolean test_failed;
  FerryError test_code;
} FerryProvider;

/** ferry_provider_new: with a new uuid and a copy of @source; not saved yet */
FerryProvider *ferry_provider_new (const char *name, const FerryPlanSource *source);
FerryProvider *ferry_provider_copy (const FerryProvider *provider);
void ferry_provider_free (FerryProvider *provider);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryProvider, ferry_provider_free)

/** ferry_provider_list: (transfer full) (element-type FerryProvider): sorted by name; files that
 * cannot be read are left out, and counted in @out_damaged (out) (optional) */
GPtrArray *ferry_provider_list (guint *out_damaged, GError **error);
FerryProvider *ferry_provider_load (const char *id, GError **error);
/** ferry_provider_find: by name (whatever its case) or uuid; FERRY_ERROR_NOT_FOUND, with the nearest
 * name if there is one */
FerryProvider *ferry_provider_find (const char *name, GError **error);
/** ferry_provider_save: FERRY_ERROR_EXISTS when another one has the name, INVALID when the name is
 * empty, longer than 120 bytes or has control characters */
gboolean ferry_provider_save (const FerryProvider *provider, GError **error);
/** ferry_provider_remove: the file; its passwords are the caller's to forget */
gboolean ferry_provider_remove (const char *id, GError **error);

/** ferry_provider_export: (transfer full): all given, as one text without secrets */
char *ferry_provider_export (GPtrArray *providers);
/** ferry_provider_import: (transfer full) (element-type FerryProvider): from such a text, with new
 * uuids and names that are free; not saved */
GPtrArray *ferry_provider_import (const char *text, gssize length, GError **error);

G_END_DECLS
