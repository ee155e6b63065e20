/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferry-inspection.h"

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a source says of a guest. Plain data, copied between threads; everything a source did not
 * say stays unknown (0, -1, NULL or …_UNKNOWN) and is null in JSON, never guessed. */

typedef enum
{
  FERRY_POWER_UNKNOWN = 1,
  FERRY_POWER_OFF,
  FERRY_POWER_RUNNING,
  FERRY_POWER_PAUSED,
  FERRY_POWER_SUSPENDED,
} FerryPower;

typedef enum
{
  FERRY_FIRMWARE_UNKNOWN = 1,
  FERRY_FIRMWARE_BIOS,
  FERRY_FIRMWARE_UEFI,
} FerryFirmware;

typedef enum
{
  FERRY_BUS_UNKNOWN = 1,
  FERRY_BUS_IDE,
  FERRY_BUS_SATA,
  FERRY_BUS_SCSI,
  FERRY_BUS_NVME,
  FERRY_BUS_VIRTIO,
} FerryBus;

/* What it runs on at the source. */
typedef enum
{
  FERRY_HYPERVISOR_UNKNOWN = 1,
  FERRY_HYPERVISOR_VMWARE,
  FERRY_HYPERVISOR_XEN,
  FERRY_HYPERVISOR_KVM, /* or plain QEMU */
} FerryHypervisor;

/* Of something that a source may not say. */
typedef enum
{
  FERRY_TRUTH_UNKNOWN = 1,
  FERRY_TRUTH_NO,
  FERRY_TRUTH_YES,
} FerryTruth;

/* How a disk is stored where it cannot be read in place, and what keeps it from being read. The last
 * one no source says: it is set for a source that shall make the others readable. Never in JSON. */
typedef enum
{
  FERRY_DISK_COMPRESSED = 1 << 0, /* the file is gzip inside the archive (ovf:compression) */
  FERRY_DISK_CHUNKED = 1 << 1,    /* split into FILE.000000000, FILE.000000001 … (ovf:chunkSize) */
  FERRY_DISK_REMOTE = 1 << 2,     /* the file is named by a http or other URL */
  FERRY_DISK_RDM = 1 << 3,        /* a LUN that VMware hands through, physically or virtually */
  FERRY_DISK_INDEPENDENT = 1 << 4, /* left out of VMware's snapshots */
  FERRY_DISK_SHARED = 1 << 5,     /* other guests may write to it */
  FERRY_DISK_ENCRYPTED = 1 << 6,  /* by the hypervisor */
  FERRY_DISK_NETWORK = 1 << 7,    /* the source's host reads it from a server: rbd, iscsi, nbd */
  FERRY_DISK_HAS_PARENT = 1 << 8, /* holds only what differs from another disk */
  FERRY_DISK_LEFT_OUT = 1 << 16,  /* it is not wanted: it is neither read nor copied */
} FerryDiskFlags;

/**
 * FerryDisk:
 * @name: (owned): the source's full name of it, unique in the guest
 * @file: (owned) (nullable): the file that holds it, as the source names it; NULL: a blank disk
 * @storage: (owned) (nullable): where it lies at the source: a datastore, a storage pool
 * @format: (owned) (nullable): "vmdk", "qcow2", "raw", "vhdx", "vdi"; what qemu calls it
 * @capacity_bytes: size that the guest sees; 0: unknown
 * @used_bytes: bytes that hold data, for the time and space needed; -1: unknown
 * @bus: the controller it hangs on
 * @flags: how it is stored
 * @extra: (owned) (nullable): members that a newer Ferry wrote
 */
typedef struct
{
  char *name;
  char *file;
  char *storage;
  char *format;
  guint64 capacity_bytes;
  gint64 used_bytes;
  FerryBus bus;
  FerryDiskFlags flags;
  JsonObject *extra;
} FerryDisk;

/**
 * FerryNic:
 * @name: (owned): "Network adapter 1"; never NULL
 * @mac: (owned) (nullable): lower-case with colons, or NULL when the source gives none
 * @network: (owned) (nullable): the network's name at the source
 * @model: (owned) (nullable): lower-case: "vmxnet3", "e1000", "virtio"
 * @extra: (owned) (nullable): members that a newer Ferry wrote
 */
typedef struct
{
  char *name;
  char *mac;
  char *network;
  char *model;
  JsonObject *extra;
} FerryNic;

