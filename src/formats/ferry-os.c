/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-os-private.h"

#include <osinfo/osinfo.h>
#include <string.h>

/* libosinfo 1.10 forgets some bytes of each file that it reads. Its stacks are too short for a
 * suppression, so that the leak sanitizer has to look away meanwhile. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#if defined(IS_SANITIZED) || defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif

/* All of it is made once, by whoever comes first, and only read from then on, so that any thread can:
 * libosinfo's own objects are not made for that and are gone by then. */
typedef struct
{
  GPtrArray *list; /* (owned) (element-type FerryOs): sorted by name */
  GHashTable *by_id; /* (owned): every short id to FerryOs, unowned */
  GHashTable *by_uri; /* (owned): URI to FerryOs, unowned */
  GHashTable *uris; /* (owned): short id to URI */
} Systems;

static const struct
{
  const char *theirs;
  const char *ours;
} families[] = {
  { "darwin", "macos" },    { "dragonflybsd", "bsd" }, { "freebsd", "bsd" },
  { "linux", "linux" },     { "netbsd", "bsd" },       { "openbsd", "bsd" },
  { "solaris", "solaris" }, { "win16", "windows" },    { "win9x", "windows" },
  { "winnt", "windows" },
};

static const char *
get_family (OsinfoOs *os)
{
  const char *family = osinfo_os_get_family (os);

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_strcmp0 (families[i].theirs, family) == 0)
      return families[i].ours;

  return "other";
}

static void
add_system (Systems *systems, OsinfoOs *entry)
{
  OsinfoProduct *product = OSINFO_PRODUCT (entry);
  const char *uri = osinfo_entity_get_id (OSINFO_ENTITY (entry));
  const char *id = osinfo_product_get_short_id (product);
  const char *name = osinfo_product_get_name (product);
  g_autoptr (GList) ids = NULL;
  FerryOs *os;

  /* "Unknown" is what leaving the choice empty means. */
  if (id == NULL || *id == '\0' || g_str_equal (id, "unknown"))
    return;
  os = g_new0 (FerryOs, 1);
  os->id = g_strdup (id);
  os->name = g_strdup (name != NULL ? name : id);
  os->family = g_strdup (get_family (entry));
  g_ptr_array_add (systems->list, os);
  g_hash_table_insert (systems->by_uri, g_strdup (uri), os);
  g_hash_table_insert (systems->uris, g_strdup (id), g_strdup (uri));
  ids = osinfo_product_get_short_id_list (product);
  for (GList *l = ids; l != NULL; l = l->next)
    g_hash_table_insert (systems->by_id, g_strdup (l->data), os);
}

/* A database that is missing, or of which a file cannot be read, gives what was read until then. */
static void
read_database (Systems *systems)
{
  g_autoptr (OsinfoLoader) loader = osinfo_loader_new ();
  g_autoptr (OsinfoOsList) list = NULL;

  __lsan_disable ();
  osinfo_loader_process_default_path (loader, NULL);
  __lsan_enable ();
  list = osinfo_db_get_os_list (osinfo_loader_get_db (loader));
  for (int i = 0; i < osinfo_list_get_length (OSINFO_LIST (list)); i++)
    add_system (systems, OSINFO_OS (osinfo_list_get_nth (OSINFO_LIST (list), i)));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const FerryOs *const *one = a;
  const FerryOs *const *other = b;
  g_autofree char *one_key = g_utf8_collate_key_for_filename ((*one)->name, -1);
  g_autofree char *other_key = g_utf8_collate_key_for_filename ((*other)->name, -1);

  return strcmp (one_key, other_key);
}

static const Systems *
get_systems (void)
{
  static gsize done;
  static Systems systems;

  if (g_once_init_enter (&done))
    {
      systems.list = g_ptr_array_new ();
      systems.by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      systems.by_uri = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      systems.uris = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      read_database (&systems);
      g_ptr_array_sort (systems.list, compare_names);
      g_once_init_leave (&done, 1);
    }

  return &systems;
}

GPtrArray *
ferry_os_list (void)
{
  return get_systems ()->list;
}

const FerryOs *
ferry_os_find (const char *id)
{
  return id != NULL ? g_hash_table_lookup (get_systems ()->by_id, id) : NULL;
}

const FerryOs *
ferry_os_find_by_uri (const char *uri)
{
  return g_hash_table_lookup (get_systems ()->by_uri, uri);
}

/* "rhel8.10" is newer than "rhel8.7", "rhel80" something else. */
const FerryOs *
ferry_os_find_newest (const char *id)
{
  const GPtrArray *list = get_systems ()->list;
  g_autofree char *prefix = g_strconcat (id, ".", NULL);
  const FerryOs *newest = NULL;
  guint64 newest_minor = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const FerryOs *os = g_ptr_array_index (list, i);
      guint64 minor;

      if (!g_str_has_prefix (os->id, prefix) ||
          !g_ascii_string_to_unsigned (os->id + strlen (prefix), 10, 0, G_MAXUINT, &minor, NULL))
        continue;
      if (newest == NULL || minor >= newest_minor)
        {
          newest = os;
          newest_minor = minor;
        }
    }

  return newest;
}

char *
ferry_os_dup_uri (const char *id)
{
  const FerryOs *os = ferry_os_find (id);

  g_return_val_if_fail (id != NULL, NULL);

  return os != NULL ? g_strdup (g_hash_table_lookup (get_systems ()->uris, os->id))
                    : ferry_os_make_uri (id);
}
