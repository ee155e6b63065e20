/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-mark-row.h"

#include "ferry-accessible.h"

#include <glib/gi18n-lib.h>

struct _FerryMarkRow
{
  GtkBox parent_instance;

  GtkImage *image;
  GtkLabel *title_label;
  GtkLabel *time_label;
  FerryImportLook look;
};

G_DEFINE_FINAL_TYPE (FerryMarkRow, ferry_mark_row, GTK_TYPE_BOX)

static void
ferry_mark_row_class_init (FerryMarkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-mark-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryMarkRow, image);
  gtk_widget_class_bind_template_child (widget_class, FerryMarkRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, FerryMarkRow, time_label);
}

static void
ferry_mark_row_init (FerryMarkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_mark_row_new (void)
{
  return g_object_new (FERRY_TYPE_MARK_ROW, NULL);
}

void
ferry_mark_show_look (GtkImage *image, const FerryImportLook *look, const FerryImportLook *shown)
{
  if (shown != NULL && g_strcmp0 (shown->icon_name, look->icon_name) == 0
      && g_strcmp0 (shown->style, look->style) == 0)
    return;

  if (shown != NULL && shown->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (image), shown->style);
  if (look->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (image), look->style);
  gtk_image_set_from_icon_name (image, look->icon_name);
  ferry_accessible_set_label (GTK_WIDGET (image), look->label);
}

static void
show_look (FerryMarkRow *self, const FerryImportLook *look)
{
  ferry_mark_show_look (self->image, look, &self->look);
  self->look = *look;
}

static void
set_css_class (GtkLabel *label, const char *name, gboolean present)
{
  if (present)
    gtk_widget_add_css_class (GTK_WIDGET (label), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), name);
}

void
ferry_mark_row_set_step (FerryMarkRow *self, const FerryImportStep *step)
{
  g_return_if_fail (FERRY_IS_MARK_ROW (self));

  show_look (self, &step->look);
  gtk_label_set_text (self->title_label, step->title);
  gtk_label_set_text (self->time_label, step->time);
  set_css_class (self->title_label, "heading", step->current);
  set_css_class (self->title_label, "dim-label", step->coming);
}

void
ferry_mark_row_set_warning (FerryMarkRow *self, const char *text)
{
  const FerryImportLook look = { "ferry-warning-symbolic", "warning", _("Warning") };

  g_return_if_fail (FERRY_IS_MARK_ROW (self));

  show_look (self, &look);
  gtk_label_set_text (self->title_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->time_label), FALSE);
}
