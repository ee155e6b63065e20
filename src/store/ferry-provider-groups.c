/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider-private.h"

#include <glib/gi18n-lib.h>

/* A provider as two groups of a key file. The source's keys are the members of a plan's source, so
 * that there is one list of them. */

#define NAME_KEY "name"
#define REMEMBER_KEY "remember"
#define TESTED_KEY "tested_usec"
#define RESULT_KEY "test_result"
#define FAILED_KEY "test_failed"
#define CODE_KEY "test_code"
#define PROVIDER_MEMBER "provider"

static gboolean
fail_to_read_key (const char *group, const char *key, const GError *cause, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ in [%s] is damaged: %s."), key, group,
                     cause->message);
}

/* "verify" is the one member that is not a text. */
static gboolean
read_member (JsonObject *object, GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_str_equal (key, "verify"))
    {
      gboolean verify = g_key_file_get_boolean (file, group, key, &local_error);

      json_object_set_boolean_member (object, key, verify);
    }
  else
    {
      g_autofree char *text = g_key_file_get_string (file, group, key, &local_error);

      json_object_set_string_member (object, key, text);
    }
  if (local_error != NULL)
    return fail_to_read_key (group, key, local_error, error);

  return TRUE;
}

/* @out_unknown: (out) (nullable): the keys that no source of its kind has */
static gboolean
read_source (FerryPlanSource *source,
             GKeyFile *file,
             const char *group,
             JsonObject **out_unknown,
             GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_str_equal (keys[i], PROVIDER_MEMBER) &&
        !read_member (object, file, group, keys[i], error))
      return FALSE;
  if (!ferry_plan_source_read_json (object, source, error))
    {
      g_prefix_error (error, "[%s]: ", group);
      return FALSE;
    }
  *out_unknown = g_steal_pointer (&source->extra);

  return TRUE;
}

static void
read_test (FerryProvider *provider, GKeyFile *file, const char *group)
{
  g_autofree char *code = g_key_file_get_string (file, group, CODE_KEY, NULL);

  provider->tested_usec = MAX (0, g_key_file_get_int64 (file, group, TESTED_KEY, NULL));
  provider->test_result = g_key_file_get_string (file, group, RESULT_KEY, NULL);
  provider->test_failed = g_key_file_get_boolean (file, group, FAILED_KEY, NULL);
  provider->test_code = FERRY_ERROR_FAILED;
  ferry_error_code_from_word (code, &provider->test_code);
}

gboolean
ferry_provider_read_groups (FerryProvider *provider,
                            GKeyFile *file,
                            const FerryProviderGroups *groups,
                            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) unknown = NULL;

  provider->name = g_key_file_get_string (file, groups->provider, NAME_KEY, &local_error);
  /* An escape that there is none of gives both a text and an error. */
  if (local_error != NULL)
    return fail_to_read_key (groups->provider, NAME_KEY, local_error, error);
  if (!ferry_provider_check_name (provider->name, error) ||
      !read_source (&provider->source, file, groups->source, &unknown, error))
    return FALSE;
  provider->remember = g_key_file_get_boolean (file, groups->provider, REMEMBER_KEY, NULL);
  read_test (provider, file, groups->provider);

  return TRUE;
}

/* Of the source that was there before, which may have been one of another kind. */
static void
remove_known (GKeyFile *file, const char *group)
{
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (JsonObject) unknown = NULL;
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  ferry_plan_source_init (&source, FERRY_SOURCE_OVA);
  if (keys == NULL || !read_source (&source, file, group, &unknown, NULL))
    return;
  for (guint i = 0; keys[i] != NULL; i++)
    if (unknown == NULL || !json_object_has_member (unknown, keys[i]))
      g_key_file_remove_key (file, group, keys[i], NULL);
}

static void
write_source (const FerryPlanSource *source, GKeyFile *file, const char *group)
{
  g_autoptr (JsonObject) object = ferry_plan_source_to_json (source);
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_remove_member (object, PROVIDER_MEMBER);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node))
    {
      if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        g_key_file_set_boolean (file, group, member, json_node_get_boolean (node));
      else if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_key_file_set_string (file, group, member, json_node_get_string (node));
    }
}

static void
write_test (const FerryProvider *provider, GKeyFile *file, const char *group)
{
  static const char *const keys[] = { TESTED_KEY, RESULT_KEY, FAILED_KEY, CODE_KEY };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_key_file_remove_key (file, group, keys[i], NULL);
  if (provider->tested_usec == 0)
    return;
  g_key_file_set_int64 (file, group, TESTED_KEY, provider->tested_usec);
  if (provider->test_result != NULL)
    g_key_file_set_string (file, group, RESULT_KEY, provider->test_result);
  g_key_file_set_boolean (file, group, FAILED_KEY, provider->test_failed);
  if (provider->test_failed)
    g_key_file_set_string (file, group, CODE_KEY, ferry_error_code_to_word (provider->test_code));
}

void
ferry_provider_write_groups (const FerryProvider *provider,
                             GKeyFile *file,
                             const FerryProviderGroups *groups)
{
  g_key_file_set_string (file, groups->provider, NAME_KEY, provider->name);
  g_key_file_set_boolean (file, groups->provider, REMEMBER_KEY, provider->remember);
  write_test (provider, file, groups->provider);
  remove_known (file, groups->source);
  write_source (&provider->source, file, groups->source);
}
