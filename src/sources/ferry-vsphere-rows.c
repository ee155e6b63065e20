/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-rows.h"

#include "ferry-check.h"
#include "ferry-soap.h"
#include "ferry-vsphere-address.h"
#include "ferry-vsphere-hardware.h"

#include <glib/gi18n-lib.h>

#define MIB (1024 * 1024)
#define INSTANCE_UUID "instance_uuid"

static void
row_free (FerryVsphereRow *row)
{
  ferry_guest_free (row->guest);
  ferry_vsphere_parents_clear (&row->parents);
  ferry_vsphere_place_free (row->place);
  g_ptr_array_unref (row->networks);
  g_free (row);
}

FerryVsphereRows *
ferry_vsphere_rows_new (gboolean is_full)
{
  FerryVsphereRows *self = g_new0 (FerryVsphereRows, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->inventory = ferry_vsphere_inventory_new ();
  self->networks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->is_full = is_full;

  return self;
}

void
ferry_vsphere_rows_free (FerryVsphereRows *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->rows);
  ferry_vsphere_inventory_free (self->inventory);
  g_hash_table_unref (self->networks);
  g_free (self);
}

/* --- one guest --- */

static FerryPower
read_power (const FerryVsphereObject *object)
{
  g_autofree char *state = ferry_vsphere_object_dup (object, "runtime.powerState");

  if (g_strcmp0 (state, "poweredOn") == 0)
    return FERRY_POWER_RUNNING;
  if (g_strcmp0 (state, "poweredOff") == 0)
    return FERRY_POWER_OFF;
  if (g_strcmp0 (state, "suspended") == 0)
    return FERRY_POWER_SUSPENDED;

  return FERRY_POWER_UNKNOWN;
}

static void
set_uuids (FerryGuest *guest, const char *uuid, const char *instance)
{
  if (uuid != NULL)
    guest->uuid = g_ascii_strdown (uuid, -1);
  if (instance == NULL)
    return;
  guest->extra = json_object_new ();
  json_object_set_string_member (guest->extra, INSTANCE_UUID, instance);
}

