/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-guest.h"
#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* The complete description of what to import and how. JSON version 1: docs/plan.md and
 * docs/plan.schema.json. No secret is ever written there: the source's passwords live in memory. Members that this version does not know are
 * kept in the extra objects and written back. */

#define FERRY_PLAN_VERSION 1

/* What virt-v2v is told of a NIC that stays unconnected, since it knows only networks and bridges:
 * the input says this bridge (convert/), the target turns it into what the destination calls
 * unconnected (targets/). */
#define FERRY_UNCONNECTED_BRIDGE "ferry-unconnected"

typedef enum
{
  FERRY_DESTINATION_FOLDER = 1,
  FERRY_DESTINATION_LIBVIRT,
} FerryDestinationKind;

typedef enum
{
  FERRY_FORMAT_QCOW2 = 1,
  FERRY_FORMAT_RAW,
} FerryFormat;

typedef enum
{
  FERRY_ALLOCATION_SPARSE = 1,
  FERRY_ALLOCATION_PREALLOCATED,
} FerryAllocation;

/* Where a NIC goes. Nothing is mapped by accident: what is UNMAPPED is a blocker. */
typedef enum
{
  FERRY_NETWORK_UNMAPPED = 1,
  FERRY_NETWORK_NONE, /* the NIC stays, connected to nothing */
  FERRY_NETWORK_NETWORK,
  FERRY_NETWORK_BRIDGE,
} FerryNetworkKind;

typedef enum
{
  FERRY_MAC_KEEP = 1,
  FERRY_MAC_NEW, /* the destination makes one */
  FERRY_MAC_FIXED,
} FerryMacKind;

/**
 * FerryPlanDestination:
 * @path: (owned) (nullable): FOLDER: absolute path
 * @uri: (owned) (nullable): LIBVIRT: connection URI
 * @pool: (owned) (nullable): LIBVIRT: storage pool's name
 */
typedef struct
{
  FerryDestinationKind kind;
  char *path;
  char *uri;
  char *pool;
  JsonObject *extra;
} FerryPlanDestination;

/** FerryPlanNetwork: @name: (owned) (nullable): set for NETWORK and BRIDGE only */
typedef struct
{
  FerryNetworkKind kind;
  char *name;
  JsonObject *extra;
} FerryPlanNetwork;

/**
 * FerryPlanAddress: what a NIC has from the guest's first start on; set by virt-v2v in the guest
 * @ip: (owned) (nullable): IPv4 or IPv6; NULL: as the guest has it
 * @prefix: length of its network's prefix; 0: not given
 * @gateway: (owned) (nullable)
 * @dns: (owned) (nullable): name servers
 */
typedef struct
{
  char *ip;
  guint prefix;
  char *gateway;
  char **dns;
  JsonObject *extra;
} FerryPlanAddress;

/**
 * FerryPlanNic:
 * @mac: (owned) (nullable): set for FIXED only
 * @model: (owned) (nullable): "virtio", "e1000e", …; NULL: as the conversion chooses
 * @connected: its link is up when the guest starts; it stays on @network in either case
 */
typedef struct
{
  FerryPlanNetwork network;
  FerryMacKind mac_kind;
  char *mac;
  char *model;
  gboolean connected;
  FerryPlanAddress address;
  JsonObject *extra;
} FerryPlanNic;

/**
 * FerryPlanDisk:
 * @included: it is imported; left out otherwise
 * @storage: (owned) (nullable): the destination's storage for it (LIBVIRT: a pool); NULL: the plan's
 * @format: @allocation: 0: the guest's
 */
typedef struct
{
  gboolean included;
  char *storage;
  FerryFormat format;
  FerryAllocation allocation;
  JsonObject *extra;
} FerryPlanDisk;

/**
 * FerryPlanKey: opens an encrypted disk inside a guest (LUKS, BitLocker); a password: in memory only,
 * never in JSON
 * @device: (owned) (nullable): "/dev/sda2" or a UUID; NULL: every one
 * @key: (owned): wiped when freed
 */
typedef struct
{
  char *device;
  char *key;
} FerryPlanKey;

