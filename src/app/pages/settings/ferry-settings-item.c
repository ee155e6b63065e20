/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-settings-item.h"

#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerrySettingsItem
{
  GObject parent_instance;

  char *id; /* (owned) (nullable) */
  char *title; /* (owned) */
  char *caption; /* (owned) */
  FerrySeverity worst; /* 0: nothing was found */
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (FerrySettingsItem, ferry_settings_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_CAPTION,
  PROP_ICON_NAME,
  PROP_ICON_STYLES,
  PROP_ICON_HINT,
} Property;
static GParamSpec *properties[PROP_ICON_HINT + 1];

static gboolean
is_bad (FerrySettingsItem *self)
{
  return self->worst == FERRY_SEVERITY_BLOCKER || self->worst == FERRY_SEVERITY_WARNING;
}

static void
ferry_settings_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerrySettingsItem *self = FERRY_SETTINGS_ITEM (object);
  const char *style = is_bad (self) ? ferry_text_severity_style (self->worst) : "dim-label";

  switch ((Property) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, is_bad (self) ? ferry_text_severity_icon (self->worst)
                                               : "emblem-ok-symbolic");
      break;
    case PROP_ICON_STYLES:
      g_value_take_boxed (value, g_strdupv ((char *[]){ (char *) style, NULL }));
      break;
    case PROP_ICON_HINT:
      g_value_set_string (value,
                          is_bad (self) ? ferry_severity_get_title (self->worst) : _("Ready"));
      break;
    }
}

static void
ferry_settings_item_finalize (GObject *object)
{
  FerrySettingsItem *self = FERRY_SETTINGS_ITEM (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->caption);

  G_OBJECT_CLASS (ferry_settings_item_parent_class)->finalize (object);
}

static void
ferry_settings_item_class_init (FerrySettingsItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_settings_item_get_property;
  object_class->finalize = ferry_settings_item_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, "", flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, "", flags);
  properties[PROP_ICON_STYLES] = g_param_spec_boxed ("icon-styles", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_ICON_HINT] = g_param_spec_string ("icon-hint", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_settings_item_init (FerrySettingsItem *self)
{
}

FerrySettingsItem *
ferry_settings_item_new (const char *id)
{
  FerrySettingsItem *self = g_object_new (FERRY_TYPE_SETTINGS_ITEM, NULL);

  self->id = g_strdup (id);

  return self;
}

const char *
ferry_settings_item_get_id (FerrySettingsItem *self)
{
  g_return_val_if_fail (FERRY_IS_SETTINGS_ITEM (self), NULL);

  return self->id;
}

static char *
describe_guest (FerryDraft *draft, const FerryPlanGuest *guest, const GPtrArray *checks)
{
  g_autofree char *counts =
      checks != NULL ? ferry_checks_describe (checks, FERRY_SEVERITY_WARNING) : g_strdup ("");

  return *counts != '\0' ? g_steal_pointer (&counts) : g_strdup (ferry_text_system (guest->source));
}

static char *
describe_all (FerryDraft *draft, const GPtrArray *checks)
{
  const FerryPlan *plan = ferry_draft_get_plan (draft);
  g_autofree char *counts = ferry_checks_describe (checks, FERRY_SEVERITY_WARNING);

  if (*counts != '\0')
    return g_steal_pointer (&counts);

  /* Translators: disk format, disk allocation: the defaults */
  return g_strdup_printf (_("%s · %s"), ferry_text_format (plan->format),
                          ferry_text_allocation (plan->allocation));
}

static void
set_text (FerrySettingsItem *self, char **text, char *value, Property property)
{
  g_autofree char *taken = value;

  if (g_strcmp0 (*text, value) == 0)
    return;

  g_free (*text);
  *text = g_steal_pointer (&taken);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_worst (FerrySettingsItem *self, FerrySeverity worst)
{
  if (self->worst == worst)
    return;

  self->worst = worst;
  for (guint i = PROP_ICON_NAME; i <= PROP_ICON_HINT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Of hundreds that are refreshed few have changed: only those tell. */
void
ferry_settings_item_refresh (FerrySettingsItem *self,
                             FerryDraft *draft,
                             const FerryPlanGuest *guest)
{
  const GPtrArray *checks;

  g_return_if_fail (FERRY_IS_SETTINGS_ITEM (self));
  g_return_if_fail ((guest != NULL) == (self->id != NULL));

  checks = guest != NULL ? ferry_draft_get_guest_checks (draft, self->id)
                         : ferry_draft_get_plan_checks (draft);
  set_text (self, &self->title, g_strdup (guest != NULL ? guest->name : _("All Virtual Machines")),
            PROP_TITLE);
  set_text (self, &self->caption,
            guest != NULL ? describe_guest (draft, guest, checks) : describe_all (draft, checks),
            PROP_CAPTION);
  set_worst (self, ferry_text_worst (checks));
}

const char *
ferry_settings_item_get_title (FerrySettingsItem *self)
{
  g_return_val_if_fail (FERRY_IS_SETTINGS_ITEM (self), NULL);

  return self->title;
}

void
ferry_settings_item_set_selected (FerrySettingsItem *self, gboolean selected)
{
  g_return_if_fail (FERRY_IS_SETTINGS_ITEM (self));

  self->selected = selected;
}

gboolean
ferry_settings_item_is_selected (FerrySettingsItem *self)
{
  g_return_val_if_fail (FERRY_IS_SETTINGS_ITEM (self), FALSE);

  return self->selected;
}
