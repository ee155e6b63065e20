/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

/**
 * FerryCapture: what a short command said, valid UTF-8, and how it ended
 * @exit_status: as ferry_host_run() gives it
 */
typedef struct
{
  char *output;
  char *errors;
  int exit_status;
} FerryCapture;

void ferry_capture_clear (FerryCapture *capture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryCapture, ferry_capture_clear)

gboolean ferry_capture_run (FerryHost *host,
                            const FerryCommand *command,
                            FerryCapture *out_capture,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
