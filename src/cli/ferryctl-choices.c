/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-choices.h"

#include <glib/gi18n-lib.h>

/* The options as they are given; ferryctl-choices-apply.c makes a plan of them. */

/* What all options that are texts have in common, so that none is forgotten. */
#define FIELD(name) G_STRUCT_OFFSET (FerryctlChoices, name)

static const gsize text_fields[] = {
  FIELD (destination), FIELD (name),    FIELD (name_pattern), FIELD (replace),
  FIELD (mac),         FIELD (format),  FIELD (allocation),   FIELD (root),
  FIELD (os),          FIELD (memory),  FIELD (vcpus),        FIELD (topology),
  FIELD (firmware),    FIELD (drivers), FIELD (block_driver), FIELD (description),
};
static const gsize list_fields[] = {
  FIELD (maps),   FIELD (networks), FIELD (storages), FIELD (renames),
  FIELD (guests), FIELD (disks),    FIELD (nics),
};

void
ferryctl_choices_clear (FerryctlChoices *choices)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, choices, text_fields[i]), g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (list_fields); i++)
    g_clear_pointer (&G_STRUCT_MEMBER (char **, choices, list_fields[i]), g_strfreev);
}

/** ferryctl_choices_any: whether any option was given at all */
gboolean
ferryctl_choices_any (const FerryctlChoices *choices)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++)
    if (G_STRUCT_MEMBER (char *, choices, text_fields[i]) != NULL)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (list_fields); i++)
    if (G_STRUCT_MEMBER (char **, choices, list_fields[i]) != NULL)
      return TRUE;

  return choices->lower_case || choices->start || choices->shut_down || choices->all;
}

static void
add_shared (FerryctlChoices *choices, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &choices->destination,
      N_ ("Where to: folder:DIR or libvirt:URI[,pool=NAME]"), N_ ("DESTINATION") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &choices->all, N_ ("All virtual machines of the source"),
      NULL },
    { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &choices->maps,
      N_ ("What a saved map says of networks or storage"), N_ ("NAME") },
    { "network", 'n', 0, G_OPTION_ARG_STRING_ARRAY, &choices->networks,
      N_ ("Connect network SRC (* is any) to a network, bridge:NAME or none"), N_ ("SRC=DST") },
    { "storage", 's', 0, G_OPTION_ARG_STRING_ARRAY, &choices->storages,
      N_ ("Put disks of storage SRC (* is any) into a pool"), N_ ("SRC=POOL") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &choices->format, N_ ("Disk format: qcow2 or raw"),
      N_ ("WORD") },
    { "allocation", 0, 0, G_OPTION_ARG_STRING, &choices->allocation,
      N_ ("Disk space: sparse or preallocated"), N_ ("WORD") },
    { "drivers", 0, 0, G_OPTION_ARG_FILENAME, &choices->drivers,
      N_ ("VirtIO drivers for Windows: an ISO file or a folder"), N_ ("PATH") },
    { "block-driver", 0, 0, G_OPTION_ARG_STRING, &choices->block_driver,
      N_ ("Kind of the disks: virtio-blk or virtio-scsi"), N_ ("WORD") },
    { "start", 0, 0, G_OPTION_ARG_NONE, &choices->start, N_ ("Start it after the import (libvirt)"),
      NULL },
    { "shut-down", 0, 0, G_OPTION_ARG_NONE, &choices->shut_down,
      N_ ("Shut it down at the source first, when it runs"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_names (FerryctlChoices *choices, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &choices->name,
      N_ ("Name at the destination, of a single virtual machine"), N_ ("NAME") },
    { "rename", 'r', 0, G_OPTION_ARG_STRING_ARRAY, &choices->renames,
      N_ ("Name at the destination, of virtual machine OLD"), N_ ("OLD=NEW") },
    { "name-pattern", 0, 0, G_OPTION_ARG_STRING, &choices->name_pattern,
      N_ ("How all are named: a text with {name} and {n}"), N_ ("PATTERN") },
    { "replace", 0, 0, G_OPTION_ARG_STRING, &choices->replace,
      N_ ("In all names, write WITH for FIND"), N_ ("FIND=WITH") },
    { "lower-case", 0, 0, G_OPTION_ARG_NONE, &choices->lower_case, N_ ("All names in lower case"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_hardware (FerryctlChoices *choices, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "os", 0, 0, G_OPTION_ARG_STRING, &choices->os,
      N_ ("Operating system, by libosinfo’s short id as debian12"), N_ ("ID") },
    { "memory", 0, 0, G_OPTION_ARG_STRING, &choices->memory, N_ ("Memory, as in 4G"), N_ ("SIZE") },
    { "vcpus", 0, 0, G_OPTION_ARG_STRING, &choices->vcpus, N_ ("Number of virtual CPUs"),
      N_ ("N") },
    { "topology", 0, 0, G_OPTION_ARG_STRING, &choices->topology,
      N_ ("Virtual CPUs as sockets, cores and threads, as in 1:4:1"), N_ ("S:C:T") },
    { "firmware", 0, 0, G_OPTION_ARG_STRING, &choices->firmware, N_ ("Firmware: bios or uefi"),
      N_ ("WORD") },
    { "mac", 0, 0, G_OPTION_ARG_STRING, &choices->mac, N_ ("MAC addresses: keep or new"),
      N_ ("WORD") },
    { "root", 0, 0, G_OPTION_ARG_STRING, &choices->root,
      N_ ("Where the operating system is: single, first or a device"), N_ ("ROOT") },
    { "description", 0, 0, G_OPTION_ARG_STRING, &choices->description,
      N_ ("Description at the destination"), N_ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_settings (FerryctlChoices *choices, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "guest", 'g', 0, G_OPTION_ARG_STRING_ARRAY, &choices->guests,
      N_ ("One virtual machine: name, os, memory, vcpus, …"), N_ ("GUEST:KEY=VALUE,…") },
    { "disk", 0, 0, G_OPTION_ARG_STRING_ARRAY, &choices->disks,
      N_ ("Disk N: out, boot, pool, format, allocation"), N_ ("[GUEST:]N:KEY=VALUE,…") },
    { "nic", 0, 0, G_OPTION_ARG_STRING_ARRAY, &choices->nics,
      N_ ("Network adapter N: network, mac, model, connected, ip, …"),
      N_ ("[GUEST:]N:KEY=VALUE,…") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/** ferryctl_choices_add_options: @choices is filled when @context parses the command line */
void
ferryctl_choices_add_options (FerryctlChoices *choices, GOptionContext *context)
{
  add_shared (choices, context);
  add_names (choices, context);
  add_hardware (choices, context);
  add_settings (choices, context);
}
