/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-nic-group.h"

#include "ferry-choice.h"
#include "ferry-field-note.h"
#include "ferry-network-chooser.h"
#include "ferry-settings-text.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryNicGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) */
  char *id; /* (owned): the guest's */
  guint index;
  FerryNetworkChooser *chooser; /* (owned) */
  FerryAddressForm *address; /* (owned) */
  gboolean filling;

  AdwExpanderRow *expander;
  GtkLabel *source_network;
  AdwComboRow *network_row;
  AdwEntryRow *network_name_row;
  FerryFieldNote *network_note;
  AdwComboRow *mac_row;
  AdwEntryRow *mac_entry_row;
  FerryFieldNote *mac_note;
  AdwComboRow *model_row;
  GtkWidget *connected_row;
  GtkSwitch *connected;
  GtkRevealer *offer;
  GtkLabel *offer_title;
  GtkLabel *offer_facts;
};

G_DEFINE_FINAL_TYPE (FerryNicGroup, ferry_nic_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_same (const FerryPlanNetwork *left, const FerryPlanNetwork *right)
{
  return left->kind == right->kind && g_strcmp0 (left->name, right->name) == 0;
}

static FerryPlanGuest *
find_guest (FerryNicGroup *self)
{
  return ferry_plan_find_guest (ferry_draft_get_plan (self->draft), self->id);
}

/* FALSE: the guest is no longer in the plan. */
static gboolean
find_nic (FerryNicGroup *self, const FerryNic **out_nic, FerryPlanNic **out_planned)
{
  FerryPlanGuest *guest = self->draft != NULL ? find_guest (self) : NULL;

  if (guest == NULL)
    return FALSE;

  *out_nic = ferry_guest_get_nic (guest->source, self->index);
  *out_planned = ferry_plan_guest_get_nic (guest, self->index);

  return *out_nic != NULL && *out_planned != NULL;
}

/* Where the others on @nic's source network go now: (nullable): to several networks. */
static const FerryPlanNetwork *
find_others (FerryNicGroup *self, const FerryNic *nic, const FerryPlanNic *planned)
{
  const FerryPlan *plan = ferry_draft_get_plan (self->draft);
  const FerryPlanNetwork *found = NULL;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->nics->len; n++)
        {
          const FerryPlanNic *other = ferry_plan_guest_get_nic (guest, n);

          if (other == planned || is_same (&other->network, &planned->network) ||
              g_strcmp0 (ferry_guest_get_nic (guest->source, n)->network, nic->network) != 0)
            continue;
          if (found != NULL && !is_same (found, &other->network))
            return NULL;
          found = &other->network;
        }
    }

  return found;
}

/* @network: (nullable): as of find_others () */
static void
describe_others (FerryNicGroup *self, const FerryPlanNetwork *network, guint others)
{
  g_autofree char *name = network != NULL ? ferry_text_network (network) : NULL;
  g_autofree char *text = NULL;

  if (network == NULL)
    text = g_strdup (_("They now go to several networks."));
  else if (network->kind == FERRY_NETWORK_UNMAPPED)
    text = g_strdup (ngettext ("No network is chosen for it yet.",
                               "No network is chosen for them yet.", others));
  else if (network->kind == FERRY_NETWORK_NONE)
    text = g_strdup (ngettext ("It is now not connected.", "They are now not connected.", others));
  else
    /* Translators: the name of a network */
    text = g_strdup_printf (ngettext ("It now goes to ‘%s’.", "They now go to ‘%s’.", others),
                            name);
  gtk_label_set_label (self->offer_facts, text);
}

static void
show_offer (FerryNicGroup *self, const FerryNic *nic, const FerryPlanNic *planned)
{
  guint others = ferry_draft_count_others (self->draft, nic->network, &planned->network);
  g_autofree char *title = NULL;

  gtk_revealer_set_reveal_child (self->offer, others > 0);
  if (others == 0)
    return;

  /* Translators: other network adapters on the same source network */
  title = g_strdup_printf (ngettext ("Apply to %u other network adapter on ‘%s’?",
                                     "Apply to %u other network adapters on ‘%s’?", others),
                           others, ferry_text_source_network (nic->network));
  gtk_label_set_label (self->offer_title, title);
  describe_others (self, find_others (self, nic, planned), others);
}

/* At the field that is in use: the drop-down, or the entry below it. */
static void
tell_mac (FerryNicGroup *self)
{
  FerryPlanGuest *guest = find_guest (self);
  g_autofree char *problem =
      ferry_text_mac_problem (ferry_draft_get_plan (self->draft),
                              ferry_draft_get_destination (self->draft), guest, self->index);
  GtkWidget *entry = GTK_WIDGET (self->mac_entry_row);
  const FerryPlanNic *planned = ferry_plan_guest_get_nic (guest, self->index);

  /* Two may have one address while they never meet, as the checks say, too. */
  ferry_field_note_set_only_warns (self->mac_note, planned->mac_kind != FERRY_MAC_FIXED ||
                                                       ferry_mac_is_valid (planned->mac));
  ferry_field_note_tell (self->mac_note,
                         gtk_widget_get_visible (entry) ? entry : GTK_WIDGET (self->mac_row),
                         problem);
}

