/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-map.h"
#include "ferry-record.h"
#include "ferryctl-draft.h"
#include "ferryctl-screen.h"
#include "ferryctl-text.h"

/* What a shell offers, one a line. It is asked while somebody types, so it never starts the worker
 * and never complains. */

typedef enum
{
  IMPORTS_ANY,
  IMPORTS_RUNNING,
  IMPORTS_ENDED,
  IMPORTS_STARTABLE,
} Which;

static void
print_commands (void)
{
  const char *const *names = ferryctl_get_command_names ();

  for (guint i = 0; names[i] != NULL; i++)
    ferryctl_screen_write_raw (names[i]);
}

static gboolean
is_one_of (const FerryRecord *record, Which which)
{
  switch (which)
    {
    case IMPORTS_RUNNING:
      return !ferry_import_state_is_end (record->state);
    case IMPORTS_ENDED:
      return ferry_import_state_is_end (record->state);
    case IMPORTS_STARTABLE:
      return ferry_record_is_startable (record);
    case IMPORTS_ANY:
      break;
    }

  return TRUE;
}

/* From the journal, which is as true as what the worker says. */
static void
print_imports (Which which)
{
  g_autoptr (GPtrArray) ids = ferry_record_list_ids (NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (FerryRecord) record = ferry_record_load (id, NULL);

      if (record != NULL && is_one_of (record, which))
        ferryctl_screen_write_raw (id);
    }
}

/* A name that had to be cleaned could not be given back to ferryctl. */
static void
print_name (const char *name)
{
  g_autofree char *clean = ferryctl_text_clean (name);

  if (g_str_equal (clean, name))
    ferryctl_screen_write_raw (name);
}

static void
print_providers (void)
{
  g_autoptr (GPtrArray) providers = ferry_provider_list (NULL, NULL);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    print_name (((const FerryProvider *) g_ptr_array_index (providers, i))->name);
}

static void
print_maps (void)
{
  g_autoptr (GPtrArray) maps = ferry_maps_load (NULL);

  for (guint i = 0; maps != NULL && i < maps->len; i++)
    print_name (((const FerryMap *) g_ptr_array_index (maps, i))->name);
}

/* Of files only: a server would have to be waited for, and might ask for a password. */
static gboolean
open_file (FerryctlSource *source, const char *word)
{
  const FerryctlAccess access = { 0 };
  g_autoptr (FerryPlan) plan = ferry_plan_new ();

  return !ferryctl_draft_is_plan (word) && ferryctl_source_parse (word, plan, NULL) &&
         plan->source.kind == FERRY_SOURCE_OVA &&
         ferryctl_source_open (source, word, &access, NULL);
}

static void
print_guests (const char *word)
{
  g_auto (FerryctlSource) source = { 0 };

  if (!open_file (&source, word))
    return;
  for (guint i = 0; i < source.guests->len; i++)
    print_name (((const FerryGuest *) g_ptr_array_index (source.guests, i))->name);
}

FerryctlExit
ferryctl_complete (FerryctlLine *line)
{
  FerryctlExit exit_code;
  const char *what;

  if (!ferryctl_line_parse (line, NULL, &exit_code))
    return exit_code;
  what = line->words[0] != NULL ? line->words[0] : "commands";

  if (g_str_equal (what, "commands"))
    print_commands ();
  else if (g_str_equal (what, "imports"))
    print_imports (IMPORTS_ANY);
  else if (g_str_equal (what, "running"))
    print_imports (IMPORTS_RUNNING);
  else if (g_str_equal (what, "ended"))
    print_imports (IMPORTS_ENDED);
  else if (g_str_equal (what, "startable"))
    print_imports (IMPORTS_STARTABLE);
  else if (g_str_equal (what, "providers"))
    print_providers ();
  else if (g_str_equal (what, "maps"))
    print_maps ();
  else if (g_str_equal (what, "guests") && line->words[1] != NULL)
    print_guests (line->words[1]);
  else
    return FERRYCTL_USAGE;

  return FERRYCTL_OK;
}