/**
 * FerryPlanGuest:
 * @source: (owned): the guest as it was read when it was chosen
 * @name: (owned): its name at the destination
 * @description: (owned) (nullable): at the destination
 * @os: (owned) (nullable): libosinfo's short id, "debian12"; NULL: as the conversion finds it
 * @memory_bytes: @vcpus: at the destination; 0 when the source does not say and nobody chose
 * @sockets: @cores: @threads: topology; when its product is not @vcpus it does not count, see
 *   ferry_plan_guest_has_topology()
 * @firmware: at the destination; UNKNOWN: as virt-v2v finds it
 * @root: (owned): "single" (fail when there are several), "first", or a device "/dev/sda2"
 * @format: @allocation: of its disks that have none of their own
 * @shut_down: it may be shut down at the source, gracefully, when it runs
 * @start: start it after the import (libvirt)
 * @boot_disk: index of the disk it boots from; -1: the first that is included
 * @disks: (owned) (element-type FerryPlanDisk): one for each of @source's, in its order
 * @nics: (owned) (element-type FerryPlanNic): one for each of @source's, in its order
 * @keys: (owned) (element-type FerryPlanKey): its own, tried before the plan's
 */
typedef struct
{
  FerryGuest *source;
  char *name;
  char *description;
  char *os;
  guint64 memory_bytes;
  guint vcpus;
  guint sockets;
  guint cores;
  guint threads;
  FerryFirmware firmware;
  char *root;
  FerryFormat format;
  FerryAllocation allocation;
  gboolean shut_down;
  gboolean start;
  int boot_disk;
  GPtrArray *disks;
  GPtrArray *nics;
  GPtrArray *keys;
  JsonObject *extra;
} FerryPlanGuest;

/** FerryPlanMapping: source network @source (owned) goes to @network */
typedef struct
{
  char *source;
  FerryPlanNetwork network;
} FerryPlanMapping;

/** FerryPlanStoring: disks that lie in storage @source (owned) there go to storage @storage (owned) */
typedef struct
{
  char *source;
  char *storage;
} FerryPlanStoring;

/**
 * FerryNameRule: how a guest that is added gets its name
 * @pattern: (owned): text with {name}: what the source calls it, and {n}: its number in the plan
 * @find: @replace: (owned) (nullable): in {name}, every @find becomes @replace
 * @lower_case: {name} in lower case
 */
typedef struct
{
  char *pattern;
  char *find;
  char *replace;
  gboolean lower_case;
} FerryNameRule;

/**
 * FerryPlan:
 * @host: (owned): conversion host: "local" is this computer
 * @drivers: (owned) (nullable): ISO or folder with VirtIO drivers for Windows, on the conversion host;
 *   NULL: those that it has installed
 * @block_driver: (owned) (nullable): "virtio-blk" or "virtio-scsi", where virt-v2v has the option;
 *   NULL: as it chooses
 * @name_rule: @start: @shut_down: @format: @allocation: what a guest gets when it is added
 * @mappings: (owned) (element-type FerryPlanMapping): what a NIC gets when its guest is added,
 *   sorted by source; a @source of "*" stands for every network not listed
 * @storings: (owned) (element-type FerryPlanStoring): what a disk gets when its guest is added, by its
 *   FerryDisk.storage; sorted by source; "*" as above
 * @guests: (owned) (element-type FerryPlanGuest)
 * @keys: (owned) (element-type FerryPlanKey): for all guests
 */
typedef struct
{
  FerryPlanSource source;
  FerryPlanDestination destination;
  char *host;
  char *drivers;
  char *block_driver;
  FerryNameRule name_rule;
  gboolean start;
  gboolean shut_down;
  FerryFormat format;
  FerryAllocation allocation;
  GPtrArray *mappings;
  GPtrArray *storings;
  GPtrArray *guests;
  GPtrArray *keys;
  JsonObject *defaults_extra;
  JsonObject *extra;
} FerryPlan;

FerryPlan *ferry_plan_new (void);
FerryPlan *ferry_plan_copy (const FerryPlan *plan);
void ferry_plan_free (FerryPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPlan, ferry_plan_free)

FerryPlanGuest *ferry_plan_guest_new (const FerryGuest *source);
FerryPlanGuest *ferry_plan_guest_copy (const FerryPlanGuest *guest);
void ferry_plan_guest_free (FerryPlanGuest *guest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPlanGuest, ferry_plan_guest_free)

