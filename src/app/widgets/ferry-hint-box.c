/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-hint-box.h"

struct _FerryHintBox
{
  GtkBox parent_instance;

  char *hint; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (FerryHintBox, ferry_hint_box, GTK_TYPE_BOX)

typedef enum
{
  PROP_HINT = 1,
} Property;
static GParamSpec *properties[PROP_HINT + 1];

static gboolean
ferry_hint_box_query_tooltip (GtkWidget *widget,
                              int x,
                              int y,
                              gboolean by_keyboard,
                              GtkTooltip *tooltip)
{
  FerryHintBox *self = FERRY_HINT_BOX (widget);

  if (self->hint == NULL || *self->hint == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->hint);

  return TRUE;
}

static void
ferry_hint_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_HINT:
      g_value_set_string (value, FERRY_HINT_BOX (object)->hint);
      break;
    }
}

static void
ferry_hint_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryHintBox *self = FERRY_HINT_BOX (object);

  switch ((Property) id)
    {
    case PROP_HINT:
      g_free (self->hint);
      self->hint = g_value_dup_string (value);
      break;
    }
}

static void
ferry_hint_box_finalize (GObject *object)
{
  g_free (FERRY_HINT_BOX (object)->hint);

  G_OBJECT_CLASS (ferry_hint_box_parent_class)->finalize (object);
}

static void
ferry_hint_box_class_init (FerryHintBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_hint_box_get_property;
  object_class->set_property = ferry_hint_box_set_property;
  object_class->finalize = ferry_hint_box_finalize;
  GTK_WIDGET_CLASS (klass)->query_tooltip = ferry_hint_box_query_tooltip;

  properties[PROP_HINT] =
      g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_hint_box_init (FerryHintBox *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}
