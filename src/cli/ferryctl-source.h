/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-provider.h"
#include "ferry-source.h"
#include "ferryctl-access.h"
#include "ferryctl.h"

G_BEGIN_DECLS

/* From the word SOURCE to a source that has let us in: the saved provider of that name, "vsphere://…",
 * a libvirt URI, a file. Servers are trusted before a password is asked for, or sent. */

/**
 * FerryctlSource: a source that is open
 * @plan: (owned): a plan of no guest yet; its source has the passwords
 * @source: (owned)
 * @guests: (owned) (element-type FerryGuest): all that it lists
 * @exit_code: what to exit with when opening it has failed
 */
typedef struct
{
  FerryPlan *plan;
  FerrySource *source;
  GPtrArray *guests;
  FerryctlExit exit_code;
} FerryctlSource;

/** ferryctl_source_open: @word is SOURCE; lists what is in it */
gboolean ferryctl_source_open (FerryctlSource *source,
                               const char *word,
                               const FerryctlAccess *access,
                               GError **error);
void ferryctl_source_clear (FerryctlSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryctlSource, ferryctl_source_clear)

/** ferryctl_source_parse: asks nobody and connects to nothing. FERRY_ERROR_NOT_FOUND, INVALID,
 * UNSUPPORTED */
gboolean ferryctl_source_parse (const char *word, FerryPlan *plan, GError **error);

/** FerryctlAttempt: what is done first with a source; tried again with another password where it ends
 * in FERRY_ERROR_AUTH and there is somebody to ask */
typedef gboolean (*FerryctlAttempt) (FerrySource *source, gpointer user_data, GError **error);

/**
 * ferryctl_source_enter:
 * @attempt: (scope call)
 *
 * Has the server of @plan trusted, gets the password from --password-file, the keyring or the user, and
 * leaves it in @plan. One that worked is kept in the keyring when its provider shall be remembered.
 */
gboolean ferryctl_source_enter (FerryPlan *plan,
                                const FerryctlAccess *access,
                                FerryctlAttempt attempt,
                                gpointer user_data,
                                GError **error);
/** ferryctl_source_admit: the same for a plan that is complete */
gboolean ferryctl_source_admit (FerryPlan *plan, const FerryctlAccess *access, GError **error);

/** ferryctl_source_keep_passwords: those of @source, in the keyring; tells when that is not possible */
void ferryctl_source_keep_passwords (const FerryProvider *provider, const FerryPlanSource *source);
/** ferryctl_source_forget_passwords: of @provider */
void ferryctl_source_forget_passwords (const FerryProvider *provider);
/** ferryctl_source_copy_passwords: from one provider's to another's */
void ferryctl_source_copy_passwords (const FerryProvider *from, const FerryProvider *to);
/** ferryctl_source_takes_password: whether one is of any use there */
gboolean ferryctl_source_takes_password (const FerryPlanSource *source);
/** ferryctl_source_ask_password: at the terminal; FERRY_ERROR_AUTH */
gboolean ferryctl_source_ask_password (FerryPlanSource *source, GError **error);

G_END_DECLS
