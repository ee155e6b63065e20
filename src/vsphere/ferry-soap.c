/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-soap.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define XSI "http://www.w3.org/2001/XMLSchema-instance"
#define MAX_FAULT_TEXT 500

void
ferry_soap_append (GString *request, const char *element, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (request, "<%s>%s</%s>", element, escaped, element);
  explicit_bzero (escaped, strlen (escaped));
}

void
ferry_soap_append_reference (GString *request,
                             const char *element,
                             const char *type,
                             const char *id)
{
  g_autofree char *escaped_type = g_markup_escape_text (type, -1);
  g_autofree char *escaped_id = g_markup_escape_text (id, -1);

  g_string_append_printf (request, "<%s type=\"%s\">%s</%s>", element, escaped_type, escaped_id,
                          element);
}

static void
free_wiped (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

GBytes *
ferry_soap_wrap (const char *method, const char *arguments)
{
  char *text = g_strdup_printf (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
      " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"" XSI "\">"
      "<soapenv:Body><%s xmlns=\"urn:vim25\">%s</%s></soapenv:Body></soapenv:Envelope>",
      method, arguments, method);

  return g_bytes_new_with_free_func (text, strlen (text), free_wiped, text);
}

char *
ferry_soap_dup_type (const xmlNode *node)
{
  xmlChar *type = xmlGetNsProp (node, (const xmlChar *) "type", (const xmlChar *) XSI);
  const char *colon = type != NULL ? strrchr ((const char *) type, ':') : NULL;
  char *copy = g_strdup (colon != NULL ? colon + 1 : (const char *) type);

  xmlFree (type);

  return copy;
}

char *
ferry_soap_dup_reference_type (const xmlNode *node)
{
  xmlChar *type = node != NULL ? xmlGetNoNsProp (node, (const xmlChar *) "type") : NULL;
  char *copy = g_strdup ((const char *) type);

  xmlFree (type);

  return copy;
}

gboolean
ferry_soap_is_type (const xmlNode *node, const char *type)
{
  g_autofree char *have = ferry_soap_dup_type (node);

  return g_strcmp0 (have, type) == 0;
}

gint64
ferry_soap_get_number (const xmlNode *parent, const char *element, gint64 missing)
{
  g_autofree char *text = ferry_xml_dup_child_text (parent, element);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    return missing;

  return (gint64) number;
}

gboolean
ferry_soap_is_true (const xmlNode *parent, const char *element)
{
  g_autofree char *text = ferry_xml_dup_child_text (parent, element);

  return g_strcmp0 (text, "true") == 0 || g_strcmp0 (text, "1") == 0;
}

/* --- faults --- */

/* The first element in <detail> is called after its type, which xsi:type repeats. */
static char *
dup_fault_kind (const xmlNode *fault)
{
  const xmlNode *detail = ferry_xml_get_child (fault, "detail");
  const xmlNode *first = detail != NULL ? detail->children : NULL;
  char *kind;

  while (first != NULL && first->type != XML_ELEMENT_NODE)
    first = first->next;
  if (first == NULL)
    return g_strdup ("");
  kind = ferry_soap_dup_type (first);
  if (kind != NULL)
    return kind;
  kind = g_strdup ((const char *) first->name);
  if (g_str_has_suffix (kind, "Fault"))
    kind[strlen (kind) - strlen ("Fault")] = '\0';

  return kind;
}

static char *
dup_fault_text (const xmlNode *fault, const char *kind)
{
  char *text = ferry_xml_dup_child_text (fault, "faultstring");

  if (text == NULL)
    return g_strdup (*kind != '\0' ? kind : _("no reason given"));
  if (strlen (text) > MAX_FAULT_TEXT)
    *g_utf8_find_prev_char (text, text + MAX_FAULT_TEXT) = '\0';

  return text;
}

static void
fail_with_fault (const xmlNode *fault, const char *kind, GError **error)
{
  g_autofree char *text = dup_fault_text (fault, kind);

  if (g_str_equal (kind, "InvalidLogin") || g_str_equal (kind, "PasswordExpired"))
    ferry_fail (error, FERRY_ERROR_AUTH,
                _("The server does not accept this user name and password. Enter them again; a "
                   "user of vCenter usually has a domain: administrator@vsphere.local."));
  else if (g_str_equal (kind, "NoPermission") || g_str_equal (kind, "NotAuthenticated"))
    ferry_fail (error, FERRY_ERROR_PERMISSION,
                _("This user may not see what was asked for (%s). Ask the administrator of the "
                   "server for the role ‘Read-only’."),
                text);
  else if (g_str_equal (kind, "ManagedObjectNotFound"))
    ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                _("What was asked for is no longer there. List what is there and choose again."));
  else
    ferry_fail (error, FERRY_ERROR_FAILED, _("The server refused: %s"), text);
}

/* --- answers --- */

static const xmlNode *
first_element (const xmlNode *parent)
{
  const xmlNode *node = parent != NULL ? parent->children : NULL;

  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;

  return node;
}

const xmlNode *
ferry_soap_get_result (xmlDoc *document)
{
  const xmlNode *root = xmlDocGetRootElement (document);

  if (!ferry_xml_is (root, "Envelope"))
    return NULL;

  return first_element (ferry_xml_get_child (root, "Body"));
}

static gboolean
is_answer_to (const xmlNode *result, const char *method)
{
  g_autofree char *name = g_strconcat (method, "Response", NULL);

  return result != NULL && ferry_xml_is (result, name);
}

xmlDoc *
ferry_soap_read (GBytes *answer, const char *method, char **out_fault, GError **error)
{
  g_autoptr (xmlDoc) document = ferry_xml_parse (answer, error);
  const xmlNode *result;
  g_autofree char *kind = NULL;

  if (document == NULL)
    {
      g_prefix_error (error, "%s ",
                      _("The server’s answer is not one of VMware’s. Make sure that the address "
                         "is "
                         "that of a vCenter or ESXi."));
      return NULL;
    }
  result = ferry_soap_get_result (document);
  if (is_answer_to (result, method))
    return g_steal_pointer (&document);
  if (result == NULL || !ferry_xml_is (result, "Fault"))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("The server’s answer is not one of VMware’s. Make sure that the address is "
                     "that "
                     "of a vCenter or ESXi."));
      return NULL;
    }
  kind = dup_fault_kind (result);
  fail_with_fault (result, kind, error);
  if (out_fault != NULL)
    *out_fault = g_steal_pointer (&kind);

  return NULL;
}
