/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-defaults.h"

#include "ferry-check-group.h"
#include "ferry-choices.h"
#include "ferry-conversion-group.h"
#include "ferry-guest-sorter.h"
#include "ferry-map-group.h"
#include "ferry-name-rule-group.h"
#include "ferry-saved-maps.h"
#include "ferry-storage-chooser.h"
#include "ferry-storing-row.h"
#include "ferry-verify-row.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsDefaults
{
  AdwBin parent_instance;

  FerryDraft *draft; /* (owned) */
  GPtrArray *groups; /* (owned): (unowned) FerryMapGroup, the box's children */
  GPtrArray *storing_rows; /* (owned): (unowned) FerryStoringRow, the group's rows */
  FerryStorageChooser *pool; /* (owned) */
  gboolean filling;

  AdwComboRow *pool_row;
  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
  GtkWidget *networks_section;
  FerrySavedMaps *network_maps;
  GtkBox *networks;
  FerrySavedMaps *storage_maps;
  FerryNameRuleGroup *names;
  FerryConversionGroup *conversion;
  GtkWidget *power;
  AdwActionRow *shut_down_row;
  GtkSwitch *shut_down;
  AdwActionRow *start_row;
  GtkSwitch *start;
  FerryCheckGroup *checks;
  FerryVerifyRow *verify_row;
};

G_DEFINE_FINAL_TYPE (FerrySettingsDefaults, ferry_settings_defaults, ADW_TYPE_BIN)

static void
on_format_changed (FerrySettingsDefaults *self)
{
  if (!self->filling && self->draft != NULL)
    ferry_draft_set_format (self->draft,
                            (FerryFormat) (FERRY_FORMAT_QCOW2 +
                                           adw_combo_row_get_selected (self->format_row)));
}

static void
on_allocation_changed (FerrySettingsDefaults *self)
{
  if (!self->filling && self->draft != NULL)
    ferry_draft_set_allocation (self->draft, (FerryAllocation) (FERRY_ALLOCATION_SPARSE +
                                                                adw_combo_row_get_selected (
                                                                    self->allocation_row)));
}

static void
on_pool_chosen (FerrySettingsDefaults *self)
{
  if (!self->filling && self->draft != NULL)
    ferry_choices_set_pool (self->draft, ferry_storage_chooser_get (self->pool));
}

static void
on_start_changed (FerrySettingsDefaults *self)
{
  if (!self->filling && self->draft != NULL)
    ferry_choices_set_start (self->draft, gtk_switch_get_active (self->start));
}

static void
on_shut_down_changed (FerrySettingsDefaults *self)
{
  if (!self->filling && self->draft != NULL)
    ferry_choices_set_shut_down (self->draft, gtk_switch_get_active (self->shut_down));
}

static int
compare_networks (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *) a;
  const char *right = *(const char *const *) b;

  return ferry_lexo_compare (left, right);
}

/* Every network that a NIC of the plan is on at the source, each once. */
static GPtrArray *
list_networks (const FerryPlan *plan, gboolean *out_nameless)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  *out_nameless = FALSE;
  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      for (guint n = 0; n < guest->nics->len; n++)
        {
          const char *name = ferry_guest_get_nic (guest, n)->network;

          if (name == NULL)
            *out_nameless = TRUE;
          else if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, g_strdup (name));
        }
    }
  g_ptr_array_sort (names, compare_networks);

  return names;
}

static void
add_network (FerrySettingsDefaults *self, const char *name)
{
  GtkWidget *group = ferry_map_group_new (self->draft, name);

  g_ptr_array_add (self->groups, group);
  gtk_box_append (self->networks, group);
}

static void
ferry_settings_defaults_dispose (GObject *object)
{
  FerrySettingsDefaults *self = FERRY_SETTINGS_DEFAULTS (object);

  self->filling = TRUE; /* the rows change once more while they go */
  if (self->pool != NULL)
    ferry_storage_chooser_end (self->pool);
  g_clear_object (&self->pool);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_settings_defaults_parent_class)->dispose (object);
}

static void
ferry_settings_defaults_finalize (GObject *object)
{
  FerrySettingsDefaults *self = FERRY_SETTINGS_DEFAULTS (object);

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->storing_rows);

  G_OBJECT_CLASS (ferry_settings_defaults_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-defaults.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, pool_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, allocation_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, networks_section);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, network_maps);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, networks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, storage_maps);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, names);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, conversion);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, power);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, shut_down_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, shut_down);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, start_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, start);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, checks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, verify_row);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_allocation_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_shut_down_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_changed);
}