/** ferry_plan_set_source: a copy of @source in place of the one before */
void ferry_plan_set_source (FerryPlan *plan, const FerryPlanSource *source);
void ferry_plan_set_ova_source (FerryPlan *plan, const char *path);
void ferry_plan_set_folder_destination (FerryPlan *plan, const char *path);
void ferry_plan_set_libvirt_destination (FerryPlan *plan, const char *uri, const char *pool);

/**
 * ferry_plan_add_guest:
 *
 * Adds a copy of @guest with the plan's defaults: a valid name that no other guest of the plan has,
 * each NIC by the mappings, the MACs kept where the source has any. A guest that is there already
 * stays as it is.
 *
 * Returns: (transfer none)
 */
FerryPlanGuest *ferry_plan_add_guest (FerryPlan *plan, const FerryGuest *guest);
void ferry_plan_remove_guest (FerryPlan *plan, const char *id);
/** ferry_plan_find_guest: (nullable): by its source's id */
FerryPlanGuest *ferry_plan_find_guest (const FerryPlan *plan, const char *id);
/** ferry_plan_get_guest: (nullable) */
FerryPlanGuest *ferry_plan_get_guest (const FerryPlan *plan, guint index);
/** ferry_plan_guest_is_copied: it is made for KVM, so that its disks are copied, not converted */
gboolean ferry_plan_guest_is_copied (const FerryPlanGuest *guest);
/** ferry_plan_guest_has_topology: it is known, and fits the number of CPUs; else the destination's
 * default holds */
gboolean ferry_plan_guest_has_topology (const FerryPlanGuest *guest);
/** ferry_plan_guest_get_nic: (nullable) */
FerryPlanNic *ferry_plan_guest_get_nic (const FerryPlanGuest *guest, guint index);
/** ferry_plan_guest_get_disk: (nullable) */
FerryPlanDisk *ferry_plan_guest_get_disk (const FerryPlanGuest *guest, guint index);
/** ferry_plan_guest_includes: disk @index is imported */
gboolean ferry_plan_guest_includes (const FerryPlanGuest *guest, guint index);
guint ferry_plan_guest_count_included (const FerryPlanGuest *guest);
/** ferry_plan_guest_dup_included: @guest as it arrives: without the disks that stay behind */
FerryPlanGuest *ferry_plan_guest_dup_included (const FerryPlanGuest *guest);
/** ferry_plan_guest_dup_source: its source, with FERRY_DISK_LEFT_OUT on the disks that stay behind */
FerryGuest *ferry_plan_guest_dup_source (const FerryPlanGuest *guest);
/** ferry_plan_guest_get_boot_disk: index of the disk it boots from; -1: none is included */
int ferry_plan_guest_get_boot_disk (const FerryPlanGuest *guest);
/** ferry_plan_guest_get_format: of disk @index: its own, or the guest's */
FerryFormat ferry_plan_guest_get_format (const FerryPlanGuest *guest, guint index);
FerryAllocation ferry_plan_guest_get_allocation (const FerryPlanGuest *guest, guint index);
/** ferry_plan_get_storage: (nullable): of disk @index: its own, or the destination's pool */
const char *ferry_plan_get_storage (const FerryPlan *plan,
                                    const FerryPlanGuest *guest,
                                    guint index);

/** ferry_plan_add_key: @keys: of a plan or a guest; @device: (nullable): every one */
void ferry_plan_add_key (GPtrArray *keys, const char *device, const char *key);
/** ferry_key_device_is_valid: can be written as what a key is for: a device or a UUID */
gboolean ferry_key_device_is_valid (const char *device);
/** ferry_key_is_valid: one line of text, neither empty nor longer than any key */
gboolean ferry_key_is_valid (const char *key);
/** ferry_plan_copy_keys: (transfer full): a copy of @keys */
GPtrArray *ferry_plan_copy_keys (const GPtrArray *keys);

/** ferry_plan_dup_for_guest: the plan with that guest only: what one import is about */
FerryPlan *ferry_plan_dup_for_guest (const FerryPlan *plan, guint index);

