/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Guests of a real libvirtd are shut down and started: one that obeys its power button, one that does
 * not know it, and one that libvirt would forget. tests/peers/libvirtd/run has started the daemon. */
#include "config.h"
#include "ferry-source-libvirt.h"

#include "ferry-error.h"
#include "ferry-tree.h"

#include <string.h>
#include <unistd.h>

#define OBEDIENT "11111111-2222-3333-4444-555555555551"
#define DEAF "11111111-2222-3333-4444-555555555552"
#define FLEETING "11111111-2222-3333-4444-555555555553"
#define LISTENING "/run/libvirt/listening"

typedef struct
{
  char *config;
  FerrySource *source;
  gboolean asked;
  guint n_parts;
} Fixture;

static void run (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
run (const char *format, ...)
{
  g_autofree char *script = NULL;
  const char *argv[] = { "bash", "-euc", NULL, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list args;

  va_start (args, format);
  script = g_strdup_vprintf (format, args);
  va_end (args);
  argv[2] = script;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("failed: %s", script);
}

/* @verb: "define" or "create" */
static void
make_guest (const char *verb, const char *name, const char *uuid, const char *disk)
{
  run ("virsh -q %s <(echo \"<domain type='qemu'><name>%s</name><uuid>%s</uuid>"
       "<memory unit='MiB'>32</memory><os><type arch='x86_64' machine='pc'>hvm</type></os>"
       "<features><acpi/></features><devices>"
       "<disk type='file'><driver name='qemu' type='raw'/><source "
       "file='/var/lib/libvirt/images/%s'/>"
       "<target dev='sda' bus='sata'/></disk>"
       "<serial type='file'><source path='%s'/></serial></devices></domain>\")",
       verb, name, uuid, disk, LISTENING);
}

static void
start (const char *name)
{
  run ("rm -f " LISTENING "; virsh -q start %s", name);
}

static void
await_listening (void)
{
  run ("for ((i = 0; i < 600; i++)); do [ ! -s " LISTENING " ] || exit 0; sleep 0.1; done; exit 1");
}

static FerrySource *
open_uri (const char *uri)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);

  ferry_plan_source_set (&source->uri, uri);

  return ferry_source_libvirt_new (source);
}

/* @over: (nullable): "ssh" */
static void
set_up (Fixture *fixture, gconstpointer over)
{
  g_autofree char *helpers = g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", NULL);
  g_autofree char *obedient =
      g_test_build_filename (G_TEST_DIST, "peers", "libvirtd", "obedient", NULL);
  g_autofree char *uri = g_strdup ("qemu:///system");
  g_autoptr (GError) error = NULL;

  fixture->config = g_dir_make_tmp ("ferry-libvirtd-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_LIBEXECDIR", helpers, TRUE);
  g_setenv ("FERRY_CONFIG_DIR", fixture->config, TRUE);
  g_unsetenv ("SSH_AUTH_SOCK");
  run ("'%s' /var/lib/libvirt/images/obedient; truncate -s 1M /var/lib/libvirt/images/empty",
       obedient);
  make_guest ("define", "obedient", OBEDIENT, "obedient");
  make_guest ("define", "deaf", DEAF, "empty");
  if (over != NULL)
    {
      g_free (uri);
      uri = g_strdup_printf ("qemu+ssh://root@127.0.0.1:%s/system?keyfile=%s/key",
                             g_getenv ("FERRY_TEST_SSH_PORT"), g_getenv ("FERRY_TEST_SSH_DIR"));
    }
  fixture->source = open_uri (uri);
}

static void
tear_down (Fixture *fixture, gconstpointer over)
{
  run ("for name in $(virsh list --name); do virsh -q destroy $name; done\n"
       "for name in $(virsh list --all --name); do virsh -q undefine $name; done\n"
       "rm -f /var/lib/libvirt/images/* " LISTENING);
  g_clear_object (&fixture->source);
  g_assert_true (ferry_tree_remove (fixture->config, NULL));
  g_free (fixture->config);
}

/* --- steps --- */

static void
trust (Fixture *fixture)
{
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  ferry_source_examine (fixture->source, &question, NULL, &error);
  g_assert_no_error (error);
  if (question != NULL)
    ferry_trust_accept (question, &error);
  g_assert_no_error (error);
}