static void
ferry_settings_defaults_class_init (FerrySettingsDefaultsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_settings_defaults_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_settings_defaults_finalize;

  g_type_ensure (FERRY_TYPE_CHECK_GROUP);
  g_type_ensure (FERRY_TYPE_CONVERSION_GROUP);
  g_type_ensure (FERRY_TYPE_NAME_RULE_GROUP);
  g_type_ensure (FERRY_TYPE_SAVED_MAPS);
  g_type_ensure (FERRY_TYPE_VERIFY_ROW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_settings_defaults_init (FerrySettingsDefaults *self)
{
  self->groups = g_ptr_array_new ();
  self->storing_rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pool = ferry_storage_chooser_new (self->pool_row);
  g_signal_connect_swapped (self->pool, "changed", G_CALLBACK (on_pool_chosen), self);
  self->filling = FALSE;
}

void
ferry_settings_defaults_set_draft (FerrySettingsDefaults *self,
                                   FerryDraft *draft,
                                   FerryVerifier *verifier)
{
  g_return_if_fail (FERRY_IS_SETTINGS_DEFAULTS (self));

  g_set_object (&self->draft, draft);
  ferry_verify_row_set_verifier (self->verify_row, verifier);
}

static void
fill_networks (FerrySettingsDefaults *self)
{
  gboolean nameless = FALSE;
  g_autoptr (GPtrArray) names = list_networks (ferry_draft_get_plan (self->draft), &nameless);

  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->networks, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);

  for (guint i = 0; i < names->len; i++)
    add_network (self, g_ptr_array_index (names, i));
  if (nameless)
    add_network (self, NULL);
  gtk_widget_set_visible (self->networks_section, self->groups->len > 0);
  ferry_saved_maps_show (self->network_maps, self->draft, FERRY_MAP_NETWORK);
}

/* Only where the destination has several storages, and the source says where its disks lie. */
static void
fill_storages (FerrySettingsDefaults *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (self->draft);
  g_autoptr (GPtrArray) names = ferry_choices_list_storages (plan);
  gboolean has_pools = plan->destination.kind == FERRY_DESTINATION_LIBVIRT;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self->storage_maps);

  for (guint i = 0; i < self->storing_rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (self->storing_rows, i));
  g_ptr_array_set_size (self->storing_rows, 0);

  for (guint i = 0; has_pools && i < names->len; i++)
    {
      GtkWidget *row = ferry_storing_row_new (self->draft, g_ptr_array_index (names, i));

      g_ptr_array_add (self->storing_rows, row);
      adw_preferences_group_add (group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), self->storing_rows->len > 0);
  ferry_saved_maps_show (self->storage_maps, self->draft, FERRY_MAP_STORAGE);
}

void
ferry_settings_defaults_fill (FerrySettingsDefaults *self)
{
  g_return_if_fail (FERRY_IS_SETTINGS_DEFAULTS (self));

  fill_networks (self);
  fill_storages (self);
  ferry_name_rule_group_show (self->names, self->draft);
  ferry_conversion_group_show (self->conversion, self->draft);
  ferry_settings_defaults_refresh (self);
}

static void
refresh_disks (FerrySettingsDefaults *self, const FerryPlan *plan)
{
  FerryStorageChoice choice = { .storage = plan->destination.pool };
  gboolean has_pools = plan->destination.kind == FERRY_DESTINATION_LIBVIRT;

  gtk_widget_set_visible (GTK_WIDGET (self->pool_row), has_pools);
  if (has_pools)
    ferry_storage_chooser_set (self->pool, ferry_draft_get_destination (self->draft), &choice);
  adw_combo_row_set_selected (self->format_row, (guint) plan->format - FERRY_FORMAT_QCOW2);
  adw_combo_row_set_selected (self->allocation_row,
                              (guint) plan->allocation - FERRY_ALLOCATION_SPARSE);
}

/* What was chosen for all, and for how many it holds: single ones may have been set otherwise. */
static void
refresh_power (FerrySettingsDefaults *self, const FerryPlan *plan)
{
  FerryChoiceCount running = ferry_choices_count_shut_down (plan);
  FerryChoiceCount started = ferry_choices_count_start (plan);
  gboolean can_start = plan->destination.kind == FERRY_DESTINATION_LIBVIRT;
  g_autofree char *shut_down = g_strdup_printf (
      ngettext ("Chosen for %u of %u that runs. Its system is asked to shut down just before its "
                "disks are read. This changes the source: there it stays off after the import.",
                "Chosen for %u of %u that run. Their systems are asked to shut down just before "
                "their disks are read. This changes the source: there they stay off after the "
                "import.",
                running.n_guests),
      running.n_set, running.n_guests);
  g_autofree char *start = g_strdup_printf (ngettext ("Chosen for %u of %u virtual machine",
                                                      "Chosen for %u of %u virtual machines",
                                                      started.n_guests),
                                            started.n_set, started.n_guests);

  adw_action_row_set_subtitle (self->shut_down_row, shut_down);
  adw_action_row_set_subtitle (self->start_row, start);
  gtk_switch_set_active (self->shut_down, plan->shut_down);
  gtk_switch_set_active (self->start, plan->start);
  gtk_widget_set_visible (GTK_WIDGET (self->shut_down_row), running.n_guests > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->start_row), can_start);
  gtk_widget_set_visible (self->power, running.n_guests > 0 || can_start);
}

void
ferry_settings_defaults_refresh (FerrySettingsDefaults *self)
{
  const FerryPlan *plan;

  g_return_if_fail (FERRY_IS_SETTINGS_DEFAULTS (self));

  plan = ferry_draft_get_plan (self->draft);
  self->filling = TRUE;
  refresh_disks (self, plan);
  refresh_power (self, plan);
  self->filling = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    ferry_map_group_refresh (g_ptr_array_index (self->groups, i));
  for (guint i = 0; i < self->storing_rows->len; i++)
    ferry_storing_row_refresh (g_ptr_array_index (self->storing_rows, i));
  ferry_name_rule_group_refresh (self->names);
  ferry_conversion_group_refresh (self->conversion);
  ferry_check_group_set_checks (self->checks, ferry_draft_get_plan_checks (self->draft));
  ferry_verify_row_refresh (self->verify_row);
}
