/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * A person imports a KVM guest from a real libvirtd over a real ssh, whose host key is unknown. It is
 * copied, not converted, so that this is quick. tests/peers/libvirtd/run has started the daemons. */
#include "config.h"
#include "ferry-robot.h"

#include <gio/gio.h>
#include <string.h>

#define NAME "web"
#define POOL "/var/lib/libvirt/images"

static char *destination;

static void
run (const char *const *argv, char **out_stdout)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out_stdout, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static void
shell (const char *script)
{
  const char *argv[] = { "bash", "-euc", script, NULL };

  run (argv, NULL);
}

static void
define_guest (void)
{
  shell ("cd " POOL "; truncate -s 100M web.img\n"
         "dd if=/dev/urandom of=web.img bs=1M count=20 seek=50 conv=notrunc status=none\n"
         "virsh -q pool-refresh default\n"
         "cat > /run/libvirt/web.xml <<E\n"
         "<domain type='qemu'><name>" NAME "</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
         "<os><type arch='x86_64'>hvm</type></os><devices>"
         "<disk type='file'><driver name='qemu' type='raw'/><source file='" POOL "/web.img'/>"
         "<target dev='vda' bus='virtio'/></disk>"
         "<interface type='network'><source network='default'/><model type='virtio'/></interface>"
         "</devices></domain>\nE\n"
         "virsh -q define /run/libvirt/web.xml\n"
         "virsh -q create <(echo \"<domain type='qemu'><name>running</name>"
         "<memory unit='MiB'>16</memory><os><type arch='x86_64'>hvm</type></os></domain>\")");
}

static void
look (Robot *robot, const char *picture)
{
  robot_screenshot (robot, picture);
  g_assert_cmpuint (robot_audit_names (robot), ==, 0);
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

/* As ssh-keygen tells it: "256 SHA256:… comment (ED25519)"; the dialog has it in two lines. */
static char *
dup_fingerprint (void)
{
  g_autofree char *key = g_build_filename (g_getenv ("FERRY_TEST_SSH_DIR"), "host_key.pub", NULL);
  const char *argv[] = { "ssh-keygen", "-l", "-E", "sha256", "-f", key, NULL };
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gsize middle;

  run (argv, &text);
  words = g_strsplit (text, " ", 3);
  g_assert_cmpuint (g_strv_length (words), ==, 3);

  middle = (strlen (words[1]) + 1) / 2;

  return g_strdup_printf ("%.*s\n%s", (int) middle, words[1], words[1] + middle);
}

static void
choose_source (Robot *robot)
{
  g_autofree char *uri =
      g_strdup_printf ("qemu+ssh://root@127.0.0.1:%s/system?keyfile=%s/key",
                       g_getenv ("FERRY_TEST_SSH_PORT"), g_getenv ("FERRY_TEST_SSH_DIR"));

  see (robot, "Step 1 of 5");
  robot_choose (robot, "Source", "KVM");
  look (robot, "source-empty");
  robot_type (robot, "Address", uri);
}

/* Next asks as well, and goes on when the answer is yes. */
static void
meet_server (Robot *robot)
{
  g_autofree char *fingerprint = dup_fingerprint ();

  click (robot, "Next");
  see (robot, "Trust This Server?");
  see (robot, fingerprint);
  look (robot, "host-key");
  robot_press (robot, "Return");
  robot_wait_gone (robot, ATSPI_ROLE_LABEL, "Trust This Server?", 20);
  see (robot, "Host key not trusted");
  look (robot, "not-trusted");

  click (robot, "Next");
  see (robot, "Trust This Server?");
  click (robot, "Trust");
}

static void
go_on (Robot *robot)
{
  see (robot, "Step 2 of 5");
  robot_type (robot, "Folder", destination);
  robot_wait_sensitive (robot, ATSPI_ROLE_PUSH_BUTTON, "Next", 60);
  look (robot, "destination");
  click (robot, "Next");
  see (robot, "Step 3 of 5");
  robot_type (robot, "Search virtual machines", NAME);
  robot_go_to (robot, ATSPI_ROLE_TREE_TABLE, "On Source");
  robot_go_to (robot, ATSPI_ROLE_LIST, "*");
  robot_press (robot, "Return");
  look (robot, "virtual-machines");
  click (robot, "Next");
}

static void
finish (Robot *robot)
{
  see (robot, "Step 4 of 5");
  look (robot, "settings");
  click (robot, "Next");
  see (robot, "Step 5 of 5");
  look (robot, "review");
  click (robot, "Import");
  robot_see (robot, ATSPI_ROLE_IMAGE, "Succeeded*");
  look (robot, "finished");
}

static void
test_kvm (void)
{
  const char *argv[] = { g_getenv ("FERRY_TEST_APP"), NULL };
  g_autofree char *disk = g_build_filename (destination, NAME, NAME "-sda.qcow2", NULL);
  const char *compare[] = { "qemu-img", "compare",       "-q", "-U", "-f", "qcow2", "-F", "raw",
                            disk,       POOL "/web.img", NULL };
  Robot *robot;

  define_guest ();
  g_unsetenv ("SSH_AUTH_SOCK");
  robot = robot_start (argv, g_getenv ("FERRY_TEST_SCREENSHOTS"));
  click (robot, "New Import…");
  choose_source (robot);
  meet_server (robot);
  go_on (robot);
  finish (robot);
  robot_stop (robot);
  run (compare, NULL);
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
  g_test_add_func ("/e2e/kvm", test_kvm);
  status = g_test_run ();

  remove[2] = destination;
  run (remove, NULL);
  g_free (destination);

  return status;
}
