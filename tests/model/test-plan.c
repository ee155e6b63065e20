/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-error.h"
#include "ferry-plan.h"

#include <string.h>

/* Three NICs: on "VM Network" with a MAC, on "Backup" without one, on no network. */
static FerryGuest *
make_guest (const char *id, const char *name)
{
  FerryGuest *guest = ferry_guest_new (id, name);
  FerryNic *nic;

  guest->memory_bytes = G_GUINT64_CONSTANT (1) << 30;
  guest->vcpus = 2;
  guest->firmware = FERRY_FIRMWARE_UEFI;
  guest->description = g_strdup ("Two\nlines");
  g_ptr_array_add (guest->disks, ferry_disk_new ("Hard disk 1"));
  nic = ferry_nic_new ("1");
  nic->network = g_strdup ("VM Network");
  nic->mac = g_strdup ("00:0c:29:aa:bb:cc");
  g_ptr_array_add (guest->nics, nic);
  nic = ferry_nic_new ("2");
  nic->network = g_strdup ("Backup");
  g_ptr_array_add (guest->nics, nic);
  g_ptr_array_add (guest->nics, ferry_nic_new ("3"));

  return guest;
}

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, "/srv/ova");
  ferry_plan_set_folder_destination (plan, "/srv/vms");

  return plan;
}

static FerryPlanGuest *
add_guest (FerryPlan *plan, const char *id, const char *name)
{
  g_autoptr (FerryGuest) guest = make_guest (id, name);

  return ferry_plan_add_guest (plan, guest);
}

static void
assert_network (const FerryPlanGuest *guest, guint index, FerryNetworkKind kind, const char *name)
{
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);

  g_assert_nonnull (nic);
  g_assert_cmpint (nic->network.kind, ==, kind);
  g_assert_cmpstr (nic->network.name, ==, name);
}

static void
test_add_guest (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *guest;

  plan->format = FERRY_FORMAT_RAW;
  plan->allocation = FERRY_ALLOCATION_PREALLOCATED;
  guest = add_guest (plan, "1", "web");
  g_assert_cmpstr (guest->name, ==, "web");
  g_assert_cmpstr (guest->description, ==, "Two\nlines");
  g_assert_cmpuint (guest->memory_bytes, ==, G_GUINT64_CONSTANT (1) << 30);
  g_assert_cmpuint (guest->vcpus, ==, 2);
  g_assert_cmpint (guest->firmware, ==, FERRY_FIRMWARE_UEFI);
  g_assert_cmpstr (guest->root, ==, "single");
  g_assert_cmpint (guest->format, ==, FERRY_FORMAT_RAW);
  g_assert_cmpint (guest->allocation, ==, FERRY_ALLOCATION_PREALLOCATED);
  g_assert_false (guest->start);
  assert_network (guest, 0, FERRY_NETWORK_UNMAPPED, NULL);
  assert_network (guest, 1, FERRY_NETWORK_UNMAPPED, NULL);
  assert_network (guest, 2, FERRY_NETWORK_NONE, NULL);
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->mac_kind, ==, FERRY_MAC_KEEP);
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 1)->mac_kind, ==, FERRY_MAC_NEW);

  g_assert_true (add_guest (plan, "1", "other") == guest);
  g_assert_cmpuint (plan->guests->len, ==, 1);
  ferry_plan_remove_guest (plan, "2");
  ferry_plan_remove_guest (plan, "1");
  g_assert_null (ferry_plan_find_guest (plan, "1"));
}

static void
test_names_are_unique (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autofree char *longest = g_strnfill (240, 'a');
  FerryPlanGuest *guest;

  add_guest (plan, "1", "web");
  g_assert_cmpstr (add_guest (plan, "2", "web")->name, ==, "web-2");
  g_assert_cmpstr (add_guest (plan, "3", "web")->name, ==, "web-3");
  g_assert_cmpstr (add_guest (plan, "4", "../../etc/x\n")->name, ==, "etc-x-");
  add_guest (plan, "5", longest);
  guest = add_guest (plan, "6", longest);
  g_assert_cmpuint (strlen (guest->name), ==, 240);
  g_assert_true (g_str_has_suffix (guest->name, "a-2"));
}

