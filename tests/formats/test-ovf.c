/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-ovf.h"
#include "ferry-pack.h"
#include "ferry-summary.h"

#include <string.h>

#define MEMORY_UNIT "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>"
#define MEMORY "<rasd:VirtualQuantity>256</rasd:VirtualQuantity></Item>"
#define CPUS "<rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>"
#define NAME "<Name>vm</Name>"
#define DISK_FORMAT                                                                                \
  "ovf:format='http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized'"
#define CAPACITY "ovf:capacity='1048576'"
#define END "</VirtualHardwareSection>"
#define NIC(content)                                                                               \
  "<Item><rasd:ElementName>n</rasd:ElementName><rasd:ResourceType>10</rasd:ResourceType>" content  \
  "</Item>" END
#define CONTROLLER(type, sub_type)                                                                 \
  "<Item><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceType>" type                             \
  "</rasd:ResourceType><rasd:ResourceSubType>" sub_type "</rasd:ResourceSubType></Item>" END
#define PARENT                                                                                     \
  {                                                                                                \
    "<rasd:HostResource>ovf:/disk/d0",                                                             \
        "<rasd:Parent>3</rasd:Parent><rasd:HostResource>ovf:/disk/d0"                              \
  }

/* One guest with one disk, changed in up to two places; what its summary then has and has not. */
typedef struct
{
  const char *name;
  struct
  {
    const char *old;
    const char *new;
  } changes[2];
  const char *has[3];
  const char *has_not;
} Case;