const char *
ferry_vsphere_get_instance_uuid (const FerryGuest *guest)
{
  JsonNode *node =
      guest->extra != NULL ? json_object_get_member (guest->extra, INSTANCE_UUID) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
note_template (FerryGuest *guest)
{
  g_ptr_array_add (guest->checks, ferry_check_new ("guest.template", FERRY_SEVERITY_NOTE,
                                                   _("It is imported as a virtual machine."),
                                                   _("‘%s’ is a template."), guest->name));
}

/* A list has no disks yet, but how much they take in all; one that stands for them says so. */
static void
add_totals (const FerryVsphereObject *object, FerryGuest *guest)
{
  guint64 committed = ferry_vsphere_object_get_number (object, "summary.storage.committed");
  guint64 uncommitted = ferry_vsphere_object_get_number (object, "summary.storage.uncommitted");
  FerryDisk *disk;

  if (ferry_vsphere_object_get (object, "summary.storage.committed") == NULL)
    return;
  disk = ferry_disk_new (_("All disks"));
  disk->used_bytes = (gint64) committed;
  disk->capacity_bytes = MIN (committed + uncommitted, (guint64) G_MAXINT64);
  g_ptr_array_add (guest->disks, disk);
}

static void
read_summary (const FerryVsphereObject *object, FerryGuest *guest)
{
  g_autofree char *uuid = ferry_vsphere_object_dup (object, "summary.config.uuid");
  g_autofree char *instance = ferry_vsphere_object_dup (object, "summary.config.instanceUuid");
  guint64 megabytes = ferry_vsphere_object_get_number (object, "summary.config.memorySizeMB");

  set_uuids (guest, uuid, instance);
  guest->os = ferry_vsphere_object_dup (object, "summary.config.guestFullName");
  guest->os_id = ferry_vsphere_object_dup (object, "summary.config.guestId");
  guest->memory_bytes = megabytes > G_MAXINT64 / MIB ? 0 : megabytes * MIB;
  guest->vcpus =
      (guint) MIN (ferry_vsphere_object_get_number (object, "summary.config.numCpu"), G_MAXUINT16);
  add_totals (object, guest);
  if (ferry_vsphere_object_is_true (object, "summary.config.template"))
    note_template (guest);
}

static void
read_firmware (const FerryVsphereObject *object, FerryGuest *guest)
{
  g_autofree char *firmware = ferry_vsphere_object_dup (object, "config.firmware");
  const xmlNode *boot = ferry_vsphere_object_get (object, "config.bootOptions");

  if (g_strcmp0 (firmware, "efi") == 0)
    guest->firmware = FERRY_FIRMWARE_UEFI;
  else if (g_strcmp0 (firmware, "bios") == 0)
    guest->firmware = FERRY_FIRMWARE_BIOS;
  if (ferry_xml_get_child (boot, "efiSecureBootEnabled") != NULL)
    guest->secure_boot =
        ferry_soap_is_true (boot, "efiSecureBootEnabled") ? FERRY_TRUTH_YES : FERRY_TRUTH_NO;
  else if (guest->firmware == FERRY_FIRMWARE_BIOS)
    guest->secure_boot = FERRY_TRUTH_NO;
}

static void
read_tools (const FerryVsphereObject *object, FerryGuest *guest)
{
  g_autofree char *state = ferry_vsphere_object_dup (object, "guest.toolsRunningStatus");

  if (state != NULL)
    guest->tools = g_str_equal (state, "guestToolsRunning") ? FERRY_TRUTH_YES : FERRY_TRUTH_NO;
}

static void
read_config (const FerryVsphereObject *object, FerryVsphereRow *row)
{
  FerryGuest *guest = row->guest;
  g_autofree char *uuid = ferry_vsphere_object_dup (object, "config.uuid");
  g_autofree char *instance = ferry_vsphere_object_dup (object, "config.instanceUuid");

  set_uuids (guest, uuid, instance);
  guest->os = ferry_vsphere_object_dup (object, "config.guestFullName");
  guest->os_id = ferry_vsphere_object_dup (object, "config.guestId");
  guest->description = ferry_vsphere_object_dup (object, "config.annotation");
  read_firmware (object, guest);
  read_tools (object, guest);
  ferry_vsphere_read_hardware (object, guest, row->networks);
  if (ferry_vsphere_object_get (object, "config.hardware") != NULL)
    guest->n_snapshots =
        ferry_vsphere_count_snapshots (ferry_vsphere_object_get (object, "snapshot"));
  if (ferry_vsphere_object_is_true (object, "config.template"))
    note_template (guest);
}

/* --- one that cannot be read --- */

static char *
explain_state (const char *state, const char *name)
{
  if (g_strcmp0 (state, "disconnected") == 0)
    return g_strdup_printf (_("The server has lost the connection to the host of ‘%s’."), name);
  if (g_strcmp0 (state, "orphaned") == 0)
    return g_strdup_printf (_("No host has ‘%s’ any more (it is orphaned)."), name);
  if (g_strcmp0 (state, "inaccessible") == 0)
    return g_strdup_printf (_("The server cannot get at the files of ‘%s’."), name);
  if (g_strcmp0 (state, "invalid") == 0)
    return g_strdup_printf (_("The configuration of ‘%s’ is damaged, the server says."), name);

  return NULL;
}

static char *
explain_missing (const char *fault, const char *name)
{
  if (g_strcmp0 (fault, "NoPermission") == 0)
    return g_strdup_printf (_("This user may not see the configuration of ‘%s’."), name);

  return g_strdup_printf (_("The server does not tell the configuration of ‘%s’."), name);
}

static void
check_readable (const FerryVsphereObject *object, FerryVsphereRows *self, FerryGuest *guest)
{
  g_autofree char *state = ferry_vsphere_object_dup (object, "runtime.connectionState");
  g_autofree char *trouble = explain_state (state, guest->name);

  if (trouble == NULL && self->is_full &&
      ferry_vsphere_object_get (object, "config.hardware") == NULL)
    {
      g_autofree char *fault = ferry_vsphere_object_dup_fault (object, "config.hardware");

      trouble = explain_missing (fault, guest->name);
    }
  if (trouble != NULL)
    g_ptr_array_add (guest->checks,
                     ferry_check_new ("guest.unreadable", FERRY_SEVERITY_BLOCKER,
                                      _("Mend it at the source, or ask its administrator for the "
                                         "role ‘Read-only’ on it; then list again."),
                                      "%s", trouble));
}

/* --- rows --- */

static void
add_guest (FerryVsphereRows *self, const FerryVsphereObject *object)
{
  g_autofree char *stored = ferry_vsphere_object_dup (object, "name");
  g_autofree char *name = stored != NULL ? ferry_vsphere_name_unescape (stored) : NULL;
  FerryVsphereRow *row = g_new0 (FerryVsphereRow, 1);

  row->guest = ferry_guest_new (object->id, name != NULL ? name : object->id);
  row->guest->hypervisor = FERRY_HYPERVISOR_VMWARE;
  row->guest->power = read_power (object);
  row->networks = g_ptr_array_new_with_free_func (g_free);
  row->parents.host = ferry_vsphere_object_dup (object, "runtime.host");
  row->parents.folder = ferry_vsphere_object_dup (object, "parent");
  row->parents.app = ferry_vsphere_object_dup (object, "parentVApp");
  if (self->is_full)
    read_config (object, row);
  else
    read_summary (object, row->guest);
  check_readable (object, self, row->guest);
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_id, row->guest->id, row);
}

