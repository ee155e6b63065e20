/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-tree.h"
#include "ferryctl-choices.h"

#include <string.h>

/* The options of “ferryctl plan”: from words to the model. Each command line is written with “|”
 * between its words. */

static FerryGuest *
make_guest (const char *id, const char *name)
{
  static const char *const networks[] = { "LAN", "DMZ" };
  static const char *const storages[] = { "fast", "slow", "fast" };
  FerryGuest *guest = ferry_guest_new (id, name);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *nic_name = g_strdup_printf ("Network adapter %u", i + 1);
      FerryNic *nic = ferry_nic_new (nic_name);

      nic->network = g_strdup (networks[i]);
      nic->mac = i == 0 ? g_strdup ("00:50:56:00:00:01") : NULL;
      g_ptr_array_add (guest->nics, nic);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *disk_name = g_strdup_printf ("Hard disk %u", i + 1);
      FerryDisk *disk = ferry_disk_new (disk_name);

      disk->storage = g_strdup (storages[i]);
      g_ptr_array_add (guest->disks, disk);
    }
  guest->vcpus = 4;
  guest->sockets = 2;
  guest->cores = 2;
  guest->threads = 1;

  return guest;
}

static gboolean
parse (FerryctlChoices *choices, const char *line, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *whole = g_strconcat ("ferryctl|", line, NULL);
  g_auto (GStrv) argv = g_strsplit (whole, "|", -1);

  ferryctl_choices_add_options (choices, context);

  return g_option_context_parse_strv (context, &argv, error);
}

static gboolean
fill (FerryPlan *plan, const char *line, const char *const *names, GError **error)
{
  g_auto (FerryctlChoices) choices = { 0 };

  if (!parse (&choices, line, error) || !ferryctl_choices_apply_defaults (&choices, plan, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("vm-%u", i + 1);
      g_autoptr (FerryGuest) guest = make_guest (id, names[i]);

      ferry_plan_add_guest (plan, guest);
    }

  return ferryctl_choices_apply_to_guests (&choices, plan, error);
}

/* @names: of the virtual machines, with “,” between them */
static FerryPlan *
make_plan (const char *line, const char *names, GError **error)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_auto (GStrv) split = g_strsplit (names, ",", -1);

  ferry_plan_set_ova_source (plan, "/a.ova");

  return fill (plan, line, (const char *const *) split, error) ? g_steal_pointer (&plan) : NULL;
}

static FerryPlan *
make_good (const char *line, const char *names)
{
  g_autoptr (GError) error = NULL;
  FerryPlan *plan = make_plan (line, names, &error);
  g_autofree char *text = NULL;
  g_autoptr (FerryPlan) back = NULL;

  g_assert_no_error (error);
  text = ferry_plan_to_text (plan);
  back = ferry_plan_from_text (text, -1, &error);
  g_assert_no_error (error);

  return plan;
}

#define TO "--to|libvirt:qemu:///system,pool=images|"

