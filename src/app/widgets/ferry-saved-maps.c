/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-saved-maps.h"

#include "ferry-accessible.h"
#include "ferry-map-dialog.h"

#include <glib/gi18n-lib.h>

struct _FerrySavedMaps
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) (nullable) */
  FerryMapKind kind;
  GPtrArray *maps; /* (owned) (element-type FerryMap) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while one is open */

  GtkMenuButton *button;
  GtkRevealer *offer;
  GtkLabel *offer_title;
  GtkLabel *offer_facts;
  GtkButton *offer_dismiss;
  GtkButton *offer_apply;
};

G_DEFINE_FINAL_TYPE (FerrySavedMaps, ferry_saved_maps, ADW_TYPE_PREFERENCES_GROUP)

static const FerryMap *
find_map (FerrySavedMaps *self, const char *id)
{
  return ferry_maps_find (self->maps, self->kind, id);
}

/* @facts: (nullable); @map: (nullable): the one that the button applies; NULL: there is no button */
static void
show_offer (FerrySavedMaps *self, const char *title, const char *facts, const FerryMap *map)
{
  gtk_label_set_label (self->offer_title, title);
  gtk_label_set_label (self->offer_facts, facts != NULL ? facts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->offer_facts), facts != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->offer_apply), map != NULL);
  gtk_button_set_label (self->offer_dismiss, map != NULL ? _("Not Now") : _("Close"));
  if (map != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->offer_apply), "s", map->id);
  gtk_revealer_set_reveal_child (self->offer, TRUE);
}

static void
complain (FerrySavedMaps *self, const GError *error)
{
  show_offer (self, _("Not Possible"), error->message, NULL);
}

static char *
count_changes (FerrySavedMaps *self, guint n)
{
  if (n == 0)
    return g_strdup (_("Everything was as it says already."));
  if (self->kind == FERRY_MAP_NETWORK)
    return g_strdup_printf (ngettext ("%u network adapter was changed.",
                                      "%u network adapters were changed.", n),
                            n);

  return g_strdup_printf (ngettext ("%u disk was changed.", "%u disks were changed.", n), n);
}

static void
apply (FerrySavedMaps *self, const FerryMap *map)
{
  guint n_changed = ferry_choices_apply_map (self->draft, map);
  g_autofree char *facts = count_changes (self, n_changed);
  /* Translators: the name of a saved map */
  g_autofree char *title = g_strdup_printf (_("‘%s’ was applied"), map->name);

  show_offer (self, title, facts, NULL);
}

static void
add_item (GMenu *section, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  /* An underscore in a menu's label would become a mnemonic. */
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  g_menu_item_set_label (item, escaped);
  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (section, item);
}

static GMenu *
list_maps (FerrySavedMaps *self, const char *action, gboolean matching)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < self->maps->len; i++)
    {
      const FerryMap *map = g_ptr_array_index (self->maps, i);

      if (map->kind == self->kind &&
          ferry_map_matches (map, ferry_draft_get_plan (self->draft)) == matching)
        add_item (section, map->name, action, map->id);
    }

  return section;
}

static void
append_maps (FerrySavedMaps *self, GMenu *menu)
{
  g_autoptr (GMenu) suggested = list_maps (self, "map.apply", TRUE);
  g_autoptr (GMenu) others = list_maps (self, "map.apply", FALSE);

  if (g_menu_model_get_n_items (G_MENU_MODEL (suggested)) > 0)
    g_menu_append_section (menu, _("Suggested"), G_MENU_MODEL (suggested));
  if (g_menu_model_get_n_items (G_MENU_MODEL (others)) > 0)
    g_menu_append_section (menu, _("Saved"), G_MENU_MODEL (others));
}

