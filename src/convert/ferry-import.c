/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import.h"

#include "ferry-address.h"
#include "ferry-advice.h"
#include "ferry-checks.h"
#include "ferry-copy.h"
#include "ferry-endpoint.h"
#include "ferry-estimate.h"
#include "ferry-import-end.h"
#include "ferry-input-xml.h"
#include "ferry-keys.h"
#include "ferry-meter.h"
#include "ferry-power.h"
#include "ferry-reshape.h"
#include "ferry-secrets.h"
#include "ferry-serve.h"
#include "ferry-undo.h"
#include "ferry-v2v-args.h"
#include "ferry-v2v-output.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#define REPORT_INTERVAL_USEC (G_USEC_PER_SEC / 5)

/* One run of one import; lives on the stack of its thread. */
typedef struct
{
  FerryRecord *record;
  const FerryPlanGuest *planned; /* of the record's plan */
  FerryPlanGuest *guest; /* (owned): as it arrives: without the disks that stay behind */
  const FerryImportWatcher *watcher;
  GCancellable *cancellable;

  FerryHost *host;
  FerrySource *source;
  FerryTarget *target;
  FerryHostFacts *facts;
  FerryMeter *meter;
  char *work_dir;
  FerryOutput *output;
  FerryV2vOutput *heard;
  FerryFailure *failure; /* set where more is known than a GError can say */

  int disk;            /* being copied; -1: none */
  guint64 work_bytes;  /* that prepare() will write */
  guint64 parts_base;  /* bytes of the preparation done before the running part */
  guint64 parts_total; /* largest total heard from the running part */
  gint64 reported_usec;
  gint64 waited_usec; /* for the guest to shut down */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->guest, ferry_plan_guest_free);
  g_clear_object (&run->host);
  g_clear_object (&run->source);
  g_clear_object (&run->target);
  g_clear_pointer (&run->facts, ferry_host_facts_free);
  g_clear_pointer (&run->meter, ferry_meter_free);
  g_clear_pointer (&run->work_dir, g_free);
  g_clear_pointer (&run->output, ferry_output_free);
  g_clear_pointer (&run->heard, ferry_v2v_output_free);
  g_clear_pointer (&run->failure, ferry_failure_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* --- telling others --- */

static void
report (Run *run)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (FerryProgress) progress = ferry_meter_read (run->meter, now);

  run->reported_usec = now;
  if (run->watcher != NULL && run->watcher->progress != NULL)
    run->watcher->progress (progress, run->watcher->user_data);
}

static void
report_sometimes (Run *run)
{
  if (g_get_monotonic_time () - run->reported_usec >= REPORT_INTERVAL_USEC)
    report (run);
}

static void
tell_changed (Run *run)
{
  if (run->watcher != NULL && run->watcher->changed != NULL)
    run->watcher->changed (run->record, run->watcher->user_data);
}

static void
tell_entered (Run *run, const char *message)
{
  ferry_meter_enter (run->meter, run->record->state, message, g_get_monotonic_time ());
  ferry_record_log (run->record, message);
  tell_changed (run);
  report (run);
}

/* Into @state, or on to the next thing that is done in it. */
static gboolean
enter (Run *run, FerryImportState state, const char *message, GError **error)
{
  if (run->record->state != state && !ferry_record_enter (run->record, state, error))
    return FALSE;

  tell_entered (run, message);

  return TRUE;
}

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  Run *run = user_data;
  guint64 all;

  run->parts_total = MAX (run->parts_total, total);
  all = run->parts_base + run->parts_total + (run->parts_base == 0 ? run->work_bytes : 0);
  ferry_meter_set_part (run->meter, run->parts_base + done, all, g_get_monotonic_time ());
  report_sometimes (run);
}

/* --- preparing --- */

/* Those that did not come with the plan. Without them the source says that it wants one, and whoever
 * retries the import can bring it. */
