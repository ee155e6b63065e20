/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ferry_lexo_compare:
 * @a: @b: case-folded
 *
 * As people count: runs of digits compare by their value, "web-2" before "web-10". Runs of equal
 * value and different length ("7" and "007") are equal here.
 */
int ferry_lexo_compare (const char *a, const char *b);

/* Sorters of FerryGuestItem; what is equal goes by name, equal names by case. (transfer full) */
GtkSorter *ferry_guest_sorter_new_by_name (void);
GtkSorter *ferry_guest_sorter_new_by_system (void);
GtkSorter *ferry_guest_sorter_new_by_memory (void);
GtkSorter *ferry_guest_sorter_new_by_disks (void);
GtkSorter *ferry_guest_sorter_new_by_place (void);

G_END_DECLS
