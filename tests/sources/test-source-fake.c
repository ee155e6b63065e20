/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-check.h"
#include "ferry-pack.h"
#include "ferry-source-fake.h"

#include <sys/stat.h>

static FerrySourceFake *
make_source (void)
{
  FerrySourceFake *fake = ferry_source_fake_new ();
  g_autoptr (FerryGuest) web = ferry_guest_new ("2", "web");
  g_autoptr (FerryGuest) mail = ferry_guest_new ("1", "mail");
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");

  disk->capacity_bytes = 1048576;
  g_ptr_array_add (mail->disks, disk);
  ferry_source_fake_add_guest (fake, web);
  ferry_source_fake_add_guest (fake, mail);

  return fake;
}

static void
test_guests (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  FerrySource *source = FERRY_SOURCE (fake);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);
  g_autoptr (FerryGuest) guest = ferry_source_read (source, "2", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 2);
  g_assert_cmpstr (((FerryGuest *) guests->pdata[0])->name, ==, "mail");
  g_assert_cmpstr (guest->name, ==, "web");
  g_assert_null (ferry_source_read (source, "3", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_cmpuint (ferry_source_fake_get_n_calls (fake, FERRY_FAKE_READ), ==, 2);
}

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, ==, *last + 1);
  *last = done;
}

static void
test_prepare (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  FerrySource *source = FERRY_SOURCE (fake);
  g_autoptr (FerryGuest) guest = ferry_source_read (source, "1", NULL, NULL);
  g_autofree char *dir = ferry_pack_dup_dir ();
  guint64 last = 0;
  const FerryMonitor monitor = { on_part, &last };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locations =
      ferry_source_prepare (source, guest, dir, &monitor, NULL, &error);
  const FerryDiskLocation *location;
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, 1);
  g_assert_cmpuint (last, ==, 10);
  location = locations->pdata[0];
  g_assert_cmpint (stat (location->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 1048576);

  ((FerryDisk *) g_ptr_array_index (guest->disks, 0))->flags |= FERRY_DISK_LEFT_OUT;
  g_clear_pointer (&locations, g_ptr_array_unref);
  locations = ferry_source_prepare (source, guest, dir, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (locations->len, ==, 0);
  ferry_pack_remove_dir (dir);
}

static void
test_verify (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  g_autoptr (FerryGuest) guest = ferry_source_read (FERRY_SOURCE (fake), "1", NULL, NULL);
  g_autoptr (FerryCheck) finding =
      ferry_check_new ("manifest.mismatch", FERRY_SEVERITY_BLOCKER, "", "It differs.");
  g_autoptr (GPtrArray) checks = ferry_checks_new ();

  ferry_source_fake_add_finding (fake, finding);
  ferry_source_fake_set_work_bytes (fake, 77);
  g_assert_true (ferry_source_verify (FERRY_SOURCE (fake), guest, checks, NULL, NULL, NULL));
  g_assert_true (ferry_checks_have (checks, "manifest.mismatch"));
  g_assert_cmpuint (ferry_source_get_work_bytes (FERRY_SOURCE (fake), guest), ==, 77);
}

static void
test_error (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guests = NULL;

  ferry_source_fake_set_error (fake, FERRY_FAKE_LIST, FERRY_ERROR_PERMISSION, "No.");
  g_assert_null (ferry_source_list (FERRY_SOURCE (fake), NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_clear_error (&error);
  ferry_source_fake_set_error (fake, FERRY_FAKE_LIST, FERRY_ERROR_PERMISSION, NULL);
  guests = ferry_source_list (FERRY_SOURCE (fake), NULL, &error);
  g_assert_no_error (error);
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return NULL;
}

/* An hour's delay ends with the cancel. */
static void
test_cancel (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  ferry_source_fake_set_delay (fake, FERRY_FAKE_LIST, 3600 * 1000);
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  g_assert_null (ferry_source_list (FERRY_SOURCE (fake), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_delay (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  gint64 start_usec = g_get_monotonic_time ();
  g_autoptr (GPtrArray) guests = NULL;

  ferry_source_fake_set_delay (fake, FERRY_FAKE_LIST, 30);
  guests = ferry_source_list (FERRY_SOURCE (fake), NULL, NULL);
  g_assert_nonnull (guests);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, >=, 30 * 1000);
}

/* Only what runs is shut down, and one that does not obey is left as it is. */
static void
test_power (void)
{
  g_autoptr (FerrySourceFake) fake = make_source ();
  FerrySource *source = FERRY_SOURCE (fake);
  g_autoptr (FerryGuest) guest = ferry_guest_new ("3", "busy");
  gboolean asked = FALSE;
  FerryShutDownOrder order = { guest, 60, NULL, &asked };
  g_autoptr (FerryGuest) after = NULL;
  g_autoptr (FerryGuest) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_source_can_shut_down (source, guest, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  guest->power = FERRY_POWER_RUNNING;
  ferry_source_fake_add_guest (fake, guest);
  g_assert_true (ferry_source_can_shut_down (source, guest, NULL));

  ferry_source_fake_set_error (fake, FERRY_FAKE_SHUT_DOWN, FERRY_ERROR_FAILED, "It goes on.");
  g_assert_false (ferry_source_shut_down (source, &order, NULL, &error));
  g_assert_true (asked);
  ferry_source_fake_set_error (fake, FERRY_FAKE_SHUT_DOWN, FERRY_ERROR_FAILED, NULL);
  g_assert_true (ferry_source_shut_down (source, &order, NULL, NULL));
  after = ferry_source_read (source, "3", NULL, NULL);
  g_assert_cmpint (after->power, ==, FERRY_POWER_OFF);
  g_assert_true (ferry_source_start (source, guest, NULL, NULL));
  again = ferry_source_read (source, "3", NULL, NULL);
  g_assert_cmpint (again->power, ==, FERRY_POWER_RUNNING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-fake/guests", test_guests);
  g_test_add_func ("/source-fake/prepare", test_prepare);
  g_test_add_func ("/source-fake/verify", test_verify);
  g_test_add_func ("/source-fake/error", test_error);
  g_test_add_func ("/source-fake/cancel", test_cancel);
  g_test_add_func ("/source-fake/delay", test_delay);
  g_test_add_func ("/source-fake/power", test_power);

  return g_test_run ();
}
