/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-bulk-network.h"

#include "ferry-network-chooser.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryBulkNetwork
{
  AdwPreferencesGroup parent_instance;

  char *source; /* (owned) (nullable) */
  FerryNetworkChooser *chooser; /* (owned) */
  gboolean shown; /* the drop-down has its entries */

  AdwComboRow *combo;
  AdwEntryRow *entry;
};

G_DEFINE_FINAL_TYPE (FerryBulkNetwork, ferry_bulk_network, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
on_chosen (FerryBulkNetwork *self)
{
  FerryPlanNetwork network = { 0 };

  /* "Not chosen yet" only says that they differ, or a name is still to be typed. */
  ferry_network_chooser_get (self->chooser, &network);
  if (network.kind != FERRY_NETWORK_UNMAPPED)
    g_signal_emit (self, signals[CHANGED], 0);
  ferry_plan_network_clear (&network);
}

static void
ferry_bulk_network_dispose (GObject *object)
{
  FerryBulkNetwork *self = FERRY_BULK_NETWORK (object);

  if (self->chooser != NULL)
    ferry_network_chooser_end (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ferry_bulk_network_parent_class)->dispose (object);
}

static void
ferry_bulk_network_finalize (GObject *object)
{
  g_free (FERRY_BULK_NETWORK (object)->source);

  G_OBJECT_CLASS (ferry_bulk_network_parent_class)->finalize (object);
}

static void
ferry_bulk_network_class_init (FerryBulkNetworkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_bulk_network_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_bulk_network_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_BULK_NETWORK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "settings/ferry-bulk-network.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryBulkNetwork, combo);
  gtk_widget_class_bind_template_child (widget_class, FerryBulkNetwork, entry);
}

static void
ferry_bulk_network_init (FerryBulkNetwork *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = ferry_network_chooser_new (self->combo, self->entry);
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (on_chosen), self);
}

GtkWidget *
ferry_bulk_network_new (const char *source)
{
  FerryBulkNetwork *self = g_object_new (FERRY_TYPE_BULK_NETWORK, NULL);

  self->source = g_strdup (source);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->combo),
                                 ferry_text_source_network (source));

  return GTK_WIDGET (self);
}

const char *
ferry_bulk_network_get_source (FerryBulkNetwork *self)
{
  g_return_val_if_fail (FERRY_IS_BULK_NETWORK (self), NULL);

  return self->source;
}

static char *
describe_use (const FerryBulkUse *use)
{
  if (use->mixed)
    return g_strdup_printf (ngettext ("%u network adapter, not all to the same network",
                                      "%u network adapters, not all to the same network",
                                      use->n_nics),
                            use->n_nics);

  return g_strdup_printf (ngettext ("%u network adapter", "%u network adapters", use->n_nics),
                          use->n_nics);
}

void
ferry_bulk_network_show (FerryBulkNetwork *self,
                         const GPtrArray *guests,
                         const FerryDestinationFacts *facts)
{
  static const FerryPlanNetwork unmapped = { .kind = FERRY_NETWORK_UNMAPPED };
  FerryBulkUse use;
  FerryPlanNetwork shown;
  const FerryPlanNetwork *network;
  g_autofree char *text = NULL;

  g_return_if_fail (FERRY_IS_BULK_NETWORK (self));

  use = ferry_bulk_get_use (guests, self->source);
  text = describe_use (&use);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->combo), text);
  if (use.network == NULL)
    return;

  /* Not while the user is typing the very name that it would set. */
  network = use.mixed ? &unmapped : use.network;
  ferry_network_chooser_get (self->chooser, &shown);
  if (!self->shown || shown.kind != network->kind || g_strcmp0 (shown.name, network->name) != 0)
    ferry_network_chooser_set (self->chooser, facts, network);
  self->shown = TRUE;
  ferry_plan_network_clear (&shown);
}

void
ferry_bulk_network_get (FerryBulkNetwork *self, FerryPlanNetwork *out_network)
{
  g_return_if_fail (FERRY_IS_BULK_NETWORK (self));

  ferry_network_chooser_get (self->chooser, out_network);
}
