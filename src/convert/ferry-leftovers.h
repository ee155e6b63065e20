/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/** The variable by which every process of an import is known. */
#define FERRY_MARKER_VARIABLE "FERRY_IMPORT"

/** How long a process has between SIGTERM and SIGKILL; FERRY_KILL_GRACE_MS in tests. */
guint ferry_leftovers_get_grace_ms (void);

/** How often SIGTERM is repeated meanwhile: a process that is just being made can miss one. */
#define FERRY_LEFTOVERS_REPEAT_MS 1000

/**
 * FerryLeftovers: which processes are meant: those of a session, and those that carry a marker
 * @leader: the session's and its process group's id; 0: no session
 * @marker: (nullable): value of FERRY_IMPORT
 */
typedef struct
{
  pid_t leader;
  const char *marker;
} FerryLeftovers;

guint ferry_leftovers_signal (const FerryLeftovers *which, int number);
gboolean ferry_leftovers_end (const FerryLeftovers *which, GError **error);

G_END_DECLS
