/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-endpoint.h"
#include "ferry-error.h"
#include "ferry-source-libvirt.h"
#include "ferry-source-ova.h"
#include "ferry-source-vsphere.h"

static void
test_sources (void)
{
  static const struct
  {
    const char *word;
    FerrySourceKind kind;
    const char *text;
  } cases[] = {
    { "vsphere://root@esx1.example.com", FERRY_SOURCE_VSPHERE, "vsphere://root@esx1.example.com" },
    { "vpx://joe@vc/DC/esx1", FERRY_SOURCE_VSPHERE, "vsphere://joe@vc" },
    { "esx://root@[::1]/", FERRY_SOURCE_VSPHERE, "vsphere://root@[::1]" },
    { "qemu+ssh://root@kvm/system", FERRY_SOURCE_LIBVIRT, "qemu+ssh://root@kvm/system" },
    { "test:///default", FERRY_SOURCE_LIBVIRT, "test:///default" },
    { "/", FERRY_SOURCE_OVA, "/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryPlan) plan = ferry_plan_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].word);
      g_assert_true (ferry_endpoint_parse_source (cases[i].word, plan, &error));
      g_assert_no_error (error);
      g_assert_cmpint (plan->source.kind, ==, cases[i].kind);
      text = ferry_plan_source_to_text (&plan->source);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_bad_sources (void)
{
  static const char *const words[] = {
    "", "vsphere://", "vsphere://<hostname>", "vpx://vc\x07/DC", "qemu+ssh://root@<hostname>/system",
    "qemu://ho st/system", "xen+ssh://root:secret@host", "/nonexistent/guest.ova",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (FerryPlan) plan = ferry_plan_new ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", words[i]);
      g_assert_false (ferry_endpoint_parse_source (words[i], plan, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == FERRY_ERROR);
    }
}

static void
test_open (void)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerrySource) source = NULL;

  g_assert_true (ferry_endpoint_parse_source ("vsphere://joe@vc", plan, &error));
  source = ferry_endpoint_open_source (plan, &error);
  g_assert_no_error (error);
  g_assert_true (FERRY_IS_VSPHERE_SOURCE (source));
  g_clear_object (&source);

  g_assert_true (ferry_endpoint_parse_source ("qemu:///system", plan, &error));
  source = ferry_endpoint_open_source (plan, &error);
  g_assert_no_error (error);
  g_assert_true (FERRY_IS_LIBVIRT_SOURCE (source));
}

/* A plan that somebody has written by hand. */
static void
test_open_bad (void)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_auto (FerryPlanSource) bad = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerrySource) source = NULL;

  ferry_plan_source_init (&bad, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_set (&bad.host, "vc/../x?");
  ferry_plan_source_set (&bad.user, "joe");
  ferry_plan_set_source (plan, &bad);
  source = ferry_endpoint_open_source (plan, &error);
  g_assert_null (source);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/sources", test_sources);
  g_test_add_func ("/endpoint/bad-sources", test_bad_sources);
  g_test_add_func ("/endpoint/open", test_open);
  g_test_add_func ("/endpoint/open-bad", test_open_bad);

  return g_test_run ();
}
