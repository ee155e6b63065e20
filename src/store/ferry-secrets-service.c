/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets-service.h"

struct _FerrySecretsService
{
  SecretService parent_instance;
};

G_DEFINE_FINAL_TYPE (FerrySecretsService, ferry_secrets_service, SECRET_TYPE_SERVICE)

/** Waiting: for an answer to a prompt; the task's data
 * @cancel: (owned) (nullable): tells that the task was cancelled */
typedef struct
{
  GSource *cancel;
  gboolean has_returned;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  if (waiting->cancel != NULL)
    g_source_destroy (waiting->cancel);
  g_clear_pointer (&waiting->cancel, g_source_unref);
  g_free (waiting);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Waiting *waiting = g_task_get_task_data (task);

  waiting->has_returned = g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (GTask *task, Waiting *waiting)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable == NULL)
    return;
  waiting->cancel = g_cancellable_source_new (cancellable);
  g_source_set_callback (waiting->cancel, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (waiting->cancel, g_task_get_context (task));
}

static void
on_performed (GObject *prompt, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      secret_prompt_perform_finish (SECRET_PROMPT (prompt), result, &error);
  Waiting *waiting = g_task_get_task_data (task);

  if (waiting->has_returned)
    return;
  waiting->has_returned = TRUE;
  if (answer != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_variant_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The prompt was closed");
}

static void
prompt_async (SecretService *service,
              SecretPrompt *prompt,
              const GVariantType *return_type,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = g_task_new (service, cancellable, callback, user_data);
  Waiting *waiting = g_new0 (Waiting, 1);

  g_task_set_task_data (task, waiting, waiting_free);
  watch_cancellable (task, waiting);
  secret_prompt_perform (prompt, "", return_type, NULL, on_performed, task);
}

static GVariant *
prompt_finish (SecretService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
ferry_secrets_service_class_init (FerrySecretsServiceClass *class)
{
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (class);

  service_class->prompt_async = prompt_async;
  service_class->prompt_finish = prompt_finish;
}

static void
ferry_secrets_service_init (FerrySecretsService *self)
{
}
