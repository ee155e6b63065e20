/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-promises.h"

#include "ferry-checks.h"
#include "ferry-paths.h"
#include "ferry-tree.h"

#include <string.h>
#include <sys/stat.h>

/* So much of one file system. */
typedef struct
{
  dev_t device;
  guint64 bytes;
} Promise;

/* In the order in which they look at the free space: those that have started, and then those that
 * wait. */
static gboolean
is_before (const FerryRecord *a, const FerryRecord *b)
{
  gboolean both_started = a->started_usec != 0 && b->started_usec != 0;
  gint64 a_usec = both_started ? a->started_usec : a->created_usec;
  gint64 b_usec = both_started ? b->started_usec : b->created_usec;

  return a_usec != b_usec ? a_usec < b_usec : strcmp (a->id, b->id) < 0;
}

static gboolean
counts (const FerryRecord *record, const FerryRecord *asking)
{
  if (ferry_import_state_is_end (record->state))
    return FALSE;

  return asking == NULL || (strcmp (record->id, asking->id) != 0 && is_before (record, asking));
}

/* The folder that holds @record's disks; NULL: not to be found out. */
static char *
find_place (const FerryRecord *record, const FerryPlan *plan, const FerryDestinationFacts *facts)
{
  const FerryPlanDestination *to = &record->plan->destination;
  const FerryStorage *storage = NULL;

  if (to->kind == FERRY_DESTINATION_FOLDER)
    return g_strdup (to->path);

  for (guint i = 0; i < record->undo->len; i++)
    {
      const FerryUndo *undo = g_ptr_array_index (record->undo, i);

      if (strcmp (undo->kind, "remove-file") == 0 && undo->arguments[0] != NULL)
        return g_path_get_dirname (undo->arguments[0]);
    }
  if (facts != NULL && g_strcmp0 (to->uri, plan->destination.uri) == 0)
    storage = ferry_checks_find_storage (record->plan, facts);

  return storage != NULL ? g_strdup (storage->path) : NULL;
}

/* Folders at a destination are hidden; the other one is the work folder. */
static gboolean
is_at_destination (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return *name == '.';
}

/* What it has written: the journal's undo names all of it. */
static guint64
get_written_bytes (const FerryRecord *record, gboolean at_destination)
{
  guint64 bytes = 0;

  for (guint i = 0; i < record->undo->len; i++)
    {
      const FerryUndo *undo = g_ptr_array_index (record->undo, i);
      const char *path = undo->arguments[0];
      gboolean is_file = strcmp (undo->kind, "remove-file") == 0;

      if (path == NULL || (!is_file && strcmp (undo->kind, "remove-tree") != 0))
        continue;
      if ((is_file || is_at_destination (path)) == at_destination)
        bytes += ferry_tree_get_allocated_bytes (path);
    }

  return bytes;
}

static void
add_promise (GArray *promises, const char *place, guint64 all_bytes, guint64 written_bytes)
{
  Promise promise = { .bytes = all_bytes - MIN (all_bytes, written_bytes) };
  struct stat info;

  if (place == NULL || promise.bytes == 0 || stat (place, &info) != 0)
    return;
  promise.device = info.st_dev;
  g_array_append_val (promises, promise);
}

/* From FINISHING on all is written, and what was said of the disks was perhaps too much. Unpacked
 * is before the conversion. */
static void
add_record (GArray *promises,
            const FerryRecord *record,
            const FerryPlan *plan,
            const FerryDestinationFacts *facts)
{
  g_autofree char *place = find_place (record, plan, facts);
  g_autofree char *tmp_dir = ferry_paths_dup_tmp_dir ();

  if (record->state < FERRY_IMPORT_FINISHING)
    add_promise (promises, place, ferry_checks_get_needed_bytes (record->plan),
                 get_written_bytes (record, TRUE));
  if (record->state == FERRY_IMPORT_PREPARING)
    add_promise (promises, tmp_dir, record->work_bytes, get_written_bytes (record, FALSE));
}

static GArray *
gather (const FerryPlan *plan, const FerryRecord *asking, const FerryDestinationFacts *facts)
{
  g_autoptr (GArray) promises = g_array_new (FALSE, FALSE, sizeof (Promise));
  g_autoptr (GPtrArray) ids = ferry_record_list_ids (NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (FerryRecord) record = ferry_record_load (g_ptr_array_index (ids, i), NULL);

      if (record != NULL && counts (record, asking))
        add_record (promises, record, plan, facts);
    }

  return g_steal_pointer (&promises);
}

static guint64
sum_up (const GArray *promises, const char *place)
{
  guint64 sum = 0;
  struct stat info;

  if (place == NULL || stat (place, &info) != 0)
    return 0;
  for (guint i = 0; i < promises->len; i++)
    {
      const Promise *promise = &g_array_index (promises, Promise, i);

      if (promise->device == info.st_dev && !g_uint64_checked_add (&sum, sum, promise->bytes))
        return G_MAXUINT64;
    }

  return sum;
}

void
ferry_promises_note (const FerryPlan *plan,
                     const FerryRecord *asking,
                     FerryHostFacts *host,
                     FerryDestinationFacts *destination)
{
  g_autoptr (GArray) promises = gather (plan, asking, destination);

  if (host != NULL)
    host->tmp_promised_bytes = sum_up (promises, host->tmp_dir);
  for (guint i = 0; destination != NULL && i < destination->storages->len; i++)
    {
      FerryStorage *storage = g_ptr_array_index (destination->storages, i);

      storage->promised_bytes = sum_up (promises, storage->path);
    }
}
