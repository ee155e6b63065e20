/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-error-window.h"

#include "ferry-import-actions.h"
#include "ferry-import-text.h"
#include "ferry-log-window.h"

#include <glib/gi18n-lib.h>

struct _FerryErrorWindow
{
  AdwWindow parent_instance;

  FerryImportItem *item; /* (owned) */

  AdwWindowTitle *title;
  GtkLabel *heading_label;
  GtkLabel *text_label;
  GtkOrientable *buttons;
  GtkWidget *start_button;
  GtkWidget *retry_button;
  GtkWidget *details_list;
  GtkLabel *details_label;
};

G_DEFINE_FINAL_TYPE (FerryErrorWindow, ferry_error_window, ADW_TYPE_WINDOW)

/* Everything that helps who is asked for help; the journal keeps secrets out of all of it. */
static char *
describe (const FerryImportFacts *facts)
{
  g_autofree char *failure = ferry_import_text_failure (facts);
  const char *details = facts->failure != NULL ? facts->failure->details : "";

  return g_strdup_printf ("%s\n%s → %s\n\n%s\n\n%s\n", facts->name, facts->source,
                          facts->destination, failure, details);
}

static void
on_copy_clicked (FerryErrorWindow *self)
{
  g_autofree char *text = describe (ferry_import_item_get_facts (self->item));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_log_clicked (FerryErrorWindow *self)
{
  gtk_window_present (ferry_log_window_new (GTK_WINDOW (self), self->item));
}

static void
on_retry_clicked (FerryErrorWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  ferry_import_actions_retry (parent != NULL ? GTK_WIDGET (parent) : GTK_WIDGET (self),
                              self->item);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_start_clicked (FerryErrorWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  ferry_import_actions_start_source (parent != NULL ? GTK_WIDGET (parent) : GTK_WIDGET (self),
                                     self->item);
  gtk_window_close (GTK_WINDOW (self));
}

/* Three buttons side by side do not go into a narrow window. */
static void
show_buttons (FerryErrorWindow *self, const FerryImportFacts *facts)
{
  gtk_widget_set_visible (self->start_button, facts->startable);
  gtk_orientable_set_orientation (self->buttons, facts->startable ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
}

static void
show_facts (FerryErrorWindow *self)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (self->item);
  const char *details = facts->failure != NULL ? facts->failure->details : "";
  g_autofree char *ended = ferry_import_text_ended (facts);
  g_autofree char *failure = ferry_import_text_failure (facts);

  gtk_window_set_title (GTK_WINDOW (self), facts->name);
  adw_window_title_set_title (self->title, facts->name);
  adw_window_title_set_subtitle (self->title, ended);
  gtk_label_set_text (self->heading_label, ferry_import_text_heading (facts));
  gtk_label_set_text (self->text_label, failure);
  show_buttons (self, facts);
  gtk_widget_set_visible (self->details_list, *details != '\0');
  gtk_label_set_text (self->details_label, details);
}

/* Once it is retried, here or elsewhere, there is no failure to talk about. */
static void
on_item_changed (FerryErrorWindow *self)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (self->item);

  show_buttons (self, facts);
  if (facts->failure == NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
ferry_error_window_dispose (GObject *object)
{
  FerryErrorWindow *self = FERRY_ERROR_WINDOW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (ferry_error_window_parent_class)->dispose (object);
}

static void
ferry_error_window_class_init (FerryErrorWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_error_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-error-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, title);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, heading_label);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, text_label);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, buttons);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, start_button);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, details_list);
  gtk_widget_class_bind_template_child (widget_class, FerryErrorWindow, details_label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_log_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
}

static void
ferry_error_window_init (FerryErrorWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ferry_error_window_new (GtkWindow *parent, FerryImportItem *item)
{
  FerryErrorWindow *self = g_object_new (FERRY_TYPE_ERROR_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);

  self->item = g_object_ref (item);
  show_facts (self);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), self);
  gtk_widget_grab_focus (self->retry_button);

  return GTK_WINDOW (self);
}