static void
append_actions (FerrySavedMaps *self, GMenu *menu)
{
  g_autoptr (GMenu) actions = g_menu_new ();
  g_autoptr (GMenu) removing = g_menu_new ();
  g_autoptr (GMenu) suggested = list_maps (self, "map.remove", TRUE);
  g_autoptr (GMenu) others = list_maps (self, "map.remove", FALSE);

  g_menu_append (actions, _("_Save As…"), "map.save");
  g_menu_append (actions, _("_Import…"), "map.import");
  g_menu_append (actions, _("_Export…"), "map.export");
  g_menu_append_section (removing, NULL, G_MENU_MODEL (suggested));
  g_menu_append_section (removing, NULL, G_MENU_MODEL (others));
  if (g_menu_model_get_n_items (G_MENU_MODEL (suggested)) +
          g_menu_model_get_n_items (G_MENU_MODEL (others)) >
      0)
    g_menu_append_submenu (actions, _("_Remove"), G_MENU_MODEL (removing));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (actions));
}

static void
load (FerrySavedMaps *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *maps = ferry_maps_load (&error);

  if (maps == NULL)
    {
      complain (self, error);
      maps = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_map_free);
    }
  g_ptr_array_unref (self->maps);
  self->maps = maps;
  append_maps (self, menu);
  append_actions (self, menu);
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
}

static void
apply_saved (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySavedMaps *self = FERRY_SAVED_MAPS (widget);
  const FerryMap *map = find_map (self, g_variant_get_string (parameter, NULL));

  if (map != NULL)
    apply (self, map);
}

static void
remove_saved (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySavedMaps *self = FERRY_SAVED_MAPS (widget);
  const FerryMap *map = find_map (self, g_variant_get_string (parameter, NULL));
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  if (map == NULL)
    return;

  /* Translators: the name of a saved map */
  title = g_strdup_printf (_("‘%s’ was removed"), map->name);
  if (ferry_map_remove (map, &error))
    show_offer (self, title, _("What it was applied to stays as it is."), NULL);
  else
    complain (self, error);
  load (self);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySavedMaps *self = FERRY_SAVED_MAPS (widget);
  GtkWindow *dialog = ferry_map_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->maps,
                                            self->kind);

  g_signal_connect_object (dialog, "named", G_CALLBACK (ferry_saved_maps_save), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
on_file_chosen (FerrySavedMaps *self, int response)
{
  gboolean save_it =
      gtk_file_chooser_get_action (GTK_FILE_CHOOSER (self->chooser)) == GTK_FILE_CHOOSER_ACTION_SAVE;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT || path == NULL)
    return;
  if (save_it)
    ferry_saved_maps_export (self, path);
  else
    ferry_saved_maps_import (self, path);
}

static void
open_chooser (FerrySavedMaps *self, GtkFileChooserAction action, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean save_it = action == GTK_FILE_CHOOSER_ACTION_SAVE;

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action,
                                               save_it ? _("_Export") : _("_Import"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (save_it)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                       self->kind == FERRY_MAP_NETWORK ? "networks.json"
                                                                       : "storages.json");
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_chooser (FERRY_SAVED_MAPS (widget), GTK_FILE_CHOOSER_ACTION_OPEN, _("Import a Map"));
}

static void
export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_chooser (FERRY_SAVED_MAPS (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _("Export This Map"));
}

static void
on_dismissed (FerrySavedMaps *self)
{
  gtk_revealer_set_reveal_child (self->offer, FALSE);
}

static void
ferry_saved_maps_dispose (GObject *object)
{
  FerrySavedMaps *self = FERRY_SAVED_MAPS (object);

  if (self->chooser != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->chooser, self);
      gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
    }
  g_clear_object (&self->chooser);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_saved_maps_parent_class)->dispose (object);
}

static void
ferry_saved_maps_finalize (GObject *object)
{
  g_ptr_array_unref (FERRY_SAVED_MAPS (object)->maps);

  G_OBJECT_CLASS (ferry_saved_maps_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "map.apply", "s", apply_saved);
  gtk_widget_class_install_action (widget_class, "map.remove", "s", remove_saved);
  gtk_widget_class_install_action (widget_class, "map.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "map.import", NULL, import);
  gtk_widget_class_install_action (widget_class, "map.export", NULL, export);
}

static void
ferry_saved_maps_class_init (FerrySavedMapsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_saved_maps_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_saved_maps_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-saved-maps.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySavedMaps, button);
  gtk_widget_class_bind_template_child (widget_class, FerrySavedMaps, offer);
  gtk_widget_class_bind_template_child (widget_class, FerrySavedMaps, offer_title);
  gtk_widget_class_bind_template_child (widget_class, FerrySavedMaps, offer_facts);
  gtk_widget_class_bind_template_child (widget_class, FerrySavedMaps, offer_dismiss);
  gtk_widget_class_bind_template_child (widget_class, FerrySavedMaps, offer_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_dismissed);
  install_actions (widget_class);
}

