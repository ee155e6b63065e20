/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-page.h"

#include "ferry-call.h"

typedef struct
{
  FerryDraft *draft; /* (owned) */
  char *title; /* (owned) */
  gboolean complete;
  gboolean applying;
  gboolean narrow;
  GCancellable *cancellable; /* (owned) (nullable) */
} FerryPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FerryPage, ferry_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_DRAFT = 1,
  PROP_TITLE,
  PROP_COMPLETE,
  PROP_APPLYING,
  PROP_NARROW,
} Property;
static GParamSpec *properties[PROP_NARROW + 1];

enum
{
  APPLIED,
  FAILED,
  JUMP,
  REPORT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static FerryPagePrivate *
get_private (FerryPage *self)
{
  return ferry_page_get_instance_private (self);
}

static void
set_flag (FerryPage *self, gboolean *flag, gboolean value, Property property)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
ferry_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryPagePrivate *priv = get_private (FERRY_PAGE (object));

  switch ((Property) id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, priv->draft);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, priv->complete);
      break;
    case PROP_APPLYING:
      g_value_set_boolean (value, priv->applying);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;
    }
}

static void
ferry_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FerryPage *self = FERRY_PAGE (object);
  FerryPagePrivate *priv = get_private (self);

  switch ((Property) id)
    {
    case PROP_DRAFT:
      priv->draft = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      g_free (priv->title);
      priv->title = g_value_dup_string (value);
      break;
    case PROP_NARROW:
      set_flag (self, &priv->narrow, g_value_get_boolean (value), PROP_NARROW);
      break;
    case PROP_COMPLETE:
    case PROP_APPLYING:
      g_assert_not_reached ();
    }
}

static void
ferry_page_dispose (GObject *object)
{
  ferry_call_end (&get_private (FERRY_PAGE (object))->cancellable);

  G_OBJECT_CLASS (ferry_page_parent_class)->dispose (object);
}

static void
ferry_page_finalize (GObject *object)
{
  FerryPagePrivate *priv = get_private (FERRY_PAGE (object));

  g_clear_object (&priv->draft);
  g_free (priv->title);

  G_OBJECT_CLASS (ferry_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, FERRY_TYPE_DRAFT,
                                                flags | G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags | G_PARAM_READWRITE);
  properties[PROP_COMPLETE] =
      g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_APPLYING] =
      g_param_spec_boolean ("applying", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_page_class_init (FerryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_page_get_property;
  object_class->set_property = ferry_page_set_property;
  object_class->dispose = ferry_page_dispose;
  object_class->finalize = ferry_page_finalize;
  install_properties (object_class);

  signals[APPLIED] = g_signal_new ("applied", FERRY_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", FERRY_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[JUMP] = g_signal_new ("jump", FERRY_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REPORT] = g_signal_new ("report", FERRY_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
}

static void
ferry_page_init (FerryPage *self)
{
}

FerryDraft *
ferry_page_get_draft (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), NULL);

  return get_private (self)->draft;
}

const char *
ferry_page_get_title (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), NULL);

  return get_private (self)->title;
}

gboolean
ferry_page_is_complete (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);

  return get_private (self)->complete;
}

gboolean
ferry_page_is_applying (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);

  return get_private (self)->applying;
}

gboolean
ferry_page_is_narrow (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);

  return get_private (self)->narrow;
}

gboolean
ferry_page_applies (FerryPage *self)
{
  FerryPageClass *klass;

  g_return_val_if_fail (FERRY_IS_PAGE (self), FALSE);

  klass = FERRY_PAGE_GET_CLASS (self);

  return klass->applies == NULL || klass->applies (self);
}

void
ferry_page_enter (FerryPage *self)
{
  g_return_if_fail (FERRY_IS_PAGE (self));

  if (FERRY_PAGE_GET_CLASS (self)->enter != NULL)
    FERRY_PAGE_GET_CLASS (self)->enter (self);
}

void
ferry_page_apply (FerryPage *self)
{
  FerryPagePrivate *priv;

  g_return_if_fail (FERRY_IS_PAGE (self));

  priv = get_private (self);
  if (priv->applying || !priv->complete)
    return;

  ferry_call_renew (&priv->cancellable);
  set_flag (self, &priv->applying, TRUE, PROP_APPLYING);
  if (FERRY_PAGE_GET_CLASS (self)->apply != NULL)
    FERRY_PAGE_GET_CLASS (self)->apply (self);
  else
    ferry_page_finish (self, NULL);
}

void
ferry_page_cancel (FerryPage *self)
{
  FerryPagePrivate *priv;

  g_return_if_fail (FERRY_IS_PAGE (self));

  priv = get_private (self);
  ferry_call_end (&priv->cancellable);
  set_flag (self, &priv->applying, FALSE, PROP_APPLYING);
}

void
ferry_page_show_guest (FerryPage *self, const char *id)
{
  g_return_if_fail (FERRY_IS_PAGE (self));

  if (FERRY_PAGE_GET_CLASS (self)->show_guest != NULL)
    FERRY_PAGE_GET_CLASS (self)->show_guest (self, id);
}

void
ferry_page_set_complete (FerryPage *self, gboolean complete)
{
  g_return_if_fail (FERRY_IS_PAGE (self));

  set_flag (self, &get_private (self)->complete, complete, PROP_COMPLETE);
}

GCancellable *
ferry_page_get_cancellable (FerryPage *self)
{
  g_return_val_if_fail (FERRY_IS_PAGE (self), NULL);

  return get_private (self)->cancellable;
}

void
ferry_page_report (FerryPage *self, const char *text, double fraction)
{
  g_return_if_fail (FERRY_IS_PAGE (self));

  g_signal_emit (self, signals[REPORT], 0, text, fraction);
}

void
ferry_page_finish (FerryPage *self, const GError *error)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  g_return_if_fail (get_private (self)->applying);

  set_flag (self, &get_private (self)->applying, FALSE, PROP_APPLYING);
  if (error == NULL)
    g_signal_emit (self, signals[APPLIED], 0);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

void
ferry_page_complain (FerryPage *self, const GError *error)
{
  g_return_if_fail (FERRY_IS_PAGE (self));
  g_return_if_fail (error != NULL);

  g_signal_emit (self, signals[FAILED], 0, error);
}

void
ferry_page_jump (FerryPage *self, const char *page, const char *guest_id)
{
  g_return_if_fail (FERRY_IS_PAGE (self));

  g_signal_emit (self, signals[JUMP], 0, page, guest_id);
}
