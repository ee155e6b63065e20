/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-capture.h"

/* More than any such command has to say. */
#define CAPTURE_MAX ((gsize) 1024 * 1024)

typedef struct
{
  GString *output;
  GString *errors;
} Collector;

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Collector *collector = user_data;
  GString *text = stream == FERRY_STREAM_STDOUT ? collector->output : collector->errors;

  g_string_append_len (text, bytes, (gssize) MIN (length, CAPTURE_MAX - text->len));
}

static char *
make_text (GString *text)
{
  char *valid = g_utf8_make_valid (text->str, (gssize) text->len);

  g_string_free (text, TRUE);
  return valid;
}

/**
 * ferry_capture_run:
 * @command: without callbacks
 * @out_capture: (out): set only on success; another exit status than 0 is a success
 *
 * Runs a short command on @host and keeps what it writes.
 */
gboolean
ferry_capture_run (FerryHost *host,
                   const FerryCommand *command,
                   FerryCapture *out_capture,
                   GCancellable *cancellable,
                   GError **error)
{
  Collector collector = { g_string_new (NULL), g_string_new (NULL) };
  FerryCommand collected = *command;
  FerryCapture capture = { NULL, NULL, -1 };
  gboolean ok;

  collected.on_data = on_data;
  collected.user_data = &collector;
  ok = ferry_host_run (host, &collected, &capture.exit_status, cancellable, error);
  capture.output = make_text (collector.output);
  capture.errors = make_text (collector.errors);

  if (ok)
    *out_capture = capture;
  else
    ferry_capture_clear (&capture);
  return ok;
}

void
ferry_capture_clear (FerryCapture *capture)
{
  g_clear_pointer (&capture->output, g_free);
  g_clear_pointer (&capture->errors, g_free);
}
