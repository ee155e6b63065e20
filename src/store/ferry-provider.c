/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider-private.h"

#include "ferry-config-file.h"
#include "ferry-nearest.h"
#include "ferry-paths.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER "providers"
#define SUFFIX ".ini"
#define MAX_NAME_BYTES 120

static const FerryProviderGroups groups = { "Provider", "Source" };

static FerryProvider *
provider_new_empty (const char *id)
{
  FerryProvider *provider = g_new0 (FerryProvider, 1);

  provider->id = g_ascii_strdown (id, -1);
  ferry_plan_source_init (&provider->source, FERRY_SOURCE_OVA);

  return provider;
}

static void
set_source (FerryProvider *provider, const FerryPlanSource *source)
{
  ferry_plan_source_copy (source, &provider->source);
  ferry_plan_source_set (&provider->source.provider, provider->id);
}

FerryProvider *
ferry_provider_new (const char *name, const FerryPlanSource *source)
{
  g_autofree char *id = g_uuid_string_random ();
  FerryProvider *provider = provider_new_empty (id);

  provider->name = g_strdup (name);
  set_source (provider, source);

  return provider;
}

FerryProvider *
ferry_provider_copy (const FerryProvider *provider)
{
  FerryProvider *copy = provider_new_empty (provider->id);

  copy->name = g_strdup (provider->name);
  set_source (copy, &provider->source);
  copy->remember = provider->remember;
  copy->tested_usec = provider->tested_usec;
  copy->test_result = g_strdup (provider->test_result);
  copy->test_failed = provider->test_failed;
  copy->test_code = provider->test_code;

  return copy;
}

void
ferry_provider_free (FerryProvider *provider)
{
  if (provider == NULL)
    return;
  ferry_plan_source_clear (&provider->source);
  g_free (provider->id);
  g_free (provider->name);
  g_free (provider->test_result);
  g_free (provider);
}

gboolean
ferry_provider_check_name (const char *name, GError **error)
{
  g_autofree char *stripped = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The provider’s name is not UTF-8. Choose another one."));
  stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The provider needs a name."));
  if (strlen (name) > MAX_NAME_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The provider’s name is longer than %d bytes. Choose a shorter one."),
                       MAX_NAME_BYTES);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("The provider’s name has a control character in it. "
                            "Choose another one."));

  return TRUE;
}

char *
ferry_provider_fold_name (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : name, -1);
}

static gboolean
name_is_same (const char *a, const char *b)
{
  g_autofree char *folded_a = ferry_provider_fold_name (a);
  g_autofree char *folded_b = ferry_provider_fold_name (b);

  return g_str_equal (folded_a, folded_b);
}

/* An id that is no uuid could be the path of any file. */
static char *
dup_path (const char *id, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *file = NULL;

  if (!g_uuid_string_is_valid (id))
    {
      ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("There is no such provider."));
      return NULL;
    }
  folder = ferry_paths_dup_config_folder (FOLDER, error);
  lower = g_ascii_strdown (id, -1);
  file = g_strconcat (lower, SUFFIX, NULL);

  return folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
}

static FerryProvider *
load_path (const char *id, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = ferry_config_file_load (path, FERRY_PROVIDER_VERSION, error);
  g_autoptr (FerryProvider) provider = provider_new_empty (id);

  if (file == NULL)
    return NULL;
  if (!ferry_provider_read_groups (provider, file, &groups, error))
    {
      g_prefix_error (error, _("‘%s’ is damaged: "), path);
      return NULL;
    }
  ferry_plan_source_set (&provider->source.provider, provider->id);

  return g_steal_pointer (&provider);
}

FerryProvider *
ferry_provider_load (const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = dup_path (id, error);
  FerryProvider *provider = NULL;

  if (path == NULL)
    return NULL;
  provider = load_path (id, path, &local_error);
  if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("There is no such provider."));
  else if (provider == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return provider;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const FerryProvider *first = *(FerryProvider *const *) a;
  const FerryProvider *second = *(FerryProvider *const *) b;
  g_autofree char *folded_first = ferry_provider_fold_name (first->name);
  g_autofree char *folded_second = ferry_provider_fold_name (second->name);
  int order = g_utf8_collate (folded_first, folded_second);

  return order != 0 ? order : strcmp (first->id, second->id);
}

