/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-error.h"
#include "ferry-plan.h"

#include <string.h>

/* Plans that somebody got wrong: each is refused with a sentence that names the place. */

#define HEAD "{\"version\":1,\"source\":{\"kind\":\"ova\",\"path\":\"/a\"},"
#define FOLDER "\"destination\":{\"kind\":\"folder\",\"path\":\"/b\"},"
#define START HEAD FOLDER
#define SOURCE "\"source\":{\"id\":\"i\",\"name\":\"n\",\"nics\":[{\"name\":\"e\"}]}"
#define GUEST(members) START "\"guests\":[{" members "," SOURCE "}]}"
#define NIC(members) GUEST ("\"name\":\"n\",\"nics\":[{" members "}]")
#define INVALID "The plan is not valid: "

static const struct
{
  const char *text;
  const char *message;
} bad[] = {
  { "", "This is not a plan of Ferry. It is empty." },
  { "[]", "This is not a plan of Ferry. It must be a JSON object." },
  { "null", "This is not a plan of Ferry. It must be a JSON object." },
  { "{\"version\":1", "This is not a plan of Ferry. Line 1 is not valid JSON." },
  { "{\"version\":\"\xe4\"}", "This is not a plan of Ferry. It is not UTF-8 text." },
  { "{}", INVALID "version is missing." },
  { "{\"version\":\"1\"}", INVALID "version must be a whole number." },
  { "{\"version\":0}", INVALID "version must be 1." },
  { "{\"version\":2}",
    "This plan was written by a newer Ferry (version 2). Update Ferry to open it." },
  { "{\"version\":2,\"source\":7}",
    "This plan was written by a newer Ferry (version 2). Update Ferry to open it." },
  { "{\"version\":1}", INVALID "source is missing." },
  { "{\"version\":1,\"source\":[]}", INVALID "source must be an object." },
  { "{\"version\":1,\"source\":{}}", INVALID "source.kind is missing." },
  { "{\"version\":1,\"source\":{\"kind\":\"tape\"}}",
    INVALID "source.kind must be one of these words: ova, vsphere, libvirt." },
  { "{\"version\":1,\"source\":{\"kind\":\"ova\"}}", INVALID "source.path is missing." },
  { "{\"version\":1,\"source\":{\"kind\":\"ova\",\"path\":\"a.ova\"}}",
    INVALID "source.path must be an absolute path: one that begins with ‘/’." },
  { HEAD "\"guests\":[]}", INVALID "destination is missing." },
  { HEAD "\"destination\":{\"kind\":\"folder\"}}", INVALID "destination.path is missing." },
  { HEAD "\"destination\":{\"kind\":\"folder\",\"path\":\"./b\"}}",
    INVALID "destination.path must be an absolute path: one that begins with ‘/’." },
  { HEAD "\"destination\":{\"kind\":\"libvirt\"}}", INVALID "destination.uri is missing." },
  { HEAD "\"destination\":{\"kind\":\"libvirt\",\"uri\":\"x\",\"pool\":[]}}",
    INVALID "destination.pool must be a text." },
  { START "\"host\":\"ssh:x\",\"guests\":[]}",
    INVALID "host must be ‘local’: this version of Ferry knows no other." },
  { START "\"host\":1,\"guests\":[]}", INVALID "host must be a text." },
  { START "\"defaults\":[]}", INVALID "defaults must be an object." },
  { START "\"defaults\":{\"format\":\"vmdk\"}}",
    INVALID "defaults.format must be one of these words: qcow2, raw." },
  { START "\"defaults\":{\"networks\":{\"A\":\"br0\"}}}",
    INVALID "defaults.networks.A must be an object." },
  { START "\"defaults\":{\"networks\":{\"A\":{\"kind\":\"network\"}}}}",
    INVALID "defaults.networks.A.name is missing." },
  { START "\"x\":1}", INVALID "guests is missing." },
  { START "\"guests\":{}}", INVALID "guests must be an array." },
  { START "\"guests\":[null]}", INVALID "guests[0] must be an object." },
  { START "\"guests\":[{\"name\":\"n\"}]}", INVALID "guests[0].source is missing." },
  { START "\"guests\":[{\"name\":\"n\",\"source\":3}]}",
    INVALID "guests[0].source must be an object." },
  { START "\"guests\":[{\"name\":\"n\",\"source\":{\"id\":\"i\"}}]}",
    INVALID "guests[0].source.name is missing." },
  { START "\"guests\":[{\"source\":{\"id\":\"i\",\"name\":\"n\"}}]}",
    INVALID "guests[0].name is missing." },
  { START "\"guests\":[{\"name\":\"n\",\"source\":{\"id\":\"i\",\"name\":\"n\",\"disks\":"
          "[{\"name\":\"d\",\"capacity_bytes\":100000000000000000,\"file\":[]}]}}]}",
    INVALID "guests[0].source.disks[0].file must be a text." },
  { START "\"guests\":[{\"name\":\"n\",\"source\":{\"id\":\"i\",\"name\":\"n\",\"disks\":"
          "[{\"name\":\"d\",\"capacity_bytes\":10000000000000000000}]}}]}",
    "This is not a plan of Ferry. Line 1 has a number that is too large." },
  { START "\"guests\":[{\"name\":\"n\",\"source\":{\"id\":\"i\",\"name\":\"n\"}},"
          "{\"name\":\"m\",\"source\":{\"id\":\"i\",\"name\":\"n\"}}]}",
    INVALID "guests[1].source.id is that of another guest too." },
  { GUEST ("\"name\":\"a/b\""),
    INVALID "guests[0].name: A name must not contain a slash or control characters." },
  { GUEST ("\"name\":\"..\""),
    INVALID "guests[0].name: A name must not begin with a hyphen or a dot." },
  { GUEST ("\"name\":\"\""), INVALID "guests[0].name: A name must not be empty." },
  { GUEST ("\"name\":\"n\""),
    INVALID "guests[0].nics must have as many elements as source.nics: 1, not 0." },
  { GUEST ("\"name\":\"n\",\"description\":\"a\\u0001\""),
    INVALID "guests[0].description must not contain control characters." },
  { GUEST ("\"name\":\"n\",\"memory_bytes\":\"1 GiB\""),
    INVALID "guests[0].memory_bytes must be a whole number." },
  { GUEST ("\"name\":\"n\",\"memory_bytes\":100000000000000000"),
    INVALID "guests[0].memory_bytes is too large." },
  { GUEST ("\"name\":\"n\",\"memory_bytes\":-1"),
    INVALID "guests[0].memory_bytes must not be negative." },
  { GUEST ("\"name\":\"n\",\"vcpus\":100000"), INVALID "guests[0].vcpus is too large." },
  { GUEST ("\"name\":\"n\",\"firmware\":\"openfirmware\""),
    INVALID "guests[0].firmware must be one of these words: unknown, bios, uefi." },
  { GUEST ("\"name\":\"n\",\"root\":\"ask\""),
    INVALID "guests[0].root must be ‘single’, ‘first’ or a device like ‘/dev/sda2’." },
  { GUEST ("\"name\":\"n\",\"root\":\"/dev/sda2; reboot\""),
    INVALID "guests[0].root must be ‘single’, ‘first’ or a device like ‘/dev/sda2’." },
  { GUEST ("\"name\":\"n\",\"start\":\"yes\""), INVALID "guests[0].start must be true or false." },
  { NIC ("\"network\":\"br0\""), INVALID "guests[0].nics[0].network must be an object." },
  { NIC ("\"network\":{\"kind\":\"vlan\"}"),
    INVALID "guests[0].nics[0].network.kind must be one of these words: unmapped, none, network, "
            "bridge." },
  { NIC ("\"network\":{\"kind\":\"bridge\",\"name\":\"\"}"),
    INVALID "guests[0].nics[0].network.name must not be empty." },
  { NIC ("\"mac\":\"keep\""),
    INVALID "guests[0].nics[0].mac cannot be ‘keep’: the source gives no MAC address." },
  { NIC ("\"mac\":\"ff:ff:ff:ff:ff:ff\""),
    INVALID "guests[0].nics[0].mac must be ‘keep’, ‘new’ or a MAC address like "
            "52:54:00:12:34:56." },
  { GUEST ("\"name\":\"n\",\"nics\":[{},{}]"),
    INVALID "guests[0].nics must have as many elements as source.nics: 1, not 2." },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlan) plan = ferry_plan_from_text (bad[i].text, -1, &error);

      g_assert_null (plan);
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, bad[i].message);
    }
}