static const Case cases[] = {
  { "as-it-is",
    { { "", "" } },
    { "guest vm: vm, - (-)", "memory 268435456, vcpus 1 = 0 x 0 x 0, unknown",
      "disk Hard disk 1: 1048576 bytes, used -1, vmdk, unknown, disk.vmdk" },
    "checks" },

  /* names */
  { "name-from-id", { { NAME, "" } }, { "guest vm: vm," }, "checks" },
  { "empty-name", { { NAME, "<Name> </Name>" } }, { "guest vm: vm," }, "checks" },
  { "name-from-file",
    { { NAME, "" }, { "VirtualSystem ovf:id='vm'", "VirtualSystem" } },
    { "guest : base,", "guest.no-name note" },
    NULL },
  { "description-ovirt",
    { { NAME, NAME "<Description>words</Description>" } },
    { "description words" },
    NULL },

  /* memory */
  { "memory-gib",
    { { MEMORY_UNIT, "<rasd:AllocationUnits>GigaBytes</rasd:AllocationUnits>" } },
    { "memory 274877906944," },
    "checks" },
  { "memory-without-unit", { { MEMORY_UNIT, "" } }, { "memory 268435456,", "ovf.no-unit note" } },
  { "memory-bytes-without-unit",
    { { MEMORY_UNIT, "" }, { ">256<", ">536870912<" } },
    { "memory 536870912,", "ovf.no-unit note" },
    NULL },
  { "memory-unknown-unit",
    { { "byte * 2^20", "furlong" } },
    { "memory 0,", "ovf.unknown-unit warning" },
    NULL },
  { "memory-words", { { ">256<", ">lots<" } }, { "memory 0,", "ovf.bad-number warning" }, NULL },
  { "memory-negative", { { ">256<", ">-1<" } }, { "memory 0,", "ovf.bad-number warning" }, NULL },
  { "memory-overflow",
    { { ">256<", ">18446744073709551615<" } },
    { "memory 0,", "ovf.bad-number warning" },
    NULL },
  { "memory-property",
    { { ">256<", ">${ram}<" },
      { "<VirtualHardwareSection>", "<ProductSection><Property ovf:key='ram' "
                                    "ovf:value='64'/></ProductSection><VirtualHardwareSection>" } },
    { "memory 67108864," },
    "checks" },
  { "memory-unknown-property",
    { { ">256<", ">${ram}<" } },
    { "memory 0,", "ovf.unknown-property warning" },
    NULL },
  { "memory-missing",
    { { "<rasd:ResourceType>4</rasd:ResourceType>", "<rasd:ResourceType>1</rasd:ResourceType>" } },
    { "memory 0," },
    "checks" },

  /* processors */
  { "cpus-several-items",
    { { CPUS, CPUS "<Item><rasd:ResourceType>3</rasd:ResourceType>" CPUS } },
    { "vcpus 2 =" },
    "checks" },
  { "cpus-words",
    { { CPUS, "<rasd:VirtualQuantity>x</rasd:VirtualQuantity></Item>" } },
    { "vcpus 0 =", "ovf.bad-number warning" },
    NULL },
  { "cpus-absurd",
    { { CPUS, "<rasd:VirtualQuantity>5000</rasd:VirtualQuantity></Item>" } },
    { "vcpus 0 =", "ovf.bad-number warning" },
    NULL },
  { "cpus-missing",
    { { "<rasd:ResourceType>3</rasd:ResourceType>", "<rasd:ResourceType>1</rasd:ResourceType>" } },
    { "vcpus 0 =" },
    "checks" },
  { "cores-per-socket",
    { { CPUS, "<rasd:VirtualQuantity>4</rasd:VirtualQuantity><CoresPerSocket>2</CoresPerSocket></"
              "Item>" } },
    { "vcpus 4 = 2 x 2 x 1" },
    "checks" },
  { "cores-that-do-not-fit",
    { { CPUS, "<rasd:VirtualQuantity>4</rasd:VirtualQuantity><CoresPerSocket>3</CoresPerSocket></"
              "Item>" } },
    { "vcpus 4 = 0 x 0 x 0", "ovf.odd-topology warning" },
    NULL },
  { "cores-zero",
    { { CPUS, "<rasd:VirtualQuantity>4</rasd:VirtualQuantity><CoresPerSocket>0</CoresPerSocket></"
              "Item>" } },
    { "vcpus 4 = 0 x 0 x 0" },
    "checks" },
  { "topology-without-quantity",
    { { CPUS, "<num_of_sockets>2</num_of_sockets><cpu_per_socket>3</"
              "cpu_per_socket><threads_per_cpu>2</threads_per_cpu></Item>" } },
    { "vcpus 12 = 2 x 3 x 2" },
    "checks" },

  /* firmware and operating system */
  { "firmware-efi",
    { { END, "<Config key='firmware' value='efi'/>" END } },
    { ", uefi\n" },
    "checks" },
  { "firmware-bios",
    { { END, "<Config key='firmware' value='bios'/>" END } },
    { ", bios\n" },
    "checks" },
  { "firmware-unknown",
    { { END, "<Config key='firmware' value='coreboot'/>" END } },
    { "ovf.unknown-firmware warning" },
    ", bios" },
  { "os-unknown",
    { { NAME, NAME "<OperatingSystemSection ovf:id='0'><Info/></OperatingSystemSection>" } },
    { "vm, - (-)" },
    "checks" },
  { "os-cim",
    { { NAME, NAME "<OperatingSystemSection ovf:id='103'><Info/></OperatingSystemSection>" } },
    { "vm, Windows Server 2008 R2 (cim:103)" },
    NULL },
  { "os-cim-not-in-table",
    { { NAME, NAME "<OperatingSystemSection ovf:id='9999'><Info/></OperatingSystemSection>" } },
    { "vm, - (cim:9999)" },
    NULL },

  /* where a disk is */
  { "place-slash-disk", { { "ovf:/disk/d0", "/disk/d0" } }, { ", disk.vmdk" }, "checks" },
  { "place-0.9", { { "ovf:/disk/d0", "disk/d0" } }, { ", disk.vmdk" }, "checks" },
  { "place-bare", { { "ovf:/disk/d0", "d0" } }, { ", disk.vmdk" }, "checks" },
  { "place-ovirt", { { "ovf:/disk/d0", "d0/0b1c2d3e" } }, { ", disk.vmdk" }, "checks" },
  { "place-file",
    { { "ovf:/disk/d0", "ovf:/file/f0" } },
    { "disk Hard disk 1: 1048576 bytes, used -1, vmdk, unknown, disk.vmdk" },
    "checks" },
  { "place-file-without-disk",
    { { "ovf:/disk/d0", "ovf:/file/f0" }, { "<Disk ovf:diskId='d0'", "<Other" } },
    { "disk Hard disk 1: 0 bytes, used -1, -, unknown, disk.vmdk" },
    "checks" },
  { "place-unknown",
    { { "ovf:/disk/d0", "ovf:/disk/none" } },
    { "disk Hard disk 1: 0 bytes, used -1, -, unknown, -", "ovf.unknown-disk warning" },
    NULL },
  { "place-unknown-file",
    { { "ovf:/disk/d0", "ovf:/file/none" } },
    { "ovf.unknown-disk warning" },
    NULL },
  { "place-empty",
    { { "<rasd:HostResource>ovf:/disk/d0</rasd:HostResource>", "" } },
    { "disk Hard disk 1: 0 bytes, used -1, -, unknown, -" },
    NULL },
  { "file-not-listed",
    { { "ovf:fileRef='f0'", "ovf:fileRef='f9'" } },
    { "1048576 bytes, used -1, vmdk, unknown, -", "ovf.unknown-file warning" },
    NULL },
  { "blank-tebibyte",
    { { "ovf:fileRef='f0'", "ovf:capacityAllocationUnits='byte * 2^40'" },
      { CAPACITY, "ovf:capacity='1'" } },
    { "1099511627776 bytes, used -1, vmdk, unknown, -" },
    "checks" },
  { "unused-disk",
    { { "</DiskSection>", "<Disk ovf:diskId='d5' ovf:capacity='5'/></DiskSection>" } },
    { "disk.unused warning" },
    NULL },

  /* what a disk is */
  { "capacity-mib",
    { { CAPACITY, "ovf:capacity='5' ovf:capacityAllocationUnits='MegaBytes'" } },
    { "5242880 bytes" },
    "checks" },
  { "capacity-unknown-unit",
    { { CAPACITY, "ovf:capacity='5' ovf:capacityAllocationUnits='parsec'" } },
    { "disk Hard disk 1: 0 bytes", "ovf.unknown-unit warning" },
    NULL },
  { "capacity-overflow",
    { { CAPACITY, "ovf:capacity='99999999999' ovf:capacityAllocationUnits='byte * 2^40'" } },
    { "disk Hard disk 1: 0 bytes", "ovf.bad-number warning" },
    NULL },
  { "capacity-unknown-property",
    { { CAPACITY, "ovf:capacity='${size}'" } },
    { "disk Hard disk 1: 0 bytes", "ovf.unknown-property warning" },
    NULL },
  { "capacity-missing", { { CAPACITY, "" } }, { "disk Hard disk 1: 0 bytes" }, "checks" },
  { "used", { { CAPACITY, CAPACITY " ovf:populatedSize='77'" } }, { "used 77," }, "checks" },
  { "format-qcow2",
    { { DISK_FORMAT, "ovf:format='http://www.gnome.org/~markmc/qcow-image-format.html'" } },
    { ", qcow2, " },
    "checks" },
  { "format-vhd",
    { { DISK_FORMAT, "ovf:format='http://technet.microsoft.com/en-us/library/bb676673.aspx'" } },
    { ", vpc, " },
    "checks" },
  { "format-vhdx",
    { { DISK_FORMAT, "ovf:format='http://www.microsoft.com/vhdx'" } },
    { ", vhdx, " },
    "checks" },
  { "format-vdi",
    { { DISK_FORMAT, "ovf:format='http://www.virtualbox.org/vdi'" } },
    { ", vdi, " },
    "checks" },
  { "format-raw-ovirt",
    { { DISK_FORMAT, DISK_FORMAT " ovf:volume-format='RAW'" } },
    { ", raw, " },
    "checks" },
  { "format-unknown",
    { { DISK_FORMAT, "ovf:format='http://localhost/x'" } },
    { "used -1, -, unknown, " },
    "checks" },
  { "format-missing", { { DISK_FORMAT, "" } }, { "used -1, -, unknown, " }, "checks" },
  { "parent",
    { { CAPACITY, CAPACITY " ovf:parentRef='base'" } },
    { "disk.has-parent blocker" },
    NULL },
  { "gzip",
    { { "ovf:href='disk.vmdk'", "ovf:href='disk.vmdk.gz' ovf:compression='gzip'" } },
    { "disk.vmdk.gz, compressed" },
    "checks" },
  { "identity",
    { { "ovf:href='disk.vmdk'", "ovf:href='disk.vmdk' ovf:compression='identity'" } },
    { ", disk.vmdk\n" },
    "checks" },
  { "bzip2",
    { { "ovf:href='disk.vmdk'", "ovf:href='disk.vmdk' ovf:compression='bzip2'" } },
    { "compressed", "disk.compression-unsupported blocker" },
    NULL },
  { "chunked",
    { { "ovf:href='disk.vmdk'", "ovf:href='disk.vmdk' ovf:chunkSize='1024'" } },
    { "disk.vmdk, chunked" },
    "checks" },
  { "remote-http",
    { { "ovf:href='disk.vmdk'", "ovf:href='https://localhost/disk.vmdk'" } },
    { "https://localhost/disk.vmdk, remote", "disk.remote-file blocker" },
    NULL },
  { "remote-file",
    { { "ovf:href='disk.vmdk'", "ovf:href='file:///etc/passwd'" } },
    { "disk.remote-file blocker" },
    NULL },

  /* buses */
  { "bus-ide", { { END, CONTROLLER ("5", "PIIX4") }, PARENT }, { "vmdk, ide, " }, "checks" },
  { "bus-scsi", { { END, CONTROLLER ("6", "lsilogic") }, PARENT }, { "vmdk, scsi, " }, "checks" },
  { "bus-sata", { { END, CONTROLLER ("20", "AHCI") }, PARENT }, { "vmdk, sata, " }, "checks" },
  { "bus-nvme",
    { { END, CONTROLLER ("20", "vmware.nvme.controller") }, PARENT },
    { "vmdk, nvme, " },
    "checks" },
  { "bus-virtio-scsi",
    { { END, CONTROLLER ("20", "VirtioSCSI") }, PARENT },
    { "vmdk, scsi, " },
    "checks" },
  { "bus-unknown",
    { { END, CONTROLLER ("20", "tape") }, PARENT },
    { "vmdk, unknown, " },
    "checks" },
  { "bus-parent-missing", { PARENT }, { "vmdk, unknown, " }, "checks" },
  { "bus-ovirt",
    { { CAPACITY, CAPACITY " ovf:disk-interface='VirtIO'" } },
    { "vmdk, virtio, " },
    "checks" },

  /* network adapters */
  { "nic-bare",
    { { END, "<Item><rasd:ResourceType>10</rasd:ResourceType></Item>" END } },
    { "nic Network adapter 1: -, -, -" },
    "checks" },
  { "nic-address",
    { { END, NIC ("<rasd:Address>00:50:56:AA:BB:CC</rasd:Address>") } },
    { "nic n: 00:50:56:aa:bb:cc," },
    "checks" },
  { "nic-mac-address",
    { { END, NIC ("<MACAddress>00-50-56-AA-BB-CC</MACAddress><rasd:Address>1</rasd:Address>") } },
    { "nic n: 00:50:56:aa:bb:cc," },
    "checks" },
  { "nic-bad-address",
    { { END, NIC ("<rasd:Address>7</rasd:Address>") } },
    { "nic n: -,", "nic.bad-mac warning" },
    NULL },
  { "nic-network",
    { { END, NIC ("<rasd:Connection>LAN &lt;1&gt;</rasd:Connection>") } },
    { "nic n: -, LAN <1>, -" },
    "checks" },
  { "nic-model",
    { { END, NIC ("<rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>") } },
    { "nic n: -, -, vmxnet3" },
    "checks" },
  { "nic-ovirt-model",
    { { END, NIC ("<rasd:ResourceSubType>3</rasd:ResourceSubType>") } },
    { "nic n: -, -, virtio" },
    "checks" },
  { "nic-ovirt-unknown-model",
    { { END, NIC ("<rasd:ResourceSubType>9</rasd:ResourceSubType>") } },
    { "nic n: -, -, -" },
    "checks" },

  /* namespaces */
  { "namespace-with-slash",
    { { "envelope/1' xmlns:ovf", "envelope/1/' xmlns:ovf" },
      { "envelope/1' xmlns:rasd", "envelope/1/' xmlns:rasd" } },
    { "vcpus 1", "disk Hard disk 1" },
    "checks" },
  { "namespace-2",
    { { "envelope/1' xmlns:ovf", "envelope/2' xmlns:ovf" },
      { "envelope/1' xmlns:rasd", "envelope/2' xmlns:rasd" } },
    { "vcpus 1", "disk Hard disk 1" },
    "checks" },
};

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = NULL;

  if (*old == '\0')
    return g_strdup (text);
  g_assert_nonnull (strstr (text, old));
  parts = g_strsplit (text, old, 2);

  return g_strjoinv (new, parts);
}

