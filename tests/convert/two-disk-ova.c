/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "two-disk-ova.h"

#include "ferry-endpoint.h"

#include <glib/gstdio.h>

static const char ovf[] =
    "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1' "
    "xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1' "
    "xmlns:rasd='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
    "CIM_ResourceAllocationSettingData'>"
    "<References><File ovf:id='f1' ovf:href='a.vmdk'/><File ovf:id='f2' ovf:href='b.vmdk'/>"
    "</References><DiskSection><Info/>"
    "<Disk ovf:diskId='d1' ovf:fileRef='f1' ovf:capacity='1048576'/>"
    "<Disk ovf:diskId='d2' ovf:fileRef='f2' ovf:capacity='1048576'/></DiskSection>"
    "<VirtualSystem ovf:id='web'><Info/><Name>web</Name><VirtualHardwareSection><Info/>"
    "<Item><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType></Item>"
    "<Item><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:ElementName>Hard disk 1"
    "</rasd:ElementName><rasd:HostResource>ovf:/disk/d1</rasd:HostResource>"
    "<rasd:InstanceID>4</rasd:InstanceID><rasd:Parent>3</rasd:Parent>"
    "<rasd:ResourceType>17</rasd:ResourceType></Item>"
    "<Item><rasd:AddressOnParent>1</rasd:AddressOnParent><rasd:ElementName>Hard disk 2"
    "</rasd:ElementName><rasd:HostResource>ovf:/disk/d2</rasd:HostResource>"
    "<rasd:InstanceID>5</rasd:InstanceID><rasd:Parent>3</rasd:Parent>"
    "<rasd:ResourceType>17</rasd:ResourceType></Item>"
    "</VirtualHardwareSection></VirtualSystem></Envelope>";

static void
make_disk (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char *argv[] = { "qemu-img", "create", "-q", "-f", "vmdk", path, "1M", NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

FerryPlan *
two_disk_ova_new (const char *dir, FerryGuest **out_guest)
{
  g_autofree char *folder = g_build_filename (dir, "web", NULL);
  g_autofree char *file = g_build_filename (folder, "web.ovf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerrySource) source = NULL;
  g_autoptr (GPtrArray) guests = NULL;
  FerryPlan *plan = ferry_plan_new ();

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_file_set_contents (file, ovf, -1, &error);
  g_assert_no_error (error);
  make_disk (folder, "a.vmdk");
  make_disk (folder, "b.vmdk");
  ferry_plan_set_ova_source (plan, folder);
  source = ferry_endpoint_open_source (plan, &error);
  g_assert_no_error (error);
  guests = ferry_source_list (source, NULL, &error);
  g_assert_no_error (error);
  *out_guest = ferry_guest_copy (g_ptr_array_index (guests, 0));
  g_assert_cmpuint ((*out_guest)->disks->len, ==, 2);

  return plan;
}
