/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What ferryctl's exit code says; documented in ferryctl(1). */
typedef enum
{
  FERRYCTL_OK = 0,
  FERRYCTL_FAILED = 1, /* a check found a blocker, or an import failed */
  FERRYCTL_USAGE = 2, /* the command line is wrong */
  FERRYCTL_CANCELLED = 3, /* an import was cancelled */
  FERRYCTL_UNREACHABLE = 4, /* the worker, a source or a plan cannot be reached or read */
} FerryctlExit;

/** ferryctl_worse: what to exit with when one thing ended with @a and another with @b */
static inline FerryctlExit
ferryctl_worse (FerryctlExit a, FerryctlExit b)
{
  return MAX (a, b);
}

typedef struct _FerryctlCommand FerryctlCommand;

/**
 * FerryctlLine: one command line while it is carried out
 * @context: (owned): a command adds its own options before it calls ferryctl_line_parse
 * @argv: (owned): the command, its options and words, as they were given
 * @words: (owned): what is not an option; never NULL after ferryctl_line_parse
 * @verbose: tell the details of a failure too
 */
typedef struct
{
  const FerryctlCommand *command;
  GOptionContext *context;
  char **argv;
  char **words;
  gboolean help;
  gboolean verbose;
} FerryctlLine;

/**
 * FerryctlCommand:
 * @arguments: what follows the name, for its help
 * @summary: one line; NULL: a command that is not for people
 * @description: (nullable): more for its help
 */
struct _FerryctlCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *description;
  FerryctlExit (*run) (FerryctlLine *line);
};

FerryctlExit ferryctl_main (int argc, char **argv);
FerryctlExit ferryctl_command_run (const FerryctlCommand *command, char **argv);

gboolean
ferryctl_line_parse (FerryctlLine *line, const GOptionEntry *entries, FerryctlExit *out_exit);
FerryctlExit ferryctl_misuse (const FerryctlLine *line, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
FerryctlExit ferryctl_give_up (FerryctlExit exit_code, const GError *error);
const char *const *ferryctl_get_command_names (void);

FerryctlExit ferryctl_cancel (FerryctlLine *line);
FerryctlExit ferryctl_check (FerryctlLine *line);
FerryctlExit ferryctl_complete (FerryctlLine *line);
FerryctlExit ferryctl_import (FerryctlLine *line);
FerryctlExit ferryctl_imports (FerryctlLine *line);
FerryctlExit ferryctl_list (FerryctlLine *line);
FerryctlExit ferryctl_log (FerryctlLine *line);
FerryctlExit ferryctl_map (FerryctlLine *line);
FerryctlExit ferryctl_plan (FerryctlLine *line);
FerryctlExit ferryctl_provider (FerryctlLine *line);
FerryctlExit ferryctl_remove (FerryctlLine *line);
FerryctlExit ferryctl_retry (FerryctlLine *line);
FerryctlExit ferryctl_start_source (FerryctlLine *line);
FerryctlExit ferryctl_show (FerryctlLine *line);

G_END_DECLS
