/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-worker.h"

#include "ferry-ipc-secrets.h"

#include "ferry-error.h"

struct _FakeWorker
{
  GDBusConnection *connection;
  GDBusObjectManagerServer *server;
  FerryDBusWorker1 *manager;
  guint owner_id;
  gboolean owned;
};

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

FerryImportFacts *
fake_facts_new (const char *name, FerryImportState state)
{
  g_autofree char *id = g_compute_checksum_for_string (G_CHECKSUM_MD5, name, -1);
  FerryImportFacts *facts = ferry_import_facts_new (id, state);
  gint64 now_usec = g_get_real_time ();

  replace (&facts->name, name);
  replace (&facts->source, "/srv/appliances/exported.ova");
  replace (&facts->destination, "folder:/srv/guests");
  facts->created_usec = now_usec - (gint64) 3600 * G_USEC_PER_SEC;
  if (state != FERRY_IMPORT_QUEUED)
    facts->started_usec = now_usec - (gint64) 1800 * G_USEC_PER_SEC;
  if (ferry_import_state_is_end (state))
    facts->ended_usec = now_usec - (gint64) 600 * G_USEC_PER_SEC;
  facts->progress->seconds_left = -1;
  facts->progress->disk = -1;

  return facts;
}

void
fake_facts_add_disk (FerryImportFacts *facts, const char *name, double done, double total)
{
  FerryDiskProgress *disk;

  ferry_progress_add_disk (facts->progress, name, (guint64) total);
  disk = g_ptr_array_index (facts->progress->disks, facts->progress->disks->len - 1);
  disk->done_bytes = (guint64) done;
  disk->seconds = done > 0 ? 552 : -1;
}

void
fake_facts_add_step (FerryImportFacts *facts,
                     FerryImportState state,
                     gint64 started_ago,
                     gint64 ended_ago)
{
  FerryStep *step = g_new0 (FerryStep, 1);
  gint64 now_usec = g_get_real_time ();

  step->state = state;
  step->started_usec = now_usec - started_ago * G_USEC_PER_SEC;
  if (ended_ago != 0)
    step->ended_usec = now_usec - ended_ago * G_USEC_PER_SEC;
  g_ptr_array_add (facts->steps, step);
}

void
fake_facts_fail (FerryImportFacts *facts, FerryError code, const char *message)
{
  facts->failure = ferry_failure_new (
      code, message, "Free some space there, or choose another folder for temporary files, then "
                     "retry.",
      "virt-v2v: error: write /var/tmp/ferry-7c1f/legacy-crm-sda: No space left on device\n"
      "  stage      convert operating system\n"
      "  needed     38.2 GB in /var/tmp\n"
      "  available  21.7 GB\n"
      "  cleaned up /srv/guests/.ferry-7c1f");
}

