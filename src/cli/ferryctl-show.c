/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-checks.h"
#include "ferryctl-findings.h"
#include "ferryctl-guests.h"
#include "ferryctl-inspect.h"
#include "ferryctl-json.h"
#include "ferryctl-keys.h"
#include "ferryctl-source.h"
#include "ferryctl-table.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

#define INDENT 2
#define LABEL_WIDTH 13

static void
print_fact (const char *label, const char *value)
{
  g_autofree char *padded = ferryctl_text_pad (label, LABEL_WIDTH, FALSE);
  g_autofree char *clean = ferryctl_text_or_dash (value);

  g_print ("%*s%s %s\n", INDENT, "", padded, clean);
}

static char *
describe_cpus (const FerryGuest *guest)
{
  if (guest->vcpus == 0)
    return NULL;
  if (guest->sockets == 0)
    return g_strdup_printf ("%u", guest->vcpus);

  /* Translators: CPUs, their sockets × cores × threads */
  return g_strdup_printf (_("%u (%u × %u × %u: sockets, cores, threads)"), guest->vcpus,
                          guest->sockets, guest->cores, guest->threads);
}

static void
print_facts (const FerryGuest *guest)
{
  g_autofree char *memory = ferryctl_text_memory (guest->memory_bytes);
  g_autofree char *cpus = describe_cpus (guest);
  gboolean knows_power = guest->power != FERRY_POWER_UNKNOWN;
  gboolean knows_firmware = guest->firmware != FERRY_FIRMWARE_UNKNOWN;

  print_fact (_("ID"), guest->id);
  print_fact (_("State"), knows_power ? ferry_power_to_word (guest->power) : NULL);
  print_fact (_("System"), guest->os != NULL ? guest->os : guest->os_id);
  print_fact (_("Memory"), memory);
  print_fact (_("CPUs"), cpus);
  print_fact (_("Firmware"), knows_firmware ? ferry_firmware_to_word (guest->firmware) : NULL);
  if (guest->description != NULL && *guest->description != '\0')
    print_fact (_("Description"), guest->description);
}

static void
print_part (const char *title, const char *text)
{
  g_autofree char *indented = ferryctl_text_indent (text, 2 * INDENT);

  g_print ("%*s%s\n%s", INDENT, "", title, indented);
}

static gboolean
knows_storage (const FerryGuest *guest)
{
  for (guint i = 0; i < guest->disks->len; i++)
    if (ferry_guest_get_disk (guest, i)->storage != NULL)
      return TRUE;

  return FALSE;
}

/* Files of an appliance lie in no storage: then there is no such column. */
static void
print_disks (const FerryGuest *guest, guint columns)
{
  const FerryctlColumn titles[] = {
    { _("NAME"), FERRYCTL_COLUMN_SHRINKS }, { _("SIZE"), FERRYCTL_COLUMN_NUMBER },
    { _("USED"), FERRYCTL_COLUMN_NUMBER },  { _("FORMAT"), FERRYCTL_COLUMN_TEXT },
    { _("BUS"), FERRYCTL_COLUMN_TEXT },     { _("FILE"), FERRYCTL_COLUMN_SHRINKS },
    { _("STORAGE"), FERRYCTL_COLUMN_SHRINKS },
  };
  guint n_titles = knows_storage (guest) ? G_N_ELEMENTS (titles) : G_N_ELEMENTS (titles) - 1;
  g_autoptr (FerryctlTable) table = ferryctl_table_new (titles, n_titles);
  g_autofree char *text = NULL;

  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest, i);
      g_autofree char *size = ferryctl_text_size (disk->capacity_bytes);
      g_autofree char *used =
          disk->used_bytes >= 0 ? g_format_size ((guint64) disk->used_bytes) : NULL;
      const char *bus = disk->bus != FERRY_BUS_UNKNOWN ? ferry_bus_to_word (disk->bus) : NULL;

      ferryctl_table_add (table, disk->name, size, used, disk->format, bus, disk->file,
                          disk->storage, NULL);
    }

  text = ferryctl_table_render (table, columns);
  print_part (_("Disks"), guest->disks->len > 0 ? text : _("None"));
}

