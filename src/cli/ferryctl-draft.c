/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-draft.h"

#include "ferry-endpoint.h"
#include "ferry-error.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A plan of some thousand virtual machines stays far below; what is larger is something else. */
#define LARGEST_PLAN (64 * 1024 * 1024)
#define CHUNK 65536

static gboolean
begins_like_json (const char *path)
{
  char bytes[64] = "";
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize length;

  if (fd < 0)
    return FALSE;
  length = read (fd, bytes, sizeof bytes - 1);
  g_close (fd, NULL);

  return length > 0 && *g_strchug (bytes) == '{';
}

/** ferryctl_draft_is_plan: whether @word is meant as a PLAN, not as a SOURCE */
gboolean
ferryctl_draft_is_plan (const char *word)
{
  struct stat info;

  if (g_str_equal (word, "-") || g_str_has_suffix (word, ".json"))
    return TRUE;
  if (stat (word, &info) != 0 || S_ISDIR (info.st_mode))
    return FALSE;

  /* What is not a file, as <(ferryctl plan …), can be read only once. */
  return !S_ISREG (info.st_mode) || begins_like_json (word);
}

static gboolean
read_all (int fd, const char *name, GString *text, GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize length;

  while ((length = read (fd, buffer, CHUNK)) != 0)
    {
      if (length < 0 && errno == EINTR)
        continue;
      if (length < 0)
        return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be read: %s."), name,
                           g_strerror (errno));
      g_string_append_len (text, buffer, length);
      if (text->len > LARGEST_PLAN)
        return ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is too large to be a plan."), name);
    }

  return TRUE;
}

/**
 * ferryctl_draft_load: the plan in the file @word, or on standard input for "-"
 *
 * Errors: FERRY_ERROR_INVALID, NOT_FOUND, FAILED
 */
FerryPlan *
ferryctl_draft_load (const char *word, GError **error)
{
  g_autofree char *name = g_filename_display_name (word);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (FerryPlan) plan = NULL;
  gboolean is_stdin = g_str_equal (word, "-");
  int fd = is_stdin ? STDIN_FILENO : g_open (word, O_RDONLY | O_CLOEXEC, 0);
  gboolean was_read;

  if (fd < 0)
    {
      ferry_fail (error, errno == ENOENT ? FERRY_ERROR_NOT_FOUND : FERRY_ERROR_FAILED,
                  _("The plan ‘%s’ cannot be opened: %s."), name, g_strerror (errno));
      return NULL;
    }
  was_read = read_all (fd, name, text, error);
  if (!is_stdin)
    g_close (fd, NULL);
  if (!was_read)
    return NULL;

  plan = ferry_plan_from_text (text->str, (gssize) text->len, error);
  if (plan == NULL)
    g_prefix_error (error, _("‘%s’ is not a plan that can be used: "), name);

  return g_steal_pointer (&plan);
}

static gboolean
add_guests (FerryctlSource *source, const GPtrArray *chosen, GError **error)
{
  g_autoptr (GPtrArray) guests = ferryctl_guests_read (source->source, chosen, error);

  if (guests == NULL)
    return FALSE;
  for (guint i = 0; i < guests->len; i++)
    ferry_plan_add_guest (source->plan, g_ptr_array_index (guests, i));

  return TRUE;
}

/* A destination that does not answer is for the checks to tell. */
static void
map_equal_names (FerryPlan *plan)
{
  g_autoptr (FerryTarget) target = ferry_endpoint_open_target (plan, NULL);
  g_autoptr (FerryDestinationFacts) facts = NULL;

  if (target != NULL)
    facts = ferry_target_inspect (target, NULL, NULL);
  if (facts != NULL)
    ferry_plan_map_equal_names (plan, facts);
}

/**
 * ferryctl_draft_make:
 * @words: SOURCE and GUESTs
 * @out_exit: (out): what to exit with when this fails
 *
 * Returns: (transfer full): a plan with at least one guest; networks of equal names at the
 *   destination are mapped
 */
FerryPlan *
ferryctl_draft_make (char *const *words,
                     const FerryctlChoices *choices,
                     const FerryctlAccess *access,
                     FerryctlExit *out_exit,
                     GError **error)
{
  g_auto (FerryctlSource) source = { 0 };
  g_autoptr (GPtrArray) chosen = NULL;
  FerryctlGuests rule =
      choices->all ? FERRYCTL_GUESTS_ALL_UNLESS_NAMED : FERRYCTL_GUESTS_ONLY_ONE_UNLESS_NAMED;

  if (!ferryctl_source_open (&source, words[0], access, error))
    {
      *out_exit = source.exit_code;
      return NULL;
    }

  *out_exit = FERRYCTL_USAGE;
  if (!ferryctl_choices_apply_defaults (choices, source.plan, error))
    return NULL;
  chosen = ferryctl_guests_choose (source.guests, words + 1, rule, error);
  if (chosen == NULL)
    return NULL;

  *out_exit = FERRYCTL_UNREACHABLE;
  if (!add_guests (&source, chosen, error))
    return NULL;

  *out_exit = FERRYCTL_USAGE;
  if (!ferryctl_choices_apply_to_guests (choices, source.plan, error))
    return NULL;
  map_equal_names (source.plan);

  return g_steal_pointer (&source.plan);
}