static GVariant *
steps_to_variant (const FerryImportFacts *facts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sxx)"));
  for (guint i = 0; i < facts->steps->len; i++)
    {
      const FerryStep *step = g_ptr_array_index (facts->steps, i);

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

void
fake_import_show (FerryDBusImport1 *import, const FerryImportFacts *facts)
{
  ferry_dbus_import1_set_id (import, facts->id);
  ferry_dbus_import1_set_name (import, facts->name);
  ferry_dbus_import1_set_source (import, facts->source);
  ferry_dbus_import1_set_destination (import, facts->destination);
  ferry_dbus_import1_set_state (import, ferry_import_state_to_word (facts->state));
  ferry_dbus_import1_set_cancelling (import, facts->cancelling);
  ferry_dbus_import1_set_startable_at_source (import, facts->startable);
  ferry_dbus_import1_set_created (import, facts->created_usec);
  ferry_dbus_import1_set_started (import, facts->started_usec);
  ferry_dbus_import1_set_ended (import, facts->ended_usec);
  ferry_dbus_import1_set_progress (import, ferry_ipc_progress_to_variant (facts->progress));
  ferry_dbus_import1_set_steps (import, steps_to_variant (facts));
  ferry_dbus_import1_set_warnings (import, (const char *const *) facts->warnings);
  ferry_dbus_import1_set_failure (import, failure_to_variant (facts->failure));
  ferry_dbus_import1_set_location (import, facts->location);
  ferry_dbus_import1_set_log_path (import, facts->log_path);
}

FerryDBusImport1 *
fake_import_new (const FerryImportFacts *facts)
{
  FerryDBusImport1 *import = ferry_dbus_import1_skeleton_new ();

  fake_import_show (import, facts);

  return import;
}

static gboolean
on_cancel (FerryDBusImport1 *import, GDBusMethodInvocation *invocation, gpointer user_data)
{
  ferry_dbus_import1_set_ended (import, g_get_real_time ());
  ferry_dbus_import1_set_state (import, "cancelled");
  ferry_dbus_import1_complete_cancel (import, invocation);

  return TRUE;
}

static gboolean
on_retry (FerryDBusImport1 *import, GDBusMethodInvocation *invocation, gpointer user_data)
{
  if (g_strcmp0 (ferry_dbus_import1_get_state (import), "succeeded") == 0)
    {
      g_dbus_method_invocation_return_error_literal (invocation, FERRY_ERROR, FERRY_ERROR_INVALID,
                                                     "It has succeeded.");
      return TRUE;
    }

  ferry_dbus_import1_set_started (import, 0);
  ferry_dbus_import1_set_ended (import, 0);
  ferry_dbus_import1_set_failure (import, failure_to_variant (NULL));
  ferry_dbus_import1_set_state (import, "queued");
  ferry_dbus_import1_complete_retry (import, invocation);

  return TRUE;
}

/* The password and the key of every import here is "sesame". */
static gboolean
on_retry_with (FerryDBusImport1 *import,
               GDBusMethodInvocation *invocation,
               GVariant *options,
               gpointer user_data)
{
  g_autoptr (FerryPlan) secrets = ferry_plan_new ();
  const FerryPlanKey *key;
  g_autoptr (GError) error = NULL;

  if (!ferry_ipc_unpack_secrets (invocation, options, secrets, &error))
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return TRUE;
    }
  key = secrets->keys->len > 0 ? g_ptr_array_index (secrets->keys, 0) : NULL;
  if (g_strcmp0 (secrets->source.password, "sesame") == 0 ||
      (key != NULL && g_str_equal (key->key, "sesame")))
    {
      ferry_dbus_import1_set_failure (import, failure_to_variant (NULL));
      ferry_dbus_import1_set_state (import, "queued");
    }
  ferry_dbus_import1_complete_retry_with (import, invocation);

  return TRUE;
}

static gboolean
on_start_source (FerryDBusImport1 *import,
                 GDBusMethodInvocation *invocation,
                 GVariant *options,
                 gpointer user_data)
{
  g_autoptr (FerryPlan) secrets = ferry_plan_new ();
  g_autoptr (GError) error = NULL;

  if (!ferry_ipc_unpack_secrets (invocation, options, secrets, &error))
    g_dbus_method_invocation_return_gerror (invocation, error);
  else if (g_strcmp0 (secrets->source.password, "sesame") != 0)
    g_dbus_method_invocation_return_error_literal (invocation, FERRY_ERROR, FERRY_ERROR_AUTH,
                                                   "vc1 asks for a password.");
  else
    {
      ferry_dbus_import1_set_startable_at_source (import, FALSE);
      ferry_dbus_import1_complete_start_source (import, invocation);
    }

  return TRUE;
}

static gboolean
on_remove (FerryDBusImport1 *import, GDBusMethodInvocation *invocation, gpointer user_data)
{
  ferry_dbus_import1_complete_remove (import, invocation);
  fake_worker_remove (user_data, ferry_dbus_import1_get_id (import));

  return TRUE;
}

static gboolean
on_import_plan (FerryDBusWorker1 *manager,
                GDBusMethodInvocation *invocation,
                const char *plan,
                GVariant *options,
                gpointer user_data)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new (plan, FERRY_IMPORT_QUEUED);
  g_autofree char *path = ferry_ipc_dup_import_path (facts->id);
  const char *const paths[] = { path, NULL };

  if (strstr (plan, "refuse") != NULL)
    {
      g_dbus_method_invocation_return_error_literal (invocation, FERRY_ERROR, FERRY_ERROR_NO_SPACE,
                                                     "The journal has no space left.");
      return TRUE;
    }

  fake_worker_add (user_data, fake_import_new (facts));
  ferry_dbus_worker1_complete_import_plan (manager, invocation, paths);

  return TRUE;
}

