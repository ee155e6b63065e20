/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-network-chooser.h"

#include "ferry-choice.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryNetworkChooser
{
  GObject parent_instance;

  AdwComboRow *combo; /* (unowned) (nullable) */
  AdwEntryRow *entry; /* (unowned) (nullable) */
  gboolean by_name;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (FerryNetworkChooser, ferry_network_chooser, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
update_entry (FerryNetworkChooser *self)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->combo);
  int kind = choice != NULL ? ferry_choice_get_kind (choice) : FERRY_NETWORK_UNMAPPED;

  gtk_widget_set_visible (GTK_WIDGET (self->entry),
                          self->by_name &&
                              (kind == FERRY_NETWORK_NETWORK || kind == FERRY_NETWORK_BRIDGE));
}

static void
on_changed (FerryNetworkChooser *self)
{
  if (self->filling)
    return;

  update_entry (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ferry_network_chooser_dispose (GObject *object)
{
  ferry_network_chooser_end (FERRY_NETWORK_CHOOSER (object));

  G_OBJECT_CLASS (ferry_network_chooser_parent_class)->dispose (object);
}

static void
ferry_network_chooser_class_init (FerryNetworkChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_network_chooser_dispose;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_NETWORK_CHOOSER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ferry_network_chooser_init (FerryNetworkChooser *self)
{
}

static void
append_names (GListStore *list, char **names, FerryNetworkKind kind)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      FerryPlanNetwork network = { .kind = kind, .name = names[i] };
      g_autofree char *title = ferry_text_network (&network);

      ferry_choice_list_append (list, (int) kind, names[i], title);
    }
}

/* What is planned but not there any more is shown all the same: the checks say what to do. */
static void
append_current (GListStore *list, const FerryPlanNetwork *network)
{
  g_autofree char *title = ferry_text_network (network);

  if (ferry_choice_list_find (G_LIST_MODEL (list), (int) network->kind, network->name) == G_MAXUINT)
    ferry_choice_list_append (list, (int) network->kind, network->name, title);
}

static GListStore *
list_choices (FerryNetworkChooser *self,
              const FerryDestinationFacts *facts,
              const FerryPlanNetwork *network)
{
  GListStore *list = g_list_store_new (FERRY_TYPE_CHOICE);

  if (network->kind == FERRY_NETWORK_UNMAPPED)
    append_current (list, network);
  if (self->by_name)
    {
      ferry_choice_list_append (list, FERRY_NETWORK_NETWORK, NULL, _("Network, by Name"));
      ferry_choice_list_append (list, FERRY_NETWORK_BRIDGE, NULL, _("Bridge, by Name"));
    }
  else
    {
      append_names (list, facts->networks, FERRY_NETWORK_NETWORK);
      append_names (list, facts->bridges, FERRY_NETWORK_BRIDGE);
      append_current (list, network);
    }
  if (ferry_choice_list_find (G_LIST_MODEL (list), FERRY_NETWORK_NONE, NULL) == G_MAXUINT)
    ferry_choice_list_append (list, FERRY_NETWORK_NONE, NULL, _("Not connected"));

  return list;
}

FerryNetworkChooser *
ferry_network_chooser_new (AdwComboRow *combo, AdwEntryRow *entry)
{
  FerryNetworkChooser *self = g_object_new (FERRY_TYPE_NETWORK_CHOOSER, NULL);
  g_autoptr (GtkExpression) title = gtk_property_expression_new (FERRY_TYPE_CHOICE, NULL, "title");

  self->combo = combo;
  self->entry = entry;
  adw_combo_row_set_expression (combo, title);
  g_signal_connect_swapped (combo, "notify::selected", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_changed), self);

  return self;
}

void
ferry_network_chooser_set (FerryNetworkChooser *self,
                           const FerryDestinationFacts *facts,
                           const FerryPlanNetwork *network)
{
  g_autoptr (GListStore) list = NULL;
  const char *name = network->name;

  g_return_if_fail (FERRY_IS_NETWORK_CHOOSER (self));
  g_return_if_fail (self->combo != NULL);

  self->by_name = facts == NULL || facts->any_network;
  list = list_choices (self, facts, network);

  self->filling = TRUE;
  adw_combo_row_set_model (self->combo, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->combo,
                              ferry_choice_list_find (G_LIST_MODEL (list), (int) network->kind,
                                                      self->by_name ? NULL : name));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name != NULL ? name : "");
  update_entry (self);
  self->filling = FALSE;
}

void
ferry_network_chooser_get (FerryNetworkChooser *self, FerryPlanNetwork *out_network)
{
  FerryChoice *choice;
  FerryNetworkKind kind = FERRY_NETWORK_UNMAPPED;
  g_autofree char *typed = NULL;
  const char *name = NULL;

  g_return_if_fail (FERRY_IS_NETWORK_CHOOSER (self));
  g_return_if_fail (self->combo != NULL);

  choice = adw_combo_row_get_selected_item (self->combo);
  if (choice != NULL)
    {
      kind = (FerryNetworkKind) ferry_choice_get_kind (choice);
      name = ferry_choice_get_name (choice);
    }
  if (self->by_name && (kind == FERRY_NETWORK_NETWORK || kind == FERRY_NETWORK_BRIDGE))
    {
      typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
      name = typed;
      if (*typed == '\0')
        kind = FERRY_NETWORK_UNMAPPED;
    }

  *out_network = (FerryPlanNetwork){ 0 };
  ferry_plan_network_set (out_network, kind, name);
}

void
ferry_network_chooser_end (FerryNetworkChooser *self)
{
  g_return_if_fail (FERRY_IS_NETWORK_CHOOSER (self));

  if (self->combo != NULL)
    g_signal_handlers_disconnect_by_data (self->combo, self);
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  self->combo = NULL;
  self->entry = NULL;
}
