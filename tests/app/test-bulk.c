/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-bulk.h"

#include "ferry-check-title.h"

/* Three guests: "a" and "b" on two networks, "c" without a NIC. */
static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  for (guint i = 0; i < 3; i++)
    {
      const char *name = ((const char *const[]){ "a", "b", "c" })[i];
      g_autoptr (FerryGuest) guest = ferry_guest_new (name, name);

      for (guint n = 0; n < 2 && i < 2; n++)
        {
          FerryNic *nic = ferry_nic_new ("Network adapter");

          nic->network = g_strdup (n == 0 ? "VM Network" : i == 0 ? "Backup" : NULL);
          g_ptr_array_add (guest->nics, nic);
        }
      g_ptr_array_add (guest->disks, ferry_disk_new ("Hard disk 1"));
      g_ptr_array_add (guest->disks, ferry_disk_new ("Hard disk 2"));
      ferry_plan_add_guest (plan, guest);
    }

  return plan;
}

static GPtrArray *
make_ids (const char *first, const char *second)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, g_strdup (first));
  g_ptr_array_add (ids, g_strdup (second));

  return ids;
}

static void
test_find (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (GPtrArray) ids = make_ids ("c", "a");
  g_autoptr (GPtrArray) guests = ferry_bulk_find (plan, ids);

  g_assert_cmpuint (guests->len, ==, 2);
  g_assert_true (g_ptr_array_index (guests, 0) == ferry_plan_get_guest (plan, 0));
  g_assert_true (g_ptr_array_index (guests, 1) == ferry_plan_get_guest (plan, 2));
  ferry_plan_remove_guest (plan, "c");
  g_ptr_array_unref (guests);
  guests = ferry_bulk_find (plan, ids);
  g_assert_cmpuint (guests->len, ==, 1);
}

static void
test_fields (void)
{
  static const struct
  {
    FerryBulkField field;
    int first;
    int second;
  } rows[] = {
    { FERRY_BULK_FORMAT, FERRY_FORMAT_QCOW2, FERRY_FORMAT_RAW },
    { FERRY_BULK_ALLOCATION, FERRY_ALLOCATION_SPARSE, FERRY_ALLOCATION_PREALLOCATED },
    { FERRY_BULK_START, FALSE, TRUE },
    { FERRY_BULK_SHUT_DOWN, FALSE, TRUE },
  };
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (GPtrArray) ids = make_ids ("a", "b");
  g_autoptr (GPtrArray) guests = ferry_bulk_find (plan, ids);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_assert_cmpint (ferry_bulk_get (none, rows[i].field), ==, -1);
      g_assert_cmpint (ferry_bulk_get (guests, rows[i].field), ==, rows[i].first);
      g_ptr_array_add (one, ferry_plan_get_guest (plan, 0));
      ferry_bulk_set (one, rows[i].field, rows[i].second);
      g_assert_cmpint (ferry_bulk_get (guests, rows[i].field), ==, -1);
      ferry_bulk_set (guests, rows[i].field, rows[i].second);
      g_assert_cmpint (ferry_bulk_get (guests, rows[i].field), ==, rows[i].second);
      /* Who is not selected stays as it was. */
      g_ptr_array_index (one, 0) = ferry_plan_get_guest (plan, 2);
      g_assert_cmpint (ferry_bulk_get (one, rows[i].field), ==, rows[i].first);
    }
}

/* What single disks have is a difference, and gone with what is set for all. */
static void
test_disks (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (GPtrArray) ids = make_ids ("a", "b");
  g_autoptr (GPtrArray) guests = ferry_bulk_find (plan, ids);
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, 1), 1);
  const char *storage = "nothing";

  disk->format = FERRY_FORMAT_RAW;
  disk->allocation = FERRY_ALLOCATION_PREALLOCATED;
  g_assert_cmpint (ferry_bulk_get (guests, FERRY_BULK_FORMAT), ==, -1);
  g_assert_cmpint (ferry_bulk_get (guests, FERRY_BULK_ALLOCATION), ==, -1);
  ferry_bulk_set (guests, FERRY_BULK_FORMAT, FERRY_FORMAT_QCOW2);
  ferry_bulk_set (guests, FERRY_BULK_ALLOCATION, FERRY_ALLOCATION_SPARSE);
  g_assert_cmpint (ferry_bulk_get (guests, FERRY_BULK_FORMAT), ==, FERRY_FORMAT_QCOW2);
  g_assert_cmpint (disk->format, ==, 0);
  g_assert_cmpint (disk->allocation, ==, 0);

  g_assert_true (ferry_bulk_get_storage (guests, &storage));
  g_assert_null (storage);
  disk->storage = g_strdup ("pool1");
  g_assert_false (ferry_bulk_get_storage (guests, &storage));
  ferry_bulk_set_storage (guests, "pool2");
  g_assert_true (ferry_bulk_get_storage (guests, &storage));
  g_assert_cmpstr (storage, ==, "pool2");
  ferry_bulk_set_storage (guests, NULL);
  g_assert_null (disk->storage);
}

