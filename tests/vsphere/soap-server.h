/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* A HTTPS server in a thread of its own that answers one request after the other with what it was
 * given before, whatever is asked; and remembers what was. */

typedef struct _SoapServer SoapServer;

SoapServer *soap_server_start (void);
void soap_server_stop (SoapServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoapServer, soap_server_stop)

/** soap_server_answer: the next answer; @length: -1: a string */
void soap_server_answer (SoapServer *server, guint status, const char *text, gssize length);
/** soap_server_answer_start: those to RetrieveServiceContent and Login */
void soap_server_answer_start (SoapServer *server, const char *api_version);
/** soap_server_answer_fault: with that kind and that text */
void soap_server_answer_fault (SoapServer *server, const char *kind, const char *text);
/** soap_server_answer_objects: to RetrievePropertiesEx, or to its continuation; @token:
 * (nullable) */
void soap_server_answer_objects (SoapServer *server,
                                 gboolean is_continued,
                                 const char *token,
                                 const char *objects);
/** soap_server_dup_request: the body of a request that came; NULL: there were no so many */
char *soap_server_dup_request (SoapServer *server, guint index);
/** soap_server_dup_action: its SOAPAction */
char *soap_server_dup_action (SoapServer *server, guint index);
/** soap_server_make_source: that trusts any certificate */
FerryPlanSource *soap_server_make_source (SoapServer *server);

G_END_DECLS
