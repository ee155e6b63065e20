/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-trust-private.h"

#include "ferry-config-file.h"
#include "ferry-error.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* known_hosts of Ferry's own, as sshd(8) describes it under SSH_KNOWN_HOSTS FILE FORMAT, so that ssh
 * and libssh can be pointed at it. Lines that Ferry does not understand are kept. */

#define DEFAULT_PORT "22"
/* The longest type is 47 characters; a key of 16,384 bits takes 2 KiB. */
#define MAX_TYPE 64
#define MAX_BLOB 65536
#define MAX_LINES 1000

/* From the best to the worst; what is in none of them comes last. */
static const struct
{
  const char *prefix;
  const char *name;
} key_types[] = {
  { "ssh-ed25519", "ED25519" }, { "sk-ssh-ed25519", "ED25519-SK" },
  { "ecdsa-sha2-", "ECDSA" },   { "sk-ecdsa-sha2-", "ECDSA-SK" },
  { "ssh-rsa", "RSA" },         { "ssh-dss", "DSA" },
};

typedef struct
{
  char *names;
  char *type;
  char *blob; /* base64 */
} HostKey;

static void
host_key_free (HostKey *key)
{
  g_free (key->names);
  g_free (key->type);
  g_free (key->blob);
  g_free (key);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostKey, host_key_free)

static guint
rank_type (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (key_types) && !g_str_has_prefix (type, key_types[i].prefix))
    i++;

  return i;
}

static char *
dup_type_name (const char *type)
{
  guint rank = rank_type (type);

  return g_strdup (rank < G_N_ELEMENTS (key_types) ? key_types[rank].name : type);
}

/* How long the string at *blob is with the four bytes that say its length; 0: it is cut off. */
static gsize
measure_string (const guchar *blob, gsize length)
{
  guint32 stated;

  if (length < sizeof stated)
    return 0;
  memcpy (&stated, blob, sizeof stated);
  stated = GUINT32_FROM_BE (stated);

  return stated <= length - sizeof stated ? sizeof stated + stated : 0;
}

/* A key is a row of strings, the first of which is its type (RFC 4253, section 6.6). */
static gboolean
blob_has_type (const guchar *blob, gsize length, const char *type)
{
  gsize type_length = strlen (type);
  gsize used = measure_string (blob, length);

  if (used != sizeof (guint32) + type_length || used == length ||
      memcmp (blob + sizeof (guint32), type, type_length) != 0)
    return FALSE;
  while (used < length)
    {
      gsize next = measure_string (blob + used, length - used);

      if (next == 0)
        return FALSE;
      used += next;
    }

  return TRUE;
}

/* GLib's decoder passes over what is not base64; encoding again finds that out. */
static guchar *
decode_blob (const char *text, gsize *out_length)
{
  g_autofree guchar *blob = NULL;
  g_autofree char *again = NULL;

  if (strlen (text) > MAX_BLOB)
    return NULL;
  blob = g_base64_decode (text, out_length);
  again = g_base64_encode (blob, *out_length);

  return strcmp (again, text) == 0 ? g_steal_pointer (&blob) : NULL;
}

static gboolean
key_is_sound (const HostKey *key)
{
  gsize length = 0;
  g_autofree guchar *blob = NULL;

  if (strlen (key->type) > MAX_TYPE)
    return FALSE;
  blob = decode_blob (key->blob, &length);

  return blob != NULL && blob_has_type (blob, length, key->type);
}

static gboolean
line_is_empty (const char *line)
{
  line += strspn (line, " \t\r");

  return *line == '\0' || *line == '#';
}

/* "names type key [comment]"; NULL: damaged, or one with a mark ("@revoked"). */
static HostKey *
parse_line (const char *line)
{
  g_autoptr (HostKey) key = g_new0 (HostKey, 1);
  char *fields[3] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gsize length;

      line += strspn (line, " \t");
      length = strcspn (line, " \t\r");
      fields[i] = g_strndup (line, length);
      line += length;
    }
  key->names = fields[0];
  key->type = fields[1];
  key->blob = fields[2];

  return *key->names != '@' && key_is_sound (key) ? g_steal_pointer (&key) : NULL;
}

