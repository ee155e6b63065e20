/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include <string.h>

#include "ferry-plan.h"

/* What needs no worker: list, show, plan and check, each as a real process. */

static JsonNode *
parse_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_members (JsonObject *object, const char *names)
{
  g_auto (GStrv) each = g_strsplit (names, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (!json_object_has_member (object, each[i]))
      g_error ("There is no member ‘%s’", each[i]);
}

static JsonObject *
first_of (JsonObject *object, const char *member)
{
  return json_array_get_object_element (json_object_get_array_member (object, member), 0);
}

static void
test_list (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "Büro & Co");
  G_GNUC_UNUSED g_autofree char *broken =
      ferryctl_sample_add_broken (sample, "broken.ova", "broken");
  g_autoptr (FerryctlRun) one = ferryctl_run ("list", path, NULL);
  g_autoptr (FerryctlRun) all = ferryctl_run ("list", sample->dir, NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("list", sample->dir, "--json", NULL);
  g_autoptr (JsonNode) node = parse_json (json->out);

  ferryctl_run_assert (one, 0, "Büro & Co", NULL);
  ferryctl_run_assert (one, 0, "256.0\xc2\xa0MiB", NULL);
  ferryctl_run_assert (all, 0, "1 blocker", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 2);
}

static void
test_show (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autoptr (FerryctlRun) text = ferryctl_run ("show", path, "web", NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("show", path, "--json", NULL);
  g_autoptr (JsonNode) node = parse_json (json->out);
  JsonObject *guest = json_array_get_object_element (json_node_get_array (node), 0);

  ferryctl_run_assert (text, 0, "disk1.vmdk", NULL);
  ferryctl_run_assert (text, 0, "52:54:00:12:34:56", NULL);
  ferryctl_run_assert (text, 0, "VM Network", NULL);
  ferryctl_run_assert (json, 0, "web", NULL);

  assert_members (guest, "id name source state os memory_bytes vcpus firmware disks nics checks");
  assert_members (first_of (guest, "disks"), "name capacity_bytes used_bytes format bus file");
  assert_members (first_of (guest, "nics"), "name mac network model");
  g_assert_cmpstr (json_object_get_string_member (guest, "source"), ==, path);
  g_assert_cmpint (json_object_get_int_member (guest, "memory_bytes"), ==, 256 << 20);
  g_assert_true (json_object_get_null_member (guest, "firmware"));
}

static void
test_show_checks (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add_broken (sample, "broken.ova", "broken");
  g_autoptr (FerryctlRun) text = ferryctl_run ("show", path, NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("show", path, "--json", NULL);
  g_autoptr (JsonNode) node = parse_json (json->out);
  JsonObject *guest = json_array_get_object_element (json_node_get_array (node), 0);

  ferryctl_run_assert (text, 0, "Blocker: ", NULL);
  ferryctl_run_assert (text, 0, "disk1.vmdk", NULL);
  assert_members (first_of (guest, "checks"), "id severity text advice remedy part");
  g_assert_cmpstr (json_object_get_string_member (first_of (guest, "checks"), "remedy"), ==,
                   "leave-out-disk");
  g_assert_cmpint (json_object_get_int_member (first_of (guest, "checks"), "part"), ==, 0);
}

/* What ferryctl writes, ferryctl reads: equal to the byte. */
static void
test_plan (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autoptr (FerryctlRun) run = ferryctl_run ("plan", path, "--to", sample->destination, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = ferry_plan_from_text (run->out, -1, &error);
  g_autofree char *text = NULL;
  FerryPlanGuest *guest;

  g_assert_no_error (error);
  ferryctl_run_assert (run, 0, "\"version\" : 1", NULL);
  text = ferry_plan_to_text (plan);
  g_assert_cmpstr (g_strchomp (text), ==, g_strchomp (run->out));

  g_assert_cmpint (plan->source.kind, ==, FERRY_SOURCE_OVA);
  g_assert_cmpstr (plan->source.path, ==, path);
  g_assert_cmpstr (plan->destination.path, ==, sample->destination + strlen ("folder:"));
  guest = ferry_plan_get_guest (plan, 0);
  g_assert_cmpstr (guest->name, ==, "web");
  g_assert_cmpstr (guest->root, ==, "single");
  g_assert_cmpint (guest->format, ==, FERRY_FORMAT_QCOW2);
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->network.kind, ==, FERRY_NETWORK_NETWORK);
  g_assert_cmpstr (ferry_plan_guest_get_nic (guest, 0)->network.name, ==, "VM Network");
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->mac_kind, ==, FERRY_MAC_KEEP);
}

static void
test_plan_options (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("plan", path, "web", "--to", sample->destination, "--name", "Büro 2",
                    "--network", "VM Network=bridge:br0", "--mac", "new", "--format", "raw",
                    "--allocation", "preallocated", "--root", "/dev/sda2", "--memory", "1G",
                    "--vcpus", "4", "--description", "été", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = ferry_plan_from_text (run->out, -1, &error);
  const FerryPlanGuest *guest;
  const FerryPlanNic *nic;

  ferryctl_run_assert (run, 0, "web", NULL);
  g_assert_no_error (error);
  guest = ferry_plan_get_guest (plan, 0);
  nic = ferry_plan_guest_get_nic (guest, 0);
  g_assert_cmpstr (guest->name, ==, "Büro 2");
  g_assert_cmpstr (guest->description, ==, "été");
  g_assert_cmpstr (guest->root, ==, "/dev/sda2");
  g_assert_cmpuint (guest->memory_bytes, ==, 1 << 30);
  g_assert_cmpuint (guest->vcpus, ==, 4);
  g_assert_cmpint (guest->format, ==, FERRY_FORMAT_RAW);
  g_assert_cmpint (guest->allocation, ==, FERRY_ALLOCATION_PREALLOCATED);
  g_assert_cmpint (nic->network.kind, ==, FERRY_NETWORK_BRIDGE);
  g_assert_cmpstr (nic->network.name, ==, "br0");
  g_assert_cmpint (nic->mac_kind, ==, FERRY_MAC_NEW);
}

static void
test_plan_networks (void)
{
  static const struct
  {
    const char *mapping;
    FerryNetworkKind kind;
    const char *name;
  } cases[] = {
    { "VM Network=default", FERRY_NETWORK_NETWORK, "default" },
    { "*=default", FERRY_NETWORK_NETWORK, "default" },
    { "*=bridge:br0", FERRY_NETWORK_BRIDGE, "br0" },
    { "*=none", FERRY_NETWORK_NONE, NULL },
    { "*=network:none", FERRY_NETWORK_NETWORK, "none" },
    { "VM Network=a=b", FERRY_NETWORK_NETWORK, "a=b" },
  };
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryctlRun) run =
          ferryctl_run ("plan", path, "-t", sample->destination, "-n", cases[i].mapping, NULL);
      g_autoptr (FerryPlan) plan = ferry_plan_from_text (run->out, -1, NULL);
      const FerryPlanNic *nic;

      g_test_message ("%s", cases[i].mapping);
      g_assert_nonnull (plan);
      nic = ferry_plan_guest_get_nic (ferry_plan_get_guest (plan, 0), 0);
      g_assert_cmpint (nic->network.kind, ==, cases[i].kind);
      g_assert_cmpstr (nic->network.name, ==, cases[i].name);
    }
}

static void
test_plan_several (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  G_GNUC_UNUSED g_autofree char *web = ferryctl_sample_add (sample, "a.ova", "web");
  G_GNUC_UNUSED g_autofree char *mail = ferryctl_sample_add (sample, "b.ova", "mail");
  g_autoptr (FerryctlRun) unnamed =
      ferryctl_run ("plan", sample->dir, "--to", sample->destination, NULL);
  g_autoptr (FerryctlRun) all =
      ferryctl_run ("plan", sample->dir, "--all", "--to", sample->destination, NULL);
  g_autoptr (FerryctlRun) one =
      ferryctl_run ("plan", sample->dir, "mail", "--to", sample->destination, NULL);
  g_autoptr (FerryPlan) plan = ferry_plan_from_text (all->out, -1, NULL);
  g_autoptr (FerryPlan) single = ferry_plan_from_text (one->out, -1, NULL);

  ferryctl_run_assert (unnamed, 2, NULL, "‘mail’, ‘web’");
  g_assert_cmpuint (plan->guests->len, ==, 2);
  g_assert_cmpuint (single->guests->len, ==, 1);
  g_assert_cmpstr (ferry_plan_get_guest (single, 0)->name, ==, "mail");
}

static char *
make_plan (const FerryctlSample *sample, const char *source)
{
  g_autoptr (FerryctlRun) run = ferryctl_run ("plan", source, "--to", sample->destination, NULL);

  ferryctl_run_assert (run, 0, "version", NULL);
  return ferryctl_sample_write (sample, "plan.json", run->out);
}

static void
test_check_plan (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autofree char *plan = make_plan (sample, path);
  g_autoptr (FerryctlRun) text = ferryctl_run ("check", plan, "--verify", NULL);
  g_autoptr (FerryctlRun) json = ferryctl_run ("check", plan, "--json", NULL);
  g_autoptr (JsonNode) node = parse_json (json->out);
  JsonObject *object = json_array_get_object_element (json_node_get_array (node), 0);

  ferryctl_run_assert (text, 0, plan, NULL);
  ferryctl_run_assert (json, 0, "[", NULL);
  assert_members (object, "checked blockers warnings notes checks");
  g_assert_cmpint (json_object_get_int_member (object, "blockers"), ==, 0);
  g_assert_true (ferryctl_sample_is_untouched (sample));
}

static void
test_check_blocked (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add_broken (sample, "web.ova", "web");
  g_autofree char *good = ferryctl_sample_add (sample, "good.ova", "good");
  g_autofree char *plan = make_plan (sample, path);
  g_autoptr (FerryctlRun) run = ferryctl_run ("check", plan, NULL);
  g_autoptr (FerryctlRun) source = ferryctl_run ("check", path, NULL);
  g_autoptr (FerryctlRun) both = ferryctl_run ("check", good, path, "--json", NULL);
  g_autoptr (FerryctlRun) fine = ferryctl_run ("check", good, NULL);
  g_autoptr (JsonNode) node = parse_json (both->out);

  ferryctl_run_assert (run, 1, "Blocker: web: ", NULL);
  ferryctl_run_assert (source, 1, "Blocker: web: ", NULL);
  ferryctl_run_assert (fine, 0, good, NULL);
  ferryctl_run_assert (both, 1, "[", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 2);
}

static void
test_complete_guests (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  G_GNUC_UNUSED g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "Büro & Co");
  G_GNUC_UNUSED g_autofree char *evil = ferryctl_sample_add (sample, "evil.ova",
                                                             "a\xe2\x80\xae"
                                                             "b");
  g_autoptr (FerryctlRun) run = ferryctl_run ("complete", "guests", sample->dir, NULL);
  g_autoptr (FerryctlRun) none = ferryctl_run ("complete", "guests", "/nonexistent", NULL);

  g_assert_cmpstr (run->out, ==, "Büro & Co\n");
  ferryctl_run_assert (none, 0, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/source/list", test_list);
  g_test_add_func ("/ferryctl/source/show", test_show);
  g_test_add_func ("/ferryctl/source/show-checks", test_show_checks);
  g_test_add_func ("/ferryctl/source/plan", test_plan);
  g_test_add_func ("/ferryctl/source/plan-options", test_plan_options);
  g_test_add_func ("/ferryctl/source/plan-networks", test_plan_networks);
  g_test_add_func ("/ferryctl/source/plan-several", test_plan_several);
  g_test_add_func ("/ferryctl/source/check-plan", test_check_plan);
  g_test_add_func ("/ferryctl/source/check-blocked", test_check_blocked);
  g_test_add_func ("/ferryctl/source/complete-guests", test_complete_guests);

  return g_test_run ();
}
