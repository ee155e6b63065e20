/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-check-row.h"

#include "ferry-accessible.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryCheckRow
{
  AdwPreferencesRow parent_instance;

  GtkImage *icon;
  GtkBox *body;
  GtkLabel *severity;
  GtkLabel *text;
  GtkLabel *advice;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (FerryCheckRow, ferry_check_row, ADW_TYPE_PREFERENCES_ROW)

static void
ferry_check_row_class_init (FerryCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, body);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, severity);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, text);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, advice);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, button);
}

static void
ferry_check_row_init (FerryCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_check_row_new (const FerryCheck *check)
{
  FerryCheckRow *self;
  const char *style;

  g_return_val_if_fail (check != NULL, NULL);

  self = g_object_new (FERRY_TYPE_CHECK_ROW, NULL);
  style = ferry_text_severity_style (check->severity);
  gtk_image_set_from_icon_name (self->icon, ferry_text_severity_icon (check->severity));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), style);
  gtk_label_set_label (self->severity, ferry_severity_get_title (check->severity));
  gtk_widget_add_css_class (GTK_WIDGET (self->severity), style);
  gtk_label_set_label (self->text, check->text);
  gtk_label_set_label (self->advice, check->advice);
  gtk_widget_set_visible (GTK_WIDGET (self->advice), *check->advice != '\0');
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), check->text);
  ferry_accessible_set_label (GTK_WIDGET (self), check->text);

  return GTK_WIDGET (self);
}

void
ferry_check_row_set_button (FerryCheckRow *self,
                            const char *label,
                            const char *action,
                            GVariant *target)
{
  g_autofree char *name = NULL;

  g_return_if_fail (FERRY_IS_CHECK_ROW (self));

  gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), target);
  /* Translators: what a button does, and the finding that it does it about, for a screen reader */
  name = g_strdup_printf (_("%s: %s"), label, gtk_label_get_label (self->text));
  ferry_accessible_set_label (GTK_WIDGET (self->button), name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), TRUE);
}

static gboolean
folded_to_orientation (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_enum (to, g_value_get_boolean (from) ? GTK_ORIENTATION_VERTICAL
                                                   : GTK_ORIENTATION_HORIZONTAL);

  return TRUE;
}

void
ferry_check_row_follow (FerryCheckRow *self, AdwLeaflet *leaflet)
{
  g_return_if_fail (FERRY_IS_CHECK_ROW (self));
  g_return_if_fail (ADW_IS_LEAFLET (leaflet));

  g_object_bind_property_full (leaflet, "folded", self->body, "orientation", G_BINDING_SYNC_CREATE,
                               folded_to_orientation, NULL, NULL, NULL);
}
