/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-plan.h"

#include <string.h>

static FerryPlanSource *
make_vsphere (void)
{
  FerryPlanSource *source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);

  ferry_plan_source_set (&source->host, " vc.example.com ");
  ferry_plan_source_set (&source->user, "administrator@vsphere.local");
  ferry_plan_source_set (&source->cluster, "");
  ferry_plan_source_set (&source->provider, "5a3c9a1e-0000-4000-8000-1234567890ab");
  source->transport = FERRY_TRANSPORT_VDDK;
  ferry_plan_source_set (&source->vddk_dir, "/opt/vddk");
  ferry_plan_source_set_password (&source->password, "top secret");
  ferry_plan_source_set_password (&source->ssh_password, "top secret too");

  return source;
}

static void
test_texts (void)
{
  g_autoptr (FerryPlanSource) source = make_vsphere ();
  g_autofree char *text = ferry_plan_source_to_text (source);

  g_assert_cmpstr (source->host, ==, "vc.example.com");
  g_assert_null (source->cluster);
  g_assert_cmpstr (text, ==, "vsphere://administrator%40vsphere.local@vc.example.com");
}

/* Whatever is written of a plan or copied from it: the passwords go with copies, and nowhere else. */
static void
test_passwords (void)
{
  g_autoptr (FerryPlanSource) source = make_vsphere ();
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryPlan) copy = NULL;
  g_autofree char *text = NULL;

  ferry_plan_set_source (plan, source);
  ferry_plan_set_folder_destination (plan, "/srv");
  copy = ferry_plan_copy (plan);
  g_assert_cmpstr (copy->source.password, ==, "top secret");
  g_assert_cmpstr (copy->source.ssh_password, ==, "top secret too");

  text = ferry_plan_to_text (copy);
  g_assert_null (strstr (text, "secret"));
  g_assert_null (strstr (text, "password"));
}

static void
test_round_trip (void)
{
  g_autoptr (FerryPlanSource) source = make_vsphere ();
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryPlan) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  source->verify = FALSE;
  ferry_plan_set_source (plan, source);
  ferry_plan_set_folder_destination (plan, "/srv");
  text = ferry_plan_to_text (plan);
  back = ferry_plan_from_text (text, -1, &error);
  g_assert_no_error (error);
  again = ferry_plan_to_text (back);

  g_assert_cmpstr (again, ==, text);
  g_assert_true (ferry_plan_source_is_same (source, &back->source));
  g_assert_false (back->source.verify);
  g_assert_cmpint (back->source.transport, ==, FERRY_TRANSPORT_VDDK);
}

static void
test_is_same (void)
{
  g_autoptr (FerryPlanSource) a = make_vsphere ();
  g_autoptr (FerryPlanSource) b = make_vsphere ();

  ferry_plan_source_set_password (&b->password, NULL);
  g_assert_true (ferry_plan_source_is_same (a, b));
  ferry_plan_source_set (&b->esx, "esx1");
  g_assert_false (ferry_plan_source_is_same (a, b));
}

static void
test_bad (void)
{
  static const struct
  {
    const char *json;
    const char *message;
  } cases[] = {
    { "{\"kind\":\"vsphere\"}", "host is missing." },
    { "{\"kind\":\"vsphere\",\"host\":\"\"}", "host must not be empty." },
    { "{\"kind\":\"vsphere\",\"host\":\"a\\u0007b\"}", "host must not contain control characters." },
    { "{\"kind\":\"libvirt\",\"uri\":\"a\\nb\"}", "uri must not contain control characters." },
    { "{\"kind\":\"vsphere\",\"host\":\"vc\",\"transport\":\"fax\"}",
      "transport must be one of these words: https, vddk, ssh, nfc." },
    { "{\"kind\":\"libvirt\"}", "uri is missing." },
    { "{\"kind\":\"libvirt\",\"uri\":7}", "uri must be a text." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FerryPlanSource) source = { 0 };
      g_autoptr (JsonNode) node = ferry_json_parse (cases[i].json, -1, NULL);
      g_autoptr (GError) error = NULL;

      ferry_plan_source_init (&source, FERRY_SOURCE_OVA);
      g_assert_false (
          ferry_plan_source_read_json (json_node_get_object (node), &source, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-source/texts", test_texts);
  g_test_add_func ("/plan-source/passwords", test_passwords);
  g_test_add_func ("/plan-source/round-trip", test_round_trip);
  g_test_add_func ("/plan-source/is-same", test_is_same);
  g_test_add_func ("/plan-source/bad", test_bad);

  return g_test_run ();
}
