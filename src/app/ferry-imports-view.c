/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-imports-view.h"

#include "ferry-accessible.h"
#include "ferry-import-actions.h"
#include "ferry-import-row.h"
#include "ferry-import-text.h"

#include <glib/gi18n-lib.h>

struct _FerryImportsView
{
  AdwBin parent_instance;

  FerryWorkerClient *client; /* (owned) (nullable): NULL until it is set */
  GPtrArray *rows;           /* (owned) (element-type FerryImportRow): as the client's items */
  gboolean narrow;

  GtkDropTarget *drop_target;
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkStack *stack;
  GtkWidget *running_group;
  GtkListBox *running_list;
  GtkLabel *running_label;
  GtkWidget *queued_group;
  GtkListBox *queued_list;
  GtkWidget *finished_group;
  GtkListBox *finished_list;
};

G_DEFINE_FINAL_TYPE (FerryImportsView, ferry_imports_view, ADW_TYPE_BIN)

static const FerryImportFacts *
get_row_facts (gpointer row)
{
  return ferry_import_item_get_facts (ferry_import_row_get_item (FERRY_IMPORT_ROW (row)));
}

static int
compare_times (gint64 one_usec, gint64 other_usec)
{
  return (one_usec > other_usec) - (one_usec < other_usec);
}

static int
compare_oldest_first (GtkListBoxRow *one, GtkListBoxRow *other, gpointer user_data)
{
  return compare_times (get_row_facts (one)->created_usec, get_row_facts (other)->created_usec);
}

static int
compare_newest_end_first (GtkListBoxRow *one, GtkListBoxRow *other, gpointer user_data)
{
  return compare_times (get_row_facts (other)->ended_usec, get_row_facts (one)->ended_usec);
}

static GtkListBox *
get_list (FerryImportsView *self, FerryImportGroup group)
{
  switch (group)
    {
    case FERRY_IMPORT_GROUP_RUNNING:
      return self->running_list;
    case FERRY_IMPORT_GROUP_QUEUED:
      return self->queued_list;
    case FERRY_IMPORT_GROUP_FINISHED:
      return self->finished_list;
    }

  g_return_val_if_reached (NULL);
}

static gboolean
contains_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static GtkWidget *
make_row (FerryImportsView *self, FerryImportItem *item)
{
  GtkWidget *row = ferry_import_row_new (item);

  ferry_import_row_set_narrow (FERRY_IMPORT_ROW (row), self->narrow);
  gtk_list_box_append (get_list (self, ferry_import_facts_get_group (get_row_facts (row))), row);

  return g_object_ref (row);
}

static gboolean
is_in_place (FerryImportsView *self, GtkWidget *row)
{
  GtkListBox *list = get_list (self, ferry_import_facts_get_group (get_row_facts (row)));

  return gtk_widget_get_parent (row) == GTK_WIDGET (list);
}

static gboolean
has_rows (GtkListBox *list)
{
  return gtk_widget_get_first_child (GTK_WIDGET (list)) != NULL;
}

static void
update_running_label (FerryImportsView *self)
{
  guint64 rate_bytes = 0;
  guint count = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const FerryImportFacts *facts = get_row_facts (g_ptr_array_index (self->rows, i));

      if (ferry_import_facts_get_group (facts) != FERRY_IMPORT_GROUP_RUNNING)
        continue;
      rate_bytes += facts->progress->rate_bytes;
      count++;
    }

  text = ferry_import_text_running (count, rate_bytes, self->narrow);
  gtk_label_set_text (self->running_label, text);
}

static void
update_groups (FerryImportsView *self)
{
  gboolean known = ferry_worker_client_is_loaded (self->client)
                   || ferry_worker_client_get_problem (self->client) != NULL;

  gtk_widget_set_visible (self->running_group, has_rows (self->running_list));
  gtk_widget_set_visible (self->queued_group, has_rows (self->queued_list));
  gtk_widget_set_visible (self->finished_group, has_rows (self->finished_list));
  gtk_stack_set_visible_child_name (self->stack, self->rows->len > 0 ? "imports"
                                                 : known             ? "empty"
                                                                     : "loading");
  update_running_label (self);
}

/* Puts a new row where the import belongs now, opened and focused as the old one was. The old one
 * cannot move itself: in GTK 4.8, buttons with actions stay insensitive in a new parent. */
static void
replace_row (FerryImportsView *self, guint position)
{
  GtkWidget *old = g_ptr_array_index (self->rows, position);
  gboolean focused = contains_focus (old);
  GtkWidget *row = make_row (self, ferry_import_row_get_item (FERRY_IMPORT_ROW (old)));

  ferry_import_row_set_expanded (FERRY_IMPORT_ROW (row),
                                 ferry_import_row_get_expanded (FERRY_IMPORT_ROW (old)));
  gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (old)), old);
  g_ptr_array_index (self->rows, position) = row;
  g_object_unref (old);
  update_groups (self);
  if (focused)
    gtk_widget_grab_focus (row);
}

static void
on_problem_changed (FerryImportsView *self)
{
  const char *problem = ferry_worker_client_get_problem (self->client);

  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  update_groups (self);
}

static void
on_item_changed (FerryImportItem *item, FerryImportsView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      FerryImportRow *row = g_ptr_array_index (self->rows, i);

      if (ferry_import_row_get_item (row) == item && !is_in_place (self, GTK_WIDGET (row)))
        {
          replace_row (self, i);
          return;
        }
    }

  update_running_label (self);
}

static void
add_row (FerryImportsView *self, guint position)
{
  g_autoptr (FerryImportItem) item
      = g_list_model_get_item (G_LIST_MODEL (self->client), position);

  g_ptr_array_insert (self->rows, (int) position, make_row (self, item));
  g_signal_connect (item, "changed", G_CALLBACK (on_item_changed), self);
}

