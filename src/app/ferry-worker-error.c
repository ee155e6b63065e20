/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-worker-error.h"

#include "ferry-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

GError *
ferry_worker_error_to_local (GError *error)
{
  g_autoptr (GError) owned = error;

  g_dbus_error_strip_remote_error (owned);
  if (owned->domain == FERRY_ERROR || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owned);

  return g_error_new (FERRY_ERROR, FERRY_ERROR_CONNECTION,
                      _("The background worker that runs the imports did not answer: %s"),
                      owned->message);
}
