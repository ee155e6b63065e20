/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ova.h"

#include "ferry-check.h"
#include "ferry-image.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

static void
add (FerryOvfSystem *system, const FerryDisk *disk, FerryCheck *check)
{
  ferry_guest_take_disk_check (system->guest, disk, check);
}

/* Whether a name, as written or decoded, is one that ferry_member_check_name () refuses. */
static gboolean
is_outside (const char *href)
{
  g_autofree char *decoded = g_uri_unescape_string (href, NULL);

  return ferry_member_check_name (href, NULL) == NULL ||
         (decoded != NULL && ferry_member_check_name (decoded, NULL) == NULL);
}

static void
check_missing (FerryOva *ova, FerryOvfSystem *system, const FerryDisk *disk)
{
  if (is_outside (disk->file))
    add (system, disk,
         ferry_check_new ("disk.path-outside", FERRY_SEVERITY_BLOCKER,
                          _ ("Do not trust this appliance. Ask for a new one where it came "
                             "from."),
                          _ ("The disk ‘%s’ is said to lie in ‘%s’, which is outside of the "
                             "appliance."),
                          disk->name, disk->file));
  else if (ferry_archive_is_complete (ova->archive))
    add (system, disk,
         ferry_check_new ("disk.file-missing", FERRY_SEVERITY_BLOCKER,
                          ferry_archive_get_n_unnamed (ova->archive) > 0
                              ? _ ("The appliance has files whose names are not in UTF-8. "
                                   "Rename them or pack it again.")
                              : _ ("Copy, download or export the appliance again."),
                          _ ("The file ‘%s’ of the disk ‘%s’ is missing or not complete."),
                          disk->file, disk->name));
}

/* FALSE: nothing more can be found out about the file */
static gboolean
check_member (FerryOvfSystem *system, const FerryDisk *disk, const FerryMember *member)
{
  if (member->kind == FERRY_MEMBER_LINK)
    add (system, disk,
         ferry_check_new ("disk.is-link", FERRY_SEVERITY_BLOCKER,
                          _ ("Put the file itself into the appliance’s folder or archive."),
                          _ ("The file ‘%s’ of the disk ‘%s’ is a link, which is not "
                             "followed."),
                          member->name, disk->name));
  else if (member->kind != FERRY_MEMBER_FILE)
    add (system, disk,
         ferry_check_new ("disk.not-a-file", FERRY_SEVERITY_BLOCKER,
                          _ ("Export the virtual machine again."),
                          _ ("‘%s’ of the disk ‘%s’ is not a regular file."), member->name,
                          disk->name));
  else if (member->is_ambiguous)
    add (system, disk,
         ferry_check_new ("disk.name-twice", FERRY_SEVERITY_BLOCKER,
                          _ ("Pack the appliance again without doubled files."),
                          _ ("The appliance has two files named ‘%s’, so the disk ‘%s’ "
                             "could be either."),
                          member->name, disk->name));
  else
    return TRUE;

  return FALSE;
}

static void
check_size (FerryOva *ova, FerryOvfSystem *system, const FerryDisk *disk, const FerryOvfFile *file)
{
  gint64 stored_bytes = ferry_ova_get_stored_bytes (ova, file);
  g_autofree char *is = NULL;
  g_autofree char *said = NULL;

  if (file->size_bytes < 0 || stored_bytes < 0 || file->size_bytes == stored_bytes)
    return;
  is = g_format_size_full ((guint64) stored_bytes, G_FORMAT_SIZE_LONG_FORMAT);
  said = g_format_size_full ((guint64) file->size_bytes, G_FORMAT_SIZE_LONG_FORMAT);
  add (system, disk,
       ferry_check_new ("disk.size-differs", FERRY_SEVERITY_WARNING,
                        _ ("Verify the appliance, or copy it again if the file is too "
                           "small."),
                        _ ("The file ‘%s’ of the disk ‘%s’ has %s, but the description "
                           "says %s."),
                        disk->file, disk->name, is, said));
}

static void
add_wrong_format (FerryOvfSystem *system, const FerryDisk *disk, const char *format)
{
  add (system, disk,
       ferry_check_new ("disk.wrong-format", FERRY_SEVERITY_BLOCKER,
                        _ ("The file is damaged or the description is wrong. Copy, download "
                           "or export the appliance again."),
                        _ ("The file ‘%s’ of the disk ‘%s’ is not %s, as the description "
                           "says."),
                        disk->file, disk->name, format));
}

/* Raw disks hold whatever the guest wrote, and VHD files tell at their end only. */
static gboolean
is_told_by_beginning (const char *format)
{
  return format != NULL && !g_str_equal (format, "raw") && !g_str_equal (format, "vpc");
}

static void
set_format (FerryOvfSystem *system, FerryDisk *disk, const char *format)
{
  if (g_strcmp0 (disk->format, format) == 0)
    return;
  if (disk->format != NULL)
    add (system, disk,
         ferry_check_new ("disk.format-differs", FERRY_SEVERITY_NOTE,
                          _ ("The file counts; nothing needs to be done."),
                          _ ("The description calls the disk ‘%s’ %s, but its file is %s."),
                          disk->name, disk->format, format));
  g_free (disk->format);
  disk->format = g_strdup (format);
}

