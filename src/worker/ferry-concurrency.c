/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-concurrency.h"

#include "ferry-json.h"
#include "ferry-paths.h"
#include "ferry-queue.h"

#include <unistd.h>

/* Measured for virt-v2v's appliance: 1.3 GiB and one core. Twice that is left to the desktop. */
#define BYTES_EACH (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define CORES_EACH 2
#define DEFAULT_MAX 2

static guint
choose_default (void)
{
  guint64 memory_bytes = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE);
  guint by_memory = (guint) MIN (memory_bytes / BYTES_EACH, DEFAULT_MAX);
  guint by_cores = g_get_num_processors () / CORES_EACH;

  return CLAMP (MIN (by_memory, by_cores), 1, DEFAULT_MAX);
}

static char *
dup_path (GError **error)
{
  g_autofree char *dir = ferry_paths_dup_state_dir (error);

  return dir != NULL ? g_build_filename (dir, "worker.json", NULL) : NULL;
}

/** ferry_concurrency_load: what was saved, else what this computer can bear: 1 or 2 */
guint
ferry_concurrency_load (void)
{
  g_autofree char *path = dup_path (NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  guint concurrency = 0;
  gsize length;

  if (path != NULL && g_file_get_contents (path, &text, &length, NULL))
    root = ferry_json_parse (text, (gssize) length, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root)
      && ferry_json_get_uint (json_node_get_object (root), "concurrency", &concurrency, NULL)
      && concurrency >= 1 && concurrency <= FERRY_CONCURRENCY_MAX)
    return concurrency;

  return choose_default ();
}

gboolean
ferry_concurrency_save (guint concurrency, GError **error)
{
  g_autofree char *path = dup_path (error);
  g_autofree char *text
      = g_strdup_printf ("{ \"version\": 1, \"concurrency\": %u }\n", concurrency);

  return path != NULL && ferry_paths_write_atomic (path, text, -1, error);
}
