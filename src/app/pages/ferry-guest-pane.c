/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guest-pane.h"

#include "ferry-accessible.h"
#include "ferry-guest-sorter.h"
#include "ferry-hint-box.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryGuestPane
{
  AdwBin parent_instance;

  gboolean narrow;
  gboolean is_chosen;
  char *wanted; /* (owned) (nullable): what is searched for, without case */

  GtkLabel *heading;
  GtkLabel *count;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkLabel *nothing;
  GtkColumnView *table;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *system_column;
  GtkColumnViewColumn *place_column;
  GtkColumnViewColumn *memory_column;
  GtkColumnViewColumn *disks_column;
  GtkListView *list;
  GtkLabel *caption;
  GListStore *store;
  GtkSortListModel *sorted;
  GtkFilterListModel *found;
  GtkMultiSelection *selection;
};

G_DEFINE_FINAL_TYPE (FerryGuestPane, ferry_guest_pane, ADW_TYPE_BIN)

typedef enum
{
  PROP_HEADING = 1,
  PROP_CHOSEN,
  PROP_NARROW,
} Property;
static GParamSpec *properties[PROP_NARROW + 1];

enum
{
  MOVED,
  SELECTION_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
describe_selected (const GPtrArray *selected)
{
  guint64 bytes = 0;
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u selected", "%u selected", selected->len), selected->len);
  g_autofree char *size = NULL;

  for (guint i = 0; i < selected->len; i++)
    bytes += ferry_guest_item_get_capacity_bytes (g_ptr_array_index (selected, i));
  if (bytes == 0)
    return g_steal_pointer (&count);

  size = g_format_size (bytes);

  return g_strdup_printf ("%s · %s", count, size);
}

static gboolean
runs (const FerryGuest *guest)
{
  return guest->power == FERRY_POWER_RUNNING || guest->power == FERRY_POWER_PAUSED;
}

/* What is worth knowing before any is taken. What runs is shown by its icon, what cannot be imported
 * at all by another one. */
static char *
describe_problems (GListModel *guests, const char *empty_text)
{
  guint n_running = 0;
  guint n_bad = 0;
  g_autofree char *running = NULL;
  g_autofree char *bad = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (guests); i++)
    {
      g_autoptr (FerryGuestItem) item = g_list_model_get_item (guests, i);
      const FerryGuest *guest = ferry_guest_item_get_guest (item);

      if (ferry_text_worst (guest->checks) == FERRY_SEVERITY_BLOCKER)
        n_bad++;
      else if (runs (guest))
        n_running++;
    }
  running = g_strdup_printf (ngettext ("%u runs and must be shut down first",
                                       "%u run and must be shut down first", n_running),
                             n_running);
  bad = g_strdup_printf (ngettext ("%u cannot be imported as it is; its icon says why",
                                   "%u cannot be imported as they are; their icons say why", n_bad),
                         n_bad);
  if (n_running > 0 && n_bad > 0)
    return g_strdup_printf ("%s · %s", running, bad);
  if (n_running > 0)
    return g_steal_pointer (&running);

  return n_bad > 0 ? g_steal_pointer (&bad) : g_strdup (empty_text);
}

static void
update_caption (FerryGuestPane *self)
{
  g_autoptr (GPtrArray) selected = ferry_guest_pane_dup_selected (self);
  gboolean is_empty = self->is_chosen && g_list_model_get_n_items (G_LIST_MODEL (self->store)) == 0;
  const char *hint = self->narrow ? _("Nothing yet: tap those to import on the other page")
                                  : _("Nothing yet: select some at the left, then press Enter "
                                      "or the arrow");
  g_autofree char *text = NULL;

  if (selected->len > 0 && !self->narrow)
    text = describe_selected (selected);
  else
    text = describe_problems (G_LIST_MODEL (self->store), is_empty ? hint : "");
  gtk_label_set_label (self->caption, text);
}

static void
update_count (FerryGuestPane *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *hint =
      g_strdup_printf (ngettext ("Search %u virtual machine", "Search %u virtual machines", n), n);

  gtk_label_set_label (self->count, count);
  g_object_set (self->search, "placeholder-text", hint, NULL);
}

static gboolean
is_found (gpointer item, gpointer data)
{
  FerryGuestPane *self = data;

  return self->wanted == NULL || ferry_guest_item_matches (item, self->wanted);
}