static void
add_network (FerryVsphereRows *self, const FerryVsphereObject *object)
{
  g_autofree char *stored = ferry_vsphere_object_dup (object, "name");
  const xmlNode *summary = ferry_vsphere_object_get (object, "summary");
  g_autofree char *opaque = ferry_xml_dup_child_text (summary, "opaqueNetworkId");

  if (stored == NULL ||
      !(g_str_has_suffix (object->type, "Network") || g_str_has_suffix (object->type, "Portgroup")))
    return;
  g_hash_table_replace (self->networks, g_strdup (opaque != NULL ? opaque : object->id),
                        ferry_vsphere_name_unescape (stored));
}

void
ferry_vsphere_rows_add (const FerryVsphereObject *object, gpointer rows)
{
  FerryVsphereRows *self = rows;

  if (!g_str_equal (object->type, "VirtualMachine"))
    {
      ferry_vsphere_inventory_add (self->inventory, object);
      add_network (self, object);
    }
  else if (!g_hash_table_contains (self->by_id, object->id))
    {
      add_guest (self, object);
    }
}

/* A network whose name cannot be seen keeps its key: two of them are not the same. */
static void
settle_networks (FerryVsphereRows *self, FerryVsphereRow *row)
{
  for (guint i = 0; i < row->networks->len && i < row->guest->nics->len; i++)
    {
      FerryNic *nic = g_ptr_array_index (row->guest->nics, i);
      const char *key = row->networks->pdata[i];
      const char *name = key != NULL ? g_hash_table_lookup (self->networks, key) : NULL;

      if (nic->network == NULL && key != NULL)
        nic->network = g_strdup (name != NULL ? name : key);
    }
}

static void
settle_checks (FerryGuest *guest)
{
  for (guint i = 0; i < guest->checks->len; i++)
    {
      FerryCheck *check = g_ptr_array_index (guest->checks, i);

      if (check->guest_id == NULL)
        check->guest_id = g_strdup (guest->id);
    }
}

void
ferry_vsphere_rows_settle (FerryVsphereRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      FerryVsphereRow *row = g_ptr_array_index (self->rows, i);
      FerryGuest *guest = row->guest;

      row->place = ferry_vsphere_inventory_find_place (self->inventory, &row->parents);
      guest->place = ferry_vsphere_place_to_text (row->place);
      if (row->place->folder != NULL)
        guest->folder = ferry_vsphere_name_unescape (row->place->folder);
      settle_networks (self, row);
      settle_checks (guest);
    }
}
