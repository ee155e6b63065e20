/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-libvirt.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define UUID_1 "11111111-2222-3333-4444-555555555551"
#define UUID_2 "11111111-2222-3333-4444-555555555552"

/* @dir: for what a test makes */
typedef struct
{
  char *dir;
  char *real_helpers;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("ferry-libvirt-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->real_helpers = g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", NULL);
  g_setenv ("FERRY_LIBEXECDIR", fixture->real_helpers, TRUE);
  g_setenv ("FERRY_CONFIG_DIR", fixture->dir, TRUE);
  g_unsetenv ("FERRY_LIBVIRT_TIMEOUT");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->dir);
  g_free (fixture->real_helpers);
}

static FerrySource *
open_source (const char *uri)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);

  ferry_plan_source_set (&source->uri, uri);
  ferry_plan_source_set (&source->user, "someone");
  ferry_plan_source_set_password (&source->password, "top secret");

  return ferry_source_libvirt_new (source);
}

static FerrySource *
open_test_node (Fixture *fixture, const char *node)
{
  g_autofree char *path = g_build_filename (fixture->dir, "node.xml", NULL);
  g_autofree char *uri = g_strdup_printf ("test://%s", path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, node, -1, &error);
  g_assert_no_error (error);

  return open_source (uri);
}

static FerrySource *
open_guests (Fixture *fixture, const char *count)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "libvirt", "make-guests", NULL);
  const char *argv[] = { script, count, fixture->dir, NULL };
  g_autofree char *node = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &node, NULL, NULL, &error);
  g_assert_no_error (error);

  return open_test_node (fixture, node);
}

static void
put_stand_in (Fixture *fixture, const char *script)
{
  g_autofree char *path = g_build_filename (fixture->dir, "ferry-libvirt-helper", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\ncd '%s'\n%s\n", fixture->dir, script);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);
}

/* --- listing and reading --- */

static void
count_calls (guint64 done, guint64 total, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, >=, *last);
  g_assert_cmpuint (done, <=, total);
  *last = done;
}

static void
test_thousand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_guests (fixture, "1000");
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  guint64 last = 0;
  FerryMonitor monitor = { count_calls, &last };
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = ferry_source_test (source, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (sentence, "libvirt "));
  g_assert_true (g_str_has_suffix (sentence, " · 1000 virtual machines"));

  guests = ferry_source_list (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 1000);
  for (guint i = 0; i < 3; i++)
    {
      static const FerryPower powers[] = { FERRY_POWER_RUNNING, FERRY_POWER_OFF,
                                           FERRY_POWER_PAUSED };
      const FerryGuest *guest = g_ptr_array_index (guests, i);
      g_autofree char *name = g_strdup_printf ("guest-%04u", i);

      g_assert_cmpstr (guest->name, ==, name);
      g_assert_cmpstr (guest->id, ==, guest->uuid);
      g_assert_cmpint (guest->power, ==, powers[i]);
      g_assert_cmpuint (guest->disks->len, ==, 0);
    }

  for (guint i = 0; i < guests->len; i++)
    g_strv_builder_add (builder, ((FerryGuest *) g_ptr_array_index (guests, i))->id);
  ids = g_strv_builder_end (builder);
  read = ferry_source_read_many (source, (const char *const *) ids, &monitor, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1000);
  g_assert_cmpuint (last, ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (read, i);
      const FerryGuest *listed = g_ptr_array_index (guests, i);

      g_assert_cmpstr (guest->id, ==, ids[i]);
      g_assert_cmpstr (guest->name, ==, listed->name);
      g_assert_cmpint (guest->power, ==, listed->power);
      g_assert_cmpint (guest->hypervisor, ==, FERRY_HYPERVISOR_KVM);
      g_assert_cmpint (guest->n_snapshots, ==, 0);
      g_assert_cmpuint (guest->disks->len, ==, 1);
    }
  /* The one whose disk is a volume of a pool. */
  g_assert_cmpuint (ferry_guest_get_disk (g_ptr_array_index (read, 1), 0)->capacity_bytes, ==,
                    G_GUINT64_CONSTANT (10737418240));
  g_assert_cmpint (ferry_guest_get_disk (g_ptr_array_index (read, 1), 0)->used_bytes, ==, 4096);
  g_assert_cmpstr (ferry_guest_get_disk (g_ptr_array_index (read, 1), 0)->storage, ==, "images");
  g_assert_null (ferry_guest_get_disk (g_ptr_array_index (read, 2), 0)->storage);
}

