/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-choices-private.h"

#include "ferry-error.h"
#include "ferry-nearest.h"
#include "ferry-os.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The keys of --guest. The options --memory, --os and so on are the same keys for all guests. */

#define MOST_VCPUS 4096
#define LARGEST_MEMORY (G_GUINT64_CONSTANT (1) << 50)

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static gboolean
set_name (const FerryctlPlace *place, const char *value, GError **error)
{
  if (!place->is_one)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("a name is for a single virtual machine; these are %u."),
                       place->plan->guests->len);
  if (!ferry_guest_name_is_valid (value, error))
    return FALSE;
  if (!g_hash_table_add (place->renamed, place->guest))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("‘%s’ was given another name already: ‘%s’."),
                       place->guest->source->name, place->guest->name);
  set_text (&place->guest->name, value);

  return TRUE;
}

static gboolean
set_description (const FerryctlPlace *place, const char *value, GError **error)
{
  set_text (&place->guest->description, *value != '\0' ? value : NULL);

  return TRUE;
}

static gboolean
refuse_os (const char *id, GError **error)
{
  GPtrArray *list = ferry_os_list ();
  g_autofree const char **ids = g_new0 (const char *, list->len + 1);
  const char *nearest;

  for (guint i = 0; i < list->len; i++)
    ids[i] = ((const FerryOs *) g_ptr_array_index (list, i))->id;
  nearest = ferry_nearest_word (id, ids);
  if (nearest != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("libosinfo knows no operating system ‘%s’; did you mean ‘%s’?"), id,
                       nearest);

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("libosinfo knows no operating system ‘%s’; ‘osinfo-query os’ lists their "
                        "short ids."),
                     id);
}

/* Without a database, and for a system that is newer than it, the rule of the ids has to do. */
static gboolean
set_os (const FerryctlPlace *place, const char *value, GError **error)
{
  const FerryOs *os = ferry_os_find (value);
  g_autofree char *uri = *value != '\0' ? ferry_os_dup_uri (value) : NULL;

  if (uri == NULL)
    return refuse_os (value, error);
  set_text (&place->guest->os, os != NULL ? os->id : value);

  return TRUE;
}

static gboolean
set_memory (const FerryctlPlace *place, const char *value, GError **error)
{
  guint64 bytes = 0;

  if (!ferryctl_text_parse_size (value, &bytes) || bytes > LARGEST_MEMORY)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ is not a size of memory: write a number and a unit, as in 512M or "
                          "4G."),
                       value);
  place->guest->memory_bytes = bytes;

  return TRUE;
}

/* A topology of another number of CPUs is none any more. */
static gboolean
set_vcpus (const FerryctlPlace *place, const char *value, GError **error)
{
  FerryPlanGuest *guest = place->guest;
  guint64 vcpus = 0;

  if (!g_ascii_string_to_unsigned (value, 10, 1, MOST_VCPUS, &vcpus, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ is not a number of CPUs: write one from 1 to %d."), value,
                       MOST_VCPUS);
  guest->vcpus = (guint) vcpus;
  if (guest->sockets * guest->cores * guest->threads != guest->vcpus)
    guest->sockets = guest->cores = guest->threads = 0;

  return TRUE;
}

static gboolean
parse_topology (const char *value, guint64 parts[3])
{
  g_auto (GStrv) words = g_strsplit (value, ":", -1);

  if (g_strv_length (words) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (words[i], 10, 1, MOST_VCPUS, &parts[i], NULL))
      return FALSE;

  return parts[0] * parts[1] * parts[2] <= MOST_VCPUS;
}

static gboolean
set_topology (const FerryctlPlace *place, const char *value, GError **error)
{
  guint64 parts[3] = { 0 };

  if (!parse_topology (value, parts))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ is not a topology: write SOCKETS:CORES:THREADS, as in 1:4:1, with "
                          "not more than %d CPUs in all."),
                       value, MOST_VCPUS);
  place->guest->sockets = (guint) parts[0];
  place->guest->cores = (guint) parts[1];
  place->guest->threads = (guint) parts[2];
  place->guest->vcpus = (guint) (parts[0] * parts[1] * parts[2]);

  return TRUE;
}