static FerryOvf *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return ferry_ovf_parse (bytes, "base", error);
}

static char *
dup_base (void)
{
  static const FerryPackFile files[] = { { "disk.vmdk", NULL }, { NULL, NULL } };

  return ferry_pack_dup_ovf ("vm", files);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = dup_base ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryOvf) ovf = NULL;
  g_autofree char *summary = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (test->changes); i++)
    if (test->changes[i].old != NULL)
      {
        char *changed = replace (text, test->changes[i].old, test->changes[i].new);

        g_free (text);
        text = changed;
      }
  ovf = parse (text, &error);
  g_assert_no_error (error);
  summary = ferry_summary_of_guest (((FerryOvfSystem *) ovf->systems->pdata[0])->guest);

  for (guint i = 0; i < G_N_ELEMENTS (test->has); i++)
    if (test->has[i] != NULL && strstr (summary, test->has[i]) == NULL)
      g_error ("‘%s’ is missing in:\n%s", test->has[i], summary);
  if (test->has_not != NULL && strstr (summary, test->has_not) != NULL)
    g_error ("‘%s’ should not be in:\n%s", test->has_not, summary);
}

static const struct
{
  const char *text;
  const char *message;
} refused[] = {
  { "", "empty" },
  { "<Envelope", "not well-formed" },
  { "<domain/>", "not an OVF" },
  { "<Envelope/>", "no virtual machine" },
  { "<Envelope><VirtualSystemCollection/></Envelope>", "no virtual machine" },
  { "<!DOCTYPE Envelope><Envelope><VirtualSystem/></Envelope>", "DOCTYPE" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryOvf) ovf = parse (refused[i].text, &error);

      g_assert_null (ovf);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, refused[i].message));
    }
}

