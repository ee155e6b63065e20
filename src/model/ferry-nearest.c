/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-nearest.h"

#include <string.h>

/* The table grows with the square of it. */
#define LONGEST_WORD 255

/* The fewest letters to add, drop, replace or swap with a neighbour, in bytes: good enough for what
 * people mistype. One row of the table for each beginning of @a, one column for each of @b. */
static guint
edit_distance (const char *a, const char *b)
{
  gsize n_rows = strlen (a) + 1;
  gsize n_columns = strlen (b) + 1;
  g_autofree guint *table = g_new0 (guint, n_rows * n_columns);

#define AT(i, j) table[(i) *n_columns + (j)]
  for (gsize i = 0; i < n_rows; i++)
    for (gsize j = 0; j < n_columns; j++)
      {
        guint least = (guint) (i + j);

        if (i > 0 && j > 0)
          {
            least = MIN (AT (i - 1, j), AT (i, j - 1)) + 1;
            least = MIN (least, AT (i - 1, j - 1) + (a[i - 1] != b[j - 1] ? 1 : 0));
          }
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          least = MIN (least, AT (i - 2, j - 2) + 1);
        AT (i, j) = least;
      }

  return AT (n_rows - 1, n_columns - 1);
#undef AT
}

const char *
ferry_nearest_word (const char *word, const char *const *candidates)
{
  const char *nearest = NULL;
  guint best = 1 + MAX (1, (guint) strlen (word) / 3);

  if (strlen (word) > LONGEST_WORD)
    return NULL;

  for (guint i = 0; candidates[i] != NULL; i++)
    {
      guint distance =
          strlen (candidates[i]) <= LONGEST_WORD ? edit_distance (word, candidates[i]) : G_MAXUINT;

      if (distance < best)
        {
          best = distance;
          nearest = candidates[i];
        }
    }

  return nearest;
}
