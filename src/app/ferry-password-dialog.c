/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-password-dialog.h"

#include <glib/gi18n-lib.h>

struct _FerryPasswordDialog
{
  AdwMessageDialog parent_instance;

  GtkEditable *password_row;
  GtkEditable *ssh_row;
};

G_DEFINE_FINAL_TYPE (FerryPasswordDialog, ferry_password_dialog, ADW_TYPE_MESSAGE_DIALOG)

static gboolean
is_entered (GtkEditable *row)
{
  return *gtk_editable_get_text (row) != '\0';
}

static void
on_changed (FerryPasswordDialog *self)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "retry",
                                           is_entered (self->password_row) ||
                                               is_entered (self->ssh_row));
}

static void
ferry_password_dialog_class_init (FerryPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ferryvm/Ferry/ferry-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryPasswordDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, FerryPasswordDialog, ssh_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
ferry_password_dialog_init (FerryPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FerryPasswordDialog *
ferry_password_dialog_new (GtkWindow *parent,
                           const FerryImportFacts *facts,
                           const char *message)
{
  FerryPasswordDialog *self
      = g_object_new (FERRY_TYPE_PASSWORD_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autofree char *body
      = g_strdup_printf (_("%s The password you enter is not kept."), message);
  g_autofree char *heading = g_strdup_printf (_("Password for ‘%s’"), facts->source);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  gtk_widget_set_visible (GTK_WIDGET (self->ssh_row), facts->wants_ssh_password);

  return self;
}

static const char *
get_entered (GtkEditable *row)
{
  return is_entered (row) ? gtk_editable_get_text (row) : NULL;
}

void
ferry_password_dialog_read (FerryPasswordDialog *self, FerryPlanSource *source)
{
  g_return_if_fail (FERRY_IS_PASSWORD_DIALOG (self));

  ferry_plan_source_set_password (&source->password, get_entered (self->password_row));
  ferry_plan_source_set_password (&source->ssh_password, get_entered (self->ssh_row));
}
