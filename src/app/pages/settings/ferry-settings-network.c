/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-network.h"

#include "ferry-nic-group.h"

struct _FerrySettingsNetwork
{
  FerrySettingsTab parent_instance;

  GPtrArray *groups; /* (owned) (element-type FerryNicGroup): (unowned) the box's children */

  GtkBox *box;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (FerrySettingsNetwork, ferry_settings_network, FERRY_TYPE_SETTINGS_TAB)

static void
add_group (FerrySettingsNetwork *self, FerryPlanGuest *guest, guint index)
{
  FerrySettingsTab *tab = FERRY_SETTINGS_TAB (self);
  GtkWidget *group = ferry_nic_group_new (ferry_settings_tab_get_draft (tab),
                                          ferry_settings_tab_get_id (tab), index);
  const FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, index);

  /* The first one, and whichever needs something. */
  ferry_nic_group_set_expanded (FERRY_NIC_GROUP (group),
                                index == 0 || nic->network.kind == FERRY_NETWORK_UNMAPPED);
  g_ptr_array_add (self->groups, group);
  gtk_box_append (self->box, group);
}

static void
ferry_settings_network_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsNetwork *self = FERRY_SETTINGS_NETWORK (tab);

  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->box, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);

  for (guint i = 0; i < guest->nics->len; i++)
    add_group (self, guest, i);
  gtk_widget_set_visible (self->none, guest->nics->len == 0);
}

static void
ferry_settings_network_refresh (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsNetwork *self = FERRY_SETTINGS_NETWORK (tab);

  for (guint i = 0; i < self->groups->len; i++)
    ferry_nic_group_refresh (g_ptr_array_index (self->groups, i));
}

static void
ferry_settings_network_finalize (GObject *object)
{
  g_ptr_array_unref (FERRY_SETTINGS_NETWORK (object)->groups);

  G_OBJECT_CLASS (ferry_settings_network_parent_class)->finalize (object);
}

static void
ferry_settings_network_class_init (FerrySettingsNetworkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_settings_network_finalize;
  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_network_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_network_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-network.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsNetwork, box);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsNetwork, none);
}

static void
ferry_settings_network_init (FerrySettingsNetwork *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
