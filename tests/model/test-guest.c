/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-guest.h"
#include "ferry-json.h"

#include <string.h>

static FerryGuest *
make_guest (void)
{
  FerryGuest *guest = ferry_guest_new ("ova:Wäb 1", "Wäb 1");
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");
  FerryNic *nic = ferry_nic_new ("Network adapter 1");

  guest->power = FERRY_POWER_OFF;
  guest->os_id = g_strdup ("debian12_64Guest");
  guest->memory_bytes = G_GUINT64_CONSTANT (2) << 30;
  guest->vcpus = 4;
  guest->firmware = FERRY_FIRMWARE_UEFI;
  guest->uuid = g_strdup ("420b");
  guest->hypervisor = FERRY_HYPERVISOR_VMWARE;
  guest->place = g_strdup ("DC0/esx1");
  guest->secure_boot = FERRY_TRUTH_YES;
  guest->tpm = FERRY_TRUTH_NO;
  guest->n_snapshots = 0;
  disk->file = g_strdup ("disk1.vmdk");
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = G_GUINT64_CONSTANT (8) << 30;
  disk->used_bytes = 0;
  disk->bus = FERRY_BUS_NVME;
  disk->flags = FERRY_DISK_COMPRESSED | FERRY_DISK_REMOTE | FERRY_DISK_RDM | FERRY_DISK_HAS_PARENT;
  g_ptr_array_add (guest->disks, disk);
  nic->mac = g_strdup ("00:0c:29:aa:bb:cc");
  nic->network = g_strdup ("VM Network");
  g_ptr_array_add (guest->nics, nic);
  g_ptr_array_add (guest->checks, ferry_check_new ("disk.no-file", FERRY_SEVERITY_WARNING, "Do it.",
                                                   "%d disk is blank.", 1));

  return guest;
}

static char *
to_text (const FerryGuest *guest)
{
  g_autoptr (JsonNode) node = ferry_guest_to_json (guest);

  return ferry_json_to_text (node, FALSE);
}

static FerryGuest *
from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = ferry_json_parse (text, -1, error);

  return node != NULL ? ferry_guest_from_json (node, error) : NULL;
}

static void
test_json (void)
{
  g_autoptr (FerryGuest) guest = make_guest ();
  g_autofree char *text = to_text (guest);
  const char *expected =
    "{\"id\":\"ova:Wäb 1\",\"name\":\"Wäb 1\",\"uuid\":\"420b\",\"hypervisor\":\"vmware\","
    "\"place\":\"DC0/esx1\",\"folder\":null,\"state\":\"off\",\"os\":null,"
    "\"os_id\":\"debian12_64Guest\",\"description\":null,\"memory_bytes\":2147483648,\"vcpus\":4,"
    "\"sockets\":null,\"cores\":null,\"threads\":null,\"firmware\":\"uefi\",\"secure_boot\":true,"
    "\"tpm\":false,\"tools\":null,\"snapshots\":0,\"disks\":["
    "{\"name\":\"Hard disk 1\",\"capacity_bytes\":8589934592,\"used_bytes\":0,"
    "\"format\":\"vmdk\",\"bus\":\"nvme\",\"file\":\"disk1.vmdk\",\"storage\":null,\"compressed\":true,"
    "\"chunked\":false,\"remote\":true,\"rdm\":true,\"has_parent\":true}],\"nics\":[{\"name\":\"Network adapter 1\","
    "\"mac\":\"00:0c:29:aa:bb:cc\",\"network\":\"VM Network\",\"model\":null}],\"checks\":["
    "{\"id\":\"disk.no-file\",\"severity\":\"warning\",\"text\":\"1 disk is blank.\","
    "\"advice\":\"Do it.\"}],\"inside\":null}";

  g_assert_cmpstr (text, ==, expected);
}

static void
test_unknown_is_null (void)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("i", "n");
  g_autoptr (FerryGuest) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (guest->disks, ferry_disk_new ("d"));
  text = to_text (guest);
  g_assert_null (strstr (text, "unknown"));
  g_assert_nonnull (strstr (text, "\"used_bytes\":null"));

  back = from_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->power, ==, FERRY_POWER_UNKNOWN);
  g_assert_cmpint (back->firmware, ==, FERRY_FIRMWARE_UNKNOWN);
  g_assert_cmpuint (back->memory_bytes, ==, 0);
  g_assert_cmpint (back->hypervisor, ==, FERRY_HYPERVISOR_UNKNOWN);
  g_assert_cmpint (back->tpm, ==, FERRY_TRUTH_UNKNOWN);
  g_assert_cmpint (back->n_snapshots, ==, -1);
  g_assert_cmpint (ferry_guest_get_disk (back, 0)->used_bytes, ==, -1);
  g_assert_cmpint (ferry_guest_get_disk (back, 0)->bus, ==, FERRY_BUS_UNKNOWN);
}

