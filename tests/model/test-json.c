/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-error.h"
#include "ferry-json.h"

#include <string.h>

static const struct
{
  const char *text;
  gssize length;
  const char *message; /* NULL: it is good */
} texts[] = {
  { "{}", -1, NULL },
  { " [1, -2, 3.5e2, true, false, null, \"a\\u00e4\\ud83d\\ude00\\n\"] ", -1, NULL },
  { "123456789012345678", -1, NULL },
  { "", -1, "It is empty." },
  { "  ", -1, "It is empty." },
  { "{", -1, "Line 1 is not valid JSON." },
  { "{}}", -1, "Line 1 is not valid JSON." },
  { "\n\n{\"a\":}", -1, "Line 3 is not valid JSON." },
  { "{\"a\" 1}", -1, "Line 1 is not valid JSON." },
  { "truth", -1, "Line 1 is not valid JSON." },
  { "// no\n{}", -1, "Line 1 is not valid JSON." },
  { "/* \" */ {}", -1, "Line 1 is not valid JSON." },
  { "'a'", -1, "Line 1 is not valid JSON." },
  { "\"a", -1, "Line 1 is not valid JSON." },
  { "\"a\nb\"", -1, "Line 1 is not valid JSON." },
  { "\"\\x\"", -1, "Line 1 is not valid JSON." },
  { "\"\\", -1, "Line 1 is not valid JSON." },
  { "\"\\u00", -1, "Line 1 is not valid JSON." },
  { "\"\\u0000\"", -1, "Line 1 is not valid JSON." },
  { "\"\\ud800\"", -1, "Line 1 is not valid JSON." },
  { "\"\\ud800\\u0041\"", -1, "Line 1 is not valid JSON." },
  { "\"\\udc00\"", -1, "Line 1 is not valid JSON." },
  { "{}\0{}", 5, "It is not UTF-8 text." },
  { "\"\xff\"", -1, "It is not UTF-8 text." },
  { "[1,\n99999999999999999999]", -1, "Line 2 has a number that is too large." },
  { "1e999", -1, "Line 1 has a number that is too large." },
  { "-1e999", -1, "Line 1 has a number that is too large." },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = ferry_json_parse (texts[i].text, texts[i].length, &error);

      g_test_message ("text %u", i);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, texts[i].message);
      g_assert_true ((node == NULL) == (texts[i].message != NULL));
      if (node == NULL)
        g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

static void
test_deep (void)
{
  g_autofree char *text = g_strnfill (10000, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, &error);

  g_assert_null (node);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "Line 1 is nested too deeply: at most 64 levels are possible.");
}

/* Brackets in a text are no levels. */
static void
test_brackets_in_text (void)
{
  g_autofree char *brackets = g_strnfill (10000, '[');
  g_autofree char *text = g_strdup_printf ("[\"%s\\\"\"]", brackets);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
}

static void
test_huge (void)
{
  gsize length = 100 * 1024 * 1024;
  g_autofree char *text = g_strnfill (length, ' ');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, &error);

  g_assert_null (node);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "32 MiB"));
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, &error);

  g_assert_no_error (error);

  return json_node_dup_object (node);
}

static void
test_missing_leaves_value (void)
{
  g_autoptr (JsonObject) object = parse_object ("{\"a\":null}");
  g_autofree char *text = g_strdup ("old");
  guint64 number = 7;
  gboolean truth = TRUE;

  g_assert_true (ferry_json_get_string (object, "a", &text, NULL));
  g_assert_true (ferry_json_get_string (object, "b", &text, NULL));
  g_assert_true (ferry_json_get_uint64 (object, "a", &number, NULL));
  g_assert_true (ferry_json_get_boolean (object, "b", &truth, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (number, ==, 7);
  g_assert_true (truth);
}

static void
test_wrong_types (void)
{
  g_autoptr (JsonObject) object = parse_object ("{\"a\":[],\"s\":\"1\",\"d\":1.0}");
  g_autofree char *text = NULL;
  JsonObject *inner = NULL;
  JsonArray *array = NULL;
  guint64 number = 0;
  gboolean truth = FALSE;

  g_assert_false (ferry_json_get_string (object, "a", &text, NULL));
  g_assert_false (ferry_json_get_uint64 (object, "s", &number, NULL));
  g_assert_false (ferry_json_get_uint64 (object, "d", &number, NULL));
  g_assert_false (ferry_json_get_boolean (object, "s", &truth, NULL));
  g_assert_false (ferry_json_get_object (object, "a", &inner, NULL));
  g_assert_false (ferry_json_get_array (object, "s", &array, NULL));
  g_assert_null (text);
}

/* A copy shares nothing: changing it leaves the original alone. */
static void
test_copy_is_deep (void)
{
  g_autoptr (JsonObject) object = parse_object ("{\"known\":1,\"x\":{\"y\":[{\"z\":1}]}}");
  const char *known[] = { "known", NULL };
  g_autoptr (JsonObject) copy = ferry_json_copy_unknown (object, known);
  JsonObject *inner;

  g_assert_false (json_object_has_member (copy, "known"));
  inner = json_object_get_object_member (copy, "x");
  g_assert_true (inner != json_object_get_object_member (object, "x"));
  g_assert_true (json_object_get_array_member (inner, "y") !=
                 json_object_get_array_member (json_object_get_object_member (object, "x"), "y"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/parse", test_parse);
  g_test_add_func ("/json/deep", test_deep);
  g_test_add_func ("/json/brackets-in-text", test_brackets_in_text);
  g_test_add_func ("/json/huge", test_huge);
  g_test_add_func ("/json/missing-leaves-value", test_missing_leaves_value);
  g_test_add_func ("/json/wrong-types", test_wrong_types);
  g_test_add_func ("/json/copy-is-deep", test_copy_is_deep);

  return g_test_run ();
}
