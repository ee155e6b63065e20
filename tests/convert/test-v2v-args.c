/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-v2v-args.h"

#include <string.h>

/* What `virt-v2v --machine-readable` prints, by version (the words that could matter). */
#define WORDS_2_2                                                                                  \
  "virt-v2v virt-v2v-2.0 libguestfs-rewrite vcenter-https xen-ssh vddk colours-option "            \
  "vdsm-compat-option io/oo mac-option bandwidth-option mac-ip-option input:disk input:libvirt "   \
  "input:libvirtxml input:ova input:vmx output:glance output:kubevirt output:libvirt "             \
  "output:local output:null output:openstack output:qemu output:rhv output:rhv-upload "            \
  "output:vdsm convert:linux convert:windows ovf:ovirt ovf:rhvexp"
#define WORDS_2_4 WORDS_2_2 " block-driver-option"
#define WORDS_2_8                                                                                  \
  "virt-v2v virt-v2v-2.0 libguestfs-rewrite vcenter-https xen-ssh vddk colours-option "            \
  "vdsm-compat-option io/oo mac-option bandwidth-option mac-ip-option parallel-option "            \
  "customize-ops block-driver-option input:disk input:libvirt input:libvirtxml input:ova "         \
  "input:vmx output:disk output:glance output:kubevirt output:libvirt output:null "                \
  "output:openstack output:ovirt output:ovirt-upload output:qemu output:vdsm convert:linux "       \
  "convert:windows ovf:ovirt ovf:ovirtexp"
/* 2.10 can be built without much of it. */
#define WORDS_2_10                                                                                 \
  "virt-v2v virt-v2v-2.0 libguestfs-rewrite io/oo mac-option mac-ip-option parallel-option "       \
  "customize-ops memsize smp input:disk input:libvirt input:libvirtxml input:ova input:vmx "       \
  "output:disk output:kubevirt output:libvirt output:null output:qemu convert:linux "              \
  "convert:windows"

typedef struct
{
  const char *name;
  const char *words;
  const char *mode;
  const char *connection;
  const char *root;
  FerryFormat format;
  FerryAllocation allocation;
  const char *expected;
} Case;

static const Case cases[] = {
  { "2.2/folder", WORDS_2_2, "local", NULL, "single", FERRY_FORMAT_QCOW2, FERRY_ALLOCATION_SPARSE,
    "--root ask -i libvirtxml -o local -os /to -of qcow2 -oa sparse -on tiny" },
  { "2.2/libvirt", WORDS_2_2, "libvirt", "qemu:///session", NULL, FERRY_FORMAT_RAW,
    FERRY_ALLOCATION_PREALLOCATED,
    "--root ask -i libvirtxml -o libvirt -oc qemu:///session -os /to -of raw -oa preallocated "
    "-on tiny" },
  { "2.4/folder", WORDS_2_4, "local", NULL, "first", FERRY_FORMAT_RAW, FERRY_ALLOCATION_SPARSE,
    "--root first -i libvirtxml -o local -os /to -of raw -oa sparse -on tiny" },
  { "2.8/folder", WORDS_2_8, "local", NULL, "/dev/sda2", FERRY_FORMAT_QCOW2,
    FERRY_ALLOCATION_SPARSE,
    "--root /dev/sda2 -i libvirtxml -o disk -os /to -of qcow2 -oa sparse -on tiny" },
  { "2.8/libvirt", WORDS_2_8, "libvirt", "qemu:///system", "single", FERRY_FORMAT_QCOW2,
    FERRY_ALLOCATION_SPARSE,
    "--root ask -i libvirtxml -o libvirt -oc qemu:///system -os /to -of qcow2 -oa sparse "
    "-on tiny" },
  { "2.10/folder", WORDS_2_10, "local", NULL, "single", FERRY_FORMAT_QCOW2,
    FERRY_ALLOCATION_SPARSE,
    "--root ask -i libvirtxml -o disk -os /to -of qcow2 -oa sparse -on tiny" },
  { "none/folder", "", "local", NULL, "single", FERRY_FORMAT_QCOW2, FERRY_ALLOCATION_SPARSE,
    "--root ask -i libvirtxml -o local -os /to -of qcow2 -oa sparse -on tiny" },
};

