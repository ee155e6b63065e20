/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-uri.h"

#include "ferry-error.h"
#include "ferry-libvirt-reason.h"
#include "ferry-libvirt-ssh.h"

#include <string.h>

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *driver, *transport, *user, *host;
    int port;
    gboolean is_local;
  } cases[] = {
    { "qemu:///system", "qemu", NULL, NULL, NULL, -1, TRUE },
    { "qemu+unix:///system?socket=/run/x", "qemu", "unix", NULL, NULL, -1, FALSE },
    { "test:///tmp/a b.xml", "test", NULL, NULL, NULL, -1, TRUE },
    { "qemu+ssh://root@kvm1.example.org:2222/system?keyfile=/k", "qemu", "ssh", "root",
      "kvm1.example.org", 2222, FALSE },
    { "xen+ssh://root@[fe80::1%25eth0]", "xen", "ssh", "root", "fe80::1%eth0", -1, FALSE },
    { "qemu+tls://h/system?no_verify=1", "qemu", "tls", NULL, "h", -1, FALSE },
    { "qemu://h/system", "qemu", NULL, NULL, "h", -1, FALSE },
    { "vpx://administrator%40vsphere.local@vc/DC0/C0/h?no_verify=1", "vpx", NULL,
      "administrator@vsphere.local", "vc", -1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_no_error (error);
      g_assert_cmpstr (uri->driver, ==, cases[i].driver);
      g_assert_cmpstr (uri->transport, ==, cases[i].transport);
      g_assert_cmpstr (uri->user, ==, cases[i].user);
      g_assert_cmpstr (uri->host, ==, cases[i].host);
      g_assert_cmpint (uri->port, ==, cases[i].port);
      g_assert_cmpint (ferry_libvirt_uri_is_local (uri), ==, cases[i].is_local);
    }
}

