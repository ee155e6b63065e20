/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-advice-table.h"
#include "ferry-advice.h"

#include <string.h>

/* What the tools really print. */
static const struct
{
  const char *text;
  const char *id;
} messages[] = {
  { "nbdkit is not installed or not working.  It is required to use ‘-i disk’.", "nbdkit.missing" },
  { "nbdkit is not installed or not working.  It is required to use ‘-i libvirt|libvirtxml’.",
    "nbdkit.missing" },
  { "nbdkit-file-plugin is not installed or not working", "nbdkit.part-missing" },
  { "nbdkit-cow-filter is not installed or not working", "nbdkit.part-missing" },
  { "nbdkit: ssh[1]: error: host key for server changed", "server.certificate" },
  { "nbdkit: ssh[1]: error: cannot open file for reading: SFTP server: No such file",
    "server.no-file" },
  { "nbdkit is too old.  nbdkit >= 1.28.3 is required.", "nbdkit.old" },
  { "sh: 1: nbdcopy: not found\nvirt-v2v: error: nbdcopy command failed, see earlier error "
    "messages",
    "nbdcopy.missing" },
  { "cp: cannot open '/boot/vmlinuz-5.15.0-89-generic' for reading: Permission denied\n"
    "libguestfs error: /usr/bin/supermin exited with error status 1.",
    "kernel.unreadable" },
  { "supermin: failed to find a suitable kernel (host_cpu=x86_64).\n\n"
    "I looked for kernels in /boot and modules in /lib/modules.\n\n"
    "libguestfs error: /usr/bin/supermin exited with error status 1.",
    "kernel.missing" },
  { "cannot find firmware for UEFI guests.\n\nYou probably need to install OVMF (x86-64), or "
    "AAVMF (aarch64)",
    "uefi.missing" },
  { "/usr/share/virtio-win/virtio-win.iso: cannot open virtio-win ISO file: No such file or "
    "directory",
    "virtio-win.missing" },
  { "insufficient free space in the conversion server temporary directory /var/tmp (500M).\n\n"
    "Either free up space in that directory, or set the LIBGUESTFS_CACHEDIR environment variable",
    "space.temporary" },
  { "not enough free space for conversion on filesystem ‘/boot’.  9.5 MB free < 50 MB needed",
    "space.guest" },
  { "not enough available inodes for conversion on filesystem ‘/’.  3 inodes available < 100 "
    "inodes needed",
    "space.guest-inodes" },
  { "nbdkit: file.0: error: pwrite: No space left on device\n"
    "nbdcopy: write at offset 50593792 failed: No space left on device",
    "space.full" },
  { "qemu-img: out.qcow2: Could not write: Disk quota exceeded", "space.full" },
  { "nbdkit: file.0: error: ftruncate: out/x-sda: File too large", "space.file-size" },
  { "qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory",
    "memory.none" },
  { "qemu-nbd: Failed to open: Too many open files", "files.too-many" },
  { "-os /nonexistent: output directory does not exist or is not a directory", "output.missing" },
  { "qemu-img: a.qcow2: Failed to get \"write\" lock\nIs another process using the image "
    "[a.qcow2]?",
    "disk.locked" },
  { "nbdkit: curl[1]: error: problem doing HEAD request to fetch size of URL [https://vc/folder/x]: "
    "HTTP response code said error: The requested URL returned error: 401",
    "server.password" },
  { "nbdkit: curl[1]: error: problem doing HEAD request to fetch size of URL [https://vc/folder/x]: "
    "HTTP response code said error: The requested URL returned error: 404 Not Found",
    "server.disk-gone" },
  { "nbdkit: curl[1]: error: problem doing HEAD request to fetch size of URL [https://vc/folder/x]: "
    "SSL peer certificate or SSH remote key was not OK: server certificate verification failed.",
    "server.certificate" },
  { "nbdkit: curl[1]: error: problem doing HEAD request to fetch size of URL [https://127.0.0.1:1/x]: "
    "Couldn't connect to server: Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect "
    "to server",
    "server.unreachable" },
  { "nbdkit: curl[1]: error: HTTP response code said error: The requested URL returned error: 403",
    "server.forbidden" },
  { "nbdkit: curl[2]: error: pread: HTTP response code said error: The requested URL returned error: "
    "503",
    "server.busy" },
  { "nbdkit: ssh[1]: error: all possible authentication methods failed", "server.password" },
  { "cannot find libvirt pool ‘nosuchpool’: Storage pool not found: no storage pool with matching "
    "name 'nosuchpool'\n\nUse ‘virsh pool-list --all’ to list all available pools",
    "libvirt.no-pool" },
  { "-o libvirt: output pool ‘lvm’ is not a directory (type='dir').  See "
    "virt-v2v-output-local(1)",
    "libvirt.pool-kind" },
  { "a libvirt domain called ‘tiny’ already exists on the target.\n\nIf using virt-v2v directly, "
    "use the ‘-on’ option to select a different name.",
    "libvirt.exists" },
  { "error: operation failed: domain 'tiny' already exists with uuid 1-2-3", "libvirt.exists" },
  { "authentication unavailable: no polkit agent available to authenticate action "
    "'org.libvirt.unix.manage'",
    "libvirt.auth" },
  { "exception: libvirt: VIR_ERR_SYSTEM_ERROR: VIR_FROM_RPC: Failed to connect socket to "
    "'/var/run/libvirt/libvirt-sock': No such file or directory",
    "libvirt.down" },
  { "inspection could not detect the source guest (or physical machine).\n\nAssuming that you are "
    "running virt-v2v/virt-p2v on a source which is supported",
    "system.none" },
  { "inspection could not detect the source guest (or physical machine) operating system.",
    "system.none" },
  { "libguestfs thinks this is not an installed operating system (it might be, for example, an "
    "installer disk or live CD).",
    "system.not-installed" },
  { "multi-boot operating systems are not supported by virt-v2v.  Use the --root option to change "
    "how virt-v2v handles this.",
    "system.several" },
  { "root device /dev/sdz1 not found.  Roots found were: /dev/sda1 /dev/sdb1", "system.root" },
  { "virt-v2v is unable to convert this guest type (freebsd/freebsd)", "system.unsupported" },
  { "only Xen kernels are installed in this guest.", "system.xen-kernels" },
  { "no bootloader detected", "system.bootloader" },
  { "no installed kernel packages were found.\n\nThis probably indicates that virt-v2v was unable "
    "to inspect this guest properly.",
    "system.bootloader" },
  { "inspection of the package database failed for this Linux guest.", "system.packages" },
  { "unable to rebuild initrd (/boot/initrd.img) because update-initramfs was not found in the "
    "guest",
    "system.initrd" },
  { "unable to mount the disk image for writing. This has probably happened because Windows "
    "Hibernation or Fast Restart is being used in this guest.\n\nOriginal error message: "
    "mount_options: Permission denied",
    "windows.hibernated" },
  { "filesystem was mounted read-only, even though we asked for it to be mounted read-write.",
    "system.unclean" },
  { "could not find key to open LUKS encrypted /dev/sda2.\n\nTry using --key on the command line.",
    "key.wrong" },
  { "could not find key to open LUKS encrypted /dev/sda2.\n\nTry using --key on the command line.\n\n"
    "Original error: appliance closed the connection unexpectedly.", "key.appliance" },
  { "getline: Inappropriate ioctl for device\nvirt-v2v: could not read key from user", "key.missing" },
  { "mount: /sysroot: unknown filesystem type 'BitLocker'.", "disk.encrypted" },
  { "qemu-img: Could not open 'x': Image is not in qcow2 format", "disk.format" },
  { "qemu-img: x: Could not open 'json:{}': Image not in VMDK format", "disk.format" },
  { "qemu-img: x: Could not open 'json:{}': File truncated, expecting at least 35984384 bytes",
    "disk.truncated" },
  { "nbdkit: file[1]: error: pread: Input/output error", "disk.damaged" },
  { "KVM internal error. Suberror: 1\nemulation failure", "kvm.broken" },
  { "qemu-system-x86_64: failed to initialize kvm: Permission denied", "kvm.broken" },
  { "libguestfs error: /usr/bin/supermin exited with error status 1.\nTo see full error messages "
    "you may need to enable debugging.",
    "appliance.supermin" },
  { "libguestfs error: guestfs_launch failed.\nThis usually means the libguestfs appliance failed "
    "to start or crashed.",
    "appliance.start" },
  { "libguestfs error: appliance closed the connection unexpectedly.", "appliance.start" },
  { "rhv-upload: operation timed out", "timeout" },
  { "nbdkit: error: cannot open out/x-sda: Permission denied", "permission" },
  { "nbdkit: error: open: /mnt/x-sda: Read-only file system", "read-only" },
  { "qemu-nbd did not start up.  There may be errors printed by qemu-nbd above.", "nbd.start" },
  { "nbdcopy command failed, see earlier error messages", "nbd.copy" },
};

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      FerryAdvice advice = { .id = "none" };
      gboolean found = ferry_advice_find (messages[i].text, &advice);

      g_test_message ("%s", messages[i].text);
      g_assert_cmpstr (advice.id, ==, messages[i].id);
      g_assert_true (found);
    }
}

