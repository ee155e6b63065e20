/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-row.h"

#include "ferry-accessible.h"
#include "ferry-error-window.h"
#include "ferry-import-actions.h"
#include "ferry-import-details.h"
#include "ferry-import-text.h"
#include "ferry-log-window.h"
#include "ferry-mark-row.h"

#include <glib/gi18n-lib.h>

struct _FerryImportRow
{
  GtkListBoxRow parent_instance;

  FerryImportItem *item; /* (owned) */
  FerryImportLook look;
  guint scroll_source; /* 0: it is where it should be */
  gboolean expanded;
  gboolean narrow;

  GtkImage *tile;
  GtkLabel *name_label;
  GtkWidget *route;
  GtkLabel *source_label;
  GtkWidget *arrow_label;
  GtkLabel *destination_label;
  GtkLabel *outcome_label;
  GtkWidget *progress;
  GtkProgressBar *bar;
  GtkLabel *phase_label;
  GtkLabel *amount_label;
  GtkLabel *status_label;
  GtkButton *main_button;
  GtkWidget *retry_button;
  GtkWidget *stop_button;
  GtkWidget *expander_button;
  GtkRevealer *revealer;
};

G_DEFINE_FINAL_TYPE (FerryImportRow, ferry_import_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_names (FerryImportRow *self, const FerryImportFacts *facts)
{
  g_autofree char *source = ferry_import_text_source (facts);
  g_autofree char *destination = ferry_import_text_destination (facts);
  g_autofree char *cancel = g_strdup_printf (_("Cancel importing %s"), facts->name);
  g_autofree char *details = g_strdup_printf (_("Details of %s"), facts->name);

  gtk_label_set_text (self->name_label, facts->name);
  gtk_label_set_text (self->source_label, source);
  gtk_label_set_text (self->destination_label, destination);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source_label), facts->source);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->destination_label), facts->destination);
  ferry_accessible_set_label (GTK_WIDGET (self), facts->name);
  ferry_accessible_set_label (GTK_WIDGET (self->bar), facts->name);
  ferry_accessible_set_label (self->stop_button, cancel);
  ferry_accessible_set_label (self->expander_button, details);
}

static void
show_look (FerryImportRow *self, const FerryImportFacts *facts)
{
  FerryImportLook look = ferry_import_text_look (facts);

  ferry_mark_show_look (self->tile, &look, &self->look);
  self->look = look;
}

static void
show_progress (FerryImportRow *self, const FerryImportFacts *facts)
{
  g_autofree char *phase = ferry_import_text_phase (facts, self->narrow);
  g_autofree char *amount = ferry_import_text_amount (facts, self->narrow);
  g_autofree char *whole = ferry_import_text_phase (facts, FALSE);
  gboolean running = ferry_import_facts_get_group (facts) == FERRY_IMPORT_GROUP_RUNNING;

  gtk_widget_set_visible (self->progress, running);
  if (!running)
    return;

  gtk_progress_bar_set_fraction (self->bar, facts->progress->fraction);
  gtk_label_set_text (self->phase_label, phase);
  gtk_label_set_text (self->amount_label, amount);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  whole, -1);
}

static void
show_outcome (FerryImportRow *self, const FerryImportFacts *facts)
{
  FerryImportGroup group = ferry_import_facts_get_group (facts);
  gboolean queued = group == FERRY_IMPORT_GROUP_QUEUED;
  g_autofree char *outcome = NULL;

  if (queued)
    outcome = ferry_import_text_phase (facts, FALSE);
  else
    outcome = ferry_import_text_outcome (facts, g_get_real_time ());

  gtk_label_set_text (self->status_label, outcome);
  gtk_label_set_text (self->outcome_label, outcome);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->outcome_label),
                               facts->failure != NULL ? facts->failure->message : NULL);
  gtk_widget_set_visible (self->route, group != FERRY_IMPORT_GROUP_FINISHED);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), queued && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_label),
                          group == FERRY_IMPORT_GROUP_FINISHED || (queued && self->narrow));
}

