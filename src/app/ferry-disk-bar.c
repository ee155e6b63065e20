/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-disk-bar.h"

#include "ferry-accessible.h"
#include "ferry-import-text.h"

struct _FerryDiskBar
{
  GtkBox parent_instance;

  GtkLabel *name_label;
  GtkLabel *percent_label;
  GtkProgressBar *bar;
  GtkLabel *amount_label;
  GtkLabel *time_label;
};

G_DEFINE_FINAL_TYPE (FerryDiskBar, ferry_disk_bar, GTK_TYPE_BOX)

static void
ferry_disk_bar_class_init (FerryDiskBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-disk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryDiskBar, name_label);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskBar, percent_label);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskBar, bar);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskBar, amount_label);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskBar, time_label);
}

static void
ferry_disk_bar_init (FerryDiskBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_disk_bar_new (void)
{
  return g_object_new (FERRY_TYPE_DISK_BAR, NULL);
}

static void
show_name (FerryDiskBar *self, const char *name)
{
  if (g_strcmp0 (gtk_label_get_text (self->name_label), name) == 0)
    return;

  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  ferry_accessible_set_label (GTK_WIDGET (self->bar), name);
}

void
ferry_disk_bar_show (FerryDiskBar *self, const FerryImportFacts *facts, guint index)
{
  const FerryDiskProgress *disk;
  g_autoptr (FerryImportDisk) text = NULL;

  g_return_if_fail (FERRY_IS_DISK_BAR (self));
  g_return_if_fail (index < facts->progress->disks->len);

  disk = g_ptr_array_index (facts->progress->disks, index);
  text = ferry_import_text_disk (facts, index);
  show_name (self, disk->name);
  gtk_progress_bar_set_fraction (self->bar, text->fraction);
  gtk_label_set_text (self->percent_label, text->percent);
  gtk_label_set_text (self->amount_label, text->amount);
  gtk_label_set_text (self->time_label, text->time);
  if (text->done)
    gtk_widget_add_css_class (GTK_WIDGET (self->bar), "ok");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->bar), "ok");
}
