/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-choices-private.h"

#include "ferry-endpoint.h"
#include "ferry-error.h"
#include "ferry-map.h"
#include "ferryctl-map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What was chosen for the plan, and for guests before they are added to it. */

/* One of two words; @out_second says which. */
static gboolean
parse_word (const char *what,
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

  return ferry_fail (error, FERRY_ERROR_INVALID, _ ("%s is %s or %s, not ‘%s’."), what, words[0],
                     words[1], word);
}

gboolean
ferryctl_choices_parse_format (const char *what,
                               const char *word,
                               FerryFormat *out_format,
                               GError **error)
{
  static const char *const words[] = { "qcow2", "raw" };
  gboolean raw = FALSE;

  if (!parse_word (what, word, words, &raw, error))
    return FALSE;
  *out_format = raw ? FERRY_FORMAT_RAW : FERRY_FORMAT_QCOW2;

  return TRUE;
}

gboolean
ferryctl_choices_parse_allocation (const char *what,
                                   const char *word,
                                   FerryAllocation *out_allocation,
                                   GError **error)
{
  static const char *const words[] = { "sparse", "preallocated" };
  gboolean preallocated = FALSE;

  if (!parse_word (what, word, words, &preallocated, error))
    return FALSE;
  *out_allocation = preallocated ? FERRY_ALLOCATION_PREALLOCATED : FERRY_ALLOCATION_SPARSE;

  return TRUE;
}

/* --- networks and storage --- */

gboolean
ferryctl_choices_parse_network (const char *word, FerryPlanNetwork *network, GError **error)
{
  FerryNetworkKind kind = FERRY_NETWORK_NETWORK;
  const char *name = word;

  if (g_str_equal (word, "none"))
    kind = FERRY_NETWORK_NONE;
  else if (g_str_has_prefix (word, "bridge:"))
    kind = FERRY_NETWORK_BRIDGE;
  if (g_str_has_prefix (word, "bridge:") || g_str_has_prefix (word, "network:"))
    name = strchr (word, ':') + 1;
  if (*name == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("The name is missing at the end of ‘%s’."),
                       word);
  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _ ("The name of a network must not contain control characters."));
  ferry_plan_network_set (network, kind, kind == FERRY_NETWORK_NONE ? NULL : name);

  return TRUE;
}

/* @out_word: (unowned): what follows the first “=”; NULL: there is no such thing */
static char *
split_rule (const char *text, const char **out_word)
{
  const char *equals = strchr (text, '=');

  *out_word = equals != NULL && equals > text && equals[1] != '\0' ? equals + 1 : NULL;

  return *out_word != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
}

static gboolean
apply_network (const char *text, FerryPlan *plan, GError **error)
{
  const char *word = NULL;
  g_autofree char *source = split_rule (text, &word);
  FerryPlanNetwork network = { 0 };

  if (source == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ does not say which network goes where: write SRC=DST."), text);
  if (!ferryctl_choices_parse_network (word, &network, error))
    return FALSE;
  ferry_plan_set_mapping (plan, source, &network);
  ferry_plan_network_clear (&network);

  return TRUE;
}

static gboolean
apply_storage (const char *text, FerryPlan *plan, GError **error)
{
  const char *pool = NULL;
  g_autofree char *source = split_rule (text, &pool);

  if (source == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ does not say which storage goes where: write SRC=POOL."), text);
  if (plan->destination.kind != FERRY_DESTINATION_LIBVIRT)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("--storage is for a libvirt destination: in a folder there is no pool."));
  for (const char *p = pool; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _ ("The name of a pool must not contain control characters."));
  ferry_plan_set_storing (plan, source, pool);

  return TRUE;
}

static gboolean
apply_rules (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  for (guint i = 0; choices->maps != NULL && choices->maps[i] != NULL; i++)
    if (!ferryctl_map_apply (choices->maps[i], plan, error))
      return FALSE;
  for (guint i = 0; choices->networks != NULL && choices->networks[i] != NULL; i++)
    if (!apply_network (choices->networks[i], plan, error))
      return FALSE;
  for (guint i = 0; choices->storages != NULL && choices->storages[i] != NULL; i++)
    if (!apply_storage (choices->storages[i], plan, error))
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

  return g_str_equal (network, "*");
}

static gboolean
uses_storage (const FerryPlan *plan, const char *storage)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      for (guint j = 0; j < guest->disks->len; j++)
        if (g_strcmp0 (ferry_guest_get_disk (guest, j)->storage, storage) == 0)
          return TRUE;
    }

  return g_str_equal (storage, "*");
}

