/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerryctlRun: a real ferryctl as a process of its own, in this process's environment
 * @out: @err: (owned): what it has written up to the last await or finish
 * @exit_code: -1 while it runs; 128 + signal
 */
typedef struct
{
  GSubprocess *child;
  char *dir;
  char *out;
  char *err;
  int exit_code;
} FerryctlRun;

/** ferryctl_run_start: ferryctl with these arguments, NULL-terminated */
FerryctlRun *ferryctl_run_start (const char *first, ...) G_GNUC_NULL_TERMINATED;
FerryctlRun *ferryctl_run_startv (const char *const *arguments);
/** ferryctl_run: starts it and waits for its end */
FerryctlRun *ferryctl_run (const char *first, ...) G_GNUC_NULL_TERMINATED;
void ferryctl_run_free (FerryctlRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryctlRun, ferryctl_run_free)

/** ferryctl_run_await: until it has written @text to its standard output or error */
void ferryctl_run_await (FerryctlRun *run, const char *text);
/** ferryctl_run_finish: waits for its end; what it wrote is in @out and @err */
void ferryctl_run_finish (FerryctlRun *run);

/** ferryctl_run_assert: the exit code and a part of output and error; NULL: it wrote nothing */
void ferryctl_run_assert (const FerryctlRun *run, int exit_code, const char *out, const char *err);

G_END_DECLS
