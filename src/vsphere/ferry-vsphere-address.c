/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-address.h"

#include "ferry-error.h"
#include "ferry-source-rules.h"

#include <string.h>

#define HTTPS_PORT 443

static void
split (char *text, FerryVsphereAddress *address)
{
  char *colon = strrchr (text, ':');
  gboolean has_brackets = *text == '[';
  gboolean has_port =
      colon != NULL && (has_brackets ? colon[-1] == ']' : strchr (text, ':') == colon);

  address->port = HTTPS_PORT;
  if (has_port)
    {
      address->port = (guint16) g_ascii_strtoull (colon + 1, NULL, 10);
      *colon = '\0';
    }
  address->host = has_brackets ? g_strndup (text + 1, strlen (text) - 2) : g_strdup (text);
}

FerryVsphereAddress *
ferry_vsphere_address_parse (const char *text, GError **error)
{
  g_autofree char *problem = ferry_source_check_host (text);
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  FerryVsphereAddress *address;

  if (problem != NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, "%s", problem);
      return NULL;
    }
  address = g_new0 (FerryVsphereAddress, 1);
  split (stripped, address);
  address->trust = strchr (address->host, ':') != NULL
                       ? g_strdup_printf ("[%s]:%u", address->host, address->port)
                       : g_strdup_printf ("%s:%u", address->host, address->port);
  address->authority = g_strdup (address->trust);
  if (address->port == HTTPS_PORT)
    *strrchr (address->authority, ':') = '\0';

  return address;
}

void
ferry_vsphere_address_free (FerryVsphereAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->host);
  g_free (address->authority);
  g_free (address->trust);
  g_free (address);
}

static char
decode (const char *escape)
{
  if (g_ascii_strncasecmp (escape, "%25", 3) == 0)
    return '%';
  if (g_ascii_strncasecmp (escape, "%2f", 3) == 0)
    return '/';
  if (g_ascii_strncasecmp (escape, "%5c", 3) == 0)
    return '\\';

  return '\0';
}

char *
ferry_vsphere_name_unescape (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      char decoded = *c == '%' ? decode (c) : '\0';

      g_string_append_c (text, decoded != '\0' ? decoded : *c);
      c += decoded != '\0' ? 2 : 0;
    }

  return g_string_free (text, FALSE);
}