static const struct
{
  const char *name;
  const char *valid; /* what it is made into; the same: it is valid */
} names[] = {
  { "web", "web" },
  { "Wäbserver & Söhne <1>", "Wäbserver & Söhne <1>" },
  { "a.b-c", "a.b-c" },
  { "", "guest" },
  { ".", "guest" },
  { "..", "guest" },
  { ".hidden", "hidden" },
  { "-rf", "rf" },
  { "a/b", "a-b" },
  { "a\tb", "a-b" },
  { "a\x7f", "a-" },
  { " a ", "a" },
  { "   ", "guest" },
  { "a\xff", "a\xef\xbf\xbd" },
  { "a\xef\xbf\xbe", "a-" },
};

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (240, 'x');
  g_autofree char *longer = g_strnfill (241, 'x');
  g_autofree char *shortened = ferry_guest_name_make_valid (longer);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *valid = ferry_guest_name_make_valid (names[i].name);
      gboolean is_valid = strcmp (names[i].name, names[i].valid) == 0;

      g_assert_cmpstr (valid, ==, names[i].valid);
      g_assert_true (ferry_guest_name_is_valid (valid, NULL));
      g_assert_true (ferry_guest_name_is_valid (names[i].name, &error) == is_valid);
      if (!is_valid)
        g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
  g_assert_true (ferry_guest_name_is_valid (longest, NULL));
  g_assert_false (ferry_guest_name_is_valid (longer, NULL));
  g_assert_cmpstr (shortened, ==, longest);
  g_assert_false (ferry_guest_name_is_valid (NULL, NULL));
}

/* A character is never cut in two. */
static void
test_name_shortened_at_character (void)
{
  g_autoptr (GString) name = g_string_new ("x");
  g_autofree char *valid = NULL;

  for (int i = 0; i < 200; i++)
    g_string_append (name, "ä");
  valid = ferry_guest_name_make_valid (name->str);
  g_assert_true (g_utf8_validate (valid, -1, NULL));
  g_assert_cmpuint (strlen (valid), ==, 239);
}

static void
test_mappings (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanNetwork network = { 0 };
  FerryPlanGuest *guest;

  ferry_plan_network_set (&network, FERRY_NETWORK_BRIDGE, "br0");
  ferry_plan_set_mapping (plan, "VM Network", &network);
  guest = add_guest (plan, "1", "a");
  assert_network (guest, 0, FERRY_NETWORK_BRIDGE, "br0");
  assert_network (guest, 1, FERRY_NETWORK_UNMAPPED, NULL);
  assert_network (guest, 2, FERRY_NETWORK_NONE, NULL);

  ferry_plan_network_set (&network, FERRY_NETWORK_NETWORK, "default");
  ferry_plan_set_mapping (plan, "*", &network);
  guest = add_guest (plan, "2", "b");
  assert_network (guest, 0, FERRY_NETWORK_BRIDGE, "br0");
  assert_network (guest, 1, FERRY_NETWORK_NETWORK, "default");
  assert_network (guest, 2, FERRY_NETWORK_NETWORK, "default");

  ferry_plan_set_mapping (plan, "VM Network", NULL);
  guest = add_guest (plan, "3", "c");
  assert_network (guest, 0, FERRY_NETWORK_NETWORK, "default");
  ferry_plan_network_set (&network, FERRY_NETWORK_NONE, "ignored");
  g_assert_null (network.name);
  ferry_plan_network_clear (&network);
}

static void
test_apply_mapping (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *first = add_guest (plan, "1", "a");
  FerryPlanGuest *second = add_guest (plan, "2", "b");
  FerryPlanNetwork network = { 0 };

  ferry_plan_network_set (&network, FERRY_NETWORK_NETWORK, "lan");
  g_assert_cmpuint (ferry_plan_apply_mapping (plan, "Backup", &network), ==, 2);
  g_assert_cmpuint (ferry_plan_apply_mapping (plan, "Backup", &network), ==, 0);
  assert_network (first, 1, FERRY_NETWORK_NETWORK, "lan");
  assert_network (second, 1, FERRY_NETWORK_NETWORK, "lan");
  assert_network (first, 0, FERRY_NETWORK_UNMAPPED, NULL);

  ferry_plan_set_mapping (plan, "Backup", &network);
  ferry_plan_network_set (&network, FERRY_NETWORK_NONE, NULL);
  g_assert_cmpuint (ferry_plan_apply_mapping (plan, "*", &network), ==, 2);
  assert_network (second, 0, FERRY_NETWORK_NONE, NULL);
  assert_network (second, 1, FERRY_NETWORK_NETWORK, "lan");
  ferry_plan_network_clear (&network);
}

