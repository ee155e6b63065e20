/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include "ferry-reshape.h"

#include <glib/gi18n-lib.h>

/* Whatever a disk holds, an image of it takes about this much. */
#define MIN_IMAGE_BYTES (G_GUINT64_CONSTANT (1) << 20)

/**
 * Need: what disks will take at the destination
 * @least_bytes: what they are known to take
 * @most_bytes: what they may take: where a source does not say how much of a disk holds data, all
 *   of it may
 * @capacity_bytes: what they can grow to
 * @least_beside_bytes: @most_beside_bytes: what is taken besides for a while, where a disk is written anew
 *   in another format: one after the other, so that the largest counts
 * @n_unknown: disks whose size nobody knows
 */
typedef struct
{
  guint64 least_bytes;
  guint64 most_bytes;
  guint64 capacity_bytes;
  guint64 least_beside_bytes;
  guint64 most_beside_bytes;
  guint n_unknown;
} Need;

/* Sizes are what others wrote: sums stop at the largest number. */
static void
add_bytes (guint64 *sum, guint64 bytes)
{
  *sum = *sum > G_MAXUINT64 - bytes ? G_MAXUINT64 : *sum + bytes;
}

static void
add_disk (Need *need, const FerryPlanGuest *guest, guint index)
{
  const FerryDisk *disk = ferry_guest_get_disk (guest->source, index);
  gboolean is_full =
      ferry_plan_guest_get_allocation (guest, index) == FERRY_ALLOCATION_PREALLOCATED;
  guint64 least = disk->used_bytes >= 0 ? (guint64) disk->used_bytes : MIN_IMAGE_BYTES;
  guint64 most = disk->used_bytes >= 0 ? (guint64) disk->used_bytes : disk->capacity_bytes;
  guint64 beside = ferry_reshape_get_bytes (guest, index);

  if (is_full && disk->capacity_bytes > 0)
    least = most = disk->capacity_bytes;
  need->n_unknown += disk->used_bytes < 0 && disk->capacity_bytes == 0;
  need->least_beside_bytes = MAX (need->least_beside_bytes, MIN (beside, least));
  need->most_beside_bytes = MAX (need->most_beside_bytes, beside);
  add_bytes (&need->least_bytes, least);
  add_bytes (&need->most_bytes, MAX (least, most));
  add_bytes (&need->capacity_bytes, MAX (least, disk->capacity_bytes));
}

/* --- which disks share their room --- */

/**
 * Rooms: what is needed where; storages on one file system are one room, for which the plan’s own
 * speaks, else the first
 * @speakers: storage’s name to the index of the storage that speaks for it, plus 1
 * @needs: for each storage of the destination; of those that speak for nobody: nothing
 */
typedef struct
{
  GHashTable *speakers;
  Need *needs;
} Rooms;

static void
rooms_clear (Rooms *rooms)
{
  g_hash_table_unref (rooms->speakers);
  g_free (rooms->needs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rooms, rooms_clear)

static gboolean
share_room (const FerryStorage *a, const FerryStorage *b)
{
  return a == b || (a != NULL && b != NULL && a->device != 0 && a->device == b->device);
}

static const FerryStorage *
get_own (const FerryChecking *checking)
{
  return ferry_checks_find_storage (checking->plan, checking->facts->destination);
}

static guint
find_speaker (const FerryChecking *checking, guint index)
{
  const GPtrArray *storages = checking->facts->destination->storages;
  const FerryStorage *own = get_own (checking);
  guint speaker = index;

  for (guint i = 0; i < storages->len; i++)
    {
      const FerryStorage *other = g_ptr_array_index (storages, i);

      if (!share_room (other, g_ptr_array_index (storages, index)))
        continue;
      if (other == own)
        return i;
      speaker = MIN (speaker, i);
    }

  return speaker;
}

static const char *
get_storage_name (const FerryChecking *checking, const FerryPlanGuest *guest, guint index)
{
  const FerryStorage *own = get_own (checking);

  if (checking->plan->destination.kind == FERRY_DESTINATION_LIBVIRT)
    return ferry_plan_get_storage (checking->plan, guest, index);

  return own != NULL ? own->name : NULL;
}

static void
fill_rooms (const FerryChecking *checking, const FerryPlanGuest *guest, Rooms *rooms)
{
  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const char *name = get_storage_name (checking, guest, i);
      guint speaker =
          name != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (rooms->speakers, name)) : 0;

      if (speaker > 0 && ferry_plan_guest_includes (guest, i))
        add_disk (&rooms->needs[speaker - 1], guest, i);
    }
}

static Rooms
make_rooms (const FerryChecking *checking)
{
  const GPtrArray *storages = checking->facts->destination->storages;
  Rooms rooms = { g_hash_table_new (g_str_hash, g_str_equal), g_new0 (Need, storages->len + 1) };

  for (guint i = 0; i < storages->len; i++)
    g_hash_table_insert (rooms.speakers, ((FerryStorage *) g_ptr_array_index (storages, i))->name,
                         GUINT_TO_POINTER (find_speaker (checking, i) + 1));
  for (guint i = 0; i < checking->plan->guests->len; i++)
    fill_rooms (checking, ferry_plan_get_guest (checking->plan, i), &rooms);

  return rooms;
}

/* --- what is said of a room --- */