/* The action to offer on an ended row; NULL: none */
static const char *
choose_main_action (const FerryImportFacts *facts, const char **out_label)
{
  g_autofree char *command = ferry_import_text_command (facts);

  if (facts->failure != NULL)
    {
      *out_label = _("Show Error");
      return "import.show-error";
    }
  if (facts->startable)
    {
      *out_label = _("Start at Source");
      return "import.start-source";
    }
  if (ferry_import_facts_get_warning_count (facts) > 0)
    {
      *out_label = _("Show Warnings");
      return "import.toggle";
    }
  if (ferry_import_text_folder (facts) != NULL)
    {
      *out_label = _("Open Folder");
      return "import.open-folder";
    }
  *out_label = _("Copy Start Command");

  return command != NULL ? "import.copy-command" : NULL;
}

static void
show_buttons (FerryImportRow *self, const FerryImportFacts *facts)
{
  gboolean ended = ferry_import_state_is_end (facts->state);
  gboolean can_retry = ferry_import_facts_can_retry (facts);
  const char *label = NULL;
  const char *action = ended ? choose_main_action (facts, &label) : NULL;

  /* In a narrow window one button stays; the opened row has them all. */
  gtk_widget_set_visible (GTK_WIDGET (self->main_button),
                          action != NULL && !self->expanded && !self->narrow);
  if (action != NULL)
    {
      gtk_button_set_label (self->main_button, label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->main_button), action);
    }
  gtk_widget_set_visible (self->retry_button, can_retry && !self->expanded);
  gtk_widget_set_visible (self->stop_button, !ended && !self->expanded && !self->narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.cancel", !ended && !facts->cancelling);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.retry", can_retry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.start-source", facts->startable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.remove", ended);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.show-error", facts->failure != NULL);
}

static void
on_item_changed (FerryImportRow *self)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (self->item);

  show_look (self, facts);
  show_progress (self, facts);
  show_outcome (self, facts);
  show_buttons (self, facts);
}

/* Details cost as much as the row itself: they are made when they are first looked at. */
static void
make_details (FerryImportRow *self)
{
  GtkWidget *details;

  if (gtk_revealer_get_child (self->revealer) != NULL)
    return;

  details = ferry_import_details_new (self->item);
  ferry_import_details_set_narrow (FERRY_IMPORT_DETAILS (details), self->narrow);
  gtk_revealer_set_child (self->revealer, details);
}

/* Details that open below the window's edge would seem not to open at all. */
static gboolean
on_scroll_to (gpointer user_data)
{
  FerryImportRow *self = user_data;
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkWidget *content = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  graphene_rect_t bounds;

  self->scroll_source = 0;
  if (content != NULL && gtk_widget_compute_bounds (GTK_WIDGET (self), content, &bounds))
    gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)),
                               (double) bounds.origin.y,
                               (double) (bounds.origin.y + bounds.size.height));

  return G_SOURCE_REMOVE;
}

static void
on_child_revealed (FerryImportRow *self)
{
  gboolean revealed = gtk_revealer_get_child_revealed (self->revealer);

  /* What is not seen must not be found by a screen reader either. */
  if (!self->expanded && !revealed)
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
  if (self->expanded && revealed && self->scroll_source == 0)
    self->scroll_source = g_idle_add (on_scroll_to, self);
}

/* The buttons that an opened row hides must not take the focus with them. */
static void
keep_focus (FerryImportRow *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self->main_button))
      || gtk_widget_has_focus (self->retry_button) || gtk_widget_has_focus (self->stop_button))
    gtk_widget_grab_focus (self->expander_button);
}

static void
on_toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryImportRow *self = FERRY_IMPORT_ROW (widget);

  ferry_import_row_set_expanded (self, !self->expanded);
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_import_actions_cancel (widget, FERRY_IMPORT_ROW (widget)->item);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_import_actions_retry (widget, FERRY_IMPORT_ROW (widget)->item);
}

static void
on_start_source (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_import_actions_start_source (widget, FERRY_IMPORT_ROW (widget)->item);
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_import_actions_remove (widget, FERRY_IMPORT_ROW (widget)->item);
}

