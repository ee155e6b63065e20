/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain.h"

#include "ferry-check.h"
#include "ferry-error.h"

#include <string.h>

#define UUID "8f4c1a52-0a3e-4f5b-9a6d-0c1d2e3f4a5b"

static FerryGuest *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return ferry_domain_parse (bytes, error);
}

static FerryGuest *
parse_with (const char *type, const char *inside)
{
  g_autofree char *text =
      g_strdup_printf ("<domain type='%s'><name>web</name>%s</domain>", type, inside);
  g_autoptr (GError) error = NULL;
  FerryGuest *guest = parse (text, &error);

  g_assert_no_error (error);

  return guest;
}

static void
test_usual (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "domain", "kvm-usual.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = NULL;
  const FerryDisk *disk;
  const FerryNic *nic;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  guest = parse (text, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (guest->id, ==, UUID);
  g_assert_cmpstr (guest->uuid, ==, UUID);
  g_assert_cmpstr (guest->name, ==, "web é <1>");
  g_assert_cmpstr (guest->description, ==, "The web server");
  g_assert_cmpint (guest->hypervisor, ==, FERRY_HYPERVISOR_KVM);
  g_assert_cmpint (guest->power, ==, FERRY_POWER_UNKNOWN);
  g_assert_cmpuint (guest->memory_bytes, ==, G_GUINT64_CONSTANT (2) << 30);
  g_assert_true (ferry_checks_have (guest->checks, "domain.balloon"));
  g_assert_cmpuint (guest->vcpus, ==, 4);
  g_assert_cmpuint (guest->sockets, ==, 1);
  g_assert_cmpuint (guest->cores, ==, 2);
  g_assert_cmpuint (guest->threads, ==, 2);
  g_assert_cmpint (guest->firmware, ==, FERRY_FIRMWARE_UEFI);
  g_assert_cmpint (guest->secure_boot, ==, FERRY_TRUTH_YES);
  g_assert_cmpint (guest->tpm, ==, FERRY_TRUTH_YES);
  g_assert_cmpstr (guest->os, ==, "Debian GNU/Linux 12");
  g_assert_cmpstr (guest->os_id, ==, "http://debian.org/debian/12");
  g_assert_cmpint (guest->n_snapshots, ==, -1);
  g_assert_true (ferry_checks_have (guest->checks, "domain.host-device"));

  g_assert_cmpuint (guest->disks->len, ==, 4);
  disk = ferry_guest_get_disk (guest, 0);
  g_assert_cmpstr (disk->name, ==, "sda");
  g_assert_cmpstr (disk->file, ==, "/var/lib/libvirt/images/web.qcow2");
  g_assert_null (disk->storage);
  g_assert_cmpstr (disk->format, ==, "qcow2");
  g_assert_cmpint (disk->bus, ==, FERRY_BUS_SCSI);
  g_assert_cmpint (disk->flags, ==, 0);
  g_assert_cmpuint (disk->capacity_bytes, ==, 0);
  g_assert_cmpint (disk->used_bytes, ==, -1);
  disk = ferry_guest_get_disk (guest, 1);
  g_assert_cmpstr (disk->file, ==, "/dev/vg/data");
  g_assert_cmpint (disk->bus, ==, FERRY_BUS_VIRTIO);
  g_assert_cmpint (disk->flags, ==, FERRY_DISK_SHARED);
  disk = ferry_guest_get_disk (guest, 2);
  g_assert_cmpstr (disk->file, ==, "images/web-log");
  g_assert_cmpstr (disk->storage, ==, "images");
  g_assert_cmpint (disk->flags, ==, FERRY_DISK_HAS_PARENT | FERRY_DISK_ENCRYPTED);
  disk = ferry_guest_get_disk (guest, 3);
  g_assert_cmpstr (disk->file, ==, "rbd:pool/image");
  g_assert_cmpint (disk->flags, ==, FERRY_DISK_NETWORK);

  g_assert_cmpuint (guest->nics->len, ==, 4);
  nic = ferry_guest_get_nic (guest, 0);
  g_assert_cmpstr (nic->name, ==, "Network adapter 1");
  g_assert_cmpstr (nic->mac, ==, "52:54:00:aa:bb:cc");
  g_assert_cmpstr (nic->network, ==, "default");
  g_assert_cmpstr (nic->model, ==, "virtio");
  g_assert_cmpstr (ferry_guest_get_nic (guest, 1)->network, ==, "br0");
  g_assert_cmpstr (ferry_guest_get_nic (guest, 2)->network, ==, "eno1");
  nic = ferry_guest_get_nic (guest, 3);
  g_assert_null (nic->network);
  g_assert_null (nic->mac);
  g_assert_true (ferry_checks_have (guest->checks, "nic.bad-mac"));
}

static void
test_memory (void)
{
  static const struct
  {
    const char *xml;
    guint64 bytes;
    gboolean is_bad;
  } cases[] = {
    { "<memory>1024</memory>", 1 << 20, FALSE },
    { "<memory unit='b'>1024</memory>", 1024, FALSE },
    { "<memory unit='BYTES'>1024</memory>", 1024, FALSE },
    { "<memory unit='KB'>1000</memory>", 1000000, FALSE },
    { "<memory unit='mib'> 512 </memory>", 512 << 20, FALSE },
    { "<memory unit='MB'>512</memory>", 512000000, FALSE },
    { "<memory unit='g'>1</memory>", 1 << 30, FALSE },
    { "<memory unit='TiB'>1</memory>", G_GUINT64_CONSTANT (1) << 40, FALSE },
    { "<memory unit='GiB'>4</memory><currentMemory unit='GiB'>1</currentMemory>", 1 << 30, FALSE },
    { "<memory unit='GiB'>1</memory><currentMemory unit='GiB'>4</currentMemory>", 1 << 30, FALSE },
    { "<memory unit='GiB'>1</memory><currentMemory>0</currentMemory>", 1 << 30, FALSE },
    { "<currentMemory unit='GiB'>1</currentMemory>", 1 << 30, FALSE },
    { "", 0, FALSE },
    { "<memory/>", 0, TRUE },
    { "<memory>-1</memory>", 0, TRUE },
    { "<memory>1.5</memory>", 0, TRUE },
    { "<memory unit='furlong'>1</memory>", 0, TRUE },
    { "<memory>99999999999999999999</memory>", 0, TRUE },
    { "<memory unit='PiB'>99999999</memory>", 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryGuest) guest = parse_with ("kvm", cases[i].xml);

      g_test_message ("%s", cases[i].xml);
      g_assert_cmpuint (guest->memory_bytes, ==, cases[i].bytes);
      g_assert_true (ferry_checks_have (guest->checks, "domain.bad-number") == cases[i].is_bad);
    }
}

static void
test_cpus (void)
{
  static const struct
  {
    const char *xml;
    guint vcpus, cores;
    const char *check;
  } cases[] = {
    { "<vcpu>8</vcpu><cpu><topology sockets='1' dies='2' cores='2' threads='2'/></cpu>", 8, 4, NULL },
    { "<vcpu placement='static' current='1'>2</vcpu>", 2, 0, NULL },
    { "<vcpu>8</vcpu><cpu><topology sockets='3' cores='1' threads='1'/></cpu>", 8, 0,
      "domain.odd-topology" },
    { "<vcpu>8</vcpu><cpu><topology sockets='x' cores='1' threads='1'/></cpu>", 8, 0,
      "domain.odd-topology" },
    { "<vcpu>8</vcpu><cpu><topology sockets='60000' dies='60000' clusters='60000' "
      "cores='60000' threads='60000'/></cpu>",
      8, 0, "domain.odd-topology" },
    { "<vcpu>many</vcpu>", 0, 0, "domain.bad-number" },
    { "<vcpu>0</vcpu>", 0, 0, "domain.bad-number" },
    { "<vcpu>4294967297</vcpu>", 0, 0, "domain.bad-number" },
    { "", 0, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryGuest) guest = parse_with ("kvm", cases[i].xml);

      g_test_message ("%s", cases[i].xml);
      g_assert_cmpuint (guest->vcpus, ==, cases[i].vcpus);
      g_assert_cmpuint (guest->cores, ==, cases[i].cores);
      g_assert_cmpuint (guest->checks->len, ==, cases[i].check != NULL);
      if (cases[i].check != NULL)
        g_assert_true (ferry_checks_have (guest->checks, cases[i].check));
    }
}

static void
test_firmware (void)
{
#define HVM "<type arch='x86_64'>hvm</type>"
  static const struct
  {
    const char *type, *os;
    FerryFirmware firmware;
    FerryTruth secure_boot;
  } cases[] = {
    { "kvm", "<os>" HVM "</os>", FERRY_FIRMWARE_BIOS, FERRY_TRUTH_NO },
    { "qemu", "<os firmware='bios'>" HVM "</os>", FERRY_FIRMWARE_BIOS, FERRY_TRUTH_NO },
    { "kvm", "<os firmware='efi'>" HVM "</os>", FERRY_FIRMWARE_UEFI, FERRY_TRUTH_UNKNOWN },
    { "kvm", "<os>" HVM "<loader type='pflash' secure='no'>/x.fd</loader></os>",
      FERRY_FIRMWARE_UEFI, FERRY_TRUTH_NO },
    { "kvm",
      "<os firmware='efi'>" HVM "<firmware><feature enabled='no' name='enrolled-keys'/>"
      "<feature enabled='yes' name='secure-boot'/></firmware></os>",
      FERRY_FIRMWARE_UEFI, FERRY_TRUTH_YES },
    { "kvm",
      "<os firmware='efi'>" HVM "<firmware><feature enabled='no' name='secure-boot'/></firmware>"
      "</os>",
      FERRY_FIRMWARE_UEFI, FERRY_TRUTH_NO },
    { "kvm", "<os>" HVM "<nvram>/x</nvram></os>", FERRY_FIRMWARE_UEFI, FERRY_TRUTH_UNKNOWN },
    { "kvm", "<os>" HVM "<loader type='rom'>/x</loader></os>", FERRY_FIRMWARE_UNKNOWN,
      FERRY_TRUTH_UNKNOWN },
    { "kvm", "<os><type arch='aarch64'>hvm</type></os>", FERRY_FIRMWARE_UNKNOWN,
      FERRY_TRUTH_UNKNOWN },
    { "xen", "<os>" HVM "</os>", FERRY_FIRMWARE_UNKNOWN, FERRY_TRUTH_UNKNOWN },
    { "kvm", "", FERRY_FIRMWARE_UNKNOWN, FERRY_TRUTH_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryGuest) guest = parse_with (cases[i].type, cases[i].os);

      g_test_message ("%s", cases[i].os);
      g_assert_cmpint (guest->firmware, ==, cases[i].firmware);
      g_assert_cmpint (guest->secure_boot, ==, cases[i].secure_boot);
    }
}

static void
test_os (void)
{
  static const char *const cases[][2] = {
    { "http://microsoft.com/win/2k19", "Microsoft Windows 2019" },
    { "http://microsoft.com/win/10", "Microsoft Windows 10" },
    { "http://centos.org/centos-stream/9", "CentOS Stream 9" },
    { "http://haiku-os.org/haiku/r1", "haiku r1" },
    { "http://archlinux.org/archlinux/rolling", "Arch Linux rolling" },
    { "nonsense", NULL },
    { "http://", NULL },
    { "a/b", "b" },
    { "//////", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          "<metadata><o:libosinfo xmlns:o='urn:o'><o:os id='%s'/></o:libosinfo></metadata>",
          cases[i][0]);
      g_autoptr (FerryGuest) guest = parse_with ("kvm", xml);

      g_assert_cmpstr (guest->os, ==, cases[i][1]);
    }
}

static void
test_hypervisors (void)
{
  static const struct
  {
    const char *type;
    FerryHypervisor hypervisor;
  } cases[] = {
    { "kvm", FERRY_HYPERVISOR_KVM },       { "qemu", FERRY_HYPERVISOR_KVM },
    { "xen", FERRY_HYPERVISOR_XEN },       { "vmware", FERRY_HYPERVISOR_VMWARE },
    { "test", FERRY_HYPERVISOR_UNKNOWN },  { "", FERRY_HYPERVISOR_UNKNOWN },
    { "hyperv", FERRY_HYPERVISOR_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryGuest) guest = parse_with (cases[i].type, "");

      g_assert_cmpint (guest->hypervisor, ==, cases[i].hypervisor);
    }
}

static void
test_disks (void)
{
  static const struct
  {
    const char *xml;
    const char *file, *format;
    FerryBus bus;
    const char *check;
  } cases[] = {
    { "<disk><source file='/a'/><target dev='hda'/></disk>", "/a", NULL, FERRY_BUS_IDE, NULL },
    { "<disk type='file'><driver name='tap' type='aio'/><source file='/a'/>"
      "<target dev='xvda' bus='xen'/></disk>",
      "/a", "raw", FERRY_BUS_UNKNOWN, NULL },
    { "<disk type='block'><driver name='phy'/><source dev='/dev/vg/a'/><target dev='xvda'/></disk>",
      "/dev/vg/a", "raw", FERRY_BUS_UNKNOWN, NULL },
    { "<disk type='file' device='lun'><driver type='RAW'/><target dev='sda'/></disk>", NULL, "raw",
      FERRY_BUS_SCSI, NULL },
    { "<disk type='volume'><source pool='p'/><target dev='vda' bus='virtio'/></disk>", NULL, NULL,
      FERRY_BUS_VIRTIO, NULL },
    { "<disk type='network'><target dev='vda' bus='sata'/></disk>", NULL, NULL, FERRY_BUS_SATA,
      NULL },
    { "<disk type='nvme'><source type='pci'/><target dev='vda'/></disk>", NULL, NULL,
      FERRY_BUS_VIRTIO, "disk.kind-unsupported" },
    { "<disk type='vhostuser'/>", NULL, NULL, FERRY_BUS_UNKNOWN, "disk.kind-unsupported" },
    { "<disk><backingStore/></disk>", NULL, NULL, FERRY_BUS_UNKNOWN, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          "<devices><disk device='cdrom'/><disk device='floppy'/>%s</devices>", cases[i].xml);
      g_autoptr (FerryGuest) guest = parse_with ("kvm", xml);
      const FerryDisk *disk = ferry_guest_get_disk (guest, 0);

      g_test_message ("%s", cases[i].xml);
      g_assert_cmpuint (guest->disks->len, ==, 1);
      g_assert_cmpstr (disk->file, ==, cases[i].file);
      g_assert_null (disk->storage);
      g_assert_cmpstr (disk->format, ==, cases[i].format);
      g_assert_cmpint (disk->bus, ==, cases[i].bus);
      g_assert_cmpint (disk->flags & FERRY_DISK_HAS_PARENT, ==, 0);
      g_assert_cmpuint (guest->checks->len, ==, cases[i].check != NULL);
      if (cases[i].check != NULL)
        g_assert_true (ferry_check_is_of_disk (g_ptr_array_index (guest->checks, 0), 0));
    }
}

/* Names are unique in the guest whatever the description says, and there is an end to them. */
static void
test_many_disks (void)
{
  g_autoptr (GString) xml = g_string_new ("<devices>");
  g_autoptr (FerryGuest) guest = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append (xml, "<disk><target dev='vda'/></disk><interface/>");
  g_string_append (xml, "</devices>");
  guest = parse_with ("kvm", xml->str);
  g_assert_cmpuint (guest->disks->len, ==, 1024);
  g_assert_cmpuint (guest->nics->len, ==, 1024);
  g_assert_cmpstr (ferry_guest_get_disk (guest, 0)->name, ==, "vda");
  g_assert_cmpstr (ferry_guest_get_disk (guest, 1)->name, ==, "vda (2)");
}

static void
test_identity (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) without_uuid = parse ("<domain><name>a</name></domain>", &error);
  g_autoptr (FerryGuest) without_name = NULL;
  g_autoptr (FerryGuest) bad_uuid = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (without_uuid->id, ==, "a");
  g_assert_null (without_uuid->uuid);

  without_name =
      parse ("<domain><uuid>8F4C1A52-0A3E-4F5B-9A6D-0C1D2E3F4A5B</uuid></domain>", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (without_name->id, ==, UUID);
  g_assert_cmpstr (without_name->name, ==, UUID);
  g_assert_true (ferry_checks_have (without_name->checks, "guest.no-name"));

  bad_uuid = parse ("<domain><name>a</name><uuid>7</uuid></domain>", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bad_uuid->id, ==, "a");
}

static void
test_arch (void)
{
  g_autoptr (FerryGuest) copied = parse_with ("kvm", "<os><type arch='aarch64'>hvm</type></os>");
  g_autoptr (FerryGuest) converted = parse_with ("xen", "<os><type arch='aarch64'>hvm</type></os>");

  g_assert_cmpuint (ferry_checks_count (copied->checks, FERRY_SEVERITY_WARNING), ==, 1);
  g_assert_cmpuint (ferry_checks_count (converted->checks, FERRY_SEVERITY_BLOCKER), ==, 1);
}

static void
test_bad (void)
{
  g_autofree char *deep = g_strnfill (200000, '<');
  g_autoptr (GString) nested = g_string_new (NULL);
  const char *cases[] = {
    "",
    " ",
    "domain",
    "<domain>",
    "<domain><name>a</name>",
    "<domain/>",
    "<domain><name/></domain>",
    "<network><name>a</name></network>",
    "<domain><name>\xff\xfe</name></domain>",
    "<!DOCTYPE domain [<!ENTITY a 'b'>]><domain><name>&a;</name></domain>",
    "<!DOCTYPE d SYSTEM 'file:///etc/passwd'><domain><name>a</name></domain>",
    "<domain><name>&unknown;</name></domain>",
    deep,
    NULL,
  };

  for (guint i = 0; i < 10000; i++)
    g_string_append (nested, "<domain>");
  cases[G_N_ELEMENTS (cases) - 1] = nested->str;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      g_assert_null (parse (cases[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/usual", test_usual);
  g_test_add_func ("/domain/memory", test_memory);
  g_test_add_func ("/domain/cpus", test_cpus);
  g_test_add_func ("/domain/firmware", test_firmware);
  g_test_add_func ("/domain/os", test_os);
  g_test_add_func ("/domain/hypervisors", test_hypervisors);
  g_test_add_func ("/domain/disks", test_disks);
  g_test_add_func ("/domain/many-disks", test_many_disks);
  g_test_add_func ("/domain/identity", test_identity);
  g_test_add_func ("/domain/arch", test_arch);
  g_test_add_func ("/domain/bad", test_bad);

  return g_test_run ();
}