static void
test_equal_names (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryDestinationFacts) facts = ferry_destination_facts_new ();
  FerryPlanGuest *guest = add_guest (plan, "1", "a");

  g_assert_cmpuint (ferry_plan_map_equal_names (plan, facts), ==, 0);
  g_strfreev (facts->networks);
  facts->networks = g_strsplit ("Backup,default", ",", -1);
  g_assert_cmpuint (ferry_plan_map_equal_names (plan, facts), ==, 1);
  assert_network (guest, 0, FERRY_NETWORK_UNMAPPED, NULL);
  assert_network (guest, 1, FERRY_NETWORK_NETWORK, "Backup");
  facts->any_network = TRUE;
  g_assert_cmpuint (ferry_plan_map_equal_names (plan, facts), ==, 1);
  assert_network (guest, 0, FERRY_NETWORK_NETWORK, "VM Network");
  assert_network (guest, 2, FERRY_NETWORK_NONE, NULL);
  g_assert_cmpuint (plan->mappings->len, ==, 0);
}

static FerryPlan *
make_full_plan (void)
{
  FerryPlan *plan = make_plan ();
  FerryPlanNetwork network = { 0 };
  FerryPlanGuest *guest;
  FerryPlanNic *nic;

  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  ferry_plan_network_set (&network, FERRY_NETWORK_BRIDGE, "br0");
  ferry_plan_set_mapping (plan, "VM Network", &network);
  ferry_plan_network_set (&network, FERRY_NETWORK_UNMAPPED, NULL);
  ferry_plan_set_mapping (plan, "*", &network);
  add_guest (plan, "1", "Wäb & <1>");
  guest = add_guest (plan, "2", "Wäb & <1>");
  guest->start = TRUE;
  guest->format = FERRY_FORMAT_RAW;
  nic = ferry_plan_guest_get_nic (guest, 0);
  nic->mac_kind = FERRY_MAC_FIXED;
  nic->mac = g_strdup ("52:54:00:00:00:01");
  ferry_plan_network_clear (&network);

  return plan;
}

static void
test_round_trip (void)
{
  g_autoptr (FerryPlan) plan = make_full_plan ();
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) back = ferry_plan_from_text (text, -1, &error);
  g_autoptr (FerryPlan) copy = NULL;
  g_autofree char *back_text = NULL;
  g_autofree char *copy_text = NULL;

  g_assert_no_error (error);
  back_text = ferry_plan_to_text (back);
  g_assert_cmpstr (back_text, ==, text);
  copy = ferry_plan_copy (back);
  g_clear_pointer (&back, ferry_plan_free);
  copy_text = ferry_plan_to_text (copy);
  g_assert_cmpstr (copy_text, ==, text);
}

/* The order of choosing does not show. */
static void
test_equal_choices_equal_text (void)
{
  g_autoptr (FerryPlan) one = make_plan ();
  g_autoptr (FerryPlan) other = make_plan ();
  FerryPlanNetwork network = { .kind = FERRY_NETWORK_NONE };
  g_autofree char *one_text = NULL;
  g_autofree char *other_text = NULL;

  ferry_plan_set_mapping (one, "a", &network);
  ferry_plan_set_mapping (one, "b", &network);
  ferry_plan_set_mapping (other, "b", &network);
  ferry_plan_set_mapping (other, "a", &network);
  one_text = ferry_plan_to_text (one);
  other_text = ferry_plan_to_text (other);
  g_assert_cmpstr (one_text, ==, other_text);
}

