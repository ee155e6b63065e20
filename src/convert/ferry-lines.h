/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryLines: puts the pieces of a stream together to lines
 * @ends: the characters that end a line: "\n", or "\r\n" for what draws progress bars
 * @on_line: gets each line without its end; NUL-terminated, but may hold anything, NUL too
 *
 * A line that is too long comes in parts: what never ends must not fill the memory.
 */
typedef struct
{
  const char *ends;
  void (*on_line) (const char *line, gsize length, gpointer user_data);
  gpointer user_data;
  GString *partial;
} FerryLines;

#define FERRY_LINES_LONGEST ((gsize) 256 * 1024)

void ferry_lines_feed (FerryLines *lines, const char *bytes, gsize length);
void ferry_lines_finish (FerryLines *lines);
void ferry_lines_clear (FerryLines *lines);

G_END_DECLS
