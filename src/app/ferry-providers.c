/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-providers.h"

#include "ferry-call.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryProviders
{
  GObject parent_instance;

  const FerryBackend *backend;
  GListStore *items; /* (owned) */
  GCancellable *cancellable; /* (owned): of what the keyring is asked */
  char *problem; /* (owned) (nullable) */
};

static void ferry_providers_list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FerryProviders,
                               ferry_providers,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      ferry_providers_list_model_init))

enum
{
  CHANGED,
  KEYRING_PROBLEM,
  KEYRING_KNOWN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return FERRY_TYPE_PROVIDER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FERRY_PROVIDERS (model)->items));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FERRY_PROVIDERS (model)->items), position);
}

static void
ferry_providers_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
on_items_changed (FerryProviders *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const FerryProvider *left = ferry_provider_item_get_provider (FERRY_PROVIDER_ITEM ((gpointer) a));
  const FerryProvider *right =
      ferry_provider_item_get_provider (FERRY_PROVIDER_ITEM ((gpointer) b));
  int order = g_utf8_collate (left->name, right->name);

  return order != 0 ? order : strcmp (left->id, right->id);
}

static guint
find_position (FerryProviders *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autoptr (FerryProviderItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (ferry_provider_item_get_provider (item)->id, id) == 0)
        break;
    }

  return i;
}

static void
on_item_changed (FerryProviders *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* That a test's result cannot be kept is no reason to trouble anybody. */
static void
on_item_tested (FerryProviders *self, FerryProviderItem *item)
{
  g_autoptr (GError) error = NULL;

  if (!self->backend->save_provider (ferry_provider_item_get_provider (item), &error))
    g_info ("The result of a test was not kept, ignoring: %s", error->message);
}

static void
add_item (FerryProviders *self, FerryProvider *provider)
{
  g_autoptr (FerryProviderItem) item = ferry_provider_item_new (self->backend, provider);

  g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), self);
  g_signal_connect_swapped (item, "tested", G_CALLBACK (on_item_tested), self);
  g_list_store_insert_sorted (self->items, item, compare_items, NULL);
}

