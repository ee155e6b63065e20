/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-os-private.h"

#include <string.h>

/* Systems whose short ids and URIs of libosinfo follow a rule: PREFIX VERSION, and
 * http://BASE/VERSION. A phrase stands above one that begins it. */
typedef struct
{
  const char *phrase; /* in lower case: what people and hypervisors call it */
  const char *prefix;
  const char *other_prefix; /* since a later version */
  const char *base;
  guint n_parts; /* of a version that makes an id */
} Family;

static const Family families[] = {
  { "windows", "win", NULL, "microsoft.com/win", 1 },
  { "red hat enterprise linux", "rhel", NULL, "redhat.com/rhel", 2 },
  { "redhat", "rhel", NULL, "redhat.com/rhel", 2 },
  { "rhel", "rhel", NULL, "redhat.com/rhel", 2 },
  { "centos stream", "centos-stream", NULL, "centos.org/centos-stream", 1 },
  { "centos", "centos", NULL, "centos.org/centos", 2 },
  { "oracle linux", "ol", NULL, "oracle.com/ol", 2 },
  { "oraclelinux", "ol", NULL, "oracle.com/ol", 2 },
  { "almalinux", "almalinux", NULL, "almalinux.org/almalinux", 1 },
  { "rocky linux", "rocky", NULL, "rockylinux.org/rocky", 2 },
  { "rockylinux", "rocky", NULL, "rockylinux.org/rocky", 2 },
  { "suse linux enterprise desktop", "sled", NULL, "suse.com/sled", 1 },
  { "suse linux enterprise", "sles", "sle", "suse.com/sles", 1 },
  { "sles", "sles", "sle", "suse.com/sles", 1 },
  { "opensuse leap", "opensuse", NULL, "opensuse.org/opensuse", 2 },
  { "opensuse", "opensuse", NULL, "opensuse.org/opensuse", 2 },
  { "debian", "debian", NULL, "debian.org/debian", 1 },
  { "ubuntu", "ubuntu", NULL, "ubuntu.com/ubuntu", 2 },
  { "fedora", "fedora", NULL, "fedoraproject.org/fedora", 1 },
  { "alpine linux", "alpinelinux", NULL, "alpinelinux.org/alpinelinux", 2 },
  { "arch linux", "archlinux", NULL, "archlinux.org/archlinux", 1 },
  { "freebsd", "freebsd", NULL, "freebsd.org/freebsd", 2 },
  { "netbsd", "netbsd", NULL, "netbsd.org/netbsd", 2 },
  { "openbsd", "openbsd", NULL, "openbsd.org/openbsd", 2 },
  { "solaris", "solaris", NULL, "oracle.com/solaris", 1 },
};

/* What follows "windows"; the longer above what begins it. */
static const struct
{
  const char *word;
  const char *version;
} windows_versions[] = {
  { "2025", "2k25" },
  { "2022", "2k22" },
  { "2019", "2k19" },
  { "2016", "2k16" },
  { "2012 r2", "2k12r2" },
  { "2012", "2k12" },
  { "2008 r2", "2k8r2" },
  { "2008", "2k8" },
  { "2003 r2", "2k3r2" },
  { "2003", "2k3" },
  { "2000", "2k" },
  { "8.1", "8.1" },
  { "81", "8.1" },
  { "11", "11" },
  { "10", "10" },
  { "8", "8" },
  { "7", "7" },
  { "vista", "vista" },
  { "xp", "xp" },
};

/* Between a system's name and its version. */
static const char *const fillers[] = {
  "linux", "gnu/linux", "server", "enterprise", "release", "version", NULL,
};

typedef struct
{
  const Family *family; /* (nullable) */
  char *version; /* (owned) (nullable) */
} Guess;

