/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-checks-private.h"
#include "ferry-error.h"
#include "ferry-source-fake.h"
#include "ferry-target-fake.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>

/* A conversion host that says what it is told to say. */
#define FAKE_TYPE_HOST (fake_host_get_type ())
G_DECLARE_FINAL_TYPE (FakeHost, fake_host, FAKE, HOST, GObject)

struct _FakeHost
{
  GObject parent_instance;

  const FerryHostFacts *facts; /* (unowned) (nullable): NULL: it cannot be asked */
};

static void fake_host_host_init (FerryHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeHost,
                               fake_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_HOST, fake_host_host_init))

static FerryHostFacts *
fake_inspect (FerryHost *host, GCancellable *cancellable, GError **error)
{
  const FerryHostFacts *facts = FAKE_HOST (host)->facts;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (facts == NULL)
    ferry_fail (error, FERRY_ERROR_CONNECTION, "The host sleeps.");

  return facts != NULL ? ferry_host_facts_copy (facts) : NULL;
}

static void
fake_host_host_init (FerryHostInterface *iface)
{
  iface->inspect = fake_inspect;
}

static void
fake_host_class_init (FakeHostClass *klass)
{
}

static void
fake_host_init (FakeHost *self)
{
}

/* Everything good: one guest "web", a host with all tools, a folder with room. */
typedef struct
{
  FerryPlan *plan;
  FerryGuest *guest;
  FerrySourceFake *source;
  FerryTarget *target;
  FakeHost *host;
  FerryHostFacts *host_facts;
  FerryDestinationFacts *destination_facts;
  FerryCheckFlags flags;
  FerryRecord *asking; /* (nullable) */
} Fixture;

static FerryGuest *
make_guest (void)
{
  FerryGuest *guest = ferry_guest_new ("web", "web");
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");

  guest->power = FERRY_POWER_OFF;
  guest->memory_bytes = 1 << 30;
  guest->vcpus = 1;
  disk->file = g_strdup ("disk.vmdk");
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = 4096;
  guest->os = g_strdup ("Debian GNU/Linux 12");
  disk->used_bytes = 4096;
  g_ptr_array_add (guest->disks, disk);

  return guest;
}

static FerryHostFacts *
make_host_facts (void)
{
  FerryHostFacts *facts = ferry_host_facts_new ();

  facts->virt_v2v_version = g_strdup ("2.2.0");
  facts->has_nbdkit = facts->has_nbdcopy = facts->has_qemu_img = facts->has_kernel = TRUE;
  facts->has_virtio_win = facts->has_rhsrvany = facts->has_ovmf = TRUE;
  facts->kvm = FERRY_KVM_WORKS;
  facts->tmp_free_bytes = facts->cache_free_bytes = 10 * FERRY_GIB;
  g_free (facts->tmp_dir);
  facts->tmp_dir = g_strdup (g_get_tmp_dir ());

  return facts;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  FerryStorage *storage = ferry_storage_new ("/srv/vms", "folder");

  fixture->guest = make_guest ();
  fixture->source = ferry_source_fake_new ();
  ferry_source_fake_add_guest (fixture->source, fixture->guest);
  fixture->plan = ferry_plan_new ();
  ferry_plan_set_ova_source (fixture->plan, "/srv/web.ova");
  ferry_plan_set_folder_destination (fixture->plan, "/srv/vms");
  ferry_plan_add_guest (fixture->plan, fixture->guest);
  fixture->host = g_object_new (FAKE_TYPE_HOST, NULL);
  fixture->host_facts = make_host_facts ();
  fixture->host->facts = fixture->host_facts;
  fixture->destination_facts = ferry_destination_facts_new ();
  fixture->destination_facts->any_network = TRUE;
  fixture->destination_facts->has_kvm = TRUE;
  storage->free_bytes = 10 * FERRY_GIB;
  storage->path = g_strdup (g_get_tmp_dir ());
  g_ptr_array_add (fixture->destination_facts->storages, storage);
  fixture->target = ferry_target_fake_new (fixture->destination_facts, "/nonexistent");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_plan_free (fixture->plan);
  ferry_guest_free (fixture->guest);
  g_object_unref (fixture->source);
  g_object_unref (fixture->target);
  g_object_unref (fixture->host);
  ferry_host_facts_free (fixture->host_facts);
  ferry_destination_facts_free (fixture->destination_facts);
}

static GPtrArray *
run_cancellable (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryPlan) copy = ferry_plan_copy (fixture->plan);
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  FerryCheckRun run = {
    .plan = copy,
    .asking = fixture->asking,
    .source = FERRY_SOURCE (fixture->source),
    .target = fixture->target,
    .host = FERRY_HOST (fixture->host),
    .flags = fixture->flags,
    .checks = checks,
  };

  return ferry_check_run_all (&run, cancellable, error) ? g_steal_pointer (&checks) : NULL;
}

static GPtrArray *
run (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *checks = run_cancellable (fixture, NULL, &error);

  g_assert_no_error (error);

  return checks;
}

