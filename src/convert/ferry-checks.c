/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

void
ferry_checking_run (FerryChecking *checking, const FerryCheckFunc *functions, guint n)
{
  for (guint i = 0; i < n; i++)
    functions[i](checking);
}

FerryCheck *
ferry_checking_add (FerryChecking *checking,
                    const char *id,
                    FerrySeverity severity,
                    const char *advice,
                    const char *text_format,
                    ...)
{
  g_autofree char *text = NULL;
  FerryCheck *check;
  va_list args;

  va_start (args, text_format);
  text = g_strdup_vprintf (text_format, args);
  va_end (args);
  check = ferry_check_new (id, severity, advice, "%s", text);
  check->guest_id = checking->guest != NULL ? g_strdup (checking->guest->source->id) : NULL;
  ferry_check_set_remedy (check, ferry_checks_find_remedy (id), checking->part);
  g_ptr_array_add (checking->checks, check);

  return check;
}

static void
check_has_guests (FerryChecking *checking)
{
  if (checking->plan->guests->len == 0)
    ferry_checking_add (checking, "plan.no-guests", FERRY_SEVERITY_BLOCKER,
                        _ ("Choose at least one."), _ ("No virtual machine is chosen."));
}

static const FerryCheckFunc plan_checks[] = {
  check_has_guests,      ferry_checks_of_source, ferry_checks_of_host, ferry_checks_of_destination,
  ferry_checks_of_space,
};

GPtrArray *
ferry_checks_of_plan (const FerryPlan *plan, const FerryCheckFacts *facts)
{
  GPtrArray *checks = ferry_checks_new ();
  FerryChecking checking = { .plan = plan, .part = -1, .facts = facts, .checks = checks };

  ferry_checking_run (&checking, plan_checks, G_N_ELEMENTS (plan_checks));

  return checks;
}

/* It is about a disk that is left out. */
static gboolean
is_settled (const FerryChecking *checking, const FerryCheck *check)
{
  guint part = check->part >= 0 ? (guint) check->part : 0;

  return ferry_check_is_of_disk (check, part) &&
         ferry_plan_guest_get_disk (checking->guest, part) != NULL &&
         !ferry_plan_guest_includes (checking->guest, part);
}

/* What its reader found, which does not know that there are other guests. */
static void
add_readers_checks (FerryChecking *checking)
{
  const FerryGuest *source = checking->guest->source;

  for (guint i = 0; i < source->checks->len; i++)
    {
      const FerryCheck *found = g_ptr_array_index (source->checks, i);
      FerryCheck *check;

      if (is_settled (checking, found))
        continue;
      check = ferry_check_copy (found);
      g_free (check->guest_id);
      check->guest_id = g_strdup (source->id);
      g_ptr_array_add (checking->checks, check);
    }
  ferry_checks_fill_remedies (checking->checks);
}

gboolean
ferry_checks_lack_drivers (const FerryPlan *plan)
{
  return plan->drivers != NULL && !g_file_test (plan->drivers, G_FILE_TEST_EXISTS);
}

static const FerryCheckFunc guest_checks[] = {
  add_readers_checks,       ferry_checks_of_settings, ferry_checks_of_power,
  ferry_checks_of_system,   ferry_checks_of_origin,   ferry_checks_of_hardware,
  ferry_checks_of_storages, ferry_checks_of_nics,
};

GPtrArray *
ferry_checks_of_guest (const FerryPlan *plan, guint index, const FerryCheckFacts *facts)
{
  GPtrArray *checks = ferry_checks_new ();
  g_autoptr (FerryUse) own = facts->use == NULL ? ferry_use_new (plan, facts->destination) : NULL;
  FerryChecking checking = {
    .plan = plan,
    .guest = ferry_plan_get_guest (plan, index),
    .index = index,
    .part = -1,
    .facts = facts,
    .use = facts->use != NULL ? facts->use : own,
    .checks = checks,
  };

  g_return_val_if_fail (checking.guest != NULL, checks);
  ferry_checking_run (&checking, guest_checks, G_N_ELEMENTS (guest_checks));

  return checks;
}

GPtrArray *
ferry_checks_of_all (const FerryPlan *plan, const FerryCheckFacts *facts)
{
  GPtrArray *checks = ferry_checks_of_plan (plan, facts);
  g_autoptr (FerryUse) use = ferry_use_new (plan, facts->destination);
  FerryCheckFacts with_use = *facts;

  with_use.use = use;
  for (guint i = 0; i < plan->guests->len; i++)
    {
      GPtrArray *more = ferry_checks_of_guest (plan, i, &with_use);

      g_ptr_array_extend_and_steal (checks, more);
    }
  ferry_checks_sort (checks);

  return checks;
}

void
ferry_checks_each_disk (FerryChecking *checking,
                        void (*function) (FerryChecking *checking, const FerryDisk *disk))
{
  for (guint i = 0; i < checking->guest->source->disks->len; i++)
    {
      if (!ferry_plan_guest_includes (checking->guest, i))
        continue;
      checking->part = (int) i;
      function (checking, ferry_guest_get_disk (checking->guest->source, i));
    }
  checking->part = -1;
}

const FerryStorage *
ferry_checks_find_storage (const FerryPlan *plan, const FerryDestinationFacts *destination)
{
  if (plan->destination.kind == FERRY_DESTINATION_LIBVIRT)
    return ferry_destination_facts_find_storage (destination, plan->destination.pool);

  return destination->storages->len > 0 ? g_ptr_array_index (destination->storages, 0) : NULL;
}

gboolean
ferry_checks_share_disk (const FerryHostFacts *host, const FerryStorage *storage)
{
  struct stat tmp;
  struct stat disks;

  return storage->path != NULL && stat (host->tmp_dir, &tmp) == 0 &&
         stat (storage->path, &disks) == 0 && tmp.st_dev == disks.st_dev;
}

guint64
ferry_checks_subtract (guint64 free_bytes, guint64 promised_bytes)
{
  return free_bytes - MIN (free_bytes, promised_bytes);
}

char *
ferry_checks_describe_promised (guint64 free_bytes, guint64 promised_bytes)
{
  g_autofree char *room = g_format_size (free_bytes);
  g_autofree char *promised = g_format_size (promised_bytes);
  g_autofree char *sentence =
      g_strdup_printf (_ ("Of the %s that are free, other imports will still take %s."), room,
                       promised);

  return promised_bytes > 0 ? g_strconcat (" ", sentence, NULL) : g_strdup ("");
}
