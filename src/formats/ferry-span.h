/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-fd.h"

G_BEGIN_DECLS

/**
 * FerrySpan: some bytes of a file: g_auto (FerrySpan) span = FERRY_SPAN_INIT;
 * @fd: (owned): -1: none
 * @offset: where they start
 * @length: how many
 */
typedef struct
{
  FerryFd fd;
  guint64 offset;
  guint64 length;
} FerrySpan;

#define FERRY_SPAN_INIT                                                                            \
  {                                                                                                \
    .fd = -1                                                                                       \
  }

static inline void
ferry_span_clear (FerrySpan *span)
{
  ferry_fd_close (ferry_fd_steal (&span->fd));
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerrySpan, ferry_span_clear)

G_END_DECLS
