/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-bulk.h"

#include "ferry-bulk-network.h"
#include "ferry-bulk.h"
#include "ferry-choice.h"
#include "ferry-look-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsBulk
{
  AdwBin parent_instance;

  FerryDraft *draft; /* (owned) */
  GPtrArray *ids; /* (owned): of the selected guests */
  GPtrArray *networks; /* (owned): (unowned) FerryBulkNetwork, the box's children */
  gpointer edited_row; /* (unowned) (nullable): where a name is being typed, only to compare */
  gboolean filling;

  AdwComboRow *storage_row;
  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
  AdwComboRow *start_row;
  AdwComboRow *shut_down_row;
  GtkWidget *networks_section;
  GtkBox *networks_box;
  FerryLookRow *look_row;
};

G_DEFINE_FINAL_TYPE (FerrySettingsBulk, ferry_settings_bulk, ADW_TYPE_BIN)

enum
{
  EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* The rows whose first entry says that the guests differ; the others are values from @first on. */
typedef struct
{
  AdwComboRow *row;
  FerryBulkField field;
  int first;
} FieldRow;

#define N_FIELDS 4

static void
list_fields (FerrySettingsBulk *self, FieldRow rows[N_FIELDS])
{
  rows[0] = (FieldRow){ self->format_row, FERRY_BULK_FORMAT, FERRY_FORMAT_QCOW2 };
  rows[1] = (FieldRow){ self->allocation_row, FERRY_BULK_ALLOCATION, FERRY_ALLOCATION_SPARSE };
  rows[2] = (FieldRow){ self->start_row, FERRY_BULK_START, FALSE };
  rows[3] = (FieldRow){ self->shut_down_row, FERRY_BULK_SHUT_DOWN, FALSE };
}

static GPtrArray *
find_guests (FerrySettingsBulk *self)
{
  return ferry_bulk_find (ferry_draft_get_plan (self->draft), self->ids);
}

static void
finish_edit (FerrySettingsBulk *self)
{
  ferry_draft_touch (self->draft);
  g_signal_emit (self, signals[EDITED], 0, self->ids->len);
}

static void
on_field_chosen (FerrySettingsBulk *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);
  g_autoptr (GPtrArray) guests = NULL;
  FieldRow fields[N_FIELDS];

  if (self->filling || self->draft == NULL || selected == 0 ||
      selected == GTK_INVALID_LIST_POSITION)
    return;

  guests = find_guests (self);
  list_fields (self, fields);
  for (guint i = 0; i < N_FIELDS; i++)
    if (fields[i].row == row)
      {
        self->edited_row = NULL;
        ferry_draft_remember (self->draft, self->ids);
        ferry_bulk_set (guests, fields[i].field, fields[i].first + (int) selected - 1);
        finish_edit (self);
      }
}

static void
on_storage_chosen (FerrySettingsBulk *self)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->storage_row);
  g_autoptr (GPtrArray) guests = NULL;

  if (self->filling || self->draft == NULL || choice == NULL || !ferry_choice_get_kind (choice))
    return;

  guests = find_guests (self);
  self->edited_row = NULL;
  ferry_draft_remember (self->draft, self->ids);
  ferry_bulk_set_storage (guests, ferry_choice_get_name (choice));
  finish_edit (self);
}

static void
on_network_chosen (FerrySettingsBulk *self, FerryBulkNetwork *row)
{
  g_autoptr (GPtrArray) guests = find_guests (self);
  FerryPlanNetwork network;

  ferry_bulk_network_get (row, &network);
  /* A name that is typed is one edit, not one for each letter. */
  if (self->edited_row != row)
    ferry_draft_remember (self->draft, self->ids);
  self->edited_row = row;
  ferry_bulk_set_network (guests, ferry_bulk_network_get_source (row), &network);
  ferry_plan_network_clear (&network);
  finish_edit (self);
}

static void
on_leave_out (FerrySettingsBulk *self)
{
  FerryPlan *plan = ferry_draft_get_plan (self->draft);

  ferry_draft_remember (self->draft, self->ids);
  for (guint i = 0; i < self->ids->len; i++)
    ferry_plan_remove_guest (plan, g_ptr_array_index (self->ids, i));
  finish_edit (self);
}

/* The pools that can be used, and that of the destination, which a disk without one goes to. */
static GListStore *
list_storages (FerrySettingsBulk *self)
{
  GListStore *list = g_list_store_new (FERRY_TYPE_CHOICE);
  const FerryDestinationFacts *facts = ferry_draft_get_destination (self->draft);
  const char *pool = ferry_draft_get_plan (self->draft)->destination.pool;
  /* Translators: the storage pool that was chosen on the page Destination */
  g_autofree char *usual = g_strdup_printf (_("%s (default)"), pool != NULL ? pool : "");

  ferry_choice_list_append (list, FALSE, NULL, _("Different"));
  ferry_choice_list_append (list, TRUE, NULL, usual);
  for (guint i = 0; facts != NULL && i < facts->storages->len; i++)
    {
      const FerryStorage *storage = g_ptr_array_index (facts->storages, i);

      if (storage->usable && g_strcmp0 (storage->name, pool) != 0)
        ferry_choice_list_append (list, TRUE, storage->name, storage->name);
    }

  return list;
}

