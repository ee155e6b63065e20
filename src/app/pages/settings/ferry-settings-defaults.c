/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-defaults.h"

#include "ferry-check-group.h"
#include "ferry-guest-sorter.h"
#include "ferry-map-group.h"
#include "ferry-verify-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsDefaults
{
  AdwBin parent_instance;

  FerryDraft *draft; /* (owned) */
  GPtrArray *groups; /* (owned): (unowned) FerryMapGroup, the box's children */
  gboolean filling;

  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
  GtkWidget *networks_section;
  GtkBox *networks;
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
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_settings_defaults_parent_class)->dispose (object);
}

static void
ferry_settings_defaults_finalize (GObject *object)
{
  g_ptr_array_unref (FERRY_SETTINGS_DEFAULTS (object)->groups);

  G_OBJECT_CLASS (ferry_settings_defaults_parent_class)->finalize (object);
}

static void
ferry_settings_defaults_class_init (FerrySettingsDefaultsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_settings_defaults_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_settings_defaults_finalize;

  g_type_ensure (FERRY_TYPE_CHECK_GROUP);
  g_type_ensure (FERRY_TYPE_VERIFY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-defaults.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, allocation_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, networks_section);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, networks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, checks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsDefaults, verify_row);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_allocation_changed);
}

static void
ferry_settings_defaults_init (FerrySettingsDefaults *self)
{
  self->groups = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
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

void
ferry_settings_defaults_fill (FerrySettingsDefaults *self)
{
  g_autoptr (GPtrArray) names = NULL;
  gboolean nameless = FALSE;

  g_return_if_fail (FERRY_IS_SETTINGS_DEFAULTS (self));

  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->networks, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);

  names = list_networks (ferry_draft_get_plan (self->draft), &nameless);
  for (guint i = 0; i < names->len; i++)
    add_network (self, g_ptr_array_index (names, i));
  if (nameless)
    add_network (self, NULL);
  gtk_widget_set_visible (self->networks_section, self->groups->len > 0);
  ferry_settings_defaults_refresh (self);
}

void
ferry_settings_defaults_refresh (FerrySettingsDefaults *self)
{
  const FerryPlan *plan;

  g_return_if_fail (FERRY_IS_SETTINGS_DEFAULTS (self));

  plan = ferry_draft_get_plan (self->draft);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->format_row, (guint) plan->format - FERRY_FORMAT_QCOW2);
  adw_combo_row_set_selected (self->allocation_row,
                              (guint) plan->allocation - FERRY_ALLOCATION_SPARSE);
  self->filling = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    ferry_map_group_refresh (g_ptr_array_index (self->groups, i));
  ferry_check_group_set_checks (self->checks, ferry_draft_get_plan_checks (self->draft));
  ferry_verify_row_refresh (self->verify_row);
}
