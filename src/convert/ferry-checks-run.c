/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include "ferry-copy.h"
#include "ferry-endpoint.h"
#include "ferry-error.h"
#include "ferry-promises.h"

#include <glib/gi18n-lib.h>

static void
add_problem (FerryCheckRun *run, const char *id, const char *advice, const GError *problem)
{
  FerryCheck *check = ferry_check_new_of_error (id, advice, problem);

  check->remedy = ferry_checks_find_remedy (id);
  g_ptr_array_add (run->checks, check);
}

static void
add_guest_problem (FerryCheckRun *run, guint index, FerryCheck *check)
{
  check->guest_id = g_strdup (ferry_plan_get_guest (run->plan, index)->source->id);
  if (check->remedy == FERRY_REMEDY_NONE)
    check->remedy = ferry_checks_find_remedy (check->id);
  g_ptr_array_add (run->checks, check);
}

static gboolean
is_cancelled (const GError *problem)
{
  return g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The source may know it by its id only; the plan has its name. */
static void
add_unreadable (FerryCheckRun *run, guint index, const FerryCheck *found)
{
  const char *name = ferry_plan_get_guest (run->plan, index)->source->name;
  FerryCheck *check = ferry_check_copy (found);

  g_clear_pointer (&check->guest_id, g_free);
  if (g_str_equal (check->id, "guest.gone"))
    {
      g_autofree char *text = g_steal_pointer (&check->text);

      check->text = g_strdup_printf (_ ("‘%s’ is no longer at the source. %s"), name, text);
    }
  add_guest_problem (run, index, check);
}

static gboolean
disks_are_equal (const FerryDisk *a, const FerryDisk *b)
{
  return g_strcmp0 (a->file, b->file) == 0 && g_strcmp0 (a->format, b->format) == 0 &&
         a->capacity_bytes == b->capacity_bytes && a->flags == b->flags;
}

/* In what the plan was made upon: its disks that are imported, and how many disks and network adapters
 * there are. */
static gboolean
is_changed (const FerryPlanGuest *guest, const FerryGuest *now)
{
  const FerryGuest *then = guest->source;

  if (then->disks->len != now->disks->len || then->nics->len != now->nics->len)
    return TRUE;
  for (guint i = 0; i < now->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i) &&
        !disks_are_equal (ferry_guest_get_disk (then, i), ferry_guest_get_disk (now, i)))
      return TRUE;

  return FALSE;
}

static void
compare (FerryCheckRun *run, guint index, const FerryGuest *now)
{
  FerryGuest *then = ferry_plan_get_guest (run->plan, index)->source;

  if (is_changed (ferry_plan_get_guest (run->plan, index), now))
    add_guest_problem (run, index,
                       ferry_check_new ("guest.changed", FERRY_SEVERITY_BLOCKER,
                                        _ ("Make a new plan with it."),
                                        _ ("‘%s’ has changed at the source since the plan was "
                                           "made."),
                                        then->name));
  /* The run has a plan of its own. What the reader finds now counts, and whether it runs now. */
  then->power = now->power;
  then->tools = now->tools;
  then->n_snapshots = now->n_snapshots;
  g_ptr_array_set_size (then->checks, 0);
  ferry_checks_append_copies (then->checks, now->checks);
}

static gboolean
verify (FerryCheckRun *run,
        guint index,
        const FerryGuest *guest,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GPtrArray) found = ferry_checks_new ();
  g_autoptr (GError) problem = NULL;

  if ((run->flags & FERRY_CHECK_VERIFY) == 0)
    return TRUE;
  if (!ferry_source_verify (run->source, guest, found, run->monitor, cancellable, &problem))
    {
      if (is_cancelled (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      add_guest_problem (run, index,
                         ferry_check_new_of_error ("guest.unreadable",
                                                   ferry_source_advise (problem), problem));
    }
  for (guint i = 0; i < found->len; i++)
    {
      FerryCheck *check = ferry_check_copy (g_ptr_array_index (found, i));

      g_clear_pointer (&check->guest_id, g_free);
      add_guest_problem (run, index, check);
    }

  return TRUE;
}

static char **
list_ids (const FerryPlan *plan)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < plan->guests->len; i++)
    g_strv_builder_add (ids, ferry_plan_get_guest (plan, i)->source->id);

  return g_strv_builder_end (ids);
}

/* FALSE only when cancelled; *out_guests stays NULL when the source cannot be asked. */
static gboolean
ask_source (FerryCheckRun *run, GPtrArray **out_guests, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) ids = list_ids (run->plan);
  g_autoptr (GError) problem = NULL;

  if (run->source == NULL || run->plan->guests->len == 0)
    return TRUE;
  *out_guests =
      ferry_source_read_many (run->source, (const char *const *) ids, NULL, cancellable, &problem);
  if (*out_guests == NULL && is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (*out_guests == NULL)
    add_problem (run, "source.unreadable", ferry_source_advise (problem), problem);

  return TRUE;
}

