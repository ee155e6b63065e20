/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-guests.h"

#include <string.h>

#include "ferry-error.h"

static GPtrArray *
make_guests (void)
{
  GPtrArray *guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);

  g_ptr_array_add (guests, ferry_guest_new ("a.ova", "web"));
  g_ptr_array_add (guests, ferry_guest_new ("b.ova", "database"));
  g_ptr_array_add (guests, ferry_guest_new ("c.ova", "web"));
  g_ptr_array_add (guests, ferry_guest_new ("d.ova", "Büro & Co"));

  return guests;
}

/* One case: what was typed, and the ids that are meant or what the refusal must say. */
typedef struct
{
  const char *names;
  FerryctlGuests rule;
  const char *ids;
  const char *refusal;
} Case;

static char *
join_ids (const GPtrArray *chosen)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < chosen->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "|" : "",
                            ((const FerryGuest *) g_ptr_array_index (chosen, i))->id);

  return g_string_free (ids, FALSE);
}

static void
test_choose (void)
{
  static const Case cases[] = {
    { "", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, "a.ova|b.ova|c.ova|d.ova", NULL },
    { "", FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED, NULL, "4 virtual machines" },
    { "database", FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED, "b.ova", NULL },
    { "Büro & Co|c.ova", FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED, "d.ova|c.ova", NULL },
    { "database|b.ova|database", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, "b.ova", NULL },
    { "web", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, NULL, "‘a.ova’, ‘c.ova’" },
    { "databse", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, NULL, "did you mean ‘database’?" },
    { "mail", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, NULL, "‘web’, ‘database’, ‘web’, ‘Büro & Co’" },
    { "Database", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, NULL, "‘database’" },
    { "data", FERRYCTL_GUESTS_ALL_UNLESS_NAMED, NULL, "no virtual machine ‘data’" },
  };
  g_autoptr (GPtrArray) guests = make_guests ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) names = g_strsplit (cases[i].names, "|", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) chosen = NULL;

      g_test_message ("‘%s’", cases[i].names);
      chosen = ferryctl_guests_choose (guests, names, cases[i].rule, &error);
      if (cases[i].ids != NULL)
        {
          g_autofree char *ids = NULL;

          g_assert_no_error (error);
          ids = join_ids (chosen);
          g_assert_cmpstr (ids, ==, cases[i].ids);
          continue;
        }
      g_assert_null (chosen);
      g_assert_true (error != NULL && error->domain == FERRY_ERROR);
      g_assert_nonnull (strstr (error->message, cases[i].refusal));
    }
}

static void
test_only_one (void)
{
  g_autoptr (GPtrArray) guests = make_guests ();
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (GPtrArray) none = NULL;
  char *names[] = { NULL };
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (guests, 1);
  chosen = ferryctl_guests_choose (guests, names, FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chosen->len, ==, 1);

  g_ptr_array_set_size (guests, 0);
  none = ferryctl_guests_choose (guests, names, FERRYCTL_GUESTS_ALL_UNLESS_NAMED, &error);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/guests/choose", test_choose);
  g_test_add_func ("/ferryctl/guests/only-one", test_only_one);

  return g_test_run ();
}
