/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * The real virt-v2v reads what is written for it and says what is expected of it. */
#include "config.h"
#include "ferry-advice.h"
#include "ferry-input-xml.h"
#include "ferry-tree.h"
#include "ferry-v2v-args.h"
#include "ferry-v2v-output.h"
#include "ferry-xml.h"

#include <glib/gstdio.h>
#include <string.h>

#define NAME "tiny é & co"
#define OFFSET 1536

typedef struct
{
  char *dir;
  char *work;
  char *disk; /* the sample guest, OFFSET bytes into a file with an odd name */
  FerryHost *host;
  FerryHostFacts *facts;
  FerryPlan *plan;
  FerryPlanGuest *guest;
  GPtrArray *locations;
  FerryV2vOutput *output;
  GString *phases;
  guint n_disks;
  guint percent;
} Fixture;

static void
run_shell (const char *script, const char *first, const char *second)
{
  const char *argv[] = { "sh", "-ec", script, "sh", first, second, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
add_disk (Fixture *fixture)
{
  FerryDisk *disk = ferry_disk_new ("disk");
  FerryDiskLocation *location = ferry_disk_location_new (fixture->disk, "raw");

  disk->bus = FERRY_BUS_SCSI;
  g_ptr_array_add (fixture->guest->source->disks, disk);
  location->offset = OFFSET;
  location->length = 192 * 1024 * 1024;
  g_ptr_array_add (fixture->locations, location);
}

static void
add_nics (FerryGuest *guest)
{
  static const char *const macs[] = { "00:50:56:01:02:03", "00:50:56:01:02:04" };

  for (guint i = 0; i < G_N_ELEMENTS (macs); i++)
    {
      FerryNic *nic = ferry_nic_new ("adapter");

      nic->mac = g_strdup (macs[i]);
      nic->model = g_strdup ("vmxnet3");
      g_ptr_array_add (guest->nics, nic);
    }
}

static void
make_guest (Fixture *fixture)
{
  g_autoptr (FerryGuest) source = ferry_guest_new ("id", NAME);

  source->memory_bytes = 512 * 1024 * 1024;
  source->vcpus = 2;
  add_nics (source);
  fixture->plan = ferry_plan_new ();
  ferry_plan_set_folder_destination (fixture->plan, fixture->dir);
  fixture->guest = ferry_plan_add_guest (fixture->plan, source);
  ferry_plan_network_set (&ferry_plan_guest_get_nic (fixture->guest, 0)->network,
                          FERRY_NETWORK_NETWORK, "a <net> & more");
  ferry_plan_network_set (&ferry_plan_guest_get_nic (fixture->guest, 1)->network,
                          FERRY_NETWORK_NONE, NULL);
}

static void
on_phase (const FerryV2vPhase *phase, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->phases, "%s\n", phase->text);
}

static void
on_disk (guint disk, guint n_disks, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_disks = n_disks;
}

static void
on_percent (guint disk, guint percent, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->percent = percent;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const FerryV2vEvents events = { .phase = on_phase, .disk = on_disk, .percent = on_percent,
                                  .user_data = fixture };
  g_autofree char *maker = g_test_build_filename (G_TEST_DIST, "sample", "make-guest", NULL);

  fixture->dir = g_dir_make_tmp ("ferry-v2v-XXXXXX", NULL);
  fixture->work = g_build_filename (fixture->dir, "work", NULL);
  fixture->disk = g_build_filename (fixture->dir, "it's, \"tïny\".ova", NULL);
  g_assert_cmpint (g_mkdir (fixture->work, 0700), ==, 0);
  run_shell ("\"$1\" \"$2.img\" >&2; truncate -s $((1536 + 192*1024*1024)) \"$2\"; "
             "dd if=\"$2.img\" of=\"$2\" bs=1M oflag=seek_bytes seek=1536 conv=sparse,notrunc "
             "status=none",
             maker, fixture->disk);
  fixture->host = ferry_host_local_new ();
  fixture->facts = ferry_host_inspect (fixture->host, NULL, NULL);
  fixture->locations =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_location_free);
  make_guest (fixture);
  add_disk (fixture);
  fixture->phases = g_string_new (NULL);
  fixture->output = ferry_v2v_output_new (&events);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_tree_remove (fixture->dir, NULL);
  ferry_v2v_output_free (fixture->output);
  g_string_free (fixture->phases, TRUE);
  g_ptr_array_unref (fixture->locations);
  ferry_plan_free (fixture->plan);
  ferry_host_facts_free (fixture->facts);
  g_object_unref (fixture->host);
  g_free (fixture->dir);
  g_free (fixture->work);
  g_free (fixture->disk);
}

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Fixture *fixture = user_data;

  ferry_v2v_output_feed (fixture->output, stream, bytes, length);
}