/* Beside the bad ones: the same texts with nothing wrong. */
static void
test_good (void)
{
  const char *const good[] = {
    START "\"guests\":[]}",
    NIC ("\"network\":null"),
    NIC ("\"mac\":\"new\",\"network\":{\"kind\":\"none\"}"),
    NIC ("\"mac\":\"52-54-00-12-34-56\",\"network\":{\"kind\":\"bridge\",\"name\":\"br0\"}"),
    GUEST ("\"name\":\"n\",\"root\":\"/dev/vg-1/root\",\"memory_bytes\":null,\"nics\":[{}]"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlan) plan = ferry_plan_from_text (good[i], -1, &error);

      g_assert_no_error (error);
      g_assert_nonnull (plan);
    }
}

/* Every truncation and every changed byte of a good plan is refused or read: no crash. */
static void
test_damaged (void)
{
  const char *good = NIC ("\"mac\":\"new\",\"network\":{\"kind\":\"bridge\",\"name\":\"br0\"}");
  gsize length = strlen (good);

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (FerryPlan) cut = ferry_plan_from_text (good, (gssize) i, NULL);

      g_assert_null (cut);
      for (guint n = 0; n < 8; n++)
        {
          g_autofree char *text = g_strndup (good, length);
          g_autoptr (GError) error = NULL;
          g_autoptr (FerryPlan) plan = NULL;

          text[i] = (char) (text[i] ^ (1 << n));
          plan = ferry_plan_from_text (text, (gssize) length, &error);
          g_assert_true ((plan == NULL) == (error != NULL));
        }
    }
}

static void
test_deep (void)
{
  g_autofree char *brackets = g_strnfill (10000, '[');
  g_autofree char *text = g_strconcat (START "\"guests\":", brackets, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = ferry_plan_from_text (text, -1, &error);

  g_assert_null (plan);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "nested too deeply"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-bad/bad", test_bad);
  g_test_add_func ("/plan-bad/good", test_good);
  g_test_add_func ("/plan-bad/damaged", test_damaged);
  g_test_add_func ("/plan-bad/deep", test_deep);

  return g_test_run ();
}
