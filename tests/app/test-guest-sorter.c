/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guest-sorter.h"

#include "ferry-guest-item.h"

/* Each word comes before, or is equal to, the one after it. */
static const char *const in_order[] = {
  "",
  "0",
  "1",
  "2",
  "10",
  "18446744073709551616",
  "99999999999999999999",
  "a",
  "a1",
  "a1b",
  "a2",
  "a2b1",
  "a2b10",
  "a10",
  "vm-9",
  "vm-010",
  "vm-10-a",
  "vm-11",
  "web",
  "web-1",
  "web-2",
  "web-10",
  "ä1",
  "ä2",
  "ä10",
};

static int
sign (int order)
{
  return order < 0 ? -1 : order > 0;
}

static void
test_compare (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (in_order); i++)
    for (guint j = 0; j < G_N_ELEMENTS (in_order); j++)
      {
        int expected = i < j ? -1 : i > j;

        g_test_message ("%s %s", in_order[i], in_order[j]);
        g_assert_cmpint (sign (ferry_lexo_compare (in_order[i], in_order[j])), ==, expected);
      }

  g_assert_cmpint (ferry_lexo_compare ("web-7", "web-007"), ==, 0);
}

static FerryGuestItem *
new_item (const char *id, const char *name, guint64 memory_bytes)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  FerryGuest *guest = ferry_guest_new (id, name);

  guest->memory_bytes = memory_bytes;
  g_ptr_array_add (guests, guest);

  return ferry_guest_item_new (guests, 0);
}

static void
test_by_name (void)
{
  g_autoptr (GtkSorter) sorter = ferry_guest_sorter_new_by_name ();
  g_autoptr (FerryGuestItem) small = new_item ("1", "web-2", 0);
  g_autoptr (FerryGuestItem) large = new_item ("2", "Web-10", 0);
  g_autoptr (FerryGuestItem) upper = new_item ("3", "WEB-2", 0);
  g_autoptr (FerryGuestItem) twin = new_item ("4", "web-2", 0);

  g_assert_cmpint (gtk_sorter_compare (sorter, small, large), ==, GTK_ORDERING_SMALLER);
  /* Equal but for case, and equal names, still have an order. */
  g_assert_cmpint (gtk_sorter_compare (sorter, upper, small), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (sorter, small, twin), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (sorter, small, small), ==, GTK_ORDERING_EQUAL);
}

static void
test_by_number (void)
{
  g_autoptr (GtkSorter) sorter = ferry_guest_sorter_new_by_memory ();
  g_autoptr (FerryGuestItem) small = new_item ("1", "z", 1);
  g_autoptr (FerryGuestItem) large = new_item ("2", "a", G_MAXUINT64);
  g_autoptr (FerryGuestItem) same = new_item ("3", "b", 1);

  g_assert_cmpint (gtk_sorter_compare (sorter, small, large), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (sorter, large, small), ==, GTK_ORDERING_LARGER);
  g_assert_cmpint (gtk_sorter_compare (sorter, same, small), ==, GTK_ORDERING_SMALLER);
}

static guint changes;

static void
on_changed (void)
{
  changes++;
}

static void
fill (GListStore *store, guint count)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *name = g_strdup_printf ("vm-%u", i);

      g_ptr_array_add (items, new_item (name, name, 0));
    }
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
}

static void
test_move (void)
{
  g_autoptr (GListStore) from = g_list_store_new (FERRY_TYPE_GUEST_ITEM);
  g_autoptr (GListStore) to = g_list_store_new (FERRY_TYPE_GUEST_ITEM);
  g_autoptr (GPtrArray) odd = g_ptr_array_new_with_free_func (g_object_unref);

  fill (from, 1000);
  for (guint i = 1; i < 1000; i += 2)
    g_ptr_array_add (odd, g_list_model_get_item (G_LIST_MODEL (from), i));
  g_signal_connect (from, "items-changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (to, "items-changed", G_CALLBACK (on_changed), NULL);

  ferry_guest_items_move (from, to, odd);
  g_assert_cmpuint (changes, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (from)), ==, 500);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (to)), ==, 500);
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (FerryGuestItem) stayed = g_list_model_get_item (G_LIST_MODEL (from), i);
      g_autoptr (FerryGuestItem) moved = g_list_model_get_item (G_LIST_MODEL (to), i);
      g_autofree char *even_name = g_strdup_printf ("vm-%u", 2 * i);
      g_autofree char *odd_name = g_strdup_printf ("vm-%u", 2 * i + 1);

      g_assert_cmpstr (ferry_guest_item_get_name (stayed), ==, even_name);
      g_assert_cmpstr (ferry_guest_item_get_name (moved), ==, odd_name);
    }

  /* What is not there does nothing. */
  ferry_guest_items_move (from, to, odd);
  g_assert_cmpuint (changes, ==, 2);
}

/* By name, system and place, whatever the case and however a letter is put together. */
static void
test_search (void)
{
  g_autoptr (FerryGuestItem) item = new_item ("1", "Ma\xcc\x88rz-01", 0);
  static const struct
  {
    const char *text;
    gboolean found;
  } cases[] = {
    { "m\xc3\xa4rz", TRUE }, { "RZ-0", TRUE }, { "unknown", TRUE },
    { "marz", FALSE },       { "", TRUE },     { "\xff", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = ferry_guest_item_fold (cases[i].text);

      g_assert_cmpint (ferry_guest_item_matches (item, folded), ==, cases[i].found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/guest-sorter/compare", test_compare);
  g_test_add_func ("/guest-sorter/by-name", test_by_name);
  g_test_add_func ("/guest-sorter/by-number", test_by_number);
  g_test_add_func ("/guest-item/move", test_move);
  g_test_add_func ("/guest-sorter/search", test_search);

  return g_test_run ();
}