static void
remove_row (FerryImportsView *self, guint position)
{
  g_autoptr (GtkWidget) row = g_ptr_array_steal_index (self->rows, position);

  g_signal_handlers_disconnect_by_data (ferry_import_row_get_item (FERRY_IMPORT_ROW (row)), self);
  gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (row)), row);
}

static void
on_items_changed (FerryImportsView *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < removed; i++)
    remove_row (self, position);
  for (guint i = 0; i < added; i++)
    add_row (self, position + i);
  update_groups (self);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "import.toggle", NULL);
}

static void
on_try_again_clicked (FerryImportsView *self)
{
  ferry_worker_client_start (self->client);
}

static void
say_kept (FerryImportsView *self, guint count)
{
  g_autofree char *message = g_strdup_printf (
      ngettext ("%u import stays: its virtual machine is shut down at the source",
                "%u imports stay: their virtual machines are shut down at the source", count),
      count);

  if (count > 0)
    ferry_import_actions_say (GTK_WIDGET (self), message);
}

/* Where a guest is off because of an import, the row is what can start it again: that one goes when
 * somebody means it alone. */
static void
clear_finished (FerryImportsView *self)
{
  guint n_kept = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      FerryImportRow *row = g_ptr_array_index (self->rows, i);
      const FerryImportFacts *facts = get_row_facts (row);

      n_kept += facts->startable ? 1 : 0;
      if (ferry_import_state_is_end (facts->state) && !facts->startable)
        ferry_import_actions_remove (GTK_WIDGET (row), ferry_import_row_get_item (row));
    }
  say_kept (self, n_kept);
}

static void
on_clear_answered (FerryImportsView *self, const char *response)
{
  if (g_strcmp0 (response, "clear") == 0)
    clear_finished (self);
}

static guint
count_retryable (FerryImportsView *self)
{
  guint count = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const FerryImportFacts *facts = get_row_facts (g_ptr_array_index (self->rows, i));

      count += ferry_import_facts_can_retry (facts) && !facts->startable;
    }

  return count;
}

/* What can still be retried is not thrown away without a word. */
static void
on_clear_clicked (FerryImportsView *self)
{
  guint count = count_retryable (self);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (count == 0)
    {
      clear_finished (self);
      return;
    }

  body = g_strdup_printf (
      ngettext ("%u of them did not succeed and can no longer be retried afterwards. Their logs "
                "are deleted; imported virtual machines stay.",
                "%u of them did not succeed and can no longer be retried afterwards. Their logs "
                "are deleted; imported virtual machines stay.",
                count),
      count);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Clear All Finished Imports?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep"), "clear",
                                    _("_Clear"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_clear_answered), self,
                           G_CONNECT_SWAPPED);
  ferry_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* As if the files had been given on the command line. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y)
{
  GSList *list = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (files, l->data);
  g_slist_free (list);
  if (files->len > 0)
    g_application_open (g_application_get_default (), (GFile **) files->pdata, (int) files->len,
                        "");

  return files->len > 0;
}

static void
ferry_imports_view_dispose (GObject *object)
{
  FerryImportsView *self = FERRY_IMPORTS_VIEW (object);

  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  while (self->rows->len > 0)
    remove_row (self, self->rows->len - 1);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (ferry_imports_view_parent_class)->dispose (object);
}

static void
ferry_imports_view_finalize (GObject *object)
{
  g_ptr_array_unref (FERRY_IMPORTS_VIEW (object)->rows);

  G_OBJECT_CLASS (ferry_imports_view_parent_class)->finalize (object);
}

static void
ferry_imports_view_class_init (FerryImportsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_imports_view_dispose;
  object_class->finalize = ferry_imports_view_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-imports-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, drop_target);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, problem);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, running_group);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, running_list);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, running_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, queued_group);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, queued_list);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, finished_group);
  gtk_widget_class_bind_template_child (widget_class, FerryImportsView, finished_list);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
ferry_imports_view_init (FerryImportsView *self)
{
  GType files = GDK_TYPE_FILE_LIST;

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, &files, 1);
  gtk_list_box_set_sort_func (self->running_list, compare_oldest_first, NULL, NULL);
  gtk_list_box_set_sort_func (self->queued_list, compare_oldest_first, NULL, NULL);
  gtk_list_box_set_sort_func (self->finished_list, compare_newest_end_first, NULL, NULL);
  ferry_accessible_track_stack (self->stack);
}

void
ferry_imports_view_set_client (FerryImportsView *self, FerryWorkerClient *client)
{
  g_return_if_fail (FERRY_IS_IMPORTS_VIEW (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_swapped (client, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect_swapped (client, "notify::loaded", G_CALLBACK (update_groups), self);
  g_signal_connect_swapped (client, "notify::problem", G_CALLBACK (on_problem_changed), self);
  on_items_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (client)));
  on_problem_changed (self);
}

void
ferry_imports_view_set_narrow (FerryImportsView *self, gboolean narrow)
{
  g_return_if_fail (FERRY_IS_IMPORTS_VIEW (self));

  self->narrow = narrow;
  for (guint i = 0; i < self->rows->len; i++)
    ferry_import_row_set_narrow (g_ptr_array_index (self->rows, i), narrow);
  update_running_label (self);
}

void
ferry_imports_view_show_import (FerryImportsView *self, const char *id)
{
  g_return_if_fail (FERRY_IS_IMPORTS_VIEW (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (get_row_facts (row)->id, id) != 0)
        continue;
      ferry_import_row_set_expanded (FERRY_IMPORT_ROW (row), TRUE);
      gtk_widget_grab_focus (row);
      return;
    }
}
