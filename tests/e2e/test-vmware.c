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
#include <unistd.h>

#define USER "administrator@vsphere.local"
#define PROVIDER "Lab vCenter"
#define NAME "tiny"

/* Of this run alone: another one may look for its own at the same time. */
static char *password;
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
  g_autofree char *options = g_strdup_printf ("-image '%s' -password %s", image, password);
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
  g_assert_false (robot_shows (robot, password));
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
                            digest[i + 2] == '\0' ? ""
                            : i == 30             ? ":\n"
                                                  : ":");

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
  robot_type (robot, "Password", password);
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

/* web01 runs: why it cannot be imported so is said among its checks. */
static void
try_running (Robot *robot)
{
  see (robot, "Step 3 of 5");
  see (robot, "web01");
  look (robot, "virtual-machines");
  take_guest (robot, "web01");
  click (robot, "Next");
  see (robot, "Step 4 of 5");
  robot_go_to (robot, ATSPI_ROLE_INVALID, "Checks");
  robot_press (robot, "space");
  see (robot, "It is running*");
  look (robot, "running-guest");

  click (robot, "Back");
  see (robot, "Step 3 of 5");
  robot_go_to (robot, ATSPI_ROLE_TREE_TABLE, "To Import");
  robot_go_to (robot, ATSPI_ROLE_LIST, "*");
  robot_press (robot, "Return");
  see (robot, "Nothing yet*");
}

static void
choose_guest (Robot *robot)
{
  take_guest (robot, NAME);
  robot_type (robot, "Search virtual machines", "");
  look (robot, "chosen");
  click (robot, "Next");
  see (robot, "Step 4 of 5");
}

static void
change_settings (Robot *robot)
{
  look (robot, "settings");
  robot_go_to (robot, ATSPI_ROLE_LIST, "Virtual machines");
  robot_press (robot, "Home");
  robot_choose (robot, "VM Network", "Not connected");
  robot_choose (robot, "VM Network", "Network, by Name");
  robot_type (robot, "Name at the Destination", "lan");
  look (robot, "network");
  click (robot, "Next");
}

static void
start_import (Robot *robot)
{
  see (robot, "Step 5 of 5");
  see (robot, NAME);
  look (robot, "review");
  click (robot, "Import");
  see (robot, "Running");
}

static void
watch_import (Robot *robot, VcenterPeer *peer)
{
  gboolean pictured = FALSE;

  while (robot_sees (robot, ATSPI_ROLE_LABEL, "Running"))
    {
      vcenter_peer_assert_hidden (peer, password);
      if (!pictured && robot_try_value (robot, NAME) > 0.1)
        {
          look (robot, "running");
          pictured = TRUE;
        }
      g_usleep (G_USEC_PER_SEC / 4);
    }
  robot_see (robot, ATSPI_ROLE_IMAGE, "Succeeded*");
  look (robot, "finished");
}

/* A disk that opens, on the network that was chosen. */
static void
assert_imported (void)
{
  g_autofree char *disk = g_build_filename (destination, NAME, NAME "-sda.qcow2", NULL);
  g_autofree char *description = g_build_filename (destination, NAME, NAME ".xml", NULL);
  const char *argv[] = { "qemu-img", "check", "-q", "-f", "qcow2", disk, NULL };
  g_autofree char *xml = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_true (g_file_get_contents (description, &xml, NULL, NULL));
  g_strdelimit (xml, "\"", '\'');
  g_assert_nonnull (strstr (xml, "<source network='lan'"));
}

static void
assert_password_nowhere (void)
{
  static const char *const folders[] = { "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                         "XDG_DATA_HOME" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    vcenter_peer_assert_in_no_file (password, g_getenv (folders[i]));
  vcenter_peer_assert_in_no_file (password, destination);
}

static void
import (VcenterPeer *peer)
{
  Robot *robot = start ("import");

  click (robot, "New Import…");
  choose_source (robot, peer);
  meet_server (robot, peer);
  connect_to (robot);
  save_provider (robot);
  click (robot, "Next");
  choose_destination (robot);
  try_running (robot);
  choose_guest (robot);
  change_settings (robot);
  start_import (robot);
  watch_import (robot, peer);
  robot_stop (robot);
  assert_imported ();
  assert_password_nowhere ();
}

/* --- the provider, in a Ferry that knows no password --- */

static void
open_providers (Robot *robot)
{
  robot_click (robot, ATSPI_ROLE_PAGE_TAB, "Providers");
  robot_see (robot, ATSPI_ROLE_INVALID, PROVIDER);
}

static void
test_provider (Robot *robot)
{
  open_providers (robot);
  look (robot, "providers");
  click (robot, "Test " PROVIDER);
  see (robot, "Password needed");
  see (robot, "There is no keyring*");
  look (robot, "no-password");
}

/* Its editor says that there is no keyring, and asks. */
static void
type_password (Robot *robot)
{
  click (robot, "Edit… " PROVIDER);
  see (robot, "Server");
  click (robot, "Test Connection");
  see (robot, "Password needed");
  see (robot, "There is no keyring*");
  look (robot, "editor");
  robot_type (robot, "Password", password);
  click (robot, "Save");
  click (robot, "Test " PROVIDER);
  see (robot, "Connected today*");
  look (robot, "tested");
}

static void
look_at (const char *pictures, int width)
{
  Robot *robot = start (pictures);

  if (width > 0)
    robot_resize (robot, width, 720);
  open_providers (robot);
  look (robot, "providers");
  robot_stop (robot);
}

static void
use_provider (void)
{
  Robot *robot = start ("provider");

  test_provider (robot);
  type_password (robot);
  robot_stop (robot);
  assert_password_nowhere ();
  look_at ("narrow", 360);
  g_setenv ("ADW_DEBUG_COLOR_SCHEME", "prefer-dark", TRUE);
  look_at ("dark", 0);
  g_unsetenv ("ADW_DEBUG_COLOR_SCHEME");
}

static void
test_vmware (void)
{
  g_autoptr (VcenterPeer) peer = start_peer ();

  if (peer == NULL)
    return;
  import (peer);
  use_provider ();
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *remove[] = { "rm", "-rf", NULL, NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  password = g_strdup_printf ("Zq7-for-nobody-else-%d", (int) getpid ());
  destination = g_dir_make_tmp ("ferry-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/e2e/vmware", test_vmware);
  status = g_test_run ();

  remove[2] = destination;
  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (destination);
  g_free (password);

  return status;
}
