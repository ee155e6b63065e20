/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-keys.h"

#include <stdio.h>
#include <string.h>

/* virt-v2v before 2.4 has no word for "every device": it is told those that there can be. More
 * partitions than this are on hardly any disk; what lies elsewhere an inspection has found, or the key
 * names it. */
#define MOST_PARTITIONS 16
#define VERSION_WITH_ALL 204 /* 2.4 */

static void
append_lines (GString *lines, const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const FerryPlanKey *key = g_ptr_array_index (keys, i);

      g_string_append_printf (lines, "%s %s\n", key->device != NULL ? key->device : "-", key->key);
    }
}

static gsize
count_bytes (const GPtrArray *keys)
{
  gsize n = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      const FerryPlanKey *key = g_ptr_array_index (keys, i);

      n += strlen (key->key) + (key->device != NULL ? strlen (key->device) : 1) + 2;
    }

  return n;
}

char *
ferry_keys_to_lines (const FerryPlan *plan, const FerryPlanGuest *guest)
{
  /* Large enough at once: growing would leave copies behind. */
  gsize size = count_bytes (plan->keys) + (guest != NULL ? count_bytes (guest->keys) : 0);
  GString *lines = g_string_sized_new (size + 1);

  if (guest != NULL)
    append_lines (lines, guest->keys);
  append_lines (lines, plan->keys);

  return g_string_free (lines, FALSE);
}

static gboolean
knows_all (const char *version)
{
  guint major = 0;
  guint minor = 0;

  return version != NULL && sscanf (version, "%u.%u", &major, &minor) == 2 && major < 100 &&
         minor < 100 && major * 100 + minor >= VERSION_WITH_ALL;
}

static void
add_value (GStrvBuilder *values, const char *selector, const char *path)
{
  g_autofree char *value = g_strconcat (selector, ":file:", path, NULL);

  g_strv_builder_add (values, value);
}

/* sda, …, sdz, sdaa, … */
static char *
make_disk (guint index)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint64 n = (guint64) index + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (name, (char) ('a' + (n - 1) % 26));
  g_string_prepend (name, "/dev/sd");

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
add_partitions (GStrvBuilder *values, guint n_disks, const char *path)
{
  for (guint i = 0; i < n_disks; i++)
    {
      g_autofree char *disk = make_disk (i);

      for (guint j = 1; j <= MOST_PARTITIONS; j++)
        {
          g_autofree char *partition = g_strdup_printf ("%s%u", disk, j);

          add_value (values, partition, path);
        }
    }
}

static void
add_found (GStrvBuilder *values, const FerryInspection *inside, const char *path)
{
  for (guint i = 0; inside != NULL && inside->encrypted[i] != NULL; i++)
    if (ferry_key_device_is_valid (inside->encrypted[i]))
      add_value (values, inside->encrypted[i], path);
}

static void
add_values (GStrvBuilder *values,
            const FerryKeyFiles *files,
            const FerryPlanKey *key,
            const char *path)
{
  if (key->device != NULL)
    add_value (values, key->device, path);
  else if (knows_all (files->version))
    add_value (values, "all", path);
  else
    {
      add_found (values, files->guest->source->inside, path);
      add_partitions (values, ferry_plan_guest_count_included (files->guest), path);
    }
}

static gboolean
write_keys (FerryHost *host,
            const FerryKeyFiles *files,
            const GPtrArray *keys,
            GStrvBuilder *values,
            GError **error)
{
  const char *owner = keys == files->plan->keys ? "all" : "own";

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("key-%s-%u", owner, i);
      g_autofree char *path = g_build_filename (files->work_dir, name, NULL);
      const FerryPlanKey *key = g_ptr_array_index (keys, i);

      if (!ferry_host_write_file (host, path, key->key, error))
        return FALSE;
      add_values (values, files, key, path);
    }

  return TRUE;
}

char **
ferry_keys_write (FerryHost *host, const FerryKeyFiles *files, GError **error)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  if (!write_keys (host, files, files->guest->keys, values, error) ||
      !write_keys (host, files, files->plan->keys, values, error))
    return NULL;

  return g_strv_builder_end (values);
}
