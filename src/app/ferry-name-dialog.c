/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-name-dialog.h"

#include "ferry-accessible.h"

#include <glib/gi18n-lib.h>

struct _FerryNameDialog
{
  AdwMessageDialog parent_instance;

  FerryProviders *providers; /* (owned) */

  GtkEditable *name_row;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (FerryNameDialog, ferry_name_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  NAMED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
dup_name (FerryNameDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static void
on_name_changed (FerryNameDialog *self)
{
  g_autofree char *name = dup_name (self);
  gboolean taken =
      self->providers != NULL && ferry_providers_find_name (self->providers, name) != NULL;

  gtk_label_set_label (self->note, taken ? _("The provider of this name is replaced.")
                                         : _("It is offered here and among the providers."));
  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (self), "save",
                                         taken ? _("Replace") : _("Save"));
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "save", *name != '\0');
  ferry_accessible_name_buttons (GTK_WIDGET (self));
}

static void
on_response (FerryNameDialog *self, const char *response)
{
  g_autofree char *name = dup_name (self);

  if (g_str_equal (response, "save") && *name != '\0')
    g_signal_emit (self, signals[NAMED], 0, name);
}

static void
ferry_name_dialog_dispose (GObject *object)
{
  g_clear_object (&FERRY_NAME_DIALOG (object)->providers);

  G_OBJECT_CLASS (ferry_name_dialog_parent_class)->dispose (object);
}

static void
ferry_name_dialog_class_init (FerryNameDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_name_dialog_dispose;

  signals[NAMED] = g_signal_new ("named", FERRY_TYPE_NAME_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-name-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryNameDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNameDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
ferry_name_dialog_init (FerryNameDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ferry_name_dialog_new (GtkWindow *parent, FerryProviders *providers, const char *name)
{
  FerryNameDialog *self;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (providers), NULL);

  self = g_object_new (FERRY_TYPE_NAME_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  self->providers = g_object_ref (providers);
  gtk_editable_set_text (self->name_row, name);
  on_name_changed (self);

  return GTK_WINDOW (self);
}
