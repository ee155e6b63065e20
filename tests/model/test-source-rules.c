/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-source-rules.h"

#include <string.h>

typedef char *(*Check) (const char *text);

/* @word: NULL: nothing is wrong */
typedef struct
{
  const char *text;
  const char *word;
} Case;

static void
run (Check check, const Case *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *problem = check (cases[i].text);

      if ((problem != NULL) != (cases[i].word != NULL))
        g_error ("‘%s’: %s", cases[i].text, problem);
      if (cases[i].word != NULL && strstr (problem, cases[i].word) == NULL)
        g_error ("‘%s’: %s", cases[i].text, problem);
    }
}

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

static void
test_host (void)
{
  static const Case cases[] = {
    { "vc.example", NULL },
    { " vc ", NULL },
    { "a-b.c-d.example", NULL },
    { "3com.example", NULL },
    { "10.0.0.1", NULL },
    { "10.0.0.1:8443", NULL },
    { "vc:1", NULL },
    { "vc:65535", NULL },
    { "::1", NULL },
    { "[::1]", NULL },
    { "[2001:db8::1]:443", NULL },
    { NULL, "Enter" },
    { "  ", "Enter" },
    { "<hostname>", "<…>" },
    { "vc.<domain>", "<…>" },
    { "https://vc.example", "https" },
    { "vc:0", "65535" },
    { "vc:65536", "65535" },
    { "vc:", "65535" },
    { "vc:x", "65535" },
    { ":443", "65535" },
    { "[::1]:x", "65535" },
    { "10.0.0.300", "neither" },
    { "999.999.1.1", "neither" },
    { "10.0.0", "neither" },
    { "[vc]", "neither" },
    { "[10.0.0.1]", "neither" },
    { "[::1", "neither" },
    { "vc..example", "neither" },
    { ".vc", "neither" },
    { "vc.", "neither" },
    { "-vc", "neither" },
    { "vc-", "neither" },
    { "v c", "neither" },
    { "vc/sdk", "neither" },
    { "joe@vc", "neither" },
    { "v_c", "neither" },
    { "vc;rm -rf", "neither" },
    { "$(id)", "neither" },
    { "b\xc3\xbc.example", "neither" },
    { "v\nc", "control" },
    { "v\x7f"
      "c",
      "control" },
    { "v\xc2\x85"
      "c",
      "control" },
    { "v\xff"
      "c",
      "UTF-8" },
  };
  g_autofree char *long_label = repeat ("a", 64);
  g_autofree char *label = repeat ("a", 63);
  g_autofree char *too_long = repeat ("a.", 150);
  g_autofree char *name = g_strconcat (too_long, "b", NULL);
  const Case lengths[] = {
    { label, NULL },
    { long_label, "neither" },
    { name, "255" },
  };

  run (ferry_source_check_host, cases, G_N_ELEMENTS (cases));
  run (ferry_source_check_host, lengths, G_N_ELEMENTS (lengths));
}

static void
test_user (void)
{
  static const Case cases[] = {
    { "root", NULL },         { " administrator@vsphere.local ", NULL },
    { "DOM\\joe.doe", NULL }, { "a_b-c.d", NULL },
    { "", "Enter" },          { NULL, "Enter" },
    { "joe doe", "letters" }, { "joe@", "letters" },
    { "@x", "letters" },      { "joe@a@b", "letters" },
    { "a\\b\\c", "letters" }, { "joe;id", "letters" },
    { "joe\n", NULL }, /* what is around it is cut off */
    { "joe\nx", "letters" },  { "j\xc3\xb6", "letters" },
    { "'joe'", "letters" },
  };
  g_autofree char *long_user = repeat ("a", 300);
  const Case lengths[] = { { long_user, "255" } };

  run (ferry_source_check_user, cases, G_N_ELEMENTS (cases));
  run (ferry_source_check_user, lengths, G_N_ELEMENTS (lengths));
}