static void
on_open_folder (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_import_actions_open_folder (widget, FERRY_IMPORT_ROW (widget)->item);
}

static void
on_copy_command (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryImportRow *self = FERRY_IMPORT_ROW (widget);
  g_autofree char *command
      = ferry_import_text_command (ferry_import_item_get_facts (self->item));

  if (command != NULL)
    ferry_import_actions_copy (widget, command, _("Copied the command that starts it"));
}

static void
on_copy_location (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryImportRow *self = FERRY_IMPORT_ROW (widget);

  ferry_import_actions_copy (widget, ferry_import_item_get_facts (self->item)->location,
                             _("Copied the location"));
}

static void
on_show_log (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryImportRow *self = FERRY_IMPORT_ROW (widget);

  gtk_window_present (ferry_log_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->item));
}

static void
on_show_error (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryImportRow *self = FERRY_IMPORT_ROW (widget);

  gtk_window_present (
      ferry_error_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->item));
}

static void
ferry_import_row_dispose (GObject *object)
{
  FerryImportRow *self = FERRY_IMPORT_ROW (object);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (ferry_import_row_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, tile);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, route);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, source_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, arrow_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, destination_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, progress);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, bar);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, phase_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, amount_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, main_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, expander_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportRow, revealer);
  gtk_widget_class_bind_template_callback (widget_class, on_child_revealed);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "import.toggle", NULL, on_toggle);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "import.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "import.start-source", NULL, on_start_source);
  gtk_widget_class_install_action (widget_class, "import.remove", NULL, on_remove);
  gtk_widget_class_install_action (widget_class, "import.open-folder", NULL, on_open_folder);
  gtk_widget_class_install_action (widget_class, "import.copy-command", NULL, on_copy_command);
  gtk_widget_class_install_action (widget_class, "import.copy-location", NULL, on_copy_location);
  gtk_widget_class_install_action (widget_class, "import.show-log", NULL, on_show_log);
  gtk_widget_class_install_action (widget_class, "import.show-error", NULL, on_show_error);
}

static void
ferry_import_row_class_init (FerryImportRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_import_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-import-row.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
ferry_import_row_init (FerryImportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_import_row_new (FerryImportItem *item)
{
  FerryImportRow *self = g_object_new (FERRY_TYPE_IMPORT_ROW, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), self, G_CONNECT_SWAPPED);
  show_names (self, ferry_import_item_get_facts (item));
  on_item_changed (self);

  return GTK_WIDGET (self);
}

FerryImportItem *
ferry_import_row_get_item (FerryImportRow *self)
{
  g_return_val_if_fail (FERRY_IS_IMPORT_ROW (self), NULL);

  return self->item;
}

gboolean
ferry_import_row_get_expanded (FerryImportRow *self)
{
  g_return_val_if_fail (FERRY_IS_IMPORT_ROW (self), FALSE);

  return self->expanded;
}

void
ferry_import_row_set_expanded (FerryImportRow *self, gboolean expanded)
{
  g_return_if_fail (FERRY_IS_IMPORT_ROW (self));

  if (self->expanded == expanded)
    return;

  self->expanded = expanded;
  keep_focus (self);
  if (expanded)
    {
      make_details (self);
      gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
    }
  gtk_revealer_set_reveal_child (self->revealer, expanded);
  gtk_button_set_icon_name (GTK_BUTTON (self->expander_button),
                            expanded ? "go-up-symbolic" : "go-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->expander_button),
                               GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
  show_buttons (self, ferry_import_item_get_facts (self->item));
}

void
ferry_import_row_set_narrow (FerryImportRow *self, gboolean narrow)
{
  GtkWidget *details;

  g_return_if_fail (FERRY_IS_IMPORT_ROW (self));

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_widget_set_visible (GTK_WIDGET (self->source_label), !narrow);
  gtk_widget_set_visible (self->arrow_label, !narrow);
  on_item_changed (self);
  details = gtk_revealer_get_child (self->revealer);
  if (details != NULL)
    ferry_import_details_set_narrow (FERRY_IMPORT_DETAILS (details), narrow);
}
