/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "fake-worker.h"
#include "ferry-import-text.h"

#define NBSP "\302\240"

static FerryImportFacts *
make_copying (void)
{
  FerryImportFacts *facts = fake_facts_new ("web", FERRY_IMPORT_COPYING);

  fake_facts_add_disk (facts, "one", 60e9, 60e9);
  fake_facts_add_disk (facts, "two", 116e9, 200e9);
  fake_facts_add_disk (facts, "three", 0, 80e9);
  facts->progress->disk = 1;
  facts->progress->rate_bytes = 112000000;
  facts->progress->seconds_left = 1440;

  return facts;
}

static void
assert_phase (const FerryImportFacts *facts, const char *phase, const char *brief)
{
  g_autofree char *whole_text = ferry_import_text_phase (facts, FALSE);
  g_autofree char *brief_text = ferry_import_text_phase (facts, TRUE);

  g_assert_cmpstr (whole_text, ==, phase);
  g_assert_cmpstr (brief_text, ==, brief);
}

static void
test_phase (void)
{
  static const struct
  {
    FerryImportState state;
    const char *phase, *brief;
  } cases[] = {
    { FERRY_IMPORT_QUEUED, "Starts when a slot is free", "Starts when a slot is free" },
    { FERRY_IMPORT_PREPARING, "Preparing", "Preparing" },
    { FERRY_IMPORT_UPLOADING, "Uploading", "Uploading" },
    { FERRY_IMPORT_CONVERTING, "Converting operating system", "Converting" },
    { FERRY_IMPORT_COPYING, "Copying disks", "Copying disks" },
    { FERRY_IMPORT_FINISHING, "Finishing", "Finishing" },
    { FERRY_IMPORT_SUCCEEDED, "Succeeded", "Succeeded" },
    { FERRY_IMPORT_FAILED, "Failed", "Failed" },
    { FERRY_IMPORT_CANCELLED, "Cancelled", "Cancelled" },
    { FERRY_IMPORT_INTERRUPTED, "Interrupted", "Interrupted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", cases[i].state);

      assert_phase (facts, cases[i].phase, cases[i].brief);
      facts->cancelling = TRUE;
      if (!ferry_import_state_is_end (cases[i].state))
        assert_phase (facts, "Cancelling…", "Cancelling…");
    }
}

static void
test_message (void)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", FERRY_IMPORT_CONVERTING);

  facts->progress->message = g_strdup ("Inspecting the source");
  assert_phase (facts, "Converting operating system · Inspecting the source", "Converting");
}

static void
test_copying (void)
{
  g_autoptr (FerryImportFacts) facts = make_copying ();
  g_autofree char *amount = ferry_import_text_amount (facts, FALSE);
  g_autofree char *brief = ferry_import_text_amount (facts, TRUE);

  assert_phase (facts, "Copying disk 2 of 3 · 112" NBSP "MB/s", "Copying disk 2 of 3");
  g_assert_cmpstr (amount, ==, "176 of 340" NBSP "GB · 24" NBSP "min left");
  g_assert_cmpstr (brief, ==, "24" NBSP "min left");
}

/* What is not known is said: never a 0 or a guess. */
static void
test_unknown (void)
{
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", FERRY_IMPORT_CONVERTING);
  g_autofree char *amount = ferry_import_text_amount (facts, FALSE);
  g_autoptr (FerryImportDisk) disk = NULL;

  g_assert_cmpstr (amount, ==, "Estimating…");

  fake_facts_add_disk (facts, "blank", 0, 0);
  disk = ferry_import_text_disk (facts, 0);
  g_assert_cmpstr (disk->amount, ==, "Size unknown");
  g_assert_cmpstr (disk->time, ==, "Waiting");
  g_assert_false (disk->done);
}

static void
test_disks (void)
{
  g_autoptr (FerryImportFacts) facts = make_copying ();
  g_autoptr (FerryImportDisk) one = ferry_import_text_disk (facts, 0);
  g_autoptr (FerryImportDisk) two = ferry_import_text_disk (facts, 1);
  g_autoptr (FerryImportDisk) three = ferry_import_text_disk (facts, 2);

  g_assert_true (one->done);
  g_assert_cmpstr (one->percent, ==, "100" NBSP "%");
  g_assert_cmpstr (one->amount, ==, "60.0" NBSP "GB copied");
  g_assert_cmpstr (one->time, ==, "Done in 9:12");
  g_assert_false (two->done);
  g_assert_cmpstr (two->percent, ==, "58" NBSP "%");
  g_assert_cmpstr (two->amount, ==, "116 of 200" NBSP "GB · 112" NBSP "MB/s");
  g_assert_cmpstr (two->time, ==, "7" NBSP "min left");
  g_assert_cmpstr (three->amount, ==, "0 of 80.0" NBSP "GB");
  g_assert_cmpstr (three->time, ==, "Waiting");
}

