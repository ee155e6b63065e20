/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-error.h"

/* The words of plan, journal and D-Bus error names: once published they do not change. */
static const char *const words[] = {
  [FERRY_ERROR_FAILED] = "Failed",
  [FERRY_ERROR_INVALID] = "Invalid",
  [FERRY_ERROR_NOT_FOUND] = "NotFound",
  [FERRY_ERROR_EXISTS] = "Exists",
  [FERRY_ERROR_NO_SPACE] = "NoSpace",
  [FERRY_ERROR_PERMISSION] = "Permission",
  [FERRY_ERROR_UNSUPPORTED] = "Unsupported",
  [FERRY_ERROR_MISSING_TOOL] = "MissingTool",
  [FERRY_ERROR_CONVERSION] = "Conversion",
  [FERRY_ERROR_CONNECTION] = "Connection",
  [FERRY_ERROR_AUTH] = "Auth",
  [FERRY_ERROR_CERTIFICATE] = "Certificate",
  [FERRY_ERROR_KEY] = "Key",
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == FERRY_N_ERRORS);

G_DEFINE_QUARK (ferry-error-quark, ferry_error)

/**
 * ferry_fail:
 * @error: (out) (optional): where the error goes
 * @code: the kind of failure
 * @format: one whole sentence for the user, saying what to do where that is known
 *
 * Returns: always %FALSE, for `return ferry_fail (…)`
 */
gboolean
ferry_fail (GError **error, FerryError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (FERRY_ERROR, (int) code, format, args);
  va_end (args);

  return FALSE;
}

/** ferry_error_code_to_word: the stable name of @code, as in "NoSpace" */
const char *
ferry_error_code_to_word (FerryError code)
{
  g_return_val_if_fail (code < FERRY_N_ERRORS, words[FERRY_ERROR_FAILED]);

  return words[code];
}

/** ferry_error_code_from_word: the way back; %FALSE for a word that a newer Ferry wrote */
gboolean
ferry_error_code_from_word (const char *word, FerryError *out_code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *out_code = (FerryError) i;
        return TRUE;
      }

  return FALSE;
}