gboolean
ferryctl_choices_check_topology (const GPtrArray *settings, GError **error)
{
  const char *vcpus = ferryctl_settings_find (settings, "vcpus");
  const char *topology = ferryctl_settings_find (settings, "topology");
  guint64 parts[3] = { 0 };

  if (vcpus == NULL || topology == NULL ||
      (parse_topology (topology, parts) &&
       parts[0] * parts[1] * parts[2] == g_ascii_strtoull (vcpus, NULL, 10)))
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("the topology %s does not make %s CPUs: leave one of them out."), topology,
                     vcpus);
}

static gboolean
set_firmware (const FerryctlPlace *place, const char *value, GError **error)
{
  if (g_str_equal (value, "bios"))
    place->guest->firmware = FERRY_FIRMWARE_BIOS;
  else if (g_str_equal (value, "uefi"))
    place->guest->firmware = FERRY_FIRMWARE_UEFI;
  else
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("write %s or %s, not ‘%s’."), "bios", "uefi",
                       value);

  return TRUE;
}

static gboolean
set_root (const FerryctlPlace *place, const char *value, GError **error)
{
  if (!g_str_equal (value, "single") && !g_str_equal (value, "first") &&
      (!g_str_has_prefix (value, "/dev/") || value[strlen ("/dev/")] == '\0'))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("write single, first or a device as in /dev/sda2, not ‘%s’."), value);
  set_text (&place->guest->root, value);

  return TRUE;
}

static gboolean
set_format (const FerryctlPlace *place, const char *value, GError **error)
{
  return ferryctl_choices_parse_format ("format", value, &place->guest->format, error);
}

static gboolean
set_allocation (const FerryctlPlace *place, const char *value, GError **error)
{
  return ferryctl_choices_parse_allocation ("allocation", value, &place->guest->allocation, error);
}

static gboolean
set_start (const FerryctlPlace *place, const char *value, GError **error)
{
  gboolean yes = g_str_equal (value, "yes");

  if (!yes && !g_str_equal (value, "no"))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("write %s or %s, not ‘%s’."), "yes", "no",
                       value);
  if (yes && place->plan->destination.kind != FERRY_DESTINATION_LIBVIRT)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("starting is for a libvirt destination: nothing runs in a folder."));
  place->guest->start = yes;

  return TRUE;
}

static gboolean
set_shut_down (const FerryctlPlace *place, const char *value, GError **error)
{
  gboolean yes = g_str_equal (value, "yes");

  if (!yes && !g_str_equal (value, "no"))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("write %s or %s, not ‘%s’."), "yes", "no",
                       value);
  if (yes && place->plan->source.kind == FERRY_SOURCE_OVA)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("shutting down is for a server: nothing runs in an OVA file."));
  place->guest->shut_down = yes;

  return TRUE;
}

/* What the source gives no address for gets a new one in either case. */
static gboolean
set_macs (const FerryctlPlace *place, const char *value, GError **error)
{
  gboolean keep = g_str_equal (value, "keep");

  if (!keep && !g_str_equal (value, "new"))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("write %s or %s, not ‘%s’."), "keep", "new",
                       value);
  for (guint i = 0; i < place->guest->nics->len; i++)
    {
      FerryPlanNic *nic = ferry_plan_guest_get_nic (place->guest, i);
      const FerryNic *from = ferry_guest_get_nic (place->guest->source, i);

      nic->mac_kind = keep && ferry_mac_is_valid (from->mac) ? FERRY_MAC_KEEP : FERRY_MAC_NEW;
      g_clear_pointer (&nic->mac, g_free);
    }

  return TRUE;
}

const FerryctlKey ferryctl_guest_keys[] = {
  { "name", set_name },
  { "description", set_description },
  { "os", set_os },
  { "memory", set_memory },
  { "vcpus", set_vcpus },
  { "topology", set_topology },
  { "firmware", set_firmware },
  { "root", set_root },
  { "format", set_format },
  { "allocation", set_allocation },
  { "mac", set_macs },
  { "start", set_start },
  { "shut-down", set_shut_down },
  { NULL },
};