static void
test_disks_of_failed (void)
{
  g_autoptr (FerryImportFacts) facts = make_copying ();
  g_autoptr (FerryImportDisk) two = NULL;
  g_autoptr (FerryImportDisk) three = NULL;

  facts->state = FERRY_IMPORT_FAILED;
  two = ferry_import_text_disk (facts, 1);
  three = ferry_import_text_disk (facts, 2);
  g_assert_cmpstr (two->amount, ==, "116 of 200" NBSP "GB");
  g_assert_cmpstr (two->time, ==, "Stopped");
  g_assert_cmpstr (three->time, ==, "Not copied");
}

static gint64
get_noon_usec (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 3, 15, 12, 0, 0);

  return g_date_time_to_unix (noon) * G_USEC_PER_SEC;
}

static FerryImportFacts *
make_ended (FerryImportState state)
{
  FerryImportFacts *facts = fake_facts_new ("web", state);

  facts->ended_usec = get_noon_usec ();
  facts->started_usec = facts->ended_usec - 420 * G_USEC_PER_SEC;

  return facts;
}

static void
assert_outcome (const FerryImportFacts *facts, const char *expected)
{
  g_autofree char *outcome = ferry_import_text_outcome (facts, get_noon_usec ());

  g_assert_cmpstr (outcome, ==, expected);
}

static void
test_outcome (void)
{
  g_autoptr (FerryImportFacts) good = make_ended (FERRY_IMPORT_SUCCEEDED);
  g_autoptr (FerryImportFacts) failed = make_ended (FERRY_IMPORT_FAILED);
  g_autoptr (FerryImportFacts) cancelled = make_ended (FERRY_IMPORT_CANCELLED);
  g_autoptr (FerryImportFacts) interrupted = make_ended (FERRY_IMPORT_INTERRUPTED);
  g_autoptr (FerryImportFacts) running = make_copying ();

  assert_outcome (good, "Imported in 7" NBSP "min · today, 12:00");
  fake_facts_add_disk (good, "one", 41.2e9, 41.2e9);
  assert_outcome (good, "41.2" NBSP "GB in 7" NBSP "min · today, 12:00");
  g_strfreev (good->warnings);
  good->warnings = g_strsplit ("a|b", "|", -1);
  assert_outcome (good, "2 warnings · 41.2" NBSP "GB in 7" NBSP "min · today, 12:00");

  assert_outcome (failed, "Failed today, 12:00");
  fake_facts_fail (failed, FERRY_ERROR_NO_SPACE, "The disk is full.");
  assert_outcome (failed, "Failed today, 12:00 · The disk is full.");
  assert_outcome (cancelled, "Cancelled today, 12:00");
  fake_facts_fail (interrupted, FERRY_ERROR_FAILED, "The power went.");
  cancelled->startable = TRUE;
  assert_outcome (cancelled, "Cancelled today, 12:00 · Shut down at the source");
  assert_outcome (interrupted, "Interrupted today, 12:00 · The power went.");
  assert_outcome (running, "");
}

static char *
describe_steps (const FerryImportFacts *facts)
{
  g_autoptr (GPtrArray) steps = ferry_import_text_steps (facts, g_get_real_time ());
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const FerryImportStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (text, "%s:%s%s|", step->look.label, step->time,
                              step->current ? "*" : "");
    }

  return g_string_free (text, FALSE);
}

static void
test_steps (void)
{
  g_autoptr (FerryImportFacts) facts = make_copying ();
  g_autofree char *running = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *cancelled = NULL;
  g_autofree char *succeeded = NULL;

  fake_facts_add_step (facts, FERRY_IMPORT_PREPARING, 250, 243);
  fake_facts_add_step (facts, FERRY_IMPORT_CONVERTING, 243, 22);
  fake_facts_add_step (facts, FERRY_IMPORT_COPYING, 22, 0);
  running = describe_steps (facts);
  g_assert_true (g_str_has_prefix (running, "Done:0:07|Done:3:41|Under way:0:2"));
  g_assert_true (g_str_has_suffix (running, "*|To come:|"));

  facts->ended_usec = g_get_real_time ();
  facts->state = FERRY_IMPORT_FAILED;
  failed = describe_steps (facts);
  g_assert_true (g_str_has_prefix (failed, "Done:0:07|Done:3:41|Failed:0:2"));
  g_assert_true (g_str_has_suffix (failed, "|To come:|"));

  facts->state = FERRY_IMPORT_CANCELLED;
  cancelled = describe_steps (facts);
  g_assert_true (g_str_has_prefix (cancelled, "Done:0:07|Done:3:41|Stopped:0:2"));

  facts->state = FERRY_IMPORT_SUCCEEDED;
  succeeded = describe_steps (facts);
  g_assert_true (g_str_has_prefix (succeeded, "Done:0:07|Done:3:41|Done:0:2"));
}

static void
test_upload_step (void)
{
  g_autoptr (FerryImportFacts) facts = make_copying ();
  g_autoptr (GPtrArray) without = ferry_import_text_steps (facts, g_get_real_time ());
  g_autoptr (GPtrArray) with = NULL;

  fake_facts_add_step (facts, FERRY_IMPORT_UPLOADING, 20, 10);
  with = ferry_import_text_steps (facts, g_get_real_time ());
  g_assert_cmpuint (with->len, ==, without->len + 1);
}

