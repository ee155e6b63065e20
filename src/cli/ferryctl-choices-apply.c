/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-choices-private.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What was chosen for guests, their disks and network adapters. */

/* --- what is for all guests --- */

static gboolean
set_guest (const GPtrArray *settings, const FerryctlPlace *place, GError **error)
{
  return ferryctl_settings_apply (settings, ferryctl_guest_keys, place, error) &&
         ferryctl_choices_check_topology (settings, error);
}

static gboolean
set_all (const GPtrArray *settings, FerryctlPlace place, GError **error)
{
  place.is_one = place.plan->guests->len == 1;
  for (guint i = 0; i < place.plan->guests->len; i++)
    {
      place.guest = ferry_plan_get_guest (place.plan, i);
      if (!set_guest (settings, &place, error))
        return FALSE;
    }

  return TRUE;
}

/* The options that are keys of --guest. */
static gboolean
apply_plain (const FerryctlChoices *choices, const FerryctlPlace *place, GError **error)
{
  const struct
  {
    const char *key;
    const char *value;
  } given[] = {
    { "name", choices->name },
    { "os", choices->os },
    { "memory", choices->memory },
    { "vcpus", choices->vcpus },
    { "topology", choices->topology },
    { "firmware", choices->firmware },
    { "mac", choices->mac },
    { "root", choices->root },
    { "description", choices->description },
  };
  g_autoptr (GPtrArray) all = ferryctl_settings_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_autoptr (GPtrArray) settings = ferryctl_settings_new ();

      if (given[i].value == NULL)
        continue;
      ferryctl_settings_add (settings, given[i].key, given[i].value);
      ferryctl_settings_add (all, given[i].key, given[i].value);
      if (!set_all (settings, *place, error))
        {
          g_prefix_error (error, "--%s: ", given[i].key);
          return FALSE;
        }
    }

  return ferryctl_choices_check_topology (all, error);
}

/* --- what is for one --- */

/* Up to the first colon, when that comes before any setting: what was meant as a GUEST. */
static char *
dup_first_word (const char *text)
{
  gsize length = strcspn (text, ":=,");

  return text[length] == ':' ? g_strndup (text, length) : NULL;
}

