/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-general.h"

#include "ferry-accessible.h"
#include "ferry-choices.h"
#include "ferry-field-note.h"
#include "ferry-hardware-group.h"
#include "ferry-name-conflict.h"
#include "ferry-os-row.h"
#include "ferry-root-group.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsGeneral
{
  FerrySettingsTab parent_instance;

  AdwEntryRow *name_row;
  FerryFieldNote *name_problem;
  FerryOsRow *os_row;
  FerryHardwareGroup *hardware;
  FerryRootGroup *root;
  AdwPreferencesGroup *key;
  GtkEditable *key_row;
  GtkWidget *power;
  GtkWidget *shut_down_row;
  GtkSwitch *shut_down;
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
on_os_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  g_free (guest->os);
  guest->os = g_strdup (ferry_os_row_get_id (self->os_row));
  touch (self);
}

static void
on_hardware_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  ferry_hardware_group_take (self->hardware, guest);
  touch (self);
}

static void
on_root_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  g_free (guest->root);
  guest->root = ferry_root_group_dup_root (self->root);
  touch (self);
}

static void
on_key_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  ferry_choices_set_key (guest->keys, gtk_editable_get_text (self->key_row));
  touch (self);
}

static void
on_shut_down_changed (FerrySettingsGeneral *self)
{
  FerryPlanGuest *guest = get_guest (self);

  if (guest == NULL)
    return;

  guest->shut_down = gtk_switch_get_active (self->shut_down);
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

/* LUKS and BitLocker; what was found on the disks says which of them. */
static void
fill_key (FerrySettingsGeneral *self, const FerryPlanGuest *guest)
{
  const FerryInspection *inside = guest->source->inside;
  const char *key = ferry_choices_get_key (guest->keys);
  g_autofree char *devices = inside != NULL && inside->encrypted[0] != NULL
                                 ? g_strjoinv (", ", inside->encrypted)
                                 : NULL;
  g_autofree char *text = NULL;

  if (devices != NULL)
    /* Translators: devices: "/dev/sda3, /dev/sdb1" */
    text = g_strdup_printf (_("Encrypted, and not opened by any password so far: %s"), devices);
  adw_preferences_group_set_description (self->key, text);
  gtk_editable_set_text (self->key_row, key != NULL ? key : "");
}

static void
ferry_settings_general_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsGeneral *self = FERRY_SETTINGS_GENERAL (tab);

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), guest->name);
  ferry_os_row_show (self->os_row, guest);
  ferry_hardware_group_show (self->hardware, guest);
  ferry_root_group_show (self->root, guest);
  fill_key (self, guest);
  gtk_text_buffer_set_text (self->description, guest->description != NULL ? guest->description : "",
                            -1);
}

/* Only what is given up on purpose: what runs may not be touched before the user says so. */
static void
refresh_power (FerrySettingsGeneral *self, const FerryPlan *plan, const FerryPlanGuest *guest)
{
  gboolean runs = guest->source->power == FERRY_POWER_RUNNING;
  gboolean can_start = plan->destination.kind == FERRY_DESTINATION_LIBVIRT;

  gtk_widget_set_visible (self->shut_down_row, runs);
  gtk_widget_set_visible (self->start_row, can_start);
  gtk_widget_set_visible (self->power, runs || can_start);
  gtk_switch_set_active (self->shut_down, guest->shut_down);
  gtk_switch_set_active (self->start, guest->start);
}

static void
ferry_settings_general_refresh (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsGeneral *self = FERRY_SETTINGS_GENERAL (tab);
  FerryDraft *draft = ferry_settings_tab_get_draft (tab);
  const FerryPlan *plan = ferry_draft_get_plan (draft);
  g_autofree char *problem =
      ferry_text_name_problem (plan, ferry_draft_get_destination (draft), guest, guest->name);

  ferry_field_note_tell (self->name_problem, GTK_WIDGET (self->name_row), problem);
  /* It may have been renamed by a rule for all; what the user types is the name already. */
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), guest->name) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), guest->name);
  refresh_power (self, plan, guest);
  /* What is copied is as it is: nothing in it is looked for. */
  gtk_widget_set_visible (GTK_WIDGET (self->root), !ferry_plan_guest_is_copied (guest));
  gtk_widget_set_visible (GTK_WIDGET (self->key), !ferry_plan_guest_is_copied (guest));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-general.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, name_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, name_problem);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, os_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, hardware);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, root);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, key);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, key_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, power);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, shut_down_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, shut_down);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, start_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, start);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsGeneral, description);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_os_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_hardware_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_root_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_shut_down_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_description_changed);
}

static void
ferry_settings_general_class_init (FerrySettingsGeneralClass *klass)
{
  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_general_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_general_refresh;

  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  g_type_ensure (FERRY_TYPE_HARDWARE_GROUP);
  g_type_ensure (FERRY_TYPE_OS_ROW);
  g_type_ensure (FERRY_TYPE_ROOT_GROUP);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_settings_general_init (FerrySettingsGeneral *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->key_row), _("Show Password"));
}
