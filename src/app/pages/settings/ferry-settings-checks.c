/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-checks.h"

#include "ferry-check-group.h"
#include "ferry-verify-row.h"
#include "ferry-wizard-text.h"

struct _FerrySettingsChecks
{
  FerrySettingsTab parent_instance;

  FerryCheckGroup *group;
  GtkWidget *passed_box;
  GtkLabel *passed;
  FerryVerifyRow *verify_row;
};

G_DEFINE_FINAL_TYPE (FerrySettingsChecks, ferry_settings_checks, FERRY_TYPE_SETTINGS_TAB)

static void
ferry_settings_checks_fill (FerrySettingsTab *tab, FerryPlanGuest *guest)
{
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
  ferry_verify_row_refresh (self->verify_row);
}

static void
ferry_settings_checks_class_init (FerrySettingsChecksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FERRY_SETTINGS_TAB_CLASS (klass)->fill = ferry_settings_checks_fill;
  FERRY_SETTINGS_TAB_CLASS (klass)->refresh = ferry_settings_checks_refresh;

  g_type_ensure (FERRY_TYPE_CHECK_GROUP);
  g_type_ensure (FERRY_TYPE_VERIFY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-settings-checks.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, group);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, passed_box);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, passed);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsChecks, verify_row);
}

static void
ferry_settings_checks_init (FerrySettingsChecks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ferry_settings_checks_set_verifier (FerrySettingsChecks *self, FerryVerifier *verifier)
{
  g_return_if_fail (FERRY_IS_SETTINGS_CHECKS (self));

  ferry_verify_row_set_verifier (self->verify_row, verifier);
}
