/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-client.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-libvirt-call.h"

#include <glib/gi18n-lib.h>

/* --- domains --- */

char *
ferry_libvirt_read_domain (const char *uri,
                           const char *name,
                           GCancellable *cancellable,
                           GError **error)
{
  FerryLibvirtRequest request = { .request = "read-domain", .uri = uri, .name = name };
  g_autoptr (GPtrArray) lines = ferry_libvirt_call (&request, cancellable, error);
  JsonObject *line = lines != NULL ? ferry_libvirt_find_item (lines, "domain", error) : NULL;
  g_autofree char *xml = NULL;

  if (line == NULL || !ferry_json_get_string (line, "xml", &xml, error))
    return NULL;
  if (xml == NULL)
    ferry_fail (error, FERRY_ERROR_FAILED,
                _("Ferry’s helper for libvirt gave no description of ‘%s’."), name);

  return g_steal_pointer (&xml);
}

gboolean
ferry_libvirt_define_domain (const char *uri,
                             const char *xml,
                             GCancellable *cancellable,
                             GError **error)
{
  FerryLibvirtRequest request = { .request = "define-domain", .uri = uri, .xml = xml };

  return ferry_libvirt_call_simply (&request, cancellable, error);
}

gboolean
ferry_libvirt_start_domain (const char *uri,
                            const char *name,
                            GCancellable *cancellable,
                            GError **error)
{
  FerryLibvirtRequest request = {
    .request = "start-domain", .uri = uri, .name = name, .is_slow = TRUE
  };

  return ferry_libvirt_call_simply (&request, cancellable, error);
}

gboolean
ferry_libvirt_undefine_domain (const char *uri, const char *name, GError **error)
{
  FerryLibvirtRequest request = {
    .request = "undefine-domain", .uri = uri, .name = name, .is_slow = TRUE
  };

  return ferry_libvirt_call_simply (&request, NULL, error);
}

/* --- what is there --- */

/* What @member is in the lines about @arch (nullable). */
static char **
list_members (const FerryLibvirtRequest *request,
              const char *member,
              const char *arch,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GPtrArray) lines = ferry_libvirt_call (request, cancellable, error);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  if (lines == NULL)
    return NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);
      g_autofree char *value = NULL;
      g_autofree char *of = NULL;

      if (!ferry_json_get_string (line, member, &value, error) ||
          !ferry_json_get_string (line, "arch", &of, error))
        return NULL;
      if (value != NULL && g_strcmp0 (arch, of) == 0)
        g_strv_builder_add (values, value);
    }

  return g_strv_builder_end (values);
}

char **
ferry_libvirt_list_uuids (const char *uri, GCancellable *cancellable, GError **error)
{
  FerryLibvirtRequest request = { .request = "list-domains", .uri = uri };

  return list_members (&request, "uuid", NULL, cancellable, error);
}

char **
ferry_libvirt_list_machines (const char *uri,
                             const char *arch,
                             GCancellable *cancellable,
                             GError **error)
{
  FerryLibvirtRequest request = { .request = "list-machines", .uri = uri };

  return list_members (&request, "name", arch, cancellable, error);
}

/* --- pools and volumes --- */

gboolean
ferry_libvirt_refresh_pool (const char *uri,
                            const char *pool,
                            GCancellable *cancellable,
                            GError **error)
{
  FerryLibvirtRequest request = {
    .request = "refresh-pool", .uri = uri, .pool = pool, .is_slow = TRUE
  };

  return ferry_libvirt_call_simply (&request, cancellable, error);
}

char **
ferry_libvirt_list_volumes (const char *uri,
                            const char *pool,
                            GCancellable *cancellable,
                            GError **error)
{
  FerryLibvirtRequest request = {
    .request = "list-volumes", .uri = uri, .pool = pool, .is_slow = TRUE
  };
  g_autoptr (GPtrArray) lines = ferry_libvirt_call (&request, cancellable, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (lines == NULL)
    return NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *name = NULL;

      if (!ferry_json_get_string (g_ptr_array_index (lines, i), "name", &name, error))
        return NULL;
      if (name != NULL)
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

FerryVolume *
ferry_libvirt_get_volume (const char *uri,
                          const char *pool,
                          const char *volume,
                          GCancellable *cancellable,
                          GError **error)
{
  FerryLibvirtRequest request = {
    .request = "get-volume", .uri = uri, .pool = pool, .name = volume
  };
  g_autoptr (GPtrArray) lines = ferry_libvirt_call (&request, cancellable, error);
  JsonObject *line = lines != NULL ? ferry_libvirt_find_item (lines, "volume", error) : NULL;
  g_autoptr (FerryVolume) found = g_new0 (FerryVolume, 1);

  if (line == NULL || !ferry_json_get_string (line, "path", &found->path, error) ||
      !ferry_json_get_uint64 (line, "capacity", &found->capacity_bytes, error))
    return NULL;

  return g_steal_pointer (&found);
}

gboolean
ferry_libvirt_delete_volume (const char *uri, const char *pool, const char *volume, GError **error)
{
  FerryLibvirtRequest request = {
    .request = "delete-volume", .uri = uri, .pool = pool, .name = volume, .is_slow = TRUE
  };

  return ferry_libvirt_call_simply (&request, NULL, error);
}

void
ferry_volume_free (FerryVolume *volume)
{
  g_free (volume->path);
  g_free (volume);
}
