/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-table.h"

#include <string.h>

static FerryctlTable *
make_table (void)
{
  const FerryctlColumn columns[] = {
    { "NAME", FERRYCTL_COLUMN_SHRINKS },
    { "SIZE", FERRYCTL_COLUMN_NUMBER },
    { "FILE", FERRYCTL_COLUMN_SHRINKS },
  };
  FerryctlTable *table = ferryctl_table_new (columns, G_N_ELEMENTS (columns));

  ferryctl_table_add (table, "web", "2 GB", "web-disk1.vmdk", NULL);
  ferryctl_table_add (table, "東京", "120 GB", NULL, NULL);

  return table;
}

static void
test_natural (void)
{
  g_autoptr (FerryctlTable) table = make_table ();
  g_autofree char *text = ferryctl_table_render (table, 0);

  g_assert_cmpstr (text, ==,
                   "NAME    SIZE  FILE\n"
                   "web     2 GB  web-disk1.vmdk\n"
                   "東京  120 GB  –\n");
}

static void
test_narrow (void)
{
  g_autoptr (FerryctlTable) table = make_table ();
  g_autofree char *text = ferryctl_table_render (table, 24);

  g_assert_cmpstr (text, ==,
                   "NAME    SIZE  FILE\n"
                   "web     2 GB  web-disk1…\n"
                   "東京  120 GB  –\n");
}

/* Columns never vanish: a terminal that is too narrow wraps them. */
static void
test_too_narrow (void)
{
  g_autoptr (FerryctlTable) table = make_table ();
  g_autofree char *text = ferryctl_table_render (table, 5);

  g_assert_nonnull (g_strstr_len (text, -1, "web-dis…"));
  g_assert_nonnull (g_strstr_len (text, -1, "120 GB"));
}

static void
test_hostile (void)
{
  const FerryctlColumn columns[] = { { "NAME", FERRYCTL_COLUMN_TEXT } };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (columns, 1);
  g_autofree char *text = NULL;

  ferryctl_table_add (table, "a\033]0;gotcha\007\nb", NULL);
  text = ferryctl_table_render (table, 0);
  g_assert_null (strchr (text, '\033'));
  g_assert_null (strchr (text, '\007'));
  g_assert_nonnull (g_strrstr (text, "gotcha\xef\xbf\xbd b\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/table/natural", test_natural);
  g_test_add_func ("/ferryctl/table/narrow", test_narrow);
  g_test_add_func ("/ferryctl/table/too-narrow", test_too_narrow);
  g_test_add_func ("/ferryctl/table/hostile", test_hostile);

  return g_test_run ();
}
