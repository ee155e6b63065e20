/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-os.h"

/* What is guessed is told by libosinfo's database, which is newer on other computers: ids are compared
 * with those that every database since 2022 has, and newer ones are asked for by their beginning. */

typedef struct
{
  const char *os_id;
  const char *os;
  const char *expected; /* "rhel8*" is any that begins so */
} Case;

static const Case cases[] = {
  /* VMware's */
  { "windows2019srvNext_64Guest", NULL, "win2k22" },
  { "windows2019srv_64Guest", NULL, "win2k19" },
  { "windows2022srvNext_64Guest", NULL, "win2k25" },
  { "windows9Server64Guest", "Microsoft Windows Server 2016 or later (64-bit)", "win2k16" },
  { "windows9_64Guest", NULL, "win10" },
  { "windows8Server64Guest", NULL, "win2k12" },
  { "windows7Server64Guest", NULL, "win2k8r2" },
  { "windows11_64Guest", NULL, "win11" },
  { "winNetEnterpriseGuest", NULL, "win2k3" },
  { "winXPProGuest", NULL, "winxp" },
  { "rhel8_64Guest", NULL, "rhel8*" },
  { "rhel8_64Guest", "Red Hat Enterprise Linux 8.4 (Ootpa)", "rhel8.4" },
  { "debian11_64Guest", NULL, "debian11" },
  { "debian12_64Guest", "Debian GNU/Linux 12 (64-bit)", "debian12" },
  { "ubuntu64Guest", NULL, NULL },
  { "ubuntu64Guest", "Ubuntu Linux (64-bit)", NULL },
  { "ubuntu64Guest", "Ubuntu 22.04.3 LTS", "ubuntu22.04" },
  { "centos7_64Guest", NULL, "centos7.0" },
  { "centos64Guest", "CentOS 4/5 or later (64-bit)", NULL },
  { "sles15_64Guest", NULL, "sle15" },
  { "sles12_64Guest", "SUSE Linux Enterprise 12 (64-bit)", "sles12" },
  { "oracleLinux8_64Guest", NULL, "ol8*" },
  { "freebsd13_64Guest", NULL, "freebsd13*" },
  { "freebsd64Guest", "FreeBSD Pre-11 versions (64-bit)", NULL },
  { "rockylinux_64Guest", "Rocky Linux (64-bit)", "rocky*" },
  { "other5xLinux64Guest", "Other 5.x Linux (64-bit)", NULL },
  { "otherGuest", "Other (32-bit)", NULL },
  { "DEBIAN11_64GUEST", NULL, "debian11" },
  /* CIM's */
  { "cim:67", NULL, "winxp" },
  { "cim:69", NULL, "win2k3" },
  { "cim:76", NULL, "win2k8" },
  { "cim:103", NULL, "win2k8r2" },
  { "cim:105", NULL, "win7" },
  { "cim:113", NULL, "win2k12" },
  { "cim:116", NULL, "win2k12r2" },
  { "cim:117", NULL, "win2k16" },
  { "cim:119", NULL, "win8.1" },
  { "cim:121", NULL, "win10" },
  { "cim:122", NULL, "win2k19" },
  { "cim:122", "Our billing server", "win2k19" },
  { "cim:80", NULL, "rhel-unknown" },
  { "cim:96", NULL, NULL },
  { "cim:96", "Debian GNU/Linux 10 (64-bit)", "debian10" },
  { "cim:94", "Ubuntu 20.04 LTS", "ubuntu20.04" },
  { "cim:101", NULL, NULL },
  { "cim:", NULL, NULL },
  { "cim:99999999999999999999", NULL, NULL },
  /* VirtualBox's */
  { "Debian11_64", NULL, "debian11" },
  { "Windows2019_64", NULL, "win2k19" },
  { "Windows81_64", NULL, "win8.1" },
  { "WindowsXP", NULL, "winxp" },
  { "Ubuntu_64", NULL, NULL },
  { "RedHat7_64", NULL, "rhel7*" },
  /* libosinfo's, in libvirt's domains */
  { "http://debian.org/debian/11", "Debian GNU/Linux 11", "debian11" },
  { "http://microsoft.com/win/2k19", NULL, "win2k19" },
  { "http://debian.org/debian/77", NULL, "debian77" },
  { "http://ubuntu.com/ubuntu/77.04", NULL, "ubuntu77.04" },
  { "http://ubuntu.com/ubuntu/", NULL, NULL },
  { "http://debian.org/debian/7'><evil/>", NULL, NULL },
  { "http://", NULL, NULL },
  { "http://example.com/os/1", "Debian 11", NULL },
  /* for people only */
  { NULL, "Microsoft Windows Server 2019 (64-bit)", "win2k19" },
  { NULL, "Microsoft Windows Server 2012 R2 Datacenter", "win2k12r2" },
  { NULL, "Microsoft Windows 8.1 (64-bit)", "win8.1" },
  { NULL, "Windows 10 Enterprise", "win10" },
  { NULL, "Windows", NULL },
  { NULL, "CentOS Linux release 7.9.2009 (Core)", "centos7.0" },
  { NULL, "CentOS Stream 9", "centos-stream9" },
  { NULL, "SUSE Linux Enterprise Server 12 SP5", "sles12sp5" },
  { NULL, "SUSE Linux Enterprise Server 15 SP4", "sle15sp4" },
  { NULL, "Fedora Linux 36 (Server Edition)", "fedora36" },
  { NULL, "Red Hat Enterprise Linux 8 or 9", "rhel-unknown" },
  { NULL, "Linux 2.6.x kernel", NULL },
  { NULL, "edubuntu 22.04", NULL },
  { NULL, "Debian 999999999999999999999999", "debian999999999999999999999999" },
  { NULL, "(64-bit)", NULL },
  { "", "", NULL },
  { NULL, NULL, NULL },
};

