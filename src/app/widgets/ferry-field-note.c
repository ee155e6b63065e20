/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-field-note.h"

#include "ferry-accessible.h"

struct _FerryFieldNote
{
  AdwPreferencesRow parent_instance;

  GtkWidget *field; /* (weak): the one that is marked */
  gboolean only_warns;

  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FerryFieldNote, ferry_field_note, ADW_TYPE_PREFERENCES_ROW)

static void
ferry_field_note_dispose (GObject *object)
{
  g_clear_weak_pointer (&FERRY_FIELD_NOTE (object)->field);

  G_OBJECT_CLASS (ferry_field_note_parent_class)->dispose (object);
}

static void
ferry_field_note_class_init (FerryFieldNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_field_note_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-field-note.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryFieldNote, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryFieldNote, label);
}

static void
ferry_field_note_init (FerryFieldNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The keyboard is in the entry of an entry row: a screen reader reads that, not the row. */
static void
describe (GtkWidget *widget, FerryFieldNote *self, gboolean wrong)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               wrong && !self->only_warns ? GTK_ACCESSIBLE_INVALID_TRUE
                                                          : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (wrong)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_label_get_text (self->label), -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
mark (FerryFieldNote *self, GtkWidget *field, gboolean wrong)
{
  gtk_widget_remove_css_class (field, "error");
  gtk_widget_remove_css_class (field, "warning");
  if (wrong)
    gtk_widget_add_css_class (field, self->only_warns ? "warning" : "error");
  describe (field, self, wrong);
  if (GTK_IS_EDITABLE (field))
    describe (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (field))), self, wrong);
}

void
ferry_field_note_set_only_warns (FerryFieldNote *self, gboolean only_warns)
{
  GtkWidget *icon;

  g_return_if_fail (FERRY_IS_FIELD_NOTE (self));

  if (self->only_warns == only_warns)
    return;
  icon = GTK_WIDGET (self->icon);
  self->only_warns = only_warns;
  gtk_image_set_from_icon_name (self->icon,
                                only_warns ? "ferry-warning-symbolic" : "ferry-blocker-symbolic");
  gtk_widget_remove_css_class (icon, only_warns ? "error" : "warning");
  gtk_widget_add_css_class (icon, only_warns ? "warning" : "error");
  if (self->field != NULL)
    mark (self, self->field, TRUE);
}

void
ferry_field_note_tell (FerryFieldNote *self, GtkWidget *field, const char *problem)
{
  g_return_if_fail (FERRY_IS_FIELD_NOTE (self));
  g_return_if_fail (GTK_IS_WIDGET (field));

  if (g_strcmp0 (problem, ferry_field_note_get_text (self)) == 0 &&
      (problem == NULL || field == self->field))
    return;

  gtk_label_set_label (self->label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL);
  ferry_accessible_set_label (GTK_WIDGET (self), problem != NULL ? problem : "");
  if (self->field != NULL)
    mark (self, self->field, FALSE);
  if (problem != NULL)
    mark (self, field, TRUE);
  g_set_weak_pointer (&self->field, problem != NULL ? field : NULL);
}

const char *
ferry_field_note_get_text (FerryFieldNote *self)
{
  g_return_val_if_fail (FERRY_IS_FIELD_NOTE (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_label (self->label) : NULL;
}
