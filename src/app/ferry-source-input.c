/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-input.h"

#include "ferry-source-rules.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

FerryKind
ferry_kind_of_source (const FerryPlanSource *source)
{
  switch (source->kind)
    {
    case FERRY_SOURCE_OVA:
      return FERRY_KIND_OVA;
    case FERRY_SOURCE_VSPHERE:
      return FERRY_KIND_VMWARE;
    case FERRY_SOURCE_LIBVIRT:
      return source->uri != NULL && g_ascii_strncasecmp (source->uri, "xen", 3) == 0
                 ? FERRY_KIND_XEN
                 : FERRY_KIND_KVM;
    }

  return FERRY_KIND_OVA;
}

FerrySourceKind
ferry_kind_to_source_kind (FerryKind kind)
{
  switch (kind)
    {
    case FERRY_KIND_VMWARE:
      return FERRY_SOURCE_VSPHERE;
    case FERRY_KIND_XEN:
    case FERRY_KIND_KVM:
      return FERRY_SOURCE_LIBVIRT;
    case FERRY_KIND_OVA:
      return FERRY_SOURCE_OVA;
    }

  return FERRY_SOURCE_OVA;
}

static char *
dup_scheme (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  return scheme != NULL ? g_ascii_strdown (scheme, -1) : NULL;
}

/* A libvirt URI of the kind that was chosen. */
static char *
find_kind_problem (const char *uri, FerryKind kind)
{
  g_autofree char *scheme = dup_scheme (uri);
  gboolean is_xen = scheme != NULL && g_str_has_prefix (scheme, "xen");

  if (kind == FERRY_KIND_XEN && !is_xen)
    return g_strdup (_("The address of a Xen host begins with ‘xen’: xen+ssh://root@host."));
  if (kind == FERRY_KIND_KVM && is_xen)
    return g_strdup (_("This is the address of a Xen host. Choose Xen as the source."));

  return NULL;
}

/* What is empty is not wrong yet; @text: (nullable) */
static char *
check (char *(*rule) (const char *text), const char *text)
{
  return text != NULL ? rule (text) : NULL;
}

