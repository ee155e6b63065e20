/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-page.h"

#include "ferry-accessible.h"
#include "ferry-conflict-dialog.h"
#include "ferry-disk-group.h"
#include "ferry-nic-group.h"
#include "ferry-settings-bulk.h"
#include "ferry-settings-checks.h"
#include "ferry-settings-defaults.h"
#include "ferry-settings-disks.h"
#include "ferry-settings-general.h"
#include "ferry-settings-list.h"
#include "ferry-settings-network.h"
#include "ferry-settings-remedy.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

#define N_TABS 4

struct _FerrySettingsPage
{
  FerryPage parent_instance;

  char *id; /* (owned) (nullable): the guest that is shown; NULL: all, or many */
  GPtrArray *many; /* (owned) (nullable): ids of the guests that are shown as one */
  gboolean filling;
  gboolean stale[N_TABS]; /* tabs that show another guest, or this one as it was */
  FerryLooker *looker; /* (owned) */
  AdwToast *toast; /* (owned) (nullable): offers to undo */

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  FerrySettingsList *sidebar;
  GtkWidget *detail;
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
  FerrySettingsBulk *bulk;
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

/* Which of how many guests of the plan @guest is, and what it is. */
static char *
describe_position (FerrySettingsPage *self, const FerryPlanGuest *guest, const char *facts)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  guint index = 0;

  if (guest == NULL || !g_ptr_array_find (plan->guests, guest, &index))
    return g_strdup (facts);

  /* Translators: which of how many virtual machines, and what it is */
  return g_strdup_printf (_("%u of %u · %s"), index + 1, plan->guests->len, facts);
}

static char *
describe_shown (FerrySettingsPage *self, const FerryPlanGuest *guest)
{
  if (self->many != NULL)
    return g_strdup_printf (ngettext ("%u virtual machine selected", "%u virtual machines selected",
                                      self->many->len),
                            self->many->len);

  return g_strdup (guest != NULL ? guest->name : _("All Virtual Machines"));
}

static char *
describe_facts (FerrySettingsPage *self, const FerryPlanGuest *guest)
{
  if (self->many != NULL)
    return g_strdup (_("What is chosen here is set for each of them"));

  return guest != NULL ? ferry_text_guest_facts (guest)
                       : g_strdup (_("What holds for all of them"));
}

static void
update_heading (FerrySettingsPage *self)
{
  const FerryPlanGuest *guest = find_guest (self);
  g_autofree char *name = describe_shown (self, guest);
  g_autofree char *facts = describe_facts (self, guest);
  g_autofree char *position = describe_position (self, guest, facts);

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

/* The others are filled when they are turned to: many rows are slow to make, and who goes through many
 * guests looks at one tab of each. */
static void
show_visible_tab (FerrySettingsPage *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->tabs);
  FerrySettingsTab *tabs[N_TABS];

  list_tabs (self, tabs);
  for (guint i = 0; i < N_TABS && self->id != NULL; i++)
    if (self->stale[i] && visible != NULL && gtk_widget_is_ancestor (GTK_WIDGET (tabs[i]), visible))
      {
        self->stale[i] = FALSE;
        ferry_settings_tab_show (tabs[i], get_draft (self), self->id);
      }
}

static void
on_tab_changed (FerrySettingsPage *self)
{
  if (!self->filling)
    show_visible_tab (self);
}

/* What @ids (element-type utf8) stand for: none: all; one: its tabs; many: what is set at once. */
static void
show_guests (FerrySettingsPage *self, GPtrArray *ids)
{
  const char *id = ids->len == 1 ? g_ptr_array_index (ids, 0) : NULL;

  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->many, g_ptr_array_unref);
  if (ids->len > 1)
    self->many = g_ptr_array_ref (ids);

  for (guint i = 0; i < N_TABS; i++)
    self->stale[i] = TRUE;
  show_visible_tab (self);
  if (self->many != NULL)
    ferry_settings_bulk_show (self->bulk, ids);
  gtk_stack_set_visible_child_name (self->stack, self->many != NULL ? "many"
                                                 : id != NULL       ? "guest"
                                                                    : "all");
  update_heading (self);
  update_badge (self);
  update_form (self);
}

/* Nothing is selected while a filter hides what was: that stays to be seen. */
static void
on_chosen (FerrySettingsPage *self)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (self->filling || !ferry_settings_list_has_selection (self->sidebar))
    return;

  ids = ferry_settings_list_dup_selected (self->sidebar);
  show_guests (self, ids);
}

static void
on_opened (FerrySettingsPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->detail);
}

static void
show_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar));
  gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
}

static void
go_previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_settings_list_step (FERRY_SETTINGS_PAGE (widget)->sidebar, -1);
}

static void
go_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_settings_list_step (FERRY_SETTINGS_PAGE (widget)->sidebar, 1);
}

static void
on_draft_changed (FerrySettingsPage *self)
{
  FerrySettingsTab *tabs[N_TABS];

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  ferry_settings_list_refresh (self->sidebar);
  if (self->many != NULL)
    ferry_settings_bulk_refresh (self->bulk);
  else if (self->id == NULL)
    ferry_settings_defaults_refresh (self->defaults);
  list_tabs (self, tabs);
  for (guint i = 0; self->id != NULL && i < N_TABS; i++)
    if (!self->stale[i])
      ferry_settings_tab_refresh (tabs[i]);
  update_heading (self);
  update_badge (self);
}

