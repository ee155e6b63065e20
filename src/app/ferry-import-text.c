/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-text.h"

#include "ferry-size-text.h"
#include "ferry-time-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An average over less than this says nothing of how long the rest of a disk takes. */
#define MIN_AVERAGE_SECONDS 3

FerryImportLook
ferry_import_text_look (const FerryImportFacts *facts)
{
  switch (facts->state)
    {
    case FERRY_IMPORT_QUEUED:
      return (FerryImportLook) { "ferry-clock-symbolic", "dim-label", _("Queued") };
    case FERRY_IMPORT_PREPARING:
    case FERRY_IMPORT_UPLOADING:
    case FERRY_IMPORT_CONVERTING:
    case FERRY_IMPORT_COPYING:
    case FERRY_IMPORT_FINISHING:
      return (FerryImportLook) { "computer-symbolic", NULL, _("Running") };
    case FERRY_IMPORT_SUCCEEDED:
      if (ferry_import_facts_get_warning_count (facts) > 0)
        return (FerryImportLook) { "ferry-warning-symbolic", "warning",
                                   _("Succeeded with warnings") };
      return (FerryImportLook) { "ferry-done-symbolic", "success", _("Succeeded") };
    case FERRY_IMPORT_FAILED:
      return (FerryImportLook) { "ferry-blocker-symbolic", "error", _("Failed") };
    case FERRY_IMPORT_CANCELLED:
      return (FerryImportLook) { "ferry-cancelled-symbolic", "dim-label", _("Cancelled") };
    case FERRY_IMPORT_INTERRUPTED:
      return (FerryImportLook) { "ferry-interrupted-symbolic", "warning", _("Interrupted") };
    }

  g_return_val_if_reached (((FerryImportLook) { 0 }));
}

/* A file is known by its name, and a vCenter by its address; the rest is in the tooltip. */
char *
ferry_import_text_source (const FerryImportFacts *facts)
{
  const char *at = strrchr (facts->source, '@');

  if (at != NULL && g_str_has_prefix (facts->source, "vsphere://"))
    return g_strdup (at + 1);

  return g_path_is_absolute (facts->source) ? g_path_get_basename (facts->source)
                                            : g_strdup (facts->source);
}

static char *
shorten_home (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && g_str_has_prefix (path, home)
      && (path[length] == '/' || path[length] == '\0'))
    return g_strconcat ("~", path + length, NULL);

  return g_strdup (path);
}

/* The worker says it as ferryctl takes it: "folder:DIR", "libvirt:URI,pool=NAME". */
char *
ferry_import_text_destination (const FerryImportFacts *facts)
{
  const char *destination = facts->destination;
  g_auto (GStrv) parts = NULL;

  if (g_str_has_prefix (destination, "folder:"))
    return shorten_home (destination + strlen ("folder:"));
  if (!g_str_has_prefix (destination, "libvirt:"))
    return shorten_home (destination);

  parts = g_strsplit (destination + strlen ("libvirt:"), ",pool=", 2);
  return g_strjoinv (" · ", parts);
}

static char *
copying_to_text (const FerryImportFacts *facts, gboolean brief)
{
  const FerryProgress *progress = facts->progress;
  g_autofree char *text = NULL;
  g_autofree char *rate = NULL;

  if (progress->disk < 0 || progress->disks->len == 0)
    text = g_strdup (_("Copying disks"));
  else
    text = g_strdup_printf (_("Copying disk %1$d of %2$u"), progress->disk + 1,
                            progress->disks->len);
  if (brief || progress->rate_bytes == 0)
    return g_steal_pointer (&text);

  rate = ferry_rate_to_text (progress->rate_bytes);
  return g_strconcat (text, " · ", rate, NULL);
}

/* The tools' own words follow the phase, as far as there is room. */
static char *
join_message (const char *phase, const FerryImportFacts *facts, gboolean brief)
{
  const char *message = facts->progress->message;

  if (brief || message == NULL || *message == '\0' || g_strcmp0 (message, phase) == 0)
    return g_strdup (phase);

  return g_strconcat (phase, " · ", message, NULL);
}

char *
ferry_import_text_phase (const FerryImportFacts *facts, gboolean brief)
{
  if (facts->cancelling && !ferry_import_state_is_end (facts->state))
    return g_strdup (_("Cancelling…"));

  switch (facts->state)
    {
    case FERRY_IMPORT_QUEUED:
      return g_strdup (_("Starts when a slot is free"));
    case FERRY_IMPORT_PREPARING:
      return join_message (_("Preparing"), facts, brief);
    case FERRY_IMPORT_UPLOADING:
      return join_message (_("Uploading"), facts, brief);
    case FERRY_IMPORT_CONVERTING:
      return join_message (brief ? _("Converting") : _("Converting operating system"), facts,
                           brief);
    case FERRY_IMPORT_COPYING:
      return copying_to_text (facts, brief);
    case FERRY_IMPORT_FINISHING:
      return join_message (_("Finishing"), facts, brief);
    case FERRY_IMPORT_SUCCEEDED:
    case FERRY_IMPORT_FAILED:
    case FERRY_IMPORT_CANCELLED:
    case FERRY_IMPORT_INTERRUPTED:
      return g_strdup (ferry_import_text_look (facts).label);
    }

  g_return_val_if_reached (NULL);
}