static void
test_some_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_test_node (
      fixture, "<node><domain type='xen'><name>é %s %n &lt;\"</name><uuid>" UUID_1 "</uuid>"
               "<memory>65536</memory><os><type>hvm</type></os></domain></node>");
  const char *const ids[] = { UUID_2, UUID_1, "nonsense", UUID_1, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_read_many (source, ids, NULL, NULL, &error);
  g_autoptr (FerryGuest) guest = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, i))->id, ==, ids[i]);
  guest = ferry_guest_copy (g_ptr_array_index (guests, 0));
  g_assert_true (ferry_checks_have (guest->checks, "guest.gone"));
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 1))->name, ==, "é %s %n <\"");
  g_assert_true (ferry_checks_have (((FerryGuest *) g_ptr_array_index (guests, 2))->checks,
                                    "guest.unreadable"));
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 3))->name, ==, "é %s %n <\"");

  g_assert_null (ferry_source_read (source, UUID_2, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_test_node (fixture, "<node/>");
  const char *const ids[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);
  g_autoptr (GPtrArray) read = ferry_source_read_many (source, ids, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 0);
  g_assert_cmpuint (read->len, ==, 0);
}

/* Two guests of VMware may have the same UUID: each is found by its name, and checked. */
static void
test_same_uuid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_source ("vpx://h/DC/C/H");
  const char *const ids[] = { UUID_1 "/b/c", UUID_1, NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autofree char *request = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "request", NULL);
  g_autoptr (GError) error = NULL;

  put_stand_in (fixture, "for name in a b/c; do echo '{\"item\":\"domain\",\"name\":\"'$name'\","
                         "\"uuid\":\"" UUID_1 "\",\"state\":\"running\"}'; done\n"
                         "echo '{\"item\":\"domain\",\"name\":\"d\",\"uuid\":\"" UUID_2
                         "\",\"state\":\"dancing\"}'\necho '{\"item\":\"done\"}'");
  guests = ferry_source_list (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 3);
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 0))->id, ==, UUID_1 "/a");
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 1))->id, ==, UUID_1 "/b/c");
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 2))->id, ==, UUID_2);
  g_assert_cmpint (((FerryGuest *) g_ptr_array_index (guests, 2))->power, ==, FERRY_POWER_UNKNOWN);

  put_stand_in (fixture,
                "cat > request\n"
                "! grep -qaz 'top [s]ecret' /proc/$$/cmdline /proc/$$/environ || exit 1\n"
                "for i in 0 1; do echo '{\"item\":\"domain\",\"index\":'$i',\"name\":\"a\","
                "\"uuid\":\"" UUID_1 "\",\"xml\":\"<domain><name>a</name></domain>\"}'; done\n"
                "echo '{\"item\":\"done\"}'");
  read = ferry_source_read_many (source, ids, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ferry_checks_have (((FerryGuest *) g_ptr_array_index (read, 0))->checks,
                                    "guest.unreadable"));
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (read, 1))->name, ==, "a");
  g_assert_true (g_file_get_contents (path, &request, NULL, NULL));
  g_assert_nonnull (strstr (request, "\"b/c\""));
  g_assert_nonnull (strstr (request, "\"top secret\""));
}

/* --- what a peer, or a helper that is not ours, may do --- */

static void
test_crash_over_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_source ("qemu:///system");
  const char *const ids[] = { UUID_1, "bad", UUID_2, NULL };
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GError) error = NULL;

  put_stand_in (fixture,
                "answer () { echo '{\"item\":\"domain\",\"index\":0,\"name\":\"'$1'\",\"uuid\":\"'$1'\","
                "\"xml\":\"<domain><name>'$1'</name></domain>\"}'; }\n"
                "if [ -e second ]; then answer " UUID_2 "; echo '{\"item\":\"done\"}'; exit; fi\n"
                "touch second; answer " UUID_1 "; kill -SEGV $$");
  guests = ferry_source_read_many (source, ids, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 3);
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 0))->name, ==, UUID_1);
  g_assert_true (ferry_checks_have (((FerryGuest *) g_ptr_array_index (guests, 1))->checks,
                                    "guest.unreadable"));
  g_assert_cmpstr (((FerryGuest *) g_ptr_array_index (guests, 2))->name, ==, UUID_2);
}