static void
select_guest (FerrySettingsPage *self, const char *id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  self->filling = TRUE;
  ferry_settings_list_select (self->sidebar, id);
  self->filling = FALSE;
  if (id != NULL && ferry_plan_find_guest (ferry_draft_get_plan (get_draft (self)), id) != NULL)
    g_ptr_array_add (ids, g_strdup (id));
  show_guests (self, ids);
}

/* The plan has other guests than before: @id (nullable) of them is shown. */
static void
fill (FerrySettingsPage *self, const char *id)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  gboolean known = id != NULL && ferry_plan_find_guest (plan, id) != NULL;
  g_autofree char *shown = known ? g_strdup (id) : NULL;

  if (shown == NULL && plan->guests->len == 1)
    shown = g_strdup (ferry_plan_get_guest (plan, 0)->source->id);
  self->filling = TRUE;
  ferry_settings_list_fill (self->sidebar);
  self->filling = FALSE;
  ferry_settings_defaults_fill (self->defaults);
  select_guest (self, shown);
  ferry_page_set_complete (FERRY_PAGE (self), plan->guests->len > 0);
}

static void
drop_toast (FerrySettingsPage *self)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
}

static void
on_toast_dismissed (FerrySettingsPage *self, AdwToast *toast)
{
  if (self->toast == toast)
    g_clear_object (&self->toast);
}

/* One at a time: only the last edit can be undone. */
static void
offer_undo (FerrySettingsPage *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  drop_toast (self);
  self->toast = g_object_ref (toast);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_action_name (toast, "settings.undo");
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_edited (FerrySettingsPage *self, guint n_guests)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  gboolean left_out = ferry_plan_find_guest (plan, g_ptr_array_index (self->many, 0)) == NULL;
  g_autofree char *text =
      left_out ? g_strdup_printf (ngettext ("%u virtual machine is left out.",
                                            "%u virtual machines are left out.", n_guests),
                                  n_guests)
               : g_strdup_printf (ngettext ("%u virtual machine was changed.",
                                            "%u virtual machines were changed.", n_guests),
                                  n_guests);

  offer_undo (self, text);
  if (left_out)
    fill (self, NULL);
}

/* Disk or NIC @index, as they follow each other below @widget. */
static GtkWidget *
find_part (GtkWidget *widget, GType type, int *index)
{
  GtkWidget *found = NULL;

  if (G_OBJECT_TYPE (widget) == type)
    return (*index)-- == 0 ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_part (child, type, index);

  return found;
}