char *
ferry_import_text_amount (const FerryImportFacts *facts, gboolean brief)
{
  g_autofree char *left = NULL;
  g_autofree char *amount = NULL;
  guint64 done_bytes, total_bytes;

  if (facts->cancelling || ferry_import_facts_get_group (facts) != FERRY_IMPORT_GROUP_RUNNING)
    return g_strdup ("");

  left = ferry_time_left_to_text (facts->progress->seconds_left);
  ferry_import_facts_sum_bytes (facts, &done_bytes, &total_bytes);
  if (brief || facts->state != FERRY_IMPORT_COPYING || total_bytes == 0)
    return g_steal_pointer (&left);

  amount = ferry_size_pair_to_text (done_bytes, total_bytes);
  return g_strconcat (amount, " · ", left, NULL);
}

static char *
success_to_text (const FerryImportFacts *facts)
{
  gint64 seconds = ferry_import_facts_get_seconds (facts, facts->ended_usec);
  g_autofree char *duration = ferry_duration_to_words (seconds);
  g_autofree char *size = NULL;
  guint64 done_bytes, total_bytes;

  ferry_import_facts_sum_bytes (facts, &done_bytes, &total_bytes);
  if (total_bytes == 0)
    /* Translators: "Imported in 7 min" */
    return g_strdup_printf (_("Imported in %s"), duration);

  size = ferry_size_to_text (total_bytes);
  /* Translators: a size and a time span: "41.2 GB in 7 min" */
  return g_strdup_printf (_("%1$s in %2$s"), size, duration);
}

static char *
succeeded_to_outcome (const FerryImportFacts *facts, const char *moment)
{
  g_autofree char *success = success_to_text (facts);
  guint count = ferry_import_facts_get_warning_count (facts);
  g_autofree char *warnings = NULL;

  if (count == 0)
    return g_strconcat (success, " · ", moment, NULL);

  warnings = g_strdup_printf (ngettext ("%u warning", "%u warnings", count), count);
  return g_strconcat (warnings, " · ", success, " · ", moment, NULL);
}

/* That nobody is served is said before why. */
static char *
join_cause (const char *outcome, const FerryImportFacts *facts)
{
  const char *off = ferry_import_text_startable (facts);
  const char *cause = facts->failure != NULL && facts->state != FERRY_IMPORT_CANCELLED
                          ? facts->failure->message : "";

  return g_strconcat (outcome, off != NULL ? " · " : "", off != NULL ? off : "",
                      *cause != '\0' ? " · " : "", cause, NULL);
}

/**
 * ferry_import_text_outcome:
 *
 * How an ended import ended, and when; "" for one that has not.
 */
char *
ferry_import_text_outcome (const FerryImportFacts *facts, gint64 now_usec)
{
  g_autofree char *moment = NULL;
  g_autofree char *outcome = NULL;

  if (!ferry_import_state_is_end (facts->state))
    return g_strdup ("");

  moment = ferry_moment_to_text (facts->ended_usec, now_usec);
  if (facts->state == FERRY_IMPORT_SUCCEEDED)
    return succeeded_to_outcome (facts, moment);
  if (facts->state == FERRY_IMPORT_CANCELLED)
    /* Translators: the place is taken by a time, as in "Cancelled today, 14:02" */
    outcome = g_strdup_printf (_("Cancelled %s"), moment);
  else if (facts->state == FERRY_IMPORT_INTERRUPTED)
    /* Translators: the place is taken by a time, as in "Interrupted today, 14:02" */
    outcome = g_strdup_printf (_("Interrupted %s"), moment);
  else
    /* Translators: the place is taken by a time, as in "Failed today, 14:02" */
    outcome = g_strdup_printf (_("Failed %s"), moment);

  return join_cause (outcome, facts);
}

char *
ferry_import_text_running (guint count, guint64 rate_bytes, gboolean brief)
{
  g_autofree char *imports = g_strdup_printf (ngettext ("%u import", "%u imports", count), count);
  g_autofree char *rate = NULL;

  if (rate_bytes == 0)
    return g_steal_pointer (&imports);

  rate = ferry_rate_to_text (rate_bytes);
  return brief ? g_steal_pointer (&rate) : g_strconcat (imports, " · ", rate, NULL);
}

