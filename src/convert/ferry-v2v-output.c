/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-v2v-output.h"

#include "ferry-json.h"
#include "ferry-lines.h"
#include "ferry-v2v-phases.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAIL_SIZE ((gsize) 64 * 1024)
#define TEXT_MAX ((gsize) 16 * 1024)
#define MAX_ROOTS 1000
#define ERROR_PREFIX "virt-v2v: error: "
#define WARNING_PREFIX "virt-v2v: warning: "

struct _FerryV2vOutput
{
  FerryV2vEvents events;
  FerryLines lines[4]; /* by FerryStream */
  FerryV2vPhase phase; /* the latest; texts not kept */
  char *phase_text;    /* (owned): virt-v2v's own text of it */
  char *warning;       /* (owned): the latest */
  gboolean has_messages;

  /* Disks, as the messages count them and as the bars do; -1: none yet. */
  int disk;
  guint n_disks;
  guint percent; /* told of disk */
  int bar_disk;
  guint bar_percent;

  char *error;         /* (owned): from the messages */
  GString *said_error; /* (owned): from standard error, for want of messages */
  gboolean in_said_error;
  gboolean in_roots;
  GPtrArray *roots; /* (owned) (element-type FerryV2vRoot) */
  GString *tail;    /* (owned): of standard error, without bars; up to twice TAIL_SIZE */
};

static void
root_free (FerryV2vRoot *root)
{
  g_free (root->device);
  g_free (root->name);
  g_free (root);
}

static char *
make_text (const char *bytes, gsize length)
{
  return g_utf8_make_valid (bytes, (gssize) MIN (length, TEXT_MAX));
}

static void
tell_percent (FerryV2vOutput *self, guint percent)
{
  if (percent <= self->percent)
    return;

  self->percent = percent;
  if (self->events.percent != NULL)
    self->events.percent ((guint) self->disk, percent, self->events.user_data);
}

static void
tell_phase (FerryV2vOutput *self)
{
  if (self->events.phase != NULL)
    self->events.phase (&self->phase, self->events.user_data);
}

/* nbdcopy may be so quick that its last bar is read after the next message, or never drawn. */
static void
end_disk (FerryV2vOutput *self)
{
  if (self->disk >= 0)
    tell_percent (self, 100);
}

static void
start_disk (FerryV2vOutput *self, guint disk, guint n_disks, const char *text)
{
  /* Translators: the first is the number of the disk, the second how many there are. */
  g_autofree char *sentence = g_strdup_printf (_("Copying disk %u of %u"), disk + 1, n_disks);

  end_disk (self);
  self->disk = (int) disk;
  self->n_disks = n_disks;
  self->percent = 0;
  self->phase = (FerryV2vPhase){ FERRY_V2V_COPYING, sentence, text, disk, n_disks };
  tell_phase (self);
  if (self->events.disk != NULL)
    self->events.disk (disk, n_disks, self->events.user_data);
  if (self->bar_disk == self->disk)
    tell_percent (self, self->bar_percent);
}

/* One that is not known says nothing of how far it all is. */
static void
start_unknown_phase (FerryV2vOutput *self, const char *text)
{
  self->phase.sentence = text;
  self->phase.text = text;
  tell_phase (self);
}

static void
start_phase (FerryV2vOutput *self, const char *text)
{
  FerryV2vPhase phase;
  guint disk, n_disks;

  if (g_strcmp0 (self->phase_text, text) == 0)
    return;
  g_free (self->phase_text);
  self->phase_text = g_strdup (text);

  if (ferry_v2v_phase_parse_disk (text, &disk, &n_disks))
    start_disk (self, disk, n_disks, text);
  else if (!ferry_v2v_phase_find (text, &phase) || phase.stage < self->phase.stage)
    start_unknown_phase (self, text);
  else
    {
      if (phase.stage == self->phase.stage)
        phase.done = MAX (phase.done, self->phase.done);
      if (phase.stage == FERRY_V2V_FINISHING)
        end_disk (self);
      self->phase = phase;
      tell_phase (self);
    }
}

static void
take_warning (FerryV2vOutput *self, const char *text)
{
  if (g_strcmp0 (self->warning, text) == 0)
    return;

  g_free (self->warning);
  self->warning = g_strdup (text);
  if (self->events.warning != NULL)
    self->events.warning (text, self->events.user_data);
}

static void
add_root (FerryV2vOutput *self, const char *device, const char *name)
{
  FerryV2vRoot *root;

  if (self->roots->len >= MAX_ROOTS)
    return;

  root = g_new0 (FerryV2vRoot, 1);
  root->device = g_strdup (device);
  root->name = g_strdup (name);
  g_ptr_array_add (self->roots, root);
}