static gboolean
is_expected (const char *id, const char *expected)
{
  if (id == NULL || expected == NULL)
    return id == expected;

  return g_pattern_match_simple (expected, id);
}

static gboolean
has_database (void)
{
  if (ferry_os_list ()->len > 0)
    return TRUE;
  g_test_skip ("osinfo-db is not installed");

  return FALSE;
}

static void
test_guess (void)
{
  if (!has_database ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryGuest) guest = ferry_guest_new ("1", "web");
      g_autofree char *id = NULL;

      guest->os_id = g_strdup (cases[i].os_id);
      guest->os = g_strdup (cases[i].os);
      id = ferry_os_guess (guest);
      if (!is_expected (id, cases[i].expected))
        g_error ("%s, %s: %s, not %s", cases[i].os_id, cases[i].os, id, cases[i].expected);
    }
}

static void
test_list (void)
{
  GPtrArray *list = ferry_os_list ();
  const FerryOs *os;

  if (!has_database ())
    return;
  g_assert_true (list == ferry_os_list ());
  for (guint i = 0; i < list->len; i++)
    {
      os = g_ptr_array_index (list, i);
      g_assert_true (ferry_os_find (os->id) == os);
      g_assert_cmpstr (os->name, !=, "");
      g_assert_cmpstr (os->family, !=, "");
    }
  os = ferry_os_find ("debian11");
  g_assert_cmpstr (os->family, ==, "linux");
  g_assert_cmpstr (ferry_os_find ("win2k19")->family, ==, "windows");
  g_assert_cmpstr (ferry_os_find ("freebsd13.0")->family, ==, "bsd");
  g_assert_true (ferry_os_find ("debianbullseye") == os);
  g_assert_null (ferry_os_find ("debian 11"));
  g_assert_null (ferry_os_find (NULL));
}

/* Debian 9 before 10, 10 before 11. */
static void
test_order (void)
{
  GPtrArray *list = ferry_os_list ();
  guint at[3] = { 0 };
  static const char *const ids[] = { "debian9", "debian10", "debian11" };

  if (!has_database ())
    return;
  for (guint i = 0; i < list->len; i++)
    for (guint j = 0; j < 3; j++)
      if (g_str_equal (((FerryOs *) g_ptr_array_index (list, i))->id, ids[j]))
        at[j] = i;
  g_assert_cmpuint (at[0], <, at[1]);
  g_assert_cmpuint (at[1], <, at[2]);
}

static const struct
{
  const char *id;
  const char *uri;
} uris[] = {
  { "debian11", "http://debian.org/debian/11" },
  { "debian77", "http://debian.org/debian/77" },
  { "win2k25", "http://microsoft.com/win/2k25" },
  { "rhel8.99", "http://redhat.com/rhel/8.99" },
  { "win2k19", "http://microsoft.com/win/2k19" },
  { "debian'/>", NULL },
  { "debian1'/>", NULL },
  { "debian", NULL },
  { "haiku", NULL },
  { "", NULL },
};

static void
test_uris (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autofree char *uri = ferry_os_dup_uri (uris[i].id);

      g_assert_cmpstr (uri, ==, uris[i].uri);
    }
}

static gpointer
guess_in_thread (gpointer data)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("1", "web");

  guest->os_id = g_strdup ("debian11_64Guest");

  return ferry_os_guess (guest);
}

/* In a process of its own, where nobody has read the database yet. */
static void
test_threads (void)
{
  GThread *threads[8];

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("guess", guess_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *id = g_thread_join (threads[i]);

      g_assert_cmpstr (id, ==, "debian11");
    }
}

static void
test_no_database (void)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("1", "web");
  g_autofree char *id = NULL;
  g_autofree char *uri = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("OSINFO_SYSTEM_DIR", "/nonexistent", TRUE);
  g_setenv ("OSINFO_LOCAL_DIR", "/nonexistent", TRUE);
  g_setenv ("OSINFO_USER_DIR", "/nonexistent", TRUE);
  g_assert_cmpuint (ferry_os_list ()->len, ==, 0);
  g_assert_null (ferry_os_find ("debian11"));
  guest->os_id = g_strdup ("debian11_64Guest");
  id = ferry_os_guess (guest);
  g_assert_cmpstr (id, ==, "debian11");
  uri = ferry_os_dup_uri (id);
  g_assert_cmpstr (uri, ==, "http://debian.org/debian/11");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/os/guess", test_guess);
  g_test_add_func ("/os/list", test_list);
  g_test_add_func ("/os/order", test_order);
  g_test_add_func ("/os/uris", test_uris);
  g_test_add_func ("/os/threads", test_threads);
  g_test_add_func ("/os/no-database", test_no_database);

  return g_test_run ();
}
