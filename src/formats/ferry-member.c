/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-member.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

FerryMember *
ferry_member_new (const char *name, FerryMemberKind kind)
{
  FerryMember *member = g_new0 (FerryMember, 1);

  member->name = g_strdup (name);
  member->kind = kind;
  member->offset = FERRY_MEMBER_NO_OFFSET;
  member->size_bytes = -1;

  return member;
}

void
ferry_member_free (FerryMember *member)
{
  if (member == NULL)
    return;
  g_free (member->name);
  g_free (member);
}

char *
ferry_member_dup_printable (const char *name)
{
  char *printable = g_utf8_make_valid (name, -1);

  for (char *c = printable; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';

  return printable;
}

static const char *
fail_name (GError **error, const char *name, const char *why)
{
  g_autofree char *printable = ferry_member_dup_printable (name);

  ferry_fail (error, FERRY_ERROR_INVALID, _("The file name ‘%s’ is refused: %s"), printable, why);

  return NULL;
}

static gboolean
has_control_character (const char *name)
{
  for (; *name != '\0'; name++)
    if (g_ascii_iscntrl (*name))
      return TRUE;

  return FALSE;
}

const char *
ferry_member_check_name (const char *name, GError **error)
{
  const char *start = name;
  g_auto (GStrv) parts = NULL;

  if (*name == '/')
    return fail_name (error, name, _("it is absolute and leads out of the appliance."));
  if (has_control_character (name))
    return fail_name (error, name, _("it has control characters."));
  while (g_str_has_prefix (start, "./"))
    start += 2;

  parts = g_strsplit (start, "/", -1);
  if (parts[0] == NULL)
    return fail_name (error, name, _("it is empty."));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_str_equal (parts[i], ".."))
        return fail_name (error, name, _("it leads out of the appliance."));
      if (*parts[i] == '\0' || g_str_equal (parts[i], "."))
        return fail_name (error, name, _("it has an empty part."));
    }

  return start;
}

gboolean
ferry_member_is_ignored (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *base = slash != NULL ? slash + 1 : name;

  return g_str_has_prefix (base, "._") || g_str_has_prefix (name, "__MACOSX/");
}

gboolean
ferry_member_has_suffix (const char *name, const char *suffix)
{
  gsize length = strlen (name), suffix_length = strlen (suffix);

  return length >= suffix_length && g_ascii_strcasecmp (name + length - suffix_length, suffix) == 0;
}