static void
on_name_acquired (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FakeWorker *worker = user_data;

  worker->owned = TRUE;
}

static void
export_manager (FakeWorker *worker)
{
  g_autoptr (FerryDBusObjectSkeleton) object = ferry_dbus_object_skeleton_new (FERRY_WORKER_PATH);

  worker->manager = ferry_dbus_worker1_skeleton_new ();
  ferry_dbus_worker1_set_version (worker->manager, FERRY_VERSION);
  ferry_dbus_worker1_set_concurrency (worker->manager, 2);
  g_signal_connect (worker->manager, "handle-import-plan", G_CALLBACK (on_import_plan), worker);
  ferry_dbus_object_skeleton_set_worker1 (object, worker->manager);
  g_dbus_object_manager_server_export (worker->server, G_DBUS_OBJECT_SKELETON (object));
}

FakeWorker *
fake_worker_new (GDBusConnection *connection)
{
  FakeWorker *worker = g_new0 (FakeWorker, 1);

  worker->connection = g_object_ref (connection);
  worker->server = g_dbus_object_manager_server_new (FERRY_WORKER_ROOT);
  export_manager (worker);
  g_dbus_object_manager_server_set_connection (worker->server, connection);

  return worker;
}

void
fake_worker_own_name (FakeWorker *worker)
{
  worker->owner_id = g_bus_own_name_on_connection (worker->connection, FERRY_WORKER_NAME,
                                                   G_BUS_NAME_OWNER_FLAGS_NONE, on_name_acquired,
                                                   NULL, worker, NULL);
  while (!worker->owned)
    g_main_context_iteration (NULL, TRUE);
}

void
fake_worker_free (FakeWorker *worker)
{
  if (worker->owner_id != 0)
    g_bus_unown_name (worker->owner_id);
  g_dbus_object_manager_server_set_connection (worker->server, NULL);
  g_clear_object (&worker->server);
  g_clear_object (&worker->manager);
  g_dbus_connection_flush_sync (worker->connection, NULL, NULL);
  g_clear_object (&worker->connection);
  g_free (worker);
}

FerryDBusImport1 *
fake_worker_add (FakeWorker *worker, FerryDBusImport1 *import)
{
  g_autofree char *path = ferry_ipc_dup_import_path (ferry_dbus_import1_get_id (import));
  g_autoptr (FerryDBusObjectSkeleton) object = ferry_dbus_object_skeleton_new (path);

  g_signal_connect (import, "handle-cancel", G_CALLBACK (on_cancel), worker);
  g_signal_connect (import, "handle-retry", G_CALLBACK (on_retry), worker);
  g_signal_connect (import, "handle-retry-with", G_CALLBACK (on_retry_with), worker);
  g_signal_connect (import, "handle-start-source", G_CALLBACK (on_start_source), worker);
  g_signal_connect (import, "handle-remove", G_CALLBACK (on_remove), worker);
  ferry_dbus_object_skeleton_set_import1 (object, import);
  g_dbus_object_manager_server_export (worker->server, G_DBUS_OBJECT_SKELETON (object));
  g_object_unref (import);

  return import;
}

void
fake_worker_remove (FakeWorker *worker, const char *id)
{
  g_autofree char *path = ferry_ipc_dup_import_path (id);

  g_dbus_object_manager_server_unexport (worker->server, path);
}

guint
fake_worker_get_concurrency (FakeWorker *worker)
{
  return ferry_dbus_worker1_get_concurrency (worker->manager);
}

static void
add_facts (FakeWorker *worker, FerryImportFacts *facts, gint64 ended_ago)
{
  static gint64 order = 0;

  facts->created_usec += order++;
  if (ended_ago != 0)
    facts->ended_usec = g_get_real_time () - ended_ago * G_USEC_PER_SEC;
  fake_worker_add (worker, fake_import_new (facts));
  ferry_import_facts_free (facts);
}

