/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-page.h"

#include "ferry-accessible.h"
#include "ferry-conflict-dialog.h"
#include "ferry-settings-checks.h"
#include "ferry-settings-defaults.h"
#include "ferry-settings-disks.h"
#include "ferry-settings-general.h"
#include "ferry-settings-item.h"
#include "ferry-settings-network.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

#define N_TABS 4

struct _FerrySettingsPage
{
  FerryPage parent_instance;

  char *id; /* (owned) (nullable): the guest that is shown; NULL: all */
  gboolean filling;

  AdwLeaflet *leaflet;
  GtkWidget *sidebar;
  GtkWidget *detail;
  GtkSearchEntry *search;
  GtkListView *list;
  GListStore *items;
  GtkSingleSelection *selection;
  GtkWidget *heading;
  GtkLabel *name;
  GtkLabel *facts;
  GtkWidget *bar;
  GtkLabel *bar_name;
  GtkLabel *bar_facts;
  AdwViewSwitcher *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkStack *stack;
  AdwViewStack *tabs;
  AdwViewStackPage *checks_tab;
  FerrySettingsDefaults *defaults;
  FerrySettingsTab *general;
  FerrySettingsTab *network;
  FerrySettingsTab *disks;
  FerrySettingsTab *checks;
};

G_DEFINE_FINAL_TYPE (FerrySettingsPage, ferry_settings_page, FERRY_TYPE_PAGE)

static FerryDraft *
get_draft (FerrySettingsPage *self)
{
  return ferry_page_get_draft (FERRY_PAGE (self));
}

static void
list_tabs (FerrySettingsPage *self, FerrySettingsTab *tabs[N_TABS])
{
  tabs[0] = self->general;
  tabs[1] = self->network;
  tabs[2] = self->disks;
  tabs[3] = self->checks;
}

static const FerryPlanGuest *
find_guest (FerrySettingsPage *self)
{
  return self->id != NULL
             ? ferry_plan_find_guest (ferry_draft_get_plan (get_draft (self)), self->id)
             : NULL;
}

static void
update_badge (FerrySettingsPage *self)
{
  const GPtrArray *checks =
      self->id != NULL ? ferry_draft_get_guest_checks (get_draft (self), self->id) : NULL;
  guint count = 0;

  if (checks != NULL)
    count = ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER) +
            ferry_checks_count (checks, FERRY_SEVERITY_WARNING);
  adw_view_stack_page_set_badge_number (self->checks_tab, count);
  adw_view_stack_page_set_needs_attention (self->checks_tab, count > 0);
}

static char *
describe_position (FerrySettingsPage *self, const char *facts)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  guint total = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  if (self->id == NULL || position == GTK_INVALID_LIST_POSITION)
    return g_strdup (facts);

  /* Translators: which of how many virtual machines, and what it is */
  return g_strdup_printf (_("%u of %u · %s"), position, total - 1, facts);
}

static void
update_heading (FerrySettingsPage *self)
{
  const FerryPlanGuest *guest = find_guest (self);
  const char *name = guest != NULL ? guest->name : _("All Virtual Machines");
  g_autofree char *facts =
      guest != NULL ? ferry_text_guest_facts (guest) : g_strdup (_("What holds for all of them"));
  g_autofree char *position = describe_position (self, facts);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->bar_name, name);
  gtk_label_set_label (self->bar_facts, position);
}

static void
update_form (FerrySettingsPage *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean has_tabs = self->id != NULL;

  gtk_widget_set_visible (self->heading, !folded);
  gtk_widget_set_visible (self->bar, folded);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), has_tabs && !folded);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), has_tabs && folded);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, has_tabs && folded);
}

static void
on_folded_changed (FerrySettingsPage *self)
{
  update_form (self);
}

static void
show_selected (FerrySettingsPage *self)
{
  FerrySettingsItem *item = gtk_single_selection_get_selected_item (self->selection);
  FerrySettingsTab *tabs[N_TABS];
  const char *id = item != NULL ? ferry_settings_item_get_id (item) : NULL;

  g_free (self->id);
  self->id = g_strdup (id);
  list_tabs (self, tabs);
  for (guint i = 0; i < N_TABS && id != NULL; i++)
    ferry_settings_tab_show (tabs[i], get_draft (self), id);
  gtk_stack_set_visible_child_name (self->stack, id != NULL ? "guest" : "all");
  update_heading (self);
  update_badge (self);
  update_form (self);
}

static void
on_selected (FerrySettingsPage *self)
{
  if (!self->filling && gtk_single_selection_get_selected_item (self->selection) != NULL)
    show_selected (self);
}

static void
on_list_activated (FerrySettingsPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->detail);
}

static void
show_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
step (FerrySettingsPage *self, int direction)
{
  gint64 position = (gint64) gtk_single_selection_get_selected (self->selection) + direction;

  if (position >= 0 &&
      position < (gint64) g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_single_selection_set_selected (self->selection, (guint) position);
}

static void
go_previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (FERRY_SETTINGS_PAGE (widget), -1);
}

static void
go_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (FERRY_SETTINGS_PAGE (widget), 1);
}

