/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-error.h"
#include "ferry-input-overlay.h"
#include "ferry-input-xml.h"
#include "ferry-tree.h"
#include "ferry-xml.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* --- a plan to try it on --- */

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new ("id", "tiny");
  static const FerryBus buses[] = { FERRY_BUS_SCSI, FERRY_BUS_IDE };
  static const char *const macs[] = { "00:50:56:01:02:03", "00:50:56:01:02:04", NULL, NULL };
  static const char *const models[] = { "vmxnet3", "e1000", NULL, "virtio" };

  for (guint i = 0; i < G_N_ELEMENTS (buses); i++)
    {
      g_autofree char *name = g_strdup_printf ("disk%u", i + 1);
      FerryDisk *disk = ferry_disk_new (name);

      disk->bus = buses[i];
      g_ptr_array_add (guest->disks, disk);
    }
  for (guint i = 0; i < G_N_ELEMENTS (macs); i++)
    {
      FerryNic *nic = ferry_nic_new ("adapter");

      nic->mac = g_strdup (macs[i]);
      nic->model = g_strdup (models[i]);
      g_ptr_array_add (guest->nics, nic);
    }
  ferry_plan_add_guest (plan, guest);

  return plan;
}

static FerryPlanGuest *
get_guest (FerryPlan *plan)
{
  FerryPlanGuest *guest = ferry_plan_get_guest (plan, 0);

  for (guint i = 0; i < guest->nics->len; i++)
    ferry_plan_network_set (&ferry_plan_guest_get_nic (guest, i)->network, FERRY_NETWORK_NONE,
                            NULL);
  return guest;
}

/* --- what is written, as a reader sees it --- */

static xmlDoc *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = ferry_xml_parse (bytes, &error);

  g_assert_no_error (error);
  return doc;
}

static xmlDoc *
write_and_parse (const FerryPlanGuest *guest)
{
  const char *const disks[] = { "/srv/input-0.qcow2", "/srv/it's & <1>.qcow2", NULL };
  g_autofree char *text = ferry_input_to_xml (guest, disks);

  return parse (text);
}

/* The text at "name/name/…", or the attribute at "name/name/…/@attribute", below the root. There
 * may be several of the second name: @index says which. */
static char *
look_up (xmlDoc *doc, const char *path, guint index)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  const xmlNode *node = xmlDocGetRootElement (doc);

  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    {
      if (names[i][0] == '@')
        return ferry_xml_dup_attribute (node, names[i] + 1);
      node = ferry_xml_get_child (node, names[i]);
      for (guint skip = 0; node != NULL && i == 1 && skip < index; skip++)
        node = ferry_xml_get_next (node, names[i]);
    }

  return node == NULL ? NULL : ferry_xml_dup_text (node);
}

