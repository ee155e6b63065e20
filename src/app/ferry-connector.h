/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-backend.h"

G_BEGIN_DECLS

/* What is to be done once connected. */
typedef enum
{
  FERRY_AIM_TEST = 1, /* say what is there, in one line */
  FERRY_AIM_LIST, /* list the guests */
} FerryAim;

typedef enum
{
  FERRY_CONNECTOR_IDLE = 1, /* nothing asked, or given up */
  FERRY_CONNECTOR_LOOKING, /* at the server's certificate or host key */
  FERRY_CONNECTOR_ASKING, /* waits for ferry_connector_answer() */
  FERRY_CONNECTOR_UNLOCKING, /* asks the keyring */
  FERRY_CONNECTOR_CONNECTING,
  FERRY_CONNECTOR_DONE,
  FERRY_CONNECTOR_FAILED,
} FerryConnectorState;

/**
 * FerryConnector:
 *
 * Makes connections to sources, one at a time, and always in the same order: first it looks whether
 * the server is the one that is trusted, and asks if not; only then is a password fetched and sent.
 * No widgets: whoever owns it shows the question and the answer.
 *
 * Signal: "changed": its state
 */
#define FERRY_TYPE_CONNECTOR (ferry_connector_get_type ())
G_DECLARE_FINAL_TYPE (FerryConnector, ferry_connector, FERRY, CONNECTOR, GObject)

FerryConnector *ferry_connector_new (const FerryBackend *backend);

/** ferry_connector_start: gives up what it did before; @source: copied */
void ferry_connector_start (FerryConnector *self, const FerryPlanSource *source, FerryAim aim);
/** ferry_connector_stop: also for good, before it is given away: nothing is heard of it any more */
void ferry_connector_stop (FerryConnector *self);

FerryConnectorState ferry_connector_get_state (FerryConnector *self);
gboolean ferry_connector_is_busy (FerryConnector *self);
FerryAim ferry_connector_get_aim (FerryConnector *self);

/** ferry_connector_get_question: while ASKING */
const FerryTrustQuestion *ferry_connector_get_question (FerryConnector *self);
void ferry_connector_answer (FerryConnector *self, gboolean trust);

/** ferry_connector_get_source: as it was started with, and the passwords that were found */
const FerryPlanSource *ferry_connector_get_source (FerryConnector *self);
/** ferry_connector_get_error: when FAILED */
const GError *ferry_connector_get_error (FerryConnector *self);
/** ferry_connector_get_text: when DONE with a test */
const char *ferry_connector_get_text (FerryConnector *self);
/** ferry_connector_get_guests: when DONE with a list (element-type FerryGuest) */
GPtrArray *ferry_connector_get_guests (FerryConnector *self);
/** ferry_connector_get_seconds: how long the server took to answer */
double ferry_connector_get_seconds (FerryConnector *self);
/** ferry_connector_get_keyring_problem: (nullable): why no password came from the keyring */
const GError *ferry_connector_get_keyring_problem (FerryConnector *self);
/** ferry_connector_lacks_password: it FAILED for want of one */
gboolean ferry_connector_lacks_password (FerryConnector *self);

G_END_DECLS
