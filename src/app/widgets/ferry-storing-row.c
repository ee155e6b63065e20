/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-storing-row.h"

#include "ferry-choices.h"
#include "ferry-storage-chooser.h"

#include <glib/gi18n-lib.h>

struct _FerryStoringRow
{
  AdwComboRow parent_instance;

  FerryDraft *draft; /* (owned) */
  char *source; /* (owned) */
  FerryStorageChooser *chooser; /* (owned) */
};

G_DEFINE_FINAL_TYPE (FerryStoringRow, ferry_storing_row, ADW_TYPE_COMBO_ROW)

static void
on_chosen (FerryStoringRow *self)
{
  ferry_choices_set_storing (self->draft, self->source, ferry_storage_chooser_get (self->chooser));
}

static void
ferry_storing_row_dispose (GObject *object)
{
  FerryStoringRow *self = FERRY_STORING_ROW (object);

  if (self->chooser != NULL)
    ferry_storage_chooser_end (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ferry_storing_row_parent_class)->dispose (object);
}

static void
ferry_storing_row_finalize (GObject *object)
{
  FerryStoringRow *self = FERRY_STORING_ROW (object);

  g_clear_object (&self->draft);
  g_free (self->source);

  G_OBJECT_CLASS (ferry_storing_row_parent_class)->finalize (object);
}

static void
ferry_storing_row_class_init (FerryStoringRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_storing_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_storing_row_finalize;
}

static void
ferry_storing_row_init (FerryStoringRow *self)
{
  self->chooser = ferry_storage_chooser_new (ADW_COMBO_ROW (self));
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (on_chosen), self);
}

GtkWidget *
ferry_storing_row_new (FerryDraft *draft, const char *source)
{
  FerryStoringRow *self;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (FERRY_TYPE_STORING_ROW, "use-markup", FALSE, "title", source, NULL);
  self->draft = g_object_ref (draft);
  self->source = g_strdup (source);
  ferry_storing_row_refresh (self);

  return GTK_WIDGET (self);
}

void
ferry_storing_row_refresh (FerryStoringRow *self)
{
  const FerryPlan *plan;
  FerryStoringUse use;
  g_autofree char *count = NULL;
  g_autofree char *mixed = NULL;

  g_return_if_fail (FERRY_IS_STORING_ROW (self));

  plan = ferry_draft_get_plan (self->draft);
  use = ferry_choices_find_storing_use (plan, self->source);
  /* Disks that go several ways have none that could be shown as chosen. */
  ferry_storage_chooser_set (self->chooser, ferry_draft_get_destination (self->draft),
                             &(FerryStorageChoice){
                                 .inherited = use.mixed ? NULL : plan->destination.pool,
                                 .storage = use.mixed ? NULL : use.storage,
                             });
  count = g_strdup_printf (ngettext ("%u disk", "%u disks", use.n_disks), use.n_disks);
  if (use.mixed)
    /* Translators: disks that go to more than one storage */
    mixed = g_strdup_printf (_("%s, not all to the same storage"), count);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), use.mixed ? mixed : count);
}
