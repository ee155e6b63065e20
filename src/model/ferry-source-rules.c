/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_HOST 255
#define MAX_INVENTORY 1024
#define MAX_URI 2048

static char *
dup_stripped (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

/* Control characters have no place in a name, and could forge lines of a log or of a request. */
static gboolean
has_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;

  return FALSE;
}

static char *
check_text (const char *text, gsize max)
{
  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (_("It is not valid text (UTF-8)."));
  if (has_control (text))
    return g_strdup (_("It has control characters (a line break, perhaps). Remove them."));
  if (strlen (text) > max)
    return g_strdup_printf (_("It must not be longer than %" G_GSIZE_FORMAT " characters."), max);

  return NULL;
}

/* "<hostname>" is what the examples have in its place. */
static gboolean
has_placeholder (const char *text)
{
  return strchr (text, '<') != NULL || strchr (text, '>') != NULL;
}

static char *
dup_placeholder_problem (void)
{
  return g_strdup (_("Put the server’s name or address in place of what stands in ‘<…>’."));
}

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (const char *c = label; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;

  return TRUE;
}

/* One whose last label is a number is an address that went wrong: 10.0.0.300 */
static gboolean
is_host_name (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  guint n_labels = g_strv_length (labels);

  for (guint i = 0; i < n_labels; i++)
    if (!is_label (labels[i]))
      return FALSE;

  return n_labels > 0 &&
         strspn (labels[n_labels - 1], "0123456789") != strlen (labels[n_labels - 1]);
}

static gboolean
is_host (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *inside = NULL;

  if (length > 2 && text[0] == '[' && text[length - 1] == ']')
    {
      inside = g_strndup (text + 1, length - 2);
      return strchr (inside, ':') != NULL && g_hostname_is_ip_address (inside);
    }

  return g_hostname_is_ip_address (text) || is_host_name (text);
}

static gboolean
is_port (const char *text)
{
  guint64 port;

  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL);
}

/* Cuts ":port" off; one colon is that of a port, more are those of an IPv6 address. */
static gboolean
split_port (char *text)
{
  char *colon = strrchr (text, ':');

  if (colon == NULL || (*text == '[' ? colon[-1] != ']' : strchr (text, ':') != colon))
    return TRUE;
  if (colon == text || !is_port (colon + 1))
    return FALSE;
  *colon = '\0';

  return TRUE;
}

char *
ferry_source_check_host (const char *text)
{
  g_autofree char *host = dup_stripped (text);
  char *problem = NULL;

  if (*host == '\0')
    return g_strdup (_("Enter the name or address of the server."));
  problem = check_text (host, MAX_HOST);
  if (problem != NULL)
    return problem;
  if (has_placeholder (host))
    return dup_placeholder_problem ();
  if (strstr (host, "://") != NULL)
    return g_strdup (_("Enter the name or address alone, without ‘https://’ before it."));
  if (!split_port (host))
    return g_strdup (_("The port behind the colon must be a number from 1 to 65535."));
  if (!is_host (host))
    return g_strdup (_("This is neither a valid host name nor a valid IP address."));

  return NULL;
}

static gsize
span_user (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalnum (text[n]) || (text[n] != '\0' && strchr ("._-", text[n]) != NULL))
    n++;

  return n;
}

char *
ferry_source_check_user (const char *text)
{
  g_autofree char *user = dup_stripped (text);
  gsize first, second;

  if (*user == '\0')
    return g_strdup (_("Enter a user name."));
  if (strlen (user) > MAX_HOST)
    return check_text (user, MAX_HOST);
  first = span_user (user);
  if (first > 0 && user[first] == '\0')
    return NULL;
  second = user[first] == '@' || user[first] == '\\' ? span_user (user + first + 1) : 0;
  if (first > 0 && second > 0 && user[first + 1 + second] == '\0')
    return NULL;

  return g_strdup (_("A user name has letters, digits, ‘.’, ‘_’ and ‘-’ only, with ‘@’ before a "
                      "domain or ‘\\’ behind one: administrator@vsphere.local."));
}

