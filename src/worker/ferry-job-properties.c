/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-job-properties.h"

/** ferry_job_show_identity: what does not change over the import's life */
void
ferry_job_show_identity (FerryDBusImport1 *import, const FerryRecord *record)
{
  const FerryPlanGuest *guest = ferry_plan_get_guest (record->plan, 0);
  g_autofree char *source = ferry_plan_source_to_text (&record->plan->source);
  g_autofree char *destination = ferry_plan_destination_to_text (&record->plan->destination);
  g_autofree char *log_path = ferry_record_dup_log_path (record);
  g_autofree char *plan = ferry_plan_to_text (record->plan);

  ferry_dbus_import1_set_id (import, record->id);
  ferry_dbus_import1_set_name (import, guest->name);
  ferry_dbus_import1_set_source (import, source);
  ferry_dbus_import1_set_destination (import, destination);
  ferry_dbus_import1_set_log_path (import, log_path != NULL ? log_path : "");
  ferry_dbus_import1_set_plan (import, plan);
}

static GVariant *
steps_to_variant (const GPtrArray *steps)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sxx)"));

  for (guint i = 0; i < steps->len; i++)
    {
      const FerryStep *step = g_ptr_array_index (steps, i);

      g_variant_builder_add (&builder, "(sxx)", ferry_import_state_to_word (step->state),
                             step->started_usec, step->ended_usec);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
failure_to_variant (const FerryFailure *failure)
{
  if (failure == NULL)
    return g_variant_new ("(ssss)", "", "", "", "");

  return g_variant_new ("(ssss)", ferry_error_code_to_word (failure->code), failure->message,
                        failure->advice, failure->details);
}

static void
show_warnings (FerryDBusImport1 *import, const GPtrArray *warnings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;

  for (guint i = 0; i < warnings->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (warnings, i));
  sentences = g_strv_builder_end (builder);

  ferry_dbus_import1_set_warnings (import, (const char *const *) sentences);
}

/** ferry_job_show_record: what changes while it goes from state to state */
void
ferry_job_show_record (FerryDBusImport1 *import, const FerryRecord *record)
{
  static const char *const no_files[] = { NULL };
  /* Before the end these are only where the guest is about to be. */
  gboolean is_there = record->state == FERRY_IMPORT_SUCCEEDED;
  const char *location = is_there ? record->location : NULL;
  const char *const *files = is_there ? (const char *const *) record->files : NULL;

  ferry_dbus_import1_set_state (import, ferry_import_state_to_word (record->state));
  ferry_dbus_import1_set_created (import, record->created_usec);
  ferry_dbus_import1_set_started (import, record->started_usec);
  ferry_dbus_import1_set_ended (import, record->ended_usec);
  ferry_dbus_import1_set_steps (import, steps_to_variant (record->steps));
  show_warnings (import, record->warnings);
  ferry_dbus_import1_set_failure (import, failure_to_variant (record->failure));
  ferry_dbus_import1_set_startable_at_source (import, ferry_record_is_startable (record));
  ferry_dbus_import1_set_location (import, location != NULL ? location : "");
  ferry_dbus_import1_set_files (import, files != NULL ? files : no_files);
}

/** ferry_job_show_progress: how far it is */
void
ferry_job_show_progress (FerryDBusImport1 *import, const FerryProgress *progress)
{
  ferry_dbus_import1_set_progress (import, ferry_ipc_progress_to_variant (progress));
}

/** ferry_job_show_initial_progress: nothing done, or all of it, as long as no thread tells more */
void
ferry_job_show_initial_progress (FerryDBusImport1 *import, const FerryRecord *record)
{
  const GPtrArray *disks = ferry_plan_get_guest (record->plan, 0)->source->disks;
  g_autoptr (FerryProgress) progress = ferry_progress_new ();
  gboolean done = record->state == FERRY_IMPORT_SUCCEEDED;

  progress->fraction = done ? 1 : 0;
  for (guint i = 0; i < disks->len; i++)
    {
      const FerryDisk *disk = g_ptr_array_index (disks, i);
      FerryDiskProgress *one;

      ferry_progress_add_disk (progress, disk->name, disk->capacity_bytes);
      one = g_ptr_array_index (progress->disks, i);
      one->done_bytes = done ? one->total_bytes : 0;
      one->seconds = done ? 0 : -1;
    }
  ferry_job_show_progress (import, progress);
}
