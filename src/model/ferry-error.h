/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryError:
 * @FERRY_ERROR_FAILED: anything nobody reacts to in a special way
 * @FERRY_ERROR_INVALID: a file, plan or value is not what it should be; the user must mend it
 * @FERRY_ERROR_NOT_FOUND: something named does not exist
 * @FERRY_ERROR_EXISTS: a name is taken
 * @FERRY_ERROR_NO_SPACE: a disk is full or too small
 * @FERRY_ERROR_PERMISSION: the user who runs it may not do it
 * @FERRY_ERROR_UNSUPPORTED: valid, but beyond Ferry, virt-v2v or the destination
 * @FERRY_ERROR_MISSING_TOOL: a program or package is not installed
 * @FERRY_ERROR_CONVERSION: virt-v2v failed; its own words are in the import's details
 * @FERRY_ERROR_CONNECTION: a server or service did not answer
 * @FERRY_ERROR_AUTH: a name or password was refused
 * @FERRY_ERROR_CERTIFICATE: a server is not the one that is trusted
 * @FERRY_ERROR_KEY: a disk inside a guest is encrypted, and no key that was given opens it
 *
 * A code exists only where someone reacts to it in a way of its own. Cancellation is never one of
 * them: it stays %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  FERRY_ERROR_FAILED,
  FERRY_ERROR_INVALID,
  FERRY_ERROR_NOT_FOUND,
  FERRY_ERROR_EXISTS,
  FERRY_ERROR_NO_SPACE,
  FERRY_ERROR_PERMISSION,
  FERRY_ERROR_UNSUPPORTED,
  FERRY_ERROR_MISSING_TOOL,
  FERRY_ERROR_CONVERSION,
  FERRY_ERROR_CONNECTION,
  FERRY_ERROR_AUTH,
  FERRY_ERROR_CERTIFICATE,
  FERRY_ERROR_KEY,
  FERRY_N_ERRORS,
} FerryError;

#define FERRY_ERROR (ferry_error_quark ())
GQuark ferry_error_quark (void);

gboolean ferry_fail (GError **error, FerryError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
const char *ferry_error_code_to_word (FerryError code);
gboolean ferry_error_code_from_word (const char *word, FerryError *out_code);

G_END_DECLS
