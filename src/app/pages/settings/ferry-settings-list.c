/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-list.h"

#include "ferry-accessible.h"
#include "ferry-choice.h"
#include "ferry-hint-box.h"
#include "ferry-settings-filter.h"
#include "ferry-settings-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerrySettingsList
{
  AdwBin parent_instance;

  FerryDraft *draft; /* (owned) */
  char *needle; /* (owned): what is searched for, folded for comparison */
  gboolean filling;
  guint open_id;

  GtkSearchEntry *search;
  GtkDropDown *filter_choice;
  GtkListView *list;
  GListStore *items;
  GtkFilterListModel *filtered;
  GtkFilter *filter;
  GtkMultiSelection *selection;
};

G_DEFINE_FINAL_TYPE (FerrySettingsList, ferry_settings_list, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  OPENED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GtkSelectionModel *
get_selection (FerrySettingsList *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

static FerrySettingsItem *
get_item (GListModel *model, guint position)
{
  /* The store keeps it. */
  g_autoptr (FerrySettingsItem) item = g_list_model_get_item (model, position);

  return item;
}

static gboolean
is_searched (FerrySettingsList *self, FerrySettingsItem *item)
{
  g_autofree char *folded = NULL;

  if (self->needle == NULL || *self->needle == '\0')
    return TRUE;

  folded = g_utf8_casefold (ferry_settings_item_get_title (item), -1);

  return strstr (folded, self->needle) != NULL;
}

static gboolean
is_filtered (FerrySettingsList *self, FerrySettingsItem *item)
{
  FerryChoice *choice = gtk_drop_down_get_selected_item (self->filter_choice);
  const char *id = ferry_settings_item_get_id (item);
  const GPtrArray *checks;

  if (choice == NULL || ferry_choice_get_kind (choice) == FERRY_FILTER_ALL)
    return TRUE;

  /* The entry for all is no guest, but what holds for all may be the remedy. */
  checks = id != NULL ? ferry_draft_get_guest_checks (self->draft, id) : NULL;

  return id == NULL ||
         ferry_settings_filter_match ((FerryFilterKind) ferry_choice_get_kind (choice),
                                      ferry_choice_get_name (choice), checks);
}

/* What is selected stays while it is edited, even when that was the remedy. */
static gboolean
is_shown (gpointer object, gpointer data)
{
  FerrySettingsList *self = data;
  FerrySettingsItem *item = object;

  if (self->draft == NULL)
    return FALSE;

  return is_searched (self, item) &&
         (ferry_settings_item_is_selected (item) || is_filtered (self, item));
}

static void
remember_selected (FerrySettingsList *self)
{
  GListModel *model = G_LIST_MODEL (self->filtered);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    ferry_settings_item_set_selected (get_item (G_LIST_MODEL (self->items), i), FALSE);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (gtk_selection_model_is_selected (get_selection (self), i))
      ferry_settings_item_set_selected (get_item (model, i), TRUE);
}

static void
on_selection_changed (FerrySettingsList *self)
{
  if (self->filling)
    return;

  remember_selected (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Whatever the filter hides is no longer selected. */
static void
filter_again (FerrySettingsList *self)
{
  self->filling = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->filling = FALSE;
  on_selection_changed (self);
}

static void
on_search_changed (FerrySettingsList *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_free (self->needle);
  self->needle = g_utf8_casefold (text, -1);
  if (!self->filling && self->draft != NULL)
    filter_again (self);
}

static void
on_filter_chosen (FerrySettingsList *self)
{
  if (self->filling || self->draft == NULL)
    return;

  /* Another filter starts anew: what was selected by the one before need not be of this one. */
  gtk_selection_model_unselect_all (get_selection (self));
  filter_again (self);
}

static void
on_activated (FerrySettingsList *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

static gboolean
on_open (gpointer data)
{
  FerrySettingsList *self = data;

  self->open_id = 0;
  g_signal_emit (self, signals[OPENED], 0);

  return G_SOURCE_REMOVE;
}

/* Comes before the list selects what was clicked at. */
static void
on_clicked (FerrySettingsList *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 && self->open_id == 0)
    self->open_id = g_idle_add (on_open, self);
}

static gboolean
are_equal (GListModel *a, GListModel *b)
{
  guint n = g_list_model_get_n_items (a);

  if (g_list_model_get_n_items (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FerryChoice) left = g_list_model_get_item (a, i);
      g_autoptr (FerryChoice) right = g_list_model_get_item (b, i);
      g_autofree char *left_title = NULL;
      g_autofree char *right_title = NULL;

      g_object_get (left, "title", &left_title, NULL);
      g_object_get (right, "title", &right_title, NULL);
      if (g_strcmp0 (left_title, right_title) != 0)
        return FALSE;
    }

  return TRUE;
}

/* What can be filtered by follows what was found; a filter stays as long as it finds anything. */
static void
update_filters (FerrySettingsList *self)
{
  g_autoptr (GListStore) list = ferry_settings_filter_list (self->draft);
  GListModel *before = gtk_drop_down_get_model (self->filter_choice);
  FerryChoice *chosen = gtk_drop_down_get_selected_item (self->filter_choice);
  guint position = 0;

  if (before != NULL && are_equal (before, G_LIST_MODEL (list)))
    return;

  if (chosen != NULL)
    position = ferry_choice_list_find (G_LIST_MODEL (list), ferry_choice_get_kind (chosen),
                                       ferry_choice_get_name (chosen));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->filter_choice, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->filter_choice, position != G_MAXUINT ? position : 0);
  self->filling = FALSE;
}

static void
refresh_items (FerrySettingsList *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (self->draft);
  GListModel *items = G_LIST_MODEL (self->items);

  /* In the plan's order, after the one for all; one that is gone keeps what it said. */
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      FerrySettingsItem *item = get_item (items, i);
      const char *id = ferry_settings_item_get_id (item);
      const FerryPlanGuest *guest = i > 0 ? ferry_plan_get_guest (plan, i - 1) : NULL;

      if (id != NULL && (guest == NULL || !g_str_equal (guest->source->id, id)))
        guest = ferry_plan_find_guest (plan, id);
      if (id == NULL || guest != NULL)
        ferry_settings_item_refresh (item, self->draft, guest);
    }
}

static guint
find_position (FerrySettingsList *self, const char *id)
{
  GListModel *model = G_LIST_MODEL (self->filtered);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (model); i++)
    if (g_strcmp0 (ferry_settings_item_get_id (get_item (model, i)), id) == 0)
      return i;

  return 0;
}

static guint
get_first_selected (FerrySettingsList *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_selection (self));

  return gtk_bitset_is_empty (selected) ? GTK_INVALID_LIST_POSITION
                                        : gtk_bitset_get_minimum (selected);
}