static void
assert_is_tried (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (strcmp (messages[i].id, id) == 0)
      return;

  g_error ("no message for %s", id);
}

static void
assert_is_sentence (const char *text)
{
  g_assert_cmpuint (strlen (text), >, 10);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strchr (text, '\''));
}

static void
test_table (void)
{
  gsize n;
  const FerryAdviceEntry *entries = ferry_advice_get_table (&n);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (n, >=, 25);
  for (gsize i = 0; i < n; i++)
    {
      assert_is_tried (entries[i].id);
      assert_is_sentence (entries[i].heading);
      assert_is_sentence (entries[i].advice);
      g_assert_nonnull (entries[i].patterns[0]);
      g_assert_cmpuint (entries[i].code, <, FERRY_N_ERRORS);
      g_assert_true (g_hash_table_add (ids, (char *) entries[i].id));
    }
}

static void
test_unknown (void)
{
  static const char *const texts[] = { "", "\n\n", "something else",
                                       "nbdkit-file-plugin\nis not installed" };
  FerryAdvice advice;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (ferry_advice_find (texts[i], &advice));
}

/* The end of a run: what came on standard error and as the verdict. */
typedef struct
{
  const char *name;
  const char *out;
  const char *err;
  const char *error; /* of the messages */
  int status;
  FerryError code;
  const char *message; /* part of it */
} Run;

