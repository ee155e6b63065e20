/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider-item.h"

struct _FerryProviderItem
{
  GObject parent_instance;

  FerryProvider *provider; /* (owned) */
  FerryConnector *connector; /* (owned) */
};

G_DEFINE_FINAL_TYPE (FerryProviderItem, ferry_provider_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ASKING,
  TESTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
take_result (FerryProviderItem *self, const GError *error)
{
  FerryProvider *provider = self->provider;
  const char *text = error != NULL ? error->message : ferry_connector_get_text (self->connector);

  g_free (provider->test_result);
  provider->test_result = g_strdup (text);
  provider->test_failed = error != NULL;
  provider->test_code =
      error != NULL && error->domain == FERRY_ERROR ? (FerryError) error->code : FERRY_ERROR_FAILED;
  provider->tested_usec = g_get_real_time ();
  g_signal_emit (self, signals[TESTED], 0);
}

static void
on_connector_changed (FerryProviderItem *self)
{
  switch (ferry_connector_get_state (self->connector))
    {
    case FERRY_CONNECTOR_ASKING:
      g_signal_emit (self, signals[ASKING], 0);
      break;
    case FERRY_CONNECTOR_DONE:
    case FERRY_CONNECTOR_FAILED:
      /* Without a password, nothing was tested. */
      if (!ferry_connector_lacks_password (self->connector))
        take_result (self, ferry_connector_get_error (self->connector));
      break;
    case FERRY_CONNECTOR_IDLE:
    case FERRY_CONNECTOR_LOOKING:
    case FERRY_CONNECTOR_UNLOCKING:
    case FERRY_CONNECTOR_CONNECTING:
      break;
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ferry_provider_item_dispose (GObject *object)
{
  FerryProviderItem *self = FERRY_PROVIDER_ITEM (object);

  if (self->connector != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connector, self);
      ferry_connector_stop (self->connector);
    }
  g_clear_object (&self->connector);

  G_OBJECT_CLASS (ferry_provider_item_parent_class)->dispose (object);
}

static void
ferry_provider_item_finalize (GObject *object)
{
  ferry_provider_free (FERRY_PROVIDER_ITEM (object)->provider);

  G_OBJECT_CLASS (ferry_provider_item_parent_class)->finalize (object);
}

static void
ferry_provider_item_class_init (FerryProviderItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_provider_item_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_provider_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_PROVIDER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ASKING] = g_signal_new ("asking", FERRY_TYPE_PROVIDER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[TESTED] = g_signal_new ("tested", FERRY_TYPE_PROVIDER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
ferry_provider_item_init (FerryProviderItem *self)
{
}

FerryProviderItem *
ferry_provider_item_new (const FerryBackend *backend, FerryProvider *provider)
{
  FerryProviderItem *self;

  g_return_val_if_fail (backend != NULL && provider != NULL, NULL);

  self = g_object_new (FERRY_TYPE_PROVIDER_ITEM, NULL);
  self->provider = provider;
  self->connector = ferry_connector_new (backend);
  g_signal_connect_swapped (self->connector, "changed", G_CALLBACK (on_connector_changed), self);

  return self;
}

const FerryProvider *
ferry_provider_item_get_provider (FerryProviderItem *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDER_ITEM (self), NULL);

  return self->provider;
}

void
ferry_provider_item_set_provider (FerryProviderItem *self, const FerryProvider *provider)
{
  FerryProvider *copy;

  g_return_if_fail (FERRY_IS_PROVIDER_ITEM (self));
  g_return_if_fail (provider != NULL);

  copy = ferry_provider_copy (provider);
  ferry_provider_free (self->provider);
  self->provider = copy;
  ferry_connector_stop (self->connector);
  g_signal_emit (self, signals[CHANGED], 0);
}

FerryKind
ferry_provider_item_get_kind (FerryProviderItem *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDER_ITEM (self), FERRY_KIND_OVA);

  return ferry_kind_of_source (&self->provider->source);
}

void
ferry_provider_item_test (FerryProviderItem *self)
{
  g_return_if_fail (FERRY_IS_PROVIDER_ITEM (self));

  ferry_connector_start (self->connector, &self->provider->source, FERRY_AIM_TEST);
}

void
ferry_provider_item_stop (FerryProviderItem *self)
{
  g_return_if_fail (FERRY_IS_PROVIDER_ITEM (self));

  ferry_connector_stop (self->connector);
}

gboolean
ferry_provider_item_is_testing (FerryProviderItem *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDER_ITEM (self), FALSE);

  return ferry_connector_is_busy (self->connector);
}

FerryConnector *
ferry_provider_item_get_connector (FerryProviderItem *self)
{
  g_return_val_if_fail (FERRY_IS_PROVIDER_ITEM (self), NULL);

  return self->connector;
}