static guint64
get_work_bytes (FerryCheckRun *run, guint index, const FerryGuest *guest)
{
  const FerryPlanGuest *planned = ferry_plan_get_guest (run->plan, index);

  return ferry_plan_guest_is_copied (planned) ? ferry_copy_get_work_bytes (planned)
                                              : ferry_source_get_work_bytes (run->source, guest);
}

static gboolean
read_guests (FerryCheckRun *run, guint64 *work_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) guests = NULL;

  if (!ask_source (run, &guests, cancellable, error))
    return FALSE;

  for (guint i = 0; guests != NULL && i < run->plan->guests->len; i++)
    {
      FerryGuest *guest = g_ptr_array_index (guests, i);
      const FerryCheck *unreadable = ferry_source_find_unreadable (guest);
      g_autoptr (FerryGuest) wanted =
          ferry_plan_guest_dup_source (ferry_plan_get_guest (run->plan, i));

      if (unreadable != NULL)
        {
          add_unreadable (run, i, unreadable);
          continue;
        }
      compare (run, i, guest);
      ferry_source_mark_left_out (guest, wanted);
      work_bytes[i] = get_work_bytes (run, i, guest);
      if (!verify (run, i, guest, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* FALSE only when cancelled; *out_facts stays NULL when it cannot be asked. */
static gboolean
ask_host (FerryCheckRun *run, FerryHostFacts **out_facts, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (run->host == NULL)
    return TRUE;
  *out_facts = ferry_host_inspect (run->host, cancellable, &problem);
  if (*out_facts == NULL && is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (*out_facts == NULL)
    add_problem (run, "host.unreachable", _ ("See to the cause, then check again."), problem);

  return TRUE;
}

static gboolean
ask_destination (FerryCheckRun *run,
                 FerryDestinationFacts **out_facts,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (run->target == NULL)
    return TRUE;
  *out_facts = ferry_target_inspect (run->target, cancellable, &problem);
  if (*out_facts == NULL && is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (*out_facts == NULL)
    add_problem (run, "destination.unreachable",
                 _ ("Make sure that the destination runs and that you may use it, then check "
                    "again."),
                 problem);

  return TRUE;
}

static void
judge (FerryCheckRun *run, const FerryCheckFacts *facts)
{
  g_ptr_array_extend_and_steal (run->checks, ferry_checks_of_all (run->plan, facts));
  ferry_checks_sort (run->checks);
}

static gboolean
shares_disk (const FerryCheckRun *run,
             const FerryHostFacts *host,
             const FerryDestinationFacts *destination)
{
  const FerryStorage *storage =
      destination != NULL ? ferry_checks_find_storage (run->plan, destination) : NULL;

  return host != NULL && storage != NULL && ferry_checks_share_disk (host, storage);
}

gboolean
ferry_check_run_all (FerryCheckRun *run, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryHostFacts) host = NULL;
  g_autoptr (FerryDestinationFacts) destination = NULL;
  g_autofree guint64 *work_bytes = g_new0 (guint64, run->plan->guests->len + 1);
  FerryRates rates = ferry_rates_load ();
  FerryCheckFacts facts = { .work_bytes = work_bytes, .rates = &rates };

  if (!ask_host (run, &host, cancellable, error) ||
      !ask_destination (run, &destination, cancellable, error))
    return FALSE;
  /* At once, since reading the guests can take long: it belongs to the room that was free then. */
  ferry_promises_note (run->plan, run->asking, host, destination);
  if (!read_guests (run, work_bytes, cancellable, error))
    return FALSE;
  facts.host = host;
  facts.destination = destination;
  facts.shares_disk = shares_disk (run, host, destination);
  facts.lacks_drivers = ferry_checks_lack_drivers (run->plan);
  judge (run, &facts);

  return TRUE;
}

/* What cannot be opened is a blocker. */
static void
open_all (FerryCheckRun *run)
{
  g_autoptr (GError) source_problem = NULL;
  g_autoptr (GError) target_problem = NULL;
  g_autoptr (GError) host_problem = NULL;

  run->source = ferry_endpoint_open_source (run->plan, &source_problem);
  run->target = ferry_endpoint_open_target (run->plan, &target_problem);
  run->host = ferry_endpoint_open_host (run->plan, &host_problem);
  if (run->source == NULL)
    add_problem (run, "source.unreadable", ferry_source_advise (source_problem), source_problem);
  if (run->target == NULL)
    add_problem (run, "destination.unreachable", _ ("Choose another destination."), target_problem);
  if (run->host == NULL)
    add_problem (run, "host.unreachable", _ ("Choose another conversion host."), host_problem);
}

GPtrArray *
ferry_checks_run (const FerryCheckRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryPlan) copy = ferry_plan_copy (request->plan);
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  FerryCheckRun run = {
    .plan = copy,
    .asking = request->asking,
    .flags = request->flags,
    .monitor = request->monitor,
    .checks = checks,
  };
  gboolean done;

  open_all (&run);
  done = ferry_check_run_all (&run, cancellable, error);
  g_clear_object (&run.source);
  g_clear_object (&run.target);
  g_clear_object (&run.host);

  return done ? g_steal_pointer (&checks) : NULL;
}
