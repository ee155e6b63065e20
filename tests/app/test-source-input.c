/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-input.h"

static void
set_host (FerryPlanSource *source, const char *host)
{
  ferry_plan_source_clear (source);
  ferry_plan_source_init (source, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_set (&source->host, host);
}

static void
test_hosts (void)
{
  static const char *const good[] = {
    "vc",          "vc.example.com", "vc.example.com:8443", "192.0.2.7",
    "192.0.2.7:1", "[2001:db8::1]",  "[2001:db8::1]:443",   "2001:db8::1",
    " vc ",        "a-b.c1",
  };
  static const char *const bad[] = {
    "<hostname>", "vc example", "999.999.1.1", "vc:",    "vc:0",
    "vc:99999",   "-vc",        "vc..example", "vc/sdk", "[vc]",
    "[::1",       "vc\nx",      "vc;rm",       "$(id)",  "vc:8443:1",
  };
  g_auto (FerryPlanSource) source = { 0 };
  g_autofree char *longest = g_strnfill (300, 'a');
  FerrySourceField field;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      set_host (&source, good[i]);
      g_assert_null (ferry_source_input_find_problem (&source, FERRY_KIND_VMWARE, &field));
      g_assert_cmpint (field, ==, FERRY_FIELD_NONE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad) + 1; i++)
    {
      g_autofree char *problem = NULL;

      set_host (&source, i < G_N_ELEMENTS (bad) ? bad[i] : longest);
      problem = ferry_source_input_find_problem (&source, FERRY_KIND_VMWARE, &field);
      g_test_message ("%s: %s", source.host, problem);
      g_assert_nonnull (problem);
      g_assert_cmpint (field, ==, FERRY_FIELD_HOST);
    }
}

static void
test_users (void)
{
  static const struct
  {
    const char *user;
    gboolean good;
  } cases[] = {
    { "root", TRUE },       { "administrator@vsphere.local", TRUE },
    { "DOM\\joe", TRUE },   { "a.b_c-d", TRUE },
    { "joe smith", FALSE }, { "a@b@c", FALSE },
    { "@vsphere", FALSE },  { "joe@", FALSE },
    { "joe'", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FerryPlanSource) source = { 0 };
      FerrySourceField field;
      g_autofree char *problem = NULL;

      set_host (&source, "vc");
      ferry_plan_source_set (&source.user, cases[i].user);
      problem = ferry_source_input_find_problem (&source, FERRY_KIND_VMWARE, &field);
      g_assert_cmpint (problem == NULL, ==, cases[i].good);
      g_assert_cmpint (field, ==, cases[i].good ? FERRY_FIELD_NONE : FERRY_FIELD_USER);
    }
}

