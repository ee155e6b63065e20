/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferryctl-findings.h"
#include "ferryctl-json.h"
#include "ferryctl-source.h"
#include "ferryctl-table.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static void
add_row (FerryctlTable *table, const FerryGuest *guest)
{
  g_autofree char *memory = ferryctl_text_memory (guest->memory_bytes);
  g_autofree char *vcpus = guest->vcpus > 0 ? g_strdup_printf ("%u", guest->vcpus) : NULL;
  g_autofree char *disks = g_strdup_printf ("%u", guest->disks->len);
  g_autofree char *size = ferryctl_text_size (ferry_guest_get_capacity_bytes (guest));
  g_autofree char *found = ferry_checks_describe (guest->checks, FERRY_SEVERITY_NOTE);
  const char *findings = *found != '\0' ? found : _("none");
  const char *state =
      guest->power != FERRY_POWER_UNKNOWN ? ferry_power_to_word (guest->power) : NULL;

  ferryctl_table_add (table, guest->name, state, guest->os, vcpus, memory, disks, size, findings,
                      guest->id, NULL);
}

static void
print_table (const GPtrArray *guests)
{
  const FerryctlColumn columns[] = {
    { _("NAME"), FERRYCTL_COLUMN_SHRINKS },   { _("STATE"), FERRYCTL_COLUMN_TEXT },
    { _("SYSTEM"), FERRYCTL_COLUMN_SHRINKS }, { _("CPUS"), FERRYCTL_COLUMN_NUMBER },
    { _("MEMORY"), FERRYCTL_COLUMN_NUMBER },  { _("DISKS"), FERRYCTL_COLUMN_NUMBER },
    { _("SIZE"), FERRYCTL_COLUMN_NUMBER },    { _("FINDINGS"), FERRYCTL_COLUMN_SHRINKS },
    { _("ID"), FERRYCTL_COLUMN_SHRINKS },
  };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  FerryctlLook look;

  ferryctl_look_detect (&look);
  for (guint i = 0; i < guests->len; i++)
    add_row (table, g_ptr_array_index (guests, i));
  text = ferryctl_table_render (table, look.columns);
  g_print ("%s", text);
}

FerryctlExit
ferryctl_list (FerryctlLine *line)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FerryctlAccess) access = { 0 };
  g_auto (FerryctlSource) source = { 0 };
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  ferryctl_access_add_options (&access, line->context);
  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (g_strv_length (line->words) != 1)
    return ferryctl_misuse (line, "%s", _("‘list’ takes one source."));
  if (!ferryctl_source_open (&source, line->words[0], &access, &error))
    return ferryctl_give_up (source.exit_code, error);

  if (json)
    ferryctl_json_print_guests (source.guests, source.plan);
  else if (source.guests->len == 0)
    g_print ("%s\n", _("There is no virtual machine in the source."));
  else
    print_table (source.guests);

  return FERRYCTL_OK;
}