static void
ferry_settings_list_dispose (GObject *object)
{
  FerrySettingsList *self = FERRY_SETTINGS_LIST (object);

  self->filling = TRUE; /* the list loses its items while it goes */
  g_clear_handle_id (&self->open_id, g_source_remove);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_settings_list_parent_class)->dispose (object);
}

static void
ferry_settings_list_finalize (GObject *object)
{
  g_free (FERRY_SETTINGS_LIST (object)->needle);

  G_OBJECT_CLASS (ferry_settings_list_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsList, search);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsList, filter_choice);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsList, list);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsList, items);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsList, filtered);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsList, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
ferry_settings_list_class_init (FerrySettingsListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ferry_settings_list_dispose;
  object_class->finalize = ferry_settings_list_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", FERRY_TYPE_SETTINGS_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", FERRY_TYPE_SETTINGS_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_HINT_BOX);
  g_type_ensure (FERRY_TYPE_SETTINGS_ITEM);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_settings_list_init (FerrySettingsList *self)
{
  g_autoptr (GtkCustomFilter) filter = NULL;

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->filter_choice),
                                      _ ("Shown Virtual Machines"));
  filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->filter = GTK_FILTER (filter);
  gtk_filter_list_model_set_filter (self->filtered, self->filter);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
  self->filling = FALSE;
}

void
ferry_settings_list_set_draft (FerrySettingsList *self, FerryDraft *draft)
{
  g_return_if_fail (FERRY_IS_SETTINGS_LIST (self));

  g_set_object (&self->draft, draft);
}

void
ferry_settings_list_fill (FerrySettingsList *self)
{
  const FerryPlan *plan;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (FERRY_IS_SETTINGS_LIST (self));

  plan = ferry_draft_get_plan (self->draft);
  g_ptr_array_add (items, ferry_settings_item_new (NULL));
  for (guint i = 0; i < plan->guests->len; i++)
    g_ptr_array_add (items, ferry_settings_item_new (ferry_plan_get_guest (plan, i)->source->id));

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->filter_choice, 0);
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), NULL,
                       0);
  update_filters (self);
  self->filling = TRUE;
  for (guint i = 0; i < items->len; i++)
    ferry_settings_item_refresh (g_ptr_array_index (items, i), self->draft,
                                 i > 0 ? ferry_plan_get_guest (plan, i - 1) : NULL);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  self->filling = FALSE;
}

void
ferry_settings_list_refresh (FerrySettingsList *self)
{
  FerryChoice *choice;

  g_return_if_fail (FERRY_IS_SETTINGS_LIST (self));

  refresh_items (self);
  update_filters (self);
  choice = gtk_drop_down_get_selected_item (self->filter_choice);
  if (choice != NULL && ferry_choice_get_kind (choice) != FERRY_FILTER_ALL)
    {
      self->filling = TRUE;
      gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
      self->filling = FALSE;
    }
}

void
ferry_settings_list_select (FerrySettingsList *self, const char *id)
{
  guint position;

  g_return_if_fail (FERRY_IS_SETTINGS_LIST (self));

  position = find_position (self, id);
  if (id != NULL && position == 0)
    {
      /* What is asked for is not to be hidden. */
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      gtk_drop_down_set_selected (self->filter_choice, 0);
      position = find_position (self, id);
    }
  gtk_selection_model_select_item (get_selection (self), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

GPtrArray *
ferry_settings_list_dup_selected (FerrySettingsList *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (FERRY_IS_SETTINGS_LIST (self), ids);

  selected = gtk_selection_model_get_selection (get_selection (self));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      const char *id =
          ferry_settings_item_get_id (get_item (G_LIST_MODEL (self->filtered), position));

      if (id != NULL)
        g_ptr_array_add (ids, g_strdup (id));
    }

  return ids;
}

gboolean
ferry_settings_list_has_selection (FerrySettingsList *self)
{
  g_return_val_if_fail (FERRY_IS_SETTINGS_LIST (self), FALSE);

  return get_first_selected (self) != GTK_INVALID_LIST_POSITION;
}

void
ferry_settings_list_step (FerrySettingsList *self, int direction)
{
  guint first;
  gint64 position;

  g_return_if_fail (FERRY_IS_SETTINGS_LIST (self));

  first = get_first_selected (self);
  position = (first != GTK_INVALID_LIST_POSITION ? (gint64) first : -1) + direction;
  if (position >= 0 && position < (gint64) g_list_model_get_n_items (G_LIST_MODEL (self->filtered)))
    gtk_selection_model_select_item (get_selection (self), (guint) position, TRUE);
}