static void
fetch_passwords (FerryRecord *record, GCancellable *cancellable)
{
  FerryPlanSource *source = &record->plan->source;
  g_autoptr (FerrySecrets) secrets = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *line = NULL;

  if (source->provider == NULL || source->password != NULL)
    return;

  secrets = ferry_secrets_keyring_new ();
  if (ferry_secrets_fill (secrets, source, cancellable, &problem))
    return;
  line = g_strdup_printf (_("The keyring was of no help. %s"), problem->message);
  ferry_record_log (record, line);
}

static gboolean
open_endpoints (Run *run, GError **error)
{
  const FerryPlan *plan = run->record->plan;

  run->host = ferry_endpoint_open_host (plan, error);
  if (run->host == NULL)
    return FALSE;
  run->source = ferry_endpoint_open_source (plan, error);
  if (run->source == NULL)
    return FALSE;
  run->target = ferry_endpoint_open_target (plan, error);

  return run->target != NULL;
}

static void
set_up_meter (Run *run)
{
  FerryRates rates = ferry_rates_load ();
  guint64 prepare_bytes = ferry_plan_guest_get_copy_bytes (run->guest) + run->work_bytes;
  FerryMeterEstimate estimate
      = ferry_rates_estimate (&rates, run->guest, run->facts, prepare_bytes);

  run->meter = ferry_meter_new (&estimate);
  for (guint i = 0; i < run->guest->source->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (run->guest->source, i);

      ferry_meter_add_disk (run->meter, disk->name, disk->capacity_bytes);
    }
}

static guint64
get_work_bytes (const Run *run)
{
  g_autoptr (FerryGuest) wanted = NULL;

  if (ferry_plan_guest_is_copied (run->guest))
    return ferry_copy_get_work_bytes (run->guest);
  wanted = ferry_plan_guest_dup_source (run->planned);

  return ferry_source_get_work_bytes (run->source, wanted);
}

static gboolean
look_at_host (Run *run, GError **error)
{
  run->facts = ferry_host_inspect (run->host, run->cancellable, error);
  if (run->facts == NULL)
    return FALSE;

  run->work_bytes = get_work_bytes (run);
  run->record->work_bytes = run->work_bytes;
  set_up_meter (run);

  return TRUE;
}

static gboolean
check_plan (Run *run, const FerryPlan *plan, FerryCheckFlags flags, GError **error)
{
  FerryMonitor monitor = { on_part, run };
  FerryCheckRequest request = {
    .plan = plan,
    .asking = run->record,
    .flags = flags,
    .monitor = &monitor,
  };
  g_autoptr (GPtrArray) checks = ferry_checks_run (&request, run->cancellable, error);

  if (checks == NULL)
    return FALSE;

  for (guint i = 0; i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);
      g_autofree char *line = g_strdup_printf ("%s: %s", check->id, check->text);

      ferry_record_log (run->record, line);
      if (check->severity == FERRY_SEVERITY_BLOCKER)
        {
          run->failure = ferry_failure_new (check->code, check->text, check->advice, line);
          return ferry_fail (error, check->code, "%s", check->text);
        }
      if (check->severity == FERRY_SEVERITY_WARNING)
        ferry_record_add_warning (run->record, check->text);
    }

  return TRUE;
}

/* The plan may be weeks old: everything is checked again before anything is made, and before a guest
 * is shut down for nothing. */
static gboolean
check_again (Run *run, GError **error)
{
  return check_plan (run, run->record->plan, FERRY_CHECK_VERIFY, error);
}

static void
on_power (const char *message, gpointer user_data)
{
  Run *run = user_data;

  ferry_meter_enter (run->meter, run->record->state, message, g_get_monotonic_time ());
  report (run);
}

/* Somebody else may have started it again, or changed it: from here on it must be off. */
static gboolean
check_off (Run *run, GError **error)
{
  g_autoptr (FerryPlan) plan = ferry_plan_copy (run->record->plan);

  ferry_plan_get_guest (plan, 0)->shut_down = FALSE;
  if (!enter (run, FERRY_IMPORT_PREPARING, _("Checking the virtual machine as it is now"), error))
    return FALSE;

  return check_plan (run, plan, 0, error);
}

