/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
/* A worker with made-up imports in every state, to look at the main window:
 *
 *   tests/session --worker BUILD/tests/app/fake-worker BUILD/src/app/ferry
 */
#include "config.h"

#include "fake-worker.h"

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (FakeWorker) worker = NULL;

  if (connection == NULL)
    return 1;

  ferry_ipc_init ();
  worker = fake_worker_new (connection);
  fake_worker_add_gallery (worker);
  fake_worker_own_name (worker);
  g_main_loop_run (loop);

  return 0;
}
