/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-adopt.h"

#include "ferry-domain.h"
#include "ferry-error.h"

#include <string.h>

typedef struct
{
  FerryPlanGuest *guest;
  xmlDoc *domain;
  GString *warnings;
  char *text; /* afterwards */
} Adopted;

static void
adopted_clear (Adopted *adopted)
{
  ferry_plan_guest_free (adopted->guest);
  g_clear_pointer (&adopted->domain, xmlFreeDoc);
  g_string_free (adopted->warnings, TRUE);
  g_free (adopted->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adopted, adopted_clear)

static void
warn (const char *text, gpointer warnings)
{
  g_string_append_printf (warnings, "%s\n", text);
}

static FerryPlanGuest *
make_plan (const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) source = ferry_domain_parse (bytes, &error);
  FerryPlanGuest *guest;

  g_assert_no_error (error);
  guest = ferry_plan_guest_new (source);
  g_free (guest->name);
  guest->name = g_strdup ("new");
  guest->format = FERRY_FORMAT_RAW;

  return guest;
}

/* What is planned for it is in @adopted already. */
static gboolean
adopt_planned (const char *xml, const char *const *pools, Adopted *adopted, GError **error)
{
  static const char *const files[] = { "/new/a", "/new/b", "/new/c", "/new/d", NULL };
  g_auto (GStrv) own = NULL;
  FerryDomainAdoption adoption = { .pools = pools, .warn = warn };

  adopted->warnings = g_string_new (NULL);
  adopted->domain = ferry_domain_xml_parse (xml, error);
  own = g_new0 (char *, G_N_ELEMENTS (files));
  for (guint i = 0; files[i] != NULL && i < ferry_plan_guest_count_included (adopted->guest); i++)
    own[i] = g_strdup (files[i]);
  adoption.guest = adopted->guest;
  adoption.files = (const char *const *) own;
  adoption.user_data = adopted->warnings;
  if (!ferry_domain_xml_adopt (adopted->domain, &adoption, error))
    return FALSE;
  adopted->text = ferry_domain_xml_to_text (adopted->domain);

  return TRUE;
}

static gboolean
adopt (const char *xml, const char *const *pools, Adopted *adopted, GError **error)
{
  adopted->guest = make_plan (xml);

  return adopt_planned (xml, pools, adopted, error);
}