/* "root device X not found.  Roots found were: A B C" */
static void
take_roots_of_error (FerryV2vOutput *self, const char *text)
{
  const char *found = strstr (text, "Roots found were: ");
  g_auto (GStrv) devices = NULL;

  if (found == NULL || self->roots->len > 0)
    return;

  devices = g_strsplit_set (found + strlen ("Roots found were: "), " \n", -1);
  for (guint i = 0; devices[i] != NULL; i++)
    if (devices[i][0] != '\0')
      add_root (self, devices[i], NULL);
}

/* The first is the reason, what follows comes of it. */
static void
take_error (FerryV2vOutput *self, const char *text)
{
  if (self->error == NULL)
    self->error = g_strdup (text);
  take_roots_of_error (self, text);
}

static void
take_message (FerryV2vOutput *self, const char *type, const char *text)
{
  self->has_messages = TRUE;
  if (strcmp (type, "message") == 0)
    start_phase (self, text);
  else if (strcmp (type, "warning") == 0)
    take_warning (self, text);
  else if (strcmp (type, "error") == 0)
    take_error (self, text);
  else if (strcmp (type, "info") == 0 && self->events.info != NULL)
    self->events.info (text, self->events.user_data);
}

/* { "message": …, "timestamp": …, "type": … }: what is something else is passed over. */
static void
on_message_line (const char *line, gsize length, gpointer user_data)
{
  FerryV2vOutput *self = user_data;
  g_autofree char *valid = g_utf8_make_valid (line, (gssize) length);
  g_autoptr (JsonNode) node = ferry_json_parse (valid, -1, NULL);
  g_autofree char *type = NULL;
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  if (!ferry_json_get_string (json_node_get_object (node), "type", &type, NULL)
      || !ferry_json_get_string (json_node_get_object (node), "message", &message, NULL)
      || type == NULL || message == NULL)
    return;

  text = make_text (message, strlen (message));
  take_message (self, type, text);
}

/* " [1] /dev/sda1 (12.0)", in the list that virt-v2v prints before it asks which it should be. */
static void
take_root_line (FerryV2vOutput *self, const char *text)
{
  g_autofree char *device = NULL;
  g_autofree char *name = NULL;
  const char *open;
  int start = 0;
  guint number;

  if (sscanf (text, " [%5u] %n", &number, &start) != 1 || start == 0 || text[start] == '\0')
    return;

  open = strstr (text + start, " (");
  if (open == NULL || !g_str_has_suffix (text, ")"))
    {
      add_root (self, text + start, NULL);
      return;
    }

  device = g_strndup (text + start, (gsize) (open - text) - (gsize) start);
  name = g_strndup (open + 2, strlen (open + 2) - 1);
  add_root (self, device, name);
}

/* "[  16.1] Inspecting the source": the same as the messages, for a virt-v2v that sends none. */
static void
take_plain_line (FerryV2vOutput *self, const char *text)
{
  gsize stamp = text[0] == '[' ? strspn (text + 1, " .0123456789") : 0;

  if (g_str_has_prefix (text, WARNING_PREFIX))
    take_warning (self, text + strlen (WARNING_PREFIX));
  else if (stamp > 0 && g_str_has_prefix (text + 1 + stamp, "] "))
    start_phase (self, text + 1 + stamp + 2);
}

static void
on_stdout_line (const char *line, gsize length, gpointer user_data)
{
  FerryV2vOutput *self = user_data;
  g_autofree char *text = make_text (line, length);

  if (strstr (text, "multi-boot operating system detected") != NULL)
    self->in_roots = TRUE;
  else if (self->in_roots && g_str_has_prefix (text, " ["))
    take_root_line (self, text);
  else if (!self->has_messages)
    take_plain_line (self, text);
}

/* A bar of nbdcopy (libnbd copy/progress.c): a glyph, " 66% [****----]". */
static gboolean
parse_bar (const char *text, guint *out_percent)
{
  const char *percent = strstr (text, "% [");
  const char *digits = percent;
  gsize n;

  if (percent == NULL)
    return FALSE;

  n = strspn (percent + 3, "*-");
  if (n == 0 || strcmp (percent + 3 + n, "]") != 0)
    return FALSE;
  while (digits > text && percent - digits < 3 && g_ascii_isdigit (digits[-1]))
    digits--;
  if (digits == percent)
    return FALSE;

  *out_percent = (guint) MIN (atoi (digits), 100);
  return TRUE;
}

/* Bars and messages come on different pipes and so in any order: a bar that goes back to the start
 * belongs to the next disk, whose message may be still to come. */
static void
take_bar (FerryV2vOutput *self, guint percent)
{
  if (self->bar_disk < 0 || percent < self->bar_percent)
    self->bar_disk = MAX (self->bar_disk + 1, self->disk);

  self->bar_percent = percent;
  if (self->bar_disk == self->disk)
    tell_percent (self, percent);
}

static void
keep_tail (FerryV2vOutput *self, const char *line, gsize length)
{
  g_string_append_len (self->tail, line, (gssize) length);
  g_string_append_c (self->tail, '\n');
  if (self->tail->len > 2 * TAIL_SIZE)
    g_string_erase (self->tail, 0, (gssize) (self->tail->len - TAIL_SIZE));
}

