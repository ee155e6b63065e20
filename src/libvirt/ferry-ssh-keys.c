/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ssh-keys.h"

#include "ferry-error.h"
#include "ferry-helper.h"
#include "ferry-libvirt-reason.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LIMIT_MSEC 20000
#define SCAN_SECONDS "8"
#define CONNECT_SECONDS 5
#define SSH_PORT 22

/* A line of known_hosts: "[@mark] names type key [comment]" */
typedef struct
{
  char *mark; /* (nullable) */
  char *type;
  char *key;
} Line;

static void
line_free (Line *line)
{
  g_free (line->mark);
  g_free (line->type);
  g_free (line->key);
  g_free (line);
}

void
ferry_ssh_host_free (FerrySshHost *host)
{
  if (host == NULL)
    return;
  g_free (host->host);
  g_free (host->user);
  g_free (host->name);
  g_strfreev (host->files);
  g_free (host);
}

/* argv[0] is looked up. */
static FerryHelperAnswer *
run (const char **argv, GCancellable *cancellable, GError **error)
{
  g_autofree char *program = ferry_paths_dup_tool (argv[0]);
  FerryHelper helper = { .argv = argv, .limit_msec = LIMIT_MSEC };

  if (program == NULL)
    {
      ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                  _("The program ‘%s’ is not installed. Install the package openssh-client "
                    "(Debian) or openssh-clients (Fedora)."),
                  argv[0]);
      return NULL;
    }
  argv[0] = program;

  return ferry_helper_run (&helper, cancellable, error);
}

/* --- where ssh goes --- */

/* "key value" of ssh -G */
static char *
dup_setting (char **lines, const char *key)
{
  gsize length = strlen (key);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], key) && lines[i][length] == ' ')
      return g_strstrip (g_strdup (lines[i] + length));

  return NULL;
}

static gboolean
is_set (char **lines, const char *key)
{
  g_autofree char *value = dup_setting (lines, key);

  return value != NULL && *value != '\0' && strcmp (value, "none") != 0;
}

static char *
make_name (const FerrySshHost *host, char **lines)
{
  g_autofree char *alias = dup_setting (lines, "hostkeyalias");

  if (alias != NULL && *alias != '\0' && strcmp (alias, "none") != 0)
    return g_steal_pointer (&alias);
  if (host->port == SSH_PORT)
    return g_ascii_strdown (host->host, -1);

  return g_strdup_printf ("[%s]:%u", host->host, host->port);
}

static FerrySshHost *
read_settings (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (FerrySshHost) host = g_new0 (FerrySshHost, 1);
  g_autofree char *port = dup_setting (lines, "port");
  g_autofree char *own = dup_setting (lines, "userknownhostsfile");
  g_autofree char *global = dup_setting (lines, "globalknownhostsfile");
  g_autofree char *files = g_strjoin (" ", own != NULL ? own : "", global, NULL);

  host->host = dup_setting (lines, "hostname");
  host->user = dup_setting (lines, "user");
  host->port = port != NULL ? (guint) g_ascii_strtoull (port, NULL, 10) : SSH_PORT;
  host->files = g_strsplit (files, " ", -1);
  host->is_behind = is_set (lines, "proxyjump") || is_set (lines, "proxycommand");
  if (host->host == NULL)
    return NULL;
  host->name = make_name (host, lines);

  return g_steal_pointer (&host);
}

FerrySshHost *
ferry_ssh_host_find (const char *host,
                     const char *user,
                     guint port,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *port_text = g_strdup_printf ("-oPort=%u", port);
  g_autofree char *user_text = g_strdup_printf ("-oUser=%s", user);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (FerryHelperAnswer) answer = NULL;
  FerrySshHost *found;

  g_ptr_array_add (argv, (gpointer) "ssh");
  g_ptr_array_add (argv, (gpointer) "-GT");
  if (port > 0)
    g_ptr_array_add (argv, port_text);
  if (user != NULL)
    g_ptr_array_add (argv, user_text);
  g_ptr_array_add (argv, (gpointer) "--");
  g_ptr_array_add (argv, (gpointer) host);
  g_ptr_array_add (argv, NULL);

  answer = run ((const char **) argv->pdata, cancellable, error);
  if (answer == NULL)
    return NULL;
  found = answer->exit_status == 0 ? read_settings (answer->output) : NULL;
  if (found == NULL)
    ferry_fail (error, FERRY_ERROR_INVALID, _("ssh does not know what to do with ‘%s’: %s"), host,
                answer->errors);

  return found;
}

