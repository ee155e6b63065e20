/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-checks.h"

#include "ferry-accessible.h"
#include "ferry-check-group.h"
#include "ferry-look-row.h"
#include "ferry-verify-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsChecks
{
  FerrySettingsTab parent_instance;

  FerryCheckGroup *group;
  GtkWidget *passed_box;
  GtkLabel *passed;
  GtkWidget *inside;
  FerryLookRow *look_row;
  GtkEditable *keys;
  GtkWidget *everywhere_row;
  GtkSwitch *everywhere;
  FerryVerifyRow *verify_row;

  gboolean shares; /* the key that is shown is that for all */
};

G_DEFINE_FINAL_TYPE (FerrySettingsChecks, ferry_settings_checks, FERRY_TYPE_SETTINGS_TAB)

/* The first one opens whatever it can; those of single devices come from ferryctl. */
static const char *
get_key (const GPtrArray *keys)
{
  return keys->len > 0 ? ((const FerryPlanKey *) g_ptr_array_index (keys, 0))->key : NULL;
}

static void
set_key (GPtrArray *keys, const char *key)
{
  g_ptr_array_set_size (keys, 0);
  if (*key != '\0')
    ferry_plan_add_key (keys, NULL, key);
}

/* In memory only: a plan that is saved has none. */
static void
on_key_changed (FerrySettingsChecks *self)
{
  FerrySettingsTab *tab = FERRY_SETTINGS_TAB (self);
  FerryPlanGuest *guest = ferry_settings_tab_get_guest (tab);
  FerryPlan *plan;
  const char *key;

  if (guest == NULL)
    return;

  plan = ferry_draft_get_plan (ferry_settings_tab_get_draft (tab));
  key = gtk_editable_get_text (self->keys);
  set_key (guest->keys, key);
  /* That of all may be another one, which this guest has no say in. */
  if (gtk_switch_get_active (self->everywhere))
    set_key (plan->keys, key);
  else if (self->shares)
    set_key (plan->keys, "");
  self->shares = gtk_switch_get_active (self->everywhere);
  ferry_draft_touch (ferry_settings_tab_get_draft (tab));
}

static void
ferry_settings_checks_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsChecks *self = FERRY_SETTINGS_CHECKS (tab);
  const FerryPlan *plan = ferry_draft_get_plan (ferry_settings_tab_get_draft (tab));
  const char *own = get_key (guest->keys);
  const char *shared = get_key (plan->keys);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  self->shares = shared != NULL && (own == NULL || g_str_equal (own, shared));
  gtk_switch_set_active (self->everywhere, self->shares);
  if (own == NULL)
    own = shared;
  gtk_editable_set_text (self->keys, own != NULL ? own : "");
  g_ptr_array_add (ids, g_strdup (guest->source->id));
  ferry_look_row_show (self->look_row, ids);
}

/* A key is asked for where something is encrypted, or one was given already. */
static void
show_inside (FerrySettingsChecks *self, const FerryPlanGuest *guest)
{
  const FerryInspection *inside = guest->source->inside;
  gboolean encrypted = (inside != NULL && inside->encrypted[0] != NULL) ||
                       *gtk_editable_get_text (self->keys) != '\0';

  /* What is copied as it is need not be looked into. */
  gtk_widget_set_visible (self->inside, !ferry_plan_guest_is_copied (guest));
  gtk_widget_set_visible (GTK_WIDGET (self->keys), encrypted);
  gtk_widget_set_visible (self->everywhere_row, encrypted);
  ferry_look_row_refresh (self->look_row);
}

static void
ferry_settings_checks_refresh (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
  FerrySettingsChecks *self = FERRY_SETTINGS_CHECKS (tab);
  FerryDraft *draft = ferry_settings_tab_get_draft (tab);
  const GPtrArray *checks = ferry_draft_get_guest_checks (draft, guest->source->id);
  g_autofree char *passed = ferry_text_passed (checks);

  ferry_check_group_set_checks (self->group, checks);
  gtk_widget_set_visible (self->passed_box, passed != NULL);
  gtk_label_set_label (self->passed, passed != NULL ? passed : "");
  show_inside (self, guest);
  ferry_verify_row_refresh (self->verify_row);
}

static void
ferry_settings_checks_class_init (FerrySettingsChecksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_checks_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_checks_refresh;

  g_type_ensure (FERRY_TYPE_CHECK_GROUP);
  g_type_ensure (FERRY_TYPE_LOOK_ROW);
  g_type_ensure (FERRY_TYPE_VERIFY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-checks.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, group);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, passed_box);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, passed);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, inside);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, look_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, keys);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, everywhere_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, everywhere);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, verify_row);
}

static void
ferry_settings_checks_init (FerrySettingsChecks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->keys), _("Show the Key"));
}

void
ferry_settings_checks_set_verifier (FerrySettingsChecks *self, FerryVerifier *verifier)
{
  g_return_if_fail (FERRY_IS_SETTINGS_CHECKS (self));

  ferry_verify_row_set_verifier (self->verify_row, verifier);
}

void
ferry_settings_checks_set_looker (FerrySettingsChecks *self, FerryDraft *draft, FerryLooker *looker)
{
  g_return_if_fail (FERRY_IS_SETTINGS_CHECKS (self));

  ferry_look_row_set_looker (self->look_row, draft, looker);
}