static void
tell_network (FerryNicGroup *self, const FerryPlanNic *planned)
{
  GtkWidget *entry = GTK_WIDGET (self->network_name_row);
  gboolean by_name = gtk_widget_get_visible (entry);
  const char *problem = NULL;

  if (planned->network.kind == FERRY_NETWORK_UNMAPPED)
    problem = by_name
                  ? _ ("Type the name of the network, or choose ‘Not connected’.")
                  : _ ("Choose where this network adapter goes. ‘Not connected’ is a choice, too.");
  ferry_field_note_tell (self->network_note, by_name ? entry : GTK_WIDGET (self->network_row),
                         problem);
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
  tell_network (self, planned);
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
  tell_mac (self);
  ferry_draft_touch (self->draft);
}

static void
on_model_changed (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;
  FerryChoice *choice = adw_combo_row_get_selected_item (self->model_row);

  if (self->filling || choice == NULL || !find_nic (self, &nic, &planned))
    return;

  g_free (planned->model);
  planned->model = g_strdup (ferry_choice_get_name (choice));
  ferry_draft_touch (self->draft);
}

static void
on_connected_changed (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;

  if (self->filling || !find_nic (self, &nic, &planned))
    return;

  planned->connected = gtk_switch_get_active (self->connected);
  ferry_draft_touch (self->draft);
}

static void
on_address_changed (FerryNicGroup *self)
{
  const FerryNic *nic;
  FerryPlanNic *planned;

  if (!find_nic (self, &nic, &planned))
    return;

  ferry_address_form_get (self->address, &planned->address);
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
}

/* What QEMU has, and what is planned, be it one of them or not. */
static void
fill_model (FerryNicGroup *self, const FerryPlanGuest *guest, const FerryPlanNic *planned)
{
  static const char *const models[] = { "virtio", "e1000e", "e1000", "rtl8139", "vmxnet3" };
  g_autoptr (GListStore) list = g_list_store_new (FERRY_TYPE_CHOICE);

  ferry_choice_list_append (list, 0, NULL,
                            ferry_plan_guest_is_copied (guest) ? _("As at the source")
                                                               : _("Automatic"));
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    ferry_choice_list_append (list, 0, models[i], ferry_text_model (models[i]));
  if (ferry_choice_list_find (G_LIST_MODEL (list), 0, planned->model) == G_MAXUINT)
    ferry_choice_list_append (list, 0, planned->model, ferry_text_model (planned->model));
  adw_combo_row_set_model (self->model_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->model_row, ferry_choice_list_find (G_LIST_MODEL (list), 0,
                                                                       planned->model));
}

static void
describe_source_model (FerryNicGroup *self, const FerryNic *nic)
{
  g_autofree char *text = NULL;

  if (nic->model != NULL)
    /* Translators: the model of a network adapter */
    text = g_strdup_printf (_("%s at the source"), ferry_text_model (nic->model));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->model_row),
                               text != NULL ? text : _("The source does not say"));
}

static void
ferry_nic_group_dispose (GObject *object)
{
  FerryNicGroup *self = FERRY_NIC_GROUP (object);

  self->filling = TRUE;
  if (self->chooser != NULL)
    ferry_network_chooser_end (self->chooser);
  g_clear_object (&self->chooser);
  if (self->address != NULL)
    ferry_address_form_end (self->address);
  g_clear_object (&self->address);

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
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-nic-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, source_network);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, network_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, network_name_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, mac_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, mac_entry_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, network_note);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, mac_note);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, model_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, connected_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, connected);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, offer);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, offer_title);
  gtk_widget_class_bind_template_child (widget_class, FerryNicGroup, offer_facts);
  gtk_widget_class_bind_template_callback (widget_class, on_mac_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_model_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_connected_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_to_others);
  gtk_widget_class_bind_template_callback (widget_class, on_not_now);
}

static void
ferry_nic_group_class_init (FerryNicGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_nic_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_nic_group_finalize;

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_nic_group_init (FerryNicGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = ferry_network_chooser_new (self->network_row, self->network_name_row);
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (on_network_chosen), self);
  self->address = ferry_address_form_new (self->expander);
  g_signal_connect_swapped (self->address, "changed", G_CALLBACK (on_address_changed), self);
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
  describe_source_model (self, nic);
  ferry_network_chooser_set (self->chooser, ferry_draft_get_destination (draft), &planned->network);
  fill_mac (self, nic, planned);
  fill_model (self, find_guest (self), planned);
  gtk_switch_set_active (self->connected, planned->connected);
  ferry_address_form_set (self->address, &planned->address);
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

/* (nullable): why no static address can be set. */
static const char *
find_address_reason (FerryNicGroup *self)
{
  const FerryHostFacts *host = ferry_draft_get_host (self->draft);

  if (ferry_plan_guest_is_copied (find_guest (self)))
    return _("Only where disks are converted; those of this virtual machine are copied as they are");
  if (host == NULL)
    return _("Not known yet whether the conversion host can set one");
  if (!ferry_host_facts_has_word (host, "mac-ip-option"))
    return _("The virt-v2v of the conversion host cannot set one; a newer one can");

  return NULL;
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
  tell_network (self, planned);
  tell_mac (self);
  gtk_widget_set_sensitive (self->connected_row, planned->network.kind != FERRY_NETWORK_NONE);
  ferry_address_form_set_reason (self->address, find_address_reason (self));
}

FerryAddressForm *
ferry_nic_group_get_address_form (FerryNicGroup *self)
{
  g_return_val_if_fail (FERRY_IS_NIC_GROUP (self), NULL);

  return self->address;
}
