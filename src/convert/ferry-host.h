/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-facts.h"

G_BEGIN_DECLS

/* Which stream of a running command something came from. */
typedef enum
{
  FERRY_STREAM_STDOUT = 1,
  FERRY_STREAM_STDERR,
  FERRY_STREAM_MESSAGES, /* the descriptor FERRY_MESSAGES_FD of the child: --machine-readable=fd */
} FerryStream;

/** What a child finds its message stream under. */
#define FERRY_MESSAGES_FD 3
#define FERRY_MESSAGES_FD_TEXT "3"

/**
 * FerryCommand: a command to be run on a conversion host
 * @argv: NULL-terminated; argv[0] is looked up in the host's tool path
 * @environment: (nullable): NULL-terminated NAME=value, added to a clean environment
 * @marker: (nullable): an import's id; every process of it carries FERRY_IMPORT=marker in its
 *   environment, by which leftovers are found whatever session they made. At most one command
 *   with the same marker at a time: when it ends, all that carries the marker is ended
 * @input: (nullable): text for its standard input, which is /dev/null otherwise
 * @with_messages: give the child a pipe at FERRY_MESSAGES_FD
 * @on_data: (nullable): called on the calling thread with raw bytes as they come
 * @on_tick: (nullable): called on the calling thread about five times a second
 */
typedef struct
{
  const char *const *argv;
  const char *const *environment;
  const char *marker;
  const char *input;
  gboolean with_messages;
  void (*on_data) (FerryStream stream, const char *bytes, gsize length, gpointer user_data);
  void (*on_tick) (gpointer user_data);
  gpointer user_data;
} FerryCommand;

/**
 * FerryBackground: a program that goes on until it is ended by its marker
 * @argv: @environment: as of FerryCommand
 * @marker: as of FerryCommand, but not that of a command that runs beside: the end of that would be
 *   its end
 * @log: a new file, for both its outputs
 * @ready: a file that it makes once it can be used
 */
typedef struct
{
  const char *const *argv;
  const char *const *environment;
  const char *marker;
  const char *log;
  const char *ready;
} FerryBackground;

/**
 * FerryHost:
 *
 * A conversion host. All functions block.
 */
#define FERRY_TYPE_HOST (ferry_host_get_type ())
G_DECLARE_INTERFACE (FerryHost, ferry_host, FERRY, HOST, GObject)

struct _FerryHostInterface
{
  GTypeInterface parent;

  FerryHostFacts *(*inspect) (FerryHost *self, GCancellable *cancellable, GError **error);
  gboolean (*run) (FerryHost *self,
                   const FerryCommand *command,
                   int *out_exit_status,
                   GCancellable *cancellable,
                   GError **error);
  gboolean (*start) (FerryHost *self,
                     const FerryBackground *background,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*write_file) (FerryHost *self, const char *path, const char *text, GError **error);
  gboolean (*end_marked) (FerryHost *self, const char *marker, GError **error);
  char *(*make_work_dir) (FerryHost *self, const char *id, GError **error);
  gboolean (*remove_work_dir) (FerryHost *self, const char *path, GError **error);
};

/** ferry_host_inspect: what is installed there and works; tells, does not judge */
FerryHostFacts *ferry_host_inspect (FerryHost *self, GCancellable *cancellable, GError **error);

/**
 * ferry_host_run:
 * @out_exit_status: (out): exit code, or 128 + signal
 *
 * Runs to the end. When cancelled: SIGTERM to the whole process group, five seconds, SIGKILL to
 * whatever is left or carries the marker; returns %G_IO_ERROR_CANCELLED after all of it is gone.
 *
 * Errors: FERRY_ERROR_MISSING_TOOL, FERRY_ERROR_FAILED; an exit status is not an error
 */
gboolean ferry_host_run (FerryHost *self,
                         const FerryCommand *command,
                         int *out_exit_status,
                         GCancellable *cancellable,
                         GError **error);

/**
 * ferry_host_start:
 *
 * Returns when @background is ready. It must be ended by ferry_host_end_marked(), in any case.
 *
 * Errors: FERRY_ERROR_MISSING_TOOL, CONNECTION (not ready within a minute), FAILED (it ended at once;
 *   the message is what its log says)
 */
gboolean ferry_host_start (FerryHost *self,
                           const FerryBackground *background,
                           GCancellable *cancellable,
                           GError **error);

/** ferry_host_write_file: a new one, 0600, in a work folder: a password, a certificate */
gboolean
ferry_host_write_file (FerryHost *self, const char *path, const char *text, GError **error);

/** ferry_host_end_marked: ends every process that carries @marker; done when it returns */
gboolean ferry_host_end_marked (FerryHost *self, const char *marker, GError **error);

/** ferry_host_make_work_dir: a new private (0700) folder for large temporary files of import @id */
char *ferry_host_make_work_dir (FerryHost *self, const char *id, GError **error);
gboolean ferry_host_remove_work_dir (FerryHost *self, const char *path, GError **error);

/** ferry_host_local_new: this computer */
FerryHost *ferry_host_local_new (void);

G_END_DECLS
