/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-map.h"

#include "ferry-tree.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define ID "123e4567-e89b-42d3-a456-426614174000"

typedef struct
{
  char *dir;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-map-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  fixture->folder = g_build_filename (fixture->dir, "maps", NULL);
  g_setenv ("FERRY_CONFIG_DIR", fixture->dir, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->folder);
  g_free (fixture->dir);
}

static FerryGuest *
make_guest (const char *id, const char *network, const char *storage)
{
  FerryGuest *guest = ferry_guest_new (id, id);
  FerryNic *nic = ferry_nic_new ("Network adapter 1");
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");

  nic->network = g_strdup (network);
  disk->storage = g_strdup (storage);
  g_ptr_array_add (guest->nics, nic);
  g_ptr_array_add (guest->disks, disk);

  return guest;
}

static void
add (FerryPlan *plan, const char *id, const char *network, const char *storage)
{
  g_autoptr (FerryGuest) guest = make_guest (id, network, storage);

  ferry_plan_add_guest (plan, guest);
}

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, "/a.ova");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  add (plan, "1", "LAN", "fast");
  add (plan, "2", "LAN", "fast");
  add (plan, "3", "DMZ", "slow");

  return plan;
}

static void
map_network (FerryPlan *plan, const char *source, FerryNetworkKind kind, const char *name)
{
  FerryPlanNetwork network = { 0 };

  ferry_plan_network_set (&network, kind, name);
  ferry_plan_set_mapping (plan, source, &network);
  ferry_plan_network_clear (&network);
}

static FerryPlanNetwork *
get_network (FerryPlan *plan, guint guest)
{
  return &ferry_plan_guest_get_nic (ferry_plan_get_guest (plan, guest), 0)->network;
}

static const char *
get_storage (FerryPlan *plan, guint guest)
{
  return ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, guest), 0)->storage;
}

static void
set_storage (FerryPlan *plan, guint guest, const char *storage)
{
  FerryPlanDisk *disk = ferry_plan_guest_get_disk (ferry_plan_get_guest (plan, guest), 0);

  g_free (disk->storage);
  disk->storage = g_strdup (storage);
}

static FerryMap *
make_map (const char *name)
{
  g_autoptr (FerryPlan) plan = make_plan ();

  map_network (plan, "LAN", FERRY_NETWORK_BRIDGE, "br0");
  map_network (plan, "*", FERRY_NETWORK_NETWORK, "default");

  return ferry_map_new_of_plan (plan, FERRY_MAP_NETWORK, name);
}

static void
save (FerryMap *map)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_map_save (map, &error));
  g_assert_no_error (error);
}

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *maps = ferry_maps_load (&error);

  g_assert_no_error (error);
  return maps;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryMap) map = make_map ("Büro ‘A’");
  g_autofree char *text = NULL;
  g_autofree char *loaded_text = NULL;
  g_autofree char *file = g_strconcat (map->id, ".json", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, file, NULL);
  g_autoptr (GPtrArray) maps = NULL;
  const FerryMap *loaded;
  struct stat status;

  save (map);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  maps = load ();
  g_assert_cmpuint (maps->len, ==, 1);
  loaded = g_ptr_array_index (maps, 0);
  g_assert_cmpstr (loaded->id, ==, map->id);
  text = ferry_map_to_text (map);
  loaded_text = ferry_map_to_text (loaded);
  g_assert_cmpstr (loaded_text, ==, text);
  g_assert_cmpstr (loaded->source, ==, "/a.ova");
  g_assert_cmpstr (loaded->destination, ==, "libvirt:qemu:///system,pool=images");
  g_assert_cmpuint (ferry_map_get_n_entries (loaded), ==, 2);
  g_assert_true (ferry_map_remove (loaded, NULL));
  g_assert_cmpint (g_access (path, F_OK), !=, 0);
}

