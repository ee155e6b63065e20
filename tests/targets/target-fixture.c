/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "target-fixture.h"

#include "ferry-tree.h"

#include <glib/gstdio.h>

#define MIB (1024 * 1024)
#define NAME "Tiny é & ‘co’ <1>"

static FerryGuest *
make_guest (void)
{
  static const char *const macs[] = { "00:50:56:01:02:03", "00:50:56:01:02:04" };
  static const char *const networks[] = { "VM Network", "Backup" };
  FerryGuest *guest = ferry_guest_new ("tiny", "tiny");

  guest->memory_bytes = 256 * MIB;
  guest->vcpus = 2;
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("Hard disk %u", i + 1);
      FerryDisk *disk = ferry_disk_new (name);
      FerryNic *nic = ferry_nic_new ("Network adapter");

      disk->capacity_bytes = MIB;
      g_ptr_array_add (guest->disks, disk);
      nic->mac = g_strdup (macs[i]);
      nic->network = g_strdup (networks[i]);
      g_ptr_array_add (guest->nics, nic);
    }

  return guest;
}

/* The guest stays owned by the record's copy of the plan. */
static void
make_record (TargetFixture *fixture)
{
  g_autoptr (FerryGuest) source = make_guest ();
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (GError) error = NULL;
  FerryPlanGuest *guest;

  ferry_plan_set_ova_source (plan, "/srv/tiny.ova");
  ferry_plan_set_folder_destination (plan, fixture->dir);
  ferry_plan_add_guest (plan, source);
  fixture->record = ferry_record_create (plan, &error);
  g_assert_no_error (error);

  guest = ferry_plan_get_guest (fixture->record->plan, 0);
  g_free (guest->name);
  guest->name = g_strdup (NAME);
  guest->memory_bytes = 256 * MIB;
  guest->vcpus = 2;
  guest->format = FERRY_FORMAT_QCOW2;
  guest->description = g_strdup ("From <the> old & slow “cluster”");
  ferry_plan_network_set (&ferry_plan_guest_get_nic (guest, 0)->network, FERRY_NETWORK_NETWORK,
                          "default");
  ferry_plan_network_set (&ferry_plan_guest_get_nic (guest, 1)->network, FERRY_NETWORK_NONE, NULL);
  fixture->guest = guest;
}

void
target_fixture_set_up (TargetFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;
  g_autofree char *helpers = g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", NULL);

  fixture->dir = g_dir_make_tmp ("ferry target é & XXXXXX", &error);
  g_assert_no_error (error);
  state = g_build_filename (fixture->dir, ".state", NULL);
  fixture->work_dir = g_build_filename (fixture->dir, ".work", NULL);
  g_assert_cmpint (g_mkdir (fixture->work_dir, 0700), ==, 0);
  g_setenv ("FERRY_STATE_DIR", state, TRUE);
  g_setenv ("FERRY_LIBEXECDIR", helpers, TRUE);

  make_record (fixture);
  fixture->run = (FerryTargetRun){ .record = fixture->record,
                                   .guest = fixture->guest,
                                   .work_dir = fixture->work_dir };
}

void
target_fixture_tear_down (TargetFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ferry_tree_remove (fixture->dir, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->record, ferry_record_free);
  g_free (fixture->work_dir);
  g_free (fixture->dir);
}

void
target_fixture_run_tool (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

void
target_fixture_make_disk (const char *path, const char *format, guint64 bytes)
{
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, bytes);
  const char *const argv[] = { "qemu-img", "create", "-q", "-f", format, path, size, NULL };

  target_fixture_run_tool (argv);
}

/** target_fixture_make_disks: what virt-v2v leaves where it was told to write */
void
target_fixture_make_disks (TargetFixture *fixture, const FerryOutput *output)
{
  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    target_fixture_make_disk (
        output->disk_paths[i],
        ferry_format_to_word (ferry_plan_guest_get_format (fixture->guest, i)), MIB);
}

static void
append_disk (GString *xml, TargetFixture *fixture, const FerryOutput *output, guint index)
{
  g_autofree char *name = g_path_get_basename (output->disk_paths[index]);
  g_autofree char *path = g_build_filename (output->storage, name, NULL);
  g_autofree char *source =
      g_str_equal (output->mode, "local")
          ? g_markup_printf_escaped ("file='%s'", path)
          : g_markup_printf_escaped ("pool='%s' volume='%s'", output->storage, name);

  g_string_append_printf (xml,
                          "    <disk type='%s' device='disk'>\n"
                          "      <driver name='qemu' type='%s'/>\n"
                          "      <source %s/>\n"
                          "      <target dev='vd%c' bus='virtio'/>\n"
                          "    </disk>\n",
                          g_str_equal (output->mode, "local") ? "file" : "volume",
                          ferry_format_to_word (fixture->guest->format), source,
                          (char) ('a' + index));
}

/** target_fixture_make_xml: in the shape of virt-v2v 2.2's, for what its input said */
char *
target_fixture_make_xml (TargetFixture *fixture, const FerryOutput *output)
{
  g_autofree char *name = g_markup_escape_text (fixture->guest->name, -1);
  GString *xml = g_string_new ("<?xml version='1.0' encoding='utf-8'?>\n"
                               "<domain type='kvm'>\n"
                               "  <!-- generated by virt-v2v 2.2.0 -->\n");

  g_string_append_printf (xml,
                          "  <name>%s</name>\n"
                          "  <memory unit='KiB'>262144</memory>\n"
                          "  <currentMemory unit='KiB'>262144</currentMemory>\n"
                          "  <vcpu>2</vcpu>\n"
                          "  <features>\n    <acpi/>\n    <apic/>\n  </features>\n"
                          "  <os>\n    <type arch='x86_64' machine='q35'>hvm</type>\n  </os>\n"
                          "  <devices>\n",
                          name);
  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    append_disk (xml, fixture, output, i);
  g_string_append (xml, "    <interface type='network'>\n"
                        "      <source network='default'/>\n"
                        "      <model type='virtio'/>\n"
                        "      <mac address='00:50:56:01:02:03'/>\n"
                        "    </interface>\n"
                        "    <interface type='bridge'>\n"
                        "      <source bridge='" FERRY_UNCONNECTED_BRIDGE "'/>\n"
                        "      <model type='virtio'/>\n"
                        "      <mac address='00:50:56:01:02:04'/>\n"
                        "    </interface>\n"
                        "    <graphics type='vnc' autoport='yes'/>\n"
                        "    <vsock model='virtio'/>\n"
                        "    <console type='pty'/>\n"
                        "  </devices>\n"
                        "</domain>\n");

  return g_string_free (xml, FALSE);
}

void
target_fixture_write (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}