static const Run runs[] = {
  { "reason-in-tail", NULL, "nbdkit: file.0: error: pwrite: No space left on device\n",
    "nbdcopy command failed, see earlier error messages", 1, FERRY_ERROR_NO_SPACE, "is full" },
  { "reason-in-verdict", NULL, "something: Permission denied\n",
    "cannot find libvirt pool ‘x’: Storage pool not found", 1, FERRY_ERROR_NOT_FOUND,
    "storage pool" },
  { "no-messages", NULL,
    "nbd.12virt-v2v: error: nbdcopy command failed, see earlier\n\nIf reporting bugs, run\n", NULL,
    1, FERRY_ERROR_CONVERSION, "Copying a disk failed" },
  { "several-systems",
    "***\nDual- or multi-boot operating system detected.  Choose\n\n [1] /dev/sda1 (12.0)\n"
    " [2] /dev/sdb1\n\nEnter a number between 1 and 2, or ‘exit’: ",
    NULL, "exception: End_of_file", 1, FERRY_ERROR_INVALID,
    "on the disks: /dev/sda1 (12.0), /dev/sdb1." },
  { "killed", NULL, "x\n", NULL, 137, FERRY_ERROR_CONVERSION, "out of memory" },
  { "terminated", NULL, "x\n", NULL, 143, FERRY_ERROR_CONVERSION, "ended from outside" },
  { "unknown", NULL, NULL, "something new\nsecond line", 1, FERRY_ERROR_CONVERSION,
    "virt-v2v failed: something new" },
  { "silent", NULL, NULL, NULL, 2, FERRY_ERROR_CONVERSION, "exit status 2" },
};

