/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-xml.h"

G_BEGIN_DECLS

/* Private to targets/: elements of a description that is being mended. @parent and @node may be
 * NULL where something is looked for. */

xmlNode *ferry_node_get_child (const xmlNode *parent, const char *name);
xmlNode *ferry_node_get_next (const xmlNode *node, const char *name);
gboolean ferry_node_has_attribute (const xmlNode *node, const char *name, const char *value);
/** ferry_node_set_attribute: nothing is touched that is right already */
void ferry_node_set_attribute (xmlNode *node, const char *name, const char *value);
void ferry_node_unset_attribute (xmlNode *node, const char *name);
/** ferry_node_set_text: without what XML has no room for */
void ferry_node_set_text (xmlNode *node, const char *text);
void ferry_node_remove (xmlNode *node);
void ferry_node_remove_child (xmlNode *parent, const char *name);
xmlNode *ferry_node_insert_first (xmlNode *parent, const char *name);
xmlNode *ferry_node_insert_after (xmlNode *sibling, const char *name);
xmlNode *ferry_node_get_or_insert (xmlNode *parent, const char *name);
/** ferry_node_keep_only: removes the child elements that are not in @names (NULL-terminated) */
void ferry_node_keep_only (xmlNode *parent, const char *const *names);

G_END_DECLS