/* --- the same on the model --- */

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* What the wizard does: guests first, then choices. */
static FerryPlan *
make_by_hand (void)
{
  static const char *const dns[] = { "192.0.2.1", "2001:db8::1", NULL };
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) one = make_guest ("vm-1", "Web A");
  g_autoptr (FerryGuest) two = make_guest ("vm-2", "db");
  FerryPlanNetwork network = { 0 };
  FerryPlanGuest *guest;
  FerryPlanNic *nic;
  FerryPlanDisk *disk;

  ferry_plan_set_ova_source (plan, "/a.ova");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  ferry_plan_add_guest (plan, one);
  ferry_plan_add_guest (plan, two);

  set_text (&plan->name_rule.pattern, "kvm-{name}");
  set_text (&plan->name_rule.find, " ");
  set_text (&plan->name_rule.replace, "-");
  plan->name_rule.lower_case = TRUE;
  ferry_plan_rename_all (plan);
  plan->format = FERRY_FORMAT_RAW;
  plan->allocation = FERRY_ALLOCATION_PREALLOCATED;
  plan->start = TRUE;
  plan->drivers = g_strdup ("/srv/virtio-win.iso");
  plan->block_driver = g_strdup ("virtio-scsi");
  ferry_plan_network_set (&network, FERRY_NETWORK_BRIDGE, "br0");
  ferry_plan_set_mapping (plan, "LAN", &network);
  ferry_plan_apply_mapping (plan, "LAN", &network);
  ferry_plan_network_set (&network, FERRY_NETWORK_NONE, NULL);
  ferry_plan_set_mapping (plan, "*", &network);
  ferry_plan_apply_mapping (plan, "*", &network);
  ferry_plan_set_storing (plan, "fast", "ssd");
  ferry_plan_apply_storing (plan, "fast", "ssd");
  for (guint i = 0; i < 2; i++)
    {
      guest = ferry_plan_get_guest (plan, i);
      guest->format = FERRY_FORMAT_RAW;
      guest->allocation = FERRY_ALLOCATION_PREALLOCATED;
      guest->start = TRUE;
      guest->memory_bytes = G_GUINT64_CONSTANT (4) << 30;
      set_text (&guest->root, "first");
    }

  guest = ferry_plan_get_guest (plan, 0);
  guest->start = FALSE;
  set_text (&guest->description, "The shop, which we need");
  set_text (&guest->os, "debian11");
  guest->firmware = FERRY_FIRMWARE_UEFI;
  guest->vcpus = 8;
  guest->sockets = 1;
  guest->cores = 4;
  guest->threads = 2;
  disk = ferry_plan_guest_get_disk (guest, 0);
  disk->included = FALSE;
  disk = ferry_plan_guest_get_disk (guest, 1);
  set_text (&disk->storage, "big");
  disk->format = FERRY_FORMAT_QCOW2;
  disk->allocation = FERRY_ALLOCATION_SPARSE;
  guest->boot_disk = 1;
  nic = ferry_plan_guest_get_nic (guest, 1);
  ferry_plan_network_set (&network, FERRY_NETWORK_NETWORK, "none");
  ferry_plan_network_copy (&network, &nic->network);
  nic->mac_kind = FERRY_MAC_FIXED;
  set_text (&nic->mac, "52:54:00:aa:bb:cc");
  set_text (&nic->model, "e1000e");
  nic->connected = FALSE;
  set_text (&nic->address.ip, "192.0.2.10");
  nic->address.prefix = 24;
  set_text (&nic->address.gateway, "192.0.2.1");
  nic->address.dns = g_strdupv ((char **) dns);
  set_text (&ferry_plan_get_guest (plan, 1)->name, "database");
  ferry_plan_network_clear (&network);

  return plan;
}

static void
test_same_as_by_hand (void)
{
  g_autoptr (FerryPlan) plan = make_good (
      TO "--name-pattern|kvm-{name}|--replace| =-|--lower-case|--format|raw|--allocation|"
         "preallocated|--start|--drivers|/srv/virtio-win.iso|--block-driver|virtio-scsi|"
         "--network|LAN=bridge:br0|--network|*=none|--storage|fast=ssd|--memory|4G|--root|first|"
         "--rename|db=database|"
         "--guest|Web A:start=no,description=The shop,, which we need,os=debian11,firmware=uefi,"
         "topology=1:4:2|"
         "--disk|Web A:1:out|--disk|Web A:Hard disk 2:boot,pool=big,format=qcow2,allocation=sparse|"
         "--nic|Web A:2:network=network:none,mac=52-54-00-AA-BB-CC,model=e1000e,connected=no|"
         "--nic|vm-1:2:ip=192.0.2.10/24,gateway=192.0.2.1,dns=192.0.2.1,dns=2001:db8::1",
      "Web A,db");
  g_autoptr (FerryPlan) by_hand = make_by_hand ();
  g_autofree char *text = ferry_plan_to_text (plan);
  g_autofree char *by_hand_text = ferry_plan_to_text (by_hand);

  g_assert_cmpstr (text, ==, by_hand_text);
}

