/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-object.h"

#include "ferry-soap.h"

guint
ferry_vsphere_objects_find (const xmlNode *page, FerryVsphereFound found, gpointer user_data)
{
  guint n = 0;

  for (const xmlNode *content = ferry_xml_get_child (page, "objects"); content != NULL;
       content = ferry_xml_get_next (content, "objects"))
    {
      const xmlNode *reference = ferry_xml_get_child (content, "obj");
      g_autofree char *id = reference != NULL ? ferry_xml_dup_text (reference) : NULL;
      g_autofree char *type = ferry_soap_dup_reference_type (reference);
      FerryVsphereObject object = { .type = type, .id = id, .content = content };

      n++;
      if (id != NULL && type != NULL)
        found (&object, user_data);
    }

  return n;
}

static gboolean
has_text (const xmlNode *parent, const char *element, const char *text)
{
  g_autofree char *have = ferry_xml_dup_child_text (parent, element);

  return g_strcmp0 (have, text) == 0;
}

const xmlNode *
ferry_vsphere_object_get (const FerryVsphereObject *object, const char *property)
{
  const xmlNode *set = ferry_xml_get_child (object->content, "propSet");

  while (set != NULL && !has_text (set, "name", property))
    set = ferry_xml_get_next (set, "propSet");

  return ferry_xml_get_child (set, "val");
}

char *
ferry_vsphere_object_dup (const FerryVsphereObject *object, const char *property)
{
  const xmlNode *value = ferry_vsphere_object_get (object, property);

  return value != NULL ? ferry_xml_dup_text (value) : NULL;
}

guint64
ferry_vsphere_object_get_number (const FerryVsphereObject *object, const char *property)
{
  g_autofree char *text = ferry_vsphere_object_dup (object, property);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    return 0;

  return number;
}

gboolean
ferry_vsphere_object_is_true (const FerryVsphereObject *object, const char *property)
{
  g_autofree char *text = ferry_vsphere_object_dup (object, property);

  return g_strcmp0 (text, "true") == 0 || g_strcmp0 (text, "1") == 0;
}

char *
ferry_vsphere_object_dup_fault (const FerryVsphereObject *object, const char *property)
{
  const xmlNode *missing = ferry_xml_get_child (object->content, "missingSet");
  const xmlNode *fault;

  while (missing != NULL && !has_text (missing, "path", property))
    missing = ferry_xml_get_next (missing, "missingSet");
  fault = ferry_xml_get_child (ferry_xml_get_child (missing, "fault"), "fault");

  return fault != NULL ? ferry_soap_dup_type (fault) : NULL;
}