static void
test_same_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryMap) one = make_map ("Office");
  g_autoptr (FerryMap) other = make_map ("OFFICE");
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryMap) storage = NULL;
  g_autoptr (GPtrArray) maps = NULL;

  ferry_plan_set_storing (plan, "fast", "ssd");
  storage = ferry_map_new_of_plan (plan, FERRY_MAP_STORAGE, "Office");
  save (one);
  save (other);
  save (storage);
  maps = load ();
  g_assert_cmpuint (maps->len, ==, 2);
  g_assert_cmpstr (one->id, ==, other->id);
  g_assert_cmpstr (ferry_maps_find (maps, FERRY_MAP_NETWORK, "office")->name, ==, "OFFICE");
  g_assert_true (ferry_maps_find (maps, FERRY_MAP_STORAGE, "office")->kind == FERRY_MAP_STORAGE);
  g_assert_nonnull (ferry_maps_find (maps, 0, storage->id));
  g_assert_null (ferry_maps_find (maps, 0, "off"));
  g_assert_null (ferry_maps_find (maps, 0, "\xff"));
}

static void
test_remove_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryMap) map = make_map ("Office");
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_map_remove (map, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (120, 'x');
  g_autofree char *longer = g_strnfill (121, 'x');
  const char *const bad[] = { "", " \t", "a\nb", "\x7f", "\xff", longer };

  g_assert_true (ferry_map_check_name (longest, NULL));
  g_assert_true (ferry_map_check_name ("../../etc/passwd", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ferry_map_check_name (bad[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

/* What is chosen for each NIC counts where the defaults say nothing and all agree. */
static void
test_of_plan (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryMap) none = ferry_map_new_of_plan (plan, FERRY_MAP_NETWORK, "a");
  g_autoptr (FerryMap) some = NULL;
  g_autoptr (FerryMap) storage = NULL;
  const FerryPlanMapping *mapping;

  g_assert_cmpuint (ferry_map_get_n_entries (none), ==, 0);
  ferry_plan_network_set (get_network (plan, 0), FERRY_NETWORK_BRIDGE, "br0");
  ferry_plan_network_set (get_network (plan, 1), FERRY_NETWORK_BRIDGE, "br1");
  ferry_plan_network_set (get_network (plan, 2), FERRY_NETWORK_NONE, NULL);
  some = ferry_map_new_of_plan (plan, FERRY_MAP_NETWORK, "a");
  g_assert_cmpuint (some->mappings->len, ==, 1);
  mapping = g_ptr_array_index (some->mappings, 0);
  g_assert_cmpstr (mapping->source, ==, "DMZ");
  g_assert_true (mapping->network.kind == FERRY_NETWORK_NONE);

  ferry_plan_set_storing (plan, "*", "any");
  set_storage (plan, 0, "ssd");
  set_storage (plan, 1, "ssd");
  set_storage (plan, 2, "any");
  storage = ferry_map_new_of_plan (plan, FERRY_MAP_STORAGE, "a");
  g_assert_cmpuint (storage->storings->len, ==, 2);
  g_assert_cmpstr (((FerryPlanStoring *) g_ptr_array_index (storage->storings, 1))->source, ==,
                   "fast");
}

static void
test_apply (void)
{
  g_autoptr (FerryMap) map = make_map ("a");
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  map_network (plan, "VPN", FERRY_NETWORK_NONE, NULL);
  g_assert_cmpuint (ferry_map_apply (map, plan), ==, 3);
  g_assert_cmpuint (plan->mappings->len, ==, 3);
  g_assert_cmpstr (get_network (plan, 1)->name, ==, "br0");
  g_assert_cmpstr (get_network (plan, 2)->name, ==, "default");
  text = ferry_plan_to_text (plan);
  g_assert_cmpuint (ferry_map_apply (map, plan), ==, 0);
  again = ferry_plan_to_text (plan);
  g_assert_cmpstr (again, ==, text);
}

static void
test_apply_storage (void)
{
  g_autoptr (FerryPlan) from = make_plan ();
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryMap) map = NULL;

  ferry_plan_set_storing (from, "fast", "ssd");
  map = ferry_map_new_of_plan (from, FERRY_MAP_STORAGE, "a");
  g_assert_cmpuint (ferry_map_apply (map, plan), ==, 2);
  g_assert_cmpstr (get_storage (plan, 1), ==, "ssd");
  g_assert_null (get_storage (plan, 2));
  g_assert_cmpstr (ferry_plan_find_storing (plan, "fast"), ==, "ssd");
}

/* A network that nobody has chosen for is no choice. */
static void
test_null_is_no_choice (void)
{
  g_autoptr (FerryMap) map = ferry_map_from_text (
      "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"networks\":{\"LAN\":null}}", -1, NULL);
  g_autoptr (FerryPlan) plan = make_plan ();

  ferry_plan_network_set (get_network (plan, 0), FERRY_NETWORK_BRIDGE, "br0");
  g_assert_cmpuint (ferry_map_apply (map, plan), ==, 0);
  g_assert_cmpstr (get_network (plan, 0)->name, ==, "br0");
}

static const struct
{
  const char *source;
  const char *destination;
  gboolean matches;
} match_cases[] = {
  { "/a.ova", "libvirt:qemu:///system,pool=images", TRUE },
  { "/a.ova", "libvirt:qemu:///system,pool=other", TRUE },
  { "/a.ova", "libvirt:qemu:///system", TRUE },
  { "/a.ova", "libvirt:qemu:///syste", FALSE },
  { "/a.ova", "libvirt:qemu:///session,pool=images", FALSE },
  { "/a.ova", "folder:/srv", FALSE },
  { "/b.ova", "libvirt:qemu:///system", FALSE },
  { NULL, "libvirt:qemu:///system", FALSE },
  { "/a.ova", NULL, FALSE },
};

static void
test_matches (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryMap) map = make_map ("a");

  for (gsize i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_free (map->source);
      g_free (map->destination);
      map->source = g_strdup (match_cases[i].source);
      map->destination = g_strdup (match_cases[i].destination);
      g_assert_true (ferry_map_matches (map, plan) == match_cases[i].matches);
    }
}

static FerryMap *
make_simple (const char *name, const char *source, const char *network)
{
  g_autoptr (FerryPlan) plan = make_plan ();

  map_network (plan, source, FERRY_NETWORK_NETWORK, network);

  return ferry_map_new_of_plan (plan, FERRY_MAP_NETWORK, name);
}

/* Leading somewhere is worth more than saying much, and saying much more than saying little. */
static void
test_suggest (void)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_map_free);
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (FerryDestinationFacts) facts = ferry_destination_facts_new ();
  const FerryMap *best;

  g_assert_null (ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, facts));
  g_ptr_array_add (maps, make_simple ("nothing of it", "WAN", "default"));
  g_assert_null (ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, NULL));
  g_ptr_array_add (maps, make_simple ("gone", "LAN", "gone"));
  g_ptr_array_add (maps, make_simple ("little", "DMZ", "default"));
  g_strfreev (facts->networks);
  facts->networks = g_strsplit ("default,other", ",", -1);
  best = ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, NULL);
  g_assert_cmpstr (best->name, ==, "gone");
  best = ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, facts);
  g_assert_cmpstr (best->name, ==, "little");
  g_ptr_array_add (maps, make_simple ("much", "*", "other"));
  best = ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, facts);
  g_assert_cmpstr (best->name, ==, "much");
  g_assert_null (ferry_maps_suggest (maps, FERRY_MAP_STORAGE, plan, facts));
  ferry_plan_set_ova_source (plan, "/b.ova");
  g_assert_null (ferry_maps_suggest (maps, FERRY_MAP_NETWORK, plan, facts));
}

