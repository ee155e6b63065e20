/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-manager.h"

#include "ferry-authority.h"
#include "ferry-error.h"
#include "ferry-queue.h"

#include <glib/gi18n-lib.h>

struct _FerryManager
{
  FerryDBusWorker1Skeleton parent_instance;

  uid_t owner;
};

G_DEFINE_FINAL_TYPE (FerryManager, ferry_manager, FERRY_DBUS_TYPE_WORKER1_SKELETON)

static GDBusInterfaceVTable vtable;
static GDBusInterfaceSetPropertyFunc parent_set_property;

/* GDBus asks g-authorize-method for methods only. */
static gboolean
set_property (GDBusConnection *connection,
              const char *sender,
              const char *object_path,
              const char *interface_name,
              const char *property_name,
              GVariant *value,
              GError **error,
              gpointer user_data)
{
  FerryManager *self = FERRY_MANAGER (user_data);
  guint32 concurrency = 0;

  if (!ferry_authority_check (connection, sender, self->owner, error))
    return FALSE;

  /* The only property that can be written. GDBus has checked its type. */
  g_variant_get (value, "u", &concurrency);
  if (concurrency < 1 || concurrency > FERRY_CONCURRENCY_MAX)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("At once 1 to %d imports can run, not %u."),
                       FERRY_CONCURRENCY_MAX, concurrency);

  return parent_set_property (connection, sender, object_path, interface_name, property_name, value,
                              error, user_data);
}

static GDBusInterfaceVTable *
ferry_manager_get_vtable (GDBusInterfaceSkeleton *skeleton)
{
  return &vtable;
}

static void
ferry_manager_class_init (FerryManagerClass *klass)
{
  GDBusInterfaceSkeletonClass *skeleton_class = G_DBUS_INTERFACE_SKELETON_CLASS (klass);

  vtable = *skeleton_class->get_vtable (NULL);
  parent_set_property = vtable.set_property;
  vtable.set_property = set_property;
  skeleton_class->get_vtable = ferry_manager_get_vtable;
}

static void
ferry_manager_init (FerryManager *self)
{
}

/** ferry_manager_new: @owner: the only user who may call it */
FerryManager *
ferry_manager_new (uid_t owner)
{
  FerryManager *self = g_object_new (FERRY_TYPE_MANAGER, NULL);

  self->owner = owner;
  ferry_authority_guard (G_DBUS_INTERFACE_SKELETON (self), owner);

  return self;
}
