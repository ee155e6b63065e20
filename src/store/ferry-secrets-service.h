/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * FerrySecretsService:
 *
 * libsecret's service with prompts that can be given up. When libsecret 0.20 is cancelled, it dismisses
 * the prompt, on which gnome-keyring-daemon 42 dies with all that it has unlocked; and it never tells
 * anybody that a prompt was closed. Here a prompt that is given up is left to the user, who may still
 * answer it for the next time, and one that was closed is SECRET_ERROR_IS_LOCKED.
 */
#define FERRY_TYPE_SECRETS_SERVICE (ferry_secrets_service_get_type ())
G_DECLARE_FINAL_TYPE (FerrySecretsService,
                      ferry_secrets_service,
                      FERRY,
                      SECRETS_SERVICE,
                      SecretService)

G_END_DECLS