static gboolean
shut_down_first (Run *run, GError **error)
{
  FerryPowerRun power = { run->record, run->source, on_power, run };
  gint64 start_usec = g_get_monotonic_time ();
  gboolean done = FALSE;

  if (!ferry_power_shut_down_first (&power, &done, run->cancellable, error))
    return FALSE;
  run->waited_usec = g_get_monotonic_time () - start_usec;
  tell_changed (run);

  return !done || check_off (run, error);
}

/* virt-v2v ends at what it does not take. */
static gboolean
check_addresses (Run *run, GError **error)
{
  if (ferry_plan_guest_is_copied (run->guest))
    return TRUE;
  for (guint i = 0; i < run->guest->nics->len; i++)
    if (!ferry_address_is_settable (&ferry_plan_guest_get_nic (run->guest, i)->address, error))
      return FALSE;

  return TRUE;
}

static gboolean
make_work_dir (Run *run, GError **error)
{
  g_autofree char *serve_marker = ferry_serve_dup_marker (run->record->id);

  /* What an earlier attempt could not take back would be in the way of this one. */
  if (!ferry_undo_all (run->record, run->host, error))
    return FALSE;
  if (!ferry_record_push_undo (run->record, error, "end-processes", serve_marker, NULL) ||
      !ferry_record_push_undo (run->record, error, "end-processes", run->record->id, NULL))
    return FALSE;

  run->work_dir = ferry_host_make_work_dir (run->host, run->record->id, error);
  if (run->work_dir == NULL)
    return FALSE;

  return ferry_record_push_undo (run->record, error, "remove-tree", run->work_dir, NULL);
}

static char *
prepare_input (Run *run, GError **error)
{
  FerryMonitor monitor = { on_part, run };
  g_autoptr (FerryGuest) wanted = ferry_plan_guest_dup_source (run->planned);
  g_autoptr (GPtrArray) locations = NULL;
  FerryInput input = { run->guest, NULL, run->work_dir, run->record->id };

  run->parts_base = run->parts_total;
  run->parts_total = 0;
  locations = ferry_source_prepare (run->source, wanted, run->work_dir, &monitor,
                                    run->cancellable, error);
  if (locations == NULL)
    return NULL;

  input.locations = locations;

  return ferry_input_write (run->host, &input, run->cancellable, error);
}

static FerryTargetRun
target_run (Run *run)
{
  return (FerryTargetRun) {
    .record = run->record,
    .guest = run->guest,
    .work_dir = run->work_dir,
    .has_kvm = run->facts->kvm == FERRY_KVM_WORKS,
  };
}

static gboolean
begin_target (Run *run, GError **error)
{
  FerryTargetRun whole = target_run (run);

  run->output = ferry_target_begin (run->target, &whole, run->cancellable, error);

  return run->output != NULL;
}

/* --- converting and copying --- */

static void
on_phase (const FerryV2vPhase *phase, gpointer user_data)
{
  Run *run = user_data;
  FerryImportState state = FERRY_IMPORT_CONVERTING;

  if (phase->stage == FERRY_V2V_COPYING)
    state = FERRY_IMPORT_COPYING;
  else if (phase->stage == FERRY_V2V_FINISHING)
    state = FERRY_IMPORT_FINISHING;

  /* A journal that cannot be written now fails at the next step that has an effect. */
  enter (run, state, phase->sentence, NULL);
  if (phase->stage == FERRY_V2V_CONVERTING)
    ferry_meter_set_part (run->meter, phase->done, phase->total, g_get_monotonic_time ());
}

static void
on_warning (const char *text, gpointer user_data)
{
  Run *run = user_data;
  g_autofree char *line = g_strdup_printf ("warning: %s", text);
  gboolean is_harmless;
  const char *meaning = ferry_advice_for_warning (text, &is_harmless);

  ferry_record_log (run->record, line);
  if (is_harmless)
    ferry_record_log (run->record, meaning);
  else
    ferry_record_add_warning (run->record, meaning != NULL ? meaning : text);
  tell_changed (run);
}

