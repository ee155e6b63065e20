/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-client.h"

#include "ferry-json.h"
#include "ferry-guest.h"
#include "ferry-libvirt-call.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
version_to_text (guint64 version)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT,
                          version / 1000000, version / 1000 % 1000, version % 1000);
}

static gboolean
read_version (JsonObject *line, FerryDestinationFacts *facts, GError **error)
{
  guint64 libvirt = 0;
  guint64 hypervisor = 0;
  g_autofree char *type = NULL;
  g_autofree char *libvirt_text = NULL;
  g_autofree char *hypervisor_text = NULL;

  if (!ferry_json_get_uint64 (line, "libvirt", &libvirt, error) ||
      !ferry_json_get_uint64 (line, "hypervisor", &hypervisor, error) ||
      !ferry_json_get_string (line, "type", &type, error) ||
      !ferry_json_get_boolean (line, "kvm", &facts->has_kvm, error))
    return FALSE;

  libvirt_text = version_to_text (libvirt);
  hypervisor_text = version_to_text (hypervisor);
  g_free (facts->version);
  facts->version = g_strdup_printf ("libvirt %s, %s %s", libvirt_text, type != NULL ? type : "?",
                                    hypervisor_text);

  return TRUE;
}

static void
judge_pool (FerryStorage *storage, gboolean is_active)
{
  storage->usable = FALSE;
  if (strcmp (storage->kind, "dir") != 0)
    storage->why_not = g_strdup_printf (_("virt-v2v can write only to pools that are folders "
                                          "(type ‘dir’); this one is of type ‘%s’."),
                                        storage->kind);
  else if (!is_active)
    storage->why_not =
        g_strdup_printf (_("The pool is not active. Start it with ‘virsh pool-start %s’."),
                         storage->name);
  else
    storage->usable = TRUE;
}

static gboolean
read_pool (JsonObject *line, FerryDestinationFacts *facts, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  gboolean is_active = FALSE;
  g_autoptr (FerryStorage) storage = NULL;

  if (!ferry_json_get_string (line, "name", &name, error) ||
      !ferry_json_get_string (line, "type", &type, error) ||
      !ferry_json_get_boolean (line, "active", &is_active, error))
    return FALSE;

  storage = ferry_storage_new (name != NULL ? name : "", type != NULL ? type : "");
  if (!ferry_json_get_string (line, "path", &storage->path, error) ||
      !ferry_json_get_uint64 (line, "free", &storage->free_bytes, error) ||
      !ferry_json_get_uint64 (line, "total", &storage->total_bytes, error))
    return FALSE;

  judge_pool (storage, is_active);
  g_ptr_array_add (facts->storages, g_steal_pointer (&storage));

  return TRUE;
}

typedef struct
{
  FerryDestinationFacts *facts;
  GStrvBuilder *networks;
  GStrvBuilder *bridges;
  GStrvBuilder *guests;
  GStrvBuilder *macs;
} Inventory;

/* What is no address of a network card is nobody's. */
static void
add_mac (GStrvBuilder *macs, const char *address)
{
  g_autofree char *mac = ferry_mac_normalize (address);

  if (mac != NULL)
    g_strv_builder_add (macs, mac);
}

static gboolean
read_inventory_line (JsonObject *line, Inventory *inventory, GError **error)
{
  g_autofree char *name = NULL;

  if (ferry_libvirt_is_item (line, "version"))
    return read_version (line, inventory->facts, error);
  if (ferry_libvirt_is_item (line, "pool"))
    return read_pool (line, inventory->facts, error);

  if (!ferry_json_get_string (line, "name", &name, error))
    return FALSE;
  if (name != NULL && ferry_libvirt_is_item (line, "network"))
    g_strv_builder_add (inventory->networks, name);
  else if (name != NULL && ferry_libvirt_is_item (line, "bridge"))
    g_strv_builder_add (inventory->bridges, name);
  else if (name != NULL && ferry_libvirt_is_item (line, "domain"))
    g_strv_builder_add (inventory->guests, name);
  else if (name != NULL && ferry_libvirt_is_item (line, "mac"))
    add_mac (inventory->macs, name);

  return TRUE;
}

static void
take_names (char ***names, GStrvBuilder *builder)
{
  g_strfreev (*names);
  *names = g_strv_builder_end (builder);
}

FerryDestinationFacts *
ferry_libvirt_inspect (const char *uri, GCancellable *cancellable, GError **error)
{
  FerryLibvirtRequest request = { .request = "inspect", .uri = uri };
  g_autoptr (GPtrArray) lines = ferry_libvirt_call (&request, cancellable, error);
  g_autoptr (FerryDestinationFacts) facts = ferry_destination_facts_new ();
  g_autoptr (GStrvBuilder) networks = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) bridges = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) guests = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) macs = g_strv_builder_new ();
  Inventory inventory = { facts, networks, bridges, guests, macs };

  if (lines == NULL)
    return NULL;

  for (guint i = 0; i < lines->len; i++)
    if (!read_inventory_line (g_ptr_array_index (lines, i), &inventory, error))
      return NULL;
  take_names (&facts->networks, networks);
  take_names (&facts->bridges, bridges);
  take_names (&facts->guest_names, guests);
  take_names (&facts->macs, macs);

  return g_steal_pointer (&facts);
}
