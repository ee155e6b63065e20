/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerryHelper: a program that is asked one thing and answers on its standard output
 * @argv: NULL-terminated; argv[0] is a full path
 * @marker: (nullable): an import's id, put into its environment as FERRY_IMPORT
 * @input: (nullable): text for its standard input, which is empty otherwise
 * @limit_msec: time after which it is killed; 0: none
 * @silence_msec: time without a word on its standard output after which it is killed; 0: none
 * @on_line: (nullable): called on the calling thread with each line as it comes, without its end;
 *   the lines are not kept then. FALSE ends it, with that error
 */
typedef struct
{
  const char *const *argv;
  const char *marker;
  const char *input;
  guint limit_msec;
  guint silence_msec;
  gboolean (*on_line) (const char *line, gpointer user_data, GError **error);
  gpointer user_data;
} FerryHelper;

/**
 * FerryHelperAnswer: what it said
 * @output: (owned): its standard output; with on_line what came after the last whole line
 * @errors: (owned): its standard error, made valid UTF-8 and trimmed
 * @exit_status: exit code, or 128 + signal
 */
typedef struct
{
  char *output;
  char *errors;
  int exit_status;
} FerryHelperAnswer;

FerryHelperAnswer *
ferry_helper_run (const FerryHelper *helper, GCancellable *cancellable, GError **error);
void ferry_helper_answer_free (FerryHelperAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryHelperAnswer, ferry_helper_answer_free)

G_END_DECLS