static void
assert_only (const GPtrArray *checks, const char *id, const char *guest_id)
{
  const FerryCheck *check;

  g_assert_cmpuint (checks->len, ==, 1);
  check = g_ptr_array_index (checks, 0);
  g_assert_cmpstr (check->id, ==, id);
  g_assert_cmpint (check->severity, ==, FERRY_SEVERITY_BLOCKER);
  g_assert_cmpstr (check->guest_id, ==, guest_id);
}

static void
set_source (Fixture *fixture, const FerryGuest *guest)
{
  g_object_unref (fixture->source);
  fixture->source = ferry_source_fake_new ();
  if (guest != NULL)
    ferry_source_fake_add_guest (fixture->source, guest);
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = run (fixture);

  g_assert_cmpuint (checks->len, ==, 0);
  g_assert_cmpuint (ferry_source_fake_get_n_calls (fixture->source, FERRY_FAKE_VERIFY), ==, 0);
}

static void
test_host_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = NULL;

  fixture->host->facts = NULL;
  checks = run (fixture);
  assert_only (checks, "host.unreachable", NULL);
}

static void
test_destination_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) problem = g_error_new (FERRY_ERROR, FERRY_ERROR_CONNECTION, "It is silent.");
  g_autoptr (GPtrArray) checks = NULL;

  ferry_target_fake_fail (FERRY_TARGET_FAKE (fixture->target), FERRY_TARGET_FAKE_INSPECT, problem);
  checks = run (fixture);
  assert_only (checks, "destination.unreachable", NULL);
  g_assert_cmpstr (((FerryCheck *) g_ptr_array_index (checks, 0))->text, ==, "It is silent.");
}

static void
test_guest_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = NULL;

  set_source (fixture, NULL);
  checks = run (fixture);
  assert_only (checks, "guest.gone", "web");
}

static void
test_guest_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = NULL;

  ferry_source_fake_set_error (fixture->source, FERRY_FAKE_READ, FERRY_ERROR_PERMISSION,
                               "You may not read it.");
  checks = run (fixture);
  assert_only (checks, "guest.unreadable", "web");
  g_assert_nonnull (strstr (((FerryCheck *) g_ptr_array_index (checks, 0))->advice, "36:36"));
}

static void
test_guest_changed (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (FerryGuest) now = ferry_guest_copy (fixture->guest);
      FerryDisk *disk = g_ptr_array_index (now->disks, 0);
      g_autoptr (GPtrArray) checks = NULL;

      if (i == 0)
        disk->capacity_bytes++;
      else if (i == 1)
        disk->flags = FERRY_DISK_COMPRESSED;
      else if (i == 2)
        g_ptr_array_add (now->disks, ferry_disk_copy (disk));
      else
        g_ptr_array_add (now->nics, ferry_nic_new ("1"));
      set_source (fixture, now);
      checks = run (fixture);
      assert_only (checks, "guest.changed", "web");
    }
}

/* A disk that is left out may become another one. */
static void
test_disk_left_out_changed (Fixture *fixture, gconstpointer data)
{
  FerryPlanGuest *planned;
  g_autoptr (FerryGuest) now = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  ferry_plan_remove_guest (fixture->plan, fixture->guest->id);
  g_ptr_array_add (fixture->guest->disks,
                   ferry_disk_copy (g_ptr_array_index (fixture->guest->disks, 0)));
  planned = ferry_plan_add_guest (fixture->plan, fixture->guest);
  ferry_plan_guest_get_disk (planned, 1)->included = FALSE;
  now = ferry_guest_copy (fixture->guest);
  ((FerryDisk *) g_ptr_array_index (now->disks, 1))->capacity_bytes++;
  set_source (fixture, now);
  checks = run (fixture);
  g_assert_cmpuint (checks->len, ==, 0);
}

/* The plan's drivers are looked for where it says. */
static void
test_drivers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryGuest) windows = ferry_guest_copy (fixture->guest);
  g_autoptr (GPtrArray) there = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  g_free (windows->os);
  windows->os = g_strdup ("Microsoft Windows Server 2022");
  ferry_plan_remove_guest (fixture->plan, windows->id);
  ferry_plan_add_guest (fixture->plan, windows);
  set_source (fixture, windows);
  fixture->plan->drivers = g_strdup (g_get_tmp_dir ());
  there = run (fixture);
  g_assert_cmpuint (there->len, ==, 0);
  g_free (fixture->plan->drivers);
  fixture->plan->drivers = g_strdup ("/nonexistent/virtio-win.iso");
  missing = run (fixture);
  assert_only (missing, "guest.drivers-missing", windows->id);
}

/* What does not matter to the import may change: a name, a note. */
static void
test_guest_changed_a_little (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryGuest) now = ferry_guest_copy (fixture->guest);
  g_autoptr (GPtrArray) checks = NULL;

  now->description = g_strdup ("new");
  now->memory_bytes *= 2;
  set_source (fixture, now);
  checks = run (fixture);
  g_assert_cmpuint (checks->len, ==, 0);
}