static FerryGuest *
read_guest (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  FerryGuest *guest = ferry_source_read (fixture->source, id, NULL, &error);

  g_assert_no_error (error);

  return guest;
}

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (done, <, total);
  fixture->n_parts++;
}

static gboolean
shut_down (Fixture *fixture,
           const FerryGuest *guest,
           guint limit_seconds,
           GCancellable *cancellable,
           GError **error)
{
  FerryMonitor monitor = { on_part, fixture };
  FerryShutDownOrder order = { guest, limit_seconds, &monitor, &fixture->asked };

  return ferry_source_shut_down (fixture->source, &order, cancellable, error);
}

static void
assert_state (const char *name, const char *expected)
{
  run ("[ \"$(virsh domstate %s | xargs)\" = '%s' ]", name, expected);
}

/* --- the tests --- */

static void
test_obeys (Fixture *fixture, gconstpointer over)
{
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GError) error = NULL;

  trust (fixture);
  start ("obedient");
  await_listening ();
  guest = read_guest (fixture, OBEDIENT);
  g_assert_true (ferry_source_can_shut_down (fixture->source, guest, NULL));
  shut_down (fixture, guest, 60, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (fixture->asked);
  assert_state ("obedient", "shut off");

  shut_down (fixture, guest, 60, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fixture->asked);

  ferry_source_start (fixture->source, guest, NULL, &error);
  g_assert_no_error (error);
  assert_state ("obedient", "running");
  ferry_source_start (fixture->source, guest, NULL, &error);
  g_assert_no_error (error);
}

/* It is left as it is, whatever it does with its power button. */
static void
test_disobeys (Fixture *fixture, gconstpointer over)
{
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GError) error = NULL;

  start ("deaf");
  guest = read_guest (fixture, DEAF);
  g_assert_false (shut_down (fixture, guest, 3, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "‘deaf’ did not shut down within 3 seconds"));
  g_assert_true (fixture->asked);
  g_assert_cmpuint (fixture->n_parts, >=, 2);
  assert_state ("deaf", "running");
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (1500 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

/* Nobody goes on asking after that. */
static void
test_cancel (Fixture *fixture, gconstpointer over)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 start_usec = g_get_monotonic_time ();
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  start ("deaf");
  guest = read_guest (fixture, DEAF);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (shut_down (fixture, guest, 300, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 30 * G_USEC_PER_SEC);
  run ("! pgrep -x ferry-libvirt-h");
  assert_state ("deaf", "running");
}

/* One that is not defined would be gone, with all that is known of it. */
static void
test_fleeting (Fixture *fixture, gconstpointer over)
{
  g_autoptr (FerryGuest) guest = NULL;
  g_autoptr (GError) error = NULL;

  make_guest ("create", "fleeting", FLEETING, "obedient");
  await_listening ();
  guest = read_guest (fixture, FLEETING);
  g_assert_false (shut_down (fixture, guest, 60, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_assert_false (fixture->asked);
  assert_state ("fleeting", "running");
}

static void
test_gone (Fixture *fixture, gconstpointer over)
{
  g_autoptr (FerryGuest) guest = read_guest (fixture, DEAF);
  g_autoptr (GError) error = NULL;

  run ("virsh -q undefine deaf");
  g_assert_false (shut_down (fixture, guest, 60, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_false (fixture->asked);
  g_clear_error (&error);
  g_assert_false (ferry_source_start (fixture->source, guest, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_cannot_start (Fixture *fixture, gconstpointer over)
{
  g_autoptr (FerryGuest) guest = read_guest (fixture, DEAF);
  g_autoptr (GError) error = NULL;

  run ("rm /var/lib/libvirt/images/empty");
  g_assert_false (ferry_source_start (fixture->source, guest, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "‘deaf’ could not be started. "));
}

#define ADD(name, over, function)                                                                  \
  g_test_add ("/libvirt-power/" name, Fixture, over, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("obeys", NULL, test_obeys);
  ADD ("obeys-ssh", "ssh", test_obeys);
  ADD ("disobeys", NULL, test_disobeys);
  ADD ("cancel", NULL, test_cancel);
  ADD ("fleeting", NULL, test_fleeting);
  ADD ("gone", NULL, test_gone);
  ADD ("cannot-start", NULL, test_cannot_start);

  return g_test_run ();
}