/* Of the stack: a search that finds nothing says so. */
static const char *
get_shown (FerryGuestPane *self)
{
  if (self->wanted != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    return "nothing";

  return self->narrow ? "list" : "table";
}

static void
update_shown (FerryGuestPane *self)
{
  g_autofree char *text =
      g_strdup_printf (_("No virtual machine matches ‘%s’."),
                       gtk_editable_get_text (GTK_EDITABLE (self->search)));

  gtk_label_set_label (self->nothing, text);
  gtk_stack_set_visible_child_name (self->stack, get_shown (self));
}

/* GTK's own string filters ask three properties of each of 10,000 guests at every letter. */
static void
on_search_changed (FerryGuestPane *self)
{
  g_autofree char *old = g_steal_pointer (&self->wanted);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GtkFilterChange change = GTK_FILTER_CHANGE_DIFFERENT;

  self->wanted = *text != '\0' ? ferry_guest_item_fold (text) : NULL;
  if (old == NULL || (self->wanted != NULL && strstr (self->wanted, old) != NULL))
    change = GTK_FILTER_CHANGE_MORE_STRICT;
  else if (self->wanted == NULL || strstr (old, self->wanted) != NULL)
    change = GTK_FILTER_CHANGE_LESS_STRICT;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->found), change);
  update_shown (self);
}

static void
on_items_changed (FerryGuestPane *self)
{
  update_count (self);
  update_caption (self);
  update_shown (self);
}

static void
on_selection_changed (FerryGuestPane *self)
{
  update_caption (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* Enter and double click take all that is selected: the one under them is one of these. */
static void
on_table_activated (FerryGuestPane *self, guint position)
{
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
on_list_activated (FerryGuestPane *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  g_signal_emit (self, signals[MOVED], 0);
}

/* The list that is not seen gets no model: it would make rows all the same. */
static void
update_narrow (FerryGuestPane *self)
{
  g_autoptr (GtkSelectionModel) plain = NULL;

  if (self->narrow)
    {
      plain =
          GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found))));
      gtk_column_view_set_model (self->table, NULL);
      gtk_list_view_set_model (self->list, plain);
    }
  else
    {
      gtk_list_view_set_model (self->list, NULL);
      gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
    }
  gtk_stack_set_visible_child_name (self->stack, get_shown (self));
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->heading)), !self->narrow);
  update_caption (self);
}

static void
ferry_guest_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryGuestPane *self = FERRY_GUEST_PANE (object);

  switch ((Property) id)
    {
    case PROP_HEADING:
      g_value_set_string (value, gtk_label_get_label (self->heading));
      break;
    case PROP_CHOSEN:
      g_value_set_boolean (value, self->is_chosen);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    }
}

static void
set_heading (FerryGuestPane *self, const char *heading)
{
  gtk_label_set_label (self->heading, heading);
  ferry_accessible_set_label (GTK_WIDGET (self->table), heading);
  ferry_accessible_set_label (GTK_WIDGET (self->list), heading);
}

static void
set_entries (FerryGuestPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_builder_list_item_factory_new_from_resource (
      NULL, self->is_chosen ? "/io/github/ferryvm/Ferry/pages/ferry-guest-entry-remove.ui"
                            : "/io/github/ferryvm/Ferry/pages/ferry-guest-entry-add.ui");

  gtk_list_view_set_factory (self->list, factory);
}

static void
ferry_guest_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryGuestPane *self = FERRY_GUEST_PANE (object);

  switch ((Property) id)
    {
    case PROP_HEADING:
      set_heading (self, g_value_get_string (value));
      break;
    case PROP_CHOSEN:
      self->is_chosen = g_value_get_boolean (value);
      set_entries (self);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      update_narrow (self);
      break;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
ferry_guest_pane_dispose (GObject *object)
{
  FerryGuestPane *self = FERRY_GUEST_PANE (object);

  /* The models change once more while the template goes. */
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->found != NULL)
    gtk_filter_list_model_set_filter (self->found, NULL);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);

  G_OBJECT_CLASS (ferry_guest_pane_parent_class)->dispose (object);
}

static void
ferry_guest_pane_finalize (GObject *object)
{
  g_free (FERRY_GUEST_PANE (object)->wanted);

  G_OBJECT_CLASS (ferry_guest_pane_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-guest-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, count);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, search);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, nothing);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, table);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, name_column);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, system_column);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, place_column);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, memory_column);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, disks_column);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, list);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, caption);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, store);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, sorted);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, found);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestPane, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_items_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_table_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
}

