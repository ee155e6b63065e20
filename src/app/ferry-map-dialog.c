/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-map-dialog.h"

#include "ferry-accessible.h"
#include "ferry-field-note.h"

#include <glib/gi18n-lib.h>

struct _FerryMapDialog
{
  AdwMessageDialog parent_instance;

  GPtrArray *maps; /* (owned) (nullable) */
  FerryMapKind kind;

  GtkEditable *name_row;
  FerryFieldNote *name_note;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (FerryMapDialog, ferry_map_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  NAMED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
dup_name (FerryMapDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static void
on_name_changed (FerryMapDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autoptr (GError) error = NULL;
  gboolean valid = ferry_map_check_name (name, &error);
  gboolean taken =
      valid && self->maps != NULL && ferry_maps_find (self->maps, self->kind, name) != NULL;

  /* An empty field is not wrong before anything was typed. */
  ferry_field_note_tell (self->name_note, GTK_WIDGET (self->name_row),
                         valid || *name == '\0' ? NULL : error->message);
  gtk_label_set_label (self->note, taken ? _("The map of this name is replaced.")
                                         : _("It is offered for other imports, and suggested when "
                                             "source and destination are the same."));
  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (self), "save",
                                         taken ? _("Replace") : _("Save"));
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "save", valid);
  ferry_accessible_name_buttons (GTK_WIDGET (self));
}

static void
on_response (FerryMapDialog *self, const char *response)
{
  g_autofree char *name = dup_name (self);

  if (g_str_equal (response, "save") && ferry_map_check_name (name, NULL))
    g_signal_emit (self, signals[NAMED], 0, name);
}

static void
ferry_map_dialog_dispose (GObject *object)
{
  g_clear_pointer (&FERRY_MAP_DIALOG (object)->maps, g_ptr_array_unref);

  G_OBJECT_CLASS (ferry_map_dialog_parent_class)->dispose (object);
}

static void
ferry_map_dialog_class_init (FerryMapDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_map_dialog_dispose;

  signals[NAMED] = g_signal_new ("named", FERRY_TYPE_MAP_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-map-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryMapDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, FerryMapDialog, name_note);
  gtk_widget_class_bind_template_child (widget_class, FerryMapDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
ferry_map_dialog_init (FerryMapDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ferry_map_dialog_new (GtkWindow *parent, GPtrArray *maps, FerryMapKind kind)
{
  FerryMapDialog *self =
      g_object_new (FERRY_TYPE_MAP_DIALOG, "transient-for", parent, "modal", TRUE,
                    "destroy-with-parent", TRUE, NULL);

  self->maps = g_ptr_array_ref (maps);
  self->kind = kind;
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), kind == FERRY_MAP_NETWORK
                                                                 ? _("Save Network Map")
                                                                 : _("Save Storage Map"));
  on_name_changed (self);

  return GTK_WINDOW (self);
}