static void
add_copying (FakeWorker *worker)
{
  FerryImportFacts *facts = fake_facts_new ("db-prod-01", FERRY_IMPORT_COPYING);

  facts->progress->fraction = 0.52;
  facts->progress->rate_bytes = 112000000;
  facts->progress->seconds_left = 24 * 60;
  facts->progress->disk = 1;
  fake_facts_add_disk (facts, "db-prod-01/db-prod-01.vmdk", 60e9, 60e9);
  fake_facts_add_disk (facts, "db-prod-01/db-prod-01_with_a_long_name_1.vmdk", 116.3e9, 200e9);
  fake_facts_add_disk (facts, "db-prod-01/archive.vmdk", 0, 80e9);
  fake_facts_add_step (facts, FERRY_IMPORT_PREPARING, 1839, 1832);
  fake_facts_add_step (facts, FERRY_IMPORT_CONVERTING, 1832, 1611);
  fake_facts_add_step (facts, FERRY_IMPORT_COPYING, 1611, 0);
  g_strfreev (facts->warnings);
  facts->warnings = g_strsplit ("The guest agent will be installed at first start.", "|", -1);
  add_facts (worker, facts, 0);
}

static void
add_running (FakeWorker *worker)
{
  FerryImportFacts *facts = fake_facts_new ("win-fs-01", FERRY_IMPORT_COPYING);

  facts->progress->fraction = 0.33;
  facts->progress->rate_bytes = 74000000;
  facts->progress->seconds_left = 34 * 60;
  facts->progress->disk = 0;
  fake_facts_add_disk (facts, "win-fs-01.vmdk", 77e9, 150e9);
  fake_facts_add_disk (facts, "win-fs-01_1.vmdk", 0, 80e9);
  add_facts (worker, facts, 0);

  facts = fake_facts_new ("mail", FERRY_IMPORT_CONVERTING);
  facts->progress->fraction = 0.08;
  facts->progress->message = g_strdup ("Inspecting the source");
  add_facts (worker, facts, 0);
}

static void
add_ended (FakeWorker *worker)
{
  FerryImportFacts *facts = fake_facts_new ("web-01", FERRY_IMPORT_SUCCEEDED);

  fake_facts_add_disk (facts, "web-01.vmdk", 41.2e9, 41.2e9);
  replace (&facts->location, "/srv/guests/web-01");
  facts->started_usec = g_get_real_time () - (gint64) 1020 * G_USEC_PER_SEC;
  add_facts (worker, facts, 600);

  facts = fake_facts_new ("wiki-old", FERRY_IMPORT_SUCCEEDED);
  replace (&facts->destination, "libvirt:qemu:///system,pool=default");
  replace (&facts->location, "qemu:///system wiki-old");
  add_facts (worker, facts, 700);

  facts = fake_facts_new ("erp-app", FERRY_IMPORT_SUCCEEDED);
  g_strfreev (facts->warnings);
  facts->warnings = g_strsplit ("The video driver could not be replaced.|VirtIO drivers for "
                                "Windows were not found on this computer: the disk stays on IDE "
                                "and will be slow.",
                                "|", -1);
  fake_facts_add_disk (facts, "erp-app.vmdk", 118e9, 118e9);
  replace (&facts->location, "/srv/guests/erp-app");
  add_facts (worker, facts, 900);

  facts = fake_facts_new ("legacy-crm", FERRY_IMPORT_FAILED);
  fake_facts_fail (facts, FERRY_ERROR_NO_SPACE,
                   "Converting ‘legacy-crm’ needs 38.2 GB in /var/tmp, and 21.7 GB are free.");
  fake_facts_add_disk (facts, "legacy-crm.vmdk", 12e9, 38.2e9);
  fake_facts_add_step (facts, FERRY_IMPORT_PREPARING, 1800, 1793);
  fake_facts_add_step (facts, FERRY_IMPORT_CONVERTING, 1793, 1000);
  add_facts (worker, facts, 1000);

  add_facts (worker, fake_facts_new ("test-vm", FERRY_IMPORT_CANCELLED), 1200);
  facts = fake_facts_new ("build-02", FERRY_IMPORT_INTERRUPTED);
  fake_facts_fail (facts, FERRY_ERROR_FAILED, "The worker ended in the midst of the import.");
  add_facts (worker, facts, 90000);
}

void
fake_worker_add_gallery (FakeWorker *worker)
{
  add_copying (worker);
  add_running (worker);
  add_facts (worker, fake_facts_new ("wiki", FERRY_IMPORT_QUEUED), 0);
  add_ended (worker);
}
