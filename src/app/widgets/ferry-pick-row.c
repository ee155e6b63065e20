/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-pick-row.h"

#include "ferry-accessible.h"

#include <glib/gi18n-lib.h>

struct _FerryPickRow
{
  AdwEntryRow parent_instance;

  GtkMenuButton *button; /* (owned) */
};

G_DEFINE_FINAL_TYPE (FerryPickRow, ferry_pick_row, ADW_TYPE_ENTRY_ROW)

/* Not just hidden: where a suffix might be, the row leaves a gap. */
static void
show_button (FerryPickRow *self, gboolean show)
{
  gboolean shown = gtk_widget_get_parent (GTK_WIDGET (self->button)) != NULL;

  if (show && !shown)
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));
  else if (shown && !show)
    adw_entry_row_remove (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));
}

static void
take (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), g_variant_get_string (parameter, NULL));
}

static void
on_entry_activated (FerryPickRow *self)
{
  gtk_widget_activate_default (GTK_WIDGET (self));
}

static void
on_title_changed (FerryPickRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  /* Translators: opens a list of names; %s is what they name: "Data Center" */
  g_autofree char *label = g_strdup_printf (_("Choose %s"), title);

  ferry_accessible_set_label (GTK_WIDGET (self->button), label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
}

static void
ferry_pick_row_dispose (GObject *object)
{
  g_clear_object (&FERRY_PICK_ROW (object)->button);

  G_OBJECT_CLASS (ferry_pick_row_parent_class)->dispose (object);
}

static void
ferry_pick_row_class_init (FerryPickRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_pick_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-pick-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryPickRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed);
  gtk_widget_class_install_action (widget_class, "pick.take", "s", take);
}

static void
ferry_pick_row_init (FerryPickRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_ref (self->button);
  show_button (self, FALSE);
}

static void
add_item (GMenu *section, const char *label, const char *name)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

  /* An underscore in a menu's label would become a mnemonic. */
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  g_menu_item_set_label (item, escaped);
  g_menu_item_set_action_and_target (item, "pick.take", "s", name);
  g_menu_append_item (section, item);
}

void
ferry_pick_row_set_names (FerryPickRow *self, const char *const *names)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) any = g_menu_new ();
  g_autoptr (GMenu) known = g_menu_new ();
  gboolean has_names = names != NULL && names[0] != NULL;

  g_return_if_fail (FERRY_IS_PICK_ROW (self));

  /* Translators: any data center, cluster or host */
  add_item (any, _("Any"), "");
  for (guint i = 0; has_names && names[i] != NULL; i++)
    add_item (known, names[i], names[i]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (any));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (known));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
  show_button (self, has_names);
}