static void
clear_guess (Guess *guess)
{
  g_clear_pointer (&guess->version, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Guess, clear_guess)

/* --- a name for people --- */

static const char *
find_word (const char *text, const char *word)
{
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    {
      char after = at[strlen (word)];

      if ((at == text || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (after) &&
          (after != '.' || !g_ascii_isdigit (at[strlen (word) + 1])))
        return at;
    }

  return NULL;
}

static char *
dup_windows_version (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (windows_versions); i++)
    if (find_word (text, windows_versions[i].word) != NULL)
      return g_strdup (windows_versions[i].version);

  return NULL;
}

static const char *
skip_fillers (const char *text)
{
  for (;;)
    {
      gsize length;

      while (g_ascii_isspace (*text))
        text++;
      length = strcspn (text, " ");
      for (gsize i = 0;; i++)
        {
          if (fillers[i] == NULL)
            return text;
          if (strlen (fillers[i]) == length && strncmp (fillers[i], text, length) == 0)
            break;
        }
      text += length;
    }
}

/* "CentOS 4/5" and "CentOS 4 or 5" are two versions, thus none; "2.6.x" is none of a system. */
static gboolean
is_one_version (const char *rest)
{
  if (*rest == '/' || *rest == 'x' || *rest == '-')
    return FALSE;

  return !g_str_has_prefix (rest, " or ") || !g_ascii_isdigit (rest[strlen (" or ")]);
}

/* "12", "22.04", "15sp4" of "15 SP4" */
static char *
dup_version (const char *text)
{
  const char *start = skip_fillers (text);
  gsize length = strspn (start, "0123456789.");
  const char *rest = start + length;
  g_autofree char *version = NULL;

  if (length == 0 || !g_ascii_isdigit (*start) || !is_one_version (rest))
    return NULL;
  while (start[length - 1] == '.')
    length--;
  version = g_strndup (start, length);
  if (g_str_has_prefix (rest, " sp") && g_ascii_isdigit (rest[3]))
    return g_strdup_printf ("%ssp%c", version, rest[3]);

  return g_steal_pointer (&version);
}

static void
guess_by_text (const char *text, Guess *guess)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  char *bits = strchr (lower, '('); /* "(64-bit)" is no version */

  if (bits != NULL)
    *bits = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      const char *at = strstr (lower, families[i].phrase);
      const char *rest = at != NULL ? at + strlen (families[i].phrase) : NULL;

      if (at == NULL || (at != lower && g_ascii_isalnum (at[-1])) ||
          (i != 0 && g_ascii_isalpha (*rest)))
        continue;
      guess->family = &families[i];
      guess->version = i == 0 ? dup_windows_version (rest) : dup_version (rest);
      return;
    }
}

/* --- an id of a hypervisor --- */

/* "debian11" of "debian11_64Guest" and of VirtualBox's "Debian11_64" */
static char *
dup_bare_id (const char *id)
{
  g_autoptr (GString) bare = g_string_new (id);

  if (g_str_has_suffix (bare->str, "Guest"))
    g_string_truncate (bare, bare->len - strlen ("Guest"));
  if (g_str_has_suffix (bare->str, "64"))
    g_string_truncate (bare, bare->len - strlen ("64"));
  g_strdelimit (bare->str, "_", ' ');

  return g_strchomp (g_strdup (bare->str));
}

static void
guess_by_id (const char *id, Guess *guess)
{
  const char *name = g_str_has_prefix (id, "cim:") ? ferry_os_get_cim_name (id + strlen ("cim:"))
                                                   : ferry_os_get_vmware_name (id);
  g_autofree char *bare = dup_bare_id (id);

  guess_by_text (name != NULL ? name : bare, guess);
}

/* --- the short id --- */

static const FerryOs *
find_with (const Family *family, const char *version, const char *suffix)
{
  g_autofree char *id = g_strconcat (family->prefix, version, suffix, NULL);
  const FerryOs *os = ferry_os_find (id);
  g_autofree char *other = NULL;

  if (os != NULL || family->other_prefix == NULL)
    return os;
  other = g_strconcat (family->other_prefix, version, suffix, NULL);

  return ferry_os_find (other);
}

/* Windows' versions are of one piece. */
static gboolean
shorten_version (const Family *family, char *version)
{
  char *end = strrchr (version, '.');

  if (end == NULL && family != families)
    end = strstr (version, "sp");
  if (end == NULL || family == families)
    return FALSE;
  *end = '\0';

  return TRUE;
}

