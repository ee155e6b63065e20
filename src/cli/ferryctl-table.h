/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a column behaves. */
typedef enum
{
  FERRYCTL_COLUMN_TEXT = 1, /* as wide as its widest cell */
  FERRYCTL_COLUMN_NUMBER, /* the same, flush right */
  FERRYCTL_COLUMN_SHRINKS, /* gives way, with …, when the table is wider than the terminal */
} FerryctlColumnKind;

/** FerryctlColumn: @title: already translated */
typedef struct
{
  const char *title;
  FerryctlColumnKind kind;
} FerryctlColumn;

/** FerryctlTable: rows of text under titles */
typedef struct _FerryctlTable FerryctlTable;

FerryctlTable *ferryctl_table_new (const FerryctlColumn *columns, guint n_columns);
void ferryctl_table_free (FerryctlTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryctlTable, ferryctl_table_free)

void ferryctl_table_add (FerryctlTable *table, ...) G_GNUC_NULL_TERMINATED;
char *ferryctl_table_render (const FerryctlTable *table, guint columns);

G_END_DECLS
