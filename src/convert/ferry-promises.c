/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-promises.h"

#include "ferry-checks.h"
#include "ferry-disk-image.h"
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

/* --- disks in libvirt's pools, each where the plan has it --- */

/* What is reserved for disk @number of those that are imported; (nullable): nothing yet */
static const char *
find_reserved (const FerryRecord *record, guint number)
{
  g_autofree char *wanted
      = ferry_disk_image_dup_name (ferry_plan_get_guest (record->plan, 0)->name, number);

  for (guint i = 0; i < record->undo->len; i++)
    {
      const FerryUndo *undo = g_ptr_array_index (record->undo, i);
      g_autofree char *name = NULL;

      if (strcmp (undo->kind, "remove-file") != 0 || undo->arguments[0] == NULL)
        continue;
      name = g_path_get_basename (undo->arguments[0]);
      if (strcmp (name, wanted) == 0)
        return undo->arguments[0];
    }

  return NULL;
}

/* Of disk @index alone. */
static guint64
get_needed_bytes (const FerryRecord *record, guint index)
{
  g_autoptr (FerryPlan) alone = ferry_plan_copy (record->plan);
  FerryPlanGuest *guest = ferry_plan_get_guest (alone, 0);

  for (guint i = 0; i < guest->disks->len; i++)
    ferry_plan_guest_get_disk (guest, i)->included = i == index;

  return ferry_checks_get_needed_bytes (alone);
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

/* @facts: (nullable): of the destination that the record's is */
static void
add_disk (GArray *promises,
          const FerryRecord *record,
          guint index,
          guint number,
          const FerryDestinationFacts *facts)
{
  const FerryPlanGuest *guest = ferry_plan_get_guest (record->plan, 0);
  const char *pool = ferry_plan_get_storage (record->plan, guest, index);
  const char *reserved = find_reserved (record, number);
  const FerryStorage *storage = facts != NULL && pool != NULL
                                    ? ferry_destination_facts_find_storage (facts, pool)
                                    : NULL;
  g_autofree char *folder = reserved != NULL ? g_path_get_dirname (reserved) : NULL;

  if (folder == NULL && storage != NULL)
    folder = g_strdup (storage->path);
  add_promise (promises, folder, get_needed_bytes (record, index),
               reserved != NULL ? ferry_tree_get_allocated_bytes (reserved) : 0);
}

static void
add_disks (GArray *promises,
           const FerryRecord *record,
           const FerryPlan *plan,
           const FerryDestinationFacts *facts)
{
  const FerryPlanGuest *guest = ferry_plan_get_guest (record->plan, 0);
  gboolean is_same = g_strcmp0 (record->plan->destination.uri, plan->destination.uri) == 0;
  guint number = 0;

  for (guint i = 0; i < guest->source->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i))
      add_disk (promises, record, i, number++, is_same ? facts : NULL);
}

/* --- everything else --- */

/* Folders at a destination are hidden; the other one is the work folder. */
static gboolean
is_at_destination (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return *name == '.';
}

/* What it has written into folders: the journal's undo names all of them. */
static guint64
get_written_bytes (const FerryRecord *record, gboolean at_destination)
{
  guint64 bytes = 0;

  for (guint i = 0; i < record->undo->len; i++)
    {
      const FerryUndo *undo = g_ptr_array_index (record->undo, i);
      const char *path = undo->arguments[0];

      if (path != NULL && strcmp (undo->kind, "remove-tree") == 0
          && is_at_destination (path) == at_destination)
        bytes += ferry_tree_get_allocated_bytes (path);
    }

  return bytes;
}

/* From FINISHING on all is written, and what was said of the disks was perhaps too much. Unpacked
 * is before the conversion. */
static void
add_record (GArray *promises,
            const FerryRecord *record,
            const FerryPlan *plan,
            const FerryDestinationFacts *facts)
{
  g_autofree char *tmp_dir = ferry_paths_dup_tmp_dir ();
  gboolean is_libvirt = record->plan->destination.kind == FERRY_DESTINATION_LIBVIRT;

  if (record->state < FERRY_IMPORT_FINISHING && is_libvirt)
    add_disks (promises, record, plan, facts);
  else if (record->state < FERRY_IMPORT_FINISHING)
    add_promise (promises, record->plan->destination.path,
                 ferry_checks_get_needed_bytes (record->plan), get_written_bytes (record, TRUE));
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
