/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-details.h"

#include "ferry-disk-bar.h"
#include "ferry-import-text.h"
#include "ferry-mark-row.h"

struct _FerryImportDetails
{
  GtkBox parent_instance;

  FerryImportItem *item; /* (owned) */
  guint tick_source; /* 0: hidden, or at its end */

  GtkBox *columns;
  GtkBox *disks_box;
  GtkBox *steps_box;
  GtkBox *warnings_box;
  GtkBox *buttons;
  GtkWidget *no_disks_label;
  GtkWidget *location_box;
  GtkLabel *location_label;
  GtkWidget *error_button;
  GtkWidget *folder_button;
  GtkWidget *command_button;
  GtkWidget *remove_button;
  GtkWidget *cancel_button;
  GtkWidget *start_button;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (FerryImportDetails, ferry_import_details, GTK_TYPE_BOX)

/* Makes @box hold @count children and keeps those that are there. */
static void
set_child_count (GtkBox *box, guint count, GtkWidget *(*make) (void))
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));
  guint have = 0;

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (++have > count)
        gtk_box_remove (box, child);
      child = next;
    }
  for (; have < count; have++)
    gtk_box_append (box, make ());
}

static void
show_disks (FerryImportDetails *self, const FerryImportFacts *facts)
{
  GtkWidget *child;
  guint index = 0;

  set_child_count (self->disks_box, facts->progress->disks->len, ferry_disk_bar_new);
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->disks_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ferry_disk_bar_show (FERRY_DISK_BAR (child), facts, index++);

  gtk_widget_set_visible (self->no_disks_label, index == 0);
}

static void
show_steps (FerryImportDetails *self, const FerryImportFacts *facts)
{
  g_autoptr (GPtrArray) steps = ferry_import_text_steps (facts, g_get_real_time ());
  GtkWidget *child;
  guint index = 0;

  set_child_count (self->steps_box, steps->len, ferry_mark_row_new);
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->steps_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ferry_mark_row_set_step (FERRY_MARK_ROW (child), g_ptr_array_index (steps, index++));
}

static void
show_warnings (FerryImportDetails *self, const FerryImportFacts *facts)
{
  GtkWidget *child;
  guint index = 0;

  set_child_count (self->warnings_box, g_strv_length (facts->warnings), ferry_mark_row_new);
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->warnings_box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ferry_mark_row_set_warning (FERRY_MARK_ROW (child), facts->warnings[index++]);

  gtk_widget_set_visible (GTK_WIDGET (self->warnings_box), index > 0);
}

static void
show_location (FerryImportDetails *self, const FerryImportFacts *facts)
{
  g_autofree char *command = ferry_import_text_command (facts);

  gtk_widget_set_visible (self->location_box, *facts->location != '\0');
  gtk_label_set_text (self->location_label, facts->location);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->location_label), facts->location);
  gtk_widget_set_visible (self->folder_button, ferry_import_text_folder (facts) != NULL);
  gtk_widget_set_visible (self->command_button, command != NULL);
}

static void
show_buttons (FerryImportDetails *self, const FerryImportFacts *facts)
{
  gboolean ended = ferry_import_state_is_end (facts->state);

  gtk_widget_set_visible (self->error_button, facts->failure != NULL);
  gtk_widget_set_visible (self->remove_button, ended);
  gtk_widget_set_visible (self->cancel_button, !ended);
  gtk_widget_set_visible (self->start_button, facts->startable);
  gtk_widget_set_visible (self->retry_button, ferry_import_facts_can_retry (facts));
}

static gboolean
on_tick (gpointer user_data)
{
  FerryImportDetails *self = user_data;

  show_steps (self, ferry_import_item_get_facts (self->item));

  return G_SOURCE_CONTINUE;
}

/* The clock of the current step goes on while the worker has nothing to tell. */
static void
update_ticking (FerryImportDetails *self)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (self->item);
  gboolean wanted = gtk_widget_get_mapped (GTK_WIDGET (self))
                    && ferry_import_facts_get_group (facts) == FERRY_IMPORT_GROUP_RUNNING;

  if (wanted && self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (1, on_tick, self);
  else if (!wanted)
    g_clear_handle_id (&self->tick_source, g_source_remove);
}

static void
on_item_changed (FerryImportDetails *self)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (self->item);

  show_disks (self, facts);
  show_steps (self, facts);
  show_warnings (self, facts);
  show_location (self, facts);
  show_buttons (self, facts);
  update_ticking (self);
}

static void
on_pressed (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
ferry_import_details_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_import_details_parent_class)->map (widget);
  on_item_changed (FERRY_IMPORT_DETAILS (widget));
}

static void
ferry_import_details_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_import_details_parent_class)->unmap (widget);
  update_ticking (FERRY_IMPORT_DETAILS (widget));
}

static void
ferry_import_details_dispose (GObject *object)
{
  FerryImportDetails *self = FERRY_IMPORT_DETAILS (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (ferry_import_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, columns);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, disks_box);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, steps_box);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, warnings_box);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, buttons);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, no_disks_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, location_box);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, location_label);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, error_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, folder_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, command_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, remove_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, start_button);
  gtk_widget_class_bind_template_child (widget_class, FerryImportDetails, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
}

static void
ferry_import_details_class_init (FerryImportDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_import_details_dispose;
  widget_class->map = ferry_import_details_map;
  widget_class->unmap = ferry_import_details_unmap;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ferryvm/Ferry/ferry-import-details.ui");
  bind_children (widget_class);
}

static void
ferry_import_details_init (FerryImportDetails *self)
{
  g_type_ensure (FERRY_TYPE_DISK_BAR);
  g_type_ensure (FERRY_TYPE_MARK_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ferry_import_details_new (FerryImportItem *item)
{
  FerryImportDetails *self = g_object_new (FERRY_TYPE_IMPORT_DETAILS, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), self, G_CONNECT_SWAPPED);
  on_item_changed (self);

  return GTK_WIDGET (self);
}

void
ferry_import_details_set_narrow (FerryImportDetails *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  g_return_if_fail (FERRY_IS_IMPORT_DETAILS (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), orientation);
  gtk_box_set_homogeneous (self->columns, !narrow);
  gtk_box_set_spacing (self->columns, narrow ? 18 : 36);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons), orientation);
  gtk_widget_set_halign (GTK_WIDGET (self->buttons), narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
}