static int
run_virt_v2v (Fixture *fixture)
{
  const FerryInput input = { fixture->guest, fixture->locations, fixture->work, NULL };
  FerryOutput output = { (char *) "local", NULL, fixture->dir, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ferry_input_write (fixture->host, &input, NULL, &error);
  const FerryV2vRun run = { fixture->facts, &output, fixture->guest, path, fixture->work };
  g_auto (GStrv) argv = ferry_v2v_args (&run);
  g_auto (GStrv) environment = ferry_v2v_environment (&run);
  const FerryCommand command = {
    .argv = (const char *const *) argv,
    .environment = (const char *const *) environment,
    .with_messages = TRUE,
    .on_data = on_data,
    .user_data = fixture,
  };
  int status = -1;

  g_assert_no_error (error);
  g_assert_true (ferry_host_run (fixture->host, &command, &status, NULL, &error));
  g_assert_no_error (error);
  ferry_v2v_output_finish (fixture->output);
  return status;
}

static void
assert_in_result (Fixture *fixture, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, NAME ".xml", NULL);
  g_autofree char *xml = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &xml, NULL, &error));
  g_assert_no_error (error);
  if (strstr (xml, text) == NULL)
    g_error ("‘%s’ is not in %s", text, xml);
}

static void
test_convert (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = g_build_filename (fixture->dir, NAME "-sda", NULL);
  int status = run_virt_v2v (fixture);
  g_autofree char *tail = ferry_v2v_output_dup_tail (fixture->output);

  if (status != 0)
    g_error ("virt-v2v: %d %s", status, tail);
  g_test_message ("%s", fixture->phases->str);
  g_assert_true (g_file_test (disk, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (fixture->n_disks, ==, 1);
  g_assert_cmpuint (fixture->percent, ==, 100);
  assert_in_result (fixture, "<name>tiny é &amp; co</name>");
  assert_in_result (fixture, "<memory unit='KiB'>524288</memory>");
  assert_in_result (fixture, "<vcpu>2</vcpu>");
  assert_in_result (fixture, "a &lt;net&gt; &amp; more");
  assert_in_result (fixture, "00:50:56:01:02:03");
  assert_in_result (fixture, FERRY_UNCONNECTED_BRIDGE);
  assert_in_result (fixture, "00:50:56:01:02:04");
}

/* Fails before anything is copied, and names what it found. */
static void
test_several_systems (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryFailure) failure = NULL;
  int status;

  add_disk (fixture);
  status = run_virt_v2v (fixture);
  g_assert_cmpint (status, ==, 1);
  g_assert_cmpuint (fixture->n_disks, ==, 0);
  failure = ferry_advice_for_run (fixture->output, status);
  g_test_message ("%s", failure->message);
  g_assert_cmpint (failure->code, ==, FERRY_ERROR_INVALID);
  g_assert_nonnull (strstr (failure->message, "/dev/sda1"));
  g_assert_nonnull (strstr (failure->message, "/dev/sdb1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/v2v-real/convert", Fixture, NULL, set_up, test_convert, tear_down);
  g_test_add ("/v2v-real/several-systems", Fixture, NULL, set_up, test_several_systems, tear_down);

  return g_test_run ();
}
