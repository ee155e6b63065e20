/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-nic-group.h"

#include "ferry-choice.h"
#include "ferry-network-chooser.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryNicGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) */
  char *id; /* (owned): the guest's */
  guint index;
  FerryNetworkChooser *chooser; /* (owned) */
  gboolean filling;

  AdwExpanderRow *expander;
  GtkLabel *source_network;
  AdwComboRow *network_row;
  AdwEntryRow *network_name_row;
  AdwComboRow *mac_row;
  AdwEntryRow *mac_entry_row;
  GtkLabel *model;
  GtkRevealer *offer;
  GtkLabel *offer_title;
};

G_DEFINE_FINAL_TYPE (FerryNicGroup, ferry_nic_group, ADW_TYPE_PREFERENCES_GROUP)

/* FALSE: the guest is no longer in the plan. */
static gboolean
find_nic (FerryNicGroup *self, const FerryNic **out_nic, FerryPlanNic **out_planned)
{
  FerryPlanGuest *guest = self->draft != NULL
                              ? ferry_plan_find_guest (ferry_draft_get_plan (self->draft), self->id)
                              : NULL;

  if (guest == NULL)
    return FALSE;

  *out_nic = ferry_guest_get_nic (guest->source, self->index);
  *out_planned = ferry_plan_guest_get_nic (guest, self->index);

  return *out_nic != NULL && *out_planned != NULL;
}

static void
show_offer (FerryNicGroup *self, const FerryNic *nic, const FerryPlanNic *planned)
{
  guint others = ferry_draft_count_others (self->draft, nic->network, &planned->network);
  g_autofree char *title = NULL;

  gtk_revealer_set_reveal_child (self->offer, others > 0);
  if (others == 0)
    return;

  /* Translators: other network cards on the same source network */
  title = g_strdup_printf (ngettext ("Apply to %u other network card on ‘%s’?",
                                     "Apply to %u other network cards on ‘%s’?", others),
                           others, ferry_text_source_network (nic->network));
  gtk_label_set_label (self->offer_title, title);
}

static void
on_network_chosen (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;
  FerryPlanNetwork network;

  if (!find_nic (self, &nic, &planned))
    return;

  ferry_network_chooser_get (self->chooser, &network);
  ferry_plan_network_copy (&network, &planned->network);
  ferry_plan_network_clear (&network);
  show_offer (self, nic, planned);
  ferry_draft_touch (self->draft);
}

static void
on_apply_to_others (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;

  gtk_revealer_set_reveal_child (self->offer, FALSE);
  if (find_nic (self, &nic, &planned))
    ferry_draft_map_network (self->draft, nic->network, &planned->network);
}

static void
on_not_now (FerryNicGroup *self)
{
  gtk_revealer_set_reveal_child (self->offer, FALSE);
}

static void
mark_mac (FerryNicGroup *self, gboolean valid)
{
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mac_entry_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->mac_entry_row), "error");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->mac_entry_row),
                                 valid ? _("MAC Address")
                                       : _("Six pairs of hexadecimal digits, such as "
                                            "52:54:00:12:34:56"));
}

/* What is typed goes into the plan even when it is wrong: the checks then block the guest. */
static void
take_mac (FerryNicGroup *self, FerryPlanNic *planned)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->mac_row);
  FerryMacKind kind =
      choice != NULL ? (FerryMacKind) ferry_choice_get_kind (choice) : FERRY_MAC_NEW;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->mac_entry_row));

  g_clear_pointer (&planned->mac, g_free);
  planned->mac_kind = kind;
  gtk_widget_set_visible (GTK_WIDGET (self->mac_entry_row), kind == FERRY_MAC_FIXED);
  if (kind != FERRY_MAC_FIXED)
    return;

  planned->mac = ferry_mac_normalize (typed);
  mark_mac (self, planned->mac != NULL);
  if (planned->mac == NULL)
    planned->mac = g_strdup (typed);
}

static void
on_mac_changed (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;

  if (self->filling || !find_nic (self, &nic, &planned))
    return;

  take_mac (self, planned);
  ferry_draft_touch (self->draft);
}

