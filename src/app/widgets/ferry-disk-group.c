/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-disk-group.h"

#include "ferry-accessible.h"
#include "ferry-choice.h"
#include "ferry-settings-text.h"
#include "ferry-storage-chooser.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryDiskGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) */
  char *id; /* (owned): the guest's */
  guint index;
  FerryStorageChooser *chooser; /* (owned) */
  FerryFormat shown_format; /* the guest's, as the drop-down says it; 0: not yet */
  FerryAllocation shown_allocation;
  gboolean filling;

  AdwExpanderRow *expander;
  GtkWidget *boot_badge;
  GtkSwitch *included;
  GtkLabel *source;
  GtkLabel *size;
  GtkWidget *facts_row;
  GtkLabel *facts;
  AdwComboRow *storage_row;
  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
};

G_DEFINE_FINAL_TYPE (FerryDiskGroup, ferry_disk_group, ADW_TYPE_PREFERENCES_GROUP)

/* (nullable): NULL: it is no longer in the plan. */
static FerryPlanGuest *
find_guest (FerryDiskGroup *self)
{
  FerryPlanGuest *guest = self->draft != NULL
                              ? ferry_plan_find_guest (ferry_draft_get_plan (self->draft), self->id)
                              : NULL;

  return guest != NULL && ferry_plan_guest_get_disk (guest, self->index) != NULL &&
                 ferry_guest_get_disk (guest->source, self->index) != NULL
             ? guest
             : NULL;
}

/* (nullable): the disk, when a row changed by the user's hand. */
static FerryPlanDisk *
get_disk (FerryDiskGroup *self)
{
  FerryPlanGuest *guest = self->filling ? NULL : find_guest (self);

  return guest != NULL ? ferry_plan_guest_get_disk (guest, self->index) : NULL;
}

static int
get_kind (AdwComboRow *row)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (row);

  return choice != NULL ? ferry_choice_get_kind (choice) : 0;
}

static void
on_included_changed (FerryDiskGroup *self)
{
  FerryPlanDisk *disk = get_disk (self);

  if (disk == NULL)
    return;

  disk->included = gtk_switch_get_active (self->included);
  ferry_draft_touch (self->draft);
}

static void
on_storage_chosen (FerryDiskGroup *self)
{
  FerryPlanDisk *disk = get_disk (self);

  if (disk == NULL)
    return;

  g_free (disk->storage);
  disk->storage = g_strdup (ferry_storage_chooser_get (self->chooser));
  ferry_draft_touch (self->draft);
}

static void
on_format_changed (FerryDiskGroup *self)
{
  FerryPlanDisk *disk = get_disk (self);

  if (disk == NULL)
    return;

  disk->format = (FerryFormat) get_kind (self->format_row);
  ferry_draft_touch (self->draft);
}

static void
on_allocation_changed (FerryDiskGroup *self)
{
  FerryPlanDisk *disk = get_disk (self);

  if (disk == NULL)
    return;

  disk->allocation = (FerryAllocation) get_kind (self->allocation_row);
  ferry_draft_touch (self->draft);
}

static void
on_copy_clicked (FerryDiskGroup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->source));
}

static void
ferry_disk_group_dispose (GObject *object)
{
  FerryDiskGroup *self = FERRY_DISK_GROUP (object);

  self->filling = TRUE; /* the rows change once more while they go */
  if (self->chooser != NULL)
    ferry_storage_chooser_end (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ferry_disk_group_parent_class)->dispose (object);
}

static void
ferry_disk_group_finalize (GObject *object)
{
  FerryDiskGroup *self = FERRY_DISK_GROUP (object);

  g_clear_object (&self->draft);
  g_free (self->id);

  G_OBJECT_CLASS (ferry_disk_group_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-disk-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, boot_badge);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, included);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, source);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, size);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, facts_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, facts);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, storage_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, allocation_row);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_included_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_allocation_changed);
}

static void
ferry_disk_group_class_init (FerryDiskGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_disk_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_disk_group_finalize;

  g_type_ensure (FERRY_TYPE_CHOICE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_disk_group_init (FerryDiskGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = ferry_storage_chooser_new (self->storage_row);
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (on_storage_chosen), self);
}

static void
name_row (FerryDiskGroup *self)
{
  g_autofree char *title = g_strdup_printf (_("Disk %u"), self->index + 1);
  /* Translators: a switch; %s is "Disk 2" */
  g_autofree char *label = g_strdup_printf (_("Import %s"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), title);
  ferry_accessible_set_label (GTK_WIDGET (self->included), label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->included), label);
}

static void
fill_source (FerryDiskGroup *self, const FerryDisk *disk)
{
  g_autofree char *size = ferry_text_disk_size (disk);
  g_autofree char *facts = ferry_text_disk_facts (disk);
  const char *file = disk->file != NULL ? disk->file : _("No file: an empty disk is made");

  gtk_label_set_label (self->source, file);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source), file);
  gtk_label_set_label (self->size, size);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
  gtk_widget_set_visible (self->facts_row, *facts != '\0');
}

