/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-guest.h"
#include "ferry-json.h"

/* What was found inside a guest's disks, and its way through JSON. */

static FerryGuest *
make_guest (void)
{
  FerryGuest *guest = ferry_guest_new ("1", "web");
  FerryRoot *linux_root = ferry_root_new ("/dev/sda2");
  FerryRoot *windows_root = ferry_root_new ("/dev/sdb1");

  guest->inside = ferry_inspection_new ();
  linux_root->name = g_strdup ("Debian GNU/Linux 12");
  linux_root->os = g_strdup ("debian12");
  linux_root->family = g_strdup ("linux");
  linux_root->arch = g_strdup ("x86_64");
  linux_root->free_bytes = 0;
  windows_root->hibernated = TRUE;
  g_ptr_array_add (guest->inside->roots, linux_root);
  g_ptr_array_add (guest->inside->roots, windows_root);
  ferry_inspection_add_encrypted (guest->inside, "/dev/sda3");
  ferry_inspection_add_encrypted (guest->inside, "/dev/sda5");
  ferry_inspection_add_encrypted (guest->inside, "/dev/sda3");

  return guest;
}

static FerryGuest *
from_text (const char *inside, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"1\",\"name\":\"web\",\"inside\":%s}", inside);
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, error);

  return node != NULL ? ferry_guest_from_json (node, error) : NULL;
}

static void
assert_same (const FerryInspection *inside)
{
  const FerryRoot *root = ferry_inspection_get_root (inside, 0);

  g_assert_cmpuint (inside->roots->len, ==, 2);
  g_assert_cmpstr (root->device, ==, "/dev/sda2");
  g_assert_cmpstr (root->name, ==, "Debian GNU/Linux 12");
  g_assert_cmpstr (root->os, ==, "debian12");
  g_assert_cmpstr (root->family, ==, "linux");
  g_assert_cmpstr (root->arch, ==, "x86_64");
  g_assert_false (root->hibernated);
  g_assert_cmpint (root->free_bytes, ==, 0);
  root = ferry_inspection_find_root (inside, "/dev/sdb1");
  g_assert_true (root->hibernated);
  g_assert_null (root->name);
  g_assert_cmpint (root->free_bytes, ==, -1);
  g_assert_cmpuint (g_strv_length (inside->encrypted), ==, 2);
  g_assert_cmpstr (inside->encrypted[1], ==, "/dev/sda5");
  g_assert_null (ferry_inspection_get_root (inside, 2));
  g_assert_null (ferry_inspection_find_root (inside, NULL));
}

static void
test_round_trip (void)
{
  g_autoptr (FerryGuest) guest = make_guest ();
  g_autoptr (JsonNode) node = ferry_guest_to_json (guest);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) back = ferry_guest_from_json (node, &error);
  g_autoptr (FerryGuest) copy = NULL;

  g_assert_no_error (error);
  assert_same (back->inside);
  copy = ferry_guest_copy (back);
  g_clear_pointer (&back, ferry_guest_free);
  assert_same (copy->inside);
}

static void
test_nobody_looked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = from_text ("null", &error);
  g_autoptr (FerryGuest) empty = from_text ("{}", &error);
  g_autoptr (FerryGuest) copy = ferry_guest_copy (guest);

  g_assert_no_error (error);
  g_assert_null (guest->inside);
  g_assert_null (copy->inside);
  g_assert_cmpuint (empty->inside->roots->len, ==, 0);
  g_assert_cmpuint (g_strv_length (empty->inside->encrypted), ==, 0);
}

static void
test_keeps_unknown (void)
{
  const char *text = "{\"roots\":[{\"device\":\"/dev/sda1\",\"name\":null,\"os\":null,"
                     "\"family\":null,\"arch\":null,\"hibernated\":false,\"free_bytes\":null,"
                     "\"mood\":\"good\"}],\"encrypted\":[],\"smell\":[1]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = from_text (text, &error);
  g_autoptr (FerryGuest) copy = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  copy = ferry_guest_copy (guest);
  node = json_node_init_object (json_node_alloc (), ferry_inspection_to_json (copy->inside));
  json_object_unref (json_node_get_object (node));
  again = ferry_json_to_text (node, FALSE);
  g_assert_cmpstr (again, ==, text);
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *inside;
    const char *begin;
  } cases[] = {
    { "1", "inside must be an object" },
    { "[]", "inside must be an object" },
    { "{\"roots\":{}}", "inside.roots must be an array" },
    { "{\"roots\":[1]}", "inside.roots[0] must be an object" },
    { "{\"roots\":[{}]}", "inside.roots[0].device is missing" },
    { "{\"roots\":[{\"device\":1}]}", "inside.roots[0].device must be" },
    { "{\"roots\":[{\"device\":\"a\",\"free_bytes\":-1}]}", "inside.roots[0].free_bytes must not" },
    { "{\"roots\":[{\"device\":\"a\",\"hibernated\":1}]}", "inside.roots[0].hibernated must be" },
    { "{\"encrypted\":\"/dev/sda\"}", "inside.encrypted must be an array" },
    { "{\"encrypted\":[null]}", "inside.encrypted must be an array of texts" },
    { "{\"encrypted\":[\"a\",[]]}", "inside.encrypted must be an array of texts" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (from_text (cases[i].inside, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].begin));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspection/round-trip", test_round_trip);
  g_test_add_func ("/inspection/nobody-looked", test_nobody_looked);
  g_test_add_func ("/inspection/keeps-unknown", test_keeps_unknown);
  g_test_add_func ("/inspection/refuses", test_refuses);

  return g_test_run ();
}