static FerryHostFacts *
make_facts (const char *words, FerryKvm kvm)
{
  FerryHostFacts *facts = ferry_host_facts_new ();

  g_strfreev (facts->words);
  facts->words = g_strsplit (words, " ", -1);
  facts->kvm = kvm;
  g_free (facts->cache_dir);
  facts->cache_dir = g_strdup ("/cache");
  return facts;
}

static FerryPlanGuest *
make_guest (const Case *c)
{
  g_autoptr (FerryGuest) source = ferry_guest_new ("tiny", "tiny");
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  FerryPlanGuest *guest;

  for (guint i = 0; i < 2; i++)
    {
      g_ptr_array_add (source->disks, ferry_disk_new ("disk"));
      g_ptr_array_add (source->nics, ferry_nic_new ("adapter"));
    }
  ((FerryNic *) ferry_guest_get_nic (source, 0))->mac = g_strdup ("00:50:56:01:02:03");
  guest = ferry_plan_guest_copy (ferry_plan_add_guest (plan, source));
  g_free (guest->root);
  guest->root = g_strdup (c->root);
  guest->format = c->format;
  guest->allocation = c->allocation;

  return guest;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (FerryHostFacts) facts = make_facts (c->words, FERRY_KVM_WORKS);
  FerryOutput output = { (char *) c->mode, (char *) c->connection, (char *) "/to", NULL };
  g_autoptr (FerryPlanGuest) guest = make_guest (c);
  const FerryV2vRun run = { facts, &output, guest, "/srv/guest.xml", "/srv" };
  g_auto (GStrv) args = ferry_v2v_args (&run);
  g_autofree char *text = g_strjoinv (" ", args);
  g_autofree char *expected =
    g_strdup_printf ("virt-v2v --machine-readable=fd:3 %s /srv/guest.xml", c->expected);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_keys (void)
{
  static const char *const keys[] = { "/dev/sda2:file:/srv/key-own-0", "all:file:/srv/key-all-0",
                                      NULL };
  g_autoptr (FerryHostFacts) facts = make_facts (WORDS_2_4, FERRY_KVM_WORKS);
  FerryOutput output = { (char *) "local", NULL, (char *) "/to", NULL };
  g_autoptr (FerryPlanGuest) guest = make_guest (&cases[0]);
  const FerryV2vRun run = { facts, &output, guest, "/srv/guest.xml", "/srv", NULL, keys };
  g_auto (GStrv) args = ferry_v2v_args (&run);
  g_autofree char *text = g_strjoinv (" ", args);

  g_assert_true (g_str_has_suffix (text, " --key /dev/sda2:file:/srv/key-own-0 "
                                         "--key all:file:/srv/key-all-0 /srv/guest.xml"));
}

static void
test_environment (void)
{
  static const FerryKvm kvms[] = { FERRY_KVM_ABSENT, FERRY_KVM_BROKEN, FERRY_KVM_WORKS };

  for (guint i = 0; i < G_N_ELEMENTS (kvms); i++)
    {
      g_autoptr (FerryHostFacts) facts = make_facts ("", kvms[i]);
      const FerryV2vRun run = { facts, NULL, NULL, "/srv/guest.xml", "/srv/a b" };
      g_auto (GStrv) environment = ferry_v2v_environment (&run);

      g_assert_cmpstr (g_environ_getenv (environment, "LIBGUESTFS_BACKEND"), ==, "direct");
      g_assert_cmpstr (g_environ_getenv (environment, "LIBGUESTFS_BACKEND_SETTINGS"), ==,
                       kvms[i] == FERRY_KVM_WORKS ? NULL : "force_tcg");
      g_assert_cmpstr (g_environ_getenv (environment, "TMPDIR"), ==, "/srv/a b");
      g_assert_cmpstr (g_environ_getenv (environment, "VIRT_V2V_TMPDIR"), ==, "/srv/a b");
      g_assert_cmpstr (g_environ_getenv (environment, "LIBGUESTFS_CACHEDIR"), ==, "/cache");
      g_assert_null (g_environ_getenv (environment, "VIRTIO_WIN"));
    }
}

/* @words: of the conversion host's virt-v2v; @has, @lacks: of its arguments then */
static void
assert_args (const char *words, const char *has, const char *lacks)
{
  g_autoptr (FerryHostFacts) facts = make_facts (words, FERRY_KVM_WORKS);
  FerryOutput output = { (char *) "local", NULL, (char *) "/to", NULL };
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryPlanGuest) guest = make_guest (&cases[0]);
  const FerryV2vRun run = { facts, &output, guest, "/srv/guest.xml", "/srv", plan };
  g_auto (GStrv) args = NULL;
  g_auto (GStrv) environment = NULL;
  g_autofree char *text = NULL;

  plan->block_driver = g_strdup ("virtio-scsi");
  plan->drivers = g_strdup ("/srv/virtio win.iso");
  for (guint i = 0; i < 2; i++)
    ferry_plan_guest_get_nic (guest, i)->address.ip = g_strdup ("192.0.2.10");
  ferry_plan_guest_get_disk (guest, 1)->format = FERRY_FORMAT_RAW;
  ferry_plan_guest_get_disk (guest, 1)->allocation = FERRY_ALLOCATION_PREALLOCATED;
  ((FerryDisk *) ferry_guest_get_disk (guest->source, 1))->capacity_bytes = 1;
  args = ferry_v2v_args (&run);
  environment = ferry_v2v_environment (&run);
  text = g_strjoinv (" ", args);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, has));
  g_assert_null (strstr (text, lacks));
  g_assert_nonnull (strstr (text, "-of raw -oa sparse"));
  g_assert_cmpstr (g_environ_getenv (environment, "VIRTIO_WIN"), ==, "/srv/virtio win.iso");
}