/* As ssh-keygen -l prints it: base64 without what fills up its end. */
static char *
dup_key_fingerprint (const HostKey *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *blob = NULL;
  g_autofree char *base64 = NULL;
  guint8 digest[32];
  gsize digest_length = sizeof digest;
  gsize length = 0;

  blob = g_base64_decode (key->blob, &length);
  g_checksum_update (checksum, blob, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  base64 = g_base64_encode (digest, digest_length);
  base64[strcspn (base64, "=")] = '\0';

  return g_strconcat ("SHA256:", base64, NULL);
}

/* Splits "host:port", "[v6]:port", "host" or a bare IPv6 address; no port: ssh's own. */
static void
split_address (const char *address, char **out_host, char **out_port)
{
  const char *bracket = *address == '[' ? strchr (address, ']') : NULL;
  const char *colon = strrchr (address, ':');
  const char *port = NULL;

  if (bracket != NULL)
    {
      *out_host = g_strndup (address + 1, (gsize) (bracket - address - 1));
      port = bracket[1] == ':' ? bracket + 2 : NULL;
    }
  else if (colon != NULL && strchr (address, ':') == colon)
    {
      *out_host = g_strndup (address, (gsize) (colon - address));
      port = colon + 1;
    }
  else
    *out_host = g_strdup (address);
  *out_port = g_strdup (port != NULL && *port != '\0' ? port : DEFAULT_PORT);
}

/* "host", or "[host]:port" for another port than ssh's own; lower case, as ssh looks it up. */
static char *
dup_host_name (const char *address)
{
  g_autofree char *lower = g_ascii_strdown (address, -1);
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;

  split_address (lower, &host, &port);
  if (strcmp (port, DEFAULT_PORT) == 0)
    return g_steal_pointer (&host);

  return g_strdup_printf ("[%s]:%s", host, port);
}

char *
ferry_trust_dup_known_hosts (GError **error)
{
  g_autofree char *dir = ferry_paths_dup_config_dir (error);

  return dir != NULL ? g_build_filename (dir, "known_hosts", NULL) : NULL;
}

/* A file that is not there has no lines. */
static char **
read_known_lines (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!ferry_config_file_read (path, &text, &length, &local_error))
    {
      if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
        return g_new0 (char *, 1);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (strlen (text) != length)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is damaged: it is not a text."), path);
      return NULL;
    }

  return g_strsplit (text, "\n", -1);
}

/* The same before it is written; what is no text is set aside first. */
static char **
read_lines_for_change (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) lines = read_known_lines (path, &local_error);

  if (lines != NULL)
    return g_steal_pointer (&lines);
  if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_INVALID) &&
      ferry_config_file_set_aside (path, NULL))
    return g_new0 (char *, 1);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static gboolean
names_has (const char *names, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_strcasecmp (parts[i], name) == 0)
      return TRUE;

  return FALSE;
}

/* (element-type HostKey): those that are pinned for @address */
static GPtrArray *
look_up (const char *address)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) host_key_free);
  g_autofree char *path = ferry_trust_dup_known_hosts (NULL);
  g_autofree char *name = NULL;
  g_auto (GStrv) lines = NULL;

  if (path != NULL && ferry_trust_address_is_valid (address))
    lines = read_known_lines (path, NULL);
  name = lines != NULL ? dup_host_name (address) : NULL;
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autoptr (HostKey) key = line_is_empty (lines[i]) ? NULL : parse_line (lines[i]);

      if (key != NULL && names_has (key->names, name))
        g_ptr_array_add (keys, g_steal_pointer (&key));
    }

  return g_steal_pointer (&keys);
}

/* (element-type HostKey): all of @text; NULL: a line is damaged, or there is none */
static GPtrArray *
parse_lines (const char *text)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) host_key_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (HostKey) key = NULL;

      if (line_is_empty (lines[i]))
        continue;
      key = parse_line (lines[i]);
      if (key == NULL)
        return NULL;
      g_ptr_array_add (keys, g_steal_pointer (&key));
    }

  return keys->len > 0 ? g_steal_pointer (&keys) : NULL;
}

static const HostKey *
find_best (GPtrArray *keys)
{
  const HostKey *best = g_ptr_array_index (keys, 0);

  for (guint i = 1; i < keys->len; i++)
    {
      const HostKey *key = g_ptr_array_index (keys, i);

      if (rank_type (key->type) < rank_type (best->type))
        best = key;
    }

  return best;
}

static gboolean
has_key (GPtrArray *keys, const HostKey *wanted)
{
  for (guint i = 0; i < keys->len; i++)
    if (strcmp (((const HostKey *) g_ptr_array_index (keys, i))->blob, wanted->blob) == 0)
      return TRUE;

  return FALSE;
}

