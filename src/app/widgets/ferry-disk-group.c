/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-disk-group.h"

#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryDiskGroup
{
  AdwPreferencesGroup parent_instance;

  AdwExpanderRow *expander;
  GtkLabel *source;
  GtkLabel *size;
  GtkLabel *format;
  GtkLabel *bus;
};

G_DEFINE_FINAL_TYPE (FerryDiskGroup, ferry_disk_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_copy_clicked (FerryDiskGroup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->source));
}

static void
ferry_disk_group_class_init (FerryDiskGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-disk-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, source);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, size);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, format);
  gtk_widget_class_bind_template_child (widget_class, FerryDiskGroup, bus);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
ferry_disk_group_init (FerryDiskGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
describe_format (const FerryDisk *disk)
{
  const char *format = disk->format != NULL ? disk->format : _("Unknown");

  if ((disk->flags & FERRY_DISK_COMPRESSED) != 0)
    /* Translators: a disk format */
    return g_strdup_printf (_("%s, compressed"), format);
  if ((disk->flags & FERRY_DISK_CHUNKED) != 0)
    /* Translators: a disk format */
    return g_strdup_printf (_("%s, in several files"), format);

  return g_strdup (format);
}

GtkWidget *
ferry_disk_group_new (const FerryDisk *disk, guint number)
{
  FerryDiskGroup *self;
  g_autofree char *title = NULL;
  g_autofree char *size = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *format = NULL;
  const char *file;

  g_return_val_if_fail (disk != NULL, NULL);

  self = g_object_new (FERRY_TYPE_DISK_GROUP, NULL);
  title = g_strdup_printf (_("Disk %u"), number);
  size = ferry_text_disk_size (disk);
  facts = g_strdup_printf ("%s · %s", size, ferry_text_bus (disk->bus));
  format = describe_format (disk);
  file = disk->file != NULL ? disk->file : _("No file: an empty disk is made");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), title);
  adw_expander_row_set_subtitle (self->expander, disk->bus != FERRY_BUS_UNKNOWN ? facts : size);
  gtk_label_set_label (self->source, file);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source), file);
  gtk_label_set_label (self->size, size);
  gtk_label_set_label (self->format, format);
  gtk_label_set_label (self->bus, ferry_text_bus (disk->bus));

  return GTK_WIDGET (self);
}

void
ferry_disk_group_set_expanded (FerryDiskGroup *self, gboolean expanded)
{
  g_return_if_fail (FERRY_IS_DISK_GROUP (self));

  adw_expander_row_set_expanded (self->expander, expanded);
}
