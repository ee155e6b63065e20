/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-keys.h"

#include "ferry-error.h"
#include "ferryctl-access.h"
#include "ferryctl-terminal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
ferryctl_keys_add_option (char ***files, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, files,
      N_ ("File whose first line opens encrypted disks (LUKS, BitLocker): of all, or of a virtual "
          "machine, a device"),
      N_ ("[[VM][,DEVICE]=]FILE") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
is_device (const char *text)
{
  return g_str_has_prefix (text, "/dev/") || g_uuid_string_is_valid (text);
}

/* "GUEST,DEVICE", each of which may be missing, or just a device. */
static void
split_what (const char *what, char **out_guest, char **out_device)
{
  const char *comma = strrchr (what, ',');

  if (is_device (what))
    *out_device = g_strdup (what);
  else if (comma != NULL && is_device (comma + 1))
    {
      *out_device = g_strdup (comma + 1);
      *out_guest = g_strndup (what, (gsize) (comma - what));
    }
  else
    *out_guest = g_strdup (what);
}

/* By the name here or there, or its id. */
static FerryPlanGuest *
find_guest (const FerryPlan *plan, const char *word, GError **error)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (g_str_equal (guest->name, word) || g_str_equal (guest->source->name, word) ||
          g_str_equal (guest->source->id, word))
        return guest;
    }
  ferry_fail (error, FERRY_ERROR_NOT_FOUND,
              _ ("--key-file: there is no virtual machine ‘%s’ among those that are chosen."),
              word);

  return NULL;
}

static gboolean
add_key (GPtrArray *keys, const char *device, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  char *key = NULL;
  gboolean good;

  if (device != NULL && !ferry_key_device_is_valid (device))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("--key-file: ‘%s’ is not a device."), device);
  if (!ferryctl_access_read_secret (path, &key, error))
    return FALSE;
  good = ferry_key_is_valid (key);
  if (good)
    ferry_plan_add_key (keys, device, key);
  ferry_plan_source_set_password (&key, NULL);

  return good ||
         ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("What is in the first line of ‘%s’ cannot be a key: it is too long."),
                     name);
}

static gboolean
read_one (const char *given, FerryPlan *plan, GError **error)
{
  const char *equals = strchr (given, '=');
  g_autofree char *what = equals != NULL ? g_strndup (given, (gsize) (equals - given)) : NULL;
  g_autofree char *word = NULL;
  g_autofree char *device = NULL;
  FerryPlanGuest *guest = NULL;

  if (what != NULL)
    split_what (what, &word, &device);
  if (word != NULL && *word != '\0')
    {
      guest = find_guest (plan, word, error);
      if (guest == NULL)
        return FALSE;
    }

  return add_key (guest != NULL ? guest->keys : plan->keys, device,
                  equals != NULL ? equals + 1 : given, error);
}

gboolean
ferryctl_keys_read (char *const *files, FerryPlan *plan, GError **error)
{
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    if (!read_one (files[i], plan, error))
      return FALSE;

  return TRUE;
}

gboolean
ferryctl_keys_ask (const char *name, FerryPlan *plan, GError **error)
{
  g_autofree char *prompt =
      g_strdup_printf (_ ("Passphrase or recovery key for the disks of %s: "), name);
  char *key = ferryctl_terminal_read (prompt, TRUE, error);
  gboolean good;

  if (key == NULL)
    return FALSE;
  good = ferry_key_is_valid (key);
  if (good)
    ferry_plan_add_key (plan->keys, NULL, key);
  ferry_plan_source_set_password (&key, NULL);

  return good ||
         ferry_fail (error, FERRY_ERROR_AUTH, _ ("What was entered is too long for a key."));
}