gboolean
ferry_trust_host_key_is_pinned (const char *address, const char *lines)
{
  g_autoptr (GPtrArray) shown = parse_lines (lines);
  g_autoptr (GPtrArray) known = NULL;

  if (shown == NULL)
    return FALSE;
  known = look_up (address);
  for (guint i = 0; i < shown->len; i++)
    if (has_key (known, g_ptr_array_index (shown, i)))
      return TRUE;

  return FALSE;
}

/* The one of the same type is what people can compare. */
static char *
dup_known_fingerprint (GPtrArray *known, const HostKey *shown)
{
  if (known->len == 0 || has_key (known, shown))
    return NULL;
  for (guint i = 0; i < known->len; i++)
    if (strcmp (((const HostKey *) g_ptr_array_index (known, i))->type, shown->type) == 0)
      return dup_key_fingerprint (g_ptr_array_index (known, i));

  return dup_key_fingerprint (g_ptr_array_index (known, 0));
}

FerryTrustQuestion *
ferry_trust_question_new_host_key (const char *address, const char *lines, GError **error)
{
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autofree char *name = NULL;
  const HostKey *key;

  if (!ferry_trust_check_address (address, error))
    return NULL;
  shown = parse_lines (lines);
  if (shown == NULL)
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("‘%s’ did not show a host key that ssh would accept."), address);
      return NULL;
    }

  key = find_best (shown);
  known = look_up (address);
  name = dup_host_name (address);
  question = g_new0 (FerryTrustQuestion, 1);
  question->kind = FERRY_TRUST_HOST_KEY;
  question->address = g_strdup (address);
  question->fingerprint = dup_key_fingerprint (key);
  question->known_fingerprint = dup_known_fingerprint (known, key);
  question->key_type = dup_type_name (key->type);
  question->problem = g_strdup (question->known_fingerprint != NULL
                                    ? _("The host key has CHANGED since you trusted it: the "
                                         "server was set up anew, or another "
                                         "one answers in its place.")
                                    : _("The host key has not been trusted so far."));
  question->material = g_strdup_printf ("%s %s %s\n", name, key->type, key->blob);

  return g_steal_pointer (&question);
}

/* @line without @name among its names; NULL: it had no other. */
static char *
remove_name (const char *line, const char *name)
{
  g_autoptr (HostKey) key = line_is_empty (line) ? NULL : parse_line (line);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *names = NULL;

  if (key == NULL || !names_has (key->names, name))
    return g_strdup (line);
  parts = g_strsplit (key->names, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_strcasecmp (parts[i], name) != 0)
      g_ptr_array_add (kept, parts[i]);
  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  names = g_strjoinv (",", (char **) kept->pdata);

  return g_strconcat (names, strstr (line, key->names) + strlen (key->names), NULL);
}

/* Writes the file without @name, and with @line (nullable) at its end. */
static gboolean
rewrite (const char *name, const char *line, GError **error)
{
  g_autofree char *path = ferry_trust_dup_known_hosts (error);
  g_auto (GStrv) lines = path != NULL ? read_lines_for_change (path, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *kept = *lines[i] != '\0' ? remove_name (lines[i], name) : NULL;

      if (kept != NULL)
        g_string_append_printf (text, "%s\n", kept);
    }
  if (line != NULL)
    g_string_append (text, line);

  return ferry_paths_write_atomic (path, text->str, (gssize) text->len, error);
}

gboolean
ferry_trust_accept_host_key (const FerryTrustQuestion *question, GError **error)
{
  g_autofree char *name = dup_host_name (question->address);
  g_autoptr (GPtrArray) keys = parse_lines (question->material != NULL ? question->material : "");
  g_autofree char *fingerprint = NULL;
  g_autofree char *line = NULL;
  const HostKey *key = keys != NULL ? g_ptr_array_index (keys, 0) : NULL;

  if (key != NULL)
    fingerprint = dup_key_fingerprint (key);
  if (g_strcmp0 (fingerprint, question->fingerprint) != 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The host key of ‘%s’ is damaged and cannot be remembered."),
                       question->address);
  line = g_strdup_printf ("%s %s %s\n", name, key->type, key->blob);

  return rewrite (name, line, error);
}

gboolean
ferry_trust_forget_host_key (const char *address, GError **error)
{
  g_autoptr (GPtrArray) known = look_up (address);
  g_autofree char *name = dup_host_name (address);

  return known->len == 0 ? TRUE : rewrite (name, NULL, error);
}
