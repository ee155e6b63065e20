/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-choice.h"

struct _FerryChoice
{
  GObject parent_instance;

  int kind;
  char *name; /* (owned) (nullable) */
  char *title; /* (owned) */
  char *detail; /* (owned) (nullable) */
  gboolean enabled;
};

G_DEFINE_FINAL_TYPE (FerryChoice, ferry_choice, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_DETAIL,
  PROP_ENABLED,
} Property;
static GParamSpec *properties[PROP_ENABLED + 1];

static void
ferry_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryChoice *self = FERRY_CHOICE (object);

  switch ((Property) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    }
}

static void
ferry_choice_finalize (GObject *object)
{
  FerryChoice *self = FERRY_CHOICE (object);

  g_free (self->name);
  g_free (self->title);
  g_free (self->detail);

  G_OBJECT_CLASS (ferry_choice_parent_class)->finalize (object);
}

static void
ferry_choice_class_init (FerryChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_choice_get_property;
  object_class->finalize = ferry_choice_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_choice_init (FerryChoice *self)
{
  self->enabled = TRUE;
}

FerryChoice *
ferry_choice_new (int kind, const char *name, const char *title)
{
  FerryChoice *self = g_object_new (FERRY_TYPE_CHOICE, NULL);

  self->kind = kind;
  self->name = g_strdup (name);
  self->title = g_strdup (title);

  return self;
}

void
ferry_choice_set_detail (FerryChoice *self, const char *detail, gboolean enabled)
{
  g_return_if_fail (FERRY_IS_CHOICE (self));

  g_free (self->detail);
  self->detail = g_strdup (detail);
  self->enabled = enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

int
ferry_choice_get_kind (FerryChoice *self)
{
  g_return_val_if_fail (FERRY_IS_CHOICE (self), 0);

  return self->kind;
}

const char *
ferry_choice_get_name (FerryChoice *self)
{
  g_return_val_if_fail (FERRY_IS_CHOICE (self), NULL);

  return self->name;
}

gboolean
ferry_choice_is_enabled (FerryChoice *self)
{
  g_return_val_if_fail (FERRY_IS_CHOICE (self), FALSE);

  return self->enabled;
}

FerryChoice *
ferry_choice_list_append (GListStore *list, int kind, const char *name, const char *title)
{
  g_autoptr (FerryChoice) choice = ferry_choice_new (kind, name, title);

  g_list_store_append (list, choice);

  return choice;
}

guint
ferry_choice_list_find (GListModel *list, int kind, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (FerryChoice) choice = g_list_model_get_item (list, i);

      if (choice->kind == kind && g_strcmp0 (choice->name, name) == 0)
        return i;
    }

  return G_MAXUINT;
}