static void
test_libvirt_uri (void)
{
  static const Case cases[] = {
    { "qemu:///system", NULL },
    { "qemu:///session", NULL },
    { " qemu+ssh://root@kvm.example/system ", NULL },
    { "qemu+ssh://root@kvm:2222/system?keyfile=/k&no_verify=1", NULL },
    { "qemu+tcp://[2001:db8::1]/system", NULL },
    { "qemu+tls://10.0.0.1:16514/system", NULL },
    { "qemu+unix:///system?socket=/run/x", NULL },
    { "xen+ssh://root@xen.example/", NULL },
    { "xen+ssh://root@xen.example", NULL },
    { "test:///default", NULL },
    { "vpx://administrator%40vsphere.local@vc/DC/C/esx?no_verify=1", NULL },
    { "esx://root@esx/", NULL },
    { "future+carrier://x/y", NULL },
    { "", "Enter" },
    { "xen+ssh://root@<hostname>", "<…>" },
    { "qemu+ssh:///system", "missing" },
    { "vpx:///DC", "missing" },
    { "qemu+tls://root@/system", "missing" },
    { "qemu", "no address" },
    { "qemu:system", "no address" },
    { "/system", "no address" },
    { "+ssh://x/", "no address" },
    { "qemu+ssh://root@kvm/sys tem", "no address" },
    { "qemu+ssh://root@kvm:99999/system", "no address" },
    { "qemu+ssh://root@kvm:x/system", "no address" },
    { "qemu+ssh://root@kvm/%zz", "no address" },
    { "qemu+ssh://root:secret@kvm/system", "password" },
    { "qemu+ssh://root@-x-/system", "neither" },
    { "qemu+ssh://root@kvm;id/system", "neither" },
    { "qemu+ssh://root@$(id)/system", "neither" },
    { "qemu+ssh://root@10.0.0.300/system", "neither" },
    { "qemu+ssh://root@kvm/sys\ntem", "control" },
    { "qemu+ssh://root@kvm/sys%0atem", "control" },
    { "qemu+ssh://root@kvm/sys%00tem", "control" },
    { "qemu+ssh://root@kvm/sys%7Ftem", "control" },
    { "qemu+ssh://root@kvm/\xff", "UTF-8" },
  };
  g_autofree char *path = repeat ("a", 2040);
  g_autofree char *uri = g_strconcat ("test:///", path, NULL);
  g_autofree char *too_long = g_strconcat (uri, "a", NULL);
  g_autofree char *host = repeat ("a.", 150);
  g_autofree char *long_host = g_strconcat ("qemu+ssh://", host, "b/system", NULL);
  const Case lengths[] = { { uri, NULL }, { too_long, "2048" }, { long_host, "neither" } };

  run (ferry_source_check_libvirt_uri, cases, G_N_ELEMENTS (cases));
  run (ferry_source_check_libvirt_uri, lengths, G_N_ELEMENTS (lengths));
}

static void
test_names_and_folders (void)
{
  static const Case names[] = {
    { "", NULL },
    { NULL, NULL },
    { "Folder/DC 1", NULL },
    { "D\xc3\xbcsseldorf <1>", NULL },
    { "DC\t1", "control" },
    { "DC\xff", "UTF-8" },
  };
  static const Case folders[] = {
    { "/opt/vmware-vix-disklib-distrib", NULL },
    { "", "beginning" },
    { NULL, "beginning" },
    { "opt", "beginning" },
    { "/opt/a\nb", "control" },
  };

  run (ferry_source_check_inventory, names, G_N_ELEMENTS (names));
  run (ferry_source_check_vddk_dir, folders, G_N_ELEMENTS (folders));
}

static void
assert_problem (const FerryPlanSource *source, const char *word)
{
  g_autofree char *problem = ferry_source_check (source);

  if (word == NULL)
    g_assert_null (problem);
  else
    g_assert_nonnull (strstr (problem, word));
}

static void
test_source (void)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autoptr (FerryPlanSource) libvirt = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  g_autoptr (FerryPlanSource) ova = ferry_plan_source_new (FERRY_SOURCE_OVA);

  assert_problem (source, "server");
  ferry_plan_source_set (&source->host, "vc");
  assert_problem (source, "user name");
  ferry_plan_source_set (&source->user, "joe");
  assert_problem (source, NULL);
  ferry_plan_source_set (&source->datacenter, "a\tb");
  assert_problem (source, "control");
  ferry_plan_source_set (&source->datacenter, NULL);
  source->transport = FERRY_TRANSPORT_VDDK;
  assert_problem (source, "VDDK");
  ferry_plan_source_set (&source->vddk_dir, "/opt/vddk");
  assert_problem (source, NULL);
  ferry_plan_source_set (&source->ssh_user, "a b");
  assert_problem (source, "letters");
  assert_problem (libvirt, "Enter");
  ferry_plan_source_set (&libvirt->uri, "qemu:///system");
  assert_problem (libvirt, NULL);
  assert_problem (ova, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-rules/host", test_host);
  g_test_add_func ("/source-rules/user", test_user);
  g_test_add_func ("/source-rules/libvirt-uri", test_libvirt_uri);
  g_test_add_func ("/source-rules/names-and-folders", test_names_and_folders);
  g_test_add_func ("/source-rules/source", test_source);

  return g_test_run ();
}