/* --- lines of known_hosts --- */

static Line *
parse_line (const char *text)
{
  g_auto (GStrv) all = g_strsplit_set (text, " \t\r", -1);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  Line *line;
  guint first;

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_ptr_array_add (fields, all[i]);
  if (fields->len == 0 || *text == '#')
    return NULL;
  first = *(const char *) fields->pdata[0] == '@' ? 1 : 0;
  if (fields->len < first + 3)
    return NULL;
  line = g_new0 (Line, 1);
  line->mark = first == 1 ? g_strdup (fields->pdata[0]) : NULL;
  line->type = g_strdup (fields->pdata[first + 1]);
  line->key = g_strdup (fields->pdata[first + 2]);

  return line;
}

static void
add_lines (GPtrArray *lines, const char *text)
{
  g_auto (GStrv) texts = g_strsplit (text, "\n", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      Line *line = parse_line (texts[i]);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
}

/* ssh-keygen also finds names that are hashed. That it finds none is no error. */
static gboolean
look_up (const FerrySshHost *host,
         const char *file,
         GPtrArray *lines,
         GCancellable *cancellable,
         GError **error)
{
  const char *argv[] = { "ssh-keygen", "-F", host->name, "-f", file, NULL };
  g_autoptr (FerryHelperAnswer) answer = NULL;

  if (file == NULL || *file != '/' || !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  answer = run (argv, cancellable, error);
  if (answer != NULL && answer->exit_status == 0)
    add_lines (lines, answer->output);

  return answer != NULL;
}

static GPtrArray *
list_known (const FerrySshHost *host, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  g_autofree char *own = ferry_trust_dup_known_hosts (NULL);

  for (guint i = 0; host->files[i] != NULL; i++)
    if (!look_up (host, host->files[i], lines, cancellable, error))
      return NULL;

  return look_up (host, own, lines, cancellable, error) ? g_steal_pointer (&lines) : NULL;
}

char *
ferry_ssh_host_dup_known (const FerrySshHost *host, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = list_known (host, cancellable, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);

      if (line->mark == NULL)
        g_string_append_printf (text, "%s %s %s\n", host->name, line->type, line->key);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- what the server shows --- */

/* ssh-keyscan says little: why nothing was shown is found by connecting. */
static FerryLibvirtReason
find_reason (const FerrySshHost *host, GCancellable *cancellable)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = g_network_address_new (host->host, (guint16) host->port);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, CONNECT_SECONDS);
  connection = g_socket_client_connect (client, address, cancellable, &error);
  if (error != NULL && error->domain == G_RESOLVER_ERROR)
    return FERRY_LIBVIRT_NO_HOST;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return FERRY_LIBVIRT_REFUSED;

  return FERRY_LIBVIRT_UNREACHABLE;
}

static gboolean
fail_scan (const FerrySshHost *host, const char *uri, GCancellable *cancellable, GError **error)
{
  FerryLibvirtRefusal refusal = { .reason = find_reason (host, cancellable), .uri = uri };

  refusal.subject = "";
  refusal.message = _("no host key was shown.");

  return !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         ferry_libvirt_refuse (&refusal, error);
}

static char *
scan (const FerrySshHost *host, const char *uri, GCancellable *cancellable, GError **error)
{
  g_autofree char *port = g_strdup_printf ("%u", host->port);
  const char *argv[] = { "ssh-keyscan", "-T", SCAN_SECONDS, "-p", port, "--", host->host, NULL };
  g_autoptr (FerryHelperAnswer) answer = run (argv, cancellable, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);

  if (answer == NULL)
    return NULL;
  add_lines (lines, answer->output);
  if (lines->len > 0)
    return g_steal_pointer (&answer->output);
  fail_scan (host, uri, cancellable, error);

  return NULL;
}

typedef enum
{
  KEY_UNKNOWN,
  KEY_KNOWN,
  KEY_CHANGED,
} Judgement;

static Judgement
judge_key (const Line *shown, GPtrArray *known)
{
  Judgement judgement = KEY_UNKNOWN;

  for (guint i = 0; i < known->len; i++)
    {
      const Line *line = g_ptr_array_index (known, i);

      if (line->mark != NULL || strcmp (line->type, shown->type) != 0)
        continue;
      if (strcmp (line->key, shown->key) == 0)
        return KEY_KNOWN;
      judgement = KEY_CHANGED;
    }

  return judgement;
}

/* A server whose keys are vouched for by an authority is for ssh to judge. */
static gboolean
has_authority (GPtrArray *known)
{
  for (guint i = 0; i < known->len; i++)
    if (g_strcmp0 (((const Line *) g_ptr_array_index (known, i))->mark, "@cert-authority") == 0)
      return TRUE;

  return FALSE;
}

/* ssh asks a server for the first of these kinds that it knows a key of. A server all of whose keys
 * are of kinds that it had not shown before is none that is known. */
static Judgement
judge (GPtrArray *shown, GPtrArray *known)
{
  static const char *const kinds[] = { "ssh-ed25519", "sk-", "ecdsa-", "" };

  if (has_authority (known))
    return KEY_KNOWN;
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < shown->len; i++)
      {
        const Line *line = g_ptr_array_index (shown, i);
        Judgement judgement = judge_key (line, known);

        if (judgement != KEY_UNKNOWN && g_str_has_prefix (line->type, kinds[kind]))
          return judgement;
      }

  return known->len > 0 ? KEY_CHANGED : KEY_UNKNOWN;
}