static void
on_info (const char *text, gpointer user_data)
{
  Run *run = user_data;

  ferry_record_log (run->record, text);
}

static void
on_disk (guint disk, guint n_disks, gpointer user_data)
{
  Run *run = user_data;

  run->disk = (int) disk;
  ferry_meter_start_disk (run->meter, disk, g_get_monotonic_time ());
  report (run);
}

static void
on_percent (guint disk, guint percent, gpointer user_data)
{
  Run *run = user_data;

  ferry_meter_set_percent (run->meter, percent, g_get_monotonic_time ());
  report_sometimes (run);
}

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Run *run = user_data;

  ferry_v2v_output_feed (run->heard, stream, bytes, length);
}

/* nbdcopy tells no more than a step each 128 MiB; what lies on the disk tells the rest. */
static void
on_tick (gpointer user_data)
{
  Run *run = user_data;
  struct stat info;

  if (run->disk >= 0 && run->output->disk_paths != NULL
      && (guint) run->disk < g_strv_length (run->output->disk_paths)
      && stat (run->output->disk_paths[run->disk], &info) == 0)
    ferry_meter_set_written (run->meter, (guint64) info.st_blocks * 512, g_get_monotonic_time ());
  report_sometimes (run);
}

/* --key's values; the keys themselves lie in files of the work folder. */
static char **
write_keys (Run *run, GError **error)
{
  const FerryKeyFiles files
      = { run->record->plan, run->planned, run->facts->virt_v2v_version, run->work_dir };

  return ferry_keys_write (run->host, &files, error);
}

static gboolean
run_virt_v2v (Run *run, const FerryV2vRun *call, int *out_exit_status, GError **error)
{
  g_auto (GStrv) argv = ferry_v2v_args (call);
  g_auto (GStrv) environment = ferry_v2v_environment (call);
  g_autofree char *text = ferry_v2v_command_to_text ((const char *const *) argv,
                                                     (const char *const *) environment);
  FerryV2vEvents events = { on_phase, on_warning, on_info, on_disk, on_percent, run };
  FerryCommand command = {
    .argv = (const char *const *) argv,
    .environment = (const char *const *) environment,
    .marker = run->record->id,
    .with_messages = TRUE,
    .on_data = on_data,
    .on_tick = on_tick,
    .user_data = run,
  };
  gboolean ran;

  ferry_record_log (run->record, text);
  run->heard = ferry_v2v_output_new (&events);
  ran = ferry_host_run (run->host, &command, out_exit_status, run->cancellable, error);
  ferry_v2v_output_finish (run->heard);

  return ran;
}

/* virt-v2v only sees that its disk has gone away; why, the one who served it knows. */
static void
add_what_servers_said (Run *run)
{
  g_autofree char *said
      = ferry_serve_read_logs (run->work_dir, run->guest->source->disks->len);
  g_autofree char *details = NULL;

  if (*said == '\0')
    return;

  ferry_record_log (run->record, said);
  details = g_strdup_printf ("%s%s%s", run->failure->details,
                             *run->failure->details != '\0' ? "\n\n" : "", said);
  g_free (run->failure->details);
  run->failure->details = g_steal_pointer (&details);
}

/* Everything that ran for the import, so that nothing holds its disks. */
static gboolean
end_processes (Run *run, GError **error)
{
  g_autofree char *serve_marker = ferry_serve_dup_marker (run->record->id);

  return ferry_host_end_marked (run->host, run->record->id, error) &&
         ferry_host_end_marked (run->host, serve_marker, error);
}

