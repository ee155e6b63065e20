/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-os-row.h"

#include "ferry-accessible.h"
#include "ferry-call.h"
#include "ferry-choice.h"
#include "ferry-os.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryOsRow
{
  AdwActionRow parent_instance;

  char *id; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean loading;
  gboolean loaded;
  char **words; /* (owned) (nullable): folded; all of them must occur */

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkLabel *empty;
  GtkListView *list;
  GListStore *systems;
  GtkFilterListModel *filtered;
};

G_DEFINE_FINAL_TYPE (FerryOsRow, ferry_os_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
matches (gpointer item, gpointer user_data)
{
  FerryOsRow *self = user_data;
  g_autofree char *title = NULL;
  g_autofree char *folded = NULL;

  g_object_get (item, "title", &title, NULL);
  folded = g_utf8_casefold (title, -1);
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
update_empty (FerryOsRow *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
on_search_changed (FerryOsRow *self)
{
  g_autofree char *folded =
      g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_clear_pointer (&self->words, g_strfreev);
  self->words = g_strsplit (folded, " ", -1);
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->filtered), GTK_FILTER_CHANGE_DIFFERENT);
  update_empty (self);
}

/* Before the list is read, only ids are known. */
static const char *
find_name (FerryOsRow *self)
{
  const FerryOs *os = self->loaded && self->id != NULL ? ferry_os_find (self->id) : NULL;

  if (self->id == NULL)
    return _("As it is found");

  return os != NULL ? os->name : self->id;
}

static void
update_label (FerryOsRow *self)
{
  const char *name = find_name (self);
  g_autofree char *label = g_strdup_printf ("%s: %s", _("Operating System"), name);

  gtk_label_set_label (self->label, name);
  ferry_accessible_set_label (GTK_WIDGET (self->button), label);
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->button), label);
}

static void
choose (FerryOsRow *self, guint position)
{
  g_autoptr (FerryChoice) choice =
      g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (choice == NULL)
    return;

  g_free (self->id);
  self->id = g_strdup (ferry_choice_get_name (choice));
  update_label (self);
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_list_activated (FerryOsRow *self, guint position)
{
  choose (self, position);
}

static void
on_search_activated (FerryOsRow *self)
{
  choose (self, 0);
}

static void
fill (FerryOsRow *self)
{
  const GPtrArray *systems = ferry_os_list ();
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (choices, ferry_choice_new (0, NULL, _("As it is found")));
  for (guint i = 0; i < systems->len; i++)
    {
      const FerryOs *os = g_ptr_array_index (systems, i);

      g_ptr_array_add (choices, ferry_choice_new (0, os->id, os->name));
    }
  g_list_store_splice (self->systems, 0, g_list_model_get_n_items (G_LIST_MODEL (self->systems)),
                       choices->pdata, choices->len);
  gtk_label_set_label (self->empty, systems->len > 0
                                        ? _("No operating system has such a name.")
                                        : _("The list of operating systems is not installed. It is "
                                            "in the package ‘osinfo-db’."));
}

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryOsRow *self = user_data;
  g_autoptr (GError) error = NULL;

  ferry_call_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loaded = TRUE;
  fill (self);
  update_label (self);
  update_empty (self);
}

static gpointer
load (gpointer input, const FerryMonitor *monitor, GCancellable *cancellable, GError **error)
{
  return ferry_os_list ();
}

static void
start_loading (FerryOsRow *self)
{
  FerryCall call = { .run = load };

  if (self->loading)
    return;

  self->loading = TRUE;
  ferry_call_async (&call, ferry_call_renew (&self->cancellable), on_loaded, self);
}

static void
on_shown (FerryOsRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
ferry_os_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_os_row_parent_class)->map (widget);

  start_loading (FERRY_OS_ROW (widget));
}

static void
ferry_os_row_dispose (GObject *object)
{
  ferry_call_end (&FERRY_OS_ROW (object)->cancellable);

  G_OBJECT_CLASS (ferry_os_row_parent_class)->dispose (object);
}

static void
ferry_os_row_finalize (GObject *object)
{
  FerryOsRow *self = FERRY_OS_ROW (object);

  g_free (self->id);
  g_strfreev (self->words);

  G_OBJECT_CLASS (ferry_os_row_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-os-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, button);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, label);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, popover);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, search);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, empty);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, list);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, systems);
  gtk_widget_class_bind_template_child (widget_class, FerryOsRow, filtered);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
}

static void
ferry_os_row_class_init (FerryOsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_os_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_os_row_finalize;
  widget_class->map = ferry_os_row_map;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_OS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (FERRY_TYPE_CHOICE);
  bind_template (widget_class);
}

static void
ferry_os_row_init (FerryOsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_filter_list_model_set_filter (self->filtered,
                                    GTK_FILTER (gtk_custom_filter_new (matches, self, NULL)));
  update_label (self);
  update_empty (self);
}

void
ferry_os_row_show (FerryOsRow *self, const FerryPlanGuest *guest)
{
  g_autofree char *text = NULL;

  g_return_if_fail (FERRY_IS_OS_ROW (self));

  if (guest->source->os != NULL && *guest->source->os != '\0')
    /* Translators: an operating system */
    text = g_strdup_printf (_("%s at the source"), guest->source->os);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               text != NULL ? text : _("The source does not say"));
  g_free (self->id);
  self->id = g_strdup (guest->os);
  update_label (self);
}

const char *
ferry_os_row_get_id (FerryOsRow *self)
{
  g_return_val_if_fail (FERRY_IS_OS_ROW (self), NULL);

  return self->id;
}

gboolean
ferry_os_row_is_loaded (FerryOsRow *self)
{
  g_return_val_if_fail (FERRY_IS_OS_ROW (self), FALSE);

  return self->loaded;
}
