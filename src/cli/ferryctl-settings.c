/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-settings.h"

#include "ferry-error.h"
#include "ferry-nearest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
setting_free (FerryctlSetting *setting)
{
  g_free (setting->key);
  g_free (setting->value);
  g_free (setting);
}

GPtrArray *
ferryctl_settings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) setting_free);
}

void
ferryctl_settings_add (GPtrArray *settings, const char *key, const char *value)
{
  FerryctlSetting *setting = g_new0 (FerryctlSetting, 1);

  setting->key = g_strdup (key);
  setting->value = g_strdup (value);
  g_ptr_array_add (settings, setting);
}

static gboolean
has_key (const GPtrArray *settings, const char *key)
{
  for (guint i = 0; i < settings->len; i++)
    if (g_str_equal (((const FerryctlSetting *) g_ptr_array_index (settings, i))->key, key))
      return TRUE;

  return FALSE;
}

const char *
ferryctl_settings_find (const GPtrArray *settings, const char *key)
{
  for (guint i = 0; i < settings->len; i++)
    {
      const FerryctlSetting *setting = g_ptr_array_index (settings, i);

      if (g_str_equal (setting->key, key))
        return setting->value;
    }

  return NULL;
}

/* --- parsing --- */

/* Up to the next comma; "," of ",,". */
static char *
take_element (const char **text)
{
  GString *element = g_string_new (NULL);
  const char *p = *text;

  for (; *p != '\0'; p++)
    {
      if (*p == ',' && p[1] != ',')
        break;
      if (*p == ',')
        p++;
      g_string_append_c (element, *p);
    }
  *text = *p == ',' ? p + 1 : NULL;

  return g_string_free (element, FALSE);
}

static const FerryctlKey *
find_key (const FerryctlKey *keys, const char *name)
{
  for (; keys->key != NULL; keys++)
    if (g_str_equal (keys->key, name))
      return keys;

  return NULL;
}

static gboolean
refuse_key (const FerryctlKey *keys, const char *name, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *all = NULL;
  const char *nearest;

  for (; keys->key != NULL; keys++)
    g_strv_builder_add (builder, keys->key);
  names = g_strv_builder_end (builder);
  nearest = ferry_nearest_word (name, (const char *const *) names);
  if (nearest != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("there is no ‘%s’; did you mean ‘%s’?"), name,
                       nearest);
  all = g_strjoinv (", ", names);

  return ferry_fail (error, FERRY_ERROR_INVALID, _ ("there is no ‘%s’; there is %s."), name, all);
}

static gboolean
check_setting (const FerryctlKey *keys,
               const FerryctlSetting *setting,
               const GPtrArray *before,
               GError **error)
{
  const FerryctlKey *key = find_key (keys, setting->key);

  if (key == NULL)
    return refuse_key (keys, setting->key, error);
  if (key->is_word && setting->value != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("‘%s’ stands alone, without a value."),
                       setting->key);
  if (!key->is_word && setting->value == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("‘%s’ needs a value: write %s=VALUE."),
                       setting->key, setting->key);
  if (!key->repeats && has_key (before, setting->key))
    return ferry_fail (error, FERRY_ERROR_INVALID, _ ("‘%s’ is given twice."), setting->key);

  return TRUE;
}

GPtrArray *
ferryctl_settings_parse (const char *text, const FerryctlKey *keys, GError **error)
{
  g_autoptr (GPtrArray) settings = ferryctl_settings_new ();

  while (text != NULL)
    {
      g_autofree char *element = take_element (&text);
      char *equals = strchr (element, '=');
      FerryctlSetting setting = { element, NULL };

      if (equals != NULL)
        {
          *equals = '\0';
          setting.value = equals + 1;
        }
      if (*element == '\0')
        {
          ferry_fail (error, FERRY_ERROR_INVALID,
                      _ ("write KEY=VALUE, with a comma between two of them and two commas for one "
                         "in a value."));
          return NULL;
        }
      if (!check_setting (keys, &setting, settings, error))
        return NULL;
      ferryctl_settings_add (settings, setting.key, setting.value);
    }

  return g_steal_pointer (&settings);
}

/* A plan is XML and JSON in the end: of what is written on one line, nothing else makes sense. */
static gboolean
check_value (const FerryctlSetting *setting, GError **error)
{
  for (const char *p = setting->value; p != NULL && *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && (!g_str_equal (setting->key, "description") || *p != '\n'))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _ ("‘%s’ must not contain control characters."), setting->key);

  return TRUE;
}

gboolean
ferryctl_settings_apply (const GPtrArray *settings,
                         const FerryctlKey *keys,
                         const FerryctlPlace *place,
                         GError **error)
{
  for (guint i = 0; i < settings->len; i++)
    {
      const FerryctlSetting *setting = g_ptr_array_index (settings, i);
      const FerryctlKey *key = find_key (keys, setting->key);

      if (!check_value (setting, error) ||
          (key != NULL && !key->set (place, setting->value, error)))
        return FALSE;
    }

  return TRUE;
}

/* --- guests --- */

static gsize
get_match (const char *text, const char *name, char separator)
{
  gsize length = strlen (name);

  return g_str_has_prefix (text, name) && text[length] == separator ? length : 0;
}

static gboolean
refuse_several (const FerryPlan *plan, const char *text, gsize length, GError **error)
{
  g_autofree char *name = g_strndup (text, length);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      if (g_str_equal (guest->name, name))
        g_string_append_printf (ids, "%s‘%s’", ids->len > 0 ? ", " : "", guest->id);
    }

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _ ("several virtual machines are called ‘%s’; name one by its id: %s."), name,
                     ids->str);
}

FerryPlanGuest *
ferryctl_settings_find_guest (const FerryPlan *plan,
                              const char *text,
                              char separator,
                              const char **out_rest,
                              GError **error)
{
  FerryPlanGuest *found = NULL;
  gboolean is_several = FALSE;
  gsize longest = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);
      gsize by_id = get_match (text, guest->source->id, separator);
      gsize length = MAX (by_id, get_match (text, guest->source->name, separator));

      if (length == 0 || length < longest)
        continue;
      is_several = length == longest && by_id < length;
      if (length > longest || by_id == length)
        found = guest;
      longest = length;
    }
  if (is_several && !refuse_several (plan, text, longest, error))
    return NULL;
  if (found != NULL)
    *out_rest = text + longest + 1;

  return found;
}

gboolean
ferryctl_settings_refuse_guest (const FerryPlan *plan, const char *name, GError **error)
{
  g_autofree const char **names = g_new0 (const char *, plan->guests->len + 1);
  const char *nearest;

  for (guint i = 0; i < plan->guests->len; i++)
    names[i] = ferry_plan_get_guest (plan, i)->source->name;
  nearest = ferry_nearest_word (name, names);
  if (nearest != NULL)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _ ("no virtual machine ‘%s’ is imported; did you mean ‘%s’?"), name,
                       nearest);

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _ ("no virtual machine ‘%s’ is imported."),
                     name);
}
