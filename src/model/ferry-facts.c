/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-facts.h"

/** ferry_host_facts_new: nothing installed, no room, no KVM */
FerryHostFacts *
ferry_host_facts_new (void)
{
  FerryHostFacts *facts = g_new0 (FerryHostFacts, 1);

  facts->name = g_strdup ("");
  facts->user = g_strdup ("");
  facts->words = g_new0 (char *, 1);
  facts->nbdkit_plugins = g_new0 (char *, 1);
  facts->kvm = FERRY_KVM_ABSENT;
  facts->tmp_dir = g_strdup ("");
  facts->cache_dir = g_strdup ("");

  return facts;
}

FerryHostFacts *
ferry_host_facts_copy (const FerryHostFacts *facts)
{
  FerryHostFacts *copy = g_new0 (FerryHostFacts, 1);

  *copy = *facts;
  copy->name = g_strdup (facts->name);
  copy->user = g_strdup (facts->user);
  copy->virt_v2v_version = g_strdup (facts->virt_v2v_version);
  copy->words = g_strdupv (facts->words);
  copy->nbdkit_plugins = g_strdupv (facts->nbdkit_plugins);
  copy->virtio_win = g_strdup (facts->virtio_win);
  copy->tmp_dir = g_strdup (facts->tmp_dir);
  copy->tmp_problem = g_strdup (facts->tmp_problem);
  copy->cache_dir = g_strdup (facts->cache_dir);

  return copy;
}

void
ferry_host_facts_free (FerryHostFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->name);
  g_free (facts->user);
  g_free (facts->virt_v2v_version);
  g_strfreev (facts->words);
  g_strfreev (facts->nbdkit_plugins);
  g_free (facts->virtio_win);
  g_free (facts->tmp_dir);
  g_free (facts->tmp_problem);
  g_free (facts->cache_dir);
  g_free (facts);
}

gboolean
ferry_host_facts_has_word (const FerryHostFacts *facts, const char *word)
{
  return g_strv_contains ((const char *const *) facts->words, word);
}

gboolean
ferry_host_facts_has_plugin (const FerryHostFacts *facts, const char *plugin)
{
  return g_strv_contains ((const char *const *) facts->nbdkit_plugins, plugin);
}

/** ferry_storage_new: usable, of unknown size */
FerryStorage *
ferry_storage_new (const char *name, const char *kind)
{
  FerryStorage *storage = g_new0 (FerryStorage, 1);

  storage->name = g_strdup (name);
  storage->kind = g_strdup (kind);
  storage->usable = TRUE;
  storage->free_bytes = G_MAXUINT64;
  storage->total_bytes = G_MAXUINT64;

  return storage;
}

FerryStorage *
ferry_storage_copy (const FerryStorage *storage)
{
  FerryStorage *copy = ferry_storage_new (storage->name, storage->kind);

  copy->path = g_strdup (storage->path);
  copy->usable = storage->usable;
  copy->why_not = g_strdup (storage->why_not);
  copy->why_code = storage->why_code;
  copy->free_bytes = storage->free_bytes;
  copy->total_bytes = storage->total_bytes;
  copy->promised_bytes = storage->promised_bytes;
  copy->device = storage->device;

  return copy;
}

void
ferry_storage_free (FerryStorage *storage)
{
  if (storage == NULL)
    return;
  g_free (storage->name);
  g_free (storage->kind);
  g_free (storage->path);
  g_free (storage->why_not);
  g_free (storage);
}

FerryDestinationFacts *
ferry_destination_facts_new (void)
{
  FerryDestinationFacts *facts = g_new0 (FerryDestinationFacts, 1);

  facts->storages = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_storage_free);
  facts->networks = g_new0 (char *, 1);
  facts->bridges = g_new0 (char *, 1);
  facts->guest_names = g_new0 (char *, 1);
  facts->macs = g_new0 (char *, 1);

  return facts;
}

FerryDestinationFacts *
ferry_destination_facts_copy (const FerryDestinationFacts *facts)
{
  FerryDestinationFacts *copy = g_new0 (FerryDestinationFacts, 1);

  copy->version = g_strdup (facts->version);
  copy->storages = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_storage_free);
  for (guint i = 0; i < facts->storages->len; i++)
    g_ptr_array_add (copy->storages, ferry_storage_copy (g_ptr_array_index (facts->storages, i)));
  copy->networks = g_strdupv (facts->networks);
  copy->bridges = g_strdupv (facts->bridges);
  copy->guest_names = g_strdupv (facts->guest_names);
  copy->macs = g_strdupv (facts->macs);
  copy->any_network = facts->any_network;
  copy->has_kvm = facts->has_kvm;

  return copy;
}

void
ferry_destination_facts_free (FerryDestinationFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->version);
  g_ptr_array_unref (facts->storages);
  g_strfreev (facts->networks);
  g_strfreev (facts->bridges);
  g_strfreev (facts->guest_names);
  g_strfreev (facts->macs);
  g_free (facts);
}

/** ferry_destination_facts_find_storage: (nullable) (transfer none) */
const FerryStorage *
ferry_destination_facts_find_storage (const FerryDestinationFacts *facts, const char *name)
{
  for (guint i = 0; i < facts->storages->len; i++)
    {
      const FerryStorage *storage = g_ptr_array_index (facts->storages, i);

      if (g_strcmp0 (storage->name, name) == 0)
        return storage;
    }

  return NULL;
}
