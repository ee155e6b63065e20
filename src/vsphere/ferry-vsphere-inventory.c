/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-inventory.h"

#include "ferry-vsphere-address.h"

#include <string.h>

/* Nobody nests folders so deeply; a server that lies could make a ring. */
#define MAX_DEPTH 64
#define ESXI_DATACENTER "ha-datacenter"

typedef struct
{
  char *type;
  char *name;
  char *parent; /* (nullable): an id */
} Node;

struct _FerryVsphereInventory
{
  GHashTable *nodes; /* id → Node */
};

static void
node_free (Node *node)
{
  g_free (node->type);
  g_free (node->name);
  g_free (node->parent);
  g_free (node);
}

FerryVsphereInventory *
ferry_vsphere_inventory_new (void)
{
  FerryVsphereInventory *self = g_new0 (FerryVsphereInventory, 1);

  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) node_free);

  return self;
}

void
ferry_vsphere_inventory_free (FerryVsphereInventory *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->nodes);
  g_free (self);
}

static gboolean
is_place (const char *type)
{
  static const char *const types[] = { "Folder",     "Datacenter", "ComputeResource",
                                       "HostSystem", "VirtualApp", "ClusterComputeResource",
                                       NULL };

  return g_strv_contains (types, type);
}

void
ferry_vsphere_inventory_add (FerryVsphereInventory *self, const FerryVsphereObject *object)
{
  Node *node;

  if (!is_place (object->type))
    return;
  node = g_new0 (Node, 1);
  node->type = g_strdup (object->type);
  node->name = ferry_vsphere_object_dup (object, "name");
  if (node->name == NULL)
    node->name = g_strdup (object->id);
  node->parent = ferry_vsphere_object_dup (object, "parentFolder");
  if (node->parent == NULL)
    node->parent = ferry_vsphere_object_dup (object, "parent");
  g_hash_table_replace (self->nodes, g_strdup (object->id), node);
}

static const Node *
find (const FerryVsphereInventory *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->nodes, id) : NULL;
}

static gboolean
is_type (const Node *node, const char *type)
{
  return node != NULL && g_str_equal (node->type, type);
}

static void
prepend (char **path, const char *name)
{
  g_autofree char *rest = *path;

  *path = rest != NULL ? g_strconcat (name, "/", rest, NULL) : g_strdup (name);
}

/* The root folder, which has no parent, and the folders that every data center has ("vm", "host")
 * belong to no path. */
static gboolean
is_hidden (const FerryVsphereInventory *self, const Node *node)
{
  return is_type (node, "Folder") &&
         (node->parent == NULL || is_type (find (self, node->parent), "Datacenter"));
}

/* The path from @node upwards to, but without, the next data center, which is returned. */
static const Node *
climb (const FerryVsphereInventory *self, const Node *node, char **path)
{
  for (guint depth = 0; depth < MAX_DEPTH && node != NULL && !is_type (node, "Datacenter"); depth++)
    {
      if (!is_hidden (self, node))
        prepend (path, node->name);
      node = find (self, node->parent);
    }

  return is_type (node, "Datacenter") ? node : NULL;
}

static char *
dup_datacenter_path (const FerryVsphereInventory *self, const Node *datacenter)
{
  char *path = NULL;

  if (datacenter == NULL)
    return NULL;
  path = g_strdup (datacenter->name);
  climb (self, find (self, datacenter->parent), &path);

  return path;
}

static const Node *
find_host (const FerryVsphereInventory *self, const char *id, FerryVspherePlace *place)
{
  const Node *host = find (self, id);
  const Node *compute = host != NULL ? find (self, host->parent) : NULL;
  g_autofree char *cluster = NULL;
  const Node *datacenter;

  if (host == NULL)
    return NULL;
  place->host = g_strdup (host->name);
  datacenter = climb (self, compute, &cluster);
  if (is_type (compute, "ClusterComputeResource"))
    place->cluster = g_steal_pointer (&cluster);

  return datacenter;
}

static const Node *
find_folder (const FerryVsphereInventory *self,
             const FerryVsphereParents *parents,
             FerryVspherePlace *place)
{
  const Node *node = find (self, parents->app);

  return climb (self, node != NULL ? node : find (self, parents->folder), &place->folder);
}

FerryVspherePlace *
ferry_vsphere_inventory_find_place (const FerryVsphereInventory *self,
                                    const FerryVsphereParents *parents)
{
  FerryVspherePlace *place = g_new0 (FerryVspherePlace, 1);
  const Node *by_folder = find_folder (self, parents, place);
  const Node *by_host = find_host (self, parents->host, place);

  place->datacenter = dup_datacenter_path (self, by_host != NULL ? by_host : by_folder);

  return place;
}

void
ferry_vsphere_place_free (FerryVspherePlace *place)
{
  if (place == NULL)
    return;
  g_free (place->datacenter);
  g_free (place->cluster);
  g_free (place->host);
  g_free (place->folder);
  g_free (place);
}