static void
ferry_saved_maps_init (FerrySavedMaps *self)
{
  self->maps = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_map_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Only one that would change something. */
static void
suggest (FerrySavedMaps *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (self->draft);
  const FerryMap *map = ferry_maps_suggest (self->maps, self->kind, plan,
                                            ferry_draft_get_destination (self->draft));
  g_autoptr (FerryPlan) trial = ferry_plan_copy (plan);
  g_autofree char *title = NULL;

  gtk_revealer_set_reveal_child (self->offer, FALSE);
  if (map == NULL || ferry_map_apply (map, trial) == 0)
    return;

  /* Translators: the name of a saved map */
  title = g_strdup_printf (_("Apply the map ‘%s’?"), map->name);
  show_offer (self, title, _("It was made for this source and destination."), map);
}

static void
name_button (FerrySavedMaps *self, const char *label)
{
  ferry_accessible_set_label (GTK_WIDGET (self->button), label);
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->button), label);
}

void
ferry_saved_maps_show (FerrySavedMaps *self, FerryDraft *draft, FerryMapKind kind)
{
  g_return_if_fail (FERRY_IS_SAVED_MAPS (self));

  g_set_object (&self->draft, draft);
  self->kind = kind;
  name_button (self, kind == FERRY_MAP_NETWORK ? _("Saved Network Maps") : _("Saved Storage Maps"));
  load (self);
  suggest (self);
}

void
ferry_saved_maps_save (FerrySavedMaps *self, const char *name)
{
  g_autoptr (FerryMap) map = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (FERRY_IS_SAVED_MAPS (self));
  g_return_if_fail (self->draft != NULL);

  map = ferry_map_new_of_plan (ferry_draft_get_plan (self->draft), self->kind, name);
  /* Translators: the name of a saved map */
  title = g_strdup_printf (_("‘%s’ was saved"), name);
  if (ferry_map_save (map, &error))
    show_offer (self, title, NULL, NULL);
  else
    complain (self, error);
  load (self);
}

void
ferry_saved_maps_import (FerrySavedMaps *self, const char *path)
{
  g_autoptr (FerryMap) map = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FERRY_IS_SAVED_MAPS (self));
  g_return_if_fail (self->draft != NULL);

  map = ferry_map_import_file (path, &error);
  if (map != NULL && map->kind != self->kind)
    ferry_fail (&error, FERRY_ERROR_INVALID,
                self->kind == FERRY_MAP_NETWORK
                    ? _("‘%s’ is a map of storages. Import it there.")
                    : _("‘%s’ is a map of networks. Import it there."),
                path);
  if (error == NULL && ferry_map_save (map, &error))
    apply (self, map);
  if (error != NULL)
    complain (self, error);
  load (self);
}

void
ferry_saved_maps_export (FerrySavedMaps *self, const char *path)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autoptr (FerryMap) map = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FERRY_IS_SAVED_MAPS (self));
  g_return_if_fail (self->draft != NULL);

  name = g_path_get_basename (path);
  if (g_str_has_suffix (name, ".json"))
    name[strlen (name) - strlen (".json")] = '\0';
  map = ferry_map_new_of_plan (ferry_draft_get_plan (self->draft), self->kind,
                               *name != '\0' ? name : _("Map"));
  /* Translators: a path */
  title = g_strdup_printf (_("Exported to ‘%s’"), path);
  if (ferry_map_export (map, path, &error))
    show_offer (self, title, NULL, NULL);
  else
    complain (self, error);
}
