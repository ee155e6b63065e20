/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-path-row.h"

#include <glib/gi18n-lib.h>

struct _FerryPathRow
{
  AdwEntryRow parent_instance;

  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */

  GtkWidget *file_button;
  GtkWidget *folder_button;
};

G_DEFINE_FINAL_TYPE (FerryPathRow, ferry_path_row, ADW_TYPE_ENTRY_ROW)

static void
on_chosen (FerryPathRow *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        gtk_editable_set_text (GTK_EDITABLE (self), path);
    }

  g_clear_object (&self->chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) appliances = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (appliances, _("Virtual appliances"));
  for (const char *const *suffix =
           (const char *const[]){ "ova", "ovf", "tar", "gz", "xz", "zip", NULL };
       *suffix != NULL; suffix++)
    gtk_file_filter_add_suffix (appliances, *suffix);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");

  gtk_file_chooser_add_filter (chooser, appliances);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
open_chooser (FerryPathRow *self, GtkFileChooserAction action, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *path = ferry_path_row_dup_path (self);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (self->chooser != NULL)
    return;

  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, _("_Select"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    add_filters (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL && g_file_query_exists (file, NULL))
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_file_clicked (FerryPathRow *self)
{
  open_chooser (self, GTK_FILE_CHOOSER_ACTION_OPEN, _("Select a File"));
}

static void
on_folder_clicked (FerryPathRow *self)
{
  open_chooser (self, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Select a Folder"));
}

static void
on_entry_activated (FerryPathRow *self)
{
  gtk_widget_activate_default (GTK_WIDGET (self));
}

static void
ferry_path_row_dispose (GObject *object)
{
  FerryPathRow *self = FERRY_PATH_ROW (object);

  if (self->chooser != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->chooser, self);
      gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
    }
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ferry_path_row_parent_class)->dispose (object);
}

static void
ferry_path_row_class_init (FerryPathRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_path_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-path-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryPathRow, file_button);
  gtk_widget_class_bind_template_child (widget_class, FerryPathRow, folder_button);
  gtk_widget_class_bind_template_callback (widget_class, on_file_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_folder_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
}

static void
ferry_path_row_init (FerryPathRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ferry_path_row_set_kinds (FerryPathRow *self, FerryPathKinds kinds)
{
  g_return_if_fail (FERRY_IS_PATH_ROW (self));

  gtk_widget_set_visible (self->file_button, (kinds & FERRY_PATH_FILE) != 0);
  gtk_widget_set_visible (self->folder_button, (kinds & FERRY_PATH_FOLDER) != 0);
}

char *
ferry_path_row_dup_path (FerryPathRow *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;

  g_return_val_if_fail (FERRY_IS_PATH_ROW (self), NULL);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  if (*text == '\0')
    return NULL;

  /* What people paste: "~/x", "file:///x", "/x/", relative to where the program was started. */
  file = g_file_parse_name (text);

  return g_file_get_path (file);
}