#define EXTRA_GUEST \
  "{\"name\":\"n\",\"g\":[1.5],\"nics\":[{\"network\":{\"kind\":\"network\",\"name\":\"x\"," \
  "\"profile\":\"p\"},\"mac\":\"new\",\"queues\":4}],\"source\":{\"id\":\"i\",\"name\":\"n\"," \
  "\"tpm\":true,\"nics\":[{\"name\":\"e\"}]}}"
#define EXTRA_PLAN \
  "{\"version\":1,\"author\":{\"a\":[{}]},\"source\":{\"kind\":\"ova\",\"path\":\"/a\",\"s\":1}," \
  "\"destination\":{\"kind\":\"folder\",\"path\":\"/b\",\"uri\":\"kept\"}," \
  "\"defaults\":{\"template\":\"t\",\"networks\":{\"N\":{\"kind\":\"none\",\"m\":\"q\"}}}," \
  "\"guests\":[" EXTRA_GUEST "]}"

static const char *const extras[] = {
  "\"author\"", "\"s\" : 1", "\"uri\" : \"kept\"", "\"template\"", "\"m\" : \"q\"", "\"g\"", "1.5",
  "\"profile\"", "\"queues\"", "\"tpm\" : true",
};

static void
test_keeps_unknown_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = ferry_plan_from_text (EXTRA_PLAN, -1, &error);
  g_autoptr (FerryPlan) one = NULL;
  g_autoptr (FerryPlan) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *back_text = NULL;

  g_assert_no_error (error);
  one = ferry_plan_dup_for_guest (plan, 0);
  g_clear_pointer (&plan, ferry_plan_free);
  text = ferry_plan_to_text (one);
  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    if (strstr (text, extras[i]) == NULL)
      g_error ("%s is lost in %s", extras[i], text);
  back = ferry_plan_from_text (text, -1, &error);
  g_assert_no_error (error);
  back_text = ferry_plan_to_text (back);
  g_assert_cmpstr (back_text, ==, text);
}

static void
test_dup_for_guest (void)
{
  g_autoptr (FerryPlan) plan = make_full_plan ();
  g_autoptr (FerryPlan) one = ferry_plan_dup_for_guest (plan, 1);

  g_assert_cmpuint (one->guests->len, ==, 1);
  g_assert_cmpstr (ferry_plan_get_guest (one, 0)->source->id, ==, "2");
  g_assert_cmpstr (one->destination.pool, ==, "images");
  g_assert_cmpuint (one->mappings->len, ==, 2);
  g_assert_null (ferry_plan_get_guest (one, 1));
}

static void
test_words (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autofree char *source = ferry_plan_source_to_text (&plan->source);
  g_autofree char *folder = ferry_plan_destination_to_text (&plan->destination);
  g_autofree char *pool = NULL;
  g_autofree char *libvirt = NULL;

  g_assert_cmpstr (source, ==, "/srv/ova");
  g_assert_cmpstr (folder, ==, "folder:/srv/vms");
  ferry_plan_set_libvirt_destination (plan, "qemu:///session", "images");
  pool = ferry_plan_destination_to_text (&plan->destination);
  g_assert_cmpstr (pool, ==, "libvirt:qemu:///session,pool=images");
  ferry_plan_set_libvirt_destination (plan, plan->destination.uri, NULL);
  libvirt = ferry_plan_destination_to_text (&plan->destination);
  g_assert_cmpstr (libvirt, ==, "libvirt:qemu:///session");
  g_assert_null (plan->destination.path);
}

static char *
read_doc (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* The example of docs/plan.md is a plan, written just as Ferry writes it. */
static void
test_documented_example (void)
{
  g_autofree char *page = read_doc ("plan.md");
  const char *start = strstr (page, "```json\n");
  const char *end = start != NULL ? strstr (start, "\n```\n") : NULL;
  g_autofree char *example = NULL;
  g_autofree char *back = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (start == NULL || end == NULL)
    g_error ("docs/plan.md has no example");
  start += strlen ("```json\n");
  example = g_strndup (start, (gsize) (end + 1 - start));
  plan = ferry_plan_from_text (example, -1, &error);
  g_assert_no_error (error);
  back = ferry_plan_to_text (plan);
  g_assert_cmpstr (back, ==, example);
}

/* Every member that is written at a place is in the schema's properties for it. */
static void
assert_in_schema (JsonObject *object, JsonObject *schema, const char *definition)
{
  JsonObject *definitions = json_object_get_object_member (schema, "$defs");
  JsonObject *place = definition != NULL ? json_object_get_object_member (definitions, definition)
                                         : schema;
  JsonObject *properties = json_object_get_object_member (place, "properties");
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!json_object_has_member (properties, l->data))
      g_error ("%s is not in the schema’s %s", (char *) l->data, definition);
}

