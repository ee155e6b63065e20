/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/**
 * ferry_xml_parse:
 * @text: what somebody sent
 *
 * Reads XML that is not trusted: no network, no entities but the five built in, no document type
 * at all, libxml2's limits on depth and size kept.
 *
 * Returns: (transfer full): or %NULL with %FERRY_ERROR_INVALID
 */
xmlDoc *ferry_xml_parse (GBytes *text, GError **error);

/* Namespaces are spelt in too many ways to be of use: only local names count here. */
gboolean ferry_xml_is (const xmlNode *node, const char *local_name);
const xmlNode *ferry_xml_get_child (const xmlNode *parent, const char *local_name);
const xmlNode *ferry_xml_get_next (const xmlNode *node, const char *local_name);
const xmlNode *ferry_xml_find (const xmlNode *parent, const char *local_name);

/* Texts without blanks around them; NULL when missing or empty. */
char *ferry_xml_dup_text (const xmlNode *node);
char *ferry_xml_dup_child_text (const xmlNode *parent, const char *local_name);
char *ferry_xml_dup_attribute (const xmlNode *node, const char *local_name);

G_END_DECLS