static void
feed (FerryV2vOutput *output, FerryStream stream, const char *text)
{
  if (text != NULL)
    ferry_v2v_output_feed (output, stream, text, strlen (text));
}

static void
test_run (gconstpointer data)
{
  const Run *run = data;
  const FerryV2vEvents none = { NULL };
  g_autoptr (FerryV2vOutput) output = ferry_v2v_output_new (&none);
  g_autoptr (FerryFailure) failure = NULL;

  if (run->error != NULL)
    {
      g_autofree char *escaped = g_strescape (run->error, "‘’");
      g_autofree char *line =
        g_strdup_printf ("{ \"message\": \"%s\", \"type\": \"error\" }\n", escaped);

      feed (output, FERRY_STREAM_MESSAGES, line);
    }
  feed (output, FERRY_STREAM_STDOUT, run->out);
  feed (output, FERRY_STREAM_STDERR, run->err);
  ferry_v2v_output_finish (output);

  failure = ferry_advice_for_run (output, run->status);
  g_test_message ("%s %s", failure->message, failure->advice);
  g_assert_cmpint (failure->code, ==, run->code);
  g_assert_nonnull (strstr (failure->message, run->message));
  assert_is_sentence (failure->advice);
  if (run->error != NULL)
    g_assert_nonnull (strstr (failure->details, run->error));
}

static void
test_error (void)
{
  g_autoptr (GError) ours = g_error_new (FERRY_ERROR, FERRY_ERROR_EXISTS, "There is one.");
  g_autoptr (GError) other =
    g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "write: No space left on device");
  g_autoptr (FerryFailure) failure = ferry_advice_for_error (ours, NULL);
  g_autoptr (FerryFailure) known = ferry_advice_for_error (other, "more");

  g_assert_cmpint (failure->code, ==, FERRY_ERROR_EXISTS);
  g_assert_cmpstr (failure->message, ==, "There is one.");
  g_assert_cmpstr (failure->details, ==, "");
  g_assert_cmpint (known->code, ==, FERRY_ERROR_NO_SPACE);
  g_assert_cmpstr (known->message, ==, other->message);
  assert_is_sentence (known->advice);
  g_assert_cmpstr (known->details, ==, "more");
}

/* What virt-v2v warns of in imports that go well is said in words for people; the rest as it is. */
static void
test_warnings (void)
{
  static const struct
  {
    const char *text;
    const char *words; /* NULL: not known */
  } cases[] = {
    { "could not determine a way to update the configuration of Grub2", "Nothing needs to be done" },
    { "fstrim on guest filesystem /dev/sda2 failed.  Usually you can ignore this message.  To find "
      "out more read \"Trimming\" in virt-v2v(1).\n\nOriginal message: fstrim: /sysroot/: the "
      "discard operation is not supported",
      "Nothing needs to be done" },
    { "this guest has Windows Group Policy Objects (GPO) and a new virtio block device driver was "
      "installed.  In some circumstances, Group Policy may prevent new drivers from working",
      "7B" },
    { "this guest has Anti-Virus (AV) software and a new virtio block device driver was installed.",
      "7B" },
    { "there are no virtio drivers available for this version of Windows (6.1 x86_64 Client).  "
      "virt-v2v looks for drivers in /usr/share/virtio-win",
      "slower" },
    { "could not define libvirt domain: unsupported configuration", NULL },
    { "", NULL },
    { "\xff\xfe", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_harmless;
      const char *meaning = ferry_advice_for_warning (cases[i].text, &is_harmless);

      if (cases[i].words == NULL)
        g_assert_null (meaning);
      else
        g_assert_nonnull (strstr (meaning, cases[i].words));
      g_assert_true (is_harmless == (g_strcmp0 (cases[i].words, "Nothing needs to be done") == 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice/warnings", test_warnings);
  g_test_add_func ("/advice/messages", test_messages);
  g_test_add_func ("/advice/table", test_table);
  g_test_add_func ("/advice/unknown", test_unknown);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *path = g_strconcat ("/advice/run/", runs[i].name, NULL);

      g_test_add_data_func (path, &runs[i], test_run);
    }
  g_test_add_func ("/advice/error", test_error);

  return g_test_run ();
}