static char *
read_sample (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "domain", "kvm-usual.xml", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
assert_has (const Adopted *adopted, const char *text, gboolean has)
{
  if ((strstr (adopted->text, text) != NULL) != has)
    g_error ("%s is %s in\n%s", text, has ? "not" : "still", adopted->text);
}

static void
test_usual (void)
{
  static const char *const kept[] = {
    "<name>new</name>",   "8F4C1A52-0a3e",        "<libosinfo:os id=\"http://debian.org/debian/12\"",
    "pc-q35-7.2",         "firmware=\"efi\"",     "<loader secure=\"yes\"/>",
    "host-passthrough",   "<serial>root-disk</serial>", "file=\"/new/a\"",
    "file=\"/new/d\"",    "52:54:00:AA:BB:CC",    "<smm state=\"on\"/>",
    "discard=\"unmap\"",  "org.qemu.guest_agent.0", "tablet",
    "tpm-crb",            "/dev/urandom",         "autoport=\"yes\"",
    "memballoon",         "virtio-scsi",          "<topology sockets=\"1\"",
  };
  static const char *const gone[] = {
    "/usr/bin/qemu-system", "/usr/share/OVMF",  "nvram",       "/var/lib/libvirt", "/dev/vg",
    "debian.iso",           "rbd",              "mon.example", "secret",           "shareable",
    "hugepages",            "cpuset",           "vcpupin",     "/machine",         "portgroup",
    "clean-traffic",        "openvswitch",      "vlan",        "eno1",             "/tmp/serial",
    "/var/log",             "/srv/share",       "hostdev",     "evdev",            "192.168.7.2",
    "5907",                 "commandline",      "fw_cfg",      "seclabel",         "/dev/hwrng",
    "backingStore",         "currentMemory unit='x'",
  };
  static const char *const told[] = {
    "debian.iso", "hostdev",  "filesystem", "UEFI settings", "arguments for QEMU",
    "vlan",       "filterref", "serial",    "console",
  };
  g_autofree char *xml = read_sample ();
  g_auto (Adopted) adopted = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (adopt (xml, NULL, &adopted, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    assert_has (&adopted, kept[i], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    assert_has (&adopted, gone[i], FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (strstr (adopted.warnings->str, told[i]) == NULL)
      g_error ("nothing is told of %s:\n%s", told[i], adopted.warnings->str);
}

/* What comes of it is again a description with the same hardware. */
static void
test_pool (void)
{
  static const char *const pools[] = { "images", "images", "other", "images", NULL };
  g_autofree char *xml = read_sample ();
  g_auto (Adopted) adopted = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (adopt (xml, pools, &adopted, &error));
  g_assert_no_error (error);
  g_assert_true (ferry_domain_xml_has_volume (adopted.domain, "images", "a"));
  g_assert_true (ferry_domain_xml_has_volume (adopted.domain, "other", "c"));
  g_assert_true (ferry_domain_xml_has_volume (adopted.domain, "images", "d"));
  assert_has (&adopted, "type=\"raw\"", TRUE);
  assert_has (&adopted, "qcow2", FALSE);
}

/* The second disk stays behind: what follows moves up, each in its own format. */
static void
test_left_out (void)
{
  g_autofree char *xml = read_sample ();
  g_auto (Adopted) adopted = { make_plan (xml) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) disks = NULL;

  ferry_plan_guest_get_disk (adopted.guest, 1)->included = FALSE;
  ferry_plan_guest_get_disk (adopted.guest, 2)->format = FERRY_FORMAT_QCOW2;
  g_assert_true (adopt_planned (xml, NULL, &adopted, &error));
  g_assert_no_error (error);
  disks = ferry_domain_xml_list_disks (adopted.domain);
  g_assert_cmpuint (disks->len, ==, 3);
  g_assert_cmpstr (((FerryDomainDisk *) disks->pdata[0])->file, ==, "/new/a");
  g_assert_cmpstr (((FerryDomainDisk *) disks->pdata[1])->file, ==, "/new/b");
  g_assert_cmpstr (((FerryDomainDisk *) disks->pdata[2])->file, ==, "/new/c");
  assert_has (&adopted, "type=\"qcow2\"", TRUE);
  g_assert_null (strstr (adopted.warnings->str, "kind ‘disk’"));
}

#define DEVICES(inside) "<domain type='kvm'><name>a</name><devices>" inside "</devices></domain>"

/* A description is not trusted: nothing in it may have a file or program of this computer used. */
static void
test_hostile (void)
{
  static const char *const cases[] = {
    DEVICES ("<emulator>/evil</emulator>"),
    DEVICES ("<disk type='file' device='cdrom'><source file='/evil'/></disk>"),
    DEVICES ("<disk type='block' device='floppy'><source dev='/evil'/></disk>"),
    DEVICES ("<disk type='file'><source file='/x'/><source file='/evil'/></disk>"),
    DEVICES ("<disk type='file'><source file='/x'/><mirror file='/evil'/></disk>"),
    DEVICES ("<disk type='file'><source file='/x' startupPolicy='optional' evil='1'/></disk>"),
    DEVICES ("<disk type='file'><source file='/x'/><backingStore type='file'><source file='/evil'/>"
             "</backingStore></disk>"),
    DEVICES ("<interface type='ethernet'><script path='/evil'/></interface>"),
    DEVICES ("<interface type='vhostuser'><source type='unix' path='/evil'/></interface>"),
    DEVICES ("<interface type='network'><rom file='/evil'/></interface>"),
    DEVICES ("<serial type='file'><source path='/evil' append='on'/></serial>"),
    DEVICES ("<serial type='pty'><log file='/evil'/></serial>"),
    DEVICES ("<console type='dev' tty='/evil'><source path='/evil'/></console>"),
    DEVICES ("<parallel type='pipe'><source path='/evil'/></parallel>"),
    DEVICES ("<channel type='unix'><source mode='connect' path='/evil'/></channel>"),
    DEVICES ("<channel type='file'><source path='/evil'/></channel>"),
    DEVICES ("<input type='passthrough'><source evdev='/evil'/></input>"),
    DEVICES ("<input type='mouse'><source dev='/evil'/></input>"),
    DEVICES ("<rng><backend model='egd' type='unix'><source path='/evil'/></backend></rng>"),
    DEVICES ("<rng><backend model='random'>/evil</backend></rng>"),
    DEVICES ("<tpm><backend type='passthrough'><device path='/evil'/></backend></tpm>"),
    DEVICES ("<tpm><backend type='external'><source path='/evil'/></backend></tpm>"),
    DEVICES ("<tpm><backend type='emulator'><encryption secret='evil'/></backend></tpm>"),
    DEVICES ("<memory model='nvdimm'><source><path>/evil</path></source></memory>"),
    DEVICES ("<filesystem><source dir='/evil'/></filesystem>"),
    DEVICES ("<hostdev><source evil='1'/></hostdev>"),
    DEVICES ("<shmem name='evil'/>"),
    DEVICES ("<lease><key>evil</key></lease>"),
    DEVICES ("<smartcard mode='host-certificates'><database>/evil</database></smartcard>"),
    DEVICES ("<redirdev type='dev'><source path='/evil'/></redirdev>"),
    DEVICES ("<audio type='file' path='/evil'/>"),
    DEVICES ("<audio type='alsa'><input dev='evil'/></audio>"),
    DEVICES ("<graphics type='vnc' socket='/evil'><listen type='socket' socket='/evil'/></graphics>"),
    DEVICES ("<graphics type='spice'><gl enable='yes' rendernode='/evil'/></graphics>"),
    DEVICES ("<graphics type='sdl' xauth='/evil'/>"),
    DEVICES ("<video><driver vhostuser='/evil'/></video>"),
    DEVICES ("<crypto><backend evil='1'/></crypto>"),
    DEVICES ("<unheard-of file='/evil'/>"),
    DEVICES ("") "<!-- -->",
    "<domain type='kvm'><name>a</name><devices/><devices><emulator>/evil</emulator></devices></domain>",
    "<domain type='kvm'><name>a</name><devices/><os><kernel>/evil</kernel></os></domain>",
    "<domain type='kvm'><name>a</name><devices/><os><type>hvm</type></os>"
    "<os><loader>/evil</loader></os></domain>",
    "<domain type='kvm'><name>a</name><devices/><os><loader type='rom'>/evil</loader>"
    "<nvram template='/evil'>/evil</nvram><initrd>/evil</initrd><dtb>/evil</dtb>"
    "<acpi><table type='slic'>/evil</table></acpi></os></domain>",
    "<domain type='kvm'><name>a</name><devices/><sysinfo type='fwcfg'>"
    "<entry name='x' file='/evil'/></sysinfo></domain>",
    "<domain type='kvm'><name>a</name><devices/><seclabel type='none' evil='1'/></domain>",
    "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>a</name>"
    "<devices/><qemu:commandline><qemu:arg value='evil'/></qemu:commandline>"
    "<qemu:devices><qemu:emulator>/evil</qemu:emulator></qemu:devices></domain>",
    "<domain type='kvm'><name>a</name><devices/><resource><partition>/evil</partition></resource>"
    "<idmap><uid start='0' evil='1'/></idmap><keywrap evil='1'/><launchSecurity evil='1'/></domain>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Adopted) adopted = { NULL };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i]);
      g_assert_true (adopt (cases[i], NULL, &adopted, &error));
      g_assert_no_error (error);
      assert_has (&adopted, "evil", FALSE);
    }
}

static void
test_changed (void)
{
  g_autofree char *xml = read_sample ();
  g_autoptr (FerryPlanGuest) guest = make_plan (xml);
  static const char *const files[] = { "/a", "/b", "/c", "/d", NULL };
  FerryDomainAdoption adoption = { .guest = guest, .files = files };
  static const char *const cases[] = {
    DEVICES ("<disk/>"),
    DEVICES ("<disk/><disk/><disk/><disk/><disk/><disk/>"),
    DEVICES ("<disk/><disk/><disk/><disk/><interface/>"),
    "<domain type='kvm'><name>a</name></domain>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (xmlDoc) domain = ferry_domain_xml_parse (cases[i], &error);

      g_assert_no_error (error);
      g_assert_false (ferry_domain_xml_adopt (domain, &adoption, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

/* Who was tried after the disk that it booted from is tried after the one that takes its turn. */
static void
test_left_out_boot (void)
{
  const char *xml = DEVICES ("<disk><boot order='1'/></disk><disk/>"
                             "<interface><boot order='2'/></interface>");
  g_auto (Adopted) adopted = { make_plan (xml) };
  g_autoptr (GError) error = NULL;

  ferry_plan_guest_get_disk (adopted.guest, 0)->included = FALSE;
  g_assert_true (adopt_planned (xml, NULL, &adopted, &error));
  g_assert_no_error (error);
  assert_has (&adopted, "<boot order=\"1\"/>", TRUE);
  assert_has (&adopted, "<interface type=\"user\"><boot order=\"2\"/>", TRUE);
}

static void
test_other_size (void)
{
  const char *xml = "<domain type='kvm'><name>a</name><memory>1048576</memory>"
                    "<maxMemory slots='2'>4194304</maxMemory><vcpu>2</vcpu>"
                    "<vcpus><vcpu id='0' enabled='yes'/></vcpus>"
                    "<cpu><numa><cell id='0' cpus='0-1' memory='1048576'/></numa></cpu><devices/>"
                    "</domain>";
  g_autoptr (FerryPlanGuest) guest = make_plan (xml);
  static const char *const none[] = { NULL };
  FerryDomainAdoption adoption = { .guest = guest, .files = none };
  g_autoptr (xmlDoc) same = ferry_domain_xml_parse (xml, NULL);
  g_autoptr (xmlDoc) other = ferry_domain_xml_parse (xml, NULL);
  g_autofree char *same_text = NULL;
  g_autofree char *other_text = NULL;

  g_assert_true (ferry_domain_xml_adopt (same, &adoption, NULL));
  same_text = ferry_domain_xml_to_text (same);
  g_assert_nonnull (strstr (same_text, "numa"));
  guest->vcpus = 1;
  g_assert_true (ferry_domain_xml_adopt (other, &adoption, NULL));
  other_text = ferry_domain_xml_to_text (other);
  g_assert_null (strstr (other_text, "numa"));
  g_assert_null (strstr (other_text, "maxMemory"));
  g_assert_null (strstr (other_text, "<vcpus>"));
}

static void
test_machine (void)
{
  static const char *const machines[] = { "pc-i440fx-7.2", "pc", "pc-q35-7.2", "q35", NULL };
  static const struct
  {
    const char *machine, *becomes;
  } cases[] = {
    { "pc-q35-7.2", "pc-q35-7.2" },     { "pc-q35-rhel9.2.0", "q35" },
    { "pc-i440fx-noble", "pc" },        { "q35", "q35" },
    { "virt-9.0", "virt-9.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          "<domain><os><type arch='x86_64' machine='%s'>hvm</type></os></domain>", cases[i].machine);
      g_autoptr (xmlDoc) domain = ferry_domain_xml_parse (xml, NULL);
      g_autofree char *was = ferry_domain_xml_fit_machine (domain, machines);
      g_autofree char *text = ferry_domain_xml_to_text (domain);
      g_autofree char *wanted = g_strdup_printf ("machine=\"%s\"", cases[i].becomes);

      g_assert_nonnull (strstr (text, wanted));
      if (strcmp (cases[i].machine, cases[i].becomes) != 0)
        g_assert_cmpstr (was, ==, cases[i].machine);
      else
        g_assert_null (was);
    }
}

static void
test_uuid (void)
{
  static const char *const taken[] = { "8f4c1a52-0a3e-4f5b-9a6d-0c1d2e3f4a5b", NULL };
  g_autoptr (xmlDoc) domain = ferry_domain_xml_parse (
      "<domain><uuid> 8F4C1A52-0A3E-4F5B-9A6D-0C1D2E3F4A5B </uuid></domain>", NULL);
  g_autofree char *text = NULL;

  g_assert_true (ferry_domain_xml_drop_uuid (domain, taken));
  g_assert_false (ferry_domain_xml_drop_uuid (domain, taken));
  text = ferry_domain_xml_to_text (domain);
  g_assert_null (strstr (text, "uuid"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain-adopt/usual", test_usual);
  g_test_add_func ("/domain-adopt/pool", test_pool);
  g_test_add_func ("/domain-adopt/left-out", test_left_out);
  g_test_add_func ("/domain-adopt/left-out/boot", test_left_out_boot);
  g_test_add_func ("/domain-adopt/hostile", test_hostile);
  g_test_add_func ("/domain-adopt/changed", test_changed);
  g_test_add_func ("/domain-adopt/other-size", test_other_size);
  g_test_add_func ("/domain-adopt/machine", test_machine);
  g_test_add_func ("/domain-adopt/uuid", test_uuid);

  return g_test_run ();
}