/* A daemon that goes away is asked twice, not once for each of a thousand guests. */
static void
test_gone_in_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerrySource) source = open_source ("qemu:///system");
  g_auto (GStrv) ids = g_new0 (char *, 1001);
  g_autoptr (GPtrArray) guests = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "asked", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    ids[i] = g_strdup_printf ("id-%u", i);
  put_stand_in (fixture, "echo x >> asked\n"
                         "[ $(wc -l < asked) != 1 ] || echo '{\"item\":\"unreadable\",\"index\":0}'\n"
                         "echo '{\"item\":\"error\",\"reason\":\"refused\",\"message\":\"no\"}'");
  guests =
      ferry_source_read_many (source, (const char *const *) ids, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 1000);
  g_assert_true (g_file_get_contents (path, &asked, NULL, NULL));
  g_assert_cmpuint (strlen (asked), <=, 4);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  static const char *const scripts[] = {
    "head -c 1000000 /dev/urandom",
    "echo '{\"item\":\"done\"'",
    "yes '{\"item\":\"domain\",\"index\":0}'",
    "echo '{\"item\":\"domain\",\"index\":7,\"xml\":\"\"}'; echo '{\"item\":\"done\"}'",
    "echo '{\"item\":\"domain\",\"index\":-1}'; echo '{\"item\":\"done\"}'",
    "echo '{\"item\":\"domain\",\"index\":\"x\"}'; echo '{\"item\":\"done\"}'",
    "echo '{\"item\":\"domain\",\"index\":0,\"name\":[],\"uuid\":{}}'; echo '{\"item\":\"done\"}'",
    "echo '{\"item\":\"domain\",\"index\":0,\"name\":\"a\",\"uuid\":\"" UUID_1
    "\",\"xml\":\"<domain\"}'; echo '{\"item\":\"done\"}'",
    "echo '{\"item\":\"domain\",\"index\":0,\"name\":\"a\",\"uuid\":\"" UUID_1
    "\",\"xml\":\"<domain><name>a</name><devices><disk/></devices></domain>\","
    "\"disks\":[{\"capacity\":\"big\"}]}'; echo '{\"item\":\"done\"}'",
    "echo '{\"item\":\"domain\",\"index\":0,\"name\":\"a\",\"uuid\":\"" UUID_1
    "\",\"xml\":\"<domain><name>a</name></domain>\",\"disks\":7}'; echo '{\"item\":\"done\"}'",
    "kill -ABRT $$",
    "exit 1",
    "echo '{\"item\":\"done\"}'",
  };
  g_autoptr (FerrySource) source = open_source ("qemu:///system");

  g_setenv ("FERRY_LIBVIRT_TIMEOUT", "5", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *script = g_strdup_printf ("ulimit -t 5\n%s", scripts[i]);

      g_test_message ("script %u", i);
      put_stand_in (fixture, script);
      g_assert_null (ferry_source_read (source, UUID_1, NULL, &error));
      g_assert_true (error->domain == FERRY_ERROR);
    }
}

typedef struct
{
  GSocketListener *listener;
  GPtrArray *connections;
  GThread *thread;
  GCancellable *cancellable;
  guint16 port;
} SilentPeer;

static gpointer
accept_in_thread (gpointer user_data)
{
  SilentPeer *peer = user_data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (peer->listener, NULL, peer->cancellable, NULL)))
    g_ptr_array_add (peer->connections, connection);

  return NULL;
}

static void
start_peer (SilentPeer *peer)
{
  g_autoptr (GError) error = NULL;

  peer->listener = g_socket_listener_new ();
  peer->connections = g_ptr_array_new_with_free_func (g_object_unref);
  peer->cancellable = g_cancellable_new ();
  peer->port = g_socket_listener_add_any_inet_port (peer->listener, NULL, &error);
  g_assert_no_error (error);
  peer->thread = g_thread_new ("silent peer", accept_in_thread, peer);
}

