/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-connection-status.h"

#include "ferry-source-text.h"

#include <glib/gi18n-lib.h>

static void
show_found (FerryStatusRow *row, FerryConnector *connector)
{
  GPtrArray *guests = ferry_connector_get_guests (connector);
  g_autofree char *detail = NULL;
  double seconds = ferry_connector_get_seconds (connector);

  if (guests != NULL)
    detail = g_strdup_printf (ngettext ("%u virtual machine", "%u virtual machines", guests->len),
                              guests->len);
  else if (seconds < 0.1)
    detail = g_strdup (ferry_connector_get_text (connector));
  else
    /* Translators: what was found at a server, and how long it took: "412 machines · 0.4 s" */
    detail = g_strdup_printf (_("%s · %.1f s"), ferry_connector_get_text (connector), seconds);
  ferry_status_row_set (row, FERRY_STATUS_GOOD, _("Connected"), detail, _("Test Again"));
}

static void
show_failure (FerryStatusRow *row, FerryConnector *connector)
{
  const GError *error = ferry_connector_get_error (connector);
  gboolean lacks = ferry_connector_lacks_password (connector);
  const char *title =
      ferry_text_failure (ferry_connector_get_source (connector),
                          error->domain == FERRY_ERROR ? error->code : FERRY_ERROR_FAILED);

  if (lacks)
    title = _("Password needed");
  ferry_status_row_set (row, lacks ? FERRY_STATUS_WARNING : FERRY_STATUS_BAD, title, error->message,
                        _("Test Again"));
}

static void
show_busy (FerryStatusRow *row, const char *title, const char *detail)
{
  ferry_status_row_set (row, FERRY_STATUS_BUSY, title, detail, _("Stop"));
}

void
ferry_connection_status_show (FerryStatusRow *row, FerryConnector *connector)
{
  gboolean lists = ferry_connector_get_aim (connector) == FERRY_AIM_LIST;

  switch (ferry_connector_get_state (connector))
    {
    case FERRY_CONNECTOR_IDLE:
      ferry_status_row_set (row, FERRY_STATUS_IDLE, _("Not tested yet"), NULL,
                            _("Test Connection"));
      break;
    case FERRY_CONNECTOR_LOOKING:
      show_busy (row, _("Testing…"), _("Looking at the server"));
      break;
    case FERRY_CONNECTOR_ASKING:
      show_busy (row, _("Waiting for your decision"),
                 _("The server is not trusted, and nothing secret has been sent to it."));
      break;
    case FERRY_CONNECTOR_UNLOCKING:
      show_busy (row, _("Testing…"), _("Asking the keyring for the password"));
      break;
    case FERRY_CONNECTOR_CONNECTING:
      show_busy (row, lists ? _("Connecting…") : _("Testing…"),
                 lists ? _("Asking for the virtual machines") : _("Logging in"));
      break;
    case FERRY_CONNECTOR_DONE:
      show_found (row, connector);
      break;
    case FERRY_CONNECTOR_FAILED:
      show_failure (row, connector);
      break;
    }
}
