/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-disks.h"

#include "ferry-disk-group.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsDisks
{
  FerrySettingsTab parent_instance;

  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
  GtkBox *disks;
  GtkLabel *sum;
  GtkLabel *space;
};

G_DEFINE_FINAL_TYPE (FerrySettingsDisks, ferry_settings_disks, FERRY_TYPE_SETTINGS_TAB)

static void
on_format_changed (FerrySettingsDisks *self)
{
  FerrySettingsTab *tab = FERRY_SETTINGS_TAB (self);
  FerryPlanGuest *guest = ferry_settings_tab_get_guest (tab);

  if (guest == NULL)
    return;

  guest->format =
      (FerryFormat) (FERRY_FORMAT_QCOW2 + adw_combo_row_get_selected (self->format_row));
  ferry_draft_touch (ferry_settings_tab_get_draft (tab));
}

static void
on_allocation_changed (FerrySettingsDisks *self)
{
  FerrySettingsTab *tab = FERRY_SETTINGS_TAB (self);
  FerryPlanGuest *guest = ferry_settings_tab_get_guest (tab);

  if (guest == NULL)
    return;

  guest->allocation = (FerryAllocation) (FERRY_ALLOCATION_SPARSE +
                                         adw_combo_row_get_selected (self->allocation_row));
  ferry_draft_touch (ferry_settings_tab_get_draft (tab));
}

static void
ferry_settings_disks_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsDisks *self = FERRY_SETTINGS_DISKS (tab);
  g_autofree char *sum = ferry_text_disks_sum (guest->source);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->disks))) != NULL)
    gtk_box_remove (self->disks, child);
  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      child = ferry_disk_group_new (ferry_guest_get_disk (guest->source, i), i + 1);
      ferry_disk_group_set_expanded (FERRY_DISK_GROUP (child), i == 0);
      gtk_box_append (self->disks, child);
    }
  gtk_label_set_label (self->sum, sum);
}

static char *
describe_space (FerrySettingsTab *tab)
{
  const FerryStorage *storage = ferry_draft_get_storage (ferry_settings_tab_get_draft (tab));
  g_autofree char *space = NULL;

  if (storage == NULL)
    return g_strdup ("");

  space = ferry_text_free (storage->free_bytes, storage->total_bytes);
  /* Translators: "4.6 TB free of 12 TB" */
  return g_strdup_printf (_("The destination has %s"), space);
}

static void
ferry_settings_disks_refresh (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsDisks *self = FERRY_SETTINGS_DISKS (tab);
  g_autofree char *space = describe_space (tab);

  adw_combo_row_set_selected (self->format_row, (guint) guest->format - FERRY_FORMAT_QCOW2);
  adw_combo_row_set_selected (self->allocation_row,
                              (guint) guest->allocation - FERRY_ALLOCATION_SPARSE);
  gtk_label_set_label (self->space, space);
}

static void
ferry_settings_disks_class_init (FerrySettingsDisksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_disks_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_disks_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-disks.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, allocation_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, disks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, sum);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, space);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_allocation_changed);
}

static void
ferry_settings_disks_init (FerrySettingsDisks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