/**
 * FerryGuest:
 * @id: (owned): unique and stable within its source: a file, a vSphere moref, a libvirt UUID
 * @name: (owned): never NULL; what the source calls it, or a stand-in made from the file's name
 * @uuid: (owned) (nullable): its BIOS's, lower-case; need not be unique
 * @hypervisor: what it runs on
 * @place: (owned) (nullable): where it lies at the source, for people: "DC0/Cluster/esx1"
 * @folder: (owned) (nullable): the folder that it was sorted into: "Web/Production"
 * @power: whether it runs
 * @os: (owned) (nullable): for people: "Debian GNU/Linux 12"
 * @os_id: (owned) (nullable): the source's own id: "debian11_64Guest", "cim:96"
 * @description: (owned) (nullable): the source's free text
 * @memory_bytes: 0: unknown
 * @vcpus: all of them; 0: unknown
 * @sockets: @cores: @threads: topology whose product is @vcpus, or all 0: unknown
 * @firmware: how it boots
 * @secure_boot: @tpm: whether it has them
 * @tools: whether the hypervisor's tools run in it, so that it can be shut down gracefully
 * @n_snapshots: -1: unknown
 * @disks: (owned) (element-type FerryDisk): in the source's order, which decides sda, sdb, …
 * @nics: (owned) (element-type FerryNic): in the source's order
 * @checks: (owned) (element-type FerryCheck): what its reader found
 * @inside: (owned) (nullable): what is in its disks; NULL: nobody has looked yet
 * @extra: (owned) (nullable): members that a newer Ferry wrote
 */
typedef struct
{
  char *id;
  char *name;
  char *uuid;
  FerryHypervisor hypervisor;
  char *place;
  char *folder;
  FerryPower power;
  char *os;
  char *os_id;
  char *description;
  guint64 memory_bytes;
  guint vcpus;
  guint sockets;
  guint cores;
  guint threads;
  FerryFirmware firmware;
  FerryTruth secure_boot;
  FerryTruth tpm;
  FerryTruth tools;
  int n_snapshots;
  GPtrArray *disks;
  GPtrArray *nics;
  GPtrArray *checks;
  FerryInspection *inside;
  JsonObject *extra;
} FerryGuest;

FerryDisk *ferry_disk_new (const char *name);
FerryDisk *ferry_disk_copy (const FerryDisk *disk);
void ferry_disk_free (FerryDisk *disk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDisk, ferry_disk_free)

FerryNic *ferry_nic_new (const char *name);
FerryNic *ferry_nic_copy (const FerryNic *nic);
void ferry_nic_free (FerryNic *nic);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryNic, ferry_nic_free)

FerryGuest *ferry_guest_new (const char *id, const char *name);
FerryGuest *ferry_guest_copy (const FerryGuest *guest);
void ferry_guest_free (FerryGuest *guest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryGuest, ferry_guest_free)

/**
 * ferry_guest_take_disk_check: adds @check, which is about @disk alone: one of @guest's, or the one that
 * is to be its next
 * @check: (transfer full)
 */
void ferry_guest_take_disk_check (FerryGuest *guest, const FerryDisk *disk, FerryCheck *check);
/** ferry_guest_take_nic_check: the same for a network adapter */
void ferry_guest_take_nic_check (FerryGuest *guest, const FerryNic *nic, FerryCheck *check);
/** ferry_guest_get_disk: (nullable): NULL when it has no so many */
const FerryDisk *ferry_guest_get_disk (const FerryGuest *guest, guint index);
const FerryNic *ferry_guest_get_nic (const FerryGuest *guest, guint index);
/** ferry_guest_get_capacity_bytes: of all its disks; unknown ones count as 0 */
guint64 ferry_guest_get_capacity_bytes (const FerryGuest *guest);
/**
 * ferry_guest_get_used_bytes:
 * @out_complete: (out) (optional): FALSE when a disk gave neither used bytes nor capacity
 *
 * Bytes of data in all its disks; a disk that does not say counts with its capacity.
 */
guint64 ferry_guest_get_used_bytes (const FerryGuest *guest, gboolean *out_complete);

/** ferry_guest_can_shut_down: it runs, and can be asked to shut itself down. VMware asks through its
 * tools only; libvirt has ACPI, which nearly every system knows, and asks without knowing. */
gboolean ferry_guest_can_shut_down (const FerryGuest *guest);

/** ferry_mac_is_valid: six hex pairs with colons, of one network card: not multicast, not zero */
gboolean ferry_mac_is_valid (const char *mac);
/**
 * ferry_mac_normalize: lower-case with colons, from "00-0C-29-…", "000c29…", "000c.29…" too;
 * (nullable): NULL when it is no MAC of a network card
 */
char *ferry_mac_normalize (const char *mac);

/* Words of JSON and tables; what is unknown is "unknown" here, and null in JSON. */
const char *ferry_power_to_word (FerryPower power);
const char *ferry_firmware_to_word (FerryFirmware firmware);
const char *ferry_bus_to_word (FerryBus bus);
const char *ferry_hypervisor_to_word (FerryHypervisor hypervisor);

/** ferry_guest_to_json: the shape of `ferryctl show --json` and of a plan's guests[].source */
JsonNode *ferry_guest_to_json (const FerryGuest *guest);
/**
 * ferry_guest_from_json: the way back; docs/plan.md says what is asked of each member
 *
 * Errors: FERRY_ERROR_INVALID, beginning with the member's path: "disks[0].bus must be …"
 */
FerryGuest *ferry_guest_from_json (JsonNode *node, GError **error);

G_END_DECLS