void
ferry_vsphere_parents_clear (FerryVsphereParents *parents)
{
  g_clear_pointer (&parents->host, g_free);
  g_clear_pointer (&parents->folder, g_free);
  g_clear_pointer (&parents->app, g_free);
}

char *
ferry_vsphere_place_to_text (const FerryVspherePlace *place)
{
  gboolean is_alone = g_strcmp0 (place->datacenter, ESXI_DATACENTER) == 0;
  const char *const parts[] = { is_alone ? NULL : place->datacenter, place->cluster, place->host };
  g_autofree char *path = NULL;

  for (guint i = G_N_ELEMENTS (parts); i > 0; i--)
    if (parts[i - 1] != NULL)
      prepend (&path, parts[i - 1]);

  return path != NULL ? ferry_vsphere_name_unescape (path) : NULL;
}

/* --- what a user calls them --- */

static const char *
get_level (const FerryVspherePlace *place, FerryVsphereLevel level)
{
  switch (level)
    {
    case FERRY_VSPHERE_DATACENTER:
      return place->datacenter;
    case FERRY_VSPHERE_CLUSTER:
      return place->cluster;
    case FERRY_VSPHERE_HOST:
      return place->host;
    }

  return NULL;
}

/* The whole path, or any end of it: "Europe/DC0" is also "DC0". */
static gboolean
ends_with_path (const char *path, const char *wanted)
{
  gsize length = strlen (path), tail = strlen (wanted);

  if (!g_str_has_suffix (path, wanted))
    return FALSE;

  return length == tail || path[length - tail - 1] == '/';
}

static gboolean
is_called (const char *path, const char *wanted)
{
  g_autofree char *shown = ferry_vsphere_name_unescape (path);
  g_autofree char *stripped = g_strdup (*wanted == '/' ? wanted + 1 : wanted);

  if (g_str_has_suffix (stripped, "/"))
    stripped[strlen (stripped) - 1] = '\0';

  return *stripped != '\0' && (ends_with_path (path, stripped) || ends_with_path (shown, stripped));
}

/* A host may also be called with what it lies in: "C0/esx1". */
static gboolean
has_host_path (const FerryVspherePlace *place, const char *wanted)
{
  g_autofree char *text = ferry_vsphere_place_to_text (place);

  return text != NULL && place->host != NULL && is_called (text, wanted);
}

gboolean
ferry_vsphere_place_is_at (const FerryVspherePlace *place,
                           FerryVsphereLevel level,
                           const char *wanted)
{
  const char *path = get_level (place, level);

  if (wanted == NULL)
    return TRUE;
  if (path == NULL)
    return FALSE;

  return is_called (path, wanted) || (level == FERRY_VSPHERE_HOST && has_host_path (place, wanted));
}

static gboolean
is_of_level (const Node *node, FerryVsphereLevel level)
{
  switch (level)
    {
    case FERRY_VSPHERE_DATACENTER:
      return is_type (node, "Datacenter");
    case FERRY_VSPHERE_CLUSTER:
      return is_type (node, "ClusterComputeResource");
    case FERRY_VSPHERE_HOST:
      return is_type (node, "HostSystem");
    }

  return FALSE;
}

static FerryVspherePlace *
make_place (const FerryVsphereInventory *self,
            const char *id,
            const Node *node,
            FerryVsphereLevel level)
{
  FerryVspherePlace *place = g_new0 (FerryVspherePlace, 1);
  const Node *datacenter = NULL;

  switch (level)
    {
    case FERRY_VSPHERE_DATACENTER:
      datacenter = node;
      break;
    case FERRY_VSPHERE_CLUSTER:
      datacenter = climb (self, node, &place->cluster);
      break;
    case FERRY_VSPHERE_HOST:
      datacenter = find_host (self, id, place);
      break;
    }
  place->datacenter = dup_datacenter_path (self, datacenter);

  return place;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
ferry_vsphere_inventory_list (const FerryVsphereInventory *self, FerryVsphereLevel level)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id, node;

  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, &id, &node))
    if (is_of_level (node, level))
      {
        g_autoptr (FerryVspherePlace) place = make_place (self, id, node, level);
        char *text = ferry_vsphere_place_to_text (place);

        g_ptr_array_add (paths, text != NULL ? text : g_strdup (((Node *) node)->name));
      }
  g_ptr_array_sort (paths, compare_texts);

  return paths;
}

gboolean
ferry_vsphere_inventory_has (const FerryVsphereInventory *self,
                             FerryVsphereLevel level,
                             const char *wanted)
{
  GHashTableIter iter;
  gpointer id, node;

  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, &id, &node))
    if (is_of_level (node, level))
      {
        g_autoptr (FerryVspherePlace) place = make_place (self, id, node, level);

        if (ferry_vsphere_place_is_at (place, level, wanted))
          return TRUE;
      }

  return FALSE;
}
