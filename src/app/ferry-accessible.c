/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-accessible.h"

void
ferry_accessible_set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
on_visible_child_changed (GtkWidget *stack)
{
  g_autoptr (GtkWidget) visible = NULL;
  GtkWidget *child;

  g_object_get (stack, "visible-child", &visible, NULL);
  for (child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != visible, -1);
}

void
ferry_accessible_track_stack (GtkStack *stack)
{
  ferry_accessible_track (GTK_WIDGET (stack));
}

void
ferry_accessible_track (GtkWidget *stack)
{
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_visible_child_changed), NULL);
  on_visible_child_changed (stack);
}

void
ferry_accessible_name_icon_buttons (GtkWidget *parent, const char *label)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_BUTTON (child))
      ferry_accessible_name_icon_buttons (child, label);
    else if (gtk_button_get_label (GTK_BUTTON (child)) == NULL)
      ferry_accessible_set_label (child, label);
}

void
ferry_accessible_name_buttons (GtkWidget *dialog)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (dialog); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_BUTTON (child))
      ferry_accessible_name_buttons (child);
    else if (gtk_button_get_use_underline (GTK_BUTTON (child))) /* named by its label inside, too */
      gtk_accessible_reset_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL);
}
