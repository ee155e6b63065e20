/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)
#define GIB (MIB * 1024)

/* Between facts of one thing. */
#define DOT " · "

char *
ferry_text_memory (guint64 bytes)
{
  if (bytes == 0)
    return g_strdup (_("Unknown"));
  if (bytes < GIB)
    /* Translators: memory in MiB */
    return g_strdup_printf (_("%" G_GUINT64_FORMAT " MiB"), bytes / MIB);
  if (bytes % GIB == 0)
    /* Translators: memory in GiB */
    return g_strdup_printf (_("%" G_GUINT64_FORMAT " GiB"), bytes / GIB);

  /* Translators: memory in GiB, with a fraction */
  return g_strdup_printf (_("%.1f GiB"), (double) bytes / (double) GIB);
}

char *
ferry_text_size (guint64 bytes)
{
  if (bytes == 0 || bytes == G_MAXUINT64)
    return g_strdup (_("Unknown"));

  return g_format_size (bytes);
}

char *
ferry_text_free (guint64 free_bytes, guint64 total_bytes)
{
  g_autofree char *free_text = NULL;
  g_autofree char *total_text = NULL;

  if (free_bytes == G_MAXUINT64)
    return g_strdup (_("Free space unknown"));

  free_text = g_format_size (free_bytes);
  if (total_bytes == G_MAXUINT64 || total_bytes == 0)
    /* Translators: a size: "4.6 TB free" */
    return g_strdup_printf (_("%s free"), free_text);

  total_text = g_format_size (total_bytes);
  /* Translators: two sizes: "4.6 TB free of 12 TB" */
  return g_strdup_printf (_("%s free of %s"), free_text, total_text);
}

const char *
ferry_text_power (FerryPower power)
{
  switch (power)
    {
    case FERRY_POWER_UNKNOWN:
      return _("State unknown");
    case FERRY_POWER_OFF:
      return _("Off");
    case FERRY_POWER_RUNNING:
      return _("Running");
    case FERRY_POWER_PAUSED:
      return _("Paused");
    case FERRY_POWER_SUSPENDED:
      return _("Suspended");
    }

  return _("State unknown");
}

const char *
ferry_text_power_icon (FerryPower power)
{
  switch (power)
    {
    case FERRY_POWER_UNKNOWN:
      return "computer-symbolic";
    case FERRY_POWER_OFF:
      return "media-playback-stop-symbolic";
    case FERRY_POWER_RUNNING:
      return "media-playback-start-symbolic";
    case FERRY_POWER_PAUSED:
    case FERRY_POWER_SUSPENDED:
      return "media-playback-pause-symbolic";
    }

  return "computer-symbolic";
}

const char *
ferry_text_firmware (FerryFirmware firmware)
{
  switch (firmware)
    {
    case FERRY_FIRMWARE_UNKNOWN:
      return _("As found during the import");
    case FERRY_FIRMWARE_BIOS:
      return _("BIOS");
    case FERRY_FIRMWARE_UEFI:
      return _("UEFI");
    }

  return _("Unknown");
}

const char *
ferry_text_bus (FerryBus bus)
{
  switch (bus)
    {
    case FERRY_BUS_UNKNOWN:
      return _("Unknown");
    case FERRY_BUS_IDE:
      return _("IDE");
    case FERRY_BUS_SATA:
      return _("SATA");
    case FERRY_BUS_SCSI:
      return _("SCSI");
    case FERRY_BUS_NVME:
      return _("NVMe");
    case FERRY_BUS_VIRTIO:
      return _("VirtIO");
    }

  return _("Unknown");
}

const char *
ferry_text_format (FerryFormat format)
{
  switch (format)
    {
    case FERRY_FORMAT_QCOW2:
      return _("qcow2");
    case FERRY_FORMAT_RAW:
      return _("raw");
    }

  return _("Unknown");
}