GtkWidget *
ferry_disk_group_new (FerryDraft *draft, const char *id, guint index)
{
  FerryDiskGroup *self;
  const FerryPlanGuest *guest;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (FERRY_TYPE_DISK_GROUP, NULL);
  self->draft = g_object_ref (draft);
  self->id = g_strdup (id);
  self->index = index;
  name_row (self);
  guest = find_guest (self);
  if (guest != NULL)
    fill_source (self, ferry_guest_get_disk (guest->source, index));
  ferry_disk_group_refresh (self);

  return GTK_WIDGET (self);
}

void
ferry_disk_group_set_expanded (FerryDiskGroup *self, gboolean expanded)
{
  g_return_if_fail (FERRY_IS_DISK_GROUP (self));

  adw_expander_row_set_expanded (self->expander, expanded);
}

/* Its own, or what holds for all disks of the guest, which it says. */
static void
refresh_choice (AdwComboRow *row, const char *const titles[3], int selected)
{
  g_autoptr (GListStore) list = g_list_store_new (FERRY_TYPE_CHOICE);
  /* Translators: what holds for all disks, when one has nothing of its own */
  g_autofree char *inherited = g_strdup_printf (_("As for all: %s"), titles[0]);

  ferry_choice_list_append (list, 0, NULL, inherited);
  ferry_choice_list_append (list, 1, NULL, titles[1]);
  ferry_choice_list_append (list, 2, NULL, titles[2]);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, (guint) selected);
}

static void
refresh_format (FerryDiskGroup *self, const FerryPlanGuest *guest, const FerryPlanDisk *disk)
{
  const char *const titles[] = { ferry_text_format (guest->format),
                                 ferry_text_format (FERRY_FORMAT_QCOW2),
                                 ferry_text_format (FERRY_FORMAT_RAW) };

  G_STATIC_ASSERT (FERRY_FORMAT_QCOW2 == 1 && FERRY_FORMAT_RAW == 2);
  if (self->shown_format == guest->format && get_kind (self->format_row) == (int) disk->format)
    return;

  self->shown_format = guest->format;
  refresh_choice (self->format_row, titles, (int) disk->format);
}

static void
refresh_allocation (FerryDiskGroup *self, const FerryPlanGuest *guest, const FerryPlanDisk *disk)
{
  const char *const titles[] = { ferry_text_allocation (guest->allocation),
                                 ferry_text_allocation (FERRY_ALLOCATION_SPARSE),
                                 ferry_text_allocation (FERRY_ALLOCATION_PREALLOCATED) };

  G_STATIC_ASSERT (FERRY_ALLOCATION_SPARSE == 1 && FERRY_ALLOCATION_PREALLOCATED == 2);
  if (self->shown_allocation == guest->allocation &&
      get_kind (self->allocation_row) == (int) disk->allocation)
    return;

  self->shown_allocation = guest->allocation;
  refresh_choice (self->allocation_row, titles, (int) disk->allocation);
}

static void
refresh_storage (FerryDiskGroup *self, const FerryPlan *plan, const FerryPlanDisk *disk)
{
  FerryStorageChoice choice = { .inherited = plan->destination.pool, .storage = disk->storage };
  gboolean has_pools = plan->destination.kind == FERRY_DESTINATION_LIBVIRT;

  gtk_widget_set_visible (GTK_WIDGET (self->storage_row), has_pools);
  if (has_pools)
    ferry_storage_chooser_set (self->chooser, ferry_draft_get_destination (self->draft), &choice);
}

void
ferry_disk_group_refresh (FerryDiskGroup *self)
{
  const FerryPlan *plan;
  const FerryPlanGuest *guest;
  const FerryPlanDisk *disk;
  g_autofree char *facts = NULL;

  g_return_if_fail (FERRY_IS_DISK_GROUP (self));

  plan = ferry_draft_get_plan (self->draft);
  guest = find_guest (self);
  if (guest == NULL)
    return;

  disk = ferry_plan_guest_get_disk (guest, self->index);
  facts = ferry_text_disk_plan (plan, guest, self->index);
  self->filling = TRUE;
  adw_expander_row_set_subtitle (self->expander, facts);
  gtk_switch_set_active (self->included, disk->included);
  gtk_widget_set_visible (self->boot_badge,
                          ferry_plan_guest_get_boot_disk (guest) == (int) self->index);
  refresh_storage (self, plan, disk);
  refresh_format (self, guest, disk);
  refresh_allocation (self, guest, disk);
  gtk_widget_set_sensitive (GTK_WIDGET (self->storage_row), disk->included);
  gtk_widget_set_sensitive (GTK_WIDGET (self->format_row), disk->included);
  gtk_widget_set_sensitive (GTK_WIDGET (self->allocation_row), disk->included);
  self->filling = FALSE;
}
