/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets.h"

#include <string.h>

#define FERRY_TYPE_SECRETS_MEMORY (ferry_secrets_memory_get_type ())
G_DECLARE_FINAL_TYPE (FerrySecretsMemory, ferry_secrets_memory, FERRY, SECRETS_MEMORY, GObject)

struct _FerrySecretsMemory
{
  GObject parent_instance;
  GHashTable *passwords; /* (owned): from "uuid kind" */
};

static void ferry_secrets_memory_iface_init (FerrySecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerrySecretsMemory,
                               ferry_secrets_memory,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SECRETS,
                                                      ferry_secrets_memory_iface_init))

static char *
dup_key (const FerrySecret *secret)
{
  return g_strdup_printf ("%s %d", secret->provider, (int) secret->kind);
}

static void
free_wiped (gpointer password)
{
  explicit_bzero (password, strlen (password));
  g_free (password);
}

static gboolean
look_up (FerrySecrets *secrets,
         const FerrySecret *secret,
         char **out_password,
         GCancellable *cancellable,
         GError **error)
{
  FerrySecretsMemory *self = FERRY_SECRETS_MEMORY (secrets);
  g_autofree char *key = dup_key (secret);

  *out_password = g_strdup (g_hash_table_lookup (self->passwords, key));

  return TRUE;
}

static gboolean
keep (FerrySecrets *secrets,
      const FerrySecret *secret,
      const char *password,
      GCancellable *cancellable,
      GError **error)
{
  FerrySecretsMemory *self = FERRY_SECRETS_MEMORY (secrets);

  g_hash_table_replace (self->passwords, dup_key (secret), g_strdup (password));

  return TRUE;
}

static gboolean
forget (FerrySecrets *secrets, const FerrySecret *secret, GCancellable *cancellable, GError **error)
{
  FerrySecretsMemory *self = FERRY_SECRETS_MEMORY (secrets);
  g_autofree char *key = dup_key (secret);

  g_hash_table_remove (self->passwords, key);

  return TRUE;
}

static void
ferry_secrets_memory_iface_init (FerrySecretsInterface *iface)
{
  iface->look_up = look_up;
  iface->keep = keep;
  iface->forget = forget;
}

static void
ferry_secrets_memory_finalize (GObject *object)
{
  FerrySecretsMemory *self = FERRY_SECRETS_MEMORY (object);

  g_hash_table_unref (self->passwords);
  G_OBJECT_CLASS (ferry_secrets_memory_parent_class)->finalize (object);
}

static void
ferry_secrets_memory_class_init (FerrySecretsMemoryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ferry_secrets_memory_finalize;
}

static void
ferry_secrets_memory_init (FerrySecretsMemory *self)
{
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_wiped);
}

FerrySecrets *
ferry_secrets_memory_new (void)
{
  return g_object_new (FERRY_TYPE_SECRETS_MEMORY, NULL);
}
