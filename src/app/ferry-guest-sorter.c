/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guest-sorter.h"

#include "ferry-guest-item.h"

#include <string.h>

/* Compares the digit runs at *a and *b by value, whatever their length, and moves past them. */
static int
compare_digits (const char **a, const char **b)
{
  gsize length_a;
  gsize length_b;
  int order;

  *a += strspn (*a, "0");
  *b += strspn (*b, "0");
  length_a = strspn (*a, "0123456789");
  length_b = strspn (*b, "0123456789");
  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;

  order = strncmp (*a, *b, length_a);
  *a += length_a;
  *b += length_b;

  return order;
}

int
ferry_lexo_compare (const char *a, const char *b)
{
  int order = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  while (order == 0 && *a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        order = compare_digits (&a, &b);
      else
        order = (int) (guchar) *a++ - (int) (guchar) *b++;
    }

  return order != 0 ? order : (int) (guchar) *a - (int) (guchar) *b;
}

static int
compare_names (FerryGuestItem *a, FerryGuestItem *b)
{
  int order = ferry_lexo_compare (ferry_guest_item_get_folded_name (a),
                                  ferry_guest_item_get_folded_name (b));

  if (order == 0)
    order = strcmp (ferry_guest_item_get_name (a), ferry_guest_item_get_name (b));
  if (order == 0)
    order = strcmp (ferry_guest_item_get_guest (a)->id, ferry_guest_item_get_guest (b)->id);

  return order;
}

static int
compare_numbers (guint64 a, guint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_by_name (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return gtk_ordering_from_cmpfunc (
      compare_names (FERRY_GUEST_ITEM ((gpointer) a), FERRY_GUEST_ITEM ((gpointer) b)));
}

static int
compare_by_system (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const FerryGuest *left = ferry_guest_item_get_guest (FERRY_GUEST_ITEM ((gpointer) a));
  const FerryGuest *right = ferry_guest_item_get_guest (FERRY_GUEST_ITEM ((gpointer) b));
  int order = g_utf8_collate (left->os != NULL ? left->os : "", right->os != NULL ? right->os : "");

  return order != 0 ? gtk_ordering_from_cmpfunc (order) : compare_by_name (a, b, NULL);
}

static int
compare_by_memory (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const FerryGuest *left = ferry_guest_item_get_guest (FERRY_GUEST_ITEM ((gpointer) a));
  const FerryGuest *right = ferry_guest_item_get_guest (FERRY_GUEST_ITEM ((gpointer) b));
  int order = compare_numbers (left->memory_bytes, right->memory_bytes);

  return order != 0 ? gtk_ordering_from_cmpfunc (order) : compare_by_name (a, b, NULL);
}

static int
compare_by_disks (gconstpointer a, gconstpointer b, gpointer user_data)
{
  FerryGuestItem *left = FERRY_GUEST_ITEM ((gpointer) a);
  FerryGuestItem *right = FERRY_GUEST_ITEM ((gpointer) b);
  int order = compare_numbers (ferry_guest_item_get_capacity_bytes (left),
                               ferry_guest_item_get_capacity_bytes (right));

  return order != 0 ? gtk_ordering_from_cmpfunc (order) : compare_by_name (a, b, NULL);
}

static int
compare_by_place (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *left = ferry_guest_item_get_guest (FERRY_GUEST_ITEM ((gpointer) a))->place;
  const char *right = ferry_guest_item_get_guest (FERRY_GUEST_ITEM ((gpointer) b))->place;
  int order = ferry_lexo_compare (left != NULL ? left : "", right != NULL ? right : "");

  return order != 0 ? gtk_ordering_from_cmpfunc (order) : compare_by_name (a, b, NULL);
}

GtkSorter *
ferry_guest_sorter_new_by_name (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_by_name, NULL, NULL));
}

GtkSorter *
ferry_guest_sorter_new_by_system (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_by_system, NULL, NULL));
}

GtkSorter *
ferry_guest_sorter_new_by_memory (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_by_memory, NULL, NULL));
}

GtkSorter *
ferry_guest_sorter_new_by_disks (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_by_disks, NULL, NULL));
}

GtkSorter *
ferry_guest_sorter_new_by_place (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_by_place, NULL, NULL));
}