static void
print_nics (const FerryGuest *guest, guint columns)
{
  const FerryctlColumn titles[] = {
    { _("NAME"), FERRYCTL_COLUMN_SHRINKS },
    { _("MAC"), FERRYCTL_COLUMN_TEXT },
    { _("NETWORK"), FERRYCTL_COLUMN_SHRINKS },
    { _("MODEL"), FERRYCTL_COLUMN_TEXT },
  };
  g_autoptr (FerryctlTable) table = ferryctl_table_new (titles, G_N_ELEMENTS (titles));
  g_autofree char *text = NULL;

  for (guint i = 0; i < guest->nics->len; i++)
    {
      const FerryNic *nic = ferry_guest_get_nic (guest, i);

      ferryctl_table_add (table, nic->name, nic->mac, nic->network, nic->model, NULL);
    }

  text = ferryctl_table_render (table, columns);
  print_part (_("Network adapters"), guest->nics->len > 0 ? text : _("None"));
}

static void
print_guest (const FerryGuest *guest, const FerryctlLook *look)
{
  g_autofree char *clean = ferryctl_text_clean (guest->name);
  g_autofree char *title = ferryctl_look_paint (look, FERRYCTL_STYLE_BOLD, clean);
  g_autofree char *checks = ferryctl_findings_render (guest->checks, look, NULL, NULL);
  g_autofree char *inside = ferryctl_inspect_to_text (guest->inside);
  guint columns = look->columns > 2 * INDENT ? look->columns - 2 * INDENT : 0;

  g_print ("%s\n", title);
  print_facts (guest);
  print_disks (guest, columns);
  print_nics (guest, columns);
  if (*inside != '\0')
    print_part (_("Inside the disks"), inside);
  if (*checks != '\0')
    print_part (_("Checks"), checks);
}

static void
print_guests (const GPtrArray *guests)
{
  FerryctlLook look;

  ferryctl_look_detect (&look);
  for (guint i = 0; i < guests->len; i++)
    {
      if (i > 0)
        g_print ("\n");
      print_guest (g_ptr_array_index (guests, i), &look);
    }
}

static gboolean
inspect_guests (const FerryctlSource *source,
                const GPtrArray *guests,
                char *const *key_files,
                GError **error)
{
  for (guint i = 0; i < guests->len; i++)
    ferry_plan_add_guest (source->plan, g_ptr_array_index (guests, i));
  if (!ferryctl_keys_read (key_files, source->plan, error))
    return FALSE;
  for (guint i = 0; i < guests->len; i++)
    if (!ferryctl_inspect_guest (source->plan, g_ptr_array_index (guests, i), error))
      return FALSE;

  return TRUE;
}

FerryctlExit
ferryctl_show (FerryctlLine *line)
{
  gboolean json = FALSE;
  gboolean inspect = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("For programs: an array of objects"), NULL },
    { "inspect", 0, 0, G_OPTION_ARG_NONE, &inspect,
      N_ ("Look into the disks: operating systems, encryption"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (FerryctlAccess) access = { 0 };
  g_auto (GStrv) key_files = NULL;
  g_auto (FerryctlSource) source = { 0 };
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GError) error = NULL;
  FerryctlExit exit_code;

  ferryctl_access_add_options (&access, line->context);
  ferryctl_keys_add_option (&key_files, line->context);
  if (!ferryctl_line_parse (line, entries, &exit_code))
    return exit_code;
  if (line->words[0] == NULL)
    return ferryctl_misuse (line, "%s", _("‘show’ needs a source."));
  if (!ferryctl_source_open (&source, line->words[0], &access, &error))
    return ferryctl_give_up (source.exit_code, error);
  chosen = ferryctl_guests_choose (source.guests, line->words + 1, FERRYCTL_GUESTS_ALL_UNLESS_NAMED,
                                   &error);
  if (chosen == NULL)
    return ferryctl_give_up (FERRYCTL_USAGE, error);
  guests = ferryctl_guests_read (source.source, chosen, &error);
  if (guests == NULL)
    return ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
  if (inspect && !inspect_guests (&source, guests, key_files, &error))
    return ferryctl_inspect_give_up (error);

  for (guint i = 0; i < guests->len; i++)
    ferry_checks_fill_remedies (((FerryGuest *) g_ptr_array_index (guests, i))->checks);
  if (json)
    ferryctl_json_print_guests (guests, source.plan);
  else
    print_guests (guests);

  return FERRYCTL_OK;
}
