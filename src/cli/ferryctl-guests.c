/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-guests.h"

#include "ferry-error.h"
#include "ferry-nearest.h"

#include <glib/gi18n-lib.h>

/* More names than this in one sentence help nobody. */
#define MOST_NAMES 10

static char *
join_names (const GPtrArray *guests)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < guests->len && i < MOST_NAMES; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      g_string_append_printf (names, "%s‘%s’", i > 0 ? ", " : "", guest->name);
    }
  if (guests->len > MOST_NAMES)
    g_string_append (names, ", …");

  return g_string_free (names, FALSE);
}

static const char *
nearest_name (const GPtrArray *guests, const char *word)
{
  g_autofree const char **names = g_new0 (const char *, guests->len + 1);

  for (guint i = 0; i < guests->len; i++)
    names[i] = ((const FerryGuest *) g_ptr_array_index (guests, i))->name;

  return ferry_nearest_word (word, names);
}

static gboolean
refuse_unknown (const GPtrArray *guests, const char *word, GError **error)
{
  g_autofree char *names = join_names (guests);
  const char *nearest = nearest_name (guests, word);

  if (nearest != NULL)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _("The source has no virtual machine ‘%s’; did you mean ‘%s’?"), word,
                       nearest);

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                     _("The source has no virtual machine ‘%s’. It has: %s."), word, names);
}

static gboolean
refuse_ambiguous (const GPtrArray *found, const char *word, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (found, i);

      g_string_append_printf (ids, "%s‘%s’", i > 0 ? ", " : "", guest->id);
    }

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("%u virtual machines are called ‘%s’; name one by its id: %s."), found->len,
                     word, ids->str);
}

/* An id is exact; a name will do when only one virtual machine has it. */
static const FerryGuest *
find_guest (const GPtrArray *guests, const char *word, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < guests->len; i++)
    {
      FerryGuest *guest = g_ptr_array_index (guests, i);

      if (g_str_equal (guest->id, word))
        return guest;
      if (g_str_equal (guest->name, word))
        g_ptr_array_add (found, guest);
    }

  if (found->len == 1)
    return g_ptr_array_index (found, 0);
  if (found->len == 0)
    refuse_unknown (guests, word, error);
  else
    refuse_ambiguous (found, word, error);
  return NULL;
}

static gboolean
choose_unnamed (const GPtrArray *guests, GPtrArray *chosen, FerryctlGuests rule, GError **error)
{
  g_autofree char *names = NULL;

  if (guests->len == 0)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _("There is no virtual machine in the source."));

  if (rule == FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED && guests->len > 1)
    {
      names = join_names (guests);
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("The source has %u virtual machines; name those that you mean, or give "
                           "--all. It has: %s."),
                         guests->len, names);
    }

  for (guint i = 0; i < guests->len; i++)
    g_ptr_array_add (chosen, g_ptr_array_index (guests, i));
  return TRUE;
}

/**
 * ferryctl_guests_choose:
 * @guests: (element-type FerryGuest): all of the source
 * @names: names and ids
 *
 * Returns: (transfer container) (element-type FerryGuest): those of @guests that are meant, each
 *   once; or %NULL with FERRY_ERROR_NOT_FOUND or INVALID
 */
GPtrArray *
ferryctl_guests_choose (const GPtrArray *guests,
                        char *const *names,
                        FerryctlGuests rule,
                        GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  if (names[0] == NULL)
    return choose_unnamed (guests, chosen, rule, error) ? g_steal_pointer (&chosen) : NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const FerryGuest *guest = find_guest (guests, names[i], error);

      if (guest == NULL)
        return NULL;
      if (!g_ptr_array_find (chosen, guest, NULL))
        g_ptr_array_add (chosen, (gpointer) guest);
    }

  return g_steal_pointer (&chosen);
}

/** ferryctl_guests_read: (transfer full): the full configuration of each of @chosen */
GPtrArray *
ferryctl_guests_read (FerrySource *source, const GPtrArray *chosen, GError **error)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);

  for (guint i = 0; i < chosen->len; i++)
    {
      const FerryGuest *listed = g_ptr_array_index (chosen, i);
      FerryGuest *guest = ferry_source_read (source, listed->id, NULL, error);

      if (guest == NULL)
        return NULL;
      g_ptr_array_add (guests, guest);
    }

  return g_steal_pointer (&guests);
}
