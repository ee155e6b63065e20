/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-status-row.h"

#include "ferry-accessible.h"

struct _FerryStatusRow
{
  AdwPreferencesRow parent_instance;

  FerryStatus status;

  GtkStack *icon_stack;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (FerryStatusRow, ferry_status_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  AGAIN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [FERRY_STATUS_BUSY] = { "content-loading-symbolic", "dim-label" },
  [FERRY_STATUS_GOOD] = { "ferry-done-symbolic", "success" },
  [FERRY_STATUS_WARNING] = { "ferry-warning-symbolic", "warning" },
  [FERRY_STATUS_BAD] = { "ferry-blocker-symbolic", "error" },
  [FERRY_STATUS_IDLE] = { "ferry-pending-symbolic", "dim-label" },
};

static void
on_clicked (FerryStatusRow *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
ferry_status_row_class_init (FerryStatusRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[AGAIN] = g_signal_new ("again", FERRY_TYPE_STATUS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-status-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryStatusRow, icon_stack);
  gtk_widget_class_bind_template_child (widget_class, FerryStatusRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryStatusRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, FerryStatusRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, FerryStatusRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, FerryStatusRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
ferry_status_row_init (FerryStatusRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ferry_status_row_set (FerryStatusRow *self,
                      FerryStatus status,
                      const char *title,
                      const char *detail,
                      const char *button)
{
  g_return_if_fail (FERRY_IS_STATUS_ROW (self));
  g_return_if_fail (status >= FERRY_STATUS_BUSY && status <= FERRY_STATUS_IDLE);

  self->status = status;
  gtk_spinner_set_spinning (self->spinner, status == FERRY_STATUS_BUSY);
  gtk_stack_set_visible_child_name (self->icon_stack,
                                    status == FERRY_STATUS_BUSY ? "spinner" : "icon");
  gtk_image_set_from_icon_name (self->icon, looks[status].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon),
                              (const char *[]){ looks[status].style, NULL });
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->detail_label, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail != NULL && *detail != '\0');
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  ferry_accessible_set_label (GTK_WIDGET (self), title);
}

void
ferry_status_row_set_can_again (FerryStatusRow *self, gboolean can)
{
  g_return_if_fail (FERRY_IS_STATUS_ROW (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), can);
}

const char *
ferry_status_row_get_text (FerryStatusRow *self)
{
  g_return_val_if_fail (FERRY_IS_STATUS_ROW (self), NULL);

  return gtk_label_get_label (self->title_label);
}

FerryStatus
ferry_status_row_get_status (FerryStatusRow *self)
{
  g_return_val_if_fail (FERRY_IS_STATUS_ROW (self), FERRY_STATUS_BUSY);

  return self->status;
}
