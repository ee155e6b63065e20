/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-trust-dialog.h"

#include "ferry-accessible.h"
#include "ferry-source-text.h"

#include <glib/gi18n-lib.h>

struct _FerryTrustDialog
{
  AdwMessageDialog parent_instance;

  FerryConnector *connector; /* (owned) (nullable) */
  char *copied; /* (owned): the fingerprint in one line */

  GtkLabel *fingerprint_title;
  GtkLabel *fingerprint;
  GtkButton *copy_button;
  GtkWidget *known_row;
  GtkLabel *known;
  GtkWidget *subject_row;
  GtkLabel *subject;
  GtkWidget *issuer_row;
  GtkLabel *issuer;
  GtkWidget *validity_row;
  GtkLabel *validity;
  GtkWidget *key_row;
  GtkLabel *key;
  GtkLabel *promise;
};

G_DEFINE_FINAL_TYPE (FerryTrustDialog, ferry_trust_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
on_copy_clicked (FerryTrustDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->copied);
  gtk_button_set_icon_name (self->copy_button, "emblem-ok-symbolic");
  ferry_accessible_set_label (GTK_WIDGET (self->copy_button), _("Copied"));
}

static void
drop_connector (FerryTrustDialog *self)
{
  if (self->connector != NULL)
    g_signal_handlers_disconnect_by_data (self->connector, self);
  g_clear_object (&self->connector);
}

static void
on_response (FerryTrustDialog *self, const char *response)
{
  g_autoptr (FerryConnector) connector =
      self->connector != NULL ? g_object_ref (self->connector) : NULL;

  drop_connector (self);
  if (connector != NULL)
    ferry_connector_answer (connector, g_str_equal (response, "trust"));
}

/* Given up meanwhile: the page was left, or something else is asked. */
static void
on_connector_changed (FerryTrustDialog *self)
{
  if (ferry_connector_get_state (self->connector) == FERRY_CONNECTOR_ASKING)
    return;

  drop_connector (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
ferry_trust_dialog_dispose (GObject *object)
{
  drop_connector (FERRY_TRUST_DIALOG (object));

  G_OBJECT_CLASS (ferry_trust_dialog_parent_class)->dispose (object);
}

static void
ferry_trust_dialog_finalize (GObject *object)
{
  g_free (FERRY_TRUST_DIALOG (object)->copied);

  G_OBJECT_CLASS (ferry_trust_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-trust-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, fingerprint_title);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, fingerprint);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, known_row);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, known);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, subject_row);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, issuer_row);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, issuer);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, validity_row);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, validity);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, key);
  gtk_widget_class_bind_template_child (widget_class, FerryTrustDialog, promise);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
ferry_trust_dialog_class_init (FerryTrustDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_trust_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_trust_dialog_finalize;

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_trust_dialog_init (FerryTrustDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_name_buttons (GTK_WIDGET (self));
}

static void
show_certificate (FerryTrustDialog *self, const FerryTrustQuestion *question)
{
  g_autofree char *subject = ferry_text_distinguished_name (
      question->subject != NULL ? question->subject : question->address);
  g_autofree char *issuer = ferry_text_issuer (question);
  g_autofree char *validity =
      ferry_text_validity (question->not_before, question->not_after, g_get_real_time () / 1000000);

  gtk_label_set_label (self->subject, subject);
  gtk_label_set_label (self->issuer, issuer);
  gtk_label_set_label (self->validity, validity);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subject), question->subject);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->issuer), question->issuer);
}

static void
show_fingerprints (FerryTrustDialog *self, const FerryTrustQuestion *question)
{
  g_autofree char *fingerprint = ferry_text_fingerprint (question->fingerprint);
  g_autofree char *known = NULL;

  self->copied = g_strdup (question->fingerprint);
  gtk_label_set_label (self->fingerprint, fingerprint);
  if (question->known_fingerprint == NULL)
    return;

  known = ferry_text_fingerprint (question->known_fingerprint);
  gtk_label_set_label (self->known, known);
  gtk_label_set_label (self->fingerprint_title, _("SHA-256 fingerprint now"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "trust",
                                              ADW_RESPONSE_DESTRUCTIVE);
}

static void
show_question (FerryTrustDialog *self, const FerryTrustQuestion *question)
{
  gboolean is_key = question->kind == FERRY_TRUST_HOST_KEY;
  g_autofree char *body = ferry_text_trust_body (question);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), ferry_text_trust_heading (question));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  show_fingerprints (self, question);
  gtk_widget_set_visible (self->known_row, question->known_fingerprint != NULL);
  gtk_widget_set_visible (self->subject_row, !is_key);
  gtk_widget_set_visible (self->issuer_row, !is_key);
  gtk_widget_set_visible (self->validity_row, !is_key);
  gtk_widget_set_visible (self->key_row, is_key && question->key_type != NULL);
  if (is_key)
    {
      gtk_label_set_label (self->key, question->key_type);
      gtk_label_set_label (self->promise, _("Ferry will remember this host key and warn you if it "
                                            "ever changes."));
    }
  else
    show_certificate (self, question);
}

GtkWindow *
ferry_trust_dialog_ask (GtkWindow *parent, FerryConnector *connector)
{
  FerryTrustDialog *self;

  g_return_val_if_fail (ferry_connector_get_state (connector) == FERRY_CONNECTOR_ASKING, NULL);

  self = g_object_new (FERRY_TYPE_TRUST_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  self->connector = g_object_ref (connector);
  g_signal_connect_swapped (connector, "changed", G_CALLBACK (on_connector_changed), self);
  show_question (self, ferry_connector_get_question (connector));
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}