/* The reader is asked anew: what it found when the plan was made is forgotten. */
static void
test_readers_checks_are_new (Fixture *fixture, gconstpointer data)
{
  FerryGuest *planned = ferry_plan_get_guest (fixture->plan, 0)->source;
  g_autoptr (FerryGuest) now = ferry_guest_copy (fixture->guest);
  g_autoptr (GPtrArray) checks = NULL;

  g_ptr_array_add (planned->checks,
                   ferry_check_new ("disk.is-link", FERRY_SEVERITY_BLOCKER, "", "Old."));
  g_ptr_array_add (now->checks,
                   ferry_check_new ("disk.path-outside", FERRY_SEVERITY_BLOCKER, "", "New."));
  set_source (fixture, now);
  checks = run (fixture);
  assert_only (checks, "disk.path-outside", "web");
  g_assert_cmpuint (planned->checks->len, ==, 1);
}

static void
test_guest_started_since (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryGuest) now = ferry_guest_copy (fixture->guest);
  g_autoptr (GPtrArray) checks = NULL;

  now->power = FERRY_POWER_RUNNING;
  set_source (fixture, now);
  checks = run (fixture);
  assert_only (checks, "guest.running", "web");
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryCheck) mismatch
      = ferry_check_new ("manifest.mismatch", FERRY_SEVERITY_BLOCKER, "", "It differs.");
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GPtrArray) with = NULL;

  ferry_source_fake_add_finding (fixture->source, mismatch);
  without = run (fixture);
  g_assert_cmpuint (without->len, ==, 0);
  fixture->flags = FERRY_CHECK_VERIFY;
  with = run (fixture);
  assert_only (with, "manifest.mismatch", "web");
}

static void
test_verify_impossible (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = NULL;

  fixture->flags = FERRY_CHECK_VERIFY;
  ferry_source_fake_set_error (fixture->source, FERRY_FAKE_VERIFY, FERRY_ERROR_INVALID,
                               "It ends too early.");
  checks = run (fixture);
  assert_only (checks, "guest.unreadable", "web");
}

/* The source's work is asked of what it has now, and shares the destination's disk here. */
static void
test_work_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = NULL;

  ferry_source_fake_set_work_bytes (fixture->source, 20 * FERRY_GIB);
  checks = run (fixture);
  g_assert_cmpuint (checks->len, ==, 2);
  g_assert_true (ferry_checks_have (checks, "host.unpack-space"));
  g_assert_true (ferry_checks_have (checks, "destination.space"));
}

/* Each has room, but not both: whoever comes second is told of the first, itself not counted. */
static void
test_promised (Fixture *fixture, gconstpointer data)
{
  FerryDisk *disk = g_ptr_array_index (ferry_plan_get_guest (fixture->plan, 0)->source->disks, 0);
  g_autoptr (FerryRecord) first = NULL;
  g_autoptr (FerryRecord) second = NULL;
  g_autoptr (GPtrArray) checks_of_first = NULL;
  g_autoptr (GPtrArray) checks_of_second = NULL;

  disk->used_bytes = (gint64) (6 * FERRY_GIB);
  ferry_plan_set_folder_destination (fixture->plan, g_get_tmp_dir ());
  first = ferry_record_create (fixture->plan, NULL);
  second = ferry_record_create (fixture->plan, NULL);
  g_assert_true (ferry_record_enter (first, FERRY_IMPORT_PREPARING, NULL));
  g_assert_true (ferry_record_enter (second, FERRY_IMPORT_PREPARING, NULL));

  fixture->asking = first;
  checks_of_first = run (fixture);
  g_assert_false (ferry_checks_have (checks_of_first, "destination.space"));
  fixture->asking = second;
  checks_of_second = run (fixture);
  g_assert_true (ferry_checks_have (checks_of_second, "destination.space"));

  g_assert_true (ferry_record_delete (first, NULL));
  g_assert_true (ferry_record_delete (second, NULL));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  g_cancellable_cancel (cancellable);
  checks = run_cancellable (fixture, cancellable, &error);
  g_assert_null (checks);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const struct
{
  const char *path;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/checks-run/good", test_good },
  { "/checks-run/host-unreachable", test_host_unreachable },
  { "/checks-run/destination-unreachable", test_destination_unreachable },
  { "/checks-run/guest-gone", test_guest_gone },
  { "/checks-run/guest-unreadable", test_guest_unreadable },
  { "/checks-run/guest-changed", test_guest_changed },
  { "/checks-run/guest-changed-a-little", test_guest_changed_a_little },
  { "/checks-run/disk-left-out-changed", test_disk_left_out_changed },
  { "/checks-run/drivers", test_drivers },
  { "/checks-run/readers-checks-are-new", test_readers_checks_are_new },
  { "/checks-run/guest-started-since", test_guest_started_since },
  { "/checks-run/verify", test_verify },
  { "/checks-run/verify-impossible", test_verify_impossible },
  { "/checks-run/work-bytes", test_work_bytes },
  { "/checks-run/promised", test_promised },
  { "/checks-run/cancelled", test_cancelled },
};

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("ferry-checks-XXXXXX", NULL);
  int result;

  /* Whatever was measured on this computer stays out of it. */
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  g_assert_true (ferry_tree_remove (state, NULL));

  return result;
}
