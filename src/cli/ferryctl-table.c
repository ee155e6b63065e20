/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-table.h"

#include "ferryctl-text.h"

#define GAP 2
#define NARROWEST 8

struct _FerryctlTable
{
  GArray *columns; /* (owned) (element-type FerryctlColumn) */
  GPtrArray *rows; /* (owned) (element-type GStrv): the titles are the first */
};

/** ferryctl_table_new: @columns is copied, its titles are */
FerryctlTable *
ferryctl_table_new (const FerryctlColumn *columns, guint n_columns)
{
  FerryctlTable *table = g_new0 (FerryctlTable, 1);
  char **titles = g_new0 (char *, n_columns + 1);

  table->columns = g_array_new (FALSE, FALSE, sizeof (FerryctlColumn));
  g_array_append_vals (table->columns, columns, n_columns);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < n_columns; i++)
    titles[i] = g_strdup (columns[i].title);
  g_ptr_array_add (table->rows, titles);

  return table;
}

void
ferryctl_table_free (FerryctlTable *table)
{
  g_array_unref (table->columns);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

/** ferryctl_table_add: one row: as many cells as there are columns, then NULL; made clean here */
void
ferryctl_table_add (FerryctlTable *table, ...)
{
  char **cells = g_new0 (char *, table->columns->len + 1);
  va_list args;

  va_start (args, table);
  for (guint i = 0; i < table->columns->len; i++)
    cells[i] = ferryctl_text_or_dash (va_arg (args, const char *));
  va_end (args);

  g_ptr_array_add (table->rows, cells);
}

static guint
measure_column (const FerryctlTable *table, guint column)
{
  guint width = 0;

  for (guint i = 0; i < table->rows->len; i++)
    {
      char **cells = g_ptr_array_index (table->rows, i);

      width = MAX (width, ferryctl_text_width (cells[column]));
    }

  return width;
}

/* Takes what is too much from the shrinking columns, always from the widest of them. */
static void
shrink_columns (const FerryctlTable *table, guint *widths, guint columns)
{
  guint total = GAP * (table->columns->len - 1);

  for (guint i = 0; i < table->columns->len; i++)
    total += widths[i];

  for (; total > columns; total--)
    {
      guint widest = table->columns->len;

      for (guint i = 0; i < table->columns->len; i++)
        {
          const FerryctlColumn *column = &g_array_index (table->columns, FerryctlColumn, i);

          if (column->kind == FERRYCTL_COLUMN_SHRINKS && widths[i] > NARROWEST &&
              (widest == table->columns->len || widths[i] > widths[widest]))
            widest = i;
        }
      if (widest == table->columns->len)
        return;
      widths[widest]--;
    }
}

static void
append_row (GString *text, const FerryctlTable *table, char *const *cells, const guint *widths)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    {
      const FerryctlColumn *column = &g_array_index (table->columns, FerryctlColumn, i);
      g_autofree char *fitted = ferryctl_text_fit (cells[i], widths[i]);
      g_autofree char *padded =
          ferryctl_text_pad (fitted, widths[i], column->kind == FERRYCTL_COLUMN_NUMBER);

      g_string_append_printf (line, "%*s%s", i > 0 ? GAP : 0, "", padded);
    }

  g_string_append (text, g_strchomp (line->str));
  g_string_append_c (text, '\n');
}

/** ferryctl_table_render: lines of at most @columns where possible; 0: as wide as need be */
char *
ferryctl_table_render (const FerryctlTable *table, guint columns)
{
  g_autofree guint *widths = g_new (guint, table->columns->len);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    widths[i] = measure_column (table, i);
  if (columns > 0)
    shrink_columns (table, widths, columns);
  for (guint i = 0; i < table->rows->len; i++)
    append_row (text, table, g_ptr_array_index (table->rows, i), widths);

  return g_string_free (text, FALSE);
}
