/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ipc.h"

#include "ferry-error.h"

#define DISKS_TYPE G_VARIANT_TYPE ("a(sttx)")
#define ERROR_NAME(word) FERRY_APP_ID ".Error." word

/* The words are those of ferry_error_code_to_word (); tests/worker/test-ipc.c compares them. */
static const GDBusErrorEntry error_entries[] = {
  { FERRY_ERROR_FAILED, ERROR_NAME ("Failed") },
  { FERRY_ERROR_INVALID, ERROR_NAME ("Invalid") },
  { FERRY_ERROR_NOT_FOUND, ERROR_NAME ("NotFound") },
  { FERRY_ERROR_EXISTS, ERROR_NAME ("Exists") },
  { FERRY_ERROR_NO_SPACE, ERROR_NAME ("NoSpace") },
  { FERRY_ERROR_PERMISSION, ERROR_NAME ("Permission") },
  { FERRY_ERROR_UNSUPPORTED, ERROR_NAME ("Unsupported") },
  { FERRY_ERROR_MISSING_TOOL, ERROR_NAME ("MissingTool") },
  { FERRY_ERROR_CONVERSION, ERROR_NAME ("Conversion") },
  { FERRY_ERROR_CONNECTION, ERROR_NAME ("Connection") },
  { FERRY_ERROR_AUTH, ERROR_NAME ("Auth") },
  { FERRY_ERROR_CERTIFICATE, ERROR_NAME ("Certificate") },
  { FERRY_ERROR_KEY, ERROR_NAME ("Key") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (error_entries) == FERRY_N_ERRORS);

/** ferry_ipc_init: names FERRY_ERROR's codes on the bus; more than once does no harm */
void
ferry_ipc_init (void)
{
  static gsize quark = 0;

  g_dbus_error_register_error_domain ("ferry-error-quark", &quark, error_entries,
                                      G_N_ELEMENTS (error_entries));
}

/** ferry_ipc_dup_import_path: the object of import @id, a uuid */
char *
ferry_ipc_dup_import_path (const char *id)
{
  g_autofree char *element = g_strdelimit (g_strdup (id), "-", '_');

  return g_strconcat (FERRY_WORKER_IMPORTS, "/", element, NULL);
}

static GVariant *
disks_to_variant (const GPtrArray *disks)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (DISKS_TYPE);

  for (guint i = 0; i < disks->len; i++)
    {
      const FerryDiskProgress *disk = g_ptr_array_index (disks, i);

      g_variant_builder_add (&builder, "(sttx)", disk->name != NULL ? disk->name : "",
                             disk->done_bytes, disk->total_bytes, disk->seconds);
    }

  return g_variant_builder_end (&builder);
}

/**
 * ferry_ipc_progress_to_variant:
 *
 * Returns: (transfer floating): a{sv} as the interface's XML describes it
 */
GVariant *
ferry_ipc_progress_to_variant (const FerryProgress *progress)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "message", "s",
                         progress->message != NULL ? progress->message : "");
  g_variant_dict_insert (&dict, "fraction", "d", progress->fraction);
  g_variant_dict_insert (&dict, "rate", "t", progress->rate_bytes);
  g_variant_dict_insert (&dict, "seconds-left", "x", progress->seconds_left);
  g_variant_dict_insert (&dict, "disk", "i", progress->disk);
  g_variant_dict_insert_value (&dict, "disks", disks_to_variant (progress->disks));

  return g_variant_dict_end (&dict);
}

static void
read_disks (FerryProgress *progress, GVariant *disks)
{
  GVariantIter iter;
  const char *name;
  guint64 done_bytes;
  guint64 total_bytes;
  gint64 seconds;

  g_variant_iter_init (&iter, disks);
  while (g_variant_iter_next (&iter, "(&sttx)", &name, &done_bytes, &total_bytes, &seconds))
    {
      FerryDiskProgress *disk;

      ferry_progress_add_disk (progress, name, total_bytes);
      disk = g_ptr_array_index (progress->disks, progress->disks->len - 1);
      disk->done_bytes = MIN (done_bytes, total_bytes);
      disk->seconds = seconds;
    }
}

/**
 * ferry_ipc_progress_from_variant:
 * @variant: the Progress property
 * @state: the State property that it belongs to
 *
 * Returns: (transfer full): what could be understood; a member that is missing or of another type
 *   is unknown, a number out of its range is brought into it
 */
FerryProgress *
ferry_ipc_progress_from_variant (GVariant *variant, FerryImportState state)
{
  FerryProgress *progress = ferry_progress_new ();
  g_autoptr (GVariant) disks = NULL;
  gint32 disk = -1;
  double fraction = 0;

  progress->state = state;
  progress->seconds_left = -1;
  progress->disk = -1;
  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return progress;

  g_variant_lookup (variant, "message", "s", &progress->message);
  g_variant_lookup (variant, "rate", "t", &progress->rate_bytes);
  g_variant_lookup (variant, "seconds-left", "x", &progress->seconds_left);
  /* Written so that not-a-number becomes 0. */
  if (g_variant_lookup (variant, "fraction", "d", &fraction) && fraction > 0)
    progress->fraction = MIN (fraction, 1);
  disks = g_variant_lookup_value (variant, "disks", DISKS_TYPE);
  if (disks != NULL)
    read_disks (progress, disks);
  if (g_variant_lookup (variant, "disk", "i", &disk) && disk >= 0
      && (guint) disk < progress->disks->len)
    progress->disk = disk;

  return progress;
}
