/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-nodes.h"

xmlNode *
ferry_node_get_child (const xmlNode *parent, const char *name)
{
  return parent != NULL ? (xmlNode *) ferry_xml_get_child (parent, name) : NULL;
}

xmlNode *
ferry_node_get_next (const xmlNode *node, const char *name)
{
  return (xmlNode *) ferry_xml_get_next (node, name);
}

gboolean
ferry_node_has_attribute (const xmlNode *node, const char *name, const char *value)
{
  g_autofree char *is = ferry_xml_dup_attribute (node, name);

  return g_strcmp0 (is, value) == 0;
}

void
ferry_node_set_attribute (xmlNode *node, const char *name, const char *value)
{
  if (!ferry_node_has_attribute (node, name, value))
    xmlSetProp (node, (const xmlChar *) name, (const xmlChar *) value);
}

static gboolean
is_blank (const xmlNode *node)
{
  return node != NULL && node->type == XML_TEXT_NODE && xmlIsBlankNode (node);
}

/* With the white space before it, so that no empty line stays. */
void
ferry_node_remove (xmlNode *node)
{
  xmlNode *before = node->prev;

  xmlUnlinkNode (node);
  xmlFreeNode (node);
  if (is_blank (before))
    {
      xmlUnlinkNode (before);
      xmlFreeNode (before);
    }
}

void
ferry_node_remove_child (xmlNode *parent, const char *name)
{
  xmlNode *child = ferry_node_get_child (parent, name);

  if (child != NULL)
    ferry_node_remove (child);
}

/* As the first element of @parent, indented as the one that was the first before. */
xmlNode *
ferry_node_insert_first (xmlNode *parent, const char *name)
{
  xmlNode *node = xmlNewDocNode (parent->doc, NULL, (const xmlChar *) name, NULL);
  xmlNode *first = xmlFirstElementChild (parent);

  if (first == NULL)
    return xmlAddChild (parent, node);
  xmlAddPrevSibling (first, node);
  if (is_blank (node->prev))
    xmlAddPrevSibling (first, xmlCopyNode (node->prev, 1));

  return node;
}

/* After the element @sibling, indented as that. */
xmlNode *
ferry_node_insert_after (xmlNode *sibling, const char *name)
{
  xmlNode *node = xmlNewDocNode (sibling->doc, NULL, (const xmlChar *) name, NULL);

  xmlAddNextSibling (sibling, node);
  if (is_blank (sibling->prev))
    xmlAddPrevSibling (node, xmlCopyNode (sibling->prev, 1));

  return node;
}

/* XML has no room for most control characters, not even escaped. */
static char *
dup_xml_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if ((c >= 0x20 && c != 0xfffe && c != 0xffff) || c == '\n' || c == '\t')
        g_string_append_unichar (clean, c);
    }

  return g_string_free (clean, FALSE);
}

void
ferry_node_set_text (xmlNode *node, const char *text)
{
  g_autofree char *clean = dup_xml_text (text);
  g_autofree char *is = ferry_xml_dup_text (node);

  if (g_strcmp0 (is, clean) == 0)
    return;
  xmlNodeSetContent (node, NULL);
  xmlNodeAddContent (node, (const xmlChar *) clean);
}

xmlNode *
ferry_node_get_or_insert (xmlNode *parent, const char *name)
{
  xmlNode *node = ferry_node_get_child (parent, name);

  return node != NULL ? node : ferry_node_insert_first (parent, name);
}

void
ferry_node_unset_attribute (xmlNode *node, const char *name)
{
  xmlUnsetProp (node, (const xmlChar *) name);
}

void
ferry_node_keep_only (xmlNode *parent, const char *const *names)
{
  xmlNode *child = parent != NULL ? xmlFirstElementChild (parent) : NULL;

  while (child != NULL)
    {
      xmlNode *next = xmlNextElementSibling (child);

      if (!g_strv_contains (names, (const char *) child->name))
        ferry_node_remove (child);
      child = next;
    }
}
