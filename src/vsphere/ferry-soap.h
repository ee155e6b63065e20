/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-xml.h"

G_BEGIN_DECLS

/* The vSphere API's SOAP: requests are texts put together, answers are trees. */

/** ferry_soap_append: "<ELEMENT>TEXT</ELEMENT>", TEXT escaped */
void ferry_soap_append (GString *request, const char *element, const char *text);
/** ferry_soap_append_reference: the same for a managed object, with its type */
void ferry_soap_append_reference (GString *request,
                                  const char *element,
                                  const char *type,
                                  const char *id);
/** ferry_soap_wrap: (transfer full): the envelope around the call of @method; the bytes are wiped
 * when they are freed, as they can hold a password */
GBytes *ferry_soap_wrap (const char *method, const char *arguments);

/**
 * ferry_soap_read:
 * @answer: whatever a server sent
 * @method: the one that was called
 * @out_fault: (out) (optional) (nullable) (transfer full): "InvalidLogin": the kind of fault that
 *   the error is about
 *
 * Returns: (transfer full): the answer, or %NULL with FERRY_ERROR_INVALID (it is none), or as the
 *   fault wants it: AUTH, PERMISSION, NOT_FOUND, FAILED
 */
xmlDoc *ferry_soap_read (GBytes *answer, const char *method, char **out_fault, GError **error);
/** ferry_soap_get_result: METHODResponse of what ferry_soap_read() returned */
const xmlNode *ferry_soap_get_result (xmlDoc *document);

/** ferry_soap_dup_type: (nullable): its xsi:type without a prefix: "VirtualDisk" */
char *ferry_soap_dup_type (const xmlNode *node);
/** ferry_soap_is_type: whether its xsi:type is @type */
gboolean ferry_soap_is_type (const xmlNode *node, const char *type);
/** ferry_soap_dup_reference_type: (nullable): of a reference to a managed object: "HostSystem" */
char *ferry_soap_dup_reference_type (const xmlNode *node);
/** ferry_soap_get_number: of a child element; @missing: when there is none, or no number from 0 */
gint64 ferry_soap_get_number (const xmlNode *parent, const char *element, gint64 missing);
gboolean ferry_soap_is_true (const xmlNode *parent, const char *element);

G_END_DECLS