static void
assert_first_in_schema (JsonObject *object,
                        const char *member,
                        JsonObject *schema,
                        const char *definition)
{
  JsonArray *array = json_object_get_array_member (object, member);

  assert_in_schema (json_array_get_object_element (array, 0), schema, definition);
}

static void
test_schema_has_all_members (void)
{
  g_autofree char *schema_text = read_doc ("plan.schema.json");
  g_autoptr (JsonNode) schema_node = json_from_string (schema_text, NULL);
  JsonObject *schema = json_node_get_object (schema_node);
  g_autoptr (FerryPlan) plan = make_full_plan ();
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (node);
  JsonArray *guests = json_object_get_array_member (object, "guests");
  JsonObject *guest = json_array_get_object_element (guests, 0);
  JsonObject *source = json_object_get_object_member (guest, "source");

  assert_in_schema (object, schema, NULL);
  assert_in_schema (json_object_get_object_member (object, "source"), schema, "source_ova");
  assert_in_schema (json_object_get_object_member (object, "defaults"), schema, "defaults");
  assert_in_schema (guest, schema, "guest");
  assert_in_schema (source, schema, "source_guest");
  assert_first_in_schema (guest, "disks", schema, "disk");
  assert_first_in_schema (guest, "nics", schema, "nic");
  assert_first_in_schema (source, "disks", schema, "source_disk");
  assert_first_in_schema (source, "nics", schema, "source_nic");
}

/* The same of each kind of source, with all that it can have. */
static void
test_schema_has_all_sources (void)
{
  g_autofree char *schema_text = read_doc ("plan.schema.json");
  g_autoptr (JsonNode) schema = json_from_string (schema_text, NULL);

  for (FerrySourceKind kind = FERRY_SOURCE_OVA; kind <= FERRY_SOURCE_LIBVIRT; kind++)
    {
      g_autoptr (FerryPlanSource) source = ferry_plan_source_new (kind);
      char **const texts[] = { &source->path,    &source->host, &source->user,     &source->cluster,
                               &source->esx,     &source->uri,  &source->vddk_dir, &source->provider,
                               &source->ssh_user, &source->datacenter };
      g_autofree char *definition
          = g_strconcat ("source_", ferry_source_kind_to_word (kind), NULL);
      g_autoptr (JsonObject) object = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup ("x");
      object = ferry_plan_source_to_json (source);
      assert_in_schema (object, json_node_get_object (schema), definition);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/add-guest", test_add_guest);
  g_test_add_func ("/plan/names-are-unique", test_names_are_unique);
  g_test_add_func ("/plan/names", test_names);
  g_test_add_func ("/plan/name-shortened-at-character", test_name_shortened_at_character);
  g_test_add_func ("/plan/mappings", test_mappings);
  g_test_add_func ("/plan/apply-mapping", test_apply_mapping);
  g_test_add_func ("/plan/equal-names", test_equal_names);
  g_test_add_func ("/plan/round-trip", test_round_trip);
  g_test_add_func ("/plan/equal-choices-equal-text", test_equal_choices_equal_text);
  g_test_add_func ("/plan/keeps-unknown-members", test_keeps_unknown_members);
  g_test_add_func ("/plan/dup-for-guest", test_dup_for_guest);
  g_test_add_func ("/plan/words", test_words);
  g_test_add_func ("/plan/documented-example", test_documented_example);
  g_test_add_func ("/plan/schema-has-all-members", test_schema_has_all_members);
  g_test_add_func ("/plan/schema-has-all-sources", test_schema_has_all_sources);

  return g_test_run ();
}