static char *
find_vsphere_problem (const FerryPlanSource *source, FerrySourceField *out_field)
{
  const struct
  {
    FerrySourceField field;
    char *(*rule) (const char *text);
    const char *text;
  } all[] = {
    { FERRY_FIELD_HOST, ferry_source_check_host, source->host },
    { FERRY_FIELD_USER, ferry_source_check_user, source->user },
    { FERRY_FIELD_DATACENTER, ferry_source_check_inventory, source->datacenter },
    { FERRY_FIELD_CLUSTER, ferry_source_check_inventory, source->cluster },
    { FERRY_FIELD_ESX, ferry_source_check_inventory, source->esx },
    { FERRY_FIELD_VDDK_DIR, ferry_source_check_vddk_dir,
      source->transport == FERRY_TRANSPORT_VDDK ? source->vddk_dir : NULL },
    { FERRY_FIELD_SSH_USER, ferry_source_check_user,
      source->transport == FERRY_TRANSPORT_SSH ? source->ssh_user : NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      char *problem = check (all[i].rule, all[i].text);

      *out_field = all[i].field;
      if (problem != NULL)
        return problem;
    }

  return NULL;
}

static char *
find_libvirt_problem (const FerryPlanSource *source, FerryKind kind, FerrySourceField *out_field)
{
  char *problem = check (ferry_source_check_libvirt_uri, source->uri);

  *out_field = FERRY_FIELD_URI;
  if (problem == NULL && source->uri != NULL)
    problem = find_kind_problem (source->uri, kind);
  if (problem != NULL)
    return problem;

  *out_field = FERRY_FIELD_USER;

  return check (ferry_source_check_user, source->user);
}

char *
ferry_source_input_find_problem (const FerryPlanSource *source,
                                 FerryKind kind,
                                 FerrySourceField *out_field)
{
  char *problem = NULL;

  if (source->kind == FERRY_SOURCE_VSPHERE)
    problem = find_vsphere_problem (source, out_field);
  else if (source->kind == FERRY_SOURCE_LIBVIRT)
    problem = find_libvirt_problem (source, kind, out_field);
  if (problem == NULL)
    *out_field = FERRY_FIELD_NONE;

  return problem;
}

gboolean
ferry_source_input_is_complete (const FerryPlanSource *source)
{
  switch (source->kind)
    {
    case FERRY_SOURCE_OVA:
      return source->path != NULL;
    case FERRY_SOURCE_VSPHERE:
      return source->host != NULL && source->user != NULL &&
             (source->transport != FERRY_TRANSPORT_VDDK || source->vddk_dir != NULL);
    case FERRY_SOURCE_LIBVIRT:
      return source->uri != NULL;
    }

  return FALSE;
}

/* ssh has its own keys, and this computer needs none. */
gboolean
ferry_source_input_takes_login (const char *uri)
{
  g_autofree char *scheme = uri != NULL ? dup_scheme (uri) : NULL;

  if (scheme == NULL)
    return FALSE;
  if (g_str_has_suffix (scheme, "+tcp") || g_str_has_suffix (scheme, "+tls"))
    return TRUE;

  return strcmp (scheme, "vpx") == 0 || strcmp (scheme, "esx") == 0 ||
         strcmp (scheme, "gsx") == 0 || strcmp (scheme, "hyperv") == 0;
}

gboolean
ferry_source_input_needs_password (const FerryPlanSource *source)
{
  if (source->kind == FERRY_SOURCE_VSPHERE)
    return TRUE;
  if (source->kind != FERRY_SOURCE_LIBVIRT || !ferry_source_input_takes_login (source->uri))
    return FALSE;

  return source->user != NULL || strchr (source->uri, '+') == NULL;
}

/* "DC/CLUSTER/HOST" or "DC/HOST" of a vpx URI; a data center in folders has more parts in front. */
static void
take_path (const char *path, FerryPlanSource *source)
{
  g_auto (GStrv) parts = g_strsplit (path + strspn (path, "/"), "/", -1);
  guint n = g_strv_length (parts);
  g_autofree char *datacenter = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *plain = g_uri_unescape_string (parts[i], NULL);

      if (plain != NULL)
        {
          g_free (parts[i]);
          parts[i] = g_steal_pointer (&plain);
        }
    }
  if (n == 0 || *parts[0] == '\0')
    return;
  if (n == 1)
    {
      ferry_plan_source_set (&source->datacenter, parts[0]);
      return;
    }

  ferry_plan_source_set (&source->esx, parts[n - 1]);
  if (n > 2)
    ferry_plan_source_set (&source->cluster, parts[n - 2]);
  g_clear_pointer (&parts[n - 1], g_free);
  if (n > 2)
    g_clear_pointer (&parts[n - 2], g_free);
  datacenter = g_strjoinv ("/", parts);
  ferry_plan_source_set (&source->datacenter, datacenter);
}

/* Port 443 goes without saying; an IPv6 address comes without its brackets. */
static char *
make_host (GUri *uri)
{
  gboolean bare = strchr (g_uri_get_host (uri), ':') != NULL;
  g_autofree char *name =
      g_strconcat (bare ? "[" : "", g_uri_get_host (uri), bare ? "]" : "", NULL);

  if (g_uri_get_port (uri) <= 0 || g_uri_get_port (uri) == 443)
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s:%d", name, g_uri_get_port (uri));
}

gboolean
ferry_source_input_split_uri (const char *text, FerryPlanSource *source)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *scheme = dup_scheme (trimmed);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  g_autofree char *user = NULL;

  if (g_strcmp0 (scheme, "vpx") != 0 && g_strcmp0 (scheme, "esx") != 0)
    return FALSE;
  uri = g_uri_parse (trimmed, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED,
                     NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;

  host = make_host (uri);
  user = g_uri_get_userinfo (uri) != NULL ? g_uri_unescape_string (g_uri_get_userinfo (uri), NULL)
                                          : NULL;
  source->kind = FERRY_SOURCE_VSPHERE;
  ferry_plan_source_set (&source->host, host);
  if (user != NULL)
    ferry_plan_source_set (&source->user, user);
  if (strcmp (scheme, "vpx") == 0)
    take_path (g_uri_get_path (uri), source);

  return TRUE;
}
