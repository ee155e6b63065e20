/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-advice.h"

#include "ferry-advice-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KILLED_STATUS 137     /* 128 + SIGKILL: nearly always the kernel, out of memory */
#define TERMINATED_STATUS 143 /* 128 + SIGTERM */

/* Looks for the parts of @pattern, which stand between its '*', in this order on one line. */
static gboolean
line_matches (const char *line, gsize length, const char *pattern)
{
  const char *end = line + length;

  for (;;)
    {
      gsize part = strcspn (pattern, "*");
      const char *found = memmem (line, (gsize) (end - line), pattern, part);

      if (found == NULL)
        return FALSE;
      if (pattern[part] == '\0')
        return TRUE;
      line = found + part;
      pattern += part + 1;
    }
}

gboolean
ferry_advice_matches (const char *text, const char *pattern)
{
  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");

      if (line_matches (text, length, pattern))
        return TRUE;
      text += length;
      if (*text == '\n')
        text++;
    }

  return FALSE;
}

static gboolean
entry_matches (const FerryAdviceEntry *entry, const char *text)
{
  for (guint i = 0; i < FERRY_ADVICE_PATTERNS && entry->patterns[i] != NULL; i++)
    if (ferry_advice_matches (text, entry->patterns[i]))
      return TRUE;

  return FALSE;
}

static gboolean
find_entry (const char *text, gboolean is_vague, FerryAdvice *out_advice)
{
  gsize n;
  const FerryAdviceEntry *entries = ferry_advice_get_table (&n);

  for (gsize i = 0; i < n; i++)
    if (entries[i].is_vague == is_vague && entry_matches (&entries[i], text))
      {
        *out_advice = (FerryAdvice){ entries[i].id, entries[i].code, _(entries[i].heading),
                                     _(entries[i].advice) };
        return TRUE;
      }

  return FALSE;
}

/**
 * ferry_advice_find:
 * @text: what virt-v2v, libguestfs, nbdkit, nbdcopy, qemu or libvirt said, of any number of lines
 *
 * Returns: %FALSE when nothing in it is known
 */
gboolean
ferry_advice_find (const char *text, FerryAdvice *out_advice)
{
  return find_entry (text, FALSE, out_advice) || find_entry (text, TRUE, out_advice);
}

/* A verdict may only say that something failed, and what it was stands before it in the tail. */
static gboolean
find_for_run (const char *verdict, const char *tail, FerryAdvice *out_advice)
{
  return find_entry (verdict, FALSE, out_advice) || find_entry (tail, FALSE, out_advice)
         || find_entry (verdict, TRUE, out_advice) || find_entry (tail, TRUE, out_advice);
}

static char *
list_roots (const GPtrArray *roots)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < roots->len; i++)
    {
      const FerryV2vRoot *root = g_ptr_array_index (roots, i);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", root->device);
      if (root->name != NULL)
        g_string_append_printf (list, " (%s)", root->name);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static FerryFailure *
several_roots (const GPtrArray *roots, const char *details)
{
  g_autofree char *list = list_roots (roots);
  g_autofree char *message =
    g_strdup_printf (_("There are several operating systems on the disks: %s."), list);

  return ferry_failure_new (
    FERRY_ERROR_INVALID, message,
    _("Choose which of them is the main one in the settings of the virtual machine, then try "
      "again."),
    details);
}

static FerryFailure *
ended_by_signal (int exit_status, const char *details)
{
  if (exit_status == KILLED_STATUS)
    return ferry_failure_new (
      FERRY_ERROR_CONVERSION,
      _("virt-v2v was killed by the system, probably because it ran out of memory."),
      _("Close other programs or import fewer virtual machines at once, then try again."),
      details);
  if (exit_status == TERMINATED_STATUS)
    return ferry_failure_new (FERRY_ERROR_CONVERSION, _("virt-v2v was ended from outside."),
                              _("Try again. If nobody ended it, look into the system log."),
                              details);

  return NULL;
}

static FerryFailure *
unknown_failure (const char *verdict, int exit_status, const char *details)
{
  g_autofree char *first_line = g_strndup (verdict, strcspn (verdict, "\n"));
  g_autofree char *message = NULL;

  if (first_line[0] != '\0')
    message = g_strdup_printf (_("virt-v2v failed: %s"), first_line);
  else
    message = g_strdup_printf (_("virt-v2v failed with exit status %d and did not say why."),
                               exit_status);

  return ferry_failure_new (FERRY_ERROR_CONVERSION, message,
                            _("The details and the log may say more."), details);
}

static char *
make_details (const char *verdict, const char *tail)
{
  if (strstr (tail, verdict) != NULL) /* the empty one too */
    return g_strdup (tail);

  return g_strconcat (verdict, "\n\n", tail, NULL);
}

/**
 * ferry_advice_for_run:
 * @output: finished
 * @exit_status: not 0
 *
 * Returns: (transfer full): why virt-v2v failed, for people
 */
FerryFailure *
ferry_advice_for_run (FerryV2vOutput *output, int exit_status)
{
  const char *error = ferry_v2v_output_get_error (output);
  const char *verdict = error == NULL ? "" : error;
  const GPtrArray *roots = ferry_v2v_output_get_roots (output);
  g_autofree char *tail = ferry_v2v_output_dup_tail (output);
  g_autofree char *details = make_details (verdict, tail);
  FerryFailure *by_signal = ended_by_signal (exit_status, details);
  FerryAdvice advice;

  if (by_signal != NULL)
    return by_signal;
  if (roots->len > 1)
    return several_roots (roots, details);
  if (find_for_run (verdict, tail, &advice))
    return ferry_failure_new (advice.code, advice.heading, advice.advice, details);

  return unknown_failure (verdict, exit_status, details);
}

/**
 * ferry_advice_for_error:
 * @details: (nullable): what the tools said
 *
 * Returns: (transfer full): @error as the reason of an import's end
 */
FerryFailure *
ferry_advice_for_error (const GError *error, const char *details)
{
  FerryError code = error->domain == FERRY_ERROR ? (FerryError) error->code : FERRY_ERROR_FAILED;
  FerryAdvice advice = { .advice = "" };

  /* One of ours says itself what to do where that is known. */
  if (error->domain != FERRY_ERROR && ferry_advice_find (error->message, &advice))
    code = advice.code;

  return ferry_failure_new (code, error->message, advice.advice, details == NULL ? "" : details);
}