static gboolean
convert (Run *run, const char *input, GError **error)
{
  g_auto (GStrv) keys = NULL;
  FerryV2vRun call
      = { run->facts, run->output, run->guest, input, run->work_dir, run->record->plan, NULL };
  g_autofree char *tail = NULL;
  int status = 0;

  if (!enter (run, FERRY_IMPORT_CONVERTING, _("Starting virt-v2v"), error))
    return FALSE;
  keys = write_keys (run, error);
  call.keys = (const char *const *) keys;
  if (keys == NULL || !run_virt_v2v (run, &call, &status, error))
    return FALSE;
  if (status == 0)
    return TRUE;

  tail = ferry_v2v_output_dup_tail (run->heard);
  ferry_record_log (run->record, tail);
  run->failure = ferry_advice_for_run (run->heard, status);
  add_what_servers_said (run);

  return ferry_fail (error, run->failure->code, "%s", run->failure->message);
}

/* --- copying what needs no conversion --- */

static void
on_bytes (guint64 done, guint64 total, const char *path, gpointer user_data)
{
  Run *run = user_data;
  struct stat info;

  ferry_meter_set_bytes (run->meter, done, total, g_get_monotonic_time ());
  if (stat (path, &info) == 0)
    ferry_meter_set_written (run->meter, (guint64) info.st_blocks * 512, g_get_monotonic_time ());
  report_sometimes (run);
}

static gboolean
copy (Run *run, GError **error)
{
  FerryCopy what = {
    .host = run->host,
    .source = run->source,
    .guest = run->planned,
    .output = run->output,
    .work_dir = run->work_dir,
    .marker = run->record->id,
  };
  FerryCopyEvents events = { on_disk, on_bytes, on_warning, run };

  return enter (run, FERRY_IMPORT_COPYING, _("Copying the disks"), error) &&
         ferry_copy_run (&what, &events, run->cancellable, error);
}

/* --- finishing --- */

/* The guest is there and whole by now: a temporary file that stays is no reason to take it away. */
static void
remove_work_dir (Run *run)
{
  g_autoptr (GError) error = NULL;

  if (!ferry_host_remove_work_dir (run->host, run->work_dir, &error))
    ferry_record_add_warning (run->record, error->message);
}

static void
on_reshaped (guint64 done, guint64 total, gpointer user_data)
{
  Run *run = user_data;

  ferry_meter_set_part (run->meter, done, total, g_get_monotonic_time ());
  report_sometimes (run);
}

/* virt-v2v knows one format for all disks. */
static gboolean
reshape (Run *run, GError **error)
{
  FerryMonitor monitor = { on_reshaped, run };
  FerryReshape what = {
    .host = run->host,
    .guest = run->guest,
    .paths = run->output->disk_paths,
    .record = run->record,
    .monitor = &monitor,
  };

  if (!ferry_reshape_is_needed (run->guest))
    return TRUE;

  return enter (run, FERRY_IMPORT_FINISHING, _("Changing formats of disks"), error) &&
         end_processes (run, error) && ferry_reshape_run (&what, run->cancellable, error);
}

static gboolean
finish (Run *run, GError **error)
{
  FerryTargetRun whole = target_run (run);

  if (!enter (run, FERRY_IMPORT_FINISHING, _("Checking the result"), error))
    return FALSE;
  if (!end_processes (run, error))
    return FALSE;

  return ferry_target_finish (run->target, &whole, run->output, run->cancellable, error);
}

/* The guest is published, so nothing is an error from here on: a journal that cannot be written now
 * says where the guest is, and whoever reads it later comes to the same end. */
static void
succeed (Run *run)
{
  remove_work_dir (run);
  ferry_record_clear_undo (run->record, NULL);
  ferry_record_enter (run->record, FERRY_IMPORT_SUCCEEDED, NULL);
  tell_entered (run, _("Imported"));
}

static double
seconds_in (const FerryRecord *record, FerryImportState state)
{
  gint64 usec = 0;

  for (guint i = 0; i < record->steps->len; i++)
    {
      const FerryStep *step = g_ptr_array_index (record->steps, i);

      if (step->state == state && step->ended_usec > step->started_usec)
        usec += step->ended_usec - step->started_usec;
    }

  return (double) usec / G_USEC_PER_SEC;
}

