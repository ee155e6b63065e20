/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-uri.h"

#include "ferry-error.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SSH "ferry-ssh"
#define MAX_LENGTH 2048
/* Of a name of the DNS. */
#define MAX_HOST_LENGTH 253

#define FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_NON_DNS)

void
ferry_libvirt_uri_free (FerryLibvirtUri *uri)
{
  if (uri == NULL)
    return;
  g_free (uri->text);
  g_free (uri->driver);
  g_free (uri->transport);
  g_free (uri->user);
  g_free (uri->host);
  g_free (uri->query);
  g_free (uri);
}

static gboolean
check_letters (const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The libvirt URI is not UTF-8."));
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("The libvirt URI has a control character in it, such as a line end."));
  if (strpbrk (text, "<>") != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("Put the name of the host in place of what stands between ‘<’ and ‘>’ in "
                         "‘%s’."),
                       text);
  if (strlen (text) > MAX_LENGTH)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("The libvirt URI is too long."));

  return TRUE;
}

static gboolean
host_is_odd (const char *host)
{
  return *host == '-' || strlen (host) > MAX_HOST_LENGTH ||
         strspn (host, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._:%") != strlen (host);
}

/* Whatever a user is called, ssh must not take the name for an option, nor a shell for a
 * command. */
static gboolean
user_is_odd (const char *user)
{
  return *user == '-' || *user == '\0' || strpbrk (user, "'\"`$;&|<>(){} \t\r\n") != NULL;
}

static gboolean
check_parts (const FerryLibvirtUri *uri, GError **error)
{
  if (uri->host != NULL && host_is_odd (uri->host))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%.100s’ cannot be the name of a host."),
                       uri->host);
  if (uri->user != NULL && user_is_odd (uri->user))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%.100s’ cannot be the name of a user."),
                       uri->user);
  if (g_strcmp0 (uri->transport, "ext") == 0)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ would have libvirt start a program of this computer, which is not "
                         "allowed. Use the transport ssh, tls or tcp."),
                       uri->text);
  if (ferry_libvirt_uri_uses_ssh (uri) && uri->host == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ names no host. Write it as qemu+ssh://USER@HOST/system."),
                       uri->text);

  return TRUE;
}

static void
take_scheme (FerryLibvirtUri *uri, const char *scheme)
{
  g_auto (GStrv) parts = g_strsplit (scheme, "+", 2);

  uri->driver = g_strdup (parts[0]);
  uri->transport = g_strdup (parts[1]);
}

FerryLibvirtUri *
ferry_libvirt_uri_parse (const char *text, GError **error)
{
  g_autoptr (FerryLibvirtUri) uri = g_new0 (FerryLibvirtUri, 1);
  g_autoptr (GUri) parsed = NULL;

  if (!check_letters (text, error))
    return NULL;
  parsed = g_uri_parse (text, FLAGS, NULL);
  if (parsed == NULL || strstr (text, ":/") == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("‘%s’ is not a libvirt URI. Write it like qemu+ssh://root@HOST/system or "
                    "qemu:///system."),
                  text);
      return NULL;
    }
  if (g_uri_get_password (parsed) != NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("The libvirt URI has a password in it, which others would see. Take it out; "
                    "Ferry asks for it."));
      return NULL;
    }

  uri->text = g_strdup (text);
  take_scheme (uri, g_uri_get_scheme (parsed));
  uri->user = g_strdup (g_uri_get_user (parsed));
  uri->host = g_strdup (g_uri_get_host (parsed));
  if (uri->host != NULL && *uri->host == '\0')
    g_clear_pointer (&uri->host, g_free);
  uri->port = g_uri_get_port (parsed);
  uri->query = g_strdup (g_uri_get_query (parsed));

  return check_parts (uri, error) ? g_steal_pointer (&uri) : NULL;
}

gboolean
ferry_libvirt_uri_uses_ssh (const FerryLibvirtUri *uri)
{
  return g_strcmp0 (uri->transport, "ssh") == 0;
}