static void
drop_item (FerryProviders *self, guint position)
{
  g_autoptr (FerryProviderItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  g_signal_handlers_disconnect_by_data (item, self);
  ferry_provider_item_stop (item);
  g_list_store_remove (self->items, position);
}

/* --- the keyring --- */

typedef struct
{
  const FerryBackend *backend;
  FerryProvider *provider; /* (owned) */
  gboolean forget;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  ferry_provider_free (keeping->provider);
  g_free (keeping);
}

static gboolean
keep_one (FerrySecrets *secrets,
          const FerrySecret *secret,
          const char *password,
          GCancellable *cancellable,
          GError **error)
{
  return password == NULL || ferry_secrets_keep (secrets, secret, password, cancellable, error);
}

static gpointer
keep_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  Keeping *keeping = input;
  const FerryProvider *provider = keeping->provider;
  g_autoptr (FerrySecrets) secrets = keeping->backend->open_secrets ();
  FerrySecret login = { FERRY_SECRET_PASSWORD, provider->id, provider->name };
  FerrySecret ssh = { FERRY_SECRET_SSH_PASSWORD, provider->id, provider->name };
  gboolean done;

  if (keeping->forget)
    done = ferry_secrets_forget (secrets, &login, cancellable, error) &&
           ferry_secrets_forget (secrets, &ssh, cancellable, error);
  else
    done = keep_one (secrets, &login, provider->source.password, cancellable, error) &&
           keep_one (secrets, &ssh, provider->source.ssh_password, cancellable, error);

  return done ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_kept (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryProviders *self = data;
  g_autoptr (GError) error = NULL;

  if (ferry_call_finish (result, &error) != NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_signal_emit (self, signals[KEYRING_PROBLEM], 0, error);
}

/* That there is no keyring to forget something in goes without saying. */
static void
on_forgotten (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (ferry_call_finish (result, &error) == NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("Passwords of a provider were not removed, ignoring: %s", error->message);
}

static void
keep_passwords (FerryProviders *self, const FerryProvider *provider, gboolean forget)
{
  Keeping *keeping = g_new0 (Keeping, 1);
  FerryCall call = {
    .run = keep_in_thread,
    .input = keeping,
    .free_input = (GDestroyNotify) keeping_free,
  };

  keeping->backend = self->backend;
  keeping->provider = ferry_provider_copy (provider);
  keeping->forget = forget;
  ferry_call_async (&call, self->cancellable, forget ? on_forgotten : on_kept, self);
}

/* Of nobody: where nothing is found, nothing is unlocked. */
static gpointer
look_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  const FerryBackend *backend = input;
  g_autoptr (FerrySecrets) secrets = backend->open_secrets ();
  FerrySecret secret = { FERRY_SECRET_PASSWORD, "00000000-0000-0000-0000-000000000000", NULL };
  g_autofree char *password = NULL;

  return ferry_secrets_look_up (secrets, &secret, &password, cancellable, error)
             ? GINT_TO_POINTER (TRUE)
             : NULL;
}

static void
on_looked (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryProviders *self = data;
  g_autoptr (GError) error = NULL;

  ferry_call_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* One that is locked or does not answer is there all the same. */
  g_signal_emit (self, signals[KEYRING_KNOWN], 0,
                 !g_error_matches (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL));
}

static void
ferry_providers_dispose (GObject *object)
{
  FerryProviders *self = FERRY_PROVIDERS (object);

  ferry_call_end (&self->cancellable);
  while (self->items != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    drop_item (self, 0);
  if (self->items != NULL)
    g_signal_handlers_disconnect_by_data (self->items, self);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (ferry_providers_parent_class)->dispose (object);
}

static void
ferry_providers_finalize (GObject *object)
{
  g_free (FERRY_PROVIDERS (object)->problem);

  G_OBJECT_CLASS (ferry_providers_parent_class)->finalize (object);
}

static void
ferry_providers_class_init (FerryProvidersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_providers_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_providers_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_PROVIDERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[KEYRING_PROBLEM] =
      g_signal_new ("keyring-problem", FERRY_TYPE_PROVIDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[KEYRING_KNOWN] = g_signal_new ("keyring-known", FERRY_TYPE_PROVIDERS, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
ferry_providers_init (FerryProviders *self)
{
  self->items = g_list_store_new (FERRY_TYPE_PROVIDER_ITEM);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (self->items, "items-changed", G_CALLBACK (on_items_changed), self);
}

FerryProviders *
ferry_providers_new (const FerryBackend *backend)
{
  FerryProviders *self;

  g_return_val_if_fail (backend != NULL, NULL);

  self = g_object_new (FERRY_TYPE_PROVIDERS, NULL);
  self->backend = backend;

  return self;
}

const FerryBackend *
ferry_providers_get_backend (FerryProviders *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), NULL);

  return self->backend;
}

static void
set_problem (FerryProviders *self, char *problem)
{
  g_free (self->problem);
  self->problem = problem;
}

static gboolean
has_id (const GPtrArray *providers, const char *id)
{
  for (guint i = 0; i < providers->len; i++)
    if (g_str_equal (((const FerryProvider *) g_ptr_array_index (providers, i))->id, id))
      return TRUE;

  return FALSE;
}

/* Another program may have written them: ferryctl. Passwords are in no file. */
static void
merge (FerryProviders *self, FerryProvider *provider)
{
  FerryProviderItem *known = ferry_providers_find (self, provider->id);

  if (known == NULL)
    {
      add_item (self, ferry_provider_copy (provider));
      return;
    }
  if (ferry_provider_item_is_testing (known))
    return;

  ferry_plan_source_set_password (&provider->source.password,
                                  ferry_provider_item_get_provider (known)->source.password);
  ferry_plan_source_set_password (&provider->source.ssh_password,
                                  ferry_provider_item_get_provider (known)->source.ssh_password);
  ferry_provider_item_set_provider (known, provider);
}

void
ferry_providers_load (FerryProviders *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) providers = NULL;
  guint damaged = 0;

  g_return_if_fail (FERRY_IS_PROVIDERS (self));

  providers = self->backend->list_providers (&damaged, &error);
  set_problem (self, error != NULL ? g_strdup (error->message) : NULL);
  if (providers == NULL)
    return;

  if (damaged > 0)
    set_problem (self,
                 g_strdup_printf (ngettext ("%u provider is left out: its file is damaged.",
                                            "%u providers are left out: their files are damaged.",
                                            damaged),
                                  damaged));
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->items)); i > 0; i--)
    {
      g_autoptr (FerryProviderItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->items), i - 1);

      if (!has_id (providers, ferry_provider_item_get_provider (item)->id))
        drop_item (self, i - 1);
    }
  for (guint i = 0; i < providers->len; i++)
    merge (self, g_ptr_array_index (providers, i));
  g_list_store_sort (self->items, compare_items, NULL);
}

