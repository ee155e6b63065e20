/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-backend.h"

#define GIB (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define GB (G_GUINT64_CONSTANT (1000) * 1000 * 1000)

static const struct
{
  const char *name;
  const char *os;
  guint64 memory_gib;
  guint64 gigabytes;
  FerryPower power;
} many[] = {
  { "ad-01", "Windows Server 2022", 8, 80, FERRY_POWER_OFF },
  { "backup-gw", "Debian 12", 4, 40, FERRY_POWER_OFF },
  { "build-04", "Ubuntu 22.04", 32, 500, FERRY_POWER_OFF },
  { "db-prod-01", "Rocky Linux 8", 64, 340, FERRY_POWER_OFF },
  { "dns-01", "Debian 12", 2, 20, FERRY_POWER_RUNNING },
  { "dns-02", "Debian 12", 2, 20, FERRY_POWER_RUNNING },
  { "erp-app", "SLES 15 SP5", 32, 118, FERRY_POWER_OFF },
  { "git", "Rocky Linux 9", 16, 400, FERRY_POWER_OFF },
  { "intranet", "CentOS 7", 8, 120, FERRY_POWER_PAUSED },
  { "legacy-crm", "Windows Server 2008 R2", 8, 160, FERRY_POWER_OFF },
  { "mail", "Debian 12", 16, 250, FERRY_POWER_OFF },
  { "web-1", "Ubuntu 22.04", 8, 41, FERRY_POWER_OFF },
  { "web-2", "Ubuntu 22.04", 8, 41, FERRY_POWER_OFF },
  { "web-10", "Ubuntu 22.04", 8, 41, FERRY_POWER_OFF },
  { "win-fs-01", "Windows Server 2019", 16, 230, FERRY_POWER_OFF },
};

static void
add_disk (FerryGuest *guest, guint number, guint64 bytes)
{
  g_autofree char *name =
      g_strdup_printf ("[ssd-02] %s/%s_disk%u.vmdk", guest->name, guest->name, number);
  FerryDisk *disk = ferry_disk_new (name);

  disk->file = g_strdup (name);
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = bytes;
  disk->used_bytes = (gint64) (bytes / 2);
  disk->bus = FERRY_BUS_SCSI;
  g_ptr_array_add (guest->disks, disk);
}

static void
add_nic (FerryGuest *guest, guint number, const char *network)
{
  g_autofree char *name = g_strdup_printf ("Network adapter %u", number);
  FerryNic *nic = ferry_nic_new (name);
  guint hash = g_str_hash (guest->name);

  nic->network = g_strdup (network);
  nic->mac = g_strdup_printf ("00:50:56:%02x:%02x:%02x", hash & 0xff, (hash >> 8) & 0xff, number);
  nic->model = g_strdup ("vmxnet3");
  g_ptr_array_add (guest->nics, nic);
}

FerryGuest *
fake_backend_new_guest (const char *name,
                        const char *os,
                        guint64 memory_gib,
                        guint64 gigabytes,
                        const char *network)
{
  FerryGuest *guest = ferry_guest_new (name, name);

  guest->os = g_strdup (os);
  guest->memory_bytes = memory_gib * GIB;
  guest->vcpus = 4;
  guest->sockets = 1;
  guest->cores = 4;
  guest->threads = 1;
  guest->firmware = FERRY_FIRMWARE_BIOS;
  guest->power = FERRY_POWER_OFF;
  add_disk (guest, 1, gigabytes * GB);
  if (network != NULL)
    add_nic (guest, 1, network);

  return guest;
}

static GPtrArray *
list_many (void)
{
  GPtrArray *guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      FerryGuest *guest = fake_backend_new_guest (many[i].name, many[i].os, many[i].memory_gib,
                                                  many[i].gigabytes, "VM Network");

      guest->power = many[i].power;
      if (i % 3 == 0)
        add_disk (guest, 2, 150 * GB);
      if (i % 2 == 0)
        add_nic (guest, 2, "Backup");
      g_ptr_array_add (guests, guest);
    }

  return guests;
}

static gboolean
wait_until_cancelled (GCancellable *cancellable, GError **error)
{
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);

  return g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GPtrArray *