/* One import after the other: the largest counts. */
static guint64
get_work_bytes (const FerryChecking *checking)
{
  guint64 bytes = 0;

  if (checking->facts->work_bytes == NULL)
    return 0;
  for (guint i = 0; i < checking->plan->guests->len; i++)
    bytes = MAX (bytes, checking->facts->work_bytes[i]);

  return bytes;
}

static guint64
get_room (const FerryStorage *storage)
{
  return ferry_checks_subtract (storage->free_bytes, storage->promised_bytes);
}

static const char *
advise_making_room (const FerryStorage *storage)
{
  if (storage->promised_bytes > 0)
    return _ ("Wait until the other imports have ended, make room there, or choose another place.");

  return _ ("Make room there, choose another place, or import fewer virtual machines at once.");
}

static void
add_lack (FerryChecking *checking,
          const FerryStorage *storage,
          guint64 needed_bytes,
          gboolean is_sure)
{
  g_autofree char *needed = g_format_size (needed_bytes);
  g_autofree char *room = g_format_size (get_room (storage));
  g_autofree char *promised =
      ferry_checks_describe_promised (storage->free_bytes, storage->promised_bytes);

  if (is_sure)
    ferry_checking_add (checking, "destination.space", FERRY_SEVERITY_BLOCKER,
                        advise_making_room (storage),
                        /* Translators: %s at the end: "", or a space and a sentence */
                        _ ("The disks need %s, but there is room for only %s in ‘%s’.%s"), needed,
                        room, storage->name, promised);
  else
    ferry_checking_add (checking, "destination.space-unsure", FERRY_SEVERITY_WARNING,
                        _ ("Make sure that the disks are less than full, or make room there."),
                        /* Translators: %s at the end: "", or a space and a sentence */
                        _ ("The source does not say how much of the disks is in use. They may need "
                           "up to %s, but there is room for only %s in ‘%s’.%s"),
                        needed, room, storage->name, promised);
}

static void
check_space (FerryChecking *checking, const FerryStorage *storage, const Need *need)
{
  guint64 room = get_room (storage);
  Need all = *need;

  add_bytes (&all.least_bytes, need->least_beside_bytes);
  add_bytes (&all.most_bytes, need->most_beside_bytes);
  if (checking->facts->shares_disk && share_room (storage, get_own (checking)))
    {
      add_bytes (&all.least_bytes, get_work_bytes (checking));
      add_bytes (&all.most_bytes, get_work_bytes (checking));
    }
  if (all.least_bytes > room)
    add_lack (checking, storage, all.least_bytes, TRUE);
  else if (all.most_bytes > room)
    add_lack (checking, storage, all.most_bytes, FALSE);
}

static void
check_growth (FerryChecking *checking, const FerryStorage *storage, const Need *need)
{
  guint64 room_bytes = get_room (storage);
  g_autofree char *capacity = g_format_size (need->capacity_bytes);
  g_autofree char *room = g_format_size (room_bytes);

  if (need->most_bytes <= room_bytes && need->capacity_bytes > room_bytes)
    ferry_checking_add (checking, "destination.space-growth", FERRY_SEVERITY_NOTE,
                        _ ("Watch the free space there when the virtual machines are in use."),
                        _ ("The disks fit, but can grow up to %s in the course of time, and there "
                           "is room for %s in ‘%s’."),
                        capacity, room, storage->name);
}

static void
check_unknown (FerryChecking *checking, const FerryStorage *storage, const Need *need)
{
  g_autofree char *room = g_format_size (get_room (storage));

  if (need->n_unknown > 0)
    ferry_checking_add (checking, "destination.space-unknown", FERRY_SEVERITY_WARNING,
                        _ ("Make sure that they have room there."),
                        ngettext ("The source does not say how large %u disk is; there is room "
                                  "for %s in ‘%s’.",
                                  "The source does not say how large %u disks are; there is room "
                                  "for %s in ‘%s’.",
                                  need->n_unknown),
                        need->n_unknown, room, storage->name);
}

static void
check_room (FerryChecking *checking, const FerryStorage *storage, const Need *need)
{
  if (!storage->usable || storage->free_bytes == G_MAXUINT64)
    return;
  check_space (checking, storage, need);
  check_growth (checking, storage, need);
  check_unknown (checking, storage, need);
}

static void
check_rooms (FerryChecking *checking)
{
  const GPtrArray *storages = checking->facts->destination->storages;
  g_auto (Rooms) rooms = make_rooms (checking);

  for (guint i = 0; i < storages->len; i++)
    check_room (checking, g_ptr_array_index (storages, i), &rooms.needs[i]);
}

void
ferry_checks_of_space (FerryChecking *checking)
{
  if (checking->facts->destination != NULL)
    check_rooms (checking);
}

static void
add_guest (Need *need, const FerryPlanGuest *guest)
{
  for (guint i = 0; i < guest->source->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i))
      add_disk (need, guest, i);
}

guint64
ferry_checks_get_needed_bytes (const FerryPlan *plan)
{
  Need need = { 0 };

  for (guint i = 0; i < plan->guests->len; i++)
    add_guest (&need, ferry_plan_get_guest (plan, i));
  add_bytes (&need.least_bytes, need.least_beside_bytes);

  return need.least_bytes;
}
