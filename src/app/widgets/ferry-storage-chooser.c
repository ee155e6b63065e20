/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-storage-chooser.h"

#include "ferry-choice.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

#define ITEM_RESOURCE "/io/github/ferryvm/Ferry/widgets/ferry-choice-item.ui"

struct _FerryStorageChooser
{
  GObject parent_instance;

  AdwComboRow *combo; /* (unowned) (nullable) */
  char *inherited; /* (owned) (nullable): as it was shown last */
  const FerryDestinationFacts *facts; /* only compared: whether they are the same as before */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (FerryStorageChooser, ferry_storage_chooser, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
on_changed (FerryStorageChooser *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
ferry_storage_chooser_dispose (GObject *object)
{
  ferry_storage_chooser_end (FERRY_STORAGE_CHOOSER (object));

  G_OBJECT_CLASS (ferry_storage_chooser_parent_class)->dispose (object);
}

static void
ferry_storage_chooser_finalize (GObject *object)
{
  g_free (FERRY_STORAGE_CHOOSER (object)->inherited);

  G_OBJECT_CLASS (ferry_storage_chooser_parent_class)->finalize (object);
}

static void
ferry_storage_chooser_class_init (FerryStorageChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_storage_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_storage_chooser_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_STORAGE_CHOOSER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ferry_storage_chooser_init (FerryStorageChooser *self)
{
}

FerryStorageChooser *
ferry_storage_chooser_new (AdwComboRow *combo)
{
  FerryStorageChooser *self = g_object_new (FERRY_TYPE_STORAGE_CHOOSER, NULL);
  g_autoptr (GtkExpression) title = gtk_property_expression_new (FERRY_TYPE_CHOICE, NULL, "title");
  g_autoptr (GtkListItemFactory) factory =
      gtk_builder_list_item_factory_new_from_resource (NULL, ITEM_RESOURCE);

  self->combo = combo;
  adw_combo_row_set_expression (combo, title);
  adw_combo_row_set_list_factory (combo, factory);
  g_signal_connect_swapped (combo, "notify::selected", G_CALLBACK (on_changed), self);

  return self;
}

static char *
describe_storage (const FerryStorage *storage)
{
  if (!storage->usable)
    return g_strdup (storage->why_not);

  return ferry_text_free (storage->free_bytes, storage->total_bytes);
}

static void
append_storage (GListStore *list, const FerryStorage *storage)
{
  g_autofree char *detail = describe_storage (storage);

  ferry_choice_set_detail (ferry_choice_list_append (list, 0, storage->name, storage->name), detail,
                           storage->usable);
}

/* What is planned but not there any more is shown all the same: the checks say what to do. */
static GListStore *
list_choices (const FerryDestinationFacts *facts, const FerryStorageChoice *choice)
{
  GListStore *list = g_list_store_new (FERRY_TYPE_CHOICE);

  if (choice->inherited != NULL)
    {
      /* Translators: the storage for all disks, when one has none of its own */
      g_autofree char *title = g_strdup_printf (_("As for all: %s"), choice->inherited);

      ferry_choice_list_append (list, 0, NULL, title);
    }
  else if (choice->storage == NULL)
    ferry_choice_list_append (list, 0, NULL, _("Choose…"));
  for (guint i = 0; facts != NULL && i < facts->storages->len; i++)
    append_storage (list, g_ptr_array_index (facts->storages, i));
  if (ferry_choice_list_find (G_LIST_MODEL (list), 0, choice->storage) == G_MAXUINT)
    ferry_choice_list_append (list, 0, choice->storage, choice->storage);

  return list;
}

static void
show_free (FerryStorageChooser *self,
           const FerryDestinationFacts *facts,
           const FerryStorageChoice *choice)
{
  const char *name = choice->storage != NULL ? choice->storage : choice->inherited;
  const FerryStorage *storage = facts != NULL && name != NULL
                                    ? ferry_destination_facts_find_storage (facts, name)
                                    : NULL;
  g_autofree char *detail = storage != NULL ? describe_storage (storage) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->combo), detail != NULL ? detail : "");
}

static gboolean
is_shown (FerryStorageChooser *self,
          const FerryDestinationFacts *facts,
          const FerryStorageChoice *choice)
{
  return adw_combo_row_get_model (self->combo) != NULL && self->facts == facts &&
         g_strcmp0 (self->inherited, choice->inherited) == 0 &&
         g_strcmp0 (ferry_storage_chooser_get (self), choice->storage) == 0;
}

void
ferry_storage_chooser_set (FerryStorageChooser *self,
                           const FerryDestinationFacts *facts,
                           const FerryStorageChoice *choice)
{
  g_autoptr (GListStore) list = NULL;

  g_return_if_fail (FERRY_IS_STORAGE_CHOOSER (self));
  g_return_if_fail (self->combo != NULL);

  show_free (self, facts, choice);
  if (is_shown (self, facts, choice))
    return;

  list = list_choices (facts, choice);
  self->filling = TRUE;
  adw_combo_row_set_model (self->combo, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->combo,
                              ferry_choice_list_find (G_LIST_MODEL (list), 0, choice->storage));
  self->filling = FALSE;
  self->facts = facts;
  g_free (self->inherited);
  self->inherited = g_strdup (choice->inherited);
}

const char *
ferry_storage_chooser_get (FerryStorageChooser *self)
{
  FerryChoice *choice;

  g_return_val_if_fail (FERRY_IS_STORAGE_CHOOSER (self), NULL);
  g_return_val_if_fail (self->combo != NULL, NULL);

  choice = adw_combo_row_get_selected_item (self->combo);

  return choice != NULL ? ferry_choice_get_name (choice) : NULL;
}

void
ferry_storage_chooser_end (FerryStorageChooser *self)
{
  g_return_if_fail (FERRY_IS_STORAGE_CHOOSER (self));

  if (self->combo != NULL)
    g_signal_handlers_disconnect_by_data (self->combo, self);
  self->combo = NULL;
}