static void
test_uris (void)
{
  static const struct
  {
    const char *uri;
    FerryKind kind;
    gboolean good;
  } cases[] = {
    { "qemu:///system", FERRY_KIND_KVM, TRUE },
    { "qemu+ssh://root@host/system", FERRY_KIND_KVM, TRUE },
    { "vpx://user@vc/DC/esx", FERRY_KIND_KVM, TRUE },
    { "test:///default", FERRY_KIND_KVM, TRUE },
    { "xen+ssh://root@xen-03.example.com", FERRY_KIND_XEN, TRUE },
    { "xen+ssh://root@<hostname>", FERRY_KIND_XEN, FALSE },
    { "qemu:///system", FERRY_KIND_XEN, FALSE },
    { "xen:///system", FERRY_KIND_KVM, FALSE },
    { "qemu+ssh:///system", FERRY_KIND_KVM, FALSE },
    { "host.example.com", FERRY_KIND_KVM, FALSE },
    { "qemu:system", FERRY_KIND_KVM, FALSE },
    { "qemu+ssh://a b/system", FERRY_KIND_KVM, FALSE },
    { "qemu+ssh://a\tb/system", FERRY_KIND_KVM, FALSE },
    { "://", FERRY_KIND_KVM, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FerryPlanSource) source = { 0 };
      FerrySourceField field;
      g_autofree char *problem = NULL;

      ferry_plan_source_init (&source, FERRY_SOURCE_LIBVIRT);
      ferry_plan_source_set (&source.uri, cases[i].uri);
      problem = ferry_source_input_find_problem (&source, cases[i].kind, &field);
      g_test_message ("%s: %s", cases[i].uri, problem);
      g_assert_cmpint (problem == NULL, ==, cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (ferry_kind_of_source (&source), ==, cases[i].kind);
    }
}

static void
test_complete (void)
{
  g_auto (FerryPlanSource) source = { 0 };

  set_host (&source, "vc");
  g_assert_false (ferry_source_input_is_complete (&source));
  ferry_plan_source_set (&source.user, "root");
  g_assert_true (ferry_source_input_is_complete (&source));
  g_assert_true (ferry_source_input_needs_password (&source));
  source.transport = FERRY_TRANSPORT_VDDK;
  g_assert_false (ferry_source_input_is_complete (&source));
  ferry_plan_source_set (&source.vddk_dir, "/opt/vddk");
  g_assert_true (ferry_source_input_is_complete (&source));
}

static void
test_login (void)
{
  g_auto (FerryPlanSource) source = { 0 };

  g_assert_false (ferry_source_input_takes_login ("qemu+ssh://root@host/system"));
  g_assert_false (ferry_source_input_takes_login ("qemu:///system"));
  g_assert_false (ferry_source_input_takes_login (NULL));
  g_assert_true (ferry_source_input_takes_login ("qemu+TCP://host/system"));
  g_assert_true (ferry_source_input_takes_login ("qemu+tls://host/system"));
  g_assert_true (ferry_source_input_takes_login ("esx://root@host"));

  /* Without a user there is nothing to log in as, but where the address has one. */
  ferry_plan_source_init (&source, FERRY_SOURCE_LIBVIRT);
  ferry_plan_source_set (&source.uri, "qemu+tcp://host/system");
  g_assert_false (ferry_source_input_needs_password (&source));
  ferry_plan_source_set (&source.user, "ferry");
  g_assert_true (ferry_source_input_needs_password (&source));
  ferry_plan_source_set (&source.user, NULL);
  ferry_plan_source_set (&source.uri, "esx://root@host");
  g_assert_true (ferry_source_input_needs_password (&source));
}

static void
test_split (void)
{
  g_auto (FerryPlanSource) source = { 0 };

  set_host (&source, "x");
  g_assert_true (ferry_source_input_split_uri (" vpx://administrator%40vsphere.local@vc.example/"
                                               "Folder%2FDC%201/C1/esx1?no_verify=1 ",
                                               &source));
  g_assert_cmpstr (source.host, ==, "vc.example");
  g_assert_cmpstr (source.user, ==, "administrator@vsphere.local");
  g_assert_cmpstr (source.datacenter, ==, "Folder/DC 1");
  g_assert_cmpstr (source.cluster, ==, "C1");
  g_assert_cmpstr (source.esx, ==, "esx1");
  /* Never silently off. */
  g_assert_true (source.verify);

  set_host (&source, "x");
  g_assert_true (ferry_source_input_split_uri ("esx://DOM%5cjoe@[2001:db8::1]:8443", &source));
  g_assert_cmpstr (source.host, ==, "[2001:db8::1]:8443");
  g_assert_cmpstr (source.user, ==, "DOM\\joe");
  g_assert_null (source.datacenter);

  g_assert_true (ferry_source_input_split_uri ("vpx://vc:443/DC", &source));
  g_assert_cmpstr (source.host, ==, "vc");
  g_assert_cmpstr (source.datacenter, ==, "DC");
  g_assert_true (ferry_source_input_split_uri ("vpx://vc/Top/Folder/DC/esx", &source));
  g_assert_cmpstr (source.datacenter, ==, "Top/Folder");
  g_assert_cmpstr (source.cluster, ==, "DC");

  g_assert_false (ferry_source_input_split_uri ("vc.example.com", &source));
  g_assert_false (ferry_source_input_split_uri ("qemu:///system", &source));
  g_assert_false (ferry_source_input_split_uri ("vpx://", &source));
  g_assert_false (ferry_source_input_split_uri ("vpx:///DC/esx", &source));
  g_assert_false (ferry_source_input_split_uri ("vpx://%zz%00@/", &source));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source-input/hosts", test_hosts);
  g_test_add_func ("/source-input/users", test_users);
  g_test_add_func ("/source-input/uris", test_uris);
  g_test_add_func ("/source-input/complete", test_complete);
  g_test_add_func ("/source-input/login", test_login);
  g_test_add_func ("/source-input/split", test_split);

  return g_test_run ();
}