static void
test_networks (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (GPtrArray) ids = make_ids ("a", "b");
  g_autoptr (GPtrArray) guests = ferry_bulk_find (plan, ids);
  FerryPlanNetwork network = { .kind = FERRY_NETWORK_NETWORK, .name = (char *) "default" };
  gboolean nameless = FALSE;
  g_autoptr (GPtrArray) names = ferry_bulk_list_networks (guests, &nameless);
  FerryBulkUse use;

  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "Backup");
  g_assert_cmpstr (g_ptr_array_index (names, 1), ==, "VM Network");
  g_assert_true (nameless);

  ferry_plan_network_copy (&network,
                           &ferry_plan_guest_get_nic (ferry_plan_get_guest (plan, 0), 0)->network);
  use = ferry_bulk_get_use (guests, "VM Network");
  g_assert_cmpuint (use.n_nics, ==, 2);
  g_assert_true (use.mixed);
  /* That of one of them for all of them. */
  ferry_bulk_set_network (guests, "VM Network", use.network);
  use = ferry_bulk_get_use (guests, "VM Network");
  g_assert_false (use.mixed);
  g_assert_cmpstr (use.network->name, ==, "default");

  use = ferry_bulk_get_use (guests, NULL);
  g_assert_cmpuint (use.n_nics, ==, 1);
  g_assert_cmpint (use.network->kind, ==, FERRY_NETWORK_NONE);
  use = ferry_bulk_get_use (guests, "nowhere");
  g_assert_cmpuint (use.n_nics, ==, 0);
}

static void
test_restore (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryPlan) before = ferry_plan_copy (plan);
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autofree char *restored = NULL;
  g_autoptr (GPtrArray) ids = make_ids ("a", "b");
  g_autoptr (GPtrArray) guests = ferry_bulk_find (plan, ids);

  ferry_bulk_set (guests, FERRY_BULK_FORMAT, FERRY_FORMAT_RAW);
  ferry_plan_get_guest (plan, 2)->start = TRUE;
  ferry_bulk_restore (plan, before, ids);
  /* Only what the edit was about. */
  g_assert_true (ferry_plan_get_guest (plan, 2)->start);
  ferry_plan_get_guest (plan, 2)->start = FALSE;
  restored = ferry_plan_to_text (plan);
  g_assert_cmpstr (restored, ==, text);

  ferry_plan_remove_guest (plan, "a");
  ferry_plan_remove_guest (plan, "b");
  ferry_bulk_restore (plan, before, ids);
  g_free (restored);
  restored = ferry_plan_to_text (plan);
  g_assert_cmpstr (restored, ==, text);

  /* The others may have gone meanwhile. */
  while (plan->guests->len > 0)
    ferry_plan_remove_guest (plan, ferry_plan_get_guest (plan, 0)->source->id);
  ferry_bulk_restore (plan, before, ids);
  g_assert_cmpuint (plan->guests->len, ==, 2);
}

static void
test_titles (void)
{
  g_assert_cmpstr (ferry_check_get_title ("nic.unmapped"), ==, "Network not chosen");
  g_assert_null (ferry_check_get_title ("nobody.knows"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bulk/find", test_find);
  g_test_add_func ("/bulk/fields", test_fields);
  g_test_add_func ("/bulk/disks", test_disks);
  g_test_add_func ("/bulk/networks", test_networks);
  g_test_add_func ("/bulk/restore", test_restore);
  g_test_add_func ("/bulk/titles", test_titles);

  return g_test_run ();
}
