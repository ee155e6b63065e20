/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-item.h"

#include "ferry-ipc-secrets.h"
#include "ferry-worker-error.h"

#include <glib/gi18n-lib.h>

struct _FerryImportItem
{
  GObject parent_instance;

  GDBusConnection *connection; /* (owned) (nullable) */
  FerryDBusImport1 *import;    /* (owned) (nullable): NULL while the worker is away */
  FerryImportFacts *facts;     /* (owned) */
  guint refresh_source;        /* 0: nothing has changed since the last "changed" */
};

G_DEFINE_FINAL_TYPE (FerryImportItem, ferry_import_item, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
refresh (FerryImportItem *self)
{
  g_autoptr (FerryImportFacts) facts = ferry_import_facts_read (self->import);
  gboolean ended;

  /* A proxy forgets everything when its worker leaves; we do not. */
  if (facts == NULL)
    return;

  ended = !ferry_import_state_is_end (self->facts->state)
          && ferry_import_state_is_end (facts->state);
  ferry_import_facts_free (self->facts);
  self->facts = g_steal_pointer (&facts);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (ended)
    g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static gboolean
on_refresh (gpointer user_data)
{
  FerryImportItem *self = user_data;

  self->refresh_source = 0;
  if (self->import != NULL)
    refresh (self);

  return G_SOURCE_REMOVE;
}

/* One message of the worker changes several properties; they are read together. */
static void
on_import_notify (FerryImportItem *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_refresh, self, NULL);
}

static void
detach (FerryImportItem *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->import != NULL)
    g_signal_handlers_disconnect_by_data (self->import, self);
  g_clear_object (&self->import);
}

static void
follow (FerryImportItem *self, FerryDBusImport1 *import)
{
  self->import = g_object_ref (import);
  g_signal_connect_swapped (import, "notify", G_CALLBACK (on_import_notify), self);
}

static void
ferry_import_item_dispose (GObject *object)
{
  FerryImportItem *self = FERRY_IMPORT_ITEM (object);

  detach (self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (ferry_import_item_parent_class)->dispose (object);
}

static void
ferry_import_item_finalize (GObject *object)
{
  FerryImportItem *self = FERRY_IMPORT_ITEM (object);

  g_clear_pointer (&self->facts, ferry_import_facts_free);

  G_OBJECT_CLASS (ferry_import_item_parent_class)->finalize (object);
}

static void
ferry_import_item_class_init (FerryImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ferry_import_item_dispose;
  object_class->finalize = ferry_import_item_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", FERRY_TYPE_IMPORT_ITEM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", FERRY_TYPE_IMPORT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
ferry_import_item_init (FerryImportItem *self)
{
}

FerryImportItem *
ferry_import_item_new (GDBusConnection *connection, FerryDBusImport1 *import)
{
  g_autoptr (FerryImportFacts) facts = ferry_import_facts_read (import);
  FerryImportItem *self;

  if (facts == NULL)
    return NULL;

  self = g_object_new (FERRY_TYPE_IMPORT_ITEM, NULL);
  g_set_object (&self->connection, connection);
  self->facts = g_steal_pointer (&facts);
  follow (self, import);

  return self;
}

void
ferry_import_item_attach (FerryImportItem *self, FerryDBusImport1 *import)
{
  g_return_if_fail (FERRY_IS_IMPORT_ITEM (self));

  detach (self);
  if (import == NULL)
    return;

  follow (self, import);
  refresh (self);
}

gboolean
ferry_import_item_is_attached (FerryImportItem *self)
{
  g_return_val_if_fail (FERRY_IS_IMPORT_ITEM (self), FALSE);

  return self->import != NULL;
}

const FerryImportFacts *
ferry_import_item_get_facts (FerryImportItem *self)
{
  g_return_val_if_fail (FERRY_IS_IMPORT_ITEM (self), NULL);

  return self->facts;
}

const char *
ferry_import_item_get_id (FerryImportItem *self)
{
  g_return_val_if_fail (FERRY_IS_IMPORT_ITEM (self), NULL);

  return self->facts->id;
}

static const char *
action_to_method (FerryImportAction action)
{
  switch (action)
    {
    case FERRY_IMPORT_ACTION_CANCEL:
      return "Cancel";
    case FERRY_IMPORT_ACTION_RETRY:
      return "Retry";
    case FERRY_IMPORT_ACTION_REMOVE:
      return "Remove";
    }

  g_return_val_if_reached (NULL);
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result,
                                                         &error);

  if (reply != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_task_return_error (task, ferry_worker_error_to_local (g_steal_pointer (&error)));
}

/* What is called, and with what; @fds: (nullable); @limit_msec: -1: GDBus' own */
typedef struct
{
  const char *method;
  GVariant *arguments;
  GUnixFDList *fds;
  int limit_msec;
} Call;

/* By the worker's well-known name: this is also what wakes it. */
static void
call_worker (FerryImportItem *self, const Call *call, GTask *task)
{
  g_autofree char *path = ferry_ipc_dup_import_path (self->facts->id);

  g_dbus_connection_call_with_unix_fd_list (
      self->connection, FERRY_WORKER_NAME, path, "io.github.ferryvm.Ferry.Import1", call->method,
      call->arguments, NULL, G_DBUS_CALL_FLAGS_NONE, call->limit_msec, call->fds, g_task_get_cancellable (task),
      on_acted, g_object_ref (task));
}

static gboolean
can_call (FerryImportItem *self, GTask *task)
{
  if (self->connection != NULL)
    return TRUE;

  g_task_return_new_error (task, FERRY_ERROR, FERRY_ERROR_CONNECTION,
                           _("There is no background worker to ask."));
  return FALSE;
}

void
ferry_import_item_act (FerryImportItem *self,
                       FerryImportAction action,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const Call call = { action_to_method (action), NULL, NULL, -1 };

  g_return_if_fail (FERRY_IS_IMPORT_ITEM (self));

  g_task_set_source_tag (task, ferry_import_item_act);
  if (can_call (self, task))
    call_worker (self, &call, task);
}

static void
call_with_secrets (FerryImportItem *self, Call *call, const FerryPlan *secrets, GTask *task)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  GVariant *options;

  if (!can_call (self, task))
    return;
  options = ferry_ipc_pack_secrets (secrets, fds, &error);
  if (options == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  call->arguments = g_variant_new ("(@a{sv})", options);
  call->fds = fds;
  call_worker (self, call, task);
}

void
ferry_import_item_retry_with (FerryImportItem *self,
                              const FerryPlan *secrets,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call call = { "RetryWith", NULL, NULL, -1 };

  g_return_if_fail (FERRY_IS_IMPORT_ITEM (self));

  g_task_set_source_tag (task, ferry_import_item_retry_with);
  call_with_secrets (self, &call, secrets, task);
}

void
ferry_import_item_start_source (FerryImportItem *self,
                                const FerryPlan *secrets,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  /* The worker answers when it runs, and has its own limits for that. */
  Call call = { "StartSource", NULL, NULL, G_MAXINT };

  g_return_if_fail (FERRY_IS_IMPORT_ITEM (self));

  g_task_set_source_tag (task, ferry_import_item_start_source);
  call_with_secrets (self, &call, secrets, task);
}

gboolean
ferry_import_item_act_finish (FerryImportItem *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