/* NULL: a file that is none of ours. */
static char *
dup_id_of_file (const char *name)
{
  g_autofree char *id = NULL;

  if (!g_str_has_suffix (name, SUFFIX))
    return NULL;
  id = g_strndup (name, strlen (name) - strlen (SUFFIX));

  return g_uuid_string_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

GPtrArray *
ferry_provider_list (guint *out_damaged, GError **error)
{
  g_autoptr (GPtrArray) providers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_provider_free);
  g_autofree char *folder = ferry_paths_dup_config_folder (FOLDER, error);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint damaged = 0;

  if (folder == NULL)
    return NULL;
  if (dir == NULL)
    {
      ferry_fail (error, FERRY_ERROR_PERMISSION,
                  _("The folder ‘%s’ cannot be read. Check who owns it."), folder);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = dup_id_of_file (name);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      FerryProvider *provider = id != NULL ? load_path (id, path, NULL) : NULL;

      if (provider != NULL)
        g_ptr_array_add (providers, provider);
      else if (id != NULL)
        damaged++;
    }
  g_ptr_array_sort (providers, compare_names);
  if (out_damaged != NULL)
    *out_damaged = damaged;

  return g_steal_pointer (&providers);
}

static const FerryProvider *
find_in (const GPtrArray *providers, const char *name)
{
  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (providers, i);

      if (name_is_same (provider->name, name))
        return provider;
    }
  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *provider = g_ptr_array_index (providers, i);

      if (g_ascii_strcasecmp (provider->id, name) == 0)
        return provider;
    }

  return NULL;
}

static gboolean
refuse_unknown (const GPtrArray *providers, const char *name, GError **error)
{
  g_autofree const char **names = g_new0 (const char *, providers->len + 1);
  const char *nearest;

  for (guint i = 0; i < providers->len; i++)
    names[i] = ((const FerryProvider *) g_ptr_array_index (providers, i))->name;
  nearest = ferry_nearest_word (name, names);
  if (nearest != NULL)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _("There is no provider ‘%s’; did you mean ‘%s’?"), name, nearest);

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("There is no provider ‘%s’."), name);
}

FerryProvider *
ferry_provider_find (const char *name, GError **error)
{
  g_autoptr (GPtrArray) providers = ferry_provider_list (NULL, error);
  g_autofree char *readable = g_utf8_make_valid (name, -1);
  const FerryProvider *found;

  if (providers == NULL)
    return NULL;
  found = find_in (providers, readable);
  if (found == NULL)
    refuse_unknown (providers, readable, error);

  return found != NULL ? ferry_provider_copy (found) : NULL;
}

static gboolean
check_name_is_free (const FerryProvider *provider, GError **error)
{
  g_autoptr (GPtrArray) providers = ferry_provider_list (NULL, error);

  if (providers == NULL)
    return FALSE;
  for (guint i = 0; i < providers->len; i++)
    {
      const FerryProvider *other = g_ptr_array_index (providers, i);

      if (g_ascii_strcasecmp (other->id, provider->id) != 0 &&
          name_is_same (other->name, provider->name))
        return ferry_fail (error, FERRY_ERROR_EXISTS,
                           _("There is a provider ‘%s’ already. Choose another name."),
                           other->name);
    }

  return TRUE;
}

/* The file as it is, for the sake of what is not known here; a damaged one is set aside first. */
static GKeyFile *
load_for_change (const char *id, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FerryProvider) before = load_path (id, path, &local_error);

  if (before != NULL)
    return ferry_config_file_load (path, FERRY_PROVIDER_VERSION, error);
  if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND) ||
      (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_INVALID) &&
       ferry_config_file_set_aside (path, NULL)))
    return g_key_file_new ();
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

gboolean
ferry_provider_save (const FerryProvider *provider, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GKeyFile) file = NULL;

  if (!ferry_provider_check_name (provider->name, error) || !check_name_is_free (provider, error))
    return FALSE;
  path = dup_path (provider->id, error);
  file = path != NULL ? load_for_change (provider->id, path, error) : NULL;
  if (file == NULL)
    return FALSE;
  ferry_provider_write_groups (provider, file, &groups);

  return ferry_config_file_save (file, path, FERRY_PROVIDER_VERSION, error);
}

gboolean
ferry_provider_remove (const char *id, GError **error)
{
  g_autofree char *path = dup_path (id, error);

  if (path == NULL)
    return FALSE;
  if (g_unlink (path) == 0)
    return TRUE;
  if (errno == ENOENT)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("There is no such provider."));

  return ferry_fail (error, errno == EACCES ? FERRY_ERROR_PERMISSION : FERRY_ERROR_FAILED,
                     _("‘%s’ cannot be removed: %s."), path, g_strerror (errno));
}