static void
test_bad (void)
{
  g_autofree char *long_host = g_strnfill (300, 'h');
  g_autofree char *long_uri = g_strdup_printf ("qemu+ssh://%s/system", long_host);
  g_autofree char *long_path_text = g_strnfill (5000, 'p');
  g_autofree char *long_path = g_strdup_printf ("qemu:///%s", long_path_text);
  const char *cases[] = {
    "",
    "qemu",
    "qemu:",
    "://",
    "/etc/passwd",
    "qemu+ssh://<hostname>/system",
    "xen+ssh://root@<hostname>",
    "qemu+ssh:///system",
    "qemu+ssh://-oProxyCommand=id/system",
    "qemu+ssh://-oProxyCommand=id@h/system",
    "qemu+ssh://a;b/system",
    "qemu+ssh://$(id)@h/system",
    "qemu+ssh://root:secret@h/system",
    "qemu+ssh://h\n/system",
    "qemu:///sys\ttem",
    "qemu+ext:///system?command=/bin/true",
    "qemu+ssh://h:99999999/system",
    "\xff\xfe://h/x",
    long_uri,
    long_path,
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = ferry_libvirt_uri_complete (cases[i], NULL, TRUE, &error);

      g_test_message ("case %u", i);
      g_assert_null (text);
      g_assert_true (error->domain == FERRY_ERROR);
      g_assert_null (strstr (error->message, "secret"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_complete (void)
{
  static const struct
  {
    const char *text, *user, *complete;
  } cases[] = {
    { "qemu:///system", "me", "qemu:///system" },
    { "qemu+tcp://h/system?command=/x", NULL, "qemu+tcp://h/system?command=/x" },
    { "qemu+ssh://h/system", NULL, "qemu+ssh://h/system?command=/lib%20x/ferry-ssh" },
    { "qemu+ssh://h/system", "me@corp", "qemu+ssh://me%40corp@h/system?command=/lib%20x/ferry-ssh" },
    { "qemu+ssh://root@h/system", "me", "qemu+ssh://root@h/system?command=/lib%20x/ferry-ssh" },
    { "xen+ssh://root@h", NULL, "xen+ssh://root@h?command=/lib%20x/ferry-ssh" },
    { "qemu+ssh://h/system?keyfile=/k&COMMAND=/bin/evil;command=/y&no_verify=1", NULL,
      "qemu+ssh://h/system?command=/lib%20x/ferry-ssh&keyfile=/k&no_verify=1" },
  };

  g_setenv ("FERRY_LIBEXECDIR", "/lib x", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = ferry_libvirt_uri_complete (cases[i].text, cases[i].user, TRUE, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].complete);
    }
}

static void
test_unverified (void)
{
  static const struct
  {
    const char *text, *complete;
    gboolean is_unverified;
  } cases[] = {
    { "qemu+tls://h/system", "qemu+tls://h/system?no_verify=1", FALSE },
    { "qemu://h/system?pkipath=/p", "qemu://h/system?pkipath=/p&no_verify=1", FALSE },
    { "qemu+tls://h/system?no_verify=1", "qemu+tls://h/system?no_verify=1", TRUE },
    { "qemu+tls://h/system?no_verify=0", "qemu+tls://h/system?no_verify=0", FALSE },
    { "qemu+tcp://h/system", "qemu+tcp://h/system", FALSE },
    { "qemu:///system", "qemu:///system", FALSE },
    { "qemu+ssh://h/system?no_verify=1", "qemu+ssh://h/system?command=/l/ferry-ssh&no_verify=1",
      FALSE },
  };

  g_setenv ("FERRY_LIBEXECDIR", "/l", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (cases[i].text, NULL);
      g_autofree char *text = ferry_libvirt_uri_complete (cases[i].text, NULL, FALSE, NULL);

      g_assert_cmpstr (text, ==, cases[i].complete);
      g_assert_cmpint (ferry_libvirt_uri_is_unverified (uri), ==, cases[i].is_unverified);
    }
}

static void
test_parameter (void)
{
  g_autoptr (FerryLibvirtUri) uri =
      ferry_libvirt_uri_parse ("qemu+ssh://h/system?a&keyfile=/my%20key", NULL);
  g_autofree char *value = ferry_libvirt_uri_dup_parameter (uri, "keyfile");

  g_assert_cmpstr (value, ==, "/my key");
  g_assert_true (ferry_libvirt_uri_has (uri, "a"));
  g_assert_false (ferry_libvirt_uri_has (uri, "key"));
}

/* What Ferry says must come before whatever libvirt or a URI says: ssh keeps the first. */
static void
test_ssh_arguments (void)
{
  const char *const arguments[] = { "-p", "22", "-oStrictHostKeyChecking=no", "--", "h", NULL };
  g_auto (GStrv) argv = ferry_ssh_make_argv ("/home/a \"b\"%/known_hosts", arguments);
  g_auto (GStrv) bare = ferry_ssh_make_argv ("/usr/bin/ssh-askpass", arguments + 5);
  guint n = g_strv_length (argv);

  g_assert_cmpstr (argv[0], ==, "ssh");
  g_assert_true (
      g_strv_contains ((const char *const *) argv, "-oGlobalKnownHostsFile=/etc/ssh/ssh_known_hosts "
                                                   "/etc/ssh/ssh_known_hosts2 "
                                                   "\"/home/a \\\"b\\\"%%/known_hosts\""));
  g_assert_cmpstr (argv[1], ==, "-oStrictHostKeyChecking=yes");
  g_assert_true (g_strv_contains ((const char *const *) argv, "-oBatchMode=yes"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_assert_cmpstr (argv[n - 5 + i], ==, arguments[i]);
  g_assert_cmpstr (bare[0], ==, "ssh");
}

static void
test_words (void)
{
  static const struct
  {
    const char *message;
    FerryLibvirtReason reason;
    FerryError code;
  } cases[] = {
    { "Cannot recv data: ssh: Could not resolve hostname x: Name or service not known: Connection "
      "reset by peer",
      FERRY_LIBVIRT_NO_HOST, FERRY_ERROR_NOT_FOUND },
    { "Unable to resolve address 'x' service '16509': Name or service not known",
      FERRY_LIBVIRT_NO_HOST, FERRY_ERROR_NOT_FOUND },
    { "unable to connect to server at '127.0.0.1:1': Connection refused", FERRY_LIBVIRT_REFUSED,
      FERRY_ERROR_CONNECTION },
    { "Cannot recv data: Host key verification failed.: Connection reset by peer",
      FERRY_LIBVIRT_HOST_KEY, FERRY_ERROR_CERTIFICATE },
    { "Cannot recv data: root@h: Permission denied (publickey).: Connection reset by peer",
      FERRY_LIBVIRT_NO_KEY, FERRY_ERROR_AUTH },
    { "Cannot read CA certificate '/etc/pki/CA/cacert.pem': No such file or directory",
      FERRY_LIBVIRT_TLS, FERRY_ERROR_CERTIFICATE },
    { "authentication failed: Failed to verify peer's certificate", FERRY_LIBVIRT_TLS,
      FERRY_ERROR_CERTIFICATE },
    { "no connection driver available for xen:///system", FERRY_LIBVIRT_NO_DRIVER,
      FERRY_ERROR_MISSING_TOOL },
    { "unsupported configuration: libvirt was built without the 'hyperv' driver",
      FERRY_LIBVIRT_NO_DRIVER, FERRY_ERROR_MISSING_TOOL },
    { "Cannot recv data: sh: 1: nc: not found: Connection reset by peer", FERRY_LIBVIRT_NO_LIBVIRT,
      FERRY_ERROR_MISSING_TOOL },
    { "ssh: connect to host h port 22: No route to host", FERRY_LIBVIRT_UNREACHABLE,
      FERRY_ERROR_CONNECTION },
    { "", FERRY_LIBVIRT_FAILED, FERRY_ERROR_FAILED },
    { "something else", FERRY_LIBVIRT_FAILED, FERRY_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      FerryLibvirtRefusal refusal = { ferry_libvirt_reason_from_words (cases[i].message),
                                      "xen+ssh://h", "", cases[i].message };

      g_test_message ("%s", cases[i].message);
      g_assert_cmpint (refusal.reason, ==, cases[i].reason);
      g_assert_false (ferry_libvirt_refuse (&refusal, &error));
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/libvirt-uri/parse", test_parse);
  g_test_add_func ("/libvirt-uri/bad", test_bad);
  g_test_add_func ("/libvirt-uri/complete", test_complete);
  g_test_add_func ("/libvirt-uri/unverified", test_unverified);
  g_test_add_func ("/libvirt-uri/parameter", test_parameter);
  g_test_add_func ("/libvirt-uri/ssh-arguments", test_ssh_arguments);
  g_test_add_func ("/libvirt-uri/words", test_words);

  return g_test_run ();
}
