/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-plan.h"

/* What can be chosen for a guest's disks, network adapters and name. */

static FerryGuest *
make_guest (const char *id, const char *name)
{
  FerryGuest *guest = ferry_guest_new (id, name);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *disk_name = g_strdup_printf ("Hard disk %u", i + 1);
      FerryDisk *disk = ferry_disk_new (disk_name);

      disk->storage = g_strdup (i == 1 ? "fast" : "slow");
      g_ptr_array_add (guest->disks, disk);
    }
  g_ptr_array_add (guest->nics, ferry_nic_new ("Network adapter 1"));
  guest->vcpus = 4;
  guest->sockets = 2;
  guest->cores = 2;
  guest->threads = 1;

  return guest;
}

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, "/a.ova");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");

  return plan;
}

static FerryPlan *
and_back (const FerryPlan *plan)
{
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autoptr (GError) error = NULL;
  FerryPlan *back = ferry_plan_from_text (text, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = ferry_plan_to_text (back);
  g_assert_cmpstr (text, ==, again);

  return back;
}

static void
test_disks_by_default (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) source = make_guest ("1", "web");
  FerryPlanGuest *guest;

  ferry_plan_set_storing (plan, "fast", "ssd");
  guest = ferry_plan_add_guest (plan, source);
  g_assert_cmpuint (ferry_plan_guest_count_included (guest), ==, 3);
  g_assert_cmpint (ferry_plan_guest_get_boot_disk (guest), ==, 0);
  g_assert_cmpstr (ferry_plan_get_storage (plan, guest, 0), ==, "images");
  g_assert_cmpstr (ferry_plan_get_storage (plan, guest, 1), ==, "ssd");
  g_assert_cmpint (ferry_plan_guest_get_format (guest, 2), ==, FERRY_FORMAT_QCOW2);

  ferry_plan_guest_get_disk (guest, 0)->included = FALSE;
  g_assert_cmpint (ferry_plan_guest_get_boot_disk (guest), ==, 1);
  guest->boot_disk = 2;
  g_assert_cmpint (ferry_plan_guest_get_boot_disk (guest), ==, 2);
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  ferry_plan_guest_get_disk (guest, 2)->included = FALSE;
  g_assert_cmpint (ferry_plan_guest_get_boot_disk (guest), ==, -1);
  g_assert_cmpuint (ferry_plan_guest_count_included (guest), ==, 0);
}

static void
test_disks_left_out (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) source = make_guest ("1", "web");
  FerryPlanGuest *guest = ferry_plan_add_guest (plan, source);
  g_autoptr (FerryPlanGuest) arrives = NULL;
  g_autoptr (FerryGuest) marked = NULL;

  guest->boot_disk = 2;
  ferry_plan_guest_get_disk (guest, 1)->included = FALSE;
  ferry_plan_guest_get_disk (guest, 2)->format = FERRY_FORMAT_RAW;
  arrives = ferry_plan_guest_dup_included (guest);
  g_assert_cmpuint (arrives->source->disks->len, ==, 2);
  g_assert_cmpuint (arrives->disks->len, ==, 2);
  g_assert_cmpstr (ferry_guest_get_disk (arrives->source, 1)->name, ==, "Hard disk 3");
  g_assert_cmpint (ferry_plan_guest_get_format (arrives, 1), ==, FERRY_FORMAT_RAW);
  g_assert_cmpint (arrives->boot_disk, ==, 1);
  g_assert_cmpuint (guest->source->disks->len, ==, 3);

  marked = ferry_plan_guest_dup_source (guest);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint ((ferry_guest_get_disk (marked, i)->flags & FERRY_DISK_LEFT_OUT) != 0, ==,
                     i == 1);
}

/* That it boots from a disk which stays behind says nothing. */
static void
test_boot_disk_left_out (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) source = make_guest ("1", "web");
  FerryPlanGuest *guest = ferry_plan_add_guest (plan, source);
  g_autoptr (FerryPlanGuest) arrives = NULL;

  guest->boot_disk = 0;
  ferry_plan_guest_get_disk (guest, 0)->included = FALSE;
  arrives = ferry_plan_guest_dup_included (guest);
  g_assert_cmpint (arrives->boot_disk, ==, -1);
  g_assert_cmpint (ferry_plan_guest_get_boot_disk (arrives), ==, 0);
}

static void
test_storings (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();

  g_assert_null (ferry_plan_find_storing (plan, "fast"));
  ferry_plan_set_storing (plan, "*", "any");
  ferry_plan_set_storing (plan, "fast", "ssd");
  g_assert_cmpstr (ferry_plan_find_storing (plan, "fast"), ==, "ssd");
  g_assert_cmpstr (ferry_plan_find_storing (plan, "slow"), ==, "any");
  g_assert_cmpstr (ferry_plan_find_storing (plan, NULL), ==, "any");
  ferry_plan_set_storing (plan, "fast", NULL);
  g_assert_cmpstr (ferry_plan_find_storing (plan, "fast"), ==, "any");
}