static void
assert_has_at (xmlDoc *doc, const char *path, guint index, const char *expected)
{
  g_autofree char *text = look_up (doc, path, index);

  g_test_message ("%s %u", path, index);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_has (xmlDoc *doc, const char *path, const char *expected)
{
  assert_has_at (doc, path, 0, expected);
}

static void
test_whole (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *guest = get_guest (plan);
  g_autoptr (xmlDoc) doc = NULL;

  g_free (guest->name);
  guest->name = g_strdup ("tiny é & co");
  guest->memory_bytes = 536870913;
  guest->vcpus = 4;
  guest->firmware = FERRY_FIRMWARE_UEFI;
  guest->sockets = 2;
  guest->cores = 2;
  guest->threads = 1;
  doc = write_and_parse (guest);

  assert_has (doc, "@type", "vmware");
  assert_has (doc, "name", "tiny é & co");
  assert_has (doc, "memory", "524289");
  assert_has (doc, "memory/@unit", "KiB");
  assert_has (doc, "vcpu", "4");
  assert_has (doc, "cpu/topology/@sockets", "2");
  assert_has (doc, "cpu/topology/@cores", "2");
  assert_has (doc, "cpu/topology/@threads", "1");
  assert_has (doc, "os/@firmware", "efi");
  assert_has (doc, "os/type/@arch", "x86_64");
  assert_has_at (doc, "devices/disk/source/@file", 0, "/srv/input-0.qcow2");
  assert_has_at (doc, "devices/disk/source/@file", 1, "/srv/it's & <1>.qcow2");
  assert_has_at (doc, "devices/disk/target/@dev", 0, "sda");
  assert_has_at (doc, "devices/disk/target/@bus", 0, "scsi");
  assert_has_at (doc, "devices/disk/target/@dev", 1, "hdb");
  assert_has_at (doc, "devices/disk/target/@bus", 1, "ide");
  assert_has_at (doc, "devices/disk/driver/@type", 1, "qcow2");
  assert_has_at (doc, "devices/disk/@device", 1, "disk");
}

/* What nobody knows is not said. */
static void
test_unknown (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *guest = get_guest (plan);
  g_autoptr (xmlDoc) doc = NULL;

  guest->memory_bytes = 0;
  guest->vcpus = 0;
  guest->firmware = FERRY_FIRMWARE_UNKNOWN;
  doc = write_and_parse (guest);
  assert_has (doc, "memory", NULL);
  assert_has (doc, "vcpu", NULL);
  assert_has (doc, "os/@firmware", NULL);
}

static void
test_topology_of_other_number (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *guest = get_guest (plan);
  g_autoptr (xmlDoc) doc = NULL;

  guest->vcpus = 3;
  guest->sockets = 2;
  guest->cores = 2;
  guest->threads = 1;
  doc = write_and_parse (guest);
  assert_has (doc, "vcpu", "3");
  assert_has (doc, "cpu/topology/@sockets", NULL);
}

static void
test_nics (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *guest = get_guest (plan);
  FerryPlanNic *kept = ferry_plan_guest_get_nic (guest, 0);
  FerryPlanNic *renewed = ferry_plan_guest_get_nic (guest, 1);
  FerryPlanNic *fixed = ferry_plan_guest_get_nic (guest, 2);
  g_autoptr (xmlDoc) doc = NULL;

  ferry_plan_network_set (&kept->network, FERRY_NETWORK_NETWORK, "it's <net>\n\"2\"");
  kept->mac_kind = FERRY_MAC_KEEP;
  ferry_plan_network_set (&renewed->network, FERRY_NETWORK_BRIDGE, "br0");
  renewed->mac_kind = FERRY_MAC_NEW;
  fixed->mac_kind = FERRY_MAC_FIXED;
  fixed->mac = g_strdup ("52:54:00:00:00:01");
  ferry_plan_guest_get_nic (guest, 3)->mac_kind = FERRY_MAC_KEEP;
  doc = write_and_parse (guest);

  assert_has_at (doc, "devices/interface/@type", 0, "network");
  assert_has_at (doc, "devices/interface/source/@network", 0, "it's <net>\n\"2\"");
  assert_has_at (doc, "devices/interface/mac/@address", 0, "00:50:56:01:02:03");
  assert_has_at (doc, "devices/interface/model/@type", 0, "vmxnet3");
  assert_has_at (doc, "devices/interface/@type", 1, "bridge");
  assert_has_at (doc, "devices/interface/source/@bridge", 1, "br0");
  assert_has_at (doc, "devices/interface/mac/@address", 1, NULL);
  assert_has_at (doc, "devices/interface/@type", 2, "bridge");
  assert_has_at (doc, "devices/interface/source/@bridge", 2, FERRY_UNCONNECTED_BRIDGE);
  assert_has_at (doc, "devices/interface/mac/@address", 2, "52:54:00:00:00:01");
  assert_has_at (doc, "devices/interface/model/@type", 2, NULL);
  assert_has_at (doc, "devices/interface/mac/@address", 3, NULL);
  assert_has_at (doc, "devices/interface/model/@type", 3, "virtio");
}

/* What XML cannot hold must not make it unreadable. */
static void
test_odd_texts (void)
{
  static const char *const names[][2] = {
    { "a\001b\037", "a?b?" },
    { "half \xe2", "half \xef\xbf\xbd" },
    { "]]><!--x-->&#1;", "]]><!--x-->&#1;" },
    { "\xef\xbf\xbe", "?" },
    { "日本 😀", "日本 😀" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FerryPlan) plan = make_plan ();
      FerryPlanGuest *guest = get_guest (plan);
      g_autoptr (xmlDoc) doc = NULL;

      g_free (guest->name);
      guest->name = g_strdup (names[i][0]);
      doc = write_and_parse (guest);
      assert_has (doc, "name", names[i][1]);
    }
}

static void
test_many_disks (void)
{
  g_autoptr (FerryPlan) plan = make_plan ();
  FerryPlanGuest *guest = get_guest (plan);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) disks = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  g_autofree char *text = NULL;

  while (guest->source->disks->len < 703)
    g_ptr_array_add (guest->source->disks, ferry_disk_new ("more"));
  for (guint i = 0; i < 703; i++)
    g_strv_builder_add (paths, "/x");
  disks = g_strv_builder_end (paths);
  text = ferry_input_to_xml (guest, (const char *const *) disks);
  doc = parse (text);
  assert_has_at (doc, "devices/disk/target/@dev", 25, "sdz");
  assert_has_at (doc, "devices/disk/target/@dev", 26, "sdaa");
  assert_has_at (doc, "devices/disk/target/@dev", 701, "sdzz");
  assert_has_at (doc, "devices/disk/target/@dev", 702, "sdaaa");
}