/* --- what others wrote --- */

static const struct
{
  const char *text;
  const char *says;
} bad_maps[] = {
  { "", "not a map" },
  { "[]", "not a map" },
  { "{", "not a map" },
  { "\xff\xfe", "not a map" },
  { "{}", "version" },
  { "{\"version\":\"1\"}", "version" },
  { "{\"version\":0}", "version" },
  { "{\"version\":-1}", "version" },
  { "{\"version\":2}", "newer" },
  { "{\"version\":1}", "kind" },
  { "{\"version\":1,\"kind\":\"disk\"}", "kind" },
  { "{\"version\":1,\"kind\":1}", "kind" },
  { "{\"version\":1,\"kind\":\"network\"}", "name" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":[]}", "name" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"\"}", "name" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\\u0007\"}", "name" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\"}", "networks" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"storages\":{}}", "networks" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"networks\":[]}", "networks" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"networks\":{\"LAN\":1}}",
    "networks.LAN" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"networks\":{\"LAN\":{}}}",
    "networks.LAN.kind" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"networks\":{\"LAN\":{\"kind\":\"x\"}}}",
    "networks.LAN.kind" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\","
    "\"networks\":{\"LAN\":{\"kind\":\"bridge\"}}}",
    "networks.LAN.name" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\","
    "\"networks\":{\"LAN\":{\"kind\":\"bridge\",\"name\":\"\"}}}",
    "networks.LAN.name" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"source\":1,\"networks\":{}}", "source" },
  { "{\"version\":1,\"kind\":\"network\",\"name\":\"a\",\"destination\":\"a\\u0001\","
    "\"networks\":{}}",
    "destination" },
  { "{\"version\":1,\"kind\":\"storage\",\"name\":\"a\",\"storages\":{\"fast\":1}}",
    "storages.fast" },
  { "{\"version\":1,\"kind\":\"storage\",\"name\":\"a\",\"storages\":{\"fast\":\"\"}}",
    "storages.fast" },
  { "{\"version\":1,\"guests\":[],\"source\":{}}", "kind" },
};

