/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-choices.h"

#include "ferry-endpoint.h"
#include "ferry-error.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_VCPUS 4096

void
ferryctl_choices_clear (FerryctlChoices *choices)
{
  g_clear_pointer (&choices->destination, g_free);
  g_clear_pointer (&choices->name, g_free);
  g_clear_pointer (&choices->networks, g_strfreev);
  g_clear_pointer (&choices->mac, g_free);
  g_clear_pointer (&choices->format, g_free);
  g_clear_pointer (&choices->allocation, g_free);
  g_clear_pointer (&choices->root, g_free);
  g_clear_pointer (&choices->memory, g_free);
  g_clear_pointer (&choices->vcpus, g_free);
  g_clear_pointer (&choices->description, g_free);
}

/** ferryctl_choices_add_options: @choices is filled when @context parses the command line */
void
ferryctl_choices_add_options (FerryctlChoices *choices, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &choices->destination,
      N_ ("Where to: folder:DIR or libvirt:URI[,pool=NAME]"), N_ ("DESTINATION") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &choices->all, N_ ("All virtual machines of the source"),
      NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &choices->name,
      N_ ("Name at the destination, of a single virtual machine"), N_ ("NAME") },
    { "network", 'n', 0, G_OPTION_ARG_STRING_ARRAY, &choices->networks,
      N_ ("Connect network SRC (* is any) to a network, bridge:NAME or none"), N_ ("SRC=DST") },
    { "mac", 0, 0, G_OPTION_ARG_STRING, &choices->mac, N_ ("MAC addresses: keep or new"),
      N_ ("WORD") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &choices->format, N_ ("Disk format: qcow2 or raw"),
      N_ ("WORD") },
    { "allocation", 0, 0, G_OPTION_ARG_STRING, &choices->allocation,
      N_ ("Disk space: sparse or preallocated"), N_ ("WORD") },
    { "root", 0, 0, G_OPTION_ARG_STRING, &choices->root,
      N_ ("Where the operating system is: single, first or a device"), N_ ("ROOT") },
    { "memory", 0, 0, G_OPTION_ARG_STRING, &choices->memory, N_ ("Memory, as in 4G"), N_ ("SIZE") },
    { "vcpus", 0, 0, G_OPTION_ARG_STRING, &choices->vcpus, N_ ("Number of virtual CPUs"),
      N_ ("N") },
    { "description", 0, 0, G_OPTION_ARG_STRING, &choices->description,
      N_ ("Description at the destination"), N_ ("TEXT") },
    { "start", 0, 0, G_OPTION_ARG_NONE, &choices->start, N_ ("Start it after the import (libvirt)"),
      NULL },
    { "shut-down", 0, 0, G_OPTION_ARG_NONE, &choices->shut_down,
      N_ ("Shut it down at the source first, when it runs"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/** ferryctl_choices_any: whether any option was given at all */
gboolean
ferryctl_choices_any (const FerryctlChoices *choices)
{
  return choices->destination != NULL || choices->name != NULL || choices->networks != NULL ||
         choices->mac != NULL || choices->format != NULL || choices->allocation != NULL ||
         choices->root != NULL || choices->memory != NULL || choices->vcpus != NULL ||
         choices->description != NULL || choices->start || choices->shut_down || choices->all;
}

/* One of two words; @out_second says which. */
static gboolean
parse_word (const char *option,
            const char *word,
            const char *const words[2],
            gboolean *out_second,
            GError **error)
{
  for (guint i = 0; i < 2; i++)
    if (g_str_equal (word, words[i]))
      {
        *out_second = i == 1;
        return TRUE;
      }

  return ferry_fail (error, FERRY_ERROR_INVALID, _("%s is %s or %s, not ‘%s’."), option, words[0],
                     words[1], word);
}

static gboolean
parse_formats (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  static const char *const formats[] = { "qcow2", "raw" };
  static const char *const allocations[] = { "sparse", "preallocated" };
  gboolean raw = FALSE;
  gboolean preallocated = FALSE;

  if (choices->format != NULL)
    {
      if (!parse_word ("--format", choices->format, formats, &raw, error))
        return FALSE;
      plan->format = raw ? FERRY_FORMAT_RAW : FERRY_FORMAT_QCOW2;
    }
  if (choices->allocation != NULL)
    {
      if (!parse_word ("--allocation", choices->allocation, allocations, &preallocated, error))
        return FALSE;
      plan->allocation = preallocated ? FERRY_ALLOCATION_PREALLOCATED : FERRY_ALLOCATION_SPARSE;
    }

  return TRUE;
}

static gboolean
parse_network (const char *text, FerryPlan *plan, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *source = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
  const char *word = equals != NULL ? equals + 1 : "";
  FerryNetworkKind kind = FERRY_NETWORK_NETWORK;
  FerryPlanNetwork network = { 0 };

  if (source == NULL || *source == '\0' || *word == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ does not say which network goes where: write SRC=DST."), text);

  if (g_str_equal (word, "none"))
    kind = FERRY_NETWORK_NONE;
  else if (g_str_has_prefix (word, "bridge:"))
    kind = FERRY_NETWORK_BRIDGE;
  if (g_str_has_prefix (word, "bridge:") || g_str_has_prefix (word, "network:"))
    word = strchr (word, ':') + 1;
  if (*word == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The name is missing at the end of ‘%s’."),
                       text);

  ferry_plan_network_set (&network, kind, kind == FERRY_NETWORK_NONE ? NULL : word);
  ferry_plan_set_mapping (plan, source, &network);
  ferry_plan_network_clear (&network);
  return TRUE;
}

/* A shell leaves the tilde alone that does not begin a word. */
static char *
expand_tilde (const char *destination)
{
  static const char prefix[] = "folder:~";
  const char *rest = destination + strlen (prefix);

  if (!g_str_has_prefix (destination, prefix) || (*rest != '\0' && *rest != '/'))
    return g_strdup (destination);

  return g_strconcat ("folder:", g_get_home_dir (), rest, NULL);
}

/** ferryctl_choices_apply_defaults: everything that must be known before a guest is added */
gboolean
ferryctl_choices_apply_defaults (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  g_autofree char *destination = NULL;

  if (choices->destination == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The destination is missing: give --to folder:DIR or "
                         "--to libvirt:URI[,pool=NAME]."));

  destination = expand_tilde (choices->destination);
  if (!ferry_endpoint_parse_destination (destination, plan, error))
    return FALSE;
  if (choices->start && plan->destination.kind != FERRY_DESTINATION_LIBVIRT)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("--start is for a libvirt destination: nothing runs in a folder."));
  if (choices->shut_down && plan->source.kind == FERRY_SOURCE_OVA)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("--shut-down is for a server: nothing runs in an OVA file."));
  plan->shut_down = choices->shut_down;
  if (!parse_formats (choices, plan, error))
    return FALSE;
  for (guint i = 0; choices->networks != NULL && choices->networks[i] != NULL; i++)
    if (!parse_network (choices->networks[i], plan, error))
      return FALSE;

  return TRUE;
}

