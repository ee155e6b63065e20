/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-map-group.h"

#include "ferry-network-chooser.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryMapGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) */
  char *source; /* (owned) (nullable) */
  FerryNetworkChooser *chooser; /* (owned) */

  AdwComboRow *combo;
  AdwEntryRow *entry;
};

G_DEFINE_FINAL_TYPE (FerryMapGroup, ferry_map_group, ADW_TYPE_PREFERENCES_GROUP)

/* The NICs on the source network, and where they go: mixed when not all to the same. */
typedef struct
{
  guint count;
  gboolean mixed;
  const FerryPlanNetwork *network; /* (unowned) (nullable): of the first */
} Use;

static void
add_nic (Use *use, const FerryPlanNic *nic)
{
  if (use->count > 0 && (use->network->kind != nic->network.kind ||
                         g_strcmp0 (use->network->name, nic->network.name) != 0))
    use->mixed = TRUE;
  if (use->count == 0)
    use->network = &nic->network;
  use->count++;
}

static Use
find_use (FerryMapGroup *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (self->draft);
  Use use = { 0 };

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->nics->len; n++)
        if (g_strcmp0 (ferry_guest_get_nic (guest->source, n)->network, self->source) == 0)
          add_nic (&use, ferry_plan_guest_get_nic (guest, n));
    }

  return use;
}

static void
on_chosen (FerryMapGroup *self)
{
  FerryPlanNetwork network;

  ferry_network_chooser_get (self->chooser, &network);
  ferry_draft_map_network (self->draft, self->source, &network);
  ferry_plan_network_clear (&network);
}

static void
ferry_map_group_dispose (GObject *object)
{
  FerryMapGroup *self = FERRY_MAP_GROUP (object);

  if (self->chooser != NULL)
    ferry_network_chooser_end (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ferry_map_group_parent_class)->dispose (object);
}

static void
ferry_map_group_finalize (GObject *object)
{
  FerryMapGroup *self = FERRY_MAP_GROUP (object);

  g_clear_object (&self->draft);
  g_free (self->source);

  G_OBJECT_CLASS (ferry_map_group_parent_class)->finalize (object);
}

static void
ferry_map_group_class_init (FerryMapGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_map_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_map_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-map-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryMapGroup, combo);
  gtk_widget_class_bind_template_child (widget_class, FerryMapGroup, entry);
}

static void
ferry_map_group_init (FerryMapGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = ferry_network_chooser_new (self->combo, self->entry);
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (on_chosen), self);
}

GtkWidget *
ferry_map_group_new (FerryDraft *draft, const char *source)
{
  FerryMapGroup *self;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);

  self = g_object_new (FERRY_TYPE_MAP_GROUP, NULL);
  self->draft = g_object_ref (draft);
  self->source = g_strdup (source);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->combo),
                                 ferry_text_source_network (source));
  ferry_map_group_refresh (self);

  return GTK_WIDGET (self);
}

void
ferry_map_group_refresh (FerryMapGroup *self)
{
  static const FerryPlanNetwork unmapped = { .kind = FERRY_NETWORK_UNMAPPED };
  Use use;
  g_autofree char *count = NULL;
  FerryPlanNetwork shown;

  g_return_if_fail (FERRY_IS_MAP_GROUP (self));

  use = find_use (self);
  count = g_strdup_printf (ngettext ("%u network adapter", "%u network adapters", use.count),
                           use.count);
  if (use.mixed)
    {
      /* Translators: network adapters that go to more than one network */
      g_autofree char *mixed = g_strdup_printf (_("%s, not all to the same network"), count);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->combo), mixed);
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->combo), count);

  /* Not while the user is typing the very name that it would set. */
  ferry_network_chooser_get (self->chooser, &shown);
  if (use.count > 0 &&
      (shown.kind != use.network->kind || g_strcmp0 (shown.name, use.network->name) != 0 ||
       adw_combo_row_get_model (self->combo) == NULL))
    ferry_network_chooser_set (self->chooser, ferry_draft_get_destination (self->draft),
                               use.mixed ? &unmapped : use.network);
  ferry_plan_network_clear (&shown);
}