/* A socket that is named may lead anywhere. */
gboolean
ferry_libvirt_uri_is_local (const FerryLibvirtUri *uri)
{
  return uri->host == NULL && !ferry_libvirt_uri_has (uri, "socket") &&
         (uri->transport == NULL || g_str_equal (uri->transport, "unix"));
}

static gboolean
is_parameter (const char *pair, const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (pair, name, length) == 0 &&
         (pair[length] == '=' || pair[length] == '\0');
}

static char **
split_query (const char *query)
{
  return g_strsplit_set (query != NULL ? query : "", "&;", -1);
}

char *
ferry_libvirt_uri_dup_parameter (const FerryLibvirtUri *uri, const char *parameter)
{
  g_auto (GStrv) pairs = split_query (uri->query);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (is_parameter (pairs[i], parameter))
      {
        const char *value = strchr (pairs[i], '=');

        return g_uri_unescape_string (value != NULL ? value + 1 : "", NULL);
      }

  return NULL;
}

gboolean
ferry_libvirt_uri_has (const FerryLibvirtUri *uri, const char *parameter)
{
  g_autofree char *value = ferry_libvirt_uri_dup_parameter (uri, parameter);

  return value != NULL;
}

/* A program that the URI names itself gives way to Ferry's. */
static char *
make_query (const FerryLibvirtUri *uri)
{
  g_auto (GStrv) pairs = split_query (uri->query);
  g_autofree char *program = ferry_paths_dup_libexec (SSH);
  g_autofree char *escaped = g_uri_escape_string (program, "/", FALSE);
  g_autoptr (GString) query = g_string_new (NULL);

  g_string_append_printf (query, "command=%s", escaped);
  for (guint i = 0; pairs[i] != NULL; i++)
    if (*pairs[i] != '\0' && !is_parameter (pairs[i], "command"))
      g_string_append_printf (query, "&%s", pairs[i]);

  return g_string_free (g_steal_pointer (&query), FALSE);
}

static char *
make_text (const FerryLibvirtUri *uri, const char *user)
{
  g_autofree char *query = make_query (uri);
  g_autofree char *escaped = user != NULL ? g_uri_escape_string (user, NULL, FALSE) : NULL;
  g_autoptr (GString) text = g_string_new (uri->text);
  const char *end = strpbrk (text->str, "?#");

  if (end != NULL)
    g_string_truncate (text, (gsize) (end - text->str));
  if (escaped != NULL && uri->user == NULL)
    {
      gssize place = strstr (text->str, "://") + strlen ("://") - text->str;

      g_string_insert_c (text, place, '@');
      g_string_insert (text, place, escaped);
    }
  g_string_append_printf (text, "?%s", query);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
ferry_libvirt_uri_is_unverified (const FerryLibvirtUri *uri)
{
  g_autofree char *value = ferry_libvirt_uri_dup_parameter (uri, "no_verify");

  return value != NULL && strcmp (value, "0") != 0 && !ferry_libvirt_uri_uses_ssh (uri);
}

/* Where there are certificates: libvirt's own TLS, which is also what a host without a transport
 * means, and the ESX driver's. */
static char *
make_unverified (const FerryLibvirtUri *uri)
{
  if (uri->host == NULL || g_strcmp0 (uri->transport, "tcp") == 0 ||
      ferry_libvirt_uri_has (uri, "no_verify"))
    return g_strdup (uri->text);

  return g_strconcat (uri->text, uri->query != NULL ? "&" : "?", "no_verify=1", NULL);
}

char *
ferry_libvirt_uri_complete (const char *text, const char *user, gboolean verify, GError **error)
{
  g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (text, error);

  if (uri == NULL)
    return NULL;
  if (!ferry_libvirt_uri_uses_ssh (uri))
    return verify ? g_strdup (text) : make_unverified (uri);
  if (user != NULL && user_is_odd (user))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("‘%.100s’ cannot be the name of a user."), user);
      return NULL;
    }

  return make_text (uri, user);
}
