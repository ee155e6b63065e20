/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * The sample appliance into a folder, by the real worker and the real virt-v2v. */
#include "config.h"

#include "import-rig.h"

#include "ferry-tree.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>

#define NAME "Tür & Tor ’26"

/* What was heard of one import on the bus. */
typedef struct
{
  FerryDBusImport1 *import;
  double fraction;
  guint reports;
  gboolean went_back;
  gboolean moved_in_between;
  GPtrArray *states;
} Heard;

static void
on_progress (GObject *import, GParamSpec *pspec, gpointer user_data)
{
  Heard *heard = user_data;
  g_autoptr (FerryProgress) progress = ferry_ipc_progress_from_variant (
      ferry_dbus_import1_get_progress (heard->import), FERRY_IMPORT_COPYING);

  heard->went_back |= progress->fraction < heard->fraction;
  heard->moved_in_between |= progress->fraction > 0 && progress->fraction < 1;
  heard->fraction = progress->fraction;
  heard->reports++;
}

static void
on_state (GObject *import, GParamSpec *pspec, gpointer user_data)
{
  Heard *heard = user_data;

  g_ptr_array_add (heard->states, g_strdup (ferry_dbus_import1_get_state (heard->import)));
}

static char *
read_xpath (const char *file, const char *expression)
{
  xmlDoc *document = xmlReadFile (file, NULL, XML_PARSE_NONET);
  xmlXPathContext *context = xmlXPathNewContext (document);
  xmlXPathObject *object = xmlXPathEvalExpression ((const xmlChar *) expression, context);
  xmlChar *text = xmlXPathCastToString (object);
  char *copy = g_strdup ((const char *) text);

  xmlFree (text);
  xmlXPathFreeObject (object);
  xmlXPathFreeContext (context);
  xmlFreeDoc (document);

  return copy;
}

static void
assert_xpath (const char *file, const char *expression, const char *expected)
{
  g_autofree char *text = read_xpath (file, expression);

  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s is ‘%s’, not ‘%s’", expression, text, expected);
}

static void
assert_domain (const char *xml, const char *disk)
{
  assert_xpath (xml, "/domain/name", NAME);
  assert_xpath (xml, "string(/domain/memory) * 1024", "536870912");
  assert_xpath (xml, "/domain/vcpu", "2");
  assert_xpath (xml, "count(/domain/devices/disk[@device='disk'])", "2");
  assert_xpath (xml, "/domain/devices/disk[1]/source/@file", disk);
  assert_xpath (xml, "/domain/devices/disk[1]/target/@bus", "virtio");
  assert_xpath (xml, "count(/domain/devices/interface)", "2");
  assert_xpath (xml, "/domain/devices/interface[1]/source/@network", "default");
  assert_xpath (xml, "/domain/devices/interface[1]/mac/@address", "00:50:56:0f:e2:01");
  assert_xpath (xml, "/domain/devices/interface[2]/@type", "user");
  assert_xpath (xml, "/domain/devices/interface[2]/link/@state", "down");
  assert_xpath (xml, "/domain/devices/interface[2]/mac/@address", "00:50:56:0f:e2:02");
}

static void
assert_boots (const char *image)
{
  g_autofree char *boot = g_test_build_filename (G_TEST_DIST, "sample", "boot", NULL);
  const char *argv[] = { boot, image, "qcow2", "virtio", NULL };
  g_autofree char *console = NULL;

  import_rig_run (argv, &console);
  g_assert_nonnull (strstr (console, "FERRY-SAMPLE-BOOTED root=/dev/vda1"));
}

static void
assert_heard (const Heard *heard)
{
  g_autofree char *states = NULL;

  g_ptr_array_add (heard->states, NULL);
  states = g_strjoinv (" ", (char **) heard->states->pdata);
  g_test_message ("states: %s; %u reports", states, heard->reports);
  g_assert_true (g_str_has_suffix (states, "converting copying finishing succeeded"));
  g_assert_false (heard->went_back);
  g_assert_true (heard->moved_in_between);
  g_assert_cmpfloat (heard->fraction, >=, 1.0);
}

static void
test_import (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = import_rig_plan (rig, NAME);
  g_autofree char *import = import_rig_start (rig, plan);
  g_autofree char *folder = g_build_filename (rig->destination, NAME, NULL);
  g_autofree char *xml = g_build_filename (folder, NAME ".xml", NULL);
  g_autofree char *disk = g_build_filename (folder, NAME "-sda.qcow2", NULL);
  g_autofree char *data = g_build_filename (folder, NAME "-sdb.qcow2", NULL);
  Heard heard = { .states = g_ptr_array_new_with_free_func (g_free) };
  const char *checks[] = { "qemu-img", "check", "-q", "-f", "qcow2", disk, NULL };

  heard.import = worker_fixture_get_import (rig->fixture, import);
  g_signal_connect (heard.import, "notify::progress", G_CALLBACK (on_progress), &heard);
  g_signal_connect (heard.import, "notify::state", G_CALLBACK (on_state), &heard);
  import_rig_assert_succeeded (rig, import);
  assert_heard (&heard);
  g_signal_handlers_disconnect_by_data (heard.import, &heard);
  g_ptr_array_unref (heard.states);

  g_assert_cmpstr (ferry_dbus_import1_get_location (heard.import), ==, folder);
  /* The sample has all that virt-v2v looks for. */
  g_assert_null (ferry_dbus_import1_get_warnings (heard.import)[0]);
  assert_domain (xml, disk);
  import_rig_run (checks, NULL);
  import_rig_assert_same_content (disk, "root.img", "/root/blob.bin");
  import_rig_assert_same_content (data, "data.img", "/blob.bin");
  assert_boots (disk);

  /* What is left is the guest and nothing else. */
  g_assert_cmpint (remove (disk), ==, 0);
  g_assert_cmpint (remove (data), ==, 0);
  g_assert_cmpint (remove (xml), ==, 0);
  g_assert_cmpint (remove (folder), ==, 0);
  import_rig_assert_clean (rig);
}

static void
use_compressed_sample (ImportRig *rig)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "sample", "make-compressed", NULL);
  g_autofree char *plain = g_steal_pointer (&rig->ova);
  const char *argv[] = { script, plain, NULL, NULL };

  rig->ova = g_build_filename (worker_fixture_get_dir (rig->fixture), "compressed.ova", NULL);
  argv[2] = rig->ova;
  import_rig_run (argv, NULL);
}

/* Nothing of it can be read in place: all is unpacked into the work folder, the second disk twice. */
static void
test_compressed (void)
{
  g_autoptr (ImportRig) rig = import_rig_new (NULL);
  g_autoptr (FerryPlan) plan = NULL;
  g_autofree char *import = NULL;
  g_autofree char *folder = g_build_filename (rig->destination, "packed", NULL);
  g_autofree char *disk = g_build_filename (folder, "packed-sda.qcow2", NULL);
  g_autofree char *data = g_build_filename (folder, "packed-sdb.qcow2", NULL);

  use_compressed_sample (rig);
  plan = import_rig_plan (rig, "packed");
  import = import_rig_start (rig, plan);
  import_rig_assert_succeeded (rig, import);
  import_rig_assert_same_content (disk, "root.img", "/root/blob.bin");
  import_rig_assert_same_content (data, "data.img", "/blob.bin");

  ferry_tree_remove (folder, NULL);
  import_rig_assert_clean (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/folder", test_import);
  g_test_add_func ("/import/folder/compressed", test_compressed);

  return g_test_run ();
}
