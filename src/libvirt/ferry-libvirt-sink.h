/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerrySink: a file that grows from its beginning; what is zero becomes a hole
 * @total_bytes: that are expected; 0: unknown
 * @number: errno of what failed; 0: nothing did
 */
typedef struct
{
  int fd;
  guint64 position;
  guint64 total_bytes;
  int number;
  gint64 told_usec;
} FerrySink;

/** ferry_sink_open: a file that is there, and empty; FALSE with @number set */
gboolean ferry_sink_open (FerrySink *sink, const char *path);
gboolean ferry_sink_write (FerrySink *sink, const void *data, gsize length);
gboolean ferry_sink_skip (FerrySink *sink, guint64 length);
/** ferry_sink_restart: forgets what was written */
gboolean ferry_sink_restart (FerrySink *sink);
/** ferry_sink_finish: gives it its whole length, and tells that */
gboolean ferry_sink_finish (FerrySink *sink);
void ferry_sink_clear (FerrySink *sink);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerrySink, ferry_sink_clear)

/** ferry_sink_refuse: the answer for @number; always FALSE */
gboolean ferry_sink_refuse (const FerrySink *sink, const char *path);

G_END_DECLS