const char *
ferry_text_allocation (FerryAllocation allocation)
{
  switch (allocation)
    {
    case FERRY_ALLOCATION_SPARSE:
      return _("Thin provisioned");
    case FERRY_ALLOCATION_PREALLOCATED:
      return _("Preallocated");
    }

  return _("Unknown");
}

const char *
ferry_text_severity_icon (FerrySeverity severity)
{
  switch (severity)
    {
    case FERRY_SEVERITY_BLOCKER:
      return "ferry-blocker-symbolic";
    case FERRY_SEVERITY_WARNING:
      return "ferry-warning-symbolic";
    case FERRY_SEVERITY_NOTE:
      return "ferry-note-symbolic";
    }

  return "emblem-ok-symbolic";
}

const char *
ferry_text_severity_style (FerrySeverity severity)
{
  switch (severity)
    {
    case FERRY_SEVERITY_BLOCKER:
      return "error";
    case FERRY_SEVERITY_WARNING:
      return "warning";
    case FERRY_SEVERITY_NOTE:
      return "accent";
    }

  return "dim-label";
}

const char *
ferry_text_system (const FerryGuest *guest)
{
  return guest->os != NULL && *guest->os != '\0' ? guest->os : _("Unknown");
}

/* Appends @fact (transfer full) to @line, with the dot where something stands before it. */
static void
add_fact (GString *line, char *fact)
{
  if (line->len > 0)
    g_string_append (line, DOT);
  g_string_append (line, fact);
  g_free (fact);
}

static void
add_memory (GString *line, guint64 bytes)
{
  g_autofree char *memory = ferry_text_memory (bytes);

  /* Translators: memory of a virtual machine: "16 GiB memory" */
  add_fact (line, g_strdup_printf (_("%s memory"), memory));
}

char *
ferry_text_guest_facts (const FerryPlanGuest *guest)
{
  GString *line = g_string_new (NULL);

  if (guest->source->os != NULL && *guest->source->os != '\0')
    add_fact (line, g_strdup (guest->source->os));
  if (guest->memory_bytes != 0)
    add_memory (line, guest->memory_bytes);
  if (guest->vcpus != 0)
    add_fact (line, g_strdup_printf (ngettext ("%u CPU", "%u CPUs", guest->vcpus), guest->vcpus));
  if (guest->firmware != FERRY_FIRMWARE_UNKNOWN)
    add_fact (line, g_strdup (ferry_text_firmware (guest->firmware)));

  return g_string_free (line, FALSE);
}

char *
ferry_text_guest_state (const FerryGuest *guest)
{
  GString *line = g_string_new (NULL);
  guint64 capacity_bytes = ferry_guest_get_capacity_bytes (guest);

  if (guest->power != FERRY_POWER_UNKNOWN)
    add_fact (line, g_strdup (ferry_text_power (guest->power)));
  if (guest->os != NULL && *guest->os != '\0')
    add_fact (line, g_strdup (guest->os));
  if (capacity_bytes != 0)
    add_fact (line, g_format_size (capacity_bytes));

  return g_string_free (line, FALSE);
}

/* The networks that @guest's NICs go to, each once, in their order. */
static char *
join_networks (const FerryPlanGuest *guest)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < guest->nics->len; i++)
    {
      const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, i);
      g_autofree char *name = ferry_text_network (&nic->network);

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

/* The disks that are imported, and those that are not. */
static void
add_disks (GString *line, const FerryPlanGuest *guest)
{
  guint n_included = ferry_plan_guest_count_included (guest);
  guint n_left_out = guest->source->disks->len - n_included;

  add_fact (line, g_strdup_printf (ngettext ("%u disk", "%u disks", n_included), n_included));
  if (n_left_out > 0)
    /* Translators: so many disks of a virtual machine are not imported */
    add_fact (line,
              g_strdup_printf (ngettext ("%u left out", "%u left out", n_left_out), n_left_out));
}