static void
test_bad_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_maps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryMap) map = ferry_map_from_text (bad_maps[i].text, -1, &error);

      g_assert_null (map);
      g_assert_true (error->domain == FERRY_ERROR);
      if (strstr (error->message, bad_maps[i].says) == NULL)
        g_error ("%s: %s", bad_maps[i].text, error->message);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) text =
      g_string_new ("{\"version\":1,\"kind\":\"storage\",\"name\":\"a\",\"storages\":{\"a\":\"b\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMap) map = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, ",\"s%u\":\"b\"", i);
  g_string_append (text, "}}");
  map = ferry_map_from_text (text->str, (gssize) text->len, &error);
  g_assert_null (map);
  g_assert_nonnull (strstr (error->message, "storages"));
}

/* Texts cut off or with one byte changed: an error or a map, never more. */
static void
test_mangled (void)
{
  g_autoptr (FerryMap) map = make_map ("a");
  g_autofree char *text = ferry_map_to_text (map);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *copy = g_strdup (text);

      ferry_map_free (ferry_map_from_text (text, (gssize) i, NULL));
      copy[i] = (char) g_test_rand_int_range (1, 256);
      ferry_map_free (ferry_map_from_text (copy, -1, NULL));
    }
}

/* The example of docs/maps.md is a map, written just as Ferry writes it. */
static void
test_documented_example (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "maps.md", NULL);
  g_autofree char *page = NULL;
  g_autofree char *example = NULL;
  g_autofree char *back = NULL;
  g_autoptr (FerryMap) map = NULL;
  g_autoptr (GError) error = NULL;
  const char *start;
  const char *end;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  start = strstr (page, "```json\n");
  end = start != NULL ? strstr (start, "\n```\n") : NULL;
  g_assert_true (start != NULL && end != NULL);
  start += strlen ("```json\n");
  example = g_strndup (start, (gsize) (end + 1 - start));
  map = ferry_map_from_text (example, -1, &error);
  g_assert_no_error (error);
  back = ferry_map_to_text (map);
  g_assert_cmpstr (back, ==, example);
}

static void
test_unknown_members (void)
{
  g_autoptr (FerryMap) map = ferry_map_from_text ("{\"version\":1,\"kind\":\"storage\",\"name\":"
                                                  "\"a\",\"storages\":{},\"colour\":\"red\"}",
                                                  -1, NULL);
  g_autofree char *text = ferry_map_to_text (map);

  g_assert_nonnull (strstr (text, "\"colour\" : \"red\""));
}

