/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"
#include "vcenter-peer.h"

#include "ferry-provider.h"

#include <string.h>

/* ferryctl against VMware's own simulator: its certificate, its password, its guests. */

typedef struct
{
  VcenterPeer *peer;
  FerryctlSample *sample;
  char *uri;
  char *password;
  char *wrong;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->peer = vcenter_peer_start ("");
  if (fixture->peer == NULL)
    return;
  fixture->sample = ferryctl_sample_new ();
  fixture->uri = g_strdup_printf ("vsphere://administrator%%40vsphere.local@127.0.0.1:%u",
                                  fixture->peer->port);
  fixture->password = ferryctl_sample_write (fixture->sample, "password", "secret\n");
  fixture->wrong = ferryctl_sample_write (fixture->sample, "wrong", "wrong\n");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->peer == NULL)
    return;
  vcenter_peer_stop (fixture->peer);
  ferryctl_sample_free (fixture->sample);
  g_free (fixture->uri);
  g_free (fixture->password);
  g_free (fixture->wrong);
}

#define RUN(exit_code, out, err, ...)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (FerryctlRun) run_ = ferryctl_run (__VA_ARGS__, NULL);                               \
    ferryctl_run_assert (run_, exit_code, out, err);                                               \
  }                                                                                                \
  G_STMT_END

/* Out of the sentence that refuses it. */
static char *
dup_fingerprint (const FerryctlRun *run)
{
  const char *option = strstr (run->err, "--trust ");

  g_assert_nonnull (option);
  option += strlen ("--trust ");

  return g_strndup (option, strspn (option, "0123456789ABCDEF:"));
}

static void
test_trust (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) unknown = NULL;
  g_autoptr (FerryctlRun) changed = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *renewed = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *stats = NULL;

  if (fixture->peer == NULL)
    return;
  unknown = ferryctl_run ("list", fixture->uri, "--password-file", fixture->password, NULL);
  ferryctl_run_assert (unknown, 4, NULL, "is not trusted yet.");
  stats = vcenter_peer_command (fixture->peer, "stats");
  g_assert_cmpint (vcenter_peer_get_count (stats, "Login"), ==, 0);

  fingerprint = dup_fingerprint (unknown);
  RUN (0, "web01", NULL, "list", fixture->uri, "--password-file", fixture->password, "--trust",
       fingerprint);
  RUN (0, "web01", NULL, "list", fixture->uri, "--password-file", fixture->password);

  answer = vcenter_peer_command (fixture->peer, "renew");
  changed = ferryctl_run ("list", fixture->uri, "--password-file", fixture->password, NULL);
  ferryctl_run_assert (changed, 4, NULL, fingerprint);
  renewed = dup_fingerprint (changed);
  g_assert_cmpstr (renewed, !=, fingerprint);
  RUN (4, NULL, fingerprint, "list", fixture->uri, "--password-file", fixture->password, "--trust",
       fingerprint);
  RUN (0, "web01", NULL, "list", fixture->uri, "--password-file", fixture->password, "--trust",
       renewed);
}

static void
test_provider (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) plan = NULL;
  g_autofree char *path = NULL;

  if (fixture->peer == NULL)
    return;
  vcenter_peer_trust (fixture->peer);
  RUN (0, "Saved ‘vc’.", NULL, "provider", "add", "vc", fixture->uri);
  RUN (4, NULL, "--password-file", "provider", "test", "vc");
  RUN (4, NULL, "password", "provider", "test", "vc", "--password-file", fixture->wrong);
  RUN (0, "vc: VMware vCenter", NULL, "provider", "test", "vc", "--password-file",
       fixture->password);
  RUN (4, NULL, "DC0", "list", "vc", "--password-file", fixture->password, "--datacenter", "DC9");
  RUN (0, "web01", NULL, "show", "vc", "web01", "--password-file", fixture->password);

  plan = ferryctl_run ("plan", "vc", "web01", "--to", fixture->sample->destination,
                       "--password-file", fixture->password, NULL);
  g_assert_cmpint (plan->exit_code, ==, 0);
  g_assert_null (strstr (plan->out, "secret"));
  path = ferryctl_sample_write (fixture->sample, "plan.json", plan->out);
  RUN (4, NULL, "--password-file", "check", path);
  RUN (4, NULL, "password", "check", path, "--password-file", fixture->wrong);
}

/* What runs is in the way, unless it may be shut down. */
static void
test_shut_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) without = NULL;
  g_autoptr (FerryctlRun) with = NULL;
  g_autofree char *running = NULL;
  g_autofree char *path = NULL;

  if (fixture->peer == NULL)
    return;
  vcenter_peer_trust (fixture->peer);
  without = ferryctl_run ("plan", fixture->uri, "web01", "--to", fixture->sample->destination,
                          "--password-file", fixture->password, NULL);
  ferryctl_run_assert (without, 0, "\"shut_down\" : false", NULL);
  running = ferryctl_sample_write (fixture->sample, "running.json", without->out);
  RUN (1, "It is running, and its disks change", NULL, "check", running, "--password-file",
       fixture->password);

  with = ferryctl_run ("plan", fixture->uri, "web01", "--to", fixture->sample->destination,
                       "--password-file", fixture->password, "--shut-down", NULL);
  g_assert_cmpint (with->exit_code, ==, 0);
  g_assert_null (strstr (with->out, "\"shut_down\" : false"));
  path = ferryctl_sample_write (fixture->sample, "plan.json", with->out);
  RUN (1, "is shut down at the source before the import", NULL, "check", path, "--password-file",
       fixture->password);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ferryctl/vcenter/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  ADD ("trust", test_trust);
  ADD ("provider", test_provider);
  ADD ("shut-down", test_shut_down);

  return g_test_run ();
}
