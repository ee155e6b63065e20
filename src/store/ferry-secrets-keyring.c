/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets.h"

#include "ferry-error.h"
#include "ferry-secrets-call.h"
#include "ferry-secrets-service.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The Secret Service of the session: gnome-keyring, KWallet, KeePassXC, … */

/* Without somebody to ask, it answers in milliseconds. */
#define SERVICE_SECONDS 10
/* Time to find one's password; where there is no display nobody is asked. */
#define PROMPT_SECONDS 120
#define LIMIT_VARIABLE "FERRY_KEYRING_SECONDS"

#define PROVIDER_ATTRIBUTE "provider"
#define KIND_ATTRIBUTE "kind"

static const SecretSchema schema = {
  .name = FERRY_APP_ID,
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { PROVIDER_ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { KIND_ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

#define FERRY_TYPE_SECRETS_KEYRING (ferry_secrets_keyring_get_type ())
G_DECLARE_FINAL_TYPE (FerrySecretsKeyring, ferry_secrets_keyring, FERRY, SECRETS_KEYRING, GObject)

struct _FerrySecretsKeyring
{
  GObject parent_instance;
};

static void ferry_secrets_keyring_iface_init (FerrySecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerrySecretsKeyring,
                               ferry_secrets_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SECRETS,
                                                      ferry_secrets_keyring_iface_init))

/**
 * Task: one question to the keyring
 * @service: (owned): of this task only: its proxies belong to the main context of the call
 */
typedef struct
{
  FerrySecretsCall *call;
  GCancellable *cancellable;
  SecretService *service;
  GHashTable *attributes;
} Task;

static void
task_clear (Task *task)
{
  g_clear_object (&task->service);
  g_clear_pointer (&task->attributes, g_hash_table_unref);
  g_clear_pointer (&task->call, ferry_secrets_call_end);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Task, task_clear)

static const char *
kind_to_word (FerrySecretKind kind)
{
  return kind == FERRY_SECRET_SSH_PASSWORD ? "ssh-password" : "password";
}

static guint
get_prompt_seconds (void)
{
  const char *value = g_getenv (LIMIT_VARIABLE);
  gboolean has_display = g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL;
  guint64 seconds = 0;

  if (value != NULL && g_ascii_string_to_unsigned (value, 10, 1, 3600, &seconds, NULL))
    return (guint) seconds;

  return has_display ? PROMPT_SECONDS : SERVICE_SECONDS;
}

static guint
get_service_seconds (void)
{
  return MIN (SERVICE_SECONDS, get_prompt_seconds ());
}

static gboolean
fail_locked (GError **error)
{
  return ferry_fail (error, FERRY_ERROR_PERMISSION,
                     _("The keyring is locked, and was not unlocked. "
                        "Unlock it, or type the password each time."));
}

/* @cause: (transfer full) (nullable): NULL: the service did not even say that it was cancelled */
static gboolean
fail_task (const Task *task, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;

  if (g_cancellable_set_error_if_cancelled (task->cancellable, error))
    return FALSE;
  if (ferry_secrets_call_timed_out (task->call) ||
      g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return fail_locked (error);
  /* libsecret hands on what the bus says of the collection that was not made. */
  if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
      g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
      g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    return ferry_fail (error, FERRY_ERROR_PERMISSION,
                       _("There is no keyring yet to keep the password in, and none was made. "
                          "Log in to a desktop session once, or type the password each time."));

  return ferry_fail (error, FERRY_ERROR_FAILED, _("The keyring has failed: %s."),
                     owned != NULL ? owned->message : _("it does not answer"));
}

/* There is none when it cannot be reached at all, whatever the bus says of it. */
static gboolean
open_service (Task *task, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  secret_service_open (FERRY_TYPE_SECRETS_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION,
                       ferry_secrets_call_get_cancellable (task->call), ferry_secrets_call_on_done,
                       task->call);
  result = ferry_secrets_call_wait (task->call, get_service_seconds ());
  if (result != NULL)
    task->service = secret_service_open_finish (result, &local_error);
  if (task->service != NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (task->cancellable, error))
    return FALSE;

  return ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                     _("There is no keyring in this session that could keep passwords. "
                        "Install and start one, as gnome-keyring, or type the password each "
                        "time."));
}

static gboolean
task_begin (Task *task, const FerrySecret *secret, GCancellable *cancellable, GError **error)
{
  task->call = ferry_secrets_call_begin (cancellable);
  task->cancellable = cancellable;
  task->attributes = secret_attributes_build (&schema, PROVIDER_ATTRIBUTE, secret->provider,
                                              KIND_ATTRIBUTE, kind_to_word (secret->kind), NULL);

  return open_service (task, error);
}

/* @out_item: (out) (nullable): NULL: there is none. Asks nobody. */
static gboolean
find_item (Task *task, SecretItem **out_item, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  GList *items = NULL;

  secret_service_search (task->service, &schema, task->attributes, SECRET_SEARCH_NONE,
                         ferry_secrets_call_get_cancellable (task->call),
                         ferry_secrets_call_on_done, task->call);
  result = ferry_secrets_call_wait (task->call, get_service_seconds ());
  if (result != NULL)
    items = secret_service_search_finish (task->service, result, &local_error);
  if (result == NULL || local_error != NULL)
    return fail_task (task, g_steal_pointer (&local_error), error);
  *out_item = items != NULL ? g_object_ref (items->data) : NULL;
  g_list_free_full (items, g_object_unref);

  return TRUE;
}

static gboolean
unlock_item (Task *task, SecretItem *item, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  GList objects = { .data = item };
  int n_unlocked = 0;

  if (!secret_item_get_locked (item))
    return TRUE;
  secret_service_unlock (task->service, &objects, ferry_secrets_call_get_cancellable (task->call),
                         ferry_secrets_call_on_done, task->call);
  result = ferry_secrets_call_wait (task->call, get_prompt_seconds ());
  if (result != NULL)
    n_unlocked = secret_service_unlock_finish (task->service, result, NULL, &local_error);
  if (result == NULL || local_error != NULL)
    return fail_task (task, g_steal_pointer (&local_error), error);
  if (n_unlocked < 1)
    return g_cancellable_set_error_if_cancelled (task->cancellable, error) ? FALSE
                                                                           : fail_locked (error);

  return TRUE;
}

/* What another program put there may be no text. */
static gboolean
read_value (SecretItem *item, char **out_password, GError **error)
{
  SecretValue *value = secret_item_get_secret (item);
  const char *bytes;
  gsize length = 0;

  if (value == NULL)
    return ferry_fail (error, FERRY_ERROR_FAILED,
                       _("The keyring has failed: it has the entry, but not its password."));
  bytes = secret_value_get (value, &length);
  *out_password = g_strndup (bytes, length);
  secret_value_unref (value);

  return TRUE;
}

static gboolean
load_item (Task *task, SecretItem *item, char **out_password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  secret_item_load_secret (item, ferry_secrets_call_get_cancellable (task->call),
                           ferry_secrets_call_on_done, task->call);
  result = ferry_secrets_call_wait (task->call, get_service_seconds ());
  if (result == NULL || !secret_item_load_secret_finish (item, result, &local_error))
    return fail_task (task, g_steal_pointer (&local_error), error);

  return read_value (item, out_password, error);
}

static gboolean
look_up (FerrySecrets *secrets,
         const FerrySecret *secret,
         char **out_password,
         GCancellable *cancellable,
         GError **error)
{
  g_auto (Task) task = { 0 };
  g_autoptr (SecretItem) item = NULL;

  if (!task_begin (&task, secret, cancellable, error) || !find_item (&task, &item, error))
    return FALSE;
  if (item == NULL)
    {
      *out_password = NULL;
      return TRUE;
    }

  return unlock_item (&task, item, error) && load_item (&task, item, out_password, error);
}

static gboolean
keep (FerrySecrets *secrets,
      const FerrySecret *secret,
      const char *password,
      GCancellable *cancellable,
      GError **error)
{
  g_auto (Task) task = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *label = NULL;
  SecretValue *value;

  if (!task_begin (&task, secret, cancellable, error))
    return FALSE;
  label = g_strdup_printf ("Ferry: %s", secret->label != NULL ? secret->label : secret->provider);
  value = secret_value_new (password, -1, "text/plain");
  secret_service_store (task.service, &schema, task.attributes, NULL, label, value,
                        ferry_secrets_call_get_cancellable (task.call), ferry_secrets_call_on_done,
                        task.call);
  secret_value_unref (value);
  result = ferry_secrets_call_wait (task.call, get_prompt_seconds ());
  if (result == NULL || !secret_service_store_finish (task.service, result, &local_error))
    return fail_task (&task, g_steal_pointer (&local_error), error);

  return TRUE;
}

/* Without unlocking: what is locked can be deleted only after the user was asked for it. */
static gboolean
forget (FerrySecrets *secrets, const FerrySecret *secret, GCancellable *cancellable, GError **error)
{
  g_auto (Task) task = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!task_begin (&task, secret, cancellable, error))
    return FALSE;
  secret_service_clear (task.service, &schema, task.attributes,
                        ferry_secrets_call_get_cancellable (task.call), ferry_secrets_call_on_done,
                        task.call);
  result = ferry_secrets_call_wait (task.call, get_prompt_seconds ());
  if (result != NULL)
    secret_service_clear_finish (task.service, result, &local_error);
  if (result == NULL || local_error != NULL)
    return fail_task (&task, g_steal_pointer (&local_error), error);

  return TRUE;
}

static void
ferry_secrets_keyring_iface_init (FerrySecretsInterface *iface)
{
  iface->look_up = look_up;
  iface->keep = keep;
  iface->forget = forget;
}

static void
ferry_secrets_keyring_class_init (FerrySecretsKeyringClass *class)
{
}

static void
ferry_secrets_keyring_init (FerrySecretsKeyring *self)
{
}

FerrySecrets *
ferry_secrets_keyring_new (void)
{
  return g_object_new (FERRY_TYPE_SECRETS_KEYRING, NULL);
}