/* --- one thing each --- */

static void
test_for_all (void)
{
  g_autoptr (FerryPlan) plan =
      make_good (TO "--disk|3:out|--nic|1:model=virtio,mac=new|--guest|vcpus=2", "a,b");

  for (guint i = 0; i < 2; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      g_assert_cmpuint (ferry_plan_guest_count_included (guest), ==, 2);
      g_assert_cmpstr (ferry_plan_guest_get_nic (guest, 0)->model, ==, "virtio");
      g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->mac_kind, ==, FERRY_MAC_NEW);
      g_assert_cmpuint (guest->vcpus, ==, 2);
      g_assert_cmpuint (guest->sockets, ==, 0);
    }
}

static void
test_topology (void)
{
  g_autoptr (FerryPlan) same = make_good (TO "--vcpus|4", "a");
  g_autoptr (FerryPlan) both = make_good (TO "--vcpus|6|--topology|1:3:2", "a");

  g_assert_cmpuint (ferry_plan_get_guest (same, 0)->sockets, ==, 2);
  g_assert_cmpuint (ferry_plan_get_guest (both, 0)->cores, ==, 3);
}

/* Names with everything in them that the grammar is made of. */
static void
test_odd_names (void)
{
  static const struct
  {
    const char *name;
    const char *line;
  } cases[] = {
    { "a:b", "--guest|a:b:memory=1G" }, { "a=b", "--guest|a=b:memory=1G" },
    { "1", "--guest|1:memory=1G" },     { "memory=1G", "--guest|memory=1G:memory=1G" },
    { "vm", "--guest|vm-1:memory=1G" }, { "a", "--guest|memory=1G" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strconcat (TO, cases[i].line, NULL);
      g_autoptr (FerryPlan) plan = make_good (line, cases[i].name);

      g_assert_cmpuint (ferry_plan_get_guest (plan, 0)->memory_bytes, ==, 1 << 30);
    }
}

/* A virtual machine called “2”: its disks, and the second disk of all. */
static void
test_number_as_name (void)
{
  g_autoptr (FerryPlan) plan = make_good (TO "--disk|2:1:out|--disk|3:out", "2,b");

  g_assert_false (ferry_plan_guest_includes (ferry_plan_get_guest (plan, 0), 0));
  g_assert_false (ferry_plan_guest_includes (ferry_plan_get_guest (plan, 0), 2));
  g_assert_true (ferry_plan_guest_includes (ferry_plan_get_guest (plan, 1), 0));
  g_assert_false (ferry_plan_guest_includes (ferry_plan_get_guest (plan, 1), 2));
}

static void
test_longest_name (void)
{
  g_autoptr (FerryPlan) plan = make_good (TO "--guest|a:b:memory=1G|--rename|a=x=y", "a,a:b");

  g_assert_cmpuint (ferry_plan_get_guest (plan, 0)->memory_bytes, ==, 0);
  g_assert_cmpuint (ferry_plan_get_guest (plan, 1)->memory_bytes, ==, 1 << 30);
  g_assert_cmpstr (ferry_plan_get_guest (plan, 0)->name, ==, "x=y");
}

static void
test_name_pattern (void)
{
  g_autoptr (FerryPlan) plan = make_good (TO "--name-pattern|vm{n}", "a,b");

  g_assert_cmpstr (ferry_plan_get_guest (plan, 1)->name, ==, "vm2");
}

/* --- what is refused, and in which words --- */

static const struct
{
  const char *line; /* after --to; of virtual machines “web” and “db” */
  const char *says;
} bad_lines[] = {
  /* names */
  { "--name|x", "single virtual machine" },
  { "--guest|name=x", "single virtual machine" },
  { "--rename|web", "OLD=NEW" },
  { "--rename|=x", "OLD=NEW" },
  { "--rename|wbe=x", "did you mean ‘web’" },
  { "--rename|nobody=x", "‘nobody’" },
  { "--rename|web=", "--rename ‘web=’" },
  { "--rename|web=a/b", "--rename ‘web=a/b’" },
  { "--rename|web=.x", "--rename" },
  { "--rename|web=a\nb", "--rename" },
  { "--rename|web=db", "would be called ‘db’" },
  { "--rename|web=x|--guest|web:name=y", "another name already: ‘x’" },
  { "--guest|web:name=../../etc", "--guest" },
  { "--name-pattern|", "--name-pattern" },
  { "--name-pattern|web", "--name-pattern" },
  { "--name-pattern|{nmae}", "--name-pattern" },
  { "--name-pattern|{name", "--name-pattern" },
  { "--name-pattern|{name}/x", "--name-pattern" },
  { "--replace|x", "FIND=WITH" },
  { "--replace|=x", "FIND=WITH" },
  /* the grammar */
  { "--guest|", "KEY=VALUE" },
  { "--guest|web:", "KEY=VALUE" },
  { "--guest|web:memory=1G,", "KEY=VALUE" },
  { "--guest|web:,memory=1G", "KEY=VALUE" },
  { "--guest|web:memry=1G", "did you mean ‘memory’" },
  { "--guest|web:colour=red", "there is name, description" },
  { "--guest|web:memory", "‘memory’ needs a value" },
  { "--guest|web:memory=1G,memory=2G", "twice" },
  { "--guest|wbe:memory=1G", "did you mean ‘web’" },
  { "--guest|web", "there is no ‘web’" },
  { "--disk|web:1", "number of a" },
  { "--disk|out", "number of a" },
  { "--disk|web:out", "number of a disk" },
  { "--disk|web:0:out", "numbered from 1" },
  { "--disk|web:4:out", "it has 3" },
  { "--disk|4:out", "numbered from 1, and it has 3" },
  { "--disk|99999999999999999999:out", "numbered from 1" },
  { "--disk|-1:out", "numbered from 1" },
  { "--disk|nobody:1:out", "no virtual machine ‘nobody’" },
  { "--disk|web:1:out=yes", "stands alone" },
  { "--disk|web:1:format", "needs a value" },
  { "--disk|web:1:fromat=raw", "did you mean ‘format’" },
  { "--nic|web:3:mac=new", "it has 2" },
  { "--nic|model=virtio", "number of a" },
  /* hardware */
  { "--memory|4", "--memory: ‘4’ is not a size" },
  { "--memory|0G", "not a size" },
  { "--memory|-1G", "not a size" },
  { "--memory|2048T", "not a size" },
  { "--memory|99999999999999999999G", "not a size" },
  { "--guest|web:memory=", "not a size" },
  { "--vcpus|0", "from 1 to 4096" },
  { "--vcpus|4097", "from 1 to 4096" },
  { "--vcpus|2.5", "from 1 to 4096" },
  { "--topology|1:2", "SOCKETS:CORES:THREADS" },
  { "--topology|1:2:0", "SOCKETS:CORES:THREADS" },
  { "--topology|1:2:3:4", "SOCKETS:CORES:THREADS" },
  { "--topology|64:64:64", "SOCKETS:CORES:THREADS" },
  { "--topology|4294967297:1:1", "SOCKETS:CORES:THREADS" },
  { "--vcpus|4|--topology|1:3:1", "does not make 4 CPUs" },
  { "--guest|web:topology=1:3:1,vcpus=4", "does not make 4 CPUs" },
  { "--firmware|efi", "--firmware: write bios or uefi, not ‘efi’" },
  { "--root|sda1", "single, first or a device" },
  { "--root|/dev/", "single, first or a device" },
  { "--os|", "no operating system ‘’" },
  { "--os|plan9", "no operating system ‘plan9’" },
  { "--os|debian'/>", "no operating system" },
  { "--description|a\ab", "control characters" },
  { "--mac|random", "keep or new" },
  { "--guest|web:start=maybe", "yes or no" },
  /* disks */
  { "--format|vmdk", "qcow2 or raw" },
  { "--allocation|thin", "sparse or preallocated" },
  { "--disk|1:format=vmdk", "qcow2 or raw" },
  { "--disk|1:allocation=thin", "sparse or preallocated" },
  { "--disk|1:pool=", "name of the pool is missing" },
  { "--disk|1:pool=a\tb", "control characters" },
  { "--disk|1:out|--disk|2:out|--disk|web:3:out", "All disks of ‘web’ are left out" },
  { "--disk|web:1:boot|--disk|web:2:boot", "boots from one disk" },
  { "--disk|web:1:boot,out", "cannot boot from disk 1" },
  { "--disk|web:1:boot|--disk|1:out", "cannot boot from disk 1" },
  { "--storage|fast", "SRC=POOL" },
  { "--storage|=ssd", "SRC=POOL" },
  { "--storage|fast=", "SRC=POOL" },
  { "--storage|fsat=ssd", "in a storage ‘fsat’" },
  { "--block-driver|ide", "virtio-blk or virtio-scsi" },
  { "--drivers|", "path of an ISO" },
  /* networks */
  { "--network|LAN", "SRC=DST" },
  { "--network|LAN=bridge:", "name is missing" },
  { "--network|WAN=default", "on a network ‘WAN’" },
  { "--network|LAN=a\nb", "control characters" },
  { "--nic|1:network=", "name is missing" },
  { "--nic|1:network=bridge:", "name is missing" },
  { "--nic|web:1:mac=52:54:00:12:34", "not the MAC address" },
  { "--nic|web:1:mac=52:54:00:12:34:5g", "not the MAC address" },
  { "--nic|web:1:mac=01:00:5e:00:00:01", "not the MAC address" },
  { "--nic|web:1:mac=ff:ff:ff:ff:ff:ff", "not the MAC address" },
  { "--nic|web:1:mac=00:00:00:00:00:00", "not the MAC address" },
  { "--nic|web:1:mac=", "not the MAC address" },
  { "--nic|1:mac=52:54:00:12:34:56", "for one network adapter" },
  { "--nic|web:2:mac=keep", "no MAC address at the source" },
  { "--nic|1:model=a b", "not a model" },
  { "--nic|1:model=", "not a model" },
  { "--nic|1:connected=maybe", "yes or no" },
  { "--nic|1:ip=192.0.2.10", "for one network adapter" },
  { "--nic|web:1:ip=", "IP address" },
  { "--nic|web:1:ip=192.0.2", "IP address" },
  { "--nic|web:1:ip=192.0.2.10/", "192.0.2.10/24" },
  { "--nic|web:1:ip=192.0.2.10/0", "192.0.2.10/24" },
  { "--nic|web:1:ip=192.0.2.10/33", "from 1 to 32" },
  { "--nic|web:1:ip=2001:db8::1/129", "192.0.2.10/24" },
  { "--nic|web:1:ip=192.0.2.10,gateway=2001:db8::1", "same kind" },
  { "--nic|web:1:ip=192.0.2.10,dns=ns.example", "‘ns.example’" },
  { "--nic|web:1:gateway=192.0.2.1", "ip=ADDRESS" },
  { "--nic|web:1:dns=192.0.2.1", "ip=ADDRESS" },
  /* maps */
  { "--map|nothing", "no map ‘nothing’" },
};

static void
test_bad_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_lines); i++)
    {
      g_autofree char *line = g_strconcat (TO, bad_lines[i].line, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlan) plan = make_plan (line, "web,db", &error);

      g_test_message ("%s: %s", bad_lines[i].line, error != NULL ? error->message : "taken");
      if (plan != NULL || error->domain != FERRY_ERROR ||
          strstr (error->message, bad_lines[i].says) == NULL)
        g_test_fail_printf ("%s", bad_lines[i].line);
    }
}

