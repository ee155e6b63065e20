/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target.h"

G_DEFINE_INTERFACE (FerryTarget, ferry_target, G_TYPE_OBJECT)

static void
ferry_target_default_init (FerryTargetInterface *iface)
{
}

FerryDestinationFacts *
ferry_target_inspect (FerryTarget *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_TARGET (self), NULL);

  return FERRY_TARGET_GET_IFACE (self)->inspect (self, cancellable, error);
}

FerryOutput *
ferry_target_begin (FerryTarget *self,
                    const FerryTargetRun *run,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (FERRY_IS_TARGET (self), NULL);

  return FERRY_TARGET_GET_IFACE (self)->begin (self, run, cancellable, error);
}

gboolean
ferry_target_finish (FerryTarget *self,
                     const FerryTargetRun *run,
                     const FerryOutput *output,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (FERRY_IS_TARGET (self), FALSE);

  return FERRY_TARGET_GET_IFACE (self)->finish (self, run, output, cancellable, error);
}

/* Each target notes the result before it is whole at the earliest, so without one it is not. */
gboolean
ferry_target_is_published (FerryTarget *self, const FerryTargetRun *run)
{
  g_return_val_if_fail (FERRY_IS_TARGET (self), FALSE);

  return run->record->location != NULL && FERRY_TARGET_GET_IFACE (self)->is_published != NULL &&
         FERRY_TARGET_GET_IFACE (self)->is_published (self, run);
}

FerryOutput *
ferry_output_new (const char *mode, const char *connection, const char *storage)
{
  FerryOutput *output = g_new0 (FerryOutput, 1);

  output->mode = g_strdup (mode);
  output->connection = g_strdup (connection);
  output->storage = g_strdup (storage);

  return output;
}

void
ferry_output_free (FerryOutput *output)
{
  g_free (output->mode);
  g_free (output->connection);
  g_free (output->storage);
  g_strfreev (output->disk_paths);
  g_strfreev (output->pools);
  g_free (output);
}