static void
test_round_trip (void)
{
  g_autoptr (FerryGuest) guest = make_guest ();
  g_autofree char *text = to_text (guest);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) back = from_text (text, &error);
  g_autoptr (FerryGuest) copy = NULL;
  g_autofree char *back_text = NULL;
  g_autofree char *copy_text = NULL;

  g_assert_no_error (error);
  back_text = to_text (back);
  g_assert_cmpstr (back_text, ==, text);
  copy = ferry_guest_copy (back);
  copy_text = to_text (copy);
  g_assert_cmpstr (copy_text, ==, text);
}

static void
test_keeps_unknown_members (void)
{
  const char *text = "{\"id\":\"i\",\"name\":\"n\",\"watchdog\":{\"v\":[1,{\"a\":2.5}]},"
                     "\"disks\":[{\"name\":\"d\",\"lun\":7}],\"nics\":[{\"name\":\"e\",\"x\":null}],"
                     "\"checks\":[{\"id\":\"a.b\",\"severity\":\"note\",\"text\":\"t\",\"u\":true}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) guest = from_text (text, &error);
  g_autoptr (FerryGuest) copy = NULL;
  g_autofree char *back = NULL;

  g_assert_no_error (error);
  copy = ferry_guest_copy (guest);
  g_clear_pointer (&guest, ferry_guest_free);
  back = to_text (copy);
  g_assert_nonnull (strstr (back, "\"watchdog\":{\"v\":[1,{\"a\":2.5}]}"));
  g_assert_nonnull (strstr (back, "\"lun\":7"));
  g_assert_nonnull (strstr (back, "\"x\":null"));
  g_assert_nonnull (strstr (back, "\"u\":true"));
}

static const struct
{
  const char *text;
  const char *message;
} bad[] = {
  { "[]", "A virtual machine must be an object." },
  { "{}", "id is missing." },
  { "{\"id\":1,\"name\":\"n\"}", "id must be a text." },
  { "{\"id\":\"i\",\"name\":null}", "name is missing." },
  { "{\"id\":\"i\",\"name\":\"n\",\"state\":\"dancing\"}",
    "state must be one of these words: unknown, off, running, paused, suspended." },
  { "{\"id\":\"i\",\"name\":\"n\",\"vcpus\":-1}", "vcpus must not be negative." },
  { "{\"id\":\"i\",\"name\":\"n\",\"vcpus\":99999999999}", "vcpus is too large." },
  { "{\"id\":\"i\",\"name\":\"n\",\"vcpus\":1.5}", "vcpus must be a whole number." },
  { "{\"id\":\"i\",\"name\":\"n\",\"disks\":{}}", "disks must be an array." },
  { "{\"id\":\"i\",\"name\":\"n\",\"disks\":[7]}", "disks[0] must be an object." },
  { "{\"id\":\"i\",\"name\":\"n\",\"disks\":[{\"name\":\"d\"},{}]}", "disks[1].name is missing." },
  { "{\"id\":\"i\",\"name\":\"n\",\"disks\":[{\"name\":\"d\",\"chunked\":1}]}",
    "disks[0].chunked must be true or false." },
  { "{\"id\":\"i\",\"name\":\"n\",\"nics\":[{\"name\":\"d\",\"mac\":\"01:00:5e:00:00:01\"}]}",
    "nics[0].mac must be the MAC address of a network adapter, like 52:54:00:12:34:56." },
  { "{\"id\":\"i\",\"name\":\"n\",\"checks\":[{\"id\":\"a\",\"severity\":\"bad\",\"text\":\"\"}]}",
    "checks[0].severity must be one of these words: blocker, warning, note." },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryGuest) guest = from_text (bad[i].text, &error);

      g_assert_null (guest);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, bad[i].message);
    }
}