static void
show_storage (FerrySettingsBulk *self, const GPtrArray *guests)
{
  const gboolean has_pools =
      ferry_draft_get_plan (self->draft)->destination.kind == FERRY_DESTINATION_LIBVIRT;
  const char *storage = NULL;
  g_autoptr (GListStore) list = NULL;
  guint position = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->storage_row), has_pools);
  if (!has_pools)
    return;

  list = list_storages (self);
  if (ferry_bulk_get_storage (guests, &storage))
    {
      if (g_strcmp0 (storage, ferry_draft_get_plan (self->draft)->destination.pool) == 0)
        storage = NULL;
      position = ferry_choice_list_find (G_LIST_MODEL (list), TRUE, storage);
      if (position == G_MAXUINT)
        {
          position = g_list_model_get_n_items (G_LIST_MODEL (list));
          ferry_choice_list_append (list, TRUE, storage, storage);
        }
    }
  adw_combo_row_set_model (self->storage_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->storage_row, position);
}

static void
show_fields (FerrySettingsBulk *self, const GPtrArray *guests)
{
  FieldRow fields[N_FIELDS];

  list_fields (self, fields);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      int value = ferry_bulk_get (guests, fields[i].field);

      adw_combo_row_set_selected (fields[i].row,
                                  value < 0 ? 0 : (guint) (value - fields[i].first + 1));
    }
}

static void
add_network (FerrySettingsBulk *self, const char *source)
{
  GtkWidget *row = ferry_bulk_network_new (source);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_network_chosen), self);
  g_ptr_array_add (self->networks, row);
  gtk_box_append (self->networks_box, row);
}

static void
fill_networks (FerrySettingsBulk *self, const GPtrArray *guests)
{
  gboolean nameless = FALSE;
  g_autoptr (GPtrArray) names = ferry_bulk_list_networks (guests, &nameless);

  for (guint i = 0; i < self->networks->len; i++)
    gtk_box_remove (self->networks_box, g_ptr_array_index (self->networks, i));
  g_ptr_array_set_size (self->networks, 0);
  for (guint i = 0; i < names->len; i++)
    add_network (self, g_ptr_array_index (names, i));
  if (nameless)
    add_network (self, NULL);
  gtk_widget_set_visible (self->networks_section, self->networks->len > 0);
}

static void
ferry_settings_bulk_dispose (GObject *object)
{
  FerrySettingsBulk *self = FERRY_SETTINGS_BULK (object);

  self->filling = TRUE; /* the rows change once more while they go */
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_settings_bulk_parent_class)->dispose (object);
}

static void
ferry_settings_bulk_finalize (GObject *object)
{
  FerrySettingsBulk *self = FERRY_SETTINGS_BULK (object);

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->networks);

  G_OBJECT_CLASS (ferry_settings_bulk_parent_class)->finalize (object);
}

static void
ferry_settings_bulk_class_init (FerrySettingsBulkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_settings_bulk_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_settings_bulk_finalize;

  signals[EDITED] = g_signal_new ("edited", FERRY_TYPE_SETTINGS_BULK, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_LOOK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-bulk.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, storage_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, allocation_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, start_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, shut_down_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, networks_section);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, networks_box);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsBulk, look_row);
  gtk_widget_class_bind_template_callback (widget_class, on_field_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_storage_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_out);
}

static void
ferry_settings_bulk_init (FerrySettingsBulk *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->networks = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

void
ferry_settings_bulk_set_draft (FerrySettingsBulk *self, FerryDraft *draft, FerryLooker *looker)
{
  g_return_if_fail (FERRY_IS_SETTINGS_BULK (self));

  g_set_object (&self->draft, draft);
  ferry_look_row_set_looker (self->look_row, draft, looker);
}

void
ferry_settings_bulk_show (FerrySettingsBulk *self, GPtrArray *ids)
{
  g_autoptr (GPtrArray) guests = NULL;

  g_return_if_fail (FERRY_IS_SETTINGS_BULK (self));
  g_return_if_fail (ids != NULL);

  g_ptr_array_ref (ids);
  g_ptr_array_unref (self->ids);
  self->ids = ids;
  self->edited_row = NULL;
  guests = find_guests (self);
  fill_networks (self, guests);
  ferry_look_row_show (self->look_row, ids);
  ferry_settings_bulk_refresh (self);
}

void
ferry_settings_bulk_refresh (FerrySettingsBulk *self)
{
  g_autoptr (GPtrArray) guests = NULL;

  g_return_if_fail (FERRY_IS_SETTINGS_BULK (self));

  guests = find_guests (self);
  self->filling = TRUE;
  show_storage (self, guests);
  show_fields (self, guests);
  for (guint i = 0; i < self->networks->len; i++)
    ferry_bulk_network_show (g_ptr_array_index (self->networks, i), guests,
                             ferry_draft_get_destination (self->draft));
  ferry_look_row_refresh (self->look_row);
  self->filling = FALSE;
}