/* What only a libvirt destination has. */
static void
test_folder (void)
{
  static const char *const lines[] = {
    "--start",
    "--guest|start=yes",
    "--storage|fast=ssd",
    "--disk|1:pool=ssd",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strconcat ("--to|folder:/srv|", lines[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlan) plan = make_plan (line, "web", &error);

      g_assert_null (plan);
      g_assert_nonnull (strstr (error->message, "libvirt destination"));
    }
}

static void
test_shut_down (void)
{
  static const char *const names[] = { "web", "db", NULL };
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryPlan) of_file = NULL;
  g_autoptr (GError) error = NULL;

  ferry_plan_source_set (&source->uri, "qemu:///system");
  ferry_plan_set_source (plan, source);
  g_assert_true (fill (plan, TO "--shut-down|--guest|db:shut-down=no", names, &error));
  g_assert_true (plan->shut_down);
  g_assert_true (ferry_plan_get_guest (plan, 0)->shut_down);
  g_assert_false (ferry_plan_get_guest (plan, 1)->shut_down);
  of_file = make_plan (TO "--guest|shut-down=yes", "web", &error);
  g_assert_null (of_file);
  g_assert_nonnull (strstr (error->message, "for a server"));
}

static void
test_same_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPlan) plan = make_plan (TO "--guest|web:memory=1G", "web,web", &error);
  g_autoptr (FerryPlan) by_id = make_good (TO "--guest|vm-2:memory=1G", "web,web");

  g_assert_null (plan);
  g_assert_nonnull (strstr (error->message, "‘vm-1’, ‘vm-2’"));
  g_assert_cmpuint (ferry_plan_get_guest (by_id, 1)->memory_bytes, ==, 1 << 30);
}

