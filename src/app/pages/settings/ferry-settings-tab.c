/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-tab.h"

typedef struct
{
  FerryDraft *draft; /* (owned) (nullable) */
  char *id; /* (owned) (nullable) */
  gboolean filling;
} FerrySettingsTabPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FerrySettingsTab, ferry_settings_tab, ADW_TYPE_BIN)

static FerrySettingsTabPrivate *
get_private (FerrySettingsTab *self)
{
  return ferry_settings_tab_get_instance_private (self);
}

static void
ferry_settings_tab_dispose (GObject *object)
{
  /* Rows change once more while they go: nothing of it is the user's. */
  g_clear_pointer (&get_private (FERRY_SETTINGS_TAB (object))->id, g_free);

  G_OBJECT_CLASS (ferry_settings_tab_parent_class)->dispose (object);
}

static void
ferry_settings_tab_finalize (GObject *object)
{
  g_clear_object (&get_private (FERRY_SETTINGS_TAB (object))->draft);

  G_OBJECT_CLASS (ferry_settings_tab_parent_class)->finalize (object);
}

static void
ferry_settings_tab_class_init (FerrySettingsTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_settings_tab_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_settings_tab_finalize;
}

static void
ferry_settings_tab_init (FerrySettingsTab *self)
{
}

static FerryPlanGuest *
find_guest (FerrySettingsTabPrivate *priv)
{
  if (priv->id == NULL)
    return NULL;

  return ferry_plan_find_guest (ferry_draft_get_plan (priv->draft), priv->id);
}

void
ferry_settings_tab_show (FerrySettingsTab *self, FerryDraft *draft, const char *id)
{
  FerrySettingsTabPrivate *priv;
  FerryPlanGuest *guest;

  g_return_if_fail (FERRY_IS_SETTINGS_TAB (self));

  priv = get_private (self);
  g_set_object (&priv->draft, draft);
  g_free (priv->id);
  priv->id = g_strdup (id);
  guest = find_guest (priv);
  if (guest == NULL)
    return;

  priv->filling = TRUE;
  FERRY_SETTINGS_TAB_GET_CLASS (self)->fill (self, guest);
  priv->filling = FALSE;
  ferry_settings_tab_refresh (self);
}

void
ferry_settings_tab_refresh (FerrySettingsTab *self)
{
  FerrySettingsTabPrivate *priv;
  FerryPlanGuest *guest;

  g_return_if_fail (FERRY_IS_SETTINGS_TAB (self));

  priv = get_private (self);
  guest = find_guest (priv);
  if (guest == NULL || FERRY_SETTINGS_TAB_GET_CLASS (self)->refresh == NULL)
    return;

  priv->filling = TRUE;
  FERRY_SETTINGS_TAB_GET_CLASS (self)->refresh (self, guest);
  priv->filling = FALSE;
}

FerryDraft *
ferry_settings_tab_get_draft (FerrySettingsTab *self)
{
  g_return_val_if_fail (FERRY_IS_SETTINGS_TAB (self), NULL);

  return get_private (self)->draft;
}

const char *
ferry_settings_tab_get_id (FerrySettingsTab *self)
{
  g_return_val_if_fail (FERRY_IS_SETTINGS_TAB (self), NULL);

  return get_private (self)->id;
}

FerryPlanGuest *
ferry_settings_tab_get_guest (FerrySettingsTab *self)
{
  FerrySettingsTabPrivate *priv;

  g_return_val_if_fail (FERRY_IS_SETTINGS_TAB (self), NULL);

  priv = get_private (self);

  return priv->filling ? NULL : find_guest (priv);
}
