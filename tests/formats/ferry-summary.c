/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-summary.h"

#include "ferry-check.h"

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static void
append_disk (GString *text, const FerryDisk *disk)
{
  g_string_append_printf (text,
                          "disk %s: %" G_GUINT64_FORMAT " bytes, used %" G_GINT64_FORMAT
                          ", %s, %s, %s%s%s%s\n",
                          disk->name, disk->capacity_bytes, disk->used_bytes,
                          or_dash (disk->format), ferry_bus_to_word (disk->bus),
                          or_dash (disk->file),
                          disk->flags & FERRY_DISK_COMPRESSED ? ", compressed" : "",
                          disk->flags & FERRY_DISK_CHUNKED ? ", chunked" : "",
                          disk->flags & FERRY_DISK_REMOTE ? ", remote" : "");
}

char *
ferry_summary_of_checks (const GPtrArray *checks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);

      g_assert_true (g_utf8_validate (check->text, -1, NULL));
      g_assert_nonnull (check->advice);
      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", check->id,
                              ferry_severity_to_word (check->severity));
    }

  return g_string_free (text, FALSE);
}

char *
ferry_summary_of_guest (const FerryGuest *guest)
{
  GString *text = g_string_new (NULL);
  g_autofree char *checks = ferry_summary_of_checks (guest->checks);

  g_string_append_printf (text, "guest %s: %s, %s (%s)\n", guest->id, guest->name,
                          or_dash (guest->os), or_dash (guest->os_id));
  g_string_append_printf (text, "memory %" G_GUINT64_FORMAT ", vcpus %u = %u x %u x %u, %s\n",
                          guest->memory_bytes, guest->vcpus, guest->sockets, guest->cores,
                          guest->threads, ferry_firmware_to_word (guest->firmware));
  if (guest->description != NULL)
    g_string_append_printf (text, "description %s\n", guest->description);
  for (guint i = 0; i < guest->disks->len; i++)
    append_disk (text, ferry_guest_get_disk (guest, i));
  for (guint i = 0; i < guest->nics->len; i++)
    {
      const FerryNic *nic = ferry_guest_get_nic (guest, i);

      g_string_append_printf (text, "nic %s: %s, %s, %s\n", nic->name, or_dash (nic->mac),
                              or_dash (nic->network), or_dash (nic->model));
    }
  if (*checks != '\0')
    g_string_append_printf (text, "checks %s\n", checks);

  return g_string_free (text, FALSE);
}