/* As ssh shows it. */
static char *
dup_fingerprint (const Line *line)
{
  gsize length = 0;
  g_autofree guchar *key = g_base64_decode (line->key, &length);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;
  guint8 digest[32];
  gsize digest_length = sizeof digest;

  g_checksum_update (checksum, key, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  text = g_base64_encode (digest, digest_length);
  text[strcspn (text, "=")] = '\0';

  return g_strconcat ("SHA256:", text, NULL);
}

/* Ferry's own file knows of its own keys only; the one that changed may be the user's. */
static void
add_known_fingerprint (FerryTrustQuestion *question, GPtrArray *known)
{
  if (question->known_fingerprint != NULL)
    return;
  question->known_fingerprint = dup_fingerprint (g_ptr_array_index (known, 0));
  g_free (question->problem);
  question->problem = g_strdup (_("The host key has CHANGED since you trusted it with ssh: the "
                                  "server was set up anew, or another one answers in its place."));
}

static FerryTrustQuestion *
ask (const FerrySshHost *host, const char *lines, GError **error)
{
  return ferry_trust_question_new_host_key (host->name, lines, error);
}

gboolean
ferry_ssh_host_examine (const FerrySshHost *host,
                        const char *uri,
                        FerryTrustQuestion **out_question,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  g_autofree char *lines = NULL;
  Judgement judgement;

  *out_question = NULL;
  if (host->is_behind)
    return TRUE;
  lines = scan (host, uri, cancellable, error);
  known = lines != NULL ? list_known (host, cancellable, error) : NULL;
  if (known == NULL)
    return FALSE;

  add_lines (shown, lines);
  judgement = judge (shown, known);
  if (judgement == KEY_KNOWN)
    return TRUE;
  *out_question = ask (host, lines, error);
  if (*out_question != NULL && judgement == KEY_CHANGED)
    add_known_fingerprint (*out_question, known);

  return *out_question != NULL;
}