static void
show_tab (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_settings_page_show_tab (FERRY_SETTINGS_PAGE (widget),
                                g_variant_get_string (parameter, NULL));
}

static void
on_draft_changed (FerrySettingsPage *self)
{
  FerrySettingsTab *tabs[N_TABS];
  GListModel *items = G_LIST_MODEL (self->items);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (FerrySettingsItem) item = g_list_model_get_item (items, i);

      ferry_settings_item_refresh (item, get_draft (self));
    }
  if (self->id != NULL)
    {
      list_tabs (self, tabs);
      for (guint i = 0; i < N_TABS; i++)
        ferry_settings_tab_refresh (tabs[i]);
    }
  else
    ferry_settings_defaults_refresh (self->defaults);
  update_heading (self);
  update_badge (self);
}

static void
fill_items (FerrySettingsPage *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, ferry_settings_item_new (NULL));
  for (guint i = 0; i < plan->guests->len; i++)
    g_ptr_array_add (items, ferry_settings_item_new (ferry_plan_get_guest (plan, i)->source->id));
  for (guint i = 0; i < items->len; i++)
    ferry_settings_item_refresh (g_ptr_array_index (items, i), get_draft (self));

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  self->filling = FALSE;
}

/* Where @id stands in the list; with NULL or an unknown one: all. */
static guint
find_position (FerrySettingsPage *self, const char *id)
{
  GListModel *items = G_LIST_MODEL (self->selection);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (FerrySettingsItem) item = g_list_model_get_item (items, i);

      if (g_strcmp0 (ferry_settings_item_get_id (item), id) == 0)
        return i;
    }

  return 0;
}

static void
select_guest (FerrySettingsPage *self, const char *id)
{
  gtk_single_selection_set_selected (self->selection, find_position (self, id));
  show_selected (self);
}

static void
ferry_settings_page_enter (FerryPage *page)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (page);
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  g_autofree char *id = g_strdup (self->id);

  if (id == NULL && plan->guests->len == 1)
    id = g_strdup (ferry_plan_get_guest (plan, 0)->source->id);
  fill_items (self);
  ferry_settings_defaults_fill (self->defaults);
  select_guest (self, id);
  ferry_page_set_complete (page, plan->guests->len > 0);
  ferry_conflict_dialog_ask (page);
}

static void
ferry_settings_page_show_guest (FerryPage *page, const char *id)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (page);

  select_guest (self, id);
  if (ferry_draft_get_guest_checks (get_draft (self), id) != NULL)
    ferry_settings_page_show_tab (self, "checks");
}

static void
ferry_settings_page_constructed (GObject *object)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (object);

  G_OBJECT_CLASS (ferry_settings_page_parent_class)->constructed (object);

  g_signal_connect_object (get_draft (self), "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
ferry_settings_page_dispose (GObject *object)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (object);

  self->filling = TRUE; /* the list loses its items while it goes */
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (ferry_settings_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, search);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, list);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, items);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, name);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, facts);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, bar_name);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, bar_facts);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, checks_tab);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, defaults);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, general);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, network);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, disks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, checks);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
}

static void
ferry_settings_page_class_init (FerrySettingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ferry_settings_page_constructed;
  object_class->dispose = ferry_settings_page_dispose;
  FERRY_PAGE_CLASS (klass)->enter = ferry_settings_page_enter;
  FERRY_PAGE_CLASS (klass)->show_guest = ferry_settings_page_show_guest;

  g_type_ensure (FERRY_TYPE_SETTINGS_ITEM);
  g_type_ensure (FERRY_TYPE_SETTINGS_DEFAULTS);
  g_type_ensure (FERRY_TYPE_SETTINGS_GENERAL);
  g_type_ensure (FERRY_TYPE_SETTINGS_NETWORK);
  g_type_ensure (FERRY_TYPE_SETTINGS_DISKS);
  g_type_ensure (FERRY_TYPE_SETTINGS_CHECKS);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "settings.show-list", NULL, show_list);
  gtk_widget_class_install_action (widget_class, "settings.previous", NULL, go_previous);
  gtk_widget_class_install_action (widget_class, "settings.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "settings.show-tab", "s", show_tab);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK,
                                       "settings.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK,
                                       "settings.next", NULL);
}

static void
ferry_settings_page_init (FerrySettingsPage *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  adw_leaflet_set_visible_child (self->leaflet, self->detail);
  ferry_accessible_track_stack (self->stack);
  ferry_accessible_track (GTK_WIDGET (self->tabs));
}

void
ferry_settings_page_set_verifier (FerrySettingsPage *self, FerryVerifier *verifier)
{
  g_return_if_fail (FERRY_IS_SETTINGS_PAGE (self));

  ferry_settings_checks_set_verifier (FERRY_SETTINGS_CHECKS (self->checks), verifier);
  ferry_settings_defaults_set_draft (self->defaults, get_draft (self), verifier);
}

void
ferry_settings_page_show_tab (FerrySettingsPage *self, const char *name)
{
  g_return_if_fail (FERRY_IS_SETTINGS_PAGE (self));

  adw_view_stack_set_visible_child_name (self->tabs, name);
  adw_leaflet_set_visible_child (self->leaflet, self->detail);
}