static void
choose_all (FerryPlan *plan, FerryPlanGuest *guest)
{
  static const char *const dns[] = { "192.0.2.1", "2001:db8::1", NULL };
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (guest, 1);
  FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, 0);

  plan->drivers = g_strdup ("/usr/share/virtio-win");
  plan->block_driver = g_strdup ("virtio-scsi");
  plan->name_rule.find = g_strdup ("a");
  plan->name_rule.replace = g_strdup ("b");
  plan->name_rule.lower_case = TRUE;
  plan->start = TRUE;
  plan->shut_down = TRUE;
  ferry_plan_set_storing (plan, "fast", "ssd");
  guest->os = g_strdup ("debian12");
  guest->shut_down = TRUE;
  guest->boot_disk = 1;
  disk->storage = g_strdup ("ssd");
  disk->format = FERRY_FORMAT_RAW;
  disk->allocation = FERRY_ALLOCATION_PREALLOCATED;
  ferry_plan_guest_get_disk (guest, 2)->included = FALSE;
  nic->model = g_strdup ("e1000e");
  nic->connected = FALSE;
  nic->address.ip = g_strdup ("192.0.2.10");
  nic->address.prefix = 24;
  nic->address.gateway = g_strdup ("192.0.2.1");
  nic->address.dns = g_strdupv ((char **) dns);
}

static void
test_round_trip (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) source = make_guest ("1", "web");
  FerryPlanGuest *guest = ferry_plan_add_guest (plan, source);
  g_autoptr (FerryPlan) back = NULL;
  g_autoptr (FerryPlan) copy = NULL;

  choose_all (plan, guest);
  back = and_back (plan);
  g_assert_true (back->name_rule.lower_case);
  g_assert_cmpstr (back->block_driver, ==, "virtio-scsi");
  guest = ferry_plan_get_guest (back, 0);
  g_assert_cmpint (ferry_plan_guest_get_format (guest, 1), ==, FERRY_FORMAT_RAW);
  g_assert_cmpstr (ferry_plan_guest_get_nic (guest, 0)->address.dns[1], ==, "2001:db8::1");
  copy = ferry_plan_dup_for_guest (back, 0);
  g_clear_pointer (&back, ferry_plan_free);
  g_assert_false (ferry_plan_guest_get_nic (ferry_plan_get_guest (copy, 0), 0)->connected);
  g_assert_cmpstr (copy->drivers, ==, "/usr/share/virtio-win");
}

/* Whoever changes the number of CPUs need not think of it. */
static void
test_topology_that_no_longer_fits (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) source = make_guest ("1", "web");
  FerryPlanGuest *guest = ferry_plan_add_guest (plan, source);
  g_autoptr (FerryPlan) back = NULL;

  g_assert_true (ferry_plan_guest_has_topology (guest));
  guest->vcpus = 7;
  g_assert_false (ferry_plan_guest_has_topology (guest));
  back = and_back (plan);
  g_assert_cmpuint (ferry_plan_get_guest (back, 0)->sockets, ==, 0);
  g_assert_cmpuint (ferry_plan_get_guest (back, 0)->vcpus, ==, 7);
}

static void
test_keys_are_never_written (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) source = make_guest ("1", "web");
  FerryPlanGuest *guest = ferry_plan_add_guest (plan, source);
  g_autoptr (FerryPlan) copy = NULL;
  g_autofree char *text = NULL;

  ferry_plan_add_key (plan->keys, NULL, "kq-secret-all");
  ferry_plan_add_key (guest->keys, "/dev/sda2", "kq-secret-one");
  text = ferry_plan_to_text (plan);
  g_assert_null (strstr (text, "kq-secret"));
  copy = ferry_plan_copy (plan);
  g_assert_cmpuint (copy->keys->len, ==, 1);
  g_assert_cmpuint (ferry_plan_get_guest (copy, 0)->keys->len, ==, 1);
}

static const struct
{
  const char *pattern;
  const char *find;
  const char *replace;
  gboolean lower_case;
  const char *name;
  const char *expected;
} rules[] = {
  { "{name}", NULL, NULL, FALSE, "Web 1", "Web 1" },
  { "kvm-{name}", NULL, NULL, TRUE, "Web 1", "kvm-web 1" },
  { "{name}-{n}", NULL, NULL, FALSE, "Web", "Web-7" },
  { "vm{n}", NULL, NULL, FALSE, "Web", "vm7" },
  { "{name}_new", " ", "-", FALSE, "a b c", "a-b-c_new" },
  { "{name}", "x", NULL, FALSE, "axbx", "ab" },
  { "{name}", "", "y", FALSE, "ab", "ab" },
  { "{name}", NULL, NULL, TRUE, "ÄÖ", "äö" },
  { "{name}", NULL, NULL, FALSE, "a/b", "a-b" },
  { "{name}", "a", NULL, FALSE, "aa", "guest" },
  { "{name}{name}", NULL, NULL, FALSE, "{n}", "{n}{n}" },
};

