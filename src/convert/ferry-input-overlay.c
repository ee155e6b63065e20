/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-input-overlay.h"

#include "ferry-advice.h"
#include "ferry-capture.h"
#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-image.h"
#include "ferry-serve.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* qemu names that may be read: none of them can point to other files once its beginning has been
 * looked at by ferry_image_probe(). */
static const char *const formats[] = { "raw", "qcow2", "vmdk", "vdi", "vhdx", "vpc", NULL };

/* qemu wants whole sectors; archives are padded to them. */
static guint64
round_to_sectors (guint64 bytes)
{
  return bytes % 512 == 0 ? bytes : (bytes / 512 + 1) * 512;
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, guint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) MIN (value, G_MAXINT64));
}

static void
add_protocol (JsonBuilder *builder, const FerryDiskLocation *location)
{
  gboolean is_part = location->offset > 0 || location->length > 0;

  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  if (is_part)
    {
      add_member (builder, "driver", "raw");
      add_number (builder, "offset", location->offset);
      if (location->length > 0)
        add_number (builder, "size", round_to_sectors (location->length));
      json_builder_set_member_name (builder, "file");
      json_builder_begin_object (builder);
    }
  add_member (builder, "driver", "file");
  add_member (builder, "filename", location->path);
  if (is_part)
    json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/**
 * ferry_input_overlay_source:
 * @location: its path must be UTF-8
 *
 * Returns: (transfer full): a file name of qemu's json: kind that means exactly those bytes
 */
char *
ferry_input_overlay_source (const FerryDiskLocation *location)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "driver", location->format);
  add_protocol (builder, location);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return g_strconcat ("json:", text, NULL);
}

static gboolean
fail_to_read (const char *path, int code, GError **error)
{
  FerryError kind = FERRY_ERROR_FAILED;
  g_autofree char *name = g_filename_display_name (path);

  if (code == ENOENT)
    kind = FERRY_ERROR_NOT_FOUND;
  else if (code == EACCES || code == EPERM)
    kind = FERRY_ERROR_PERMISSION;

  return ferry_fail (error, kind, _("The disk ‘%s’ cannot be read: %s."), name, g_strerror (code));
}

/* The source has looked at it before, but what is given to qemu is looked at here in any case: an
 * image that names other files would have qemu read any file of this user into the guest. */
static gboolean
check_image (const FerryDiskLocation *location, GError **error)
{
  g_auto (FerryFd) fd = open (location->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree char *name = g_filename_display_name (location->path);
  guint8 head[FERRY_IMAGE_PROBE_BYTES];
  gssize n;

  if (!g_strv_contains (formats, location->format))
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The disk ‘%s’ has the format ‘%s’, which Ferry does not read."), name,
                       location->format);

  n = fd < 0 ? -1 : pread (fd, head, sizeof head, (off_t) location->offset);
  if (n < 0)
    return fail_to_read (location->path, errno, error);

  if (strcmp (location->format, "raw") != 0
      && ferry_image_probe (head, (gsize) n).refers_elsewhere)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The disk ‘%s’ refers to other files, which is not allowed. Export the "
                         "virtual machine again, with all of a disk in one file."),
                       name);

  return TRUE;
}

/* qemu-img prefixes its complaint with its name and the name of the new file. Of a disk that is
 * served it only sees that it cannot be had; why, nbdkit has said. */
static gboolean
fail_to_overlay (const FerryInputDisk *disk, const char *complaint, GError **error)
{
  g_autofree char *name = g_filename_display_name (disk->location->path);
  g_autofree char *text = ferry_serve_read_log (disk);
  FerryAdvice advice;

  if (*text == '\0')
    {
      g_free (text);
      text = g_strstrip (g_strdup (complaint));
    }
  if (ferry_advice_find (text, &advice))
    return ferry_fail (error, advice.code, _("The disk ‘%s’ cannot be used. %s (%s)"), name,
                       advice.heading, text);

  return ferry_fail (error, FERRY_ERROR_INVALID, _("The disk ‘%s’ cannot be used: %s"), name, text);
}

static char *
make_path (const FerryInputDisk *disk, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("input-%u.%s", disk->index, suffix);

  return g_build_filename (disk->work_dir, name, NULL);
}

/* qcow2 keeps 1023 bytes of the name at most, and JSON only UTF-8; a link has neither limit. */
static FerryDiskLocation *
link_to_disk (const FerryInputDisk *disk, GError **error)
{
  g_autofree char *path = make_path (disk, "source");
  g_autoptr (FerryDiskLocation) link = ferry_disk_location_new (path, disk->location->format);

  link->offset = disk->location->offset;
  link->length = disk->location->length;
  if (symlink (disk->location->path, path) != 0)
    {
      ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be made: %s."), path,
                  g_strerror (errno));
      return NULL;
    }

  return g_steal_pointer (&link);
}

/* As ferry_input_overlay_source(), of what nbdkit has. */
static char *
name_socket (const FerryInputDisk *disk)
{
  g_autofree char *socket = ferry_serve_dup_socket (disk);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "driver", disk->location->format);
  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  add_member (builder, "driver", "nbd");
  json_builder_set_member_name (builder, "server");
  json_builder_begin_object (builder);
  add_member (builder, "type", "unix");
  add_member (builder, "path", socket);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return g_strconcat ("json:", text, NULL);
}

static char *
name_backing (const FerryInputDisk *disk, GError **error)
{
  g_autoptr (FerryDiskLocation) link = NULL;

  if (disk->location->serve != NULL)
    return name_socket (disk);
  link = link_to_disk (disk, error);

  return link != NULL ? ferry_input_overlay_source (link) : NULL;
}

static gboolean
create_overlay (FerryHost *host,
                const FerryInputDisk *disk,
                const char *overlay,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *backing = name_backing (disk, error);
  const char *const argv[] = { "qemu-img", "create", "-q", "-f", "qcow2", "-F",
                               disk->location->format, "-b", backing, "--", overlay, NULL };
  const FerryCommand command = { .argv = argv, .marker = disk->marker };
  g_auto (FerryCapture) capture = { NULL, NULL, 0 };

  if (backing == NULL || !ferry_capture_run (host, &command, &capture, cancellable, error))
    return FALSE;

  return capture.exit_status == 0 || fail_to_overlay (disk, capture.errors, error);
}

/* A server has no more than raw bytes for us: a format that names other files is out of the
 * question there. */
static gboolean
make_readable (FerryHost *host,
               const FerryInputDisk *disk,
               GCancellable *cancellable,
               GError **error)
{
  if (disk->location->serve == NULL)
    return check_image (disk->location, error);
  if (strcmp (disk->location->format, "raw") == 0)
    return ferry_serve_disk (host, disk, cancellable, error);

  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The disk ‘%s’ has the format ‘%s’, which Ferry does not read from a "
                       "server."),
                     disk->location->path, disk->location->format);
}

/**
 * ferry_input_make_overlay:
 *
 * Looks at the disk, or has nbdkit read it where it lies on a server, and makes a small qcow2 file over it, in the work folder.
 *
 * Returns: (transfer full): its path
 */
char *
ferry_input_make_overlay (FerryHost *host,
                          const FerryInputDisk *disk,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *overlay = make_path (disk, "qcow2");

  if (!make_readable (host, disk, cancellable, error)
      || !create_overlay (host, disk, overlay, cancellable, error))
    return NULL;

  return g_steal_pointer (&overlay);
}
