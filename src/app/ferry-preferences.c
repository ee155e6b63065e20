/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-preferences.h"

struct _FerryPreferences
{
  AdwPreferencesWindow parent_instance;

  FerryWorkerClient *client; /* (owned) */

  GtkAdjustment *concurrency;
  GtkWidget *concurrency_row;
};

G_DEFINE_FINAL_TYPE (FerryPreferences, ferry_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
on_concurrency_chosen (FerryPreferences *self)
{
  if (self->client != NULL)
    ferry_worker_client_set_concurrency (self->client,
                                         (guint) gtk_adjustment_get_value (self->concurrency));
}

static void
on_concurrency_changed (FerryPreferences *self)
{
  guint concurrency = ferry_worker_client_get_concurrency (self->client);

  gtk_widget_set_sensitive (self->concurrency_row, concurrency > 0);
  if (concurrency > 0)
    gtk_adjustment_set_value (self->concurrency, concurrency);
}

static void
ferry_preferences_dispose (GObject *object)
{
  FerryPreferences *self = FERRY_PREFERENCES (object);

  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (ferry_preferences_parent_class)->dispose (object);
}

static void
ferry_preferences_class_init (FerryPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryPreferences, concurrency);
  gtk_widget_class_bind_template_child (widget_class, FerryPreferences, concurrency_row);
  gtk_widget_class_bind_template_callback (widget_class, on_concurrency_chosen);
}

static void
ferry_preferences_init (FerryPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ferry_preferences_new (GtkWindow *parent, FerryWorkerClient *client)
{
  FerryPreferences *self = g_object_new (FERRY_TYPE_PREFERENCES, "transient-for", parent, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_swapped (client, "notify::concurrency", G_CALLBACK (on_concurrency_changed),
                            self);
  on_concurrency_changed (self);

  return GTK_WINDOW (self);
}
