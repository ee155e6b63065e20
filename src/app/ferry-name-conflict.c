/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-name-conflict.h"

#include <glib/gi18n-lib.h>

static gboolean
is_at_destination (const FerryDestinationFacts *facts, const char *name)
{
  return facts != NULL && g_strv_contains ((const char *const *) facts->guest_names, name);
}

/* (nullable): a guest of that name among the first @n_guests, but for @guest. */
static const FerryPlanGuest *
find_namesake (const FerryPlan *plan, const FerryPlanGuest *guest, const char *name, guint n_guests)
{
  for (guint i = 0; i < n_guests; i++)
    {
      const FerryPlanGuest *other = ferry_plan_get_guest (plan, i);

      if (other != guest && g_str_equal (other->name, name))
        return other;
    }

  return NULL;
}

gboolean
ferry_name_is_taken (const FerryPlan *plan,
                     const FerryDestinationFacts *facts,
                     const FerryPlanGuest *guest,
                     const char *name)
{
  return is_at_destination (facts, name) ||
         find_namesake (plan, guest, name, plan->guests->len) != NULL;
}

char *
ferry_text_name_problem (const FerryPlan *plan,
                         const FerryDestinationFacts *facts,
                         const FerryPlanGuest *guest,
                         const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!ferry_guest_name_is_valid (name, &error))
    return g_strdup (error->message);
  if (is_at_destination (facts, name))
    return g_strdup (_("This name is taken at the destination. Give it another one."));
  if (find_namesake (plan, guest, name, plan->guests->len) != NULL)
    return g_strdup (_("Another virtual machine of this import has this name. Give one of them "
                       "another one."));

  return NULL;
}

/* A name that stands there once is no conflict: so all are looked at in one go. */
GPtrArray *
ferry_name_conflicts_list (const FerryPlan *plan, const FerryDestinationFacts *facts)
{
  GPtrArray *conflicts = g_ptr_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (!g_hash_table_add (names, guest->name) || is_at_destination (facts, guest->name))
        g_ptr_array_add (conflicts, guest);
    }

  return conflicts;
}

gboolean
ferry_name_suffix_is_valid (const char *suffix, GError **error)
{
  g_autofree char *example = g_strconcat ("x", suffix, NULL);

  if (*suffix == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("Enter what is added to the names, such as ‘_Copy’."));

  return ferry_guest_name_is_valid (example, error);
}

char *
ferry_name_dup_free (const FerryPlan *plan,
                     const FerryDestinationFacts *facts,
                     const FerryPlanGuest *guest,
                     const char *suffix)
{
  g_autofree char *valid = ferry_guest_name_make_valid (guest->name);

  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("%u", i) : g_strdup ("");
      g_autofree char *start =
          ferry_guest_name_shorten (valid, strlen (suffix) + strlen (number));
      g_autofree char *name = g_strconcat (start, suffix, number, NULL);

      if (!ferry_name_is_taken (plan, facts, guest, name))
        return g_steal_pointer (&name);
    }
}
