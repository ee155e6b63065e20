/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-sample.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ferry-pack.h"

#define DISK_BYTES 4096
#define END_OF_HARDWARE "</VirtualHardwareSection>"
#define NIC                                                                                        \
  "<Item><rasd:Address>52:54:00:12:34:56</rasd:Address><rasd:Connection>VM Network"                \
  "</rasd:Connection><rasd:ElementName>Network adapter 1</rasd:ElementName>"                       \
  "<rasd:InstanceID>30</rasd:InstanceID><rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>"      \
  "<rasd:ResourceType>10</rasd:ResourceType></Item>"

static void
add_tool (const FerryctlSample *sample, const char *name, const char *script)
{
  g_autofree char *folder = ferryctl_sample_dup_path (sample, "tools");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
}

static void
set_folder (const FerryctlSample *sample, const char *variable, const char *name)
{
  g_autofree char *path = ferryctl_sample_dup_path (sample, name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_setenv (variable, path, TRUE);
}

void
ferryctl_sample_add_tool (const FerryctlSample *sample, const char *name, const char *script)
{
  add_tool (sample, name, script);
}

char *
ferryctl_sample_add_libvirt (const FerryctlSample *sample)
{
  g_autofree char *path = ferryctl_sample_write (
      sample, "node.xml",
      "<node><cpu><mhz>1</mhz><model>i686</model><active>1</active><nodes>1</nodes>"
      "<sockets>1</sockets><cores>1</cores><threads>1</threads><memory>1</memory></cpu>"
      "<auth><user password='sehr geheim'>bob</user></auth>"
      "<domain type='test'><name>web</name>"
      "<uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid><memory>8388608</memory><vcpu>1</vcpu>"
      "<os><type>hvm</type></os></domain></node>");

  return g_strconcat ("test://", path, NULL);
}

/* KVM is found not to work by a QEMU that ends at once: a note, and no kernel has to be started. */
FerryctlSample *
ferryctl_sample_new (void)
{
  FerryctlSample *sample = g_new0 (FerryctlSample, 1);
  g_autofree char *destination = NULL;

  sample->dir = ferry_pack_dup_dir ();
  destination = ferryctl_sample_dup_path (sample, "destination");
  g_assert_cmpint (g_mkdir (destination, 0700), ==, 0);
  sample->destination = g_strconcat ("folder:", destination, NULL);

  set_folder (sample, "FERRY_CACHE_DIR", "cache");
  set_folder (sample, "FERRY_CONFIG_DIR", "config");
  set_folder (sample, "FERRY_STATE_DIR", "state");
  set_folder (sample, "FERRY_TMPDIR", "tmp");
  set_folder (sample, "FERRY_TOOL_PATH", "tools");
  add_tool (sample, "virt-v2v",
            "case $1 in\n"
            "  --version) echo virt-v2v 2.2.0 ;;\n"
            "  *) printf '%s\\n' virt-v2v virt-v2v-2.0 mac-option input:libvirtxml output:local "
            ";;\n"
            "esac");
  add_tool (sample, "nbdkit", "exit 0");
  add_tool (sample, "nbdcopy", "exit 0");
  add_tool (sample, "qemu-img", "exit 0");
  add_tool (sample, "qemu-system-x86_64", "exit 1");

  return sample;
}

void
ferryctl_sample_free (FerryctlSample *sample)
{
  ferry_pack_remove_dir (sample->dir);
  g_free (sample->dir);
  g_free (sample->destination);
  g_free (sample);
}

char *
ferryctl_sample_dup_path (const FerryctlSample *sample, const char *name)
{
  return g_build_filename (sample->dir, name, NULL);
}

static char *
dup_ovf (const char *name)
{
  static const FerryPackFile files[] = { { "disk1.vmdk", NULL }, { NULL, NULL } };
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *ovf = ferry_pack_dup_ovf (escaped, files);
  g_auto (GStrv) parts = g_strsplit (ovf, END_OF_HARDWARE, 2);

  return g_strconcat (parts[0], NIC END_OF_HARDWARE, parts[1], NULL);
}

static char *
add_appliance (const FerryctlSample *sample,
               const char *file,
               const char *name,
               const char *disk_name)
{
  char *path = ferryctl_sample_dup_path (sample, file);
  g_autofree char *ovf = dup_ovf (name);
  g_autofree char *disk = ferry_pack_dup_disk (DISK_BYTES, 1);
  const FerryPackMember members[] = {
    { .name = "guest.ovf", .data = ovf },
    { .name = disk_name, .data = disk, .length = DISK_BYTES },
    { NULL },
  };

  ferry_pack_write (path, FERRY_PACK_TAR, members);
  return path;
}

char *
ferryctl_sample_add (const FerryctlSample *sample, const char *file, const char *name)
{
  return add_appliance (sample, file, name, "disk1.vmdk");
}

char *
ferryctl_sample_add_broken (const FerryctlSample *sample, const char *file, const char *name)
{
  return add_appliance (sample, file, name, "another.vmdk");
}

char *
ferryctl_sample_write (const FerryctlSample *sample, const char *file, const char *text)
{
  char *path = ferryctl_sample_dup_path (sample, file);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

gboolean
ferryctl_sample_is_untouched (const FerryctlSample *sample)
{
  g_autoptr (GDir) dir = g_dir_open (sample->destination + strlen ("folder:"), 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}
