/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-xml.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlParserCtxt, xmlFreeParserCtxt)

/* Document types are where entity bombs and references to other files come from. Nothing that
 * Ferry reads has one. */
static void
on_doctype (void *context,
            const xmlChar *name,
            const xmlChar *external_id,
            const xmlChar *system_id)
{
  xmlParserCtxt *parser = context;

  *(gboolean *) parser->_private = TRUE;
  xmlStopParser (parser);
}

static gboolean
is_utf16 (const guint8 *data, gsize length)
{
  return length >= 2 && (data[0] == 0 || data[1] == 0 || data[0] >= 0xfe);
}

static void
fail_with_parser_message (xmlParserCtxt *parser, GError **error)
{
  const xmlError *last = xmlCtxtGetLastError (parser);
  g_autofree char *message = NULL;

  if (last == NULL || last->message == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("It is not XML."));
      return;
    }
  message = g_utf8_make_valid (last->message, -1);
  ferry_fail (error, FERRY_ERROR_INVALID, _("It is not well-formed XML: line %d: %s"), last->line,
              g_strstrip (message));
}

static gboolean
check_bytes (const char *data, gsize length, GError **error)
{
  if (length == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("It is empty."));
  if (length > G_MAXINT)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("It is too large."));
  if (!is_utf16 ((const guint8 *) data, length) && memchr (data, 0, length) != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("It is not XML: it has NUL bytes."));

  return TRUE;
}

xmlDoc *
ferry_xml_parse (GBytes *text, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (xmlParserCtxt) parser = NULL;
  g_autoptr (xmlDoc) document = NULL;
  gboolean has_doctype = FALSE;

  if (!check_bytes (data, length, error))
    return NULL;

  parser = xmlNewParserCtxt ();
  parser->_private = &has_doctype;
  parser->sax->internalSubset = on_doctype;
  document = xmlCtxtReadMemory (parser, data, (int) length, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                    XML_PARSE_NOCDATA);
  if (document != NULL && !has_doctype && xmlDocGetRootElement (document) != NULL)
    return g_steal_pointer (&document);

  if (has_doctype)
    ferry_fail (error, FERRY_ERROR_INVALID,
                _("It has a document type (DOCTYPE), which is refused because it could make "
                  "the reader use up all memory or open other files."));
  else
    fail_with_parser_message (parser, error);

  return NULL;
}

gboolean
ferry_xml_is (const xmlNode *node, const char *local_name)
{
  return node->type == XML_ELEMENT_NODE && g_strcmp0 ((const char *) node->name, local_name) == 0;
}

static const xmlNode *
first_of (const xmlNode *node, const char *local_name)
{
  while (node != NULL && !ferry_xml_is (node, local_name))
    node = node->next;

  return node;
}

/** ferry_xml_get_child: the first child element of that name; %NULL: none, or no @parent */
const xmlNode *
ferry_xml_get_child (const xmlNode *parent, const char *local_name)
{
  return parent == NULL ? NULL : first_of (parent->children, local_name);
}

/** ferry_xml_get_next: the next sibling of that name */
const xmlNode *
ferry_xml_get_next (const xmlNode *node, const char *local_name)
{
  return first_of (node->next, local_name);
}

/** ferry_xml_find: the first of that name anywhere below @parent, in document order */
const xmlNode *
ferry_xml_find (const xmlNode *parent, const char *local_name)
{
  for (const xmlNode *child = parent->children; child != NULL; child = child->next)
    {
      const xmlNode *found;

      if (child->type != XML_ELEMENT_NODE)
        continue;
      if (ferry_xml_is (child, local_name))
        return child;
      found = ferry_xml_find (child, local_name);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
dup_stripped (xmlChar *content)
{
  g_autofree char *text = g_strdup ((const char *) content);

  xmlFree (content);
  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;

  return g_steal_pointer (&text);
}

char *
ferry_xml_dup_text (const xmlNode *node)
{
  return dup_stripped (xmlNodeGetContent (node));
}

char *
ferry_xml_dup_child_text (const xmlNode *parent, const char *local_name)
{
  const xmlNode *child = ferry_xml_get_child (parent, local_name);

  return child == NULL ? NULL : ferry_xml_dup_text (child);
}

char *
ferry_xml_dup_attribute (const xmlNode *node, const char *local_name)
{
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (g_strcmp0 ((const char *) attribute->name, local_name) == 0)
      return dup_stripped (xmlNodeGetContent ((const xmlNode *) attribute));

  return NULL;
}
