/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-disk-image.h"

#include "ferry-error.h"
#include "ferry-helper.h"
#include "ferry-json.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>

#define SECTOR_BYTES 512

/* qemu-img reads the head of a file; what takes longer hangs on a dead file server. */
#define LIMIT_MSEC (120 * 1000)

static JsonNode *
read_answer (const FerryDiskImage *image, const FerryHelperAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (answer->exit_status != 0)
    {
      ferry_fail (error, FERRY_ERROR_CONVERSION,
                  _("The disk ‘%s’ that was made cannot be opened: %s"), image->path,
                  answer->errors);
      return NULL;
    }
  node = ferry_json_parse (answer->output, -1, error);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  if (node != NULL)
    ferry_fail (error, FERRY_ERROR_INVALID, _("It is not an object."));
  g_prefix_error (error, _("qemu-img gave no sensible answer. "));

  return NULL;
}

/* The format is said, not guessed: what a guest wrote into its raw disk may look like anything. */
static JsonNode *
ask (const FerryDiskImage *image, GCancellable *cancellable, GError **error)
{
  g_autofree char *program = ferry_paths_dup_tool ("qemu-img");
  const char *const argv[] = { program,     "info", "--output=json", "-f", image->format,
                               image->path, NULL };
  FerryHelper helper = { .argv = argv, .marker = image->marker, .limit_msec = LIMIT_MSEC };
  g_autoptr (FerryHelperAnswer) answer = NULL;

  if (program == NULL)
    {
      ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                  _("qemu-img is not installed, so that the disks cannot be checked. Install the "
                    "package qemu-utils."));
      return NULL;
    }
  answer = ferry_helper_run (&helper, cancellable, error);

  return answer != NULL ? read_answer (image, answer, error) : NULL;
}

static gboolean
check_size (const FerryDiskImage *image, guint64 virtual_bytes, GError **error)
{
  guint64 wanted = image->capacity_bytes;
  g_autofree char *is_text = NULL;
  g_autofree char *wanted_text = NULL;

  if (wanted % SECTOR_BYTES != 0 && wanted <= G_MAXUINT64 - SECTOR_BYTES)
    wanted += SECTOR_BYTES - wanted % SECTOR_BYTES;
  if (virtual_bytes > 0 && virtual_bytes >= wanted)
    return TRUE;

  is_text = g_format_size_full (virtual_bytes, G_FORMAT_SIZE_LONG_FORMAT);
  wanted_text = g_format_size_full (wanted, G_FORMAT_SIZE_LONG_FORMAT);

  return ferry_fail (error, FERRY_ERROR_CONVERSION,
                     _("The disk ‘%s’ that was made is too small: %s instead of %s."),
                     image->path, is_text, wanted_text);
}

/**
 * ferry_disk_image_verify:
 *
 * Whether the file opens as an image of its format, stands alone, and is as large as the source's
 * disk. Larger is no fault: sources round capacities down to whole units of their own, and virt-v2v
 * gives the guest what the image file really holds, in whole sectors.
 *
 * Errors: FERRY_ERROR_CONVERSION, MISSING_TOOL, FAILED, INVALID
 */
gboolean
ferry_disk_image_verify (const FerryDiskImage *image, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) node = ask (image, cancellable, error);
  g_autofree char *format = NULL;
  g_autofree char *backing = NULL;
  guint64 virtual_bytes = 0;
  JsonObject *object;

  if (node == NULL)
    return FALSE;

  object = json_node_get_object (node);
  if (!ferry_json_get_string (object, "format", &format, error) ||
      !ferry_json_get_string (object, "backing-filename", &backing, error) ||
      !ferry_json_get_uint64 (object, "virtual-size", &virtual_bytes, error))
    return FALSE;

  if (g_strcmp0 (format, image->format) != 0)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("The disk ‘%s’ that was made is of format %s instead of %s."),
                       image->path, format != NULL ? format : "?", image->format);
  if (backing != NULL)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _("The disk ‘%s’ that was made is not complete: it needs ‘%s’."),
                       image->path, backing);

  return check_size (image, virtual_bytes, error);
}

/** ferry_disk_image_dup_name: as virt-v2v calls it: "NAME-sda", …, "NAME-sdz", "NAME-sdaa" */
char *
ferry_disk_image_dup_name (const char *guest, guint index)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint64 left = (guint64) index + 1; left > 0; left = (left - 1) / 26)
    g_string_prepend_c (letters, (char) ('a' + (left - 1) % 26));

  return g_strdup_printf ("%s-sd%s", guest, letters->str);
}
