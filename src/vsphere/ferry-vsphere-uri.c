/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-uri.h"

#include "ferry-error.h"
#include "ferry-source-rules.h"
#include "ferry-vsphere-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What JavaScript's encodeURIComponent leaves alone besides letters and digits, "-", "_", "." and
 * "~": oVirt writes its URIs with it. */
#define ALLOWED "!*'()"

static const char *const schemes[] = { "vsphere://", "vpx://", "esx://" };

static void
append_part (GString *uri, const char *part)
{
  if (part == NULL)
    return;
  g_string_append_c (uri, '/');
  g_string_append_uri_escaped (uri, part, ALLOWED, FALSE);
}

static void
append_user (GString *uri, const char *user)
{
  const char *backslash;

  if (user == NULL)
    return;
  /* %5c, as oVirt has it, where GLib would write %5C */
  backslash = strchr (user, '\\');
  if (backslash != NULL)
    {
      g_autofree char *domain = g_strndup (user, (gsize) (backslash - user));

      g_string_append_uri_escaped (uri, domain, NULL, FALSE);
      g_string_append (uri, "%5c");
    }
  g_string_append_uri_escaped (uri, backslash != NULL ? backslash + 1 : user, NULL, FALSE);
  g_string_append_c (uri, '@');
}

char *
ferry_vsphere_dup_libvirt_uri (const FerryPlanSource *source)
{
  g_autoptr (FerryVsphereAddress) address = ferry_vsphere_address_parse (source->host, NULL);
  gboolean is_vcenter = source->datacenter != NULL;
  GString *uri;

  if (address == NULL)
    return NULL;
  uri = g_string_new (is_vcenter ? "vpx://" : "esx://");
  append_user (uri, source->user);
  g_string_append (uri, address->authority);
  if (is_vcenter)
    {
      append_part (uri, source->datacenter);
      append_part (uri, source->cluster);
      append_part (uri, source->esx);
    }
  else
    {
      g_string_append_c (uri, '/');
    }
  if (!source->verify)
    g_string_append (uri, "?no_verify=1");

  return g_string_free (uri, FALSE);
}

/* --- the way back --- */

gboolean
ferry_vsphere_is_uri (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (text, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;

  return FALSE;
}

static void
set_decoded (char **text, const char *encoded)
{
  g_autofree char *decoded = encoded != NULL ? g_uri_unescape_string (encoded, NULL) : NULL;

  ferry_plan_source_set (text, decoded);
}

/* From the end: host, cluster, and the data center with the folders above it. */
static void
set_path (FerryPlanSource *source, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) datacenter = g_string_new (NULL);
  guint n_below;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (names, parts[i]);
  n_below = names->len > 2 ? 2 : names->len > 1 ? 1 : 0;
  for (guint i = 0; i + n_below < names->len; i++)
    g_string_append_printf (datacenter, "%s%s", i > 0 ? "/" : "", (char *) names->pdata[i]);
  set_decoded (&source->datacenter, datacenter->str);
  if (n_below == 2)
    set_decoded (&source->cluster, names->pdata[names->len - 2]);
  if (n_below > 0)
    set_decoded (&source->esx, names->pdata[names->len - 1]);
}

static void
set_host (FerryPlanSource *source, GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  const char *form = strchr (host, ':') != NULL ? "[" : "";
  GString *text = g_string_new (form);

  g_string_append (text, host);
  g_string_append (text, *form != '\0' ? "]" : "");
  if (g_uri_get_port (uri) > 0)
    g_string_append_printf (text, ":%d", g_uri_get_port (uri));
  ferry_plan_source_set (&source->host, text->str);
  g_string_free (text, TRUE);
}

static gboolean
has_no_verify (const char *query)
{
  g_autoptr (GHashTable) params =
      query != NULL ? g_uri_parse_params (query, -1, "&;", G_URI_PARAMS_NONE, NULL) : NULL;

  return params != NULL && g_strcmp0 (g_hash_table_lookup (params, "no_verify"), "1") == 0;
}

/* The user is not asked for here: it may be entered later. */
static gboolean
check_parts (const FerryPlanSource *source, GError **error)
{
  const char *const names[] = { source->datacenter, source->cluster, source->esx };
  g_autofree char *problem = ferry_source_check_host (source->host);

  if (problem == NULL && source->user != NULL)
    problem = ferry_source_check_user (source->user);
  for (guint i = 0; problem == NULL && i < G_N_ELEMENTS (names); i++)
    problem = ferry_source_check_inventory (names[i]);

  return problem == NULL ? TRUE : ferry_fail (error, FERRY_ERROR_INVALID, "%s", problem);
}

/* People do not write administrator%40vsphere.local: only the last '@' ends the user. */
static char *
escape_user (const char *text)
{
  const char *start = strstr (text, "://");
  gsize length = start != NULL ? strcspn (start + 3, "/?#") : 0;
  const char *end = start != NULL ? g_strrstr_len (start + 3, (gssize) length, "@") : NULL;
  GString *uri;

  if (end == NULL)
    return g_strdup (text);
  uri = g_string_new_len (text, start + 3 - text);
  for (const char *c = start + 3; c < end; c++)
    if (*c == '@')
      g_string_append (uri, "%40");
    else
      g_string_append_c (uri, *c);

  return g_string_free (g_string_append (uri, end), FALSE);
}

FerryPlanSource *
ferry_vsphere_parse_uri (const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *stripped = escape_user (trimmed);
  g_autofree char *problem = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);

  problem = ferry_source_check_libvirt_uri (stripped);
  if (problem == NULL)
    uri = g_uri_parse (stripped, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (problem != NULL || uri == NULL || !ferry_vsphere_is_uri (stripped) ||
      g_uri_get_host (uri) == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, "%s",
                  problem != NULL ? problem
                                  : _("Enter it like vsphere://user@host or "
                                       "vpx://user@host/data center/cluster/ESXi host."));
      return NULL;
    }
  set_host (source, uri);
  set_decoded (&source->user, g_uri_get_user (uri));
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "esx") != 0)
    set_path (source, g_uri_get_path (uri));
  source->verify = !has_no_verify (g_uri_get_query (uri));

  return check_parts (source, error) ? g_steal_pointer (&source) : NULL;
}