/* For want of messages: from "virt-v2v: error: ", which may stand behind a half line of another
 * program, to the paragraph on how to report bugs. */
static void
take_said_error (FerryV2vOutput *self, const char *text)
{
  const char *start = strstr (text, ERROR_PREFIX);

  if (start != NULL && self->said_error->len == 0)
    {
      g_string_append (self->said_error, start + strlen (ERROR_PREFIX));
      self->in_said_error = TRUE;
    }
  else if (g_str_has_prefix (text, "If reporting bugs"))
    self->in_said_error = FALSE;
  else if (self->in_said_error && self->said_error->len < TEXT_MAX)
    g_string_append_printf (self->said_error, "\n%s", text);
}

static void
on_stderr_line (const char *line, gsize length, gpointer user_data)
{
  FerryV2vOutput *self = user_data;
  g_autofree char *text = make_text (line, length);
  guint percent;

  if (parse_bar (text, &percent))
    {
      take_bar (self, percent);
      return;
    }

  keep_tail (self, line, length);
  take_said_error (self, text);
}

/**
 * ferry_v2v_output_new:
 * @events: copied
 */
FerryV2vOutput *
ferry_v2v_output_new (const FerryV2vEvents *events)
{
  FerryV2vOutput *self = g_new0 (FerryV2vOutput, 1);

  self->events = *events;
  self->phase.stage = FERRY_V2V_CONVERTING;
  self->phase.total = 1;
  self->disk = -1;
  self->bar_disk = -1;
  self->roots = g_ptr_array_new_with_free_func ((GDestroyNotify) root_free);
  self->tail = g_string_new (NULL);
  self->said_error = g_string_new (NULL);
  self->lines[FERRY_STREAM_STDOUT] = (FerryLines){ "\n", on_stdout_line, self, NULL };
  self->lines[FERRY_STREAM_STDERR] = (FerryLines){ "\r\n", on_stderr_line, self, NULL };
  self->lines[FERRY_STREAM_MESSAGES] = (FerryLines){ "\n", on_message_line, self, NULL };

  return self;
}

void
ferry_v2v_output_free (FerryV2vOutput *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    ferry_lines_clear (&self->lines[i]);
  g_ptr_array_unref (self->roots);
  g_string_free (self->tail, TRUE);
  g_string_free (self->said_error, TRUE);
  g_free (self->phase_text);
  g_free (self->warning);
  g_free (self->error);
  g_free (self);
}

/** ferry_v2v_output_feed: takes the next @length bytes of a stream; calls back from inside */
void
ferry_v2v_output_feed (FerryV2vOutput *self, FerryStream stream, const char *bytes, gsize length)
{
  g_return_if_fail (stream >= FERRY_STREAM_STDOUT && stream <= FERRY_STREAM_MESSAGES);

  ferry_lines_feed (&self->lines[stream], bytes, length);
}

/** ferry_v2v_output_finish: virt-v2v has ended: what it did not finish counts as it is */
void
ferry_v2v_output_finish (FerryV2vOutput *self)
{
  for (guint i = FERRY_STREAM_STDOUT; i < G_N_ELEMENTS (self->lines); i++)
    ferry_lines_finish (&self->lines[i]);
}

/**
 * ferry_v2v_output_get_error:
 *
 * Returns: (transfer none) (nullable): virt-v2v's verdict in its own words, of one or more lines
 */
const char *
ferry_v2v_output_get_error (FerryV2vOutput *self)
{
  GString *said = self->said_error;

  if (self->error != NULL)
    return self->error;

  while (said->len > 0 && g_ascii_isspace (said->str[said->len - 1]))
    g_string_truncate (said, said->len - 1);
  return said->len > 0 ? said->str : NULL;
}

/**
 * ferry_v2v_output_get_roots:
 *
 * Returns: (transfer none) (element-type FerryV2vRoot): the operating systems found when it was
 *   not clear which is meant; usually empty
 */
const GPtrArray *
ferry_v2v_output_get_roots (FerryV2vOutput *self)
{
  return self->roots;
}

/**
 * ferry_v2v_output_dup_tail:
 *
 * Returns: (transfer full): the end of what came on standard error, at most 64 KiB, without
 *   progress bars; valid UTF-8
 */
char *
ferry_v2v_output_dup_tail (FerryV2vOutput *self)
{
  const char *start = self->tail->str;
  gsize length = self->tail->len;

  if (length > TAIL_SIZE)
    {
      start += length - TAIL_SIZE;
      length = TAIL_SIZE;
    }
  while (length > 0 && ((guchar) *start & 0xc0) == 0x80) /* the rest of a character */
    {
      start++;
      length--;
    }

  return g_utf8_make_valid (start, (gssize) length);
}