char *
ferry_text_guest_plan (const FerryPlanGuest *guest)
{
  GString *line = g_string_new (NULL);

  if (strcmp (guest->name, guest->source->name) != 0)
    /* Translators: what the source calls a virtual machine that gets another name */
    add_fact (line, g_strdup_printf (_("‘%s’ at the source"), guest->source->name));
  if (guest->shut_down && guest->source->power == FERRY_POWER_RUNNING)
    add_fact (line, g_strdup (_("shut down first")));
  add_disks (line, guest);
  add_fact (line, guest->nics->len > 0 ? join_networks (guest) : g_strdup (_("no network")));
  if (ferry_plan_guest_is_copied (guest))
    add_fact (line, g_strdup (_("copied as it is")));
  if (guest->start)
    add_fact (line, g_strdup (_("starts after import")));

  return g_string_free (line, FALSE);
}

char *
ferry_text_why_not (const FerryGuest *guest)
{
  for (guint i = 0; guest->checks != NULL && i < guest->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (guest->checks, i);

      if (check->severity == FERRY_SEVERITY_BLOCKER)
        return g_strdup (check->text);
    }

  if (guest->power == FERRY_POWER_RUNNING || guest->power == FERRY_POWER_PAUSED)
    return g_strdup (_("It is running. Shut it down before the import, or its disks change "
                        "while they are copied."));

  return NULL;
}

char *
ferry_text_network (const FerryPlanNetwork *network)
{
  switch (network->kind)
    {
    case FERRY_NETWORK_UNMAPPED:
      return g_strdup (_("Not chosen yet"));
    case FERRY_NETWORK_NONE:
      return g_strdup (_("Not connected"));
    case FERRY_NETWORK_NETWORK:
      return g_strdup (network->name);
    case FERRY_NETWORK_BRIDGE:
      /* Translators: a network bridge of the host, by its name */
      return g_strdup_printf (_("Bridge %s"), network->name);
    }

  return g_strdup (_("Not chosen yet"));
}

const char *
ferry_text_source_network (const char *network)
{
  return network != NULL && *network != '\0' ? network : _("No network name");
}

const char *
ferry_text_model (const char *model)
{
  static const char *const spellings[][2] = {
    { "vmxnet3", "VMXNET3" }, { "vmxnet2", "VMXNET2" }, { "vmxnet", "VMXNET" },
    { "e1000", "E1000" },     { "e1000e", "E1000E" },   { "pcnet32", "PCNet32" },
    { "virtio", "VirtIO" },   { "rtl8139", "RTL8139" },
  };

  if (model == NULL || *model == '\0')
    return _("Unknown");
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (strcmp (model, spellings[i][0]) == 0)
      return spellings[i][1];

  return model;
}

char *
ferry_text_nic_facts (const FerryNic *nic, const FerryPlanNic *planned)
{
  g_autofree char *network = ferry_text_network (&planned->network);
  GString *line = g_string_new (NULL);

  /* Translators: the network of a network adapter at the source, and at the destination */
  g_string_append_printf (line, _("%s → %s"), ferry_text_source_network (nic->network), network);
  if (planned->model != NULL)
    add_fact (line, g_strdup (ferry_text_model (planned->model)));
  if (!planned->connected && planned->network.kind != FERRY_NETWORK_NONE)
    add_fact (line, g_strdup (_("cable unplugged")));

  return g_string_free (line, FALSE);
}

/* A list of names only says nothing of a guest: no memory, no disk. */
char *
ferry_text_capacity (const FerryGuest *guest)
{
  if (guest->disks->len == 0 && (guest->memory_bytes != 0 || guest->nics->len > 0))
    return g_strdup (_("No disk"));

  return ferry_text_size (ferry_guest_get_capacity_bytes (guest));
}

char *
ferry_text_disk_size (const FerryDisk *disk)
{
  g_autofree char *capacity = ferry_text_size (disk->capacity_bytes);
  g_autofree char *used = NULL;

  if (disk->used_bytes < 0)
    return g_steal_pointer (&capacity);

  used = g_format_size ((guint64) disk->used_bytes);
  /* Translators: size of a disk, and how much of it holds data: "80.0 GB · 31.8 GB used" */
  return g_strdup_printf (_("%s · %s used"), capacity, used);
}

