/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target-fake.h"

#include "ferry-place.h"
#include "ferry-target-disks.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _FerryTargetFake
{
  GObject parent_instance;

  FerryDestinationFacts *facts; /* (owned) */
  char *folder; /* (owned) */
  GError *errors[FERRY_TARGET_FAKE_N_STEPS];
  guint counts[FERRY_TARGET_FAKE_N_STEPS];
};

static void ferry_target_fake_target_init (FerryTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerryTargetFake,
                               ferry_target_fake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_TARGET,
                                                      ferry_target_fake_target_init))

static gboolean
take_step (FerryTargetFake *self,
           FerryTargetFakeStep step,
           GCancellable *cancellable,
           GError **error)
{
  self->counts[step]++;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->errors[step] == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->errors[step]));

  return FALSE;
}

static FerryDestinationFacts *
inspect (FerryTarget *target, GCancellable *cancellable, GError **error)
{
  FerryTargetFake *self = FERRY_TARGET_FAKE (target);

  if (!take_step (self, FERRY_TARGET_FAKE_INSPECT, cancellable, error))
    return NULL;

  return ferry_destination_facts_copy (self->facts);
}

static FerryOutput *
begin (FerryTarget *target, const FerryTargetRun *run, GCancellable *cancellable, GError **error)
{
  FerryTargetFake *self = FERRY_TARGET_FAKE (target);
  FerryOutput *output;

  if (!take_step (self, FERRY_TARGET_FAKE_BEGIN, cancellable, error) ||
      !ferry_record_push_undo (run->record, error, "remove-tree", self->folder, NULL))
    return NULL;
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      ferry_place_fail (self->folder, errno, error);
      return NULL;
    }

  output = ferry_output_new ("local", NULL, self->folder);
  output->disk_paths = ferry_target_list_disks (self->folder, run->guest);

  return output;
}

static gboolean
finish (FerryTarget *target,
        const FerryTargetRun *run,
        const FerryOutput *output,
        GCancellable *cancellable,
        GError **error)
{
  FerryTargetFake *self = FERRY_TARGET_FAKE (target);

  return take_step (self, FERRY_TARGET_FAKE_FINISH, cancellable, error) &&
         ferry_record_note_result (run->record, self->folder, output->disk_paths, NULL, error);
}

static void
ferry_target_fake_target_init (FerryTargetInterface *iface)
{
  iface->inspect = inspect;
  iface->begin = begin;
  iface->finish = finish;
}

static void
ferry_target_fake_finalize (GObject *object)
{
  FerryTargetFake *self = FERRY_TARGET_FAKE (object);

  ferry_destination_facts_free (self->facts);
  g_free (self->folder);
  for (guint i = 0; i < FERRY_TARGET_FAKE_N_STEPS; i++)
    g_clear_error (&self->errors[i]);

  G_OBJECT_CLASS (ferry_target_fake_parent_class)->finalize (object);
}

static void
ferry_target_fake_class_init (FerryTargetFakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ferry_target_fake_finalize;
}

static void
ferry_target_fake_init (FerryTargetFake *self)
{
}

/** ferry_target_fake_new: @folder: absolute; where disks go; not to exist yet */
FerryTarget *
ferry_target_fake_new (const FerryDestinationFacts *facts, const char *folder)
{
  FerryTargetFake *self = g_object_new (FERRY_TYPE_TARGET_FAKE, NULL);

  self->facts = ferry_destination_facts_copy (facts);
  self->folder = g_strdup (folder);

  return FERRY_TARGET (self);
}

/** ferry_target_fake_fail: from now on @step fails with @error; %NULL: works again */
void
ferry_target_fake_fail (FerryTargetFake *self, FerryTargetFakeStep step, const GError *error)
{
  g_return_if_fail (step < FERRY_TARGET_FAKE_N_STEPS);

  g_clear_error (&self->errors[step]);
  self->errors[step] = error != NULL ? g_error_copy (error) : NULL;
}

/** ferry_target_fake_count: how often @step was taken */
guint
ferry_target_fake_count (FerryTargetFake *self, FerryTargetFakeStep step)
{
  g_return_val_if_fail (step < FERRY_TARGET_FAKE_N_STEPS, 0);

  return self->counts[step];
}