/* The second NIC has no definite MAC, by which virt-v2v would know it. */
static void
test_choices (void)
{
  assert_args (WORDS_2_2, "-on tiny --mac 00:50:56:01:02:03:ip:192.0.2.10 /srv", "--block-driver");
  assert_args (WORDS_2_4,
               "-on tiny --block-driver virtio-scsi --mac 00:50:56:01:02:03:ip:192.0.2.10 /srv",
               "--mac :");
  assert_args ("input:libvirtxml", "-on tiny /srv", "--mac ");
}

/* Whatever the names, a shell gives back what went in. */
static void
test_text (void)
{
  const char *const argv[] = { "virt-v2v", "-on",  "tiny é & co", "it's $HOME `x`", "",
                               "a\nb",     "--x=y", NULL };
  const char *const environment[] = { "TMPDIR=/a b/'c'", "EMPTY=", "A=b", NULL };
  g_autofree char *text = ferry_v2v_command_to_text (argv, environment);
  g_autofree char *plain = ferry_v2v_command_to_text (argv, NULL);
  g_auto (GStrv) parsed = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  g_assert_true (g_shell_parse_argv (plain, &n, &parsed, &error));
  g_assert_no_error (error);
  g_assert_cmpstrv (parsed, (char **) argv);
  g_assert_true (g_str_has_prefix (text, "TMPDIR='/a b/'\\''c'\\''' EMPTY= A=b virt-v2v -on "));
  g_assert_true (g_str_has_suffix (text, plain));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/v2v-args/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/v2v-args/environment", test_environment);
  g_test_add_func ("/v2v-args/keys", test_keys);
  g_test_add_func ("/v2v-args/choices", test_choices);
  g_test_add_func ("/v2v-args/text", test_text);

  return g_test_run ();
}
