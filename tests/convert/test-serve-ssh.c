/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A disk of an ESXi host over ssh: the real nbdkit and a real sshd, as which the host is dressed up. */
#include "config.h"

#include "ferry-error.h"
#include "ferry-input-overlay.h"
#include "ferry-tree.h"
#include "ferry-vsphere-serve.h"
#include "ferry-vsphere-ssh.h"

#include <glib/gstdio.h>
#include <string.h>

#define MARKER "11111111-2222-3333-4444-555555555556"
#define FOLDER "vmfs/volumes/store 1/web é"
#define SIZE (3 << 20)

typedef struct
{
  FerryHost *host;
  FerryPlanSource *source;
  FerryVsphereAddress *address;
  char *work_dir;
} Fixture;

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static char *
dup_bytes (void)
{
  char *bytes = g_malloc0 (SIZE);

  for (guint i = 0; i < SIZE; i += 4096)
    memcpy (bytes + i, &i, sizeof i);

  return bytes;
}

static char *
ssh_path (const char *name)
{
  return g_build_filename (g_getenv ("FERRY_TEST_SSH_DIR"), name, NULL);
}

/* What ssh of the user who runs Ferry has: @key, and the host key @host_key as that of 127.0.0.1. */
static void
set_keys (const char *key, const char *host_key)
{
  g_autofree char *from = ssh_path (key);
  g_autofree char *to = g_build_filename (g_get_home_dir (), ".ssh", "id_ed25519", NULL);
  g_autofree char *public_key = ssh_path (host_key);
  g_autofree char *known = g_build_filename (g_get_home_dir (), ".ssh", "known_hosts", NULL);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  const char *copy[] = { "cp", from, to, NULL };

  run (copy);
  g_assert_true (g_file_get_contents (public_key, &text, NULL, NULL));
  line = g_strconcat ("127.0.0.1 ", text, NULL);
  g_assert_true (g_file_set_contents (known, line, -1, NULL));
}

static void
make_disk (void)
{
  g_autofree char *esx = ssh_path ("esx");
  g_autofree char *folder = g_build_filename (esx, FOLDER, NULL);
  g_autofree char *path = g_build_filename (folder, "web-flat.vmdk", NULL);
  g_autofree char *bytes = dup_bytes ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, SIZE, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->host = ferry_host_local_new ();
  fixture->work_dir = ferry_host_make_work_dir (fixture->host, MARKER, &error);
  g_assert_no_error (error);
  fixture->source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  fixture->source->transport = FERRY_TRANSPORT_SSH;
  ferry_plan_source_set (&fixture->source->host, "127.0.0.1");
  fixture->address = ferry_vsphere_address_parse ("127.0.0.1", NULL);
  set_keys ("key", "host_key.pub");
  make_disk ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ferry_host_end_marked (fixture->host, MARKER "-serve", &error);
  g_assert_no_error (error);
  ferry_tree_remove (fixture->work_dir, &error);
  g_assert_no_error (error);
  g_free (fixture->work_dir);
  ferry_plan_source_free (fixture->source);
  ferry_vsphere_address_free (fixture->address);
  g_object_unref (fixture->host);
}

/* An overlay over @file of the host; or NULL */
static char *
reach (Fixture *fixture, const char *file, GError **error)
{
  const FerryVspherePlace place = { .datacenter = (char *) "ha-datacenter" };
  const FerryVsphereServe serve = {
    .source = fixture->source,
    .address = fixture->address,
    .place = &place,
    .guest_id = "1",
    .work_dir = fixture->work_dir,
  };
  g_autoptr (FerryDisk) disk = ferry_disk_new ("Hard disk 1");
  g_autoptr (FerryDiskLocation) location = NULL;

  disk->file = g_strdup (file);
  location = ferry_vsphere_serve_disk (&serve, disk, 0, error);
  g_assert_nonnull (location);

  return ferry_input_make_overlay (fixture->host,
                                   &(FerryInputDisk){ 0, location, fixture->work_dir, MARKER },
                                   NULL, error);
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = reach (fixture, "[store 1] web é/web.vmdk", &error);
  g_autofree char *raw = g_build_filename (fixture->work_dir, "all.raw", NULL);
  const char *convert[] = { "qemu-img", "convert", "-O", "raw", overlay, raw, NULL };
  g_autofree char *bytes = dup_bytes ();
  g_autofree char *read = NULL;
  gsize length = 0;

  g_assert_no_error (error);
  run (convert);
  g_assert_true (g_file_get_contents (raw, &read, &length, NULL));
  g_assert_cmpuint (length, ==, SIZE);
  g_assert_cmpint (memcmp (read, bytes, SIZE), ==, 0);
}

/* Nobody has met the host: it is asked about, and once it was accepted, its disks can be read. */
static void
test_trust (Fixture *fixture, gconstpointer data)
{
  g_autofree char *known = g_build_filename (g_get_home_dir (), ".ssh", "known_hosts", NULL);
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (FerryTrustQuestion) none = NULL;
  g_autofree char *overlay = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (known, "", 0, NULL));
  ferry_plan_source_set (&fixture->source->esx, "127.0.0.1");
  g_assert_false (ferry_vsphere_ssh_host_is_known (fixture->source, "127.0.0.1"));
  ferry_vsphere_examine_ssh (fixture->source, &question, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (question);
  g_assert_cmpint (question->kind, ==, FERRY_TRUST_HOST_KEY);
  ferry_trust_accept (question, &error);
  g_assert_no_error (error);
  g_assert_true (ferry_vsphere_ssh_host_is_known (fixture->source, "127.0.0.1"));
  ferry_vsphere_examine_ssh (fixture->source, &none, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  overlay = reach (fixture, "[store 1] web é/web.vmdk", &error);
  g_assert_no_error (error);
  ferry_trust_forget (FERRY_TRUST_HOST_KEY, question->address, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *path;
  const char *key;
  const char *host_key;
  const char *file;
  const char *says;
} Refused;

static const Refused refused[] = {
  { "/serve-ssh/no-such-disk", "key", "host_key.pub", "[store 1] web é/db.vmdk",
    "no longer there" },
  { "/serve-ssh/other-host-key", "key", "other_key.pub", "[store 1] web é/web.vmdk",
    "certificate or key that is trusted" },
  { "/serve-ssh/wrong-key", "other_key", "host_key.pub", "[store 1] web é/web.vmdk",
    "refused the user name or password" },
};

/* Nothing hangs, nothing is asked for, and what is said is one of ours. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const Refused *test = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *overlay = NULL;

  set_keys (test->key, test->host_key);
  overlay = reach (fixture, test->file, &error);
  g_assert_null (overlay);
  g_assert_true (error->domain == FERRY_ERROR);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, test->says));
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("ferry-serve.XXXXXX", NULL);
  int status;

  g_setenv ("FERRY_CONFIG_DIR", dir, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/serve-ssh/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/serve-ssh/trust", Fixture, NULL, set_up, test_trust, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_test_add (refused[i].path, Fixture, &refused[i], set_up, test_refused, tear_down);

  status = g_test_run ();
  ferry_tree_remove (dir, NULL);

  return status;
}