FerrySeverity
ferry_text_worst (const GPtrArray *checks)
{
  FerrySeverity worst = 0;

  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);

      if (worst == 0 || check->severity < worst)
        worst = check->severity;
    }

  return worst;
}

static char *
format_minutes (gint64 minutes)
{
  if (minutes < 60)
    /* Translators: minutes of a duration */
    return g_strdup_printf (_("%" G_GINT64_FORMAT " min"), minutes);

  /* Translators: hours and minutes of a duration */
  return g_strdup_printf (_("%" G_GINT64_FORMAT " h %02" G_GINT64_FORMAT " min"), minutes / 60,
                          minutes % 60);
}

char *
ferry_text_duration_range (gint64 shortest_seconds, gint64 longest_seconds)
{
  gint64 from = (shortest_seconds + 30) / 60;
  gint64 to = (longest_seconds + 59) / 60;
  g_autofree char *from_text = format_minutes (from);
  g_autofree char *to_text = format_minutes (to);

  if (to <= 1)
    return g_strdup (_("1 min"));
  if (from == to)
    return g_steal_pointer (&to_text);
  if (to < 60)
    /* Translators: a range of minutes: "3 – 5 min"; the second already holds its unit */
    return g_strdup_printf (_("%" G_GINT64_FORMAT " – %s"), MAX (from, 1), to_text);

  /* Translators: a range of two durations */
  return g_strdup_printf (_("%s – %s"), from_text, to_text);
}

void
ferry_ability_free (FerryAbility *ability)
{
  g_free (ability->text);
  g_free (ability);
}

static void
add_ability (GPtrArray *abilities, gboolean able, char *text, const char *advice)
{
  FerryAbility *ability = g_new0 (FerryAbility, 1);

  ability->able = able;
  ability->text = text;
  ability->advice = able ? NULL : advice;
  g_ptr_array_add (abilities, ability);
}

static void
add_kvm (GPtrArray *abilities, FerryKvm kvm)
{
  switch (kvm)
    {
    case FERRY_KVM_WORKS:
      add_ability (abilities, TRUE, g_strdup (_("KVM")), NULL);
      return;
    case FERRY_KVM_BROKEN:
      add_ability (abilities, FALSE, g_strdup (_("KVM does not work here")),
                   _("Conversions run without it, which takes some minutes longer."));
      return;
    case FERRY_KVM_ABSENT:
      add_ability (abilities, FALSE, g_strdup (_("No KVM")),
                   _("Conversions run without it, which takes some minutes longer."));
      return;
    }
}

GPtrArray *
ferry_text_abilities (const FerryHostFacts *facts)
{
  GPtrArray *abilities = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_ability_free);
  g_autofree char *space = g_format_size (facts->tmp_free_bytes);

  if (facts->virt_v2v_version != NULL)
    add_ability (abilities, TRUE, g_strdup_printf (_("virt-v2v %s"), facts->virt_v2v_version),
                 NULL);
  else
    add_ability (abilities, FALSE, g_strdup (_("virt-v2v is missing")),
                 _("Install the package ‘virt-v2v’."));
  add_kvm (abilities, facts->kvm);
  add_ability (abilities, facts->has_nbdkit && facts->has_nbdcopy,
               g_strdup (_("Copying (nbdkit, nbdcopy)")),
               _("Install the packages ‘nbdkit’ and ‘libnbd-bin’."));
  add_ability (abilities, facts->has_qemu_img, g_strdup (_("Disk images (qemu-img)")),
               _("Install the package ‘qemu-utils’."));
  add_ability (abilities, facts->has_kernel, g_strdup (_("Appliance kernel")),
               _("Make a kernel in /boot readable for this user."));
  /* Translators: a size: "812 GB for temporary files" */
  add_ability (abilities, facts->tmp_free_bytes >= GIB,
               g_strdup_printf (_("%s for temporary files"), space),
               _("At least 1 GiB must be free for temporary files."));

  return abilities;
}
