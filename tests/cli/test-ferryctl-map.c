/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-map.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* “ferryctl map”, and what --map makes of a plan. */

typedef struct
{
  FerryctlSample *sample;
  char *web;
  char *db;
  char *plan;
} Fixture;

static char *
make_plan (const Fixture *fixture, const char *appliance, const char *option, const char *value)
{
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("plan", appliance, "--to", "libvirt:test:///default,pool=default-pool", option,
                    value, NULL);

  ferryctl_run_assert (run, 0, "\"version\"", NULL);

  return g_steal_pointer (&run->out);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fixture->sample = ferryctl_sample_new ();
  fixture->web = ferryctl_sample_add (fixture->sample, "web.ova", "web");
  fixture->db = ferryctl_sample_add (fixture->sample, "db.ova", "db");
  text = make_plan (fixture, fixture->web, "--network", "VM Network=bridge:br0");
  fixture->plan = ferryctl_sample_write (fixture->sample, "plan.json", text);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferryctl_sample_free (fixture->sample);
  g_free (fixture->web);
  g_free (fixture->db);
  g_free (fixture->plan);
}

#define RUN_WELL(out, ...)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (FerryctlRun) well = ferryctl_run (__VA_ARGS__, NULL);                               \
    ferryctl_run_assert (well, 0, out, NULL);                                                      \
  }                                                                                                \
  G_STMT_END

#define RUN_BADLY(code, err, ...)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (FerryctlRun) badly = ferryctl_run (__VA_ARGS__, NULL);                              \
    ferryctl_run_assert (badly, code, NULL, err);                                                  \
  }                                                                                                \
  G_STMT_END

static void
test_life (Fixture *fixture, gconstpointer data)
{
  RUN_WELL ("No map is saved", "map", "list");
  RUN_WELL ("Saved the map of networks ‘Büro’", "map", "save", fixture->plan, "Büro");
  RUN_WELL ("Büro", "map", "list");
  RUN_WELL ("libvirt:test:///default,pool=default-pool", "map", "list");
  RUN_WELL ("bridge:br0", "map", "show", "büro");
  RUN_WELL ("\"kind\" : \"bridge\"", "map", "show", "Büro", "--json");
  RUN_BADLY (2, "nothing to save", "map", "save", fixture->plan, "x", "--kind", "storage");
  RUN_BADLY (2, "did you mean ‘Büro’", "map", "show", "Büroo");
  RUN_BADLY (2, "There is no map", "map", "remove", "Büro", "--kind", "storage");
  {
    g_autoptr (FerryctlRun) removed = ferryctl_run ("map", "remove", "Büro", NULL);

    ferryctl_run_assert (removed, 0, NULL, NULL);
  }
  RUN_WELL ("No map is saved", "map", "list");
}

/* A plan by a map is the plan that the map was made of. */
static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autofree char *by_hand = NULL;
  g_autofree char *by_map = NULL;

  RUN_WELL ("Saved", "map", "save", fixture->plan, "office");
  by_hand = make_plan (fixture, fixture->db, "--network", "VM Network=bridge:br0");
  by_map = make_plan (fixture, fixture->db, "--map", "OFFICE");
  g_assert_cmpstr (by_map, ==, by_hand);
}

/* The one that was made for this source and destination is suggested, and no other. */
static void
test_suggest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) same = NULL;
  g_autoptr (FerryctlRun) other = NULL;

  RUN_WELL ("Saved", "map", "save", fixture->plan, "office");
  same = ferryctl_run ("plan", fixture->web, "--to", "libvirt:test:///default", NULL);
  ferryctl_run_assert (same, 0, "\"network\" : null", "The saved map ‘office’");
  other = ferryctl_run ("plan", fixture->db, "--to", "libvirt:test:///default", NULL);
  ferryctl_run_assert (other, 0, "\"network\" : null", "--network SRC=DST");
  g_assert_null (strstr (other->err, "office"));
}

/* What is given on the command line is stronger, wherever it stands. */
static void
test_network_is_stronger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) run = NULL;

  RUN_WELL ("Saved", "map", "save", fixture->plan, "office");
  run = ferryctl_run ("plan", fixture->db, "--to", "libvirt:test:///default", "--network",
                      "VM Network=bridge:br7", "--map", "office", NULL);
  ferryctl_run_assert (run, 0, "br7", NULL);
  g_assert_null (strstr (run->out, "br0"));
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) exported = NULL;
  g_autofree char *path = NULL;

  RUN_WELL ("Saved", "map", "save", fixture->plan, "office");
  exported = ferryctl_run ("map", "export", "office", NULL);
  ferryctl_run_assert (exported, 0, "\"name\" : \"office\"", NULL);
  path = ferryctl_sample_write (fixture->sample, "map.json", exported->out);
  RUN_BADLY (2, "There is a map ‘office’ already", "map", "import", path);
  RUN_WELL ("Saved the map of networks ‘other’", "map", "import", path, "--name", "other");
  RUN_WELL ("bridge:br0", "map", "show", "other");
  RUN_BADLY (2, "control character", "map", "import", path, "--name", "a\nb");
}

static void
test_bad_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferryctl_sample_write (fixture->sample, "map.json",
                                                 "{\"version\":1,\"kind\":\"network\",\"name\":"
                                                 "\"a\",\"networks\":{\"LAN\":{\"kind\":7}}}");

  RUN_BADLY (2, "networks.LAN.kind", "map", "import", path);
}

/* A damaged map is told, and keeps the others from nothing. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_getenv ("FERRY_CONFIG_DIR"), "maps", NULL);
  g_autofree char *path =
      g_build_filename (folder, "123e4567-e89b-42d3-a456-426614174000.json", NULL);
  g_autoptr (FerryctlRun) list = NULL;

  RUN_WELL ("Saved", "map", "save", fixture->plan, "office");
  g_assert_true (g_file_set_contents_full (path, "{\"version\":1}", -1,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  list = ferryctl_run ("map", "list", NULL);
  ferryctl_run_assert (list, 0, "office", "Ignoring a map.");
  ferryctl_run_assert (list, 0, "office", "kind is missing");
}

/* The checks of what “ferryctl plan” would write. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) run =
      ferryctl_run ("check", fixture->web, "web", "--to", fixture->sample->destination, NULL);

  ferryctl_run_assert (run, run->exit_code, "web.ova: ", NULL);
  g_assert_cmpint (run->exit_code, <=, 1);
  RUN_BADLY (2, "destination is missing", "check", fixture->web, "--memory", "1G");
  RUN_BADLY (2, "A plan says everything itself", "check", fixture->plan, "--memory", "1G");
  RUN_BADLY (2, "not a size", "check", fixture->web, "--to", fixture->sample->destination,
             "--memory", "1");
  g_assert_true (ferryctl_sample_is_untouched (fixture->sample));
}

#define TEST(path, function)                                                                       \
  g_test_add ("/ferryctl-map/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("life", test_life);
  TEST ("apply", test_apply);
  TEST ("suggest", test_suggest);
  TEST ("network-is-stronger", test_network_is_stronger);
  TEST ("export", test_export);
  TEST ("bad-file", test_bad_file);
  TEST ("damaged", test_damaged);
  TEST ("check", test_check);

  return g_test_run ();
}