static void
end_peer (SilentPeer *peer)
{
  g_cancellable_cancel (peer->cancellable);
  g_thread_join (peer->thread);
  g_object_unref (peer->listener);
  g_object_unref (peer->cancellable);
  g_ptr_array_unref (peer->connections);
}

static void
test_silent (Fixture *fixture, gconstpointer data)
{
  SilentPeer peer;

  start_peer (&peer);
  g_setenv ("FERRY_LIBVIRT_TIMEOUT", "0.5", TRUE);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *uri = g_strdup_printf (i == 0 ? "qemu+tcp://127.0.0.1:%u/system"
                                                     : "qemu+ssh://someone@127.0.0.1:%u/system",
                                              peer.port);
      g_autoptr (FerrySource) source = open_source (uri);
      g_autoptr (GError) error = NULL;

      g_assert_null (ferry_source_list (source, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
      g_clear_error (&error);
      g_assert_null (ferry_source_test (source, NULL, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
    }
  end_peer (&peer);
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  SilentPeer peer;
  g_autofree char *uri = NULL;
  g_autoptr (FerrySource) source = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 begin_usec;

  start_peer (&peer);
  uri = g_strdup_printf ("qemu+tcp://127.0.0.1:%u/system", peer.port);
  source = open_source (uri);
  begin_usec = g_get_monotonic_time ();
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  g_assert_null (ferry_source_list (source, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin_usec, <, 5 * G_USEC_PER_SEC);
  g_thread_join (thread);
  end_peer (&peer);
}

static void
test_no_connection (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *uri;
    FerryError code;
  } cases[] = {
    { "qemu+tcp://no-such-host.invalid/system", FERRY_ERROR_NOT_FOUND },
    { "qemu+ssh://root@no-such-host.invalid/system", FERRY_ERROR_NOT_FOUND },
    { "qemu+tcp://127.0.0.1:1/system", FERRY_ERROR_CONNECTION },
    { "qemu+ssh://root@127.0.0.1:1/system", FERRY_ERROR_CONNECTION },
    { "qemu+tls://127.0.0.1:1/system?pkipath=/nonexistent", FERRY_ERROR_CERTIFICATE },
    { "hyperv://host.invalid", FERRY_ERROR_MISSING_TOOL },
    { "test:///nonexistent.xml", FERRY_ERROR_INVALID },
    { "qemu+ssh://<hostname>/system", FERRY_ERROR_INVALID },
    { "qemu+ext:///system?command=/bin/sh", FERRY_ERROR_UNSUPPORTED },
    { "nonsense", FERRY_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerrySource) source = open_source (cases[i].uri);
      g_autoptr (GError) error = NULL;

      g_assert_null (ferry_source_test (source, NULL, &error));
      g_test_message ("%s: %s", cases[i].uri, error->message);
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
      g_assert_null (strstr (error->message, "top secret"));
    }
}

/* A host that nothing can be seen of is an error, not trust. */
static void
test_examine (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *uri;
    int code; /* -1: fine */
  } cases[] = {
    { "qemu:///system", -1 },
    { "qemu+tls://host.invalid/system", -1 },
    { "qemu+ssh://root@127.0.0.1:1/system", FERRY_ERROR_CONNECTION },
    { "qemu+ssh://root@no-such-host.invalid/system", FERRY_ERROR_NOT_FOUND },
    { "nonsense", FERRY_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerrySource) source = open_source (cases[i].uri);
      g_autoptr (FerryTrustQuestion) question = NULL;
      g_autoptr (GError) error = NULL;
      gboolean done = ferry_source_examine (source, &question, NULL, &error);

      g_test_message ("%s: %s", cases[i].uri, error != NULL ? error->message : "fine");
      g_assert_null (question);
      g_assert_true (done == (cases[i].code < 0));
      if (!done)
        g_assert_error (error, FERRY_ERROR, cases[i].code);
    }
}

/* --- disks --- */

static char *
make_disk (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *data = g_strnfill (100000, 'd');
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, 100000, file), ==, 100000);
  g_assert_cmpint (fseek (file, 50 << 20, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (data, 1, 777, file), ==, 777);
  g_assert_cmpint (fflush (file), ==, 0);
  g_assert_cmpint (ftruncate (fileno (file), 80 << 20), ==, 0);
  fclose (file);

  return g_steal_pointer (&path);
}

static FerrySource *
open_with_disk (Fixture *fixture, const char *type, const char *disk)
{
  g_autofree char *node = g_strdup_printf (
      "<node><domain type='%s'><name>web</name><uuid>" UUID_1 "</uuid><memory>65536</memory>"
      "<os><type>hvm</type></os><devices><disk type='file'><driver name='qemu' type='raw'/>"
      "<source file='%s'/><target dev='vda' bus='virtio'/></disk></devices></domain></node>",
      type, disk);

  return open_test_node (fixture, node);
}

static void
test_download (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = make_disk (fixture, "web.raw");
  g_autofree char *to = g_build_filename (fixture->dir, "to.raw", NULL);
  g_autoptr (FerrySource) source = open_with_disk (fixture, "kvm", disk);
  guint64 last = 0;
  FerryMonitor monitor = { count_calls, &last };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = ferry_source_read (source, UUID_1, NULL, &error);
  FerryDownload download = { guest, 0, to, NULL };
  g_autofree char *xml = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  struct stat info;

  g_assert_no_error (error);
  xml = ferry_source_describe (source, guest, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (xml, "<name>web</name>"));

  g_assert_false (ferry_source_download (source, &download, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED); /* the file must be there */
  g_clear_error (&error);
  g_file_set_contents (to, "", 0, NULL);
  g_assert_true (ferry_source_download (source, &download, &monitor, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (last, ==, 80 << 20);
  g_assert_true (g_file_get_contents (disk, &before, &before_length, NULL));
  g_assert_true (g_file_get_contents (to, &after, &after_length, NULL));
  g_assert_cmpmem (before, (int) before_length, after, (int) after_length);
  g_assert_cmpint (stat (to, &info), ==, 0);
  g_assert_cmpint (info.st_blocks * 512, <, 1 << 20);

  g_assert_false (ferry_source_download (source, &download, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED); /* and empty */
}

/* What the plan says must still be so. */
static void
test_download_of_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = make_disk (fixture, "web.raw");
  g_autofree char *to = g_build_filename (fixture->dir, "to.raw", NULL);
  g_autoptr (FerrySource) source = open_with_disk (fixture, "kvm", disk);
  g_autoptr (FerryGuest) guest = ferry_source_read (source, UUID_1, NULL, NULL);
  FerryDownload download = { guest, 0, to, NULL };
  FerryDisk *first = g_ptr_array_index (guest->disks, 0);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (to, "", 0, NULL);
  g_free (first->file);
  first->file = g_strdup ("/etc/passwd");
  g_assert_false (ferry_source_download (source, &download, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_free (guest->uuid);
  guest->uuid = g_strdup (UUID_2);
  g_assert_false (ferry_source_download (source, &download, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_free (guest->name);
  guest->name = g_strdup ("other");
  g_assert_null (ferry_source_describe (source, guest, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

static void
test_prepare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = make_disk (fixture, "web.raw");
  g_autoptr (FerrySource) source = open_with_disk (fixture, "xen", disk);
  g_autoptr (FerrySource) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = ferry_source_read (source, UUID_1, NULL, &error);
  g_autoptr (GPtrArray) locations = NULL;
  const FerryDiskLocation *location;

  g_assert_no_error (error);
  locations = ferry_source_prepare (source, guest, fixture->dir, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, 1);
  location = g_ptr_array_index (locations, 0);
  g_assert_cmpstr (location->path, ==, disk);
  g_assert_cmpstr (location->format, ==, "raw");
  g_assert_null (location->serve);

  ((FerryDisk *) g_ptr_array_index (guest->disks, 0))->flags |= FERRY_DISK_LEFT_OUT;
  g_clear_pointer (&locations, g_ptr_array_unref);
  locations = ferry_source_prepare (source, guest, fixture->dir, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, 0);

  changed = open_with_disk (fixture, "xen", "/elsewhere");
  g_clear_pointer (&locations, g_ptr_array_unref);
  locations = ferry_source_prepare (changed, guest, fixture->dir, NULL, NULL, &error);
  g_assert_no_error (error);
  ((FerryDisk *) g_ptr_array_index (guest->disks, 0))->flags &= ~FERRY_DISK_LEFT_OUT;
  g_assert_null (ferry_source_prepare (changed, guest, fixture->dir, NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* With a stand-in for the daemon; ssh itself is asked only where it would go. */
static void
test_prepare_remote (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *uri, *type, *file;
    int code; /* -1: served */
  } cases[] = {
    { "xen+ssh://root@h.example.org:2222?keyfile=/my%20key", "xen", "/var/lib/xen/a.img", -1 },
    { "xen+ssh://root@h.example.org", "xen", "/dev/vg/a", FERRY_ERROR_UNSUPPORTED },
    { "xen+ssh://root@h.example.org", "xen", "pool/a", FERRY_ERROR_UNSUPPORTED },
    { "xen+tls://h.example.org", "xen", "/a", FERRY_ERROR_UNSUPPORTED },
    { "vpx://h.example.org/DC/C/H", "vmware", "[ds] a/a.vmdk", FERRY_ERROR_UNSUPPORTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *script = g_strdup_printf (
          "echo '{\"item\":\"domain\",\"index\":0,\"name\":\"a\",\"uuid\":\"" UUID_1
          "\",\"xml\":\"<domain type=\\\"%s\\\"><name>a</name><devices><disk type=\\\"file\\\">"
          "<source file=\\\"%s\\\"/></disk></devices></domain>\"}'; echo '{\"item\":\"done\"}'",
          cases[i].type, cases[i].file);
      g_autoptr (FerrySource) source = open_source (cases[i].uri);
      g_autoptr (FerryGuest) guest = NULL;
      g_autoptr (GPtrArray) locations = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      put_stand_in (fixture, script);
      guest = ferry_source_read (source, UUID_1, NULL, &error);
      g_assert_no_error (error);
      locations = ferry_source_prepare (source, guest, "/import", NULL, NULL, &error);
      g_test_message ("%s: %s", cases[i].uri, error != NULL ? error->message : "served");
      if (cases[i].code >= 0)
        {
          g_assert_error (error, FERRY_ERROR, cases[i].code);
          continue;
        }
      g_assert_no_error (error);
      text = g_strjoinv ("|", ((FerryDiskLocation *) g_ptr_array_index (locations, 0))->serve);
      g_assert_cmpstr (text, ==,
                       "ssh|host=h.example.org|port=2222|user=root|identity=/my key"
                       "|known-hosts=/import/known_hosts|path=/var/lib/xen/a.img");
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/source-libvirt/" name, Fixture, NULL, set_up, function, tear_down)

static void
test_login (void)
{
  g_assert_true (ferry_source_libvirt_takes_password ("qemu+tcp://kvm1/system"));
  g_assert_true (ferry_source_libvirt_takes_password ("test:///default"));
  g_assert_false (ferry_source_libvirt_takes_password ("qemu+ssh://kvm1/system"));
  g_assert_false (ferry_source_libvirt_takes_password ("no URI"));
  g_assert_true (ferry_source_libvirt_names_user ("qemu+tcp://me@kvm1/system"));
  g_assert_false (ferry_source_libvirt_names_user ("qemu+tcp://kvm1/system"));
  g_assert_false (ferry_source_libvirt_names_user ("no URI"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("thousand", test_thousand);
  ADD ("some-missing", test_some_missing);
  ADD ("none", test_none);
  ADD ("same-uuid", test_same_uuid);
  ADD ("crash-over-one", test_crash_over_one);
  ADD ("gone-in-between", test_gone_in_between);
  ADD ("garbage", test_garbage);
  ADD ("silent", test_silent);
  ADD ("cancel", test_cancel);
  ADD ("no-connection", test_no_connection);
  ADD ("examine", test_examine);
  g_test_add_func ("/source-libvirt/login", test_login);
  ADD ("download", test_download);
  ADD ("download-of-another", test_download_of_another);
  ADD ("prepare", test_prepare);
  ADD ("prepare-remote", test_prepare_remote);

  return g_test_run ();
}