/* --- overlays --- */

static void
test_overlay_source (void)
{
  static const struct
  {
    const char *path, *format;
    guint64 offset, length;
    const char *expected;
  } cases[] = {
    { "/a/b.vmdk", "vmdk", 0, 0,
      "json:{\"driver\":\"vmdk\",\"file\":{\"driver\":\"file\",\"filename\":\"/a/b.vmdk\"}}" },
    { "/a.ova", "vmdk", 1536, 1000,
      "json:{\"driver\":\"vmdk\",\"file\":{\"driver\":\"raw\",\"offset\":1536,\"size\":1024,"
      "\"file\":{\"driver\":\"file\",\"filename\":\"/a.ova\"}}}" },
    { "/q\"u,o\\te\n é", "raw", 512, 0,
      "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"raw\",\"offset\":512,"
      "\"file\":{\"driver\":\"file\",\"filename\":\"/q\\\"u,o\\\\te\\n é\"}}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const FerryDiskLocation location = { (char *) cases[i].path, (char *) cases[i].format,
                                           cases[i].offset, cases[i].length };
      g_autofree char *source = ferry_input_overlay_source (&location);

      g_assert_cmpstr (source, ==, cases[i].expected);
    }
}

typedef struct
{
  char *dir;
  char *work;
  FerryHost *host;
  FerryPlan *plan;
  FerryPlanGuest *guest;
  GPtrArray *locations;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-input-XXXXXX", NULL);
  fixture->work = g_build_filename (fixture->dir, "work é", NULL);
  g_assert_cmpint (g_mkdir (fixture->work, 0700), ==, 0);
  fixture->host = ferry_host_local_new ();
  fixture->plan = make_plan ();
  fixture->guest = get_guest (fixture->plan);
  g_ptr_array_set_size (fixture->guest->source->disks, 1);
  fixture->locations =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_location_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_tree_remove (fixture->dir, NULL);
  g_ptr_array_unref (fixture->locations);
  ferry_plan_free (fixture->plan);
  g_object_unref (fixture->host);
  g_free (fixture->work);
  g_free (fixture->dir);
}

static gboolean
has_qemu (void)
{
  g_autofree char *path = g_find_program_in_path ("qemu-img");

  if (path == NULL)
    g_test_skip ("qemu-img is not installed");
  return path != NULL;
}

static FerryDiskLocation *
add_file (Fixture *fixture, const char *name, const char *bytes, gsize length)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  FerryDiskLocation *location = ferry_disk_location_new (path, "raw");

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_ptr_array_add (fixture->locations, location);
  return location;
}

static char *
write_input (Fixture *fixture, GError **error)
{
  const FerryInput input = { fixture->guest, fixture->locations, fixture->work, "marker" };

  return ferry_input_write (fixture->host, &input, NULL, error);
}

/* Reads the first disk back as qemu sees it. */
static char *
read_overlay (Fixture *fixture, gsize *out_length)
{
  g_autofree char *overlay = g_build_filename (fixture->work, "input-0.qcow2", NULL);
  g_autofree char *raw = g_build_filename (fixture->dir, "raw", NULL);
  const char *argv[] = { "qemu-img", "convert", "-O", "raw", overlay, raw, NULL };
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (raw, &bytes, out_length, NULL));
  return bytes;
}

/* A part of a file whose name has everything that a shell, JSON, qemu or UTF-8 could trip over. */
static void
test_in_place (Fixture *fixture, gconstpointer data)
{
  static const char name[] = "tïny, 'two' \"x\":{}\\\n\xff é=1.ova";
  g_autofree char *bytes = g_strnfill (4096, 'x');
  FerryDiskLocation *location;
  g_autofree char *xml_path = NULL;
  g_autofree char *back = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!has_qemu ())
    return;

  memset (bytes + 1024, 'd', 700);
  location = add_file (fixture, name, bytes, 4096);
  location->offset = 1024;
  location->length = 700;
  xml_path = write_input (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (xml_path, G_FILE_TEST_IS_REGULAR));

  back = read_overlay (fixture, &length);
  g_assert_cmpuint (length, ==, 1024); /* whole sectors */
  for (gsize i = 0; i < 700; i++)
    g_assert_cmpint (back[i], ==, 'd');
}

