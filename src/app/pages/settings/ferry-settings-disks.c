/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-disks.h"

#include "ferry-choice.h"
#include "ferry-disk-group.h"
#include "ferry-settings-text.h"
#include "ferry-space-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsDisks
{
  FerrySettingsTab parent_instance;

  GPtrArray *groups; /* (owned) (element-type FerryDiskGroup): (unowned) the box's children */
  GPtrArray *spaces; /* (owned) (element-type FerrySpaceRow): (unowned) the group's rows */
  guint64 boot_shown; /* which disks the drop-down offers, as bits; what is beyond is not compared */

  GtkWidget *all;
  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
  AdwComboRow *boot_row;
  GtkBox *disks;
  GtkLabel *sum;
  AdwPreferencesGroup *space;
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
on_boot_changed (FerrySettingsDisks *self)
{
  FerrySettingsTab *tab = FERRY_SETTINGS_TAB (self);
  FerryPlanGuest *guest = ferry_settings_tab_get_guest (tab);
  FerryChoice *choice = adw_combo_row_get_selected_item (self->boot_row);

  if (guest == NULL || choice == NULL)
    return;

  guest->boot_disk = ferry_choice_get_kind (choice);
  ferry_draft_touch (ferry_settings_tab_get_draft (tab));
}

static void
clear_groups (FerrySettingsDisks *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->disks, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
}

static void
ferry_settings_disks_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsDisks *self = FERRY_SETTINGS_DISKS (tab);

  clear_groups (self);
  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      GtkWidget *group = ferry_disk_group_new (ferry_settings_tab_get_draft (tab),
                                               ferry_settings_tab_get_id (tab), i);

      ferry_disk_group_set_expanded (FERRY_DISK_GROUP (group), i == 0);
      g_ptr_array_add (self->groups, group);
      gtk_box_append (self->disks, group);
    }
  gtk_widget_set_visible (self->all, guest->source->disks->len > 0);
  self->boot_shown = 0;
}

static guint64
list_included (const FerryPlanGuest *guest)
{
  guint64 bits = 0;

  for (guint i = 0; i < MIN (guest->disks->len, 64); i++)
    if (ferry_plan_guest_includes (guest, i))
      bits |= G_GUINT64_CONSTANT (1) << i;

  return bits;
}

static GListStore *
list_boot_disks (const FerryPlanGuest *guest)
{
  GListStore *list = g_list_store_new (FERRY_TYPE_CHOICE);

  ferry_choice_list_append (list, -1, NULL, _("The first one"));
  for (guint i = 0; i < guest->disks->len; i++)
    {
      g_autofree char *title = g_strdup_printf (_("Disk %u"), i + 1);

      if (ferry_plan_guest_includes (guest, i))
        ferry_choice_list_append (list, (int) i, NULL, title);
    }

  return list;
}

/* One that is left out boots nothing: then it is the first one that is not. */
static void
refresh_boot (FerrySettingsDisks *self, const FerryPlanGuest *guest)
{
  guint64 included = list_included (guest);
  guint selected;

  gtk_widget_set_visible (GTK_WIDGET (self->boot_row), ferry_plan_guest_count_included (guest) > 1);
  if (self->boot_shown != included || adw_combo_row_get_model (self->boot_row) == NULL)
    {
      g_autoptr (GListStore) list = list_boot_disks (guest);

      adw_combo_row_set_model (self->boot_row, G_LIST_MODEL (list));
      self->boot_shown = included;
    }
  selected =
      ferry_choice_list_find (adw_combo_row_get_model (self->boot_row), guest->boot_disk, NULL);
  adw_combo_row_set_selected (self->boot_row, selected != G_MAXUINT ? selected : 0);
}

/* Whether a disk of @guest goes there: what others put elsewhere is of no concern here. */
static gboolean
concerns (const FerryStorageNeed *need, const FerryPlan *plan, const FerryPlanGuest *guest)
{
  for (guint i = 0; i < guest->source->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i) &&
        g_strcmp0 (ferry_plan_get_storage (plan, guest, i), need->storage) == 0)
      return TRUE;

  return FALSE;
}

static const FerryStorage *
find_storage (FerryDraft *draft, const FerryStorageNeed *need)
{
  const FerryDestinationFacts *facts = ferry_draft_get_destination (draft);

  if (need->storage == NULL || facts == NULL)
    return ferry_draft_get_storage (draft);

  return ferry_destination_facts_find_storage (facts, need->storage);
}

static FerrySpaceRow *
get_space_row (FerrySettingsDisks *self, guint index)
{
  if (index == self->spaces->len)
    {
      GtkWidget *row = g_object_new (FERRY_TYPE_SPACE_ROW, NULL);

      g_ptr_array_add (self->spaces, row);
      adw_preferences_group_add (self->space, row);
    }

  return g_ptr_array_index (self->spaces, index);
}

static void
show_need (FerrySettingsDisks *self, guint index, const FerryStorageNeed *need)
{
  FerryDraft *draft = ferry_settings_tab_get_draft (FERRY_SETTINGS_TAB (self));
  const FerryStorage *storage = find_storage (draft, need);
  FerrySpaceRow *row = get_space_row (self, index);
  g_autofree char *text = ferry_text_storage_need (need);

  ferry_space_row_set (row, need->storage != NULL ? need->storage : _("In the folder"),
                       storage != NULL ? storage->free_bytes : G_MAXUINT64,
                       storage != NULL ? storage->total_bytes : G_MAXUINT64, need->least_bytes);
  ferry_space_row_set_need (row, text);
}

static void
refresh_space (FerrySettingsDisks *self, const FerryPlanGuest *guest)
{
  const FerryPlan *plan =
      ferry_draft_get_plan (ferry_settings_tab_get_draft (FERRY_SETTINGS_TAB (self)));
  g_autoptr (GPtrArray) needs = ferry_storage_needs_of_plan (plan);
  guint n_shown = 0;

  for (guint i = 0; i < needs->len; i++)
    if (concerns (g_ptr_array_index (needs, i), plan, guest))
      show_need (self, n_shown++, g_ptr_array_index (needs, i));
  for (guint i = 0; i < self->spaces->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->spaces, i), i < n_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->space), n_shown > 0);
}

static void
ferry_settings_disks_refresh (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsDisks *self = FERRY_SETTINGS_DISKS (tab);
  g_autofree char *sum = ferry_text_planned_disks (guest);

  adw_combo_row_set_selected (self->format_row, (guint) guest->format - FERRY_FORMAT_QCOW2);
  adw_combo_row_set_selected (self->allocation_row,
                              (guint) guest->allocation - FERRY_ALLOCATION_SPARSE);
  refresh_boot (self, guest);
  for (guint i = 0; i < self->groups->len; i++)
    ferry_disk_group_refresh (g_ptr_array_index (self->groups, i));
  gtk_label_set_label (self->sum, sum);
  refresh_space (self, guest);
}

static void
ferry_settings_disks_finalize (GObject *object)
{
  FerrySettingsDisks *self = FERRY_SETTINGS_DISKS (object);

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->spaces);

  G_OBJECT_CLASS (ferry_settings_disks_parent_class)->finalize (object);
}

static void
ferry_settings_disks_class_init (FerrySettingsDisksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_settings_disks_finalize;
  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_disks_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_disks_refresh;

  g_type_ensure (FERRY_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-disks.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, all);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, allocation_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, boot_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, disks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, sum);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDisks, space);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_allocation_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_boot_changed);
}

static void
ferry_settings_disks_init (FerrySettingsDisks *self)
{
  self->groups = g_ptr_array_new ();
  self->spaces = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