const char *
ferry_providers_get_problem (FerryProviders *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), NULL);

  return self->problem;
}

FerryProviderItem *
ferry_providers_find (FerryProviders *self, const char *id)
{
  g_autoptr (FerryProviderItem) item = NULL;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), NULL);

  item = g_list_model_get_item (G_LIST_MODEL (self->items), find_position (self, id));

  return item; /* the list holds it */
}

FerryProviderItem *
ferry_providers_find_name (FerryProviders *self, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (FerryProviderItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      g_autofree char *other = g_utf8_casefold (ferry_provider_item_get_provider (item)->name, -1);

      if (strcmp (folded, other) == 0)
        return item;
    }

  return NULL;
}

gboolean
ferry_providers_save (FerryProviders *self, const FerryProvider *provider, GError **error)
{
  FerryProviderItem *known;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  if (!self->backend->save_provider (provider, error))
    return FALSE;

  known = ferry_providers_find (self, provider->id);
  if (!provider->remember)
    keep_passwords (self, provider, TRUE);
  else if (provider->source.password != NULL || provider->source.ssh_password != NULL)
    keep_passwords (self, provider, FALSE);
  if (known == NULL)
    add_item (self, ferry_provider_copy (provider));
  else
    ferry_provider_item_set_provider (known, provider);
  g_list_store_sort (self->items, compare_items, NULL);

  return TRUE;
}

gboolean
ferry_providers_remove (FerryProviders *self, const char *id, GError **error)
{
  FerryProviderItem *item;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), FALSE);

  item = ferry_providers_find (self, id);
  if (item == NULL)
    return TRUE;
  if (!self->backend->remove_provider (id, error))
    return FALSE;

  keep_passwords (self, ferry_provider_item_get_provider (item), TRUE);
  drop_item (self, find_position (self, id));

  return TRUE;
}

char *
ferry_providers_dup_free_name (FerryProviders *self, const char *name)
{
  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), NULL);

  if (ferry_providers_find_name (self, name) == NULL)
    return g_strdup (name);
  for (guint i = 2;; i++)
    {
      g_autofree char *other = g_strdup_printf ("%s %u", name, i);

      if (ferry_providers_find_name (self, other) == NULL)
        return g_steal_pointer (&other);
    }
}

char *
ferry_providers_export (FerryProviders *self)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();

  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (FerryProviderItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      g_ptr_array_add (providers, (gpointer) ferry_provider_item_get_provider (item));
    }

  return ferry_provider_export (providers);
}

gboolean
ferry_providers_import (FerryProviders *self, const char *text, guint *out_n, GError **error)
{
  g_autoptr (GPtrArray) providers = NULL;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (self), FALSE);

  providers = ferry_provider_import (text, -1, error);
  if (providers == NULL)
    return FALSE;
  for (guint i = 0; i < providers->len; i++)
    if (!ferry_providers_save (self, g_ptr_array_index (providers, i), error))
      return FALSE;
  *out_n = providers->len;

  return TRUE;
}

void
ferry_providers_look_for_keyring (FerryProviders *self)
{
  FerryCall call = { .run = look_in_thread };

  g_return_if_fail (FERRY_IS_PROVIDERS (self));

  call.input = (gpointer) self->backend;
  ferry_call_async (&call, self->cancellable, on_looked, self);
}