char *
ferry_source_check_inventory (const char *text)
{
  g_autofree char *name = dup_stripped (text);

  return check_text (name, MAX_INVENTORY);
}

char *
ferry_source_check_vddk_dir (const char *text)
{
  g_autofree char *dir = dup_stripped (text);

  if (!g_path_is_absolute (dir))
    return g_strdup (_("Enter the folder of the VDDK library on the conversion host, beginning "
                        "with ‘/’."));

  return check_text (dir, MAX_INVENTORY);
}

/* --- libvirt's URIs --- */

static const char *const remote_drivers[] = { "esx", "vpx", "gsx", "hyperv", "phyp", NULL };
static const char *const remote_transports[] = { "ssh", "libssh", "libssh2", "tcp", "tls", NULL };

static gboolean
needs_host (const char *scheme)
{
  const char *plus = strchr (scheme, '+');

  if (plus != NULL)
    return g_strv_contains (remote_transports, plus + 1);

  return g_strv_contains (remote_drivers, scheme);
}

/* %0A is a line break for whoever decodes it. */
static gboolean
has_encoded_control (const char *uri)
{
  for (const char *c = strchr (uri, '%'); c != NULL; c = strchr (c + 1, '%'))
    {
      int high = g_ascii_xdigit_value (c[1]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (c[2]);

      if (low >= 0 && (high * 16 + low < 0x20 || high * 16 + low == 0x7f))
        return TRUE;
    }

  return FALSE;
}

static char *
check_uri_parts (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (g_uri_get_password (uri) != NULL)
    return g_strdup (_("A password must not be in the address, where others could read it. Remove "
                        "it; it is asked for."));
  if (host != NULL && *host != '\0')
    return strlen (host) > MAX_HOST || !(g_hostname_is_ip_address (host) || is_host_name (host))
               ? g_strdup (_("The server in this address is neither a valid host name nor a valid "
                              "IP address."))
               : NULL;
  if (needs_host (g_uri_get_scheme (uri)))
    return g_strdup (_("The server is missing: it stands behind ‘://’, as in "
                        "qemu+ssh://root@host/system."));

  return NULL;
}

char *
ferry_source_check_libvirt_uri (const char *text)
{
  g_autofree char *uri = dup_stripped (text);
  g_autoptr (GUri) parsed = NULL;
  char *problem = NULL;

  if (*uri == '\0')
    return g_strdup (_("Enter libvirt’s address of the host: qemu+ssh://root@host/system."));
  problem = check_text (uri, MAX_URI);
  if (problem != NULL)
    return problem;
  if (has_placeholder (uri))
    return dup_placeholder_problem ();
  if (has_encoded_control (uri))
    return g_strdup (_("It has encoded control characters (%0A, perhaps). Remove them."));
  parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, NULL);
  if (parsed == NULL || strstr (uri, "://") == NULL || strchr (uri, ' ') != NULL)
    return g_strdup (
        _("This is no address of libvirt: it must be like qemu+ssh://root@host/system, "
           "with %20 for a blank."));

  return check_uri_parts (parsed);
}

/* --- all of it --- */

static char *
check_vsphere (const FerryPlanSource *source)
{
  const char *const names[] = { source->datacenter, source->cluster, source->esx };
  char *problem = ferry_source_check_host (source->host);

  if (problem == NULL)
    problem = ferry_source_check_user (source->user);
  for (guint i = 0; problem == NULL && i < G_N_ELEMENTS (names); i++)
    problem = ferry_source_check_inventory (names[i]);
  if (problem == NULL && source->transport == FERRY_TRANSPORT_VDDK)
    problem = ferry_source_check_vddk_dir (source->vddk_dir);
  if (problem == NULL && source->ssh_user != NULL)
    problem = ferry_source_check_user (source->ssh_user);

  return problem;
}

char *
ferry_source_check (const FerryPlanSource *source)
{
  switch (source->kind)
    {
    case FERRY_SOURCE_OVA:
      return NULL;
    case FERRY_SOURCE_VSPHERE:
      return check_vsphere (source);
    case FERRY_SOURCE_LIBVIRT:
      return ferry_source_check_libvirt_uri (source->uri);
    }

  return NULL;
}