static void
write_file (Fixture *fixture, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryMap) map = make_map ("good");
  g_autoptr (GPtrArray) maps = NULL;
  g_auto (GStrv) problems = NULL;

  save (map);
  write_file (fixture, ID ".json", "{\"version\":1,\"kind\":\"disk\"}", 0600);
  write_file (fixture, "notes.txt", "mine", 0600);
  write_file (fixture, "mine.json", "mine", 0600);
  maps = load ();
  g_assert_cmpuint (maps->len, ==, 1);
  problems = ferry_maps_list_problems ();
  g_assert_cmpuint (g_strv_length (problems), ==, 1);
  g_assert_nonnull (strstr (problems[0], ID));
  g_assert_nonnull (strstr (problems[0], "kind"));
}

static void
test_others_can_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryMap) map = make_map ("good");
  g_autofree char *text = ferry_map_to_text (map);
  g_autoptr (GPtrArray) maps = NULL;
  g_auto (GStrv) problems = NULL;

  write_file (fixture, ID ".json", text, 0666);
  maps = load ();
  g_assert_cmpuint (maps->len, ==, 0);
  problems = ferry_maps_list_problems ();
  g_assert_nonnull (strstr (problems[0], "chmod 600"));
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryMap) map = make_map ("good");
  g_autofree char *path = g_build_filename (fixture->dir, "out.json", NULL);
  g_autofree char *text = ferry_map_to_text (map);
  g_autofree char *imported_text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMap) imported = NULL;

  g_assert_true (ferry_map_export (map, path, &error));
  g_assert_no_error (error);
  imported = ferry_map_import_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (imported->id, !=, map->id);
  imported_text = ferry_map_to_text (imported);
  g_assert_cmpstr (imported_text, ==, text);
  g_assert_false (ferry_map_export (map, "/nonexistent/out.json", &error));
  g_assert_nonnull (error);
}

static void
assert_not_imported (const char *path, FerryError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryMap) map = ferry_map_import_file (path, &error);

  g_assert_null (map);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_import_bad (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->dir, "missing", NULL);
  g_autofree char *pipe_path = g_build_filename (fixture->dir, "pipe", NULL);
  g_autofree char *huge = g_build_filename (fixture->dir, "huge", NULL);
  g_autofree char *damaged = g_build_filename (fixture->dir, "damaged", NULL);
  g_autofree char *bytes = g_malloc0 (5 * 1024 * 1024);

  assert_not_imported (missing, FERRY_ERROR_NOT_FOUND);
  assert_not_imported (fixture->dir, FERRY_ERROR_INVALID);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_not_imported (pipe_path, FERRY_ERROR_INVALID);
  g_assert_true (g_file_set_contents (huge, bytes, 5 * 1024 * 1024, NULL));
  assert_not_imported (huge, FERRY_ERROR_INVALID);
  g_assert_true (g_file_set_contents (damaged, "{\"version\":1", -1, NULL));
  assert_not_imported (damaged, FERRY_ERROR_INVALID);
}

#define TEST(path, function) g_test_add ("/map/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("round-trip", test_round_trip);
  TEST ("same-name", test_same_name);
  TEST ("remove-missing", test_remove_missing);
  g_test_add_func ("/map/names", test_names);
  g_test_add_func ("/map/of-plan", test_of_plan);
  g_test_add_func ("/map/apply", test_apply);
  g_test_add_func ("/map/apply-storage", test_apply_storage);
  g_test_add_func ("/map/null-is-no-choice", test_null_is_no_choice);
  g_test_add_func ("/map/matches", test_matches);
  g_test_add_func ("/map/suggest", test_suggest);
  g_test_add_func ("/map/bad-texts", test_bad_texts);
  g_test_add_func ("/map/too-many", test_too_many);
  g_test_add_func ("/map/mangled", test_mangled);
  g_test_add_func ("/map/documented-example", test_documented_example);
  g_test_add_func ("/map/unknown-members", test_unknown_members);
  TEST ("bad-files", test_bad_files);
  TEST ("others-can-write", test_others_can_write);
  TEST ("export", test_export);
  TEST ("import-bad", test_import_bad);

  return g_test_run ();
}
