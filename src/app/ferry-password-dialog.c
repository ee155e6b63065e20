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
  GtkEditable *key_row;
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
  const char *key = gtk_editable_get_text (self->key_row);
  gboolean is_bad_key = *key != '\0' && !ferry_key_is_valid (key);

  if (is_bad_key)
    gtk_widget_add_css_class (GTK_WIDGET (self->key_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->key_row), "error");
  adw_message_dialog_set_response_enabled (
      ADW_MESSAGE_DIALOG (self), "retry",
      !is_bad_key && (is_entered (self->password_row) || is_entered (self->ssh_row) ||
                      is_entered (self->key_row)));
}

static void
ferry_password_dialog_class_init (FerryPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ferryvm/Ferry/ferry-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryPasswordDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, FerryPasswordDialog, ssh_row);
  gtk_widget_class_bind_template_child (widget_class, FerryPasswordDialog, key_row);
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
  gboolean is_key = message == NULL && ferry_import_facts_needs_key (facts);
  g_autofree char *body
      = g_strdup_printf (is_key ? _("%s The key you enter is not kept.")
                                : _("%s The password you enter is not kept."),
                         message != NULL ? message : facts->failure->message);
  g_autofree char *heading = is_key ? g_strdup_printf (_("Key for the Disks of ‘%s’"), facts->name)
                                    : g_strdup_printf (_("Password for ‘%s’"), facts->source);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), !is_key);
  gtk_widget_set_visible (GTK_WIDGET (self->ssh_row), !is_key && facts->wants_ssh_password);
  gtk_widget_set_visible (GTK_WIDGET (self->key_row), is_key);

  return self;
}

static const char *
get_entered (GtkEditable *row)
{
  return is_entered (row) ? gtk_editable_get_text (row) : NULL;
}

void
ferry_password_dialog_read (FerryPasswordDialog *self, FerryPlan *secrets)
{
  g_return_if_fail (FERRY_IS_PASSWORD_DIALOG (self));

  ferry_plan_source_set_password (&secrets->source.password, get_entered (self->password_row));
  ferry_plan_source_set_password (&secrets->source.ssh_password, get_entered (self->ssh_row));
  if (is_entered (self->key_row))
    ferry_plan_add_key (secrets->keys, NULL, gtk_editable_get_text (self->key_row));
}