/* Those of a map are for other guests, too. */
gboolean
ferryctl_choices_check_sources (const FerryctlChoices *choices,
                                const FerryPlan *plan,
                                GError **error)
{
  const char *rest;

  for (guint i = 0; choices->networks != NULL && choices->networks[i] != NULL; i++)
    {
      g_autofree char *source = split_rule (choices->networks[i], &rest);

      if (!uses_network (plan, source))
        return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                           _ ("None of the virtual machines is on a network ‘%s’; ‘ferryctl show’ "
                              "tells which there are."),
                           source);
    }
  for (guint i = 0; choices->storages != NULL && choices->storages[i] != NULL; i++)
    {
      g_autofree char *source = split_rule (choices->storages[i], &rest);

      if (!uses_storage (plan, source))
        return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                           _ ("No disk of the virtual machines is in a storage ‘%s’; ‘ferryctl "
                              "show’ tells which there are."),
                           source);
    }

  return TRUE;
}

/* --- names and drivers --- */

static gboolean
apply_name_rule (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  FerryNameRule *rule = &plan->name_rule;
  const char *equals = choices->replace != NULL ? strchr (choices->replace, '=') : NULL;

  if (choices->replace != NULL && (equals == NULL || equals == choices->replace))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("‘%s’ does not say what is to be replaced: write --replace FIND=WITH."),
                       choices->replace);
  if (choices->name_pattern != NULL)
    {
      g_free (rule->pattern);
      rule->pattern = g_strdup (choices->name_pattern);
    }
  if (equals != NULL)
    {
      rule->find = g_strndup (choices->replace, (gsize) (equals - choices->replace));
      rule->replace = g_strdup (equals + 1);
    }
  rule->lower_case = choices->lower_case;
  if (ferry_name_rule_is_valid (rule, error))
    return TRUE;
  g_prefix_error (error, "--name-pattern: ");

  return FALSE;
}

static gboolean
apply_drivers (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  static const char *const words[] = { "virtio-blk", "virtio-scsi" };
  gboolean scsi = FALSE;

  if (choices->drivers != NULL &&
      (*choices->drivers == '\0' || !g_utf8_validate (choices->drivers, -1, NULL)))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("--drivers is the path of an ISO file or a folder, in UTF-8."));
  if (choices->drivers != NULL)
    plan->drivers = g_canonicalize_filename (choices->drivers, NULL);
  if (choices->block_driver == NULL)
    return TRUE;
  if (!parse_word ("--block-driver", choices->block_driver, words, &scsi, error))
    return FALSE;
  plan->block_driver = g_strdup (words[scsi ? 1 : 0]);

  return TRUE;
}

static gboolean
apply_formats (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  if (choices->format != NULL &&
      !ferryctl_choices_parse_format ("--format", choices->format, &plan->format, error))
    return FALSE;

  return choices->allocation == NULL ||
         ferryctl_choices_parse_allocation ("--allocation", choices->allocation, &plan->allocation,
                                            error);
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
                       _ ("The destination is missing: give --to folder:DIR or "
                          "--to libvirt:URI[,pool=NAME]."));

  destination = expand_tilde (choices->destination);
  if (!ferry_endpoint_parse_destination (destination, plan, error))
    return FALSE;
  if (choices->start && plan->destination.kind != FERRY_DESTINATION_LIBVIRT)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("--start is for a libvirt destination: nothing runs in a folder."));
  if (choices->shut_down && plan->source.kind == FERRY_SOURCE_OVA)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("--shut-down is for a server: nothing runs in an OVA file."));
  plan->start = choices->start;
  plan->shut_down = choices->shut_down;

  return apply_formats (choices, plan, error) && apply_name_rule (choices, plan, error) &&
         apply_drivers (choices, plan, error) && apply_rules (choices, plan, error);
}