/* qcow2's header keeps 1023 bytes of a name. */
static void
test_long_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *bytes = g_strnfill (1024, 'x');
  g_autofree char *folder = NULL;
  g_autofree char *xml_path = NULL;
  g_autoptr (GError) error = NULL;

  if (!has_qemu ())
    return;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *part = g_strnfill (200, 'n');

      g_string_append_printf (name, "%s/", part);
    }
  folder = g_build_filename (fixture->dir, name->str, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_string_append (name, "disk");
  add_file (fixture, name->str, bytes, 1024);

  xml_path = write_input (fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (xml_path);
}

static void
assert_fails (Fixture *fixture, FerryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (write_input (fixture, &error));
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_add (fixture->locations, ferry_disk_location_new ("/nonexistent/x", "raw"));
  assert_fails (fixture, FERRY_ERROR_NOT_FOUND);
}

static void
test_not_the_format (Fixture *fixture, gconstpointer data)
{
  FerryDiskLocation *location = add_file (fixture, "x", "nothing", 7);

  if (!has_qemu ())
    return;
  g_free (location->format);
  location->format = g_strdup ("vmdk");
  assert_fails (fixture, FERRY_ERROR_INVALID);
}

static void
test_odd_format (Fixture *fixture, gconstpointer data)
{
  FerryDiskLocation *location = add_file (fixture, "x", "nothing", 7);

  g_free (location->format);
  location->format = g_strdup ("nbd");
  assert_fails (fixture, FERRY_ERROR_UNSUPPORTED);
}

/* A description that points to any file of this computer. */
static void
test_refers_elsewhere (Fixture *fixture, gconstpointer data)
{
  static const char descriptor[] = "# Disk DescriptorFile\nversion=1\nCID=fffffffe\n"
                                   "parentCID=ffffffff\ncreateType=\"monolithicFlat\"\n"
                                   "RW 8 FLAT \"/etc/passwd\" 0\n";
  FerryDiskLocation *location = add_file (fixture, "x", descriptor, strlen (descriptor));

  g_free (location->format);
  location->format = g_strdup ("vmdk");
  assert_fails (fixture, FERRY_ERROR_UNSUPPORTED);
}

static void
test_other_disks (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, FERRY_ERROR_INVALID);
}

static void
test_unmapped (Fixture *fixture, gconstpointer data)
{
  add_file (fixture, "x", "x", 1);
  ferry_plan_network_set (&ferry_plan_guest_get_nic (fixture->guest, 1)->network,
                          FERRY_NETWORK_UNMAPPED, NULL);
  assert_fails (fixture, FERRY_ERROR_INVALID);
}

static void
test_no_qemu_img (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));

  add_file (fixture, "x", "x", 1);
  g_setenv ("PATH", "/nonexistent", TRUE);
  assert_fails (fixture, FERRY_ERROR_MISSING_TOOL);
  g_setenv ("PATH", path, TRUE);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/input-xml/whole", test_whole);
  g_test_add_func ("/input-xml/unknown", test_unknown);
  g_test_add_func ("/input-xml/topology-of-other-number", test_topology_of_other_number);
  g_test_add_func ("/input-xml/nics", test_nics);
  g_test_add_func ("/input-xml/odd-texts", test_odd_texts);
  g_test_add_func ("/input-xml/many-disks", test_many_disks);
  g_test_add_func ("/input-xml/overlay-source", test_overlay_source);
  ADD ("/input-xml/in-place", test_in_place);
  ADD ("/input-xml/long-name", test_long_name);
  ADD ("/input-xml/missing-file", test_missing_file);
  ADD ("/input-xml/not-the-format", test_not_the_format);
  ADD ("/input-xml/odd-format", test_odd_format);
  ADD ("/input-xml/refers-elsewhere", test_refers_elsewhere);
  ADD ("/input-xml/other-disks", test_other_disks);
  ADD ("/input-xml/unmapped", test_unmapped);
  ADD ("/input-xml/no-qemu-img", test_no_qemu_img);

  return g_test_run ();
}
