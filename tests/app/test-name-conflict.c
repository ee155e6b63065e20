/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-name-conflict.h"

static FerryPlanGuest *
add_guest (FerryPlan *plan, const char *id, const char *name)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new (id, name);
  FerryPlanGuest *planned = ferry_plan_add_guest (plan, guest);

  g_free (planned->name);
  planned->name = g_strdup (name);

  return planned;
}

static FerryDestinationFacts *
new_facts (void)
{
  FerryDestinationFacts *facts = ferry_destination_facts_new ();

  g_strfreev (facts->guest_names);
  facts->guest_names = g_strsplit ("web mail mail_Copy", " ", -1);

  return facts;
}

static void
test_list (void)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryDestinationFacts) facts = new_facts ();
  FerryPlanGuest *web = add_guest (plan, "1", "web");
  FerryPlanGuest *first = add_guest (plan, "2", "git");
  FerryPlanGuest *second = add_guest (plan, "3", "git");
  g_autoptr (GPtrArray) all = ferry_name_conflicts_list (plan, facts);
  g_autoptr (GPtrArray) unknown = ferry_name_conflicts_list (plan, NULL);

  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (g_ptr_array_index (all, 0) == web);
  g_assert_true (g_ptr_array_index (all, 1) == second);
  g_assert_cmpuint (unknown->len, ==, 1);
  g_assert_true (ferry_name_is_taken (plan, facts, first, "git"));
  g_assert_false (ferry_name_is_taken (plan, facts, first, "Git"));
  g_assert_true (ferry_name_is_taken (plan, NULL, first, "web"));
}

static void
assert_problem (const FerryPlan *plan, const FerryPlanGuest *guest, const char *name, gboolean any)
{
  g_autoptr (FerryDestinationFacts) facts = new_facts ();
  g_autofree char *problem = ferry_text_name_problem (plan, facts, guest, name);

  g_assert_cmpint (problem != NULL, ==, any);
}

static void
test_problems (void)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  FerryPlanGuest *guest = add_guest (plan, "1", "git");

  add_guest (plan, "2", "db");
  assert_problem (plan, guest, "git", FALSE);
  assert_problem (plan, guest, "db", TRUE);
  assert_problem (plan, guest, "web", TRUE);
  assert_problem (plan, guest, "", TRUE);
  assert_problem (plan, guest, "a/b", TRUE);
}

static void
assert_free (FerryPlan *plan, const char *name, const char *suffix, const char *expected)
{
  g_autoptr (FerryDestinationFacts) facts = new_facts ();
  g_autofree char *free_name =
      ferry_name_dup_free (plan, facts, add_guest (plan, name, name), suffix);

  g_assert_cmpstr (free_name, ==, expected);
}

static void
test_free (void)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autofree char *longest = g_strnfill (240, 'x');
  g_autofree char *shortened = g_strnfill (235, 'x');
  g_autofree char *expected = g_strconcat (shortened, "_Copy", NULL);

  assert_free (plan, "web", "_Copy", "web_Copy");
  assert_free (plan, "mail", "_Copy", "mail_Copy2");
  assert_free (plan, longest, "_Copy", expected);
  /* A name that is wrong becomes one that is not. */
  assert_free (plan, "a/b", "-new", "a-b-new");
}

static void
test_suffix (void)
{
  static const char *const bad[] = { "", "/", "_Copy ", "\n" };
  g_autofree char *too_long = g_strnfill (240, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ferry_name_suffix_is_valid (bad[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
  g_assert_false (ferry_name_suffix_is_valid (too_long, NULL));
  g_assert_true (ferry_name_suffix_is_valid ("_Copy", NULL));
  g_assert_true (ferry_name_suffix_is_valid (".2", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/name-conflict/list", test_list);
  g_test_add_func ("/name-conflict/problems", test_problems);
  g_test_add_func ("/name-conflict/free", test_free);
  g_test_add_func ("/name-conflict/suffix", test_suffix);

  return g_test_run ();
}
