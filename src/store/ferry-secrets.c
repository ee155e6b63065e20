/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-secrets.h"

#include "ferry-error.h"

#include <string.h>

G_DEFINE_INTERFACE (FerrySecrets, ferry_secrets, G_TYPE_OBJECT)

static void
ferry_secrets_default_init (FerrySecretsInterface *iface)
{
}

gboolean
ferry_secrets_look_up (FerrySecrets *self,
                       const FerrySecret *secret,
                       char **out_password,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (FERRY_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (secret->provider != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return FERRY_SECRETS_GET_IFACE (self)->look_up (self, secret, out_password, cancellable, error);
}

gboolean
ferry_secrets_keep (FerrySecrets *self,
                    const FerrySecret *secret,
                    const char *password,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (FERRY_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (secret->provider != NULL && password != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return FERRY_SECRETS_GET_IFACE (self)->keep (self, secret, password, cancellable, error);
}

gboolean
ferry_secrets_forget (FerrySecrets *self,
                      const FerrySecret *secret,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (FERRY_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (secret->provider != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return FERRY_SECRETS_GET_IFACE (self)->forget (self, secret, cancellable, error);
}

/** FerryFilling: a password that a source may lack */
typedef struct
{
  FerrySecrets *secrets;
  const FerryPlanSource *source;
  FerrySecretKind kind;
  char **password;
} FerryFilling;

static gboolean
fill_one (const FerryFilling *filling, GCancellable *cancellable, GError **error)
{
  const FerrySecret secret = { .kind = filling->kind, .provider = filling->source->provider };
  g_autofree char *password = NULL;

  if (*filling->password != NULL)
    return TRUE;
  if (!ferry_secrets_look_up (filling->secrets, &secret, &password, cancellable, error))
    return FALSE;
  if (password == NULL)
    return TRUE;
  ferry_plan_source_set_password (filling->password, password);
  explicit_bzero (password, strlen (password));

  return TRUE;
}

gboolean
ferry_secrets_fill (FerrySecrets *self,
                    FerryPlanSource *source,
                    GCancellable *cancellable,
                    GError **error)
{
  const FerryFilling password = { self, source, FERRY_SECRET_PASSWORD, &source->password };
  const FerryFilling ssh_password = { self, source, FERRY_SECRET_SSH_PASSWORD,
                                      &source->ssh_password };

  if (source->provider == NULL || source->kind == FERRY_SOURCE_OVA)
    return TRUE;
  if (!fill_one (&password, cancellable, error))
    return FALSE;
  if (source->kind != FERRY_SOURCE_VSPHERE || source->transport != FERRY_TRANSPORT_SSH)
    return TRUE;

  return fill_one (&ssh_password, cancellable, error);
}