static void
fill_mac (FerryNicGroup *self, const FerryNic *nic, const FerryPlanNic *planned)
{
  g_autoptr (GListStore) list = g_list_store_new (FERRY_TYPE_CHOICE);
  g_autofree char *keep = NULL;

  if (nic->mac != NULL)
    {
      /* Translators: a MAC address that stays as it is */
      keep = g_strdup_printf (_("Keep %s"), nic->mac);
      ferry_choice_list_append (list, FERRY_MAC_KEEP, NULL, keep);
    }
  ferry_choice_list_append (list, FERRY_MAC_NEW, NULL, _("A new one"));
  ferry_choice_list_append (list, FERRY_MAC_FIXED, NULL, _("Another…"));
  adw_combo_row_set_model (self->mac_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->mac_row,
                              ferry_choice_list_find (G_LIST_MODEL (list), (int) planned->mac_kind,
                                                      NULL));
  gtk_editable_set_text (GTK_EDITABLE (self->mac_entry_row),
                         planned->mac != NULL ? planned->mac : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mac_entry_row), planned->mac_kind == FERRY_MAC_FIXED);
  mark_mac (self, planned->mac_kind != FERRY_MAC_FIXED || ferry_mac_is_valid (planned->mac));
}

static void
ferry_nic_group_dispose (GObject *object)
{
  FerryNicGroup *self = FERRY_NIC_GROUP (object);

  self->filling = TRUE;
  if (self->chooser != NULL)
    ferry_network_chooser_end (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ferry_nic_group_parent_class)->dispose (object);
}

static void
ferry_nic_group_finalize (GObject *object)
{
  FerryNicGroup *self = FERRY_NIC_GROUP (object);

  g_clear_object (&self->draft);
  g_free (self->id);

  G_OBJECT_CLASS (ferry_nic_group_parent_class)->finalize (object);
}

static void
ferry_nic_group_class_init (FerryNicGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_nic_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_nic_group_finalize;

  g_type_ensure (FERRY_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-nic-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, source_network);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, network_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, network_name_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, mac_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, mac_entry_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, model);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, offer);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, offer_title);
  gtk_widget_class_bind_template_callback (widget_class, on_mac_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_to_others);
  gtk_widget_class_bind_template_callback (widget_class, on_not_now);
}

static void
ferry_nic_group_init (FerryNicGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = ferry_network_chooser_new (self->network_row, self->network_name_row);
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (on_network_chosen), self);
}

GtkWidget *
ferry_nic_group_new (FerryDraft *draft, const char *id, guint index)
{
  FerryNicGroup *self;
  const FerryNic *nic;
  FerryPlanNic *planned;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (FERRY_TYPE_NIC_GROUP, NULL);
  self->draft = g_object_ref (draft);
  self->id = g_strdup (id);
  self->index = index;
  if (!find_nic (self, &nic, &planned))
    return GTK_WIDGET (self);

  self->filling = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), nic->name);
  gtk_label_set_label (self->source_network, ferry_text_source_network (nic->network));
  gtk_label_set_label (self->model, ferry_text_model (nic->model));
  ferry_network_chooser_set (self->chooser, ferry_draft_get_destination (draft), &planned->network);
  fill_mac (self, nic, planned);
  self->filling = FALSE;
  ferry_nic_group_refresh (self);

  return GTK_WIDGET (self);
}

void
ferry_nic_group_set_expanded (FerryNicGroup *self, gboolean expanded)
{
  g_return_if_fail (FERRY_IS_NIC_GROUP (self));

  adw_expander_row_set_expanded (self->expander, expanded);
}

void
ferry_nic_group_refresh (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;
  FerryPlanNetwork shown;
  g_autofree char *facts = NULL;

  g_return_if_fail (FERRY_IS_NIC_GROUP (self));

  if (!find_nic (self, &nic, &planned))
    return;

  facts = ferry_text_nic_facts (nic, planned);
  adw_expander_row_set_subtitle (self->expander, facts);

  /* Another NIC may have been applied to this one; what the user types here is left alone. */
  ferry_network_chooser_get (self->chooser, &shown);
  if (shown.kind != planned->network.kind || g_strcmp0 (shown.name, planned->network.name) != 0)
    ferry_network_chooser_set (self->chooser, ferry_draft_get_destination (self->draft),
                               &planned->network);
  ferry_plan_network_clear (&shown);
}
