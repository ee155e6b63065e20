/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A person imports a guest of a vCenter that was never seen before: VMware's simulator, the real
 * worker, the real nbdkit and the real virt-v2v. The server is saved as a provider on the way, and
 * used again by a Ferry that was started anew, without a keyring. The password is looked for wherever
 * somebody else could see it. */
#include "config.h"
#include "ferry-robot.h"
#include "vcenter-peer.h"

#include <gio/gio.h>
#include <string.h>

#define PASSWORD "Zq7-for-nobody-else"
#define USER "administrator@vsphere.local"
#define PROVIDER "Lab vCenter"
#define NAME "tiny"

static char *destination;

static Robot *
start (const char *pictures)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL };
  g_autofree char *folder = g_build_filename (g_getenv ("FERRY_TEST_SCREENSHOTS"), pictures, NULL);

  return robot_start (argv, folder);
}

static VcenterPeer *
start_peer (void)
{
  g_autofree char *image = g_build_filename (g_getenv ("FERRY_SAMPLE_DIR"), "root.img", NULL);
  g_autofree char *options = g_strdup_printf ("-image '%s' -password " PASSWORD, image);
  VcenterPeer *peer = vcenter_peer_start (options);

  /* The worker, which the session's bus starts, has the configuration of the session. */
  g_unsetenv ("FERRY_CONFIG_DIR");

  return peer;
}

/* A page as it is: pictured, with a name for everything, and no password to be read. */
static void
look (Robot *robot, const char *picture)
{
  robot_screenshot (robot, picture);
  g_assert_cmpuint (robot_audit_names (robot), ==, 0);
  g_assert_false (robot_shows (robot, PASSWORD));
}

static void
click (Robot *robot, const char *button)
{
  robot_click (robot, ATSPI_ROLE_PUSH_BUTTON, button);
}

static void
see (Robot *robot, const char *label)
{
  robot_see (robot, ATSPI_ROLE_LABEL, label);
}

/* --- the source --- */

/* As the dialog has it, in two lines; from the peer's own file, not by Ferry's code. */
static char *
dup_fingerprint (VcenterPeer *peer)
{
  g_autofree char *path = g_build_filename (peer->dir, "cert.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *digest = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  g_object_get (certificate, "certificate", &der, NULL);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (guint i = 0; digest[i] != '\0'; i += 2)
    g_string_append_printf (text, "%c%c%s", g_ascii_toupper (digest[i]),
                            g_ascii_toupper (digest[i + 1]),
                            digest[i + 2] == '\0' ? "" : i == 30 ? ":\n" : ":");

  return g_string_free (text, FALSE);
}

static void
choose_source (Robot *robot, VcenterPeer *peer)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", peer->port);

  see (robot, "Step 1 of 5");
  robot_choose (robot, "Source", "VMware vCenter or ESXi");
  look (robot, "source-empty");
  robot_type (robot, "Address", address);
  robot_type (robot, "User Name", USER);
  robot_type (robot, "Password", "of yesterday");
}

static gint64
count_logins (VcenterPeer *peer)
{
  g_autofree char *stats = vcenter_peer_command (peer, "stats");

  return vcenter_peer_get_count (stats, "Login");
}

/* Return does not trust; and nothing was sent to a server that is not trusted. */
static void
meet_server (Robot *robot, VcenterPeer *peer)
{
  g_autofree char *fingerprint = dup_fingerprint (peer);

  click (robot, "Test Connection");
  see (robot, "Trust This Server?");
  see (robot, fingerprint);
  look (robot, "certificate");
  robot_press (robot, "Return");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Trust This Server?", 20);
  see (robot, "Certificate not trusted");
  g_assert_cmpint (count_logins (peer), ==, 0);
  look (robot, "not-trusted");

  click (robot, "Test Again");
  see (robot, "Trust This Server?");
  click (robot, "Trust");
}

static void
connect_to (Robot *robot)
{
  see (robot, "Password rejected");
  look (robot, "wrong-password");
  robot_type (robot, "Password", PASSWORD);
  click (robot, "Test Connection");
  see (robot, "Connected");
  see (robot, "VMware vCenter Server 7.0.3*");
  look (robot, "connected");
}

static void
save_provider (Robot *robot)
{
  click (robot, "Save as Provider…");
  see (robot, "Save as Provider");
  robot_type (robot, "Name of the Provider", PROVIDER);
  look (robot, "save-as-provider");
  click (robot, "Save");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Save as Provider", 20);
  robot_see (robot, ATSPI_ROLE_INVALID, PROVIDER);
  look (robot, "saved");
}

/* --- the other pages --- */

static void
choose_destination (Robot *robot)
{
  see (robot, "Step 2 of 5");
  robot_type (robot, "Folder", destination);
  see (robot, "Abilities");
  robot_wait_sensitive (robot, ATSPI_ROLE_PUSH_BUTTON, "Next", 60);
  click (robot, "Next");
}

/* By its name, which the other list does not have. */
static void
take_guest (Robot *robot, const char *name)
{
  robot_type (robot, "Search virtual machines", name);
  see (robot, name);
  robot_go_to (robot, ATSPI_ROLE_TREE_TABLE, "On Source");
  robot_go_to (robot, ATSPI_ROLE_LIST, "*");
  robot_press (robot, "Return");
}

/* web01 runs: that is said where it is chosen, and why it cannot be imported so. */
static void
choose_guests (Robot *robot)
{
  see (robot, "Step 3 of 5");
  see (robot, "web01");
  look (robot, "virtual-machines");
  take_guest (robot, "web01");
  take_guest (robot, NAME);
  robot_type (robot, "Search virtual machines", "");
  look (robot, "chosen");
  click (robot, "Next");
  see (robot, "Step 4 of 5");
  look (robot, "settings-running");
}

static void
change_settings (Robot *robot)
{
  robot_go_to (robot, ATSPI_ROLE_INVALID, "Network");
  robot_press (robot, "space");
  look (robot, "settings-network");
}

static void
test_import (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();
  Robot *robot;

  if (peer == NULL)
    return;
  robot = start ("import");
  click (robot, "New Import…");
  choose_source (robot, peer);
  meet_server (robot, peer);
  connect_to (robot);
  save_provider (robot);
  click (robot, "Next");
  choose_destination (robot);
  choose_guests (robot);
  change_settings (robot);
  robot_stop (robot);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *remove[] = { "rm", "-rf", NULL, NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  destination = g_dir_make_tmp ("ferry-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/e2e/vmware/import", test_import);
  status = g_test_run ();

  remove[2] = destination;
  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (destination);

  return status;
}
