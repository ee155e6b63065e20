/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-error.h"

G_BEGIN_DECLS

#define FERRY_ADVICE_PATTERNS 5

/**
 * FerryAdviceEntry:
 * @patterns: any of them on a line of the text; '*' stands for anything
 * @is_vague: something more telling may stand elsewhere; tried last
 * @heading: @advice: not translated yet
 */
typedef struct
{
  const char *id;
  FerryError code;
  gboolean is_vague;
  const char *patterns[FERRY_ADVICE_PATTERNS];
  const char *heading;
  const char *advice;
} FerryAdviceEntry;

/** ferry_advice_matches: a line of @text has @pattern, in which '*' stands for anything */
gboolean ferry_advice_matches (const char *text, const char *pattern);
const FerryAdviceEntry *ferry_advice_get_table (gsize *out_n_entries);

G_END_DECLS
