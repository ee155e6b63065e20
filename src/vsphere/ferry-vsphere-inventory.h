/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-vsphere-object.h"

G_BEGIN_DECLS

/* Folders, data centers, clusters, hosts and vApps, by their ids, as they come out of answers. */
typedef struct _FerryVsphereInventory FerryVsphereInventory;

/**
 * FerryVspherePlace: where a guest lies; names as the server stores them
 * (ferry_vsphere_name_unescape)
 * @datacenter: (owned) (nullable): its path with folders: "Europe/DC0"
 * @cluster: (owned) (nullable): its path below the data center: "Web/C0"; NULL: a host alone
 * @host: (owned) (nullable)
 * @folder: (owned) (nullable): the path of its folder, vApps included; NULL: in none
 */
typedef struct
{
  char *datacenter;
  char *cluster;
  char *host;
  char *folder;
} FerryVspherePlace;

FerryVsphereInventory *ferry_vsphere_inventory_new (void);
void ferry_vsphere_inventory_free (FerryVsphereInventory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVsphereInventory, ferry_vsphere_inventory_free)

/** ferry_vsphere_inventory_add: objects of other types are left out */
void ferry_vsphere_inventory_add (FerryVsphereInventory *self, const FerryVsphereObject *object);

/** FerryVsphereParents: ids, all (nullable): of what a guest hangs on */
typedef struct
{
  char *host;
  char *folder;
  char *app;
} FerryVsphereParents;

void ferry_vsphere_parents_clear (FerryVsphereParents *parents);

/** ferry_vsphere_inventory_find_place: what is not known stays NULL */
FerryVspherePlace *ferry_vsphere_inventory_find_place (const FerryVsphereInventory *self,
                                                       const FerryVsphereParents *parents);
void ferry_vsphere_place_free (FerryVspherePlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVspherePlace, ferry_vsphere_place_free)
/** ferry_vsphere_place_to_text: (nullable): for people: "DC0/C0/esx1"; without the data center of
 * an ESXi host alone, which it always has */
char *ferry_vsphere_place_to_text (const FerryVspherePlace *place);

typedef enum
{
  FERRY_VSPHERE_DATACENTER = 1,
  FERRY_VSPHERE_CLUSTER,
  FERRY_VSPHERE_HOST,
} FerryVsphereLevel;

/** ferry_vsphere_place_is_at: whether it lies in the data center, cluster or host that a user calls
 * @wanted: by its name or path, as stored or as people see it; NULL: anywhere */
gboolean ferry_vsphere_place_is_at (const FerryVspherePlace *place,
                                    FerryVsphereLevel level,
                                    const char *wanted);
/** ferry_vsphere_inventory_list: (transfer full) (element-type utf8): the paths of those, for
 * people, sorted */
GPtrArray *ferry_vsphere_inventory_list (const FerryVsphereInventory *self,
                                         FerryVsphereLevel level);
/** ferry_vsphere_inventory_has: whether there is one that a user calls @wanted */
gboolean ferry_vsphere_inventory_has (const FerryVsphereInventory *self,
                                      FerryVsphereLevel level,
                                      const char *wanted);

G_END_DECLS