static gboolean
rename_guest (const char *text, FerryctlPlace place, GError **error)
{
  g_autoptr (GPtrArray) settings = ferryctl_settings_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *old = g_strndup (text, strcspn (text, "="));
  const char *name = NULL;

  place.guest = ferryctl_settings_find_guest (place.plan, text, '=', &name, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (strchr (text, '=') == NULL || *old == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("write OLD=NEW."));
  if (place.guest == NULL)
    return ferryctl_settings_refuse_guest (place.plan, old, error);
  ferryctl_settings_add (settings, "name", name);
  place.is_one = TRUE;

  return set_guest (settings, &place, error);
}

static gboolean
apply_guest (const char *text, FerryctlPlace place, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) settings = NULL;
  const char *rest = text;
  g_autofree char *word = NULL;

  place.guest = ferryctl_settings_find_guest (place.plan, text, ':', &rest, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  word = place.guest == NULL ? dup_first_word (text) : NULL;
  if (word != NULL)
    return ferryctl_settings_refuse_guest (place.plan, word, error);
  settings = ferryctl_settings_parse (rest, ferryctl_guest_keys, error);
  if (settings == NULL)
    return FALSE;
  if (place.guest == NULL)
    return set_all (settings, place, error);
  place.is_one = TRUE;

  return set_guest (settings, &place, error);
}

/* --- disks and network adapters --- */

/* What --disk and --nic differ in. */
typedef struct
{
  const FerryctlKey *keys;
  gboolean is_disk;
} Part;

static guint
count_items (const Part *part, const FerryGuest *guest)
{
  return part->is_disk ? guest->disks->len : guest->nics->len;
}

static const char *
get_item_name (const Part *part, const FerryGuest *guest, guint index)
{
  return part->is_disk ? ferry_guest_get_disk (guest, index)->name
                       : ferry_guest_get_nic (guest, index)->name;
}

/* By its number, the first is 1, or by the source's name of it. */
static gboolean
find_item (const Part *part, const FerryGuest *guest, const char *word, guint *out_index)
{
  guint n_items = count_items (part, guest);
  guint64 number = 0;

  if (g_ascii_string_to_unsigned (word, 10, 1, n_items, &number, NULL))
    {
      *out_index = (guint) number - 1;
      return TRUE;
    }
  for (guint i = 0; i < n_items; i++)
    if (g_str_equal (get_item_name (part, guest, i), word))
      {
        *out_index = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
refuse_item (const Part *part, const FerryGuest *guest, const char *word, GError **error)
{
  guint n_items = count_items (part, guest);

  if (part->is_disk)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _ ("‘%s’ has no disk ‘%s’: they are numbered from 1, and it has %u."),
                       guest->name, word, n_items);

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                     _ ("‘%s’ has no network adapter ‘%s’: they are numbered from 1, and it has "
                        "%u."),
                     guest->name, word, n_items);
}

static gboolean
set_item (const Part *part,
          const GPtrArray *settings,
          const char *word,
          FerryctlPlace *place,
          GError **error)
{
  if (!find_item (part, place->guest->source, word, &place->index))
    return refuse_item (part, place->guest->source, word, error);

  return ferryctl_settings_apply (settings, part->keys, place, error) &&
         (part->is_disk ||
          ferryctl_choices_check_nic (ferry_plan_guest_get_nic (place->guest, place->index),
                                      error));
}

static gboolean
set_items (const Part *part,
           const GPtrArray *settings,
           const char *word,
           FerryctlPlace *place,
           GError **error)
{
  place->is_one = place->guest != NULL || place->plan->guests->len == 1;
  if (place->guest != NULL)
    return set_item (part, settings, word, place, error);
  for (guint i = 0; i < place->plan->guests->len; i++)
    {
      place->guest = ferry_plan_get_guest (place->plan, i);
      if (!set_item (part, settings, word, place, error))
        return FALSE;
    }

  return TRUE;
}

/* A virtual machine may be called as a disk is numbered: it is meant when another word follows. */
static gboolean
find_part_guest (const char *text, FerryctlPlace *place, const char **out_rest, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *word = NULL;

  place->guest = ferryctl_settings_find_guest (place->plan, text, ':', out_rest, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  word = dup_first_word (*out_rest);
  if (place->guest != NULL && word == NULL && g_ascii_isdigit (*text))
    {
      place->guest = NULL;
      *out_rest = text;
    }

  return TRUE;
}

static gboolean
apply_part (const Part *part, const char *text, FerryctlPlace place, GError **error)
{
  g_autoptr (GPtrArray) settings = NULL;
  g_autofree char *word = NULL;
  g_autofree char *next = NULL;
  const char *rest = text;

  if (!find_part_guest (text, &place, &rest, error))
    return FALSE;
  word = dup_first_word (rest);
  if (word == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       part->is_disk
                           ? _ ("write the number of a disk and what is chosen for it, as in "
                                "1:format=raw.")
                           : _ ("write the number of a network adapter and what is chosen for it, "
                                "as in 1:model=virtio."));
  next = dup_first_word (rest + strlen (word) + 1);
  if (place.guest == NULL && next != NULL)
    return ferryctl_settings_refuse_guest (place.plan, word, error);
  settings = ferryctl_settings_parse (rest + strlen (word) + 1, part->keys, error);

  return settings != NULL && set_items (part, settings, word, &place, error);
}

static gboolean
apply_disk (const char *text, FerryctlPlace place, GError **error)
{
  return apply_part (&(Part){ ferryctl_disk_keys, TRUE }, text, place, error);
}

static gboolean
apply_nic (const char *text, FerryctlPlace place, GError **error)
{
  return apply_part (&(Part){ ferryctl_nic_keys, FALSE }, text, place, error);
}

static gboolean
apply_each (const char *option,
            char *const *texts,
            gboolean (*apply) (const char *text, FerryctlPlace place, GError **error),
            const FerryctlPlace *place,
            GError **error)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (!apply (texts[i], *place, error))
      {
        g_prefix_error (error, "%s ‘%s’: ", option, texts[i]);
        return FALSE;
      }

  return TRUE;
}

/* --- whether it fits together --- */

static gboolean
check_all (const FerryPlan *plan, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (!g_hash_table_add (names, guest->name))
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _ ("Two virtual machines would be called ‘%s’; --rename OLD=NEW gives "
                              "one of them another name."),
                           guest->name);
      if (!ferryctl_choices_check_guest (guest, error))
        return FALSE;
    }

  return TRUE;
}

/** ferryctl_choices_apply_to_guests: the rest, once the plan has its guests */
gboolean
ferryctl_choices_apply_to_guests (const FerryctlChoices *choices, FerryPlan *plan, GError **error)
{
  g_autoptr (GHashTable) renamed = g_hash_table_new (NULL, NULL);
  const FerryctlPlace place = { .plan = plan, .renamed = renamed };

  return ferryctl_choices_check_sources (choices, plan, error) &&
         apply_plain (choices, &place, error) &&
         apply_each ("--rename", choices->renames, rename_guest, &place, error) &&
         apply_each ("--guest", choices->guests, apply_guest, &place, error) &&
         apply_each ("--disk", choices->disks, apply_disk, &place, error) &&
         apply_each ("--nic", choices->nics, apply_nic, &place, error) && check_all (plan, error);
}
