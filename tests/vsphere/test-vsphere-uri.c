/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-vsphere-address.h"
#include "ferry-vsphere-uri.h"

/* --- what libvirt calls a source --- */

typedef struct
{
  const char *host, *user, *datacenter, *cluster, *esx;
  gboolean verify;
  const char *uri;
} Written;

static const Written written[] = {
  { "vc.example", "administrator@vsphere.local", "Folder/DC 1", "C1", "esx1", FALSE,
    "vpx://administrator%40vsphere.local@vc.example/Folder%2FDC%201/C1/esx1?no_verify=1" },
  { "vc.example", "DOM\\joe", "DC", NULL, "esx1", TRUE, "vpx://DOM%5cjoe@vc.example/DC/esx1" },
  { " vc.example ", " joe ", " DC ", NULL, NULL, TRUE, "vpx://joe@vc.example/DC" },
  { "esx.example", "root", NULL, NULL, NULL, TRUE, "esx://root@esx.example/" },
  { "esx.example", "root", NULL, NULL, NULL, FALSE, "esx://root@esx.example/?no_verify=1" },
  { "2001:db8::1", "root", NULL, NULL, NULL, TRUE, "esx://root@[2001:db8::1]/" },
  { "[2001:db8::1]:8443", NULL, NULL, NULL, NULL, TRUE, "esx://[2001:db8::1]:8443/" },
  { "10.0.0.1:8443", "root", "D&C'(1)!*~", "ü", "e?#", TRUE,
    "vpx://root@10.0.0.1:8443/D%26C'(1)!*~/%C3%BC/e%3F%23" },
};

static void
test_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
      g_autofree char *uri = NULL;

      ferry_plan_source_set (&source->host, written[i].host);
      ferry_plan_source_set (&source->user, written[i].user);
      ferry_plan_source_set (&source->datacenter, written[i].datacenter);
      ferry_plan_source_set (&source->cluster, written[i].cluster);
      ferry_plan_source_set (&source->esx, written[i].esx);
      source->verify = written[i].verify;
      uri = ferry_vsphere_dup_libvirt_uri (source);
      g_assert_cmpstr (uri, ==, written[i].uri);
    }
}

/* --- what somebody pastes --- */

typedef struct
{
  const char *uri;
  const char *host, *user, *datacenter, *cluster, *esx;
  gboolean verify;
} Pasted;

static const Pasted pasted[] = {
  { "vsphere://vc.example", "vc.example", NULL, NULL, NULL, NULL, TRUE },
  { " vsphere://joe@vc.example/ ", "vc.example", "joe", NULL, NULL, NULL, TRUE },
  { "vsphere://administrator@vsphere.local@vc.example", "vc.example", "administrator@vsphere.local",
    NULL, NULL, NULL, TRUE },
  { "VSPHERE://administrator%40vsphere.local@vc.example:8443/DC", "vc.example:8443",
    "administrator@vsphere.local", "DC", NULL, NULL, TRUE },
  { "vpx://DOM%5cjoe@vc/DC%201/esx1?no_verify=1", "vc", "DOM\\joe", "DC 1", NULL, "esx1", FALSE },
  { "vpx://joe@vc/DC/C/esx1?no_verify=0", "vc", "joe", "DC", "C", "esx1", TRUE },
  { "vpx://joe@vc/Folder%2FDC/C/esx1?auto_answer=1&no_verify=1", "vc", "joe", "Folder/DC", "C",
    "esx1", FALSE },
  { "vpx://joe@vc/F/DC/C/esx1", "vc", "joe", "F/DC", "C", "esx1", TRUE },
  { "esx://root@[2001:db8::1]/?no_verify=1", "[2001:db8::1]", "root", NULL, NULL, NULL, FALSE },
  { "esx://root@10.0.0.1/ignored", "10.0.0.1", "root", NULL, NULL, NULL, TRUE },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pasted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlanSource) source = ferry_vsphere_parse_uri (pasted[i].uri, &error);

      g_assert_no_error (error);
      g_assert_cmpint (source->kind, ==, FERRY_SOURCE_VSPHERE);
      g_assert_cmpstr (source->host, ==, pasted[i].host);
      g_assert_cmpstr (source->user, ==, pasted[i].user);
      g_assert_cmpstr (source->datacenter, ==, pasted[i].datacenter);
      g_assert_cmpstr (source->cluster, ==, pasted[i].cluster);
      g_assert_cmpstr (source->esx, ==, pasted[i].esx);
      g_assert_cmpint (source->verify, ==, pasted[i].verify);
    }
}