/** ferry_plan_set_mapping: for guests added from now on; @network NULL: no longer mapped */
void ferry_plan_set_mapping (FerryPlan *plan, const char *source, const FerryPlanNetwork *network);
/** ferry_plan_find_mapping: (nullable): exactly @source's (nullable), else that of "*" */
const FerryPlanNetwork *ferry_plan_find_mapping (const FerryPlan *plan, const char *source);
/** ferry_plan_network_set: @name: for NETWORK and BRIDGE; may be the network's own name */
void ferry_plan_network_set (FerryPlanNetwork *network, FerryNetworkKind kind, const char *name);
/**
 * ferry_plan_set_storing: for guests added from now on
 * @storage: (nullable): NULL: no longer mapped
 */
void ferry_plan_set_storing (FerryPlan *plan, const char *source, const char *storage);
/** ferry_plan_find_storing: (nullable): exactly @source's (nullable), else that of "*" */
const char *ferry_plan_find_storing (const FerryPlan *plan, const char *source);
/**
 * ferry_plan_apply_storing: to every disk in storage @source of the guests that are in the plan; with
 * "*" to every disk whose storage has no mapping of its own
 * @storage: (nullable): NULL: the destination's
 *
 * Returns: how many disks changed
 */
guint ferry_plan_apply_storing (FerryPlan *plan, const char *source, const char *storage);
/**
 * ferry_plan_address_is_valid: @address's gateway and prefix are of its kind of address
 *
 * Errors: FERRY_ERROR_INVALID, stating the rule
 */
gboolean ferry_plan_address_is_valid (const FerryPlanAddress *address, GError **error);
/** ferry_nic_model_is_valid: can be written as a model; not whether anything knows it */
gboolean ferry_nic_model_is_valid (const char *model);
void ferry_plan_network_copy (const FerryPlanNetwork *from, FerryPlanNetwork *to);
void ferry_plan_network_clear (FerryPlanNetwork *network);
/**
 * ferry_plan_apply_mapping: to every NIC on network @source of the guests that are in the plan;
 * with "*" to every NIC whose network has no mapping of its own, or that is on none
 *
 * Returns: how many NICs changed
 */
guint ferry_plan_apply_mapping (FerryPlan *plan,
                                const char *source,
                                const FerryPlanNetwork *network);
/**
 * ferry_plan_map_equal_names: every NIC that is not mapped goes to the destination's network of
 * the same name, where there is one (or where networks are only text)
 *
 * Returns: how many NICs changed
 */
guint ferry_plan_map_equal_names (FerryPlan *plan, const FerryDestinationFacts *facts);

/**
 * ferry_plan_from_text:
 * @length: in bytes, -1: up to the NUL
 *
 * Errors: FERRY_ERROR_INVALID, naming the member's path: "guests[2].nics[0].network"
 */
FerryPlan *ferry_plan_from_text (const char *text, gssize length, GError **error);
/** ferry_plan_to_text: equal choices give equal text */
char *ferry_plan_to_text (const FerryPlan *plan);

/** DESTINATION as ferryctl takes it */
char *ferry_plan_destination_to_text (const FerryPlanDestination *destination);
const char *ferry_format_to_word (FerryFormat format);
const char *ferry_allocation_to_word (FerryAllocation allocation);
/**
 * ferry_guest_name_is_valid: as a file's, folder's and libvirt domain's name
 *
 * Errors: FERRY_ERROR_INVALID, stating the rule
 */
gboolean ferry_guest_name_is_valid (const char *name, GError **error);
/** ferry_guest_name_make_valid: @name with '-' for what is not allowed */
char *ferry_guest_name_make_valid (const char *name);
char *ferry_guest_name_shorten (const char *name, gsize room);

/**
 * ferry_name_rule_is_valid:
 *
 * Errors: FERRY_ERROR_INVALID, stating the rule
 */
gboolean ferry_name_rule_is_valid (const FerryNameRule *rule, GError **error);
/** ferry_name_rule_apply: a valid name for the guest @name as number @n; need not be unique */
char *ferry_name_rule_apply (const FerryNameRule *rule, const char *name, guint n);
/** ferry_plan_rename_all: every guest gets the name that the plan's rule makes, in their order */
void ferry_plan_rename_all (FerryPlan *plan);

G_END_DECLS
