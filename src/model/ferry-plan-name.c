/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A file's name may have 255 bytes on Linux, of which NAME-sdaaa.qcow2 needs some. */
#define MAX_NAME_BYTES 240
#define STAND_IN "guest"

/* XML 1.0 has no way to write U+FFFE and U+FFFF. */
static gboolean
character_is_allowed (gunichar c)
{
  return c != '/' && c != 0xfffe && c != 0xffff && !g_unichar_iscntrl (c);
}

static gboolean
has_only_allowed (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!character_is_allowed (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static gboolean
has_space_at_an_end (const char *name)
{
  return name[0] == ' ' || name[strlen (name) - 1] == ' ';
}

gboolean
ferry_guest_name_is_valid (const char *name, GError **error)
{
  if (name == NULL || name[0] == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _("A name must not be empty."));
  if (strlen (name) > MAX_NAME_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID, _("A name must not be longer than %d bytes."),
                       MAX_NAME_BYTES);
  if (!g_utf8_validate (name, -1, NULL))
    return ferry_fail (error, FERRY_ERROR_INVALID, _("A name must be UTF-8 text."));
  if (name[0] == '-' || name[0] == '.')
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("A name must not begin with a hyphen or a dot."));
  if (has_space_at_an_end (name))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("A name must not begin or end with a space."));
  if (!has_only_allowed (name))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("A name must not contain a slash or control characters."));

  return TRUE;
}

/** ferry_guest_name_shorten: so that @room bytes can be appended, at a character's end */
char *
ferry_guest_name_shorten (const char *name, gsize room)
{
  gsize length = strlen (name);
  const char *end = name + length;

  while (end > name && ((gsize) (end - name) + room > MAX_NAME_BYTES || end[-1] == ' '))
    end = g_utf8_prev_char (end);

  return g_strndup (name, (gsize) (end - name));
}

char *
ferry_guest_name_make_valid (const char *name)
{
  g_autofree char *text = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autoptr (GString) valid = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ' && valid->len == 0)
        continue;
      if (!character_is_allowed (c) || (valid->len == 0 && c == '.'))
        c = '-';
      if (c == '-' && valid->len == 0)
        continue;
      g_string_append_unichar (valid, c);
    }
  if (valid->len == 0)
    return g_strdup (STAND_IN);

  return ferry_guest_name_shorten (valid->str, 0);
}
