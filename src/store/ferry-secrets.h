/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/**
 * FerrySecrets:
 *
 * Passwords of providers, by their uuid. All functions block, are cancellable and are called from
 * one thread at a time.
 *
 * Errors of all: FERRY_ERROR_MISSING_TOOL (there is no keyring in this session), PERMISSION (it is
 * locked, and was not unlocked), FAILED
 */
#define FERRY_TYPE_SECRETS (ferry_secrets_get_type ())
G_DECLARE_INTERFACE (FerrySecrets, ferry_secrets, FERRY, SECRETS, GObject)

/* Which of a provider's passwords. */
typedef enum
{
  FERRY_SECRET_PASSWORD = 1,
  FERRY_SECRET_SSH_PASSWORD,
} FerrySecretKind;

/** FerrySecret: @provider: uuid; @label: (nullable): for people who look into their keyring */
typedef struct
{
  FerrySecretKind kind;
  const char *provider;
  const char *label;
} FerrySecret;

struct _FerrySecretsInterface
{
  GTypeInterface parent;

  gboolean (*look_up) (FerrySecrets *self,
                       const FerrySecret *secret,
                       char **out_password,
                       GCancellable *cancellable,
                       GError **error);
  gboolean (*keep) (FerrySecrets *self,
                    const FerrySecret *secret,
                    const char *password,
                    GCancellable *cancellable,
                    GError **error);
  gboolean (*forget) (FerrySecrets *self,
                      const FerrySecret *secret,
                      GCancellable *cancellable,
                      GError **error);
};

/** ferry_secrets_look_up: @out_password: (out) (nullable): NULL: there is none, which is no error */
gboolean ferry_secrets_look_up (FerrySecrets *self,
                                const FerrySecret *secret,
                                char **out_password,
                                GCancellable *cancellable,
                                GError **error);
gboolean ferry_secrets_keep (FerrySecrets *self,
                             const FerrySecret *secret,
                             const char *password,
                             GCancellable *cancellable,
                             GError **error);
/** ferry_secrets_forget: also when there is none */
gboolean ferry_secrets_forget (FerrySecrets *self,
                               const FerrySecret *secret,
                               GCancellable *cancellable,
                               GError **error);

/** ferry_secrets_fill: sets those passwords of @source that are not set, from its provider's; a
 * source without a provider, and passwords that were not kept, are left as they are */
gboolean ferry_secrets_fill (FerrySecrets *self,
                             FerryPlanSource *source,
                             GCancellable *cancellable,
                             GError **error);

/** ferry_secrets_keyring_new: the Secret Service of the session */
FerrySecrets *ferry_secrets_keyring_new (void);
/** ferry_secrets_memory_new: forgotten with the object; for tests, and where there is no keyring */
FerrySecrets *ferry_secrets_memory_new (void);

G_END_DECLS