static void
ferry_guest_pane_class_init (FerryGuestPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ferry_guest_pane_get_property;
  object_class->set_property = ferry_guest_pane_set_property;
  object_class->dispose = ferry_guest_pane_dispose;
  object_class->finalize = ferry_guest_pane_finalize;

  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, "", flags);
  properties[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[MOVED] = g_signal_new ("moved", FERRY_TYPE_GUEST_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] =
      g_signal_new ("selection-changed", FERRY_TYPE_GUEST_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  g_type_ensure (FERRY_TYPE_GUEST_ITEM);
  g_type_ensure (FERRY_TYPE_HINT_BOX);
  bind_template (GTK_WIDGET_CLASS (klass));
}

/* Numbers are at the end of their column, so their titles are too; GTK offers nothing for that. */
static void
align_title (GtkColumnView *table, guint column)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (table)));
  GtkWidget *box;

  for (guint i = 0; i < column && title != NULL; i++)
    title = gtk_widget_get_next_sibling (title);
  box = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  if (box != NULL)
    gtk_widget_set_halign (box, GTK_ALIGN_END);
}

static void
set_sorter (GtkColumnViewColumn *column, GtkSorter *sorter)
{
  gtk_column_view_column_set_sorter (column, sorter);
  g_object_unref (sorter);
}

static void
set_filter (FerryGuestPane *self)
{
  g_autoptr (GtkFilter) filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));

  gtk_filter_list_model_set_filter (self->found, filter);
}

static void
ferry_guest_pane_init (FerryGuestPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  set_sorter (self->name_column, ferry_guest_sorter_new_by_name ());
  set_sorter (self->system_column, ferry_guest_sorter_new_by_system ());
  set_sorter (self->place_column, ferry_guest_sorter_new_by_place ());
  set_sorter (self->memory_column, ferry_guest_sorter_new_by_memory ());
  set_sorter (self->disks_column, ferry_guest_sorter_new_by_disks ());
  set_filter (self);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->table));
  gtk_column_view_sort_by_column (self->table, self->name_column, GTK_SORT_ASCENDING);
  ferry_guest_pane_set_columns (self,
                                FERRY_COLUMN_SYSTEM | FERRY_COLUMN_MEMORY | FERRY_COLUMN_DISKS);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  ferry_accessible_track_stack (self->stack);
  set_entries (self);
  update_count (self);
  update_narrow (self);
}

/* Taken out, not hidden: GTK 4.8 gives hidden columns no allocation and draws them all the same. */
void
ferry_guest_pane_set_columns (FerryGuestPane *self, FerryGuestColumns columns)
{
  const struct
  {
    FerryGuestColumns which;
    GtkColumnViewColumn *column;
    gboolean is_number;
  } all[] = {
    { FERRY_COLUMN_SYSTEM, self->system_column, FALSE },
    { FERRY_COLUMN_PLACE, self->place_column, FALSE },
    { FERRY_COLUMN_MEMORY, self->memory_column, TRUE },
    { FERRY_COLUMN_DISKS, self->disks_column, TRUE },
  };

  g_return_if_fail (FERRY_IS_GUEST_PANE (self));

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (gtk_column_view_column_get_column_view (all[i].column) != NULL)
      gtk_column_view_remove_column (self->table, all[i].column);
  for (guint i = 0, position = 1; i < G_N_ELEMENTS (all); i++)
    if ((columns & all[i].which) != 0)
      {
        gtk_column_view_append_column (self->table, all[i].column);
        if (all[i].is_number)
          align_title (self->table, position);
        position++;
      }
}

GListStore *
ferry_guest_pane_get_store (FerryGuestPane *self)
{
  g_return_val_if_fail (FERRY_IS_GUEST_PANE (self), NULL);

  return self->store;
}

GPtrArray *
ferry_guest_pane_dup_selected (FerryGuestPane *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (FERRY_IS_GUEST_PANE (self), items);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->selection), position));

  return items;
}

gboolean
ferry_guest_pane_has_selected (FerryGuestPane *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (FERRY_IS_GUEST_PANE (self), FALSE);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return !gtk_bitset_is_empty (selected);
}

void
ferry_guest_pane_unselect (FerryGuestPane *self)
{
  g_return_if_fail (FERRY_IS_GUEST_PANE (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

gboolean
ferry_guest_pane_focus_list (FerryGuestPane *self)
{
  g_return_val_if_fail (FERRY_IS_GUEST_PANE (self), FALSE);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) == 0)
    return FALSE;

  return gtk_widget_grab_focus (self->narrow ? GTK_WIDGET (self->list) : GTK_WIDGET (self->table));
}
