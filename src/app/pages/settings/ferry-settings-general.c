/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-general.h"

#include "ferry-accessible.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

/* The entries of the drop-down of roots. */
typedef enum
{
  ROOT_SINGLE,
  ROOT_FIRST,
  ROOT_DEVICE,
} Root;

struct _FerrySettingsGeneral
{
  FerrySettingsTab parent_instance;

  AdwEntryRow *name_row;
  GtkWidget *name_problem;
  GtkLabel *name_problem_label;
  GtkLabel *system;
  GtkSpinButton *memory;
  AdwActionRow *memory_row;
  GtkSpinButton *vcpus;
  AdwActionRow *vcpus_row;
  AdwComboRow *firmware_row;
  AdwComboRow *root_row;
  AdwEntryRow *device_row;
  GtkWidget *start_row;
  GtkSwitch *start;
  GtkTextBuffer *description;
};

G_DEFINE_FINAL_TYPE (FerrySettingsGeneral, ferry_settings_general, FERRY_TYPE_SETTINGS_TAB)

/* The guest, when a row changed by the user's hand. */
static FerryPlanGuest *
get_guest (FerrySettingsGeneral *self)
{
  return ferry_settings_tab_get_guest (FERRY_SETTINGS_TAB (self));
}

static void
touch (FerrySettingsGeneral *self)
{
  ferry_draft_touch (ferry_settings_tab_get_draft (FERRY_SETTINGS_TAB (self)));
}

static void
on_name_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  g_free (guest->name);
  guest->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  touch (self);
}

static void
on_memory_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  guest->memory_bytes = (guint64) gtk_spin_button_get_value_as_int (self->memory) * MIB;
  touch (self);
}

static void
on_vcpus_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  guest->vcpus = (guint) gtk_spin_button_get_value_as_int (self->vcpus);
  touch (self);
}

static void
on_firmware_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  guest->firmware =
      (FerryFirmware) (FERRY_FIRMWARE_UNKNOWN + adw_combo_row_get_selected (self->firmware_row));
  touch (self);
}

static void
on_root_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);
  Root root = (Root) adw_combo_row_get_selected (self->root_row);

  gtk_widget_set_visible (GTK_WIDGET (self->device_row), root == ROOT_DEVICE);
  if (guest == NULL)
    return;

  g_free (guest->root);
  switch (root)
    {
    case ROOT_SINGLE:
      guest->root = g_strdup ("single");
      break;
    case ROOT_FIRST:
      guest->root = g_strdup ("first");
      break;
    case ROOT_DEVICE:
      guest->root = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->device_row))));
      break;
    }
  touch (self);
}

static void
on_start_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  guest->start = gtk_switch_get_active (self->start);
  touch (self);
}

static void
on_description_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);
  GtkTextIter start;
  GtkTextIter end;

  if (guest == NULL)
    return;

  gtk_text_buffer_get_bounds (self->description, &start, &end);
  g_free (guest->description);
  guest->description = gtk_text_buffer_get_text (self->description, &start, &end, FALSE);
  if (*guest->description == '\0')
    g_clear_pointer (&guest->description, g_free);
  touch (self);
}

static void
fill_root (FerrySettingsGeneral *self, const char *root)
{
  Root selected = ROOT_DEVICE;

  if (root == NULL || strcmp (root, "single") == 0)
    selected = ROOT_SINGLE;
  else if (strcmp (root, "first") == 0)
    selected = ROOT_FIRST;
  gtk_editable_set_text (GTK_EDITABLE (self->device_row),
                         selected == ROOT_DEVICE ? root : "/dev/sda1");
  adw_combo_row_set_selected (self->root_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->device_row), selected == ROOT_DEVICE);
}

/* What the source says stays in sight beside what is chosen. */
static void
fill_source_values (FerrySettingsGeneral *self, const FerryGuest *source)
{
  g_autofree char *memory = ferry_text_memory (source->memory_bytes);
  g_autofree char *memory_text = NULL;
  g_autofree char *vcpus_text = NULL;

  if (source->memory_bytes != 0)
    /* Translators: the value that the virtual machine has at the source */
    memory_text = g_strdup_printf (_("MiB · %s at the source"), memory);
  else
    memory_text = g_strdup (_("MiB · the source does not say"));
  if (source->vcpus != 0)
    vcpus_text = g_strdup_printf (_("%u at the source"), source->vcpus);
  else
    vcpus_text = g_strdup (_("The source does not say"));

  adw_action_row_set_subtitle (self->memory_row, memory_text);
  adw_action_row_set_subtitle (self->vcpus_row, vcpus_text);
  gtk_label_set_label (self->system, ferry_text_system (source));
}

static void
ferry_settings_general_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsGeneral *self = FERRY_SETTINGS_GENERAL (tab);

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), guest->name);
  gtk_spin_button_set_value (self->memory, (double) (guest->memory_bytes / MIB));
  gtk_spin_button_set_value (self->vcpus, guest->vcpus);
  adw_combo_row_set_selected (self->firmware_row, (guint) guest->firmware - FERRY_FIRMWARE_UNKNOWN);
  fill_root (self, guest->root);
  gtk_switch_set_active (self->start, guest->start);
  gtk_text_buffer_set_text (self->description, guest->description != NULL ? guest->description : "",
                            -1);
  fill_source_values (self, guest->source);
}

/* The check about the name, if there is one. */
static const char *
find_name_problem (FerrySettingsTab *tab)
{
  const GPtrArray *checks = ferry_draft_get_guest_checks (ferry_settings_tab_get_draft (tab),
                                                          ferry_settings_tab_get_id (tab));

  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);

      if (g_str_has_prefix (check->id, "guest.name-") && check->severity == FERRY_SEVERITY_BLOCKER)
        return check->text;
    }

  return NULL;
}

static void
ferry_settings_general_refresh (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsGeneral *self = FERRY_SETTINGS_GENERAL (tab);
  const FerryPlan *plan = ferry_draft_get_plan (ferry_settings_tab_get_draft (tab));
  g_autoptr (GError) error = NULL;
  const char *problem = NULL;

  problem =
      ferry_guest_name_is_valid (guest->name, &error) ? find_name_problem (tab) : error->message;
  gtk_widget_set_visible (self->name_problem, problem != NULL);
  gtk_label_set_label (self->name_problem_label, problem != NULL ? problem : "");
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  gtk_widget_set_visible (self->start_row, plan->destination.kind == FERRY_DESTINATION_LIBVIRT);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-general.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, name_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, name_problem);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, name_problem_label);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, system);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, memory);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, memory_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, vcpus);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, vcpus_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, firmware_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, root_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, device_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, start_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, start);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, description);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_memory_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_vcpus_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_firmware_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_root_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_description_changed);
}

static void
ferry_settings_general_class_init (FerrySettingsGeneralClass *klass)
{
  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_general_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_general_refresh;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_settings_general_init (FerrySettingsGeneral *self)
{
  g_autoptr (GtkStringList) firmwares = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = FERRY_FIRMWARE_UNKNOWN; i <= FERRY_FIRMWARE_UEFI; i++)
    gtk_string_list_append (firmwares, ferry_text_firmware ((FerryFirmware) i));
  adw_combo_row_set_model (self->firmware_row, G_LIST_MODEL (firmwares));
}