static gboolean
uses_network (const FerryPlan *plan, const char *network)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      for (guint j = 0; j < guest->nics->len; j++)
        if (g_strcmp0 (ferry_guest_get_nic (guest, j)->network, network) == 0)
          return TRUE;
    }

  return FALSE;
}

/* A mapping that no NIC uses is most likely mistyped. */
static gboolean
check_networks (const FerryPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->mappings->len; i++)
    {
      const FerryPlanMapping *mapping = g_ptr_array_index (plan->mappings, i);

      if (!g_str_equal (mapping->source, "*") && !uses_network (plan, mapping->source))
        return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                           _("None of the virtual machines is on a network ‘%s’; ‘ferryctl show’ "
                             "tells which there are."),
                           mapping->source);
    }

  return TRUE;
}

static gboolean
set_name (FerryPlan *plan, const char *name, GError **error)
{
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);

  if (plan->guests->len != 1)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("--name is for a single virtual machine; these are %u."),
                       plan->guests->len);
  if (!ferry_guest_name_is_valid (name, error))
    return FALSE;

  g_free (guest->name);
  guest->name = g_strdup (name);
  return TRUE;
}

/* What one guest gets, parsed once. */
typedef struct
{
  guint64 memory_bytes;
  guint64 vcpus;
  gboolean new_macs;
} Numbers;

static gboolean
parse_numbers (const FerryctlChoices *choices, Numbers *numbers, GError **error)
{
  static const char *const macs[] = { "keep", "new" };

  if (choices->mac != NULL && !parse_word ("--mac", choices->mac, macs, &numbers->new_macs, error))
    return FALSE;
  if (choices->memory != NULL &&
      !ferryctl_text_parse_size (choices->memory, &numbers->memory_bytes))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not a size of memory: write a number and a unit, as in 512M or "
                         "4G."),
                       choices->memory);
  if (choices->vcpus != NULL &&
      !g_ascii_string_to_unsigned (choices->vcpus, 10, 1, MOST_VCPUS, &numbers->vcpus, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not a number of CPUs: write one from 1 to %d."), choices->vcpus,
                       MOST_VCPUS);
  if (choices->root != NULL && !g_str_equal (choices->root, "single") &&
      !g_str_equal (choices->root, "first") && !g_str_has_prefix (choices->root, "/dev/"))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("--root is single, first or a device as in /dev/sda2, not ‘%s’."),
                       choices->root);

  return TRUE;
}

static void
set_macs_new (FerryPlanGuest *guest)
{
  for (guint i = 0; i < guest->nics->len; i++)
    {
      FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, i);

      nic->mac_kind = FERRY_MAC_NEW;
      g_clear_pointer (&nic->mac, g_free);
    }
}

static void
set_numbers (const FerryctlChoices *choices, const Numbers *numbers, FerryPlanGuest *guest)
{
  if (numbers->memory_bytes > 0)
    guest->memory_bytes = numbers->memory_bytes;
  if (numbers->vcpus > 0)
    guest->vcpus = (guint) numbers->vcpus;
  if (numbers->new_macs)
    set_macs_new (guest);
  if (choices->root != NULL)
    {
      g_free (guest->root);
      guest->root = g_strdup (choices->root);
    }
  if (choices->description != NULL)
    {
      g_free (guest->description);
      guest->description = g_strdup (choices->description);
    }
  guest->start = choices->start;
}

/** ferryctl_choices_apply_to_guests: the rest, once the plan has its guests */
gboolean
ferryctl_choices_apply_to_guests (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  Numbers numbers = { 0 };

  if (!parse_numbers (choices, &numbers, error) || !check_networks (plan, error))
    return FALSE;
  if (choices->name != NULL && !set_name (plan, choices->name, error))
    return FALSE;
  for (guint i = 0; i < plan->guests->len; i++)
    set_numbers (choices, &numbers, ferry_plan_get_guest (plan, i));

  return TRUE;
}