/* Whatever is typed: a plan that can be read, or a sentence. */
static void
test_random (void)
{
  static const char *const words[] = { "web",     "1",    "2",   ":",    ":",   "=",
                                       ",",       ",,",   "out", "boot", "mac", "ip",
                                       "network", "none", "/",   "pool", "x" };
  static const char *const options[] = { "--guest", "--disk", "--nic", "--rename" };

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) line = g_string_new (TO);
      g_autoptr (GError) error = NULL;
      g_autoptr (FerryPlan) plan = NULL;

      g_string_append_printf (line, "%s|", options[g_test_rand_int_range (0, 4)]);
      for (int n = g_test_rand_int_range (0, 9); n > 0; n--)
        g_string_append (line, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      plan = make_plan (line->str, "web,1", &error);
      g_assert_true ((plan == NULL) == (error != NULL));
      if (plan != NULL)
        {
          g_autofree char *text = ferry_plan_to_text (plan);

          ferry_plan_free (ferry_plan_from_text (text, -1, &error));
          g_assert_no_error (error);
        }
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("ferryctl-choices-XXXXXX", NULL);
  int result;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("FERRY_CONFIG_DIR", dir, TRUE);
  g_test_add_func ("/ferryctl-choices/same-as-by-hand", test_same_as_by_hand);
  g_test_add_func ("/ferryctl-choices/for-all", test_for_all);
  g_test_add_func ("/ferryctl-choices/topology", test_topology);
  g_test_add_func ("/ferryctl-choices/odd-names", test_odd_names);
  g_test_add_func ("/ferryctl-choices/number-as-name", test_number_as_name);
  g_test_add_func ("/ferryctl-choices/longest-name", test_longest_name);
  g_test_add_func ("/ferryctl-choices/name-pattern", test_name_pattern);
  g_test_add_func ("/ferryctl-choices/bad-lines", test_bad_lines);
  g_test_add_func ("/ferryctl-choices/folder", test_folder);
  g_test_add_func ("/ferryctl-choices/shut-down", test_shut_down);
  g_test_add_func ("/ferryctl-choices/same-names", test_same_names);
  g_test_add_func ("/ferryctl-choices/random", test_random);
  result = g_test_run ();
  ferry_tree_remove (dir, NULL);

  return result;
}
