/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/**
 * FerryctlAccess: what the options of a command say of its source
 * @verify: only where it can have been no_verify before; there is no option for it here
 * @password_file: @ssh_password_file: (owned) (nullable): "-": standard input
 * @trust: (owned) (nullable): fingerprints that are accepted without asking
 */
typedef struct
{
  char *user;
  char *datacenter;
  char *cluster;
  char *esx;
  char *transport;
  char *vddk_dir;
  char *ssh_user;
  gboolean verify;
  gboolean no_verify;
  char *password_file;
  char *ssh_password_file;
  char **trust;
} FerryctlAccess;

void ferryctl_access_clear (FerryctlAccess *access);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryctlAccess, ferryctl_access_clear)

/** ferryctl_access_add_fields: options that describe a source; filled when @context parses */
void ferryctl_access_add_fields (FerryctlAccess *access, GOptionContext *context);
/** ferryctl_access_add_passwords: --password-file, --ssh-password-file */
void ferryctl_access_add_passwords (FerryctlAccess *access, GOptionContext *context);
/** ferryctl_access_add_trust: --trust */
void ferryctl_access_add_trust (FerryctlAccess *access, GOptionContext *context);
/** ferryctl_access_add_options: all of them */
void ferryctl_access_add_options (FerryctlAccess *access, GOptionContext *context);

/** ferryctl_access_has_fields: whether an option that describes a source was given */
gboolean ferryctl_access_has_fields (const FerryctlAccess *access);
/** ferryctl_access_apply_fields: to @source; FERRY_ERROR_INVALID: not for a source of its kind */
gboolean ferryctl_access_apply_fields (const FerryctlAccess *access,
                                       FerryPlanSource *source,
                                       GError **error);
/** ferryctl_access_read_passwords: those from files, into @source; FERRY_ERROR_INVALID, NOT_FOUND,
 * FAILED */
gboolean ferryctl_access_read_passwords (const FerryctlAccess *access,
                                         FerryPlanSource *source,
                                         GError **error);

/** ferryctl_access_read_secret: the first line of the file @path, or of standard input when it is "-" */
gboolean ferryctl_access_read_secret (const char *path, char **password, GError **error);

G_END_DECLS
