/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Guests that run at a real libvirtd and are to be shut down before their import, by the real worker.
 * Their disks are copied, not converted. tests/peers/libvirtd/run has started the daemon. */
#include "config.h"

#include "import-rig.h"

#include "ferry-error.h"
#include "ferry-record.h"
#include "ferry-source-libvirt.h"
#include "ferry-tree.h"

#include <signal.h>
#include <string.h>

#define UUID "11111111-2222-3333-4444-555555555551"
#define POOL "/var/lib/libvirt/images"
#define LISTENING "/run/libvirt/listening"

static void shell (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
shell (const char *format, ...)
{
  g_autofree char *script = NULL;
  const char *argv[] = { "bash", "-euc", NULL, NULL };
  va_list args;

  va_start (args, format);
  script = g_strdup_vprintf (format, args);
  va_end (args);
  argv[2] = script;
  g_test_message ("%s", script);
  import_rig_run (argv, NULL);
}

/* @path: of the import */
typedef struct
{
  char *config;
  ImportRig *rig;
  FerryPlan *plan;
  char *path;
  FerryDBusImport1 *import;
} Fixture;

/* @what: "obedient": it switches itself off when it is asked to; "deaf": it does nothing at all */
static void
start_guest (const char *what)
{
  g_autofree char *obedient =
      g_test_build_filename (G_TEST_DIST, "peers", "libvirtd", "obedient", NULL);

  shell ("cd " POOL "; dd if=/dev/urandom of=one.img bs=1M count=400 status=none\n"
         "[ %s = deaf ] && dd if=/dev/zero of=one.img bs=1M count=1 conv=notrunc status=none ||\n"
         "  '%s' one.img\n"
         "virsh -q pool-refresh default\n"
         "virsh -q define <(echo \"<domain type='qemu'><name>web</name><uuid>" UUID "</uuid>"
         "<memory unit='MiB'>32</memory><os><type arch='x86_64' machine='pc'>hvm</type></os>"
         "<features><acpi/></features><devices><disk type='file'><driver name='qemu' type='raw'/>"
         "<source file='" POOL "/one.img'/><target dev='sda' bus='sata'/></disk>"
         "<serial type='file'><source path='" LISTENING "'/></serial></devices></domain>\")\n"
         "virsh -q start web\n"
         "[ %s = deaf ] || for ((i = 0; i < 600; i++)); do\n"
         "  [ ! -s " LISTENING " ] || exit 0; sleep 0.1; done",
         what, obedient, what);
}

static FerryPlan *
make_plan (Fixture *fixture)
{
  g_autoptr (FerryPlanSource) from = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  g_autoptr (FerrySource) source = NULL;
  g_autoptr (FerryGuest) guest = NULL;
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (GError) error = NULL;

  ferry_plan_source_set (&from->uri, "qemu:///system");
  source = ferry_source_libvirt_new (from);
  guest = ferry_source_read (source, UUID, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (guest->power, ==, FERRY_POWER_RUNNING);
  ferry_plan_set_source (plan, from);
  ferry_plan_set_folder_destination (plan, fixture->rig->destination);
  plan->format = FERRY_FORMAT_RAW;
  plan->shut_down = TRUE;
  g_assert_true (ferry_plan_guest_is_copied (ferry_plan_add_guest (plan, guest)));

  return plan;
}

static void
set_up (Fixture *fixture, gconstpointer what)
{
  g_autoptr (GError) error = NULL;

  fixture->config = g_dir_make_tmp ("ferry-config-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_CONFIG_DIR", fixture->config, TRUE);
  g_setenv ("FERRY_SHUT_DOWN_TIMEOUT", g_str_equal (what, "deaf-soon") ? "2" : "120", TRUE);
  start_guest (g_str_equal (what, "obedient") ? "obedient" : "deaf");
  fixture->rig = import_rig_new_bare ();
  fixture->plan = make_plan (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer what)
{
  g_clear_object (&fixture->import);
  g_clear_pointer (&fixture->plan, ferry_plan_free);
  import_rig_free (fixture->rig);
  shell ("virsh -q destroy web 2>/dev/null || true; virsh -q undefine web; rm -f " POOL
         "/* " LISTENING);
  g_assert_true (ferry_tree_remove (fixture->config, NULL));
  g_free (fixture->config);
  g_free (fixture->path);
}

/* --- steps --- */

static void
begin (Fixture *fixture)
{
  fixture->path = import_rig_start (fixture->rig, fixture->plan);
  fixture->import = worker_fixture_get_import (fixture->rig->fixture, fixture->path);
}

static void
await (Fixture *fixture, const char *state)
{
  worker_fixture_await_state (fixture->rig->fixture, fixture->path, state, 120);
}

static gboolean
is_waiting (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *text =
      g_variant_print (ferry_dbus_import1_get_progress (fixture->import), FALSE);

  return strstr (text, "Shutting down ‘web’ at the source: waiting for") != NULL;
}

static void
await_waiting (Fixture *fixture)
{
  worker_fixture_wait (fixture->rig->fixture, is_waiting, fixture, 60);
  g_assert_cmpstr (ferry_dbus_import1_get_state (fixture->import), ==, "preparing");
}

static void
cancel (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  ferry_dbus_import1_call_cancel_sync (fixture->import, NULL, &error);
  g_assert_no_error (error);
  await (fixture, "cancelled");
}

static void
start_source (Fixture *fixture, GError **error)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();

  worker_fixture_call_with (fixture->rig->fixture, fixture->path, "StartSource", plan, error);
}

static void
assert_state (const char *expected)
{
  g_autofree char *state = import_rig_virsh ("domstate", "web");

  g_assert_cmpstr (state, ==, expected);
}

static void
assert_failure (Fixture *fixture, const char *word)
{
  g_autofree char *failure =
      g_variant_print (ferry_dbus_import1_get_failure (fixture->import), FALSE);

  if (strstr (failure, word) == NULL)
    g_error ("it failed for another reason than ‘%s’: %s", word, failure);
}

static void
assert_started_again (Fixture *fixture)
{
  g_autoptr (FerryRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_dbus_import1_get_startable_at_source (fixture->import));
  assert_state ("shut off");
  start_source (fixture, &error);
  g_assert_no_error (error);
  assert_state ("running");
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
  record = ferry_record_load (ferry_dbus_import1_get_id (fixture->import), &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->shut_down, ==, FERRY_SHUT_DOWN_STARTED);
}

/* --- the tests --- */

static void
test_imported (Fixture *fixture, gconstpointer what)
{
  begin (fixture);
  import_rig_assert_succeeded (fixture->rig, fixture->path);
  assert_state ("shut off");
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
  shell ("cmp " POOL "/one.img '%s/web/'web-sda.*", fixture->rig->destination);
}

/* Never for an import that cannot be. */
static void
test_blocked (Fixture *fixture, gconstpointer what)
{
  shell ("mkdir '%s/web'", fixture->rig->destination);
  begin (fixture);
  await (fixture, "failed");
  assert_state ("running");
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
  shell ("rmdir '%s/web'", fixture->rig->destination);
}

static void
test_cancelled_later (Fixture *fixture, gconstpointer what)
{
  begin (fixture);
  await (fixture, "copying");
  cancel (fixture);
  import_rig_assert_clean (fixture->rig);
  assert_started_again (fixture);
}

/* It goes off, but its disk is not the one that was planned. */
static void
test_changed (Fixture *fixture, gconstpointer what)
{
  begin (fixture);
  await_waiting (fixture);
  shell ("truncate -s +1M " POOL "/one.img; virsh -q destroy web");
  await (fixture, "failed");
  assert_failure (fixture, "has changed at the source");
  assert_failure (fixture, "can be started there again");
  import_rig_assert_clean (fixture->rig);
  assert_started_again (fixture);
}

static void
test_disobeys (Fixture *fixture, gconstpointer what)
{
  begin (fixture);
  await (fixture, "failed");
  assert_failure (fixture, "did not shut down within 2 seconds; it was left running");
  assert_state ("running");
  import_rig_assert_clean (fixture->rig);
}

static void
test_cancelled_while_waiting (Fixture *fixture, gconstpointer what)
{
  gint64 start_usec;
  g_autoptr (GError) error = NULL;

  begin (fixture);
  await_waiting (fixture);
  start_usec = g_get_monotonic_time ();
  cancel (fixture);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 20 * G_USEC_PER_SEC);
  assert_state ("running");
  import_rig_assert_clean (fixture->rig);

  /* It may still go off: that it runs is no answer yet. */
  g_assert_true (ferry_dbus_import1_get_startable_at_source (fixture->import));
  start_source (fixture, &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  shell ("virsh -q destroy web");
  assert_started_again (fixture);
}

/* It is off already, and stays off when the second attempt is a good one. */
static void
test_retried (Fixture *fixture, gconstpointer what)
{
  g_autoptr (GError) error = NULL;

  begin (fixture);
  await (fixture, "copying");
  cancel (fixture);
  ferry_dbus_import1_call_retry_sync (fixture->import, NULL, &error);
  g_assert_no_error (error);
  await (fixture, "succeeded");
  assert_state ("shut off");
  g_assert_false (ferry_dbus_import1_get_startable_at_source (fixture->import));
}

/* The next worker knows what the one before had begun. */
static void
end_worker (Fixture *fixture, int signal_number)
{
  begin (fixture);
  await_waiting (fixture);
  g_clear_object (&fixture->import);
  worker_fixture_signal (fixture->rig->fixture, signal_number);
  worker_fixture_activate (fixture->rig->fixture);
  await (fixture, "interrupted");
  fixture->import = worker_fixture_get_import (fixture->rig->fixture, fixture->path);
  assert_failure (fixture, "once it is off");
  shell ("virsh -q destroy web");
  assert_started_again (fixture);
}

static void
test_killed (Fixture *fixture, gconstpointer what)
{
  end_worker (fixture, SIGKILL);
}

static void
test_terminated (Fixture *fixture, gconstpointer what)
{
  end_worker (fixture, SIGTERM);
}

#define ADD(name, what, function)                                                                  \
  g_test_add ("/import-power/" name, Fixture, what, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("imported", "obedient", test_imported);
  ADD ("blocked", "obedient", test_blocked);
  ADD ("cancelled-later", "obedient", test_cancelled_later);
  ADD ("changed", "deaf", test_changed);
  ADD ("disobeys", "deaf-soon", test_disobeys);
  ADD ("cancelled-while-waiting", "deaf", test_cancelled_while_waiting);
  ADD ("retried", "obedient", test_retried);
  ADD ("killed", "deaf", test_killed);
  ADD ("terminated", "deaf", test_terminated);

  return g_test_run ();
}
