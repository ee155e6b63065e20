/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferry-facts.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/* What the wizard says about values: pure functions, everything they return is (transfer full)
 * unless it is const. Facts stand with " · " between them; what is unknown is left out or said. */

/** ferry_text_memory: "512 MiB", "8 GiB", "1.5 GiB"; 0: "Unknown" */
char *ferry_text_memory (guint64 bytes);
/** ferry_text_size: "80.0 GB"; 0 and G_MAXUINT64: "Unknown" */
char *ferry_text_size (guint64 bytes);
/** ferry_text_free: "4.6 TB free of 12.0 TB"; G_MAXUINT64: "Free space unknown" */
char *ferry_text_free (guint64 free_bytes, guint64 total_bytes);

const char *ferry_text_power (FerryPower power);
const char *ferry_text_power_icon (FerryPower power);
const char *ferry_text_firmware (FerryFirmware firmware);
const char *ferry_text_bus (FerryBus bus);
const char *ferry_text_format (FerryFormat format);
const char *ferry_text_allocation (FerryAllocation allocation);
const char *ferry_text_severity_icon (FerrySeverity severity);
const char *ferry_text_severity_style (FerrySeverity severity);

/** ferry_text_system: the operating system for people, or "Unknown" */
const char *ferry_text_system (const FerryGuest *guest);
/** ferry_text_guest_facts: "Debian 12 · 16 GiB memory · 4 CPUs · UEFI" of @guest as planned */
char *ferry_text_guest_facts (const FerryPlanGuest *guest);
/** ferry_text_guest_state: "Off · Debian 12 · 40.0 GB" */
char *ferry_text_guest_state (const FerryGuest *guest);
/** ferry_text_guest_plan: "2 disks · prod-120, backup · starts after import" */
char *ferry_text_guest_plan (const FerryPlanGuest *guest);
/** ferry_text_why_not: (nullable): why @guest cannot be imported as it is */
char *ferry_text_why_not (const FerryGuest *guest);

/** ferry_text_network: "prod-120", "Bridge br0", "Not connected", "Not chosen yet" */
char *ferry_text_network (const FerryPlanNetwork *network);
/** ferry_text_source_network: the name, or "No network name" */
const char *ferry_text_source_network (const char *network);
/** ferry_text_nic_facts: "VM Network → prod-120 · VirtIO" */
char *ferry_text_nic_facts (const FerryNic *nic, const FerryPlanNic *planned);
/** ferry_text_model: "vmxnet3" as its maker writes it; NULL: "Unknown" */
const char *ferry_text_model (const char *model);

/** ferry_text_capacity: "80.0 GB" of all its disks, "No disk", "Unknown" when they were not read */
char *ferry_text_capacity (const FerryGuest *guest);
/** ferry_text_disk_size: "80.0 GB · 31.8 GB used" */
char *ferry_text_disk_size (const FerryDisk *disk);

/** ferry_text_worst: the worst severity in @checks, 0: none */
FerrySeverity ferry_text_worst (const GPtrArray *checks);

/** ferry_text_passed: (nullable): what of a guest was looked at without a finding: "Passed: name,
 * disks, network adapters" */
char *ferry_text_passed (const GPtrArray *checks);

/** ferry_text_inside: "Debian 12 on /dev/sda1 · /dev/sda3 is encrypted" */
char *ferry_text_inside (const FerryInspection *inside);

/** ferry_text_duration_range: "3 – 5 min", "1 h 10 min – 1 h 50 min", "under a minute" */
char *ferry_text_duration_range (gint64 shortest_seconds, gint64 longest_seconds);

/** FerryAbility: one thing a conversion host can or cannot do; @text (owned), @advice (nullable) */
typedef struct
{
  gboolean able;
  char *text;
  const char *advice;
} FerryAbility;

void ferry_ability_free (FerryAbility *ability);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryAbility, ferry_ability_free)

/** ferry_text_abilities: (element-type FerryAbility) */
GPtrArray *ferry_text_abilities (const FerryHostFacts *facts);

G_END_DECLS