static const struct
{
  const char *mac;
  const char *normal;
} macs[] = {
  { "52:54:00:12:34:56", "52:54:00:12:34:56" },
  { "52-54-00-AB-CD-EF", "52:54:00:ab:cd:ef" },
  { "525400abcdef", "52:54:00:ab:cd:ef" },
  { "5254.00ab.cdef", "52:54:00:ab:cd:ef" },
  { "00:00:00:00:00:00", NULL },
  { "ff:ff:ff:ff:ff:ff", NULL },
  { "53:54:00:12:34:56", NULL },
  { "52:54:00:12:34", NULL },
  { "52:54:00:12:34:56:78", NULL },
  { "52:54:00:12:34:5g", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
test_mac (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (macs); i++)
    {
      g_autofree char *normal = ferry_mac_normalize (macs[i].mac);

      g_assert_cmpstr (normal, ==, macs[i].normal);
    }
  g_assert_true (ferry_mac_is_valid ("52:54:00:12:34:56"));
  g_assert_false (ferry_mac_is_valid ("52-54-00-12-34-56"));
  g_assert_false (ferry_mac_is_valid ("52:54:00:12:34:5é"));
}

/* What a careless reader leaves in a MAC is not carried on. */
static void
test_bad_mac_is_not_written (void)
{
  g_autoptr (FerryGuest) guest = make_guest ();
  FerryNic *nic = g_ptr_array_index (guest->nics, 0);
  g_autofree char *text = NULL;

  g_free (nic->mac);
  nic->mac = g_strdup ("VMware generated");
  text = to_text (guest);
  g_assert_nonnull (strstr (text, "\"mac\":null"));
}

static void
test_sizes (void)
{
  g_autoptr (FerryGuest) guest = make_guest ();
  FerryDisk *disk = ferry_disk_new ("b");
  gboolean complete = TRUE;

  g_ptr_array_add (guest->disks, disk);
  g_assert_cmpuint (ferry_guest_get_capacity_bytes (guest), ==, G_GUINT64_CONSTANT (8) << 30);
  g_assert_cmpuint (ferry_guest_get_used_bytes (guest, &complete), ==, 0);
  g_assert_false (complete);
  disk->capacity_bytes = 100;
  g_assert_cmpuint (ferry_guest_get_used_bytes (guest, &complete), ==, 100);
  g_assert_true (complete);
  disk->capacity_bytes = G_MAXUINT64;
  g_assert_cmpuint (ferry_guest_get_capacity_bytes (guest), ==, G_MAXUINT64);
  g_assert_null (ferry_guest_get_disk (guest, 2));
  g_assert_null (ferry_guest_get_nic (guest, 1));
}

/* A check of a disk or adapter has its index, also before that is among the guest's. */
static void
test_part_checks (void)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ("1", "web");
  FerryDisk *first = ferry_disk_new ("sda");
  FerryDisk *second = ferry_disk_new ("sdb");
  FerryNic *nic = ferry_nic_new ("Network adapter 1");
  static const int parts[] = { 0, 1, 0, 0 };

  g_ptr_array_add (guest->disks, first);
  ferry_guest_take_disk_check (guest, first,
                               ferry_check_new ("disk.is-link", FERRY_SEVERITY_NOTE, "", "T."));
  ferry_guest_take_disk_check (guest, second,
                               ferry_check_new ("disk.is-link", FERRY_SEVERITY_NOTE, "", "T."));
  g_ptr_array_add (guest->disks, second);
  ferry_guest_take_nic_check (guest, nic,
                              ferry_check_new ("nic.bad-mac", FERRY_SEVERITY_NOTE, "", "T."));
  g_ptr_array_add (guest->nics, nic);
  ferry_guest_take_nic_check (guest, nic,
                              ferry_check_new ("nic.bad-mac", FERRY_SEVERITY_NOTE, "", "T."));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_cmpint (((FerryCheck *) g_ptr_array_index (guest->checks, i))->part, ==, parts[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guest/json", test_json);
  g_test_add_func ("/guest/unknown-is-null", test_unknown_is_null);
  g_test_add_func ("/guest/round-trip", test_round_trip);
  g_test_add_func ("/guest/keeps-unknown-members", test_keeps_unknown_members);
  g_test_add_func ("/guest/bad", test_bad);
  g_test_add_func ("/guest/mac", test_mac);
  g_test_add_func ("/guest/bad-mac-is-not-written", test_bad_mac_is_not_written);
  g_test_add_func ("/guest/part-checks", test_part_checks);
  g_test_add_func ("/guest/sizes", test_sizes);

  return g_test_run ();
}
