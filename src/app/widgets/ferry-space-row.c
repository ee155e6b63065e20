/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-space-row.h"

#include "ferry-accessible.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySpaceRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
  GtkLabel *space;
  GtkLevelBar *bar;
  GtkLabel *need;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (FerrySpaceRow, ferry_space_row, ADW_TYPE_PREFERENCES_ROW)

static void
ferry_space_row_class_init (FerrySpaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-space-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySpaceRow, label);
  gtk_widget_class_bind_template_child (widget_class, FerrySpaceRow, space);
  gtk_widget_class_bind_template_child (widget_class, FerrySpaceRow, bar);
  gtk_widget_class_bind_template_child (widget_class, FerrySpaceRow, need);
  gtk_widget_class_bind_template_child (widget_class, FerrySpaceRow, problem);
}

static void
ferry_space_row_init (FerrySpaceRow *self)
{
  static const char *const offsets[] = {
    GTK_LEVEL_BAR_OFFSET_LOW,
    GTK_LEVEL_BAR_OFFSET_HIGH,
    GTK_LEVEL_BAR_OFFSET_FULL,
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  /* With them the bar changes its colour by itself, as if a full disk were good news. */
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    gtk_level_bar_remove_offset_value (self->bar, offsets[i]);
}

void
ferry_space_row_set (FerrySpaceRow *self,
                     const char *label,
                     guint64 free_bytes,
                     guint64 total_bytes,
                     guint64 needed_bytes)
{
  g_autofree char *space = ferry_text_free (free_bytes, total_bytes);
  gboolean known = free_bytes != G_MAXUINT64 && total_bytes != G_MAXUINT64 && total_bytes > 0;

  g_return_if_fail (FERRY_IS_SPACE_ROW (self));

  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->space, space);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), known);
  if (known)
    gtk_level_bar_set_value (self->bar, 1.0 - (double) free_bytes / (double) total_bytes);
  gtk_widget_set_visible (self->problem, free_bytes != G_MAXUINT64 && needed_bytes > free_bytes);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  ferry_accessible_set_label (GTK_WIDGET (self), label);
}

void
ferry_space_row_set_need (FerrySpaceRow *self, const char *text)
{
  g_return_if_fail (FERRY_IS_SPACE_ROW (self));

  gtk_label_set_label (self->need, text);
  gtk_widget_set_visible (GTK_WIDGET (self->need), TRUE);
}
