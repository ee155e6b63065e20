/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ability-item.h"

#include "ferry-accessible.h"

#include <glib/gi18n-lib.h>

struct _FerryAbilityItem
{
  GtkFlowBoxChild parent_instance;

  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FerryAbilityItem, ferry_ability_item, GTK_TYPE_FLOW_BOX_CHILD)

static void
ferry_ability_item_class_init (FerryAbilityItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-ability-item.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryAbilityItem, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryAbilityItem, label);
}

static void
ferry_ability_item_init (FerryAbilityItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_ability_item_new (const FerryAbility *ability)
{
  FerryAbilityItem *self;
  g_autofree char *spoken = NULL;

  g_return_val_if_fail (ability != NULL, NULL);

  self = g_object_new (FERRY_TYPE_ABILITY_ITEM, NULL);
  gtk_image_set_from_icon_name (self->icon,
                                ability->able ? "emblem-ok-symbolic" : "window-close-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), ability->able ? "success" : "dim-label");
  gtk_label_set_label (self->label, ability->text);
  if (!ability->able)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), ability->advice);

  /* Translators: what a screen reader says: an ability of the conversion host and its state */
  spoken = g_strdup_printf (ability->able ? _("%s: available") : _("%s: not available"),
                            ability->text);
  ferry_accessible_set_label (GTK_WIDGET (self), spoken);

  return GTK_WIDGET (self);
}