static void
set_capacity (FerryOvfSystem *system, FerryDisk *disk, guint64 capacity_bytes)
{
  if (capacity_bytes == 0 || capacity_bytes == disk->capacity_bytes)
    return;
  if (disk->capacity_bytes != 0)
    {
      g_autofree char *said = g_format_size_full (disk->capacity_bytes, G_FORMAT_SIZE_LONG_FORMAT);
      g_autofree char *is = g_format_size_full (capacity_bytes, G_FORMAT_SIZE_LONG_FORMAT);

      add (system, disk,
           ferry_check_new ("disk.capacity-differs", FERRY_SEVERITY_NOTE,
                            _ ("The file counts; nothing needs to be done."),
                            _ ("The description says that the disk ‘%s’ has %s, but its "
                               "file says %s."),
                            disk->name, said, is));
    }
  disk->capacity_bytes = capacity_bytes;
}

static void
check_image (FerryOvfSystem *system,
             FerryDisk *disk,
             const FerryImage *image,
             const FerryMember *member)
{
  if (g_strcmp0 (disk->format, "raw") == 0)
    {
      if (disk->capacity_bytes == 0 && (disk->flags & FERRY_DISK_CHUNKED) == 0)
        disk->capacity_bytes = (guint64) member->size_bytes;
      return;
    }
  if (image->format == NULL)
    {
      if (is_told_by_beginning (disk->format))
        add_wrong_format (system, disk, disk->format);
      return;
    }
  if (image->refers_elsewhere)
    add (system, disk,
         ferry_check_new ("disk.outside-reference", FERRY_SEVERITY_BLOCKER,
                          _ ("Convert the disk into a single file, for example with "
                             "‘qemu-img convert’, or export it again."),
                          _ ("The file ‘%s’ of the disk ‘%s’ refers to other files that "
                             "hold its data; such a reference is not followed."),
                          disk->file, disk->name));
  set_format (system, disk, image->format);
  set_capacity (system, disk, image->capacity_bytes);
}

/* What the beginning of the file says, where it can be read without unpacking. */
static void
check_head (FerryOva *ova, FerryOvfSystem *system, FerryDisk *disk, const FerryMember *member)
{
  g_auto (FerrySpan) span = FERRY_SPAN_INIT;
  g_autoptr (GError) error = NULL;
  guint8 head[FERRY_IMAGE_PROBE_BYTES];
  FerryImage image;
  ssize_t n;

  if (!ferry_archive_open_span (ova->archive, member, &span, &error))
    {
      add (system, disk,
           ferry_check_new ("disk.unreadable", FERRY_SEVERITY_BLOCKER, "", "%s", error->message));
      return;
    }
  n = pread (span.fd, head, MIN (sizeof head, span.length), (off_t) span.offset);
  image = ferry_image_probe (head, (gsize) MAX (n, 0));
  if ((disk->flags & FERRY_DISK_COMPRESSED) == 0)
    check_image (system, disk, &image, member);
  else if (!image.is_gzip)
    add_wrong_format (system, disk, "gzip");
}

/* The name that was found, for people; chunks keep the name that they have in common. */
static void
set_file (FerryOva *ova, FerryDisk *disk, const char *name)
{
  g_autofree char *prefix = ferry_archive_dup_name_beside_ovf (ova->archive, "");

  if ((disk->flags & FERRY_DISK_CHUNKED) != 0 || !g_str_has_prefix (name, prefix))
    return;
  g_free (disk->file);
  disk->file = g_strdup (name + strlen (prefix));
}

static gboolean
check_parts (FerryOva *ova, FerryOvfSystem *system, const FerryDisk *disk, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const FerryMember *member = ferry_archive_find (ova->archive, parts->pdata[i]);

      if (member == NULL || !check_member (system, disk, member))
        return FALSE;
    }

  return TRUE;
}

void
ferry_ova_check_disk_file (FerryOva *ova, FerryOvfSystem *system, guint index)
{
  FerryDisk *disk = g_ptr_array_index (system->guest->disks, index);
  const FerryOvfFile *file = g_ptr_array_index (system->files, index);
  g_autoptr (GPtrArray) parts = NULL;
  const FerryMember *first;

  if (file == NULL || (disk->flags & FERRY_DISK_REMOTE) != 0)
    return;
  parts = ferry_ova_find_parts (ova, file);
  if (parts == NULL)
    {
      check_missing (ova, system, disk);
      return;
    }
  set_file (ova, disk, parts->pdata[0]);
  if (!check_parts (ova, system, disk, parts))
    return;
  check_size (ova, system, disk, file);
  first = ferry_archive_find (ova->archive, parts->pdata[0]);
  if (first->offset != FERRY_MEMBER_NO_OFFSET)
    check_head (ova, system, disk, first);
}
