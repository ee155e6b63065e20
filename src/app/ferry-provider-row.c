/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider-row.h"

#include "ferry-accessible.h"
#include "ferry-trust-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryProviderRow
{
  AdwActionRow parent_instance;

  FerryProviderItem *item; /* (owned) */
  FerryProviderAction action;
  gboolean narrow;

  GtkWidget *tile_box;
  GtkImage *tile;
  GtkWidget *status_box;
  GtkSpinner *spinner;
  GtkImage *icon;
  GtkLabel *status;
  GtkButton *button;
  GtkWidget *menu_button;
};

G_DEFINE_FINAL_TYPE (FerryProviderRow, ferry_provider_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
show_names (FerryProviderRow *self, const FerryProvider *provider)
{
  g_autofree char *detail = ferry_text_source (&provider->source);
  /* Translators: what a button does with a provider: "Test Frankfurt vCenter" */
  g_autofree char *button =
      g_strdup_printf (_("%s %s"), ferry_text_provider_action (self->action), provider->name);
  /* Translators: opens a menu; %s is the name of a provider */
  g_autofree char *menu = g_strdup_printf (_("More Actions for %s"), provider->name);
  const char *place = provider->source.host != NULL ? provider->source.host : detail;
  g_autofree char *status = NULL;

  if (self->narrow)
    status = g_strdup_printf ("%s\n%s", place, gtk_label_get_label (self->status));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), provider->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), status != NULL ? status : detail);
  gtk_image_set_from_icon_name (self->tile, ferry_text_source_icon (&provider->source));
  ferry_accessible_set_label (GTK_WIDGET (self->button), button);
  ferry_accessible_set_label (self->menu_button, menu);
}

static gboolean
lacks_password (FerryProviderRow *self)
{
  FerryConnector *connector = ferry_provider_item_get_connector (self->item);

  return ferry_connector_get_state (connector) == FERRY_CONNECTOR_FAILED &&
         ferry_connector_lacks_password (connector);
}

static void
find_status (FerryProviderRow *self, FerryProviderStatus *status)
{
  FerryConnector *connector = ferry_provider_item_get_connector (self->item);

  if (lacks_password (self))
    ferry_text_provider_lacks_password (ferry_connector_get_error (connector)->message, status);
  else
    ferry_text_provider_status (ferry_provider_item_get_provider (self->item),
                                ferry_provider_item_is_testing (self->item), g_get_real_time (),
                                status);
}

/* Not just hidden: where a prefix might be, the row leaves a gap. */
static void
show_tile (FerryProviderRow *self, gboolean show)
{
  gboolean shown = gtk_widget_get_parent (self->tile_box) != NULL;

  if (show && !shown)
    adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->tile_box);
  else if (shown && !show)
    adw_action_row_remove (ADW_ACTION_ROW (self), self->tile_box);
}

static void
refresh (FerryProviderRow *self)
{
  const FerryProvider *provider = ferry_provider_item_get_provider (self->item);
  gboolean testing = ferry_provider_item_is_testing (self->item);
  g_auto (FerryProviderStatus) status = { 0 };

  find_status (self, &status);
  self->action = status.action;
  if (provider->source.kind == FERRY_SOURCE_OVA && self->action == FERRY_PROVIDER_EDIT)
    self->action = FERRY_PROVIDER_TEST;
  gtk_label_set_label (self->status, status.text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), !self->narrow);
  gtk_image_set_from_icon_name (self->icon, status.icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]){ status.style, NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->icon), status.icon != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), testing);
  gtk_spinner_set_spinning (self->spinner, testing);
  gtk_widget_set_tooltip_text (self->status_box, status.hint);
  gtk_button_set_label (self->button, ferry_text_provider_action (self->action));
  /* The menu tests as well; there is room for what is to be done next only. */
  gtk_widget_set_visible (GTK_WIDGET (self->button),
                          !self->narrow || self->action != FERRY_PROVIDER_TEST);
  show_tile (self, !self->narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.edit",
                                 provider->source.kind != FERRY_SOURCE_OVA);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.test", !testing);
  show_names (self, provider);
}

static void
choose (FerryProviderRow *self, const char *what)
{
  g_signal_emit (self, signals[CHOSEN], 0, what);
}

static void
on_button_clicked (FerryProviderRow *self)
{
  switch (self->action)
    {
    case FERRY_PROVIDER_TEST:
    case FERRY_PROVIDER_REVIEW: /* the test asks */
      ferry_provider_item_test (self->item);
      break;
    case FERRY_PROVIDER_EDIT:
      choose (self, "edit");
      break;
    case FERRY_PROVIDER_STOP:
      ferry_provider_item_stop (self->item);
      break;
    }
}

static void
on_activated (FerryProviderRow *self)
{
  if (ferry_provider_item_get_provider (self->item)->source.kind != FERRY_SOURCE_OVA)
    choose (self, "edit");
}

/* Why no password was found, when the keyring is to blame. */
static void
on_item_changed (FerryProviderRow *self)
{
  FerryConnector *connector = ferry_provider_item_get_connector (self->item);
  const GError *problem = ferry_connector_get_keyring_problem (connector);

  refresh (self);
  if (problem != NULL && lacks_password (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", problem->message);
}

static void
on_asking (FerryProviderRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  ferry_trust_dialog_ask (GTK_WINDOW (root), ferry_provider_item_get_connector (self->item));
}

static void
on_test (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_provider_item_test (FERRY_PROVIDER_ROW (widget)->item);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (FERRY_PROVIDER_ROW (widget), strchr (action, '.') + 1);
}

static void
ferry_provider_row_dispose (GObject *object)
{
  FerryProviderRow *self = FERRY_PROVIDER_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (ferry_provider_row_parent_class)->dispose (object);
}

static void
ferry_provider_row_class_init (FerryProviderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_provider_row_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", FERRY_TYPE_PROVIDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-provider-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, tile_box);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, tile);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, status_box);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, status);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, button);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "provider.test", NULL, on_test);
  gtk_widget_class_install_action (widget_class, "provider.import", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "provider.edit", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "provider.duplicate", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "provider.remove", NULL, on_choose);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "provider.remove", NULL);
}

static void
ferry_provider_row_init (FerryProviderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_provider_row_new (FerryProviderItem *item, GtkSizeGroup *buttons)
{
  FerryProviderRow *self;

  g_return_val_if_fail (FERRY_IS_PROVIDER_ITEM (item), NULL);

  self = g_object_new (FERRY_TYPE_PROVIDER_ROW, NULL);
  self->item = g_object_ref (item);
  gtk_size_group_add_widget (buttons, GTK_WIDGET (self->button));
  g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), self);
  g_signal_connect_swapped (item, "asking", G_CALLBACK (on_asking), self);
  refresh (self);

  return GTK_WIDGET (self);
}

FerryProviderItem *
ferry_provider_row_get_item (FerryProviderRow *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDER_ROW (self), NULL);

  return self->item;
}

void
ferry_provider_row_set_narrow (FerryProviderRow *self, gboolean narrow)
{
  g_return_if_fail (FERRY_IS_PROVIDER_ROW (self));

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  refresh (self);
}