static const FerryDiskProgress *
get_disk (const FerryImportFacts *facts, guint index)
{
  return g_ptr_array_index (facts->progress->disks, index);
}

/* From this disk's own average: what is written a second says nothing of the holes. */
static char *
disk_time_left_to_text (const FerryDiskProgress *disk)
{
  double per_byte;

  if (disk->seconds < MIN_AVERAGE_SECONDS || disk->done_bytes == 0)
    return ferry_time_left_to_text (-1);

  per_byte = (double) disk->seconds / (double) disk->done_bytes;
  return ferry_time_left_to_text ((gint64) ((double) (disk->total_bytes - disk->done_bytes)
                                            * per_byte));
}

static char *
disk_time_to_text (const FerryImportFacts *facts, const FerryDiskProgress *disk, gboolean done)
{
  g_autofree char *clock = NULL;

  if (done && disk->seconds < 0)
    return g_strdup (_("Done"));
  if (done)
    {
      clock = ferry_duration_to_clock (disk->seconds);
      /* Translators: the place is taken by a time span, as in "Done in 9:12" */
      return g_strdup_printf (_("Done in %s"), clock);
    }
  if (ferry_import_state_is_end (facts->state))
    return g_strdup (disk->seconds < 0 ? _("Not copied") : _("Stopped"));
  if (disk->seconds < 0)
    return g_strdup (_("Waiting"));

  return disk_time_left_to_text (disk);
}

static char *
disk_amount_to_text (const FerryImportFacts *facts, guint index, gboolean done)
{
  const FerryDiskProgress *disk = get_disk (facts, index);
  g_autofree char *size = NULL;
  g_autofree char *rate = NULL;

  if (disk->total_bytes == 0)
    return g_strdup (_("Size unknown"));
  if (done)
    {
      size = ferry_size_to_text (disk->total_bytes);
      /* Translators: the place is taken by a size, as in "60.0 GB copied" */
      return g_strdup_printf (_("%s copied"), size);
    }

  size = ferry_size_pair_to_text (disk->done_bytes, disk->total_bytes);
  if (facts->progress->disk != (int) index || facts->progress->rate_bytes == 0
      || ferry_import_state_is_end (facts->state))
    return g_steal_pointer (&size);

  rate = ferry_rate_to_text (facts->progress->rate_bytes);
  return g_strconcat (size, " · ", rate, NULL);
}

/**
 * ferry_import_text_disk:
 * @index: of one of the progress' disks
 */
FerryImportDisk *
ferry_import_text_disk (const FerryImportFacts *facts, guint index)
{
  const FerryDiskProgress *disk = get_disk (facts, index);
  FerryImportDisk *text = g_new0 (FerryImportDisk, 1);

  text->done = facts->state == FERRY_IMPORT_SUCCEEDED
               || (disk->total_bytes > 0 && disk->done_bytes >= disk->total_bytes);
  text->fraction = text->done              ? 1
                   : disk->total_bytes == 0 ? 0
                                            : (double) disk->done_bytes / (double) disk->total_bytes;
  /* Rounded down, so that 100 is only said at the end; 0.58 times 100 is less than 58.
   * Translators: a percentage */
  text->percent = g_strdup_printf (_("%d\302\240%%"), (int) (text->fraction * 100 + 1e-6));
  text->amount = disk_amount_to_text (facts, index, text->done);
  text->time = disk_time_to_text (facts, disk, text->done);

  return text;
}

void
ferry_import_disk_free (FerryImportDisk *disk)
{
  g_free (disk->percent);
  g_free (disk->amount);
  g_free (disk->time);
  g_free (disk);
}

const char *
ferry_import_text_cancel (const FerryImportFacts *facts)
{
  if (facts->state == FERRY_IMPORT_QUEUED)
    return _("It has not started yet: there is nothing to undo. You can retry it later.");

  return _("What it has made at the destination so far is removed, temporary files included. The "
           "source stays as it is. You can retry the import later, from its beginning.");
}

/**
 * ferry_import_text_folder:
 *
 * The record's location is a folder's absolute path, or a libvirt URI, a space and a name.
 */
const char *
ferry_import_text_folder (const FerryImportFacts *facts)
{
  return g_path_is_absolute (facts->location) ? facts->location : NULL;
}

char *
ferry_import_text_command (const FerryImportFacts *facts)
{
  const char *space = strchr (facts->location, ' ');
  g_autofree char *uri = NULL;
  g_autofree char *quoted_uri = NULL;
  g_autofree char *quoted_name = NULL;

  if (g_path_is_absolute (facts->location) || space == NULL || space[1] == '\0')
    return NULL;

  uri = g_strndup (facts->location, (gsize) (space - facts->location));
  quoted_uri = g_shell_quote (uri);
  quoted_name = g_shell_quote (space + 1);

  return g_strdup_printf ("virsh --connect %s start %s", quoted_uri, quoted_name);
}
