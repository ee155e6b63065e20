/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-endpoint.h"

#include "ferry-error.h"
#include "ferry-source-libvirt.h"
#include "ferry-source-ova.h"
#include "ferry-source-rules.h"
#include "ferry-source-vsphere.h"
#include "ferry-target-folder.h"
#include "ferry-target-libvirt.h"
#include "ferry-vsphere-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* NULL: no path of this computer, or one that a plan, which is UTF-8, cannot name. */
static char *
make_absolute (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *absolute = g_file_get_path (file);

  return absolute != NULL && g_utf8_validate (absolute, -1, NULL) ? g_steal_pointer (&absolute)
                                                                  : NULL;
}

/* For messages: whatever bytes the path has. */
static char *
make_readable (const char *path)
{
  return g_utf8_make_valid (path, -1);
}

/* libvirt's all have “://” after a word; so has a path of GIO, which is for files. */
static gboolean
is_libvirt_uri (const char *text)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);

  return scheme != NULL && strstr (text, "://") == text + strlen (scheme) &&
         !g_str_equal (scheme, "file");
}

static gboolean
check_source (const FerryPlanSource *source, GError **error)
{
  g_autofree char *problem = ferry_source_check (source);

  return problem == NULL || ferry_fail (error, FERRY_ERROR_INVALID, "%s", problem);
}

static gboolean
parse_libvirt_source (const char *uri, FerryPlan *plan, GError **error)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_LIBVIRT);

  ferry_plan_source_set (&source->uri, uri);
  if (!check_source (source, error) || !ferry_source_libvirt_take_uri (source, uri, error))
    return FALSE;
  ferry_plan_set_source (plan, source);

  return TRUE;
}

/* Who the user is may still be asked for. */
static gboolean
parse_vsphere_source (const char *uri, FerryPlan *plan, GError **error)
{
  g_autoptr (FerryPlanSource) source = ferry_vsphere_parse_uri (uri, error);

  if (source == NULL)
    return FALSE;
  ferry_plan_set_source (plan, source);

  return TRUE;
}

gboolean
ferry_endpoint_parse_source (const char *text, FerryPlan *plan, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *readable = make_readable (text);

  if (*text == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The source is empty. Give an OVA file, a folder with OVA files in it, "
                         "vsphere://HOST or a libvirt URI."));

  if (ferry_vsphere_is_uri (text))
    return parse_vsphere_source (text, plan, error);
  if (is_libvirt_uri (text))
    return parse_libvirt_source (text, plan, error);

  path = make_absolute (text);
  if (path == NULL)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ is not a file or folder on this computer whose name is UTF-8. "
                         "Give an OVA file, or a folder with OVA files in it."),
                       readable);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _("There is no file or folder ‘%s’. Check the name for typing errors."), path);

  ferry_plan_set_ova_source (plan, path);

  return TRUE;
}

static gboolean
parse_folder (const char *text, FerryPlan *plan, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *readable = make_readable (text);

  if (*text == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The folder is missing. Write the destination as folder:DIR."));

  path = make_absolute (text);
  if (path == NULL)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ is not a folder on this computer whose name is UTF-8. "
                         "Choose another one."),
                       readable);

  ferry_plan_set_folder_destination (plan, path);

  return TRUE;
}

/* URI[,pool=NAME]; libvirt's URIs hold no comma of their own. */
static gboolean
parse_libvirt (const char *text, FerryPlan *plan, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  const char *pool = "default";

  if (parts[0] == NULL || *parts[0] == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The libvirt URI is missing. "
                          "Write the destination as libvirt:qemu:///system,pool=NAME."));

  for (guint i = 1; parts[i] != NULL; i++)
    {
      if (!g_str_has_prefix (parts[i], "pool=") || parts[i][strlen ("pool=")] == '\0')
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _("‘%s’ is not an option of a libvirt destination. Use pool=NAME."),
                           parts[i]);
      pool = parts[i] + strlen ("pool=");
    }

  ferry_plan_set_libvirt_destination (plan, parts[0], pool);

  return TRUE;
}

gboolean
ferry_endpoint_parse_destination (const char *text, FerryPlan *plan, GError **error)
{
  if (g_str_has_prefix (text, "folder:"))
    return parse_folder (text + strlen ("folder:"), plan, error);
  if (g_str_has_prefix (text, "libvirt:"))
    return parse_libvirt (text + strlen ("libvirt:"), plan, error);

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ is not a destination. Write folder:DIR or libvirt:URI,pool=NAME."), text);
}

/* A plan may come from anywhere: what it says is held to what the wizard lets one enter. */
FerrySource *
ferry_endpoint_open_source (const FerryPlan *plan, GError **error)
{
  if (!check_source (&plan->source, error))
    return NULL;

  switch (plan->source.kind)
    {
    case FERRY_SOURCE_OVA:
      return ferry_source_ova_new (plan->source.path);
    case FERRY_SOURCE_VSPHERE:
      return ferry_source_vsphere_new (&plan->source);
    case FERRY_SOURCE_LIBVIRT:
      return ferry_source_libvirt_new (&plan->source);
    }

  ferry_fail (error, FERRY_ERROR_INVALID, _("The plan has no source."));
  return NULL;
}

FerryTarget *
ferry_endpoint_open_target (const FerryPlan *plan, GError **error)
{
  const FerryPlanDestination *destination = &plan->destination;

  switch (destination->kind)
    {
    case FERRY_DESTINATION_FOLDER:
      return ferry_target_folder_new (destination->path);
    case FERRY_DESTINATION_LIBVIRT:
      return ferry_target_libvirt_new (destination->uri, destination->pool);
    }

  ferry_fail (error, FERRY_ERROR_INVALID, _("The plan has no destination."));
  return NULL;
}

FerryHost *
ferry_endpoint_open_host (const FerryPlan *plan, GError **error)
{
  if (g_strcmp0 (plan->host, "local") == 0)
    return ferry_host_local_new ();

  ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
              _("The plan wants the conversion host ‘%s’, which this Ferry does not know."),
              plan->host);
  return NULL;
}