static void
test_name_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      FerryNameRule rule = { (char *) rules[i].pattern, (char *) rules[i].find,
                             (char *) rules[i].replace, rules[i].lower_case };
      g_autofree char *name = ferry_name_rule_apply (&rule, rules[i].name, 7);

      g_assert_true (ferry_name_rule_is_valid (&rule, NULL));
      g_assert_cmpstr (name, ==, rules[i].expected);
    }
}

static void
test_bad_name_rules (void)
{
  static const char *const bad[] = {
    "", "web", "{name", "{name}{", "}", "{Name}", "{n}{x}", "a/{name}", "-{name}", " {name}",
    "{name}\n", "{name}\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      FerryNameRule rule = { .pattern = (char *) bad[i] };
      g_autoptr (GError) error = NULL;

      g_assert_false (ferry_name_rule_is_valid (&rule, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

static void
test_rename_all (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryGuest) one = make_guest ("1", "Web");
  g_autoptr (FerryGuest) two = make_guest ("2", "web");

  ferry_plan_add_guest (plan, one);
  ferry_plan_add_guest (plan, two);
  plan->name_rule.lower_case = TRUE;
  ferry_plan_rename_all (plan);
  g_assert_cmpstr (ferry_plan_get_guest (plan, 0)->name, ==, "web");
  g_assert_cmpstr (ferry_plan_get_guest (plan, 1)->name, ==, "web-2");
}

static const struct
{
  const char *member; /* of a guest with 4 CPUs and three disks */
  const char *says;
} bad_members[] = {
  { "\"sockets\":3", "vcpus" },
  { "\"os\":\"a b\"", "os" },
  { "\"os\":\"\"", "os" },
  { "\"disks\":[]", "disks" },
  { "\"disks\":[{},{},{\"included\":1}]", "disks[2].included" },
  { "\"disks\":[{},{},{\"format\":\"vmdk\"}]", "disks[2].format" },
  { "\"boot_disk\":3", "boot_disk" },
  { "\"boot_disk\":-2", "boot_disk" },
  { "\"shut_down\":\"yes\"", "shut_down" },
  { "\"nics\":[{\"model\":\"a b\"}]", "nics[0].model" },
  { "\"nics\":[{\"connected\":1}]", "nics[0].connected" },
  { "\"nics\":[{\"address\":{}}]", "nics[0].address.ip" },
  { "\"nics\":[{\"address\":{\"ip\":\"192.0.2\"}}]", "nics[0].address.ip" },
  { "\"nics\":[{\"address\":{\"ip\":\"192.0.2.1\",\"prefix\":33}}]", "nics[0].address." },
  { "\"nics\":[{\"address\":{\"ip\":\"192.0.2.1\",\"gateway\":\"::1\"}}]", "nics[0].address." },
  { "\"nics\":[{\"address\":{\"ip\":\"192.0.2.1\",\"dns\":[1]}}]", "nics[0].address.dns" },
  { "\"nics\":[{\"address\":{\"ip\":\"192.0.2.1\",\"dns\":[\"ns.example\"]}}]",
    "nics[0].address.dns" },
};

static void
test_bad_members (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_members); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"version\":1,\"source\":{\"kind\":\"ova\",\"path\":\"/a\"},"
          "\"destination\":{\"kind\":\"folder\",\"path\":\"/b\"},\"guests\":[{\"name\":\"n\","
          "\"vcpus\":4,%s%s,\"source\":{\"id\":\"i\",\"name\":\"n\",\"nics\":[{\"name\":\"e\"}],"
          "\"disks\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]}}]}",
          strstr (bad_members[i].member, "nics") == NULL ? "\"nics\":[{}]," : "",
          bad_members[i].member);
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlan) plan = ferry_plan_from_text (text, -1, &error);

      g_assert_null (plan);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, bad_members[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-choices/disks-by-default", test_disks_by_default);
  g_test_add_func ("/plan-choices/disks-left-out", test_disks_left_out);
  g_test_add_func ("/plan-choices/boot-disk-left-out", test_boot_disk_left_out);
  g_test_add_func ("/plan-choices/storings", test_storings);
  g_test_add_func ("/plan-choices/round-trip", test_round_trip);
  g_test_add_func ("/plan-choices/topology", test_topology_that_no_longer_fits);
  g_test_add_func ("/plan-choices/keys-are-never-written", test_keys_are_never_written);
  g_test_add_func ("/plan-choices/name-rules", test_name_rules);
  g_test_add_func ("/plan-choices/bad-name-rules", test_bad_name_rules);
  g_test_add_func ("/plan-choices/rename-all", test_rename_all);
  g_test_add_func ("/plan-choices/bad-members", test_bad_members);

  return g_test_run ();
}