/* Hostile numbers of things are neither slow nor accepted. */
static void
test_many_disks (void)
{
  g_autofree char *base = dup_base ();
  g_autoptr (GString) items = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (FerryOvf) ovf = NULL;
  const FerryGuest *guest;

  for (guint i = 0; i < 50000; i++)
    g_string_append (items, "<Item><rasd:ElementName>a</rasd:ElementName>"
                            "<rasd:ResourceType>17</rasd:ResourceType></Item>");
  g_string_append (items, END);
  text = replace (base, END, items->str);
  ovf = parse (text, NULL);
  g_assert_nonnull (ovf);
  guest = ((FerryOvfSystem *) ovf->systems->pdata[0])->guest;
  g_assert_true (ferry_checks_have (guest->checks, "ovf.too-many-devices"));
  g_assert_cmpuint (guest->disks->len, <, 2000);
}

/* Every disk of a guest has a name of its own. */
static void
test_unique_names (void)
{
  static const FerryPackFile files[] = {
    { "a.vmdk", NULL }, { "b.vmdk", NULL }, { "c.vmdk", NULL }, { NULL, NULL }
  };
  g_autofree char *base = ferry_pack_dup_ovf ("vm", files);
  g_autofree char *second = replace (base, "Hard disk 2", "Hard disk 1");
  g_autofree char *text = replace (second, "Hard disk 3", "Hard disk 1");
  g_autoptr (FerryOvf) ovf = parse (text, NULL);
  const FerryGuest *guest;

  g_assert_nonnull (ovf);
  guest = ((FerryOvfSystem *) ovf->systems->pdata[0])->guest;
  g_assert_cmpstr (ferry_guest_get_disk (guest, 0)->name, ==, "Hard disk 1");
  g_assert_cmpstr (ferry_guest_get_disk (guest, 1)->name, ==, "Hard disk 1 (2)");
  g_assert_cmpstr (ferry_guest_get_disk (guest, 2)->name, ==, "Hard disk 1 (3)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ovf/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/ovf/refused", test_refused);
  g_test_add_func ("/ovf/many-disks", test_many_disks);
  g_test_add_func ("/ovf/unique-names", test_unique_names);

  return g_test_run ();
}
