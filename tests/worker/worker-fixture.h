/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-ipc-secrets.h"
#include "ferry-ipc.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * WorkerFixture:
 *
 * A worker on a session bus of its own with folders of its own, and a client that looks at it. The
 * worker is started by the bus (activation) or directly; either way it sees:
 *
 *   FERRY_STATE_DIR, FERRY_CACHE_DIR, FERRY_TMPDIR   below the fixture's folder
 *   FERRY_WORKER_IDLE_SECONDS                        0: it stays; set another before start_bus
 *   DBUS_SYSTEM_BUS_ADDRESS                          a bus that is not there
 *
 * and whatever the test has put into its own environment before worker_fixture_start_bus ().
 * Nothing here sleeps: waiting is the main loop with a limit, past which the test fails.
 */
typedef struct _WorkerFixture WorkerFixture;

/** WorkerCondition: whether what is waited for has come */
typedef gboolean (*WorkerCondition) (gpointer user_data);

#define WORKER_WAIT_SECONDS 20

WorkerFixture *worker_fixture_new (const char *program);
void worker_fixture_start_bus (WorkerFixture *self);
void worker_fixture_stop_bus (WorkerFixture *self);
void worker_fixture_free (WorkerFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkerFixture, worker_fixture_free)

const char *worker_fixture_get_dir (WorkerFixture *self);
GDBusConnection *worker_fixture_get_connection (WorkerFixture *self);
char *worker_fixture_dup_import_dir (WorkerFixture *self, const char *path);

void worker_fixture_activate (WorkerFixture *self);
GSubprocess *worker_fixture_spawn (WorkerFixture *self);
void worker_fixture_await_name (WorkerFixture *self, gboolean owned);
GPid worker_fixture_get_pid (WorkerFixture *self);
int worker_fixture_open_pid (WorkerFixture *self);
void worker_fixture_await_end (WorkerFixture *self, int pid_fd);
void worker_fixture_signal (WorkerFixture *self, int signal_number);

FerryDBusWorker1 *worker_fixture_get_manager (WorkerFixture *self);
FerryDBusImport1 *worker_fixture_get_import (WorkerFixture *self, const char *path);
guint worker_fixture_count_imports (WorkerFixture *self);
char **worker_fixture_import (WorkerFixture *self, const FerryPlan *plan, GError **error);
void worker_fixture_retry_with (WorkerFixture *self,
                                const char *path,
                                const FerryPlan *plan);
gboolean worker_fixture_call_with (WorkerFixture *self,
                                   const char *path,
                                   const char *method,
                                   const FerryPlan *plan,
                                   GError **error);
GVariant *worker_fixture_call (WorkerFixture *self,
                               const char *path,
                               const char *interface_and_method,
                               GVariant *parameters,
                               GError **error);

void worker_fixture_wait (WorkerFixture *self,
                          WorkerCondition condition,
                          gpointer user_data,
                          guint seconds);
void worker_fixture_await_state (WorkerFixture *self,
                                 const char *path,
                                 const char *state,
                                 guint seconds);
void worker_fixture_await_file (WorkerFixture *self, const char *name);

G_END_DECLS
