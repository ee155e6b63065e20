/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-error.h"
#include "ferry-record.h"
#include "ferry-v2v-output.h"

G_BEGIN_DECLS

/**
 * FerryAdvice: what a known message of a tool means
 * @id: stable, "no-space"
 * @heading: (transfer none): one translated sentence: what happened
 * @advice: (transfer none): one or two translated sentences: what to do
 */
typedef struct
{
  const char *id;
  FerryError code;
  const char *heading;
  const char *advice;
} FerryAdvice;

gboolean ferry_advice_find (const char *text, FerryAdvice *out_advice);

/**
 * ferry_advice_for_warning:
 * @text: a warning of virt-v2v
 * @out_harmless: (out): nothing needs to be done about it, so that the log is the place for it
 *
 * Returns: (transfer none) (nullable): whole translated sentences for people: what it means; NULL: it
 *   is not known, and must speak for itself
 */
const char *ferry_advice_for_warning (const char *text, gboolean *out_harmless);

FerryFailure *ferry_advice_for_run (FerryV2vOutput *output, int exit_status);
FerryFailure *ferry_advice_for_error (const GError *error, const char *details);

G_END_DECLS