/* Opens that disk or NIC, and starts at it. */
static void
show_part (FerrySettingsPage *self, FerrySettingsTab *tab, int index)
{
  const gboolean is_nic = tab == self->network;
  GtkWidget *part = index >= 0
                        ? find_part (GTK_WIDGET (tab),
                                     is_nic ? FERRY_TYPE_NIC_GROUP : FERRY_TYPE_DISK_GROUP, &index)
                        : NULL;

  if (part == NULL)
    {
      gtk_widget_child_focus (GTK_WIDGET (tab), GTK_DIR_TAB_FORWARD);
      return;
    }

  if (is_nic)
    ferry_nic_group_set_expanded (FERRY_NIC_GROUP (part), TRUE);
  else
    ferry_disk_group_set_expanded (FERRY_DISK_GROUP (part), TRUE);
  gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

/* A tab without that child is begun at its beginning. */
static void
show_child (gpointer tab, const char *name)
{
  GObject *child =
      name != NULL ? gtk_widget_get_template_child (tab, G_OBJECT_TYPE (tab), name) : NULL;

  if (child == NULL || !gtk_widget_grab_focus (GTK_WIDGET (child)))
    gtk_widget_child_focus (child != NULL ? GTK_WIDGET (child) : tab, GTK_DIR_TAB_FORWARD);
}

static void
go_to_remedy (FerrySettingsPage *self, const FerryRemedyPlace *place, int part)
{
  FerrySettingsTab *tab;

  if (place->page != NULL)
    {
      ferry_page_jump (FERRY_PAGE (self), place->page, NULL);
      return;
    }
  if (place->tab == NULL)
    {
      select_guest (self, NULL);
      show_child (self->defaults, place->child);
      return;
    }

  ferry_settings_page_show_tab (self, place->tab);
  tab = g_str_equal (place->tab, "network")   ? self->network
        : g_str_equal (place->tab, "disks")   ? self->disks
        : g_str_equal (place->tab, "general") ? self->general
                                              : self->checks;
  if (tab == self->network || tab == self->disks)
    show_part (self, tab, part);
  else
    show_child (tab, place->child);
}

static void
leave_out (FerrySettingsPage *self, const char *id)
{
  FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  const FerryPlanGuest *guest = ferry_plan_find_guest (plan, id);
  g_autofree char *text = NULL;

  if (guest == NULL)
    return;

  text = g_strdup_printf (_("‘%s’ is left out."), guest->name);
  ferry_plan_remove_guest (plan, id);
  ferry_draft_touch (get_draft (self));
  offer_undo (self, text);
  fill (self, NULL);
}

/* What needs no further choice is done at once, and can be undone. */
static void
apply_remedy (FerrySettingsPage *self, FerryRemedy remedy, const char *id, int part)
{
  FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *done = NULL;

  g_ptr_array_add (ids, g_strdup (id));
  ferry_draft_remember (get_draft (self), ids);
  if (remedy == FERRY_REMEDY_LEAVE_OUT)
    {
      leave_out (self, id);
      return;
    }

  done = ferry_remedy_apply (remedy, ferry_plan_find_guest (plan, id), part);
  if (done == NULL)
    return;
  ferry_draft_touch (get_draft (self));
  offer_undo (self, done);
}

static void
on_shut_down_answered (FerrySettingsPage *self, const char *response, GtkWidget *dialog)
{
  if (g_str_equal (response, "shut-down"))
    apply_remedy (self, FERRY_REMEDY_SHUT_DOWN, g_object_get_data (G_OBJECT (dialog), "guest"), -1);
}

/* It changes the source: nobody but the user says so. */
static void
ask_to_shut_down (FerrySettingsPage *self, const char *id)
{
  const FerryPlanGuest *guest = ferry_plan_find_guest (ferry_draft_get_plan (get_draft (self)), id);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  if (guest == NULL)
    return;

  heading = g_strdup_printf (_("Shut Down ‘%s’ Before Its Import?"), guest->source->name);
  dialog = adw_message_dialog_new (GTK_WINDOW (root), heading,
                                   _("This changes the source: when its import begins, Ferry asks "
                                      "the operating system in it to "
                                      "shut down, and copies the disks when it is off. From then "
                                      "on it serves nobody until it is "
                                      "started again, here or there."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "shut-down", _("_Shut Down First"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "shut-down",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  ferry_accessible_name_buttons (dialog);
  g_object_set_data_full (G_OBJECT (dialog), "guest", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_shut_down_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remedy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (widget);
  const FerryRemedyPlace *place;
  FerryRemedy wanted;
  g_autofree char *id = NULL;
  const char *word;
  int part;

  g_variant_get (parameter, "(s&si)", &id, &word, &part);
  wanted = ferry_remedy_from_word (word);
  place = ferry_remedy_get_place (wanted, *id != '\0');
  if (place != NULL)
    go_to_remedy (self, place, part);
  else if (wanted == FERRY_REMEDY_SHUT_DOWN)
    ask_to_shut_down (self, id);
  else
    apply_remedy (self, wanted, id, part);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (widget);
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  guint before = plan->guests->len;
  g_autofree char *id = g_strdup (self->id);

  drop_toast (self);
  if (!ferry_draft_undo (get_draft (self)))
    return;

  if (plan->guests->len != before)
    fill (self, id);
  else
    on_draft_changed (self);
}

static void
ferry_settings_page_enter (FerryPage *page)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (page);
  g_autofree char *id = g_strdup (self->id);

  /* What was chosen on other pages meanwhile is not to be undone here. */
  drop_toast (self);
  ferry_draft_forget (get_draft (self));
  fill (self, id);
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
  ferry_settings_list_set_draft (self->sidebar, get_draft (self));
  self->looker = ferry_looker_new (get_draft (self));
  ferry_settings_bulk_set_draft (self->bulk, get_draft (self), self->looker);
  ferry_settings_checks_set_looker (FERRY_SETTINGS_CHECKS (self->checks), get_draft (self),
                                    self->looker);
}

static void
ferry_settings_page_dispose (GObject *object)
{
  FerrySettingsPage *self = FERRY_SETTINGS_PAGE (object);

  self->filling = TRUE; /* the list loses its items while it goes */
  if (self->looker != NULL)
    ferry_looker_stop (self->looker);
  g_clear_object (&self->looker);
  g_clear_object (&self->toast);
  g_clear_pointer (&self->many, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (ferry_settings_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, detail);
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
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, bulk);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, general);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, network);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, disks);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingsPage, checks);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
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

  g_type_ensure (FERRY_TYPE_SETTINGS_LIST);
  g_type_ensure (FERRY_TYPE_SETTINGS_BULK);
  g_type_ensure (FERRY_TYPE_SETTINGS_DEFAULTS);
  g_type_ensure (FERRY_TYPE_SETTINGS_GENERAL);
  g_type_ensure (FERRY_TYPE_SETTINGS_NETWORK);
  g_type_ensure (FERRY_TYPE_SETTINGS_DISKS);
  g_type_ensure (FERRY_TYPE_SETTINGS_CHECKS);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "settings.show-list", NULL, show_list);
  gtk_widget_class_install_action (widget_class, "settings.previous", NULL, go_previous);
  gtk_widget_class_install_action (widget_class, "settings.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "settings.remedy", "(ssi)", remedy);
  gtk_widget_class_install_action (widget_class, "settings.undo", NULL, undo);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "settings.undo",
                                       NULL);
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