static const FerryOs *
find_newest (const Family *family, const char *major)
{
  g_autofree char *id = g_strconcat (family->prefix, major, NULL);

  /* Two of them a year, and each is another system. */
  return g_str_equal (family->prefix, "ubuntu") ? NULL : ferry_os_find_newest (id);
}

static const FerryOs *
find_version (const Family *family, const char *version)
{
  g_autofree char *shorter = g_strdup (version);
  const FerryOs *os;

  do
    os = find_with (family, shorter, NULL);
  while (os == NULL && shorten_version (family, shorter));
  if (os == NULL)
    os = find_with (family, shorter, "-unknown");

  return os != NULL ? os : find_newest (family, shorter);
}

/* What follows a prefix in an id that the rule makes: "2k12r2" of Windows, "22.04" of others. */
static gboolean
is_rule_version (const Family *family, const char *version)
{
  const char *allowed = family == families ? "0123456789.kr" : "0123456789.";

  return g_ascii_isdigit (*version) && version[strspn (version, allowed)] == '\0';
}

/* Of a system that is newer than the database: "rhel9.4" of "9.4.1". */
static char *
make_id (const Family *family, const char *version)
{
  const char *end = version;

  if (!is_rule_version (family, version))
    return NULL;
  if (family == families)
    return g_strconcat (family->prefix, version, NULL);
  for (guint i = 0; i < family->n_parts; i++)
    {
      if (*end == '\0')
        return NULL;
      end = strchrnul (i == 0 ? end : end + 1, '.');
    }

  return g_strdup_printf ("%s%.*s", family->prefix, (int) (end - version), version);
}

static char *
dup_id (const Guess *guess)
{
  const char *version = guess->version != NULL ? guess->version : "";
  const FerryOs *os;

  if (guess->family == NULL)
    return NULL;
  os = *version != '\0' ? find_version (guess->family, version)
                        : find_with (guess->family, "", NULL);
  if (os == NULL && *version == '\0')
    os = find_with (guess->family, "", "-unknown");
  if (os != NULL)
    return g_strdup (os->id);

  return *version != '\0' ? make_id (guess->family, version) : NULL;
}

/* --- libosinfo's URIs --- */

static char *
dup_id_of_uri (const char *uri)
{
  const FerryOs *os = ferry_os_find_by_uri (uri);
  const char *bare = uri + strlen ("http://");

  if (os != NULL)
    return g_strdup (os->id);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      gsize length = strlen (families[i].base);

      if (g_str_has_prefix (bare, families[i].base) && bare[length] == '/')
        return make_id (&families[i], bare + length + 1);
    }

  return NULL;
}

char *
ferry_os_make_uri (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      gsize length = strlen (families[i].prefix);

      if (g_str_has_prefix (id, families[i].prefix) && is_rule_version (&families[i], id + length))
        return g_strdup_printf ("http://%s/%s", families[i].base, id + length);
    }

  return NULL;
}

/* What says more: the same system with a longer version, or any with one. */
static const Guess *
get_better (const Guess *by_id, const Guess *by_text)
{
  gsize id_length = by_id->version != NULL ? strlen (by_id->version) : 0;
  gsize text_length = by_text->version != NULL ? strlen (by_text->version) : 0;

  if (by_id->family == NULL)
    return by_text;
  if (by_text->family == NULL || text_length <= id_length)
    return by_id;

  return id_length == 0 || by_id->family->base == by_text->family->base ? by_text : by_id;
}

char *
ferry_os_guess (const FerryGuest *guest)
{
  g_auto (Guess) by_id = { NULL, NULL };
  g_auto (Guess) by_text = { NULL, NULL };

  if (guest->os_id != NULL && g_str_has_prefix (guest->os_id, "http://"))
    return dup_id_of_uri (guest->os_id);
  if (guest->os_id != NULL)
    guess_by_id (guest->os_id, &by_id);
  if (guest->os != NULL)
    guess_by_text (guest->os, &by_text);

  return dup_id (get_better (&by_id, &by_text));
}
