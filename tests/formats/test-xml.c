/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-xml.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  gsize length; /* 0: a string */
  const char *message;
} Refused;

static const Refused refused[] = {
  { "empty", "", 0, "empty" },
  { "text", "hello", 0, "not well-formed" },
  { "cut-off", "<a><b>", 0, "not well-formed" },
  { "bomb",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY l0 'lol'><!ENTITY l1 '&l0;&l0;&l0;&l0;&l0;&l0;'>"
    "<!ENTITY l2 '&l1;&l1;&l1;&l1;&l1;&l1;&l1;'><!ENTITY l3 '&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;'>"
    "<!ENTITY l4 '&l3;&l3;&l3;&l3;&l3;&l3;&l3;'><!ENTITY l5 '&l4;&l4;&l4;&l4;&l4;&l4;&l4;&l4;'>"
    "]><a b='&l5;'>&l5;</a>",
    0, "DOCTYPE" },
  { "external-entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", 0,
    "DOCTYPE" },
  { "external-subset", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 0, "DOCTYPE" },
  { "parameter-entity", "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://localhost/x'> %x;]><a/>", 0,
    "DOCTYPE" },
  { "plain-doctype", "<!DOCTYPE a><a/>", 0, "DOCTYPE" },
  { "unknown-entity", "<a>&x;</a>", 0, "not well-formed" },
  { "nul", "<a>\0</a>", 8, "NUL" },
  { "nul-behind", "<a/>\0<b/>", 9, "NUL" },
  { "not-utf8", "<a>\xff\xfe</a>", 0, "not well-formed" },
  { "control", "<a>\x01</a>", 0, "not well-formed" },
};

static void
test_refused (gconstpointer data)
{
  const Refused *test = data;
  gsize length = test->length != 0 ? test->length : strlen (test->text);
  g_autoptr (GBytes) bytes = g_bytes_new_static (test->text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = ferry_xml_parse (bytes, &error);

  g_assert_null (document);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, test->message));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<a>");
  bytes = g_bytes_new_static (text->str, text->len);
  document = ferry_xml_parse (bytes, &error);
  g_assert_null (document);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

static void
test_encodings (void)
{
  static const char latin1[] = "<?xml version='1.0' encoding='ISO-8859-1'?><a>B\xfcro</a>";
  static const char utf16[] = "\xff\xfe<\0a\0>\0\xfc\0<\0/\0a\0>\0";
  g_autoptr (GBytes) latin1_bytes = g_bytes_new_static (latin1, strlen (latin1));
  g_autoptr (GBytes) utf16_bytes = g_bytes_new_static (utf16, sizeof utf16 - 1);
  g_autoptr (xmlDoc) first = ferry_xml_parse (latin1_bytes, NULL);
  g_autoptr (xmlDoc) second = ferry_xml_parse (utf16_bytes, NULL);
  g_autofree char *first_text = NULL;
  g_autofree char *second_text = NULL;

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  first_text = ferry_xml_dup_text (xmlDocGetRootElement (first));
  second_text = ferry_xml_dup_text (xmlDocGetRootElement (second));
  g_assert_cmpstr (first_text, ==, "Büro");
  g_assert_cmpstr (second_text, ==, "ü");
}

static void
test_reading (void)
{
  static const char text[] =
      "<r xmlns:n='urn:n' xmlns:m='urn:m/'><n:a> one &amp; <![CDATA[<two>]]> </n:a>text<b/>"
      "<m:a n:x='1 ' m:y=' '/><deep><c><a>three</a></c></deep></r>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (xmlDoc) document = ferry_xml_parse (bytes, NULL);
  const xmlNode *root, *second;
  g_autofree char *first_text = NULL;
  g_autofree char *x = NULL;
  g_autofree char *deep = NULL;

  g_assert_nonnull (document);
  root = xmlDocGetRootElement (document);
  first_text = ferry_xml_dup_child_text (root, "a");
  second = ferry_xml_get_next (ferry_xml_get_child (root, "a"), "a");
  x = ferry_xml_dup_attribute (second, "x");
  deep = ferry_xml_dup_text (ferry_xml_find (ferry_xml_get_child (root, "deep"), "a"));

  g_assert_cmpstr (first_text, ==, "one & <two>");
  g_assert_cmpstr (x, ==, "1");
  g_assert_null (ferry_xml_dup_attribute (second, "y"));
  g_assert_null (ferry_xml_dup_attribute (second, "z"));
  g_assert_null (ferry_xml_dup_child_text (root, "b"));
  g_assert_null (ferry_xml_dup_child_text (root, "none"));
  g_assert_null (ferry_xml_get_child (NULL, "a"));
  g_assert_null (ferry_xml_find (root, "none"));
  g_assert_cmpstr (deep, ==, "three");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/xml/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/xml/deep", test_deep);
  g_test_add_func ("/xml/encodings", test_encodings);
  g_test_add_func ("/xml/reading", test_reading);

  return g_test_run ();
}
