/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-verify-row.h"

#include <glib/gi18n-lib.h>

struct _FerryVerifyRow
{
  AdwPreferencesRow parent_instance;

  FerryVerifier *verifier; /* (owned) (nullable) */

  GtkLabel *detail;
  GtkProgressBar *progress;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (FerryVerifyRow, ferry_verify_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_clicked (FerryVerifyRow *self)
{
  if (ferry_verifier_is_running (self->verifier))
    ferry_verifier_stop (self->verifier);
  else
    ferry_verifier_start (self->verifier);
}

static void
show_running (FerryVerifyRow *self)
{
  double fraction = ferry_verifier_get_fraction (self->verifier);
  const char *name = ferry_verifier_get_name (self->verifier);
  /* Translators: the name of a virtual machine */
  g_autofree char *text = g_strdup_printf (_("Reading ‘%s’…"), name != NULL ? name : "");

  gtk_label_set_label (self->detail, text);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1.0));
  else
    gtk_progress_bar_pulse (self->progress);
}

/* With its group, of which it is the only row: an empty one is a line. */
static void
show_if_useful (FerryVerifyRow *self)
{
  GtkWidget *group = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_GROUP);

  if (group != NULL)
    gtk_widget_set_visible (group, ferry_verifier_has_checksums (self->verifier));
}

void
ferry_verify_row_refresh (FerryVerifyRow *self)
{
  gboolean running;
  gboolean done;

  g_return_if_fail (FERRY_IS_VERIFY_ROW (self));

  if (self->verifier == NULL)
    return;

  show_if_useful (self);
  running = ferry_verifier_is_running (self->verifier);
  done = !running && ferry_verifier_is_done (self->verifier);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !done);
  gtk_button_set_label (self->button, running ? _("Stop") : _("Verify"));
  if (running)
    show_running (self);
  else
    gtk_label_set_label (self->detail,
                         done ? _("All disks have been read; what was found is among the checks.")
                              : _("Reads all of them and compares them with the checksums that "
                                   "came with them."));
}

static void
ferry_verify_row_dispose (GObject *object)
{
  FerryVerifyRow *self = FERRY_VERIFY_ROW (object);

  if (self->verifier != NULL)
    g_signal_handlers_disconnect_by_data (self->verifier, self);
  g_clear_object (&self->verifier);

  G_OBJECT_CLASS (ferry_verify_row_parent_class)->dispose (object);
}

static void
ferry_verify_row_class_init (FerryVerifyRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_verify_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-verify-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyRow, detail);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyRow, progress);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
ferry_verify_row_init (FerryVerifyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ferry_verify_row_set_verifier (FerryVerifyRow *self, FerryVerifier *verifier)
{
  g_return_if_fail (FERRY_IS_VERIFY_ROW (self));
  g_return_if_fail (FERRY_IS_VERIFIER (verifier));

  if (self->verifier != NULL)
    g_signal_handlers_disconnect_by_data (self->verifier, self);
  g_set_object (&self->verifier, verifier);
  g_signal_connect_swapped (verifier, "changed", G_CALLBACK (ferry_verify_row_refresh), self);
  ferry_verify_row_refresh (self);
}