static void
learn (Run *run)
{
  FerryTimes times = {
    .with_kvm = run->facts->kvm == FERRY_KVM_WORKS,
    .converting_seconds = seconds_in (run->record, FERRY_IMPORT_CONVERTING),
    .copied_bytes = ferry_plan_guest_get_copy_bytes (run->guest),
    .copying_seconds = seconds_in (run->record, FERRY_IMPORT_COPYING),
    .prepared_bytes = run->parts_base + run->parts_total,
    .preparing_seconds = seconds_in (run->record, FERRY_IMPORT_PREPARING)
                         - (double) run->waited_usec / G_USEC_PER_SEC,
  };

  /* What comes over a network says nothing of this computer. */
  if (!ferry_plan_guest_is_copied (run->guest))
    ferry_rates_learn (&times);
}

/* --- the whole --- */

static gboolean
run_steps (Run *run, GError **error)
{
  g_autofree char *input = NULL;

  fetch_passwords (run->record, run->cancellable);
  if (!open_endpoints (run, error) || !look_at_host (run, error))
    return FALSE;
  if (!enter (run, FERRY_IMPORT_PREPARING, _("Checking source and destination"), error))
    return FALSE;
  if (!check_again (run, error) || !check_addresses (run, error) || !make_work_dir (run, error) ||
      !shut_down_first (run, error))
    return FALSE;
  if (ferry_plan_guest_is_copied (run->guest))
    return begin_target (run, error) && copy (run, error) && finish (run, error);

  input = prepare_input (run, error);
  if (input == NULL)
    return FALSE;

  return begin_target (run, error) && convert (run, input, error) && reshape (run, error) &&
         finish (run, error);
}

static void
end_badly (Run *run, const GError *why)
{
  gboolean cancelled = g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  FerryImportState end = cancelled ? FERRY_IMPORT_CANCELLED : FERRY_IMPORT_FAILED;
  g_autoptr (FerryFailure) failure = g_steal_pointer (&run->failure);
  g_autoptr (GError) undo_error = NULL;

  if (failure == NULL && !cancelled)
    failure = ferry_advice_for_error (why, "");
  ferry_record_log (run->record, cancelled ? _("Cancelled; removing what was made") : why->message);

  if (!ferry_undo_all (run->record, run->host, &undo_error))
    {
      g_autoptr (FerryFailure) first = g_steal_pointer (&failure);

      if (first == NULL)
        first = ferry_failure_new (FERRY_ERROR_FAILED, _("The import was cancelled."), "", "");
      failure = ferry_import_add_leftovers (first, undo_error);
      ferry_record_log (run->record, undo_error->message);
    }

  /* When even this cannot be written, the next start of the worker finds the import and ends it. */
  ferry_import_note_end (run->record, end, failure, NULL);
  tell_changed (run);
}

gboolean
ferry_import_run (FerryRecord *record,
                  const FerryImportWatcher *watcher,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (Run) run = {
    .record = record,
    .planned = ferry_plan_get_guest (record->plan, 0),
    .watcher = watcher,
    .cancellable = cancellable,
    .disk = -1,
  };
  g_autoptr (GError) why = NULL;

  run.guest = ferry_plan_guest_dup_included (run.planned);
  ferry_address_settle_macs (run.guest, NULL);
  if (run_steps (&run, &why))
    {
      succeed (&run);
      learn (&run);
      return TRUE;
    }

  end_badly (&run, why);
  g_propagate_error (error, g_steal_pointer (&why));

  return FALSE;
}

/* --- the guest at its source --- */

gboolean
ferry_import_start_source (FerryRecord *record, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerrySource) source = NULL;
  FerryPowerRun run = { .record = record };

  fetch_passwords (record, cancellable);
  source = ferry_endpoint_open_source (record->plan, error);
  run.source = source;

  return source != NULL && ferry_power_start_again (&run, cancellable, error);
}