list_guests (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  const char *path = plan->source.path;
  GPtrArray *guests;

  if (g_str_equal (path, "/many"))
    return list_many ();
  if (g_str_equal (path, "/slow"))
    {
      wait_until_cancelled (cancellable, error);
      return NULL;
    }
  if (!g_str_equal (path, "/one") && !g_str_equal (path, "/none"))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, "‘%s’ is not an appliance. Choose another file.",
                  path);
      return NULL;
    }

  guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  if (g_str_equal (path, "/one"))
    g_ptr_array_add (guests,
                     fake_backend_new_guest ("tiny", "Debian GNU/Linux 12", 1, 2, "VM Network"));

  return guests;
}

static FerryGuest *
read_guest (const FerryPlan *plan,
            const char *id,
            guint64 *out_work_bytes,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) guests = list_guests (plan, cancellable, error);

  *out_work_bytes = 0;
  for (guint i = 0; guests != NULL && i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      if (g_str_equal (guest->id, id))
        return ferry_guest_copy (guest);
    }
  if (guests != NULL)
    ferry_fail (error, FERRY_ERROR_NOT_FOUND, "There is no virtual machine ‘%s’ any more.", id);

  return NULL;
}

static gboolean
verify_guest (const FerryPlanGuest *guest,
              const FerryPlan *plan,
              GPtrArray *checks,
              const FerryMonitor *monitor,
              GCancellable *cancellable,
              GError **error)
{
  ferry_monitor_part (monitor, 1, 2);
  if (g_str_equal (guest->source->name, "mail"))
    g_ptr_array_add (checks,
                     ferry_check_new ("manifest.mismatch", FERRY_SEVERITY_BLOCKER,
                                      "Get the appliance again.",
                                      "‘%s’ is not what its manifest says.", guest->source->name));

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static FerryHostFacts *
inspect_host (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  FerryHostFacts *facts = ferry_host_facts_new ();

  g_free (facts->virt_v2v_version);
  facts->virt_v2v_version = g_strdup ("2.2.0");
  facts->has_nbdkit = facts->has_nbdcopy = facts->has_qemu_img = facts->has_kernel = TRUE;
  facts->kvm = FERRY_KVM_BROKEN;
  facts->tmp_free_bytes = 812 * GB;
  facts->cache_free_bytes = 812 * GB;

  return facts;
}

static void
add_storage (FerryDestinationFacts *facts, const char *name, const char *kind, guint64 free_bytes)
{
  FerryStorage *storage = ferry_storage_new (name, kind);

  storage->usable = free_bytes != 0;
  storage->why_not = storage->usable ? NULL : g_strdup ("The pool is not active.");
  storage->free_bytes = free_bytes;
  storage->total_bytes = 12000 * GB;
  g_ptr_array_add (facts->storages, storage);
}

static void
set_names (char ***names, const char *first, const char *second)
{
  g_strfreev (*names);
  *names = g_strdupv ((char *[]){ (char *) first, (char *) second, NULL });
}

static FerryDestinationFacts *
inspect_destination (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  const FerryPlanDestination *destination = &plan->destination;
  FerryDestinationFacts *facts;

  if (g_strcmp0 (destination->path, "/broken") == 0 ||
      g_strcmp0 (destination->uri, "qemu+ssh://broken/system") == 0)
    {
      ferry_fail (error, FERRY_ERROR_CONNECTION, "There is no answer. See whether it runs.");
      return NULL;
    }

  facts = ferry_destination_facts_new ();
  facts->has_kvm = TRUE;
  if (destination->kind == FERRY_DESTINATION_FOLDER)
    {
      facts->any_network = TRUE;
      add_storage (facts, destination->path, "folder",
                   g_str_equal (destination->path, "/full") ? GB : 4600 * GB);
    }
  else
    {
      facts->version = g_strdup ("libvirt 9.0.0, QEMU 7.2.0");
      add_storage (facts, "iso", "dir", 0);
      add_storage (facts, "vm-data-01", "dir", 4600 * GB);
      set_names (&facts->networks, "default", "prod-120");
      set_names (&facts->bridges, "br0", "br1");
      set_names (&facts->guest_names, "erp-app", NULL);
    }

  return facts;
}

const FerryBackend *
fake_backend_get (void)
{
  static const FerryBackend backend = {
    .list_guests = list_guests,
    .read_guest = read_guest,
    .verify_guest = verify_guest,
    .inspect_host = inspect_host,
    .inspect_destination = inspect_destination,
  };

  return &backend;
}