static void
test_route (void)
{
  g_autofree char *below_home = g_build_filename (g_get_home_dir (), "guests", NULL);
  g_autofree char *folder = g_strconcat ("folder:", below_home, NULL);
  const struct
  {
    const char *said, *text;
  } cases[] = {
    { folder, "~/guests" },
    { "folder:/srv/guests", "/srv/guests" },
    { "libvirt:qemu:///system,pool=default", "qemu:///system · default" },
    { "libvirt:qemu:///session", "qemu:///session" },
    { "Production", "Production" },
    { "", "" },
  };
  g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", FERRY_IMPORT_QUEUED);
  g_autofree char *source = ferry_import_text_source (facts);

  g_assert_cmpstr (source, ==, "exported.ova");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      g_free (facts->destination);
      facts->destination = g_strdup (cases[i].said);
      text = ferry_import_text_destination (facts);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_location (void)
{
  static const struct
  {
    const char *location, *folder, *command;
  } cases[] = {
    { "", NULL, NULL },
    { "/srv/my guests", "/srv/my guests", NULL },
    { "qemu:///system web", NULL, "virsh --connect 'qemu:///system' start 'web'" },
    { "qemu:///system it's mine", NULL,
      "virsh --connect 'qemu:///system' start 'it'\\''s mine'" },
    { "qemu:///system", NULL, NULL },
    { "qemu:///system ", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", FERRY_IMPORT_SUCCEEDED);
      g_autofree char *command = NULL;

      g_free (facts->location);
      facts->location = g_strdup (cases[i].location);
      command = ferry_import_text_command (facts);
      g_assert_cmpstr (ferry_import_text_folder (facts), ==, cases[i].folder);
      g_assert_cmpstr (command, ==, cases[i].command);
    }
}

static void
test_failure (void)
{
  g_autoptr (FerryImportFacts) facts = make_ended (FERRY_IMPORT_FAILED);
  g_autofree char *ended = ferry_import_text_ended (facts);
  g_autofree char *unknown = ferry_import_text_failure (facts);
  g_autofree char *known = NULL;

  g_assert_cmpstr (ended, ==, "Import failed after 7:00");
  g_assert_cmpstr (ferry_import_text_heading (facts), ==, "The Import Failed");
  g_assert_cmpstr (unknown, !=, "");

  for (FerryError code = 0; code < FERRY_N_ERRORS; code++)
    {
      g_clear_pointer (&facts->failure, ferry_failure_free);
      facts->failure = ferry_failure_new (code, "What happened.", "", "");
      g_assert_cmpstr (ferry_import_text_heading (facts), !=, "");
    }
  g_clear_pointer (&facts->failure, ferry_failure_free);
  facts->failure = ferry_failure_new (FERRY_ERROR_NO_SPACE, "What happened.", "What to do.", "");
  known = ferry_import_text_failure (facts);
  g_assert_cmpstr (known, ==, "What happened.\nWhat to do.");
  g_assert_cmpstr (ferry_import_text_heading (facts), ==, "There Is Not Enough Space");
  facts->state = FERRY_IMPORT_INTERRUPTED;
  g_assert_cmpstr (ferry_import_text_heading (facts), ==, "The Import Was Interrupted");
}

/* By shape and words, not by colour alone: no two ends look the same. */
static void
test_looks (void)
{
  static const FerryImportState states[] = {
    FERRY_IMPORT_QUEUED, FERRY_IMPORT_COPYING,   FERRY_IMPORT_SUCCEEDED,
    FERRY_IMPORT_FAILED, FERRY_IMPORT_CANCELLED, FERRY_IMPORT_INTERRUPTED,
  };
  g_autoptr (GHashTable) icons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (FerryImportFacts) facts = fake_facts_new ("web", states[i]);
      FerryImportLook look = ferry_import_text_look (facts);

      g_assert_true (g_hash_table_add (icons, (char *) look.icon_name));
      g_assert_true (g_hash_table_add (labels, (char *) look.label));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-text/phase", test_phase);
  g_test_add_func ("/import-text/message", test_message);
  g_test_add_func ("/import-text/copying", test_copying);
  g_test_add_func ("/import-text/unknown", test_unknown);
  g_test_add_func ("/import-text/disks", test_disks);
  g_test_add_func ("/import-text/disks-of-failed", test_disks_of_failed);
  g_test_add_func ("/import-text/outcome", test_outcome);
  g_test_add_func ("/import-text/steps", test_steps);
  g_test_add_func ("/import-text/upload-step", test_upload_step);
  g_test_add_func ("/import-text/route", test_route);
  g_test_add_func ("/import-text/location", test_location);
  g_test_add_func ("/import-text/failure", test_failure);
  g_test_add_func ("/import-text/looks", test_looks);

  return g_test_run ();
}