static void
test_way_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (FerryPlanSource) source = ferry_vsphere_parse_uri (written[i].uri, NULL);
      g_autofree char *uri = NULL;

      g_assert_nonnull (source);
      uri = ferry_vsphere_dup_libvirt_uri (source);
      g_assert_cmpstr (uri, ==, written[i].uri);
    }
}

static void
test_refuse (void)
{
  static const char *const refused[] = {
    "",
    "vsphere://",
    "vsphere:///DC",
    "vpx://joe:secret@vc/DC/esx1",
    "vpx://joe@<hostname>/DC/esx1",
    "vpx://joe@vc/DC%0Aevil/esx1",
    "vpx://joe@vc/DC%00/esx1",
    "vpx://joe@vc/DC\nevil",
    "vpx://joe@vc/DC%ff/esx1",
    "vpx://j%20oe@vc/DC",
    "vpx://joe@vc:99999/DC",
    "vpx://joe@vc:/DC/%zz",
    "https://vc/sdk",
    "qemu:///system",
    "vsphere",
    "vpx://joe@-vc-/DC",
    "vpx://joe@10.0.0.300/DC",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlanSource) source = ferry_vsphere_parse_uri (refused[i], &error);

      if (source != NULL)
        g_error ("‘%s’ was taken", refused[i]);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

/* --- addresses and names --- */

static void
test_address (void)
{
  static const char *const addresses[][4] = {
    { "vc.example", "vc.example", "vc.example", "vc.example:443" },
    { "vc.example:443", "vc.example", "vc.example", "vc.example:443" },
    { " vc:8443 ", "vc", "vc:8443", "vc:8443" },
    { "::1", "::1", "[::1]", "[::1]:443" },
    { "[::1]", "::1", "[::1]", "[::1]:443" },
    { "[fe80::1]:8443", "fe80::1", "[fe80::1]:8443", "[fe80::1]:8443" },
    { "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1:443" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (FerryVsphereAddress) address = ferry_vsphere_address_parse (addresses[i][0], NULL);

      g_assert_nonnull (address);
      g_assert_cmpstr (address->host, ==, addresses[i][1]);
      g_assert_cmpstr (address->authority, ==, addresses[i][2]);
      g_assert_cmpstr (address->trust, ==, addresses[i][3]);
    }
  g_assert_null (ferry_vsphere_address_parse (NULL, NULL));
  g_assert_null (ferry_vsphere_address_parse ("a b", NULL));
}

static void
test_names (void)
{
  static const char *const names[][2] = {
    { "plain", "plain" },         { "50%25", "50%" }, { "a%2fb%5Cc", "a/b\\c" }, { "%2525", "%25" },
    { "%20 %zz %", "%20 %zz %" }, { "%2", "%2" },     { "😀%2F", "😀/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = ferry_vsphere_name_unescape (names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vsphere-uri/write", test_write);
  g_test_add_func ("/vsphere-uri/parse", test_parse);
  g_test_add_func ("/vsphere-uri/way-back", test_way_back);
  g_test_add_func ("/vsphere-uri/refuse", test_refuse);
  g_test_add_func ("/vsphere-uri/address", test_address);
  g_test_add_func ("/vsphere-uri/names", test_names);

  return g_test_run ();
}
