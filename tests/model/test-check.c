/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "ferry-check.h"
#include "ferry-facts.h"
#include "ferry-json.h"
#include "ferry-progress.h"

static void
add (GPtrArray *checks, const char *id, FerrySeverity severity, const char *guest_id)
{
  FerryCheck *check = ferry_check_new (id, severity, "", "%s", id);

  check->guest_id = g_strdup (guest_id);
  g_ptr_array_add (checks, check);
}

static void
test_sort (void)
{
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  const char *const sorted[] = { "b.two", "b.one", "b.guest", "w.plan", "w.guest", "n.note" };

  add (checks, "n.note", FERRY_SEVERITY_NOTE, NULL);
  add (checks, "w.guest", FERRY_SEVERITY_WARNING, "1");
  add (checks, "b.guest", FERRY_SEVERITY_BLOCKER, "1");
  add (checks, "b.two", FERRY_SEVERITY_BLOCKER, NULL);
  add (checks, "w.plan", FERRY_SEVERITY_WARNING, NULL);
  add (checks, "b.one", FERRY_SEVERITY_BLOCKER, NULL);
  ferry_checks_sort (checks);
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    g_assert_cmpstr (((FerryCheck *) g_ptr_array_index (checks, i))->id, ==, sorted[i]);
  g_assert_cmpuint (ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER), ==, 3);
  g_assert_true (ferry_checks_have (checks, "w.plan"));
  g_assert_false (ferry_checks_have (checks, "w.pla"));
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autoptr (GPtrArray) copies = ferry_checks_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  add (checks, "nic.unmapped", FERRY_SEVERITY_BLOCKER, "g1");
  add (checks, "host.kvm-unusable", FERRY_SEVERITY_NOTE, NULL);
  ferry_checks_append_copies (copies, checks);
  node = ferry_checks_to_json (copies);
  text = ferry_json_to_text (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "[{\"id\":\"nic.unmapped\",\"severity\":\"blocker\",\"text\":\"nic.unmapped\","
                   "\"advice\":\"\",\"guest_id\":\"g1\"},{\"id\":\"host.kvm-unusable\","
                   "\"severity\":\"note\",\"text\":\"host.kvm-unusable\",\"advice\":\"\"}]");
}

/* What was written is read again; a remedy of a newer Ferry is none, and a part that is none is none. */
static void
test_remedy_json (void)
{
  static const struct
  {
    const char *members;
    FerryRemedy remedy;
    int part;
  } cases[] = {
    { "", FERRY_REMEDY_NONE, -1 },
    { ",\"remedy\":\"rename\"", FERRY_REMEDY_RENAME, -1 },
    { ",\"remedy\":\"leave-out-disk\",\"part\":2", FERRY_REMEDY_LEAVE_OUT_DISK, 2 },
    { ",\"remedy\":\"pray\",\"part\":0", FERRY_REMEDY_NONE, 0 },
    { ",\"remedy\":null,\"part\":null", FERRY_REMEDY_NONE, -1 },
    { ",\"part\":-7", FERRY_REMEDY_NONE, -1 },
    { ",\"part\":4294967296", FERRY_REMEDY_NONE, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"c\":[{\"id\":\"disk.rdm\",\"severity\":\"note\","
                           "\"text\":\"T.\",\"advice\":\"\"%s}]}",
                           cases[i].members);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = ferry_json_parse (text, -1, &error);
      g_autoptr (JsonNode) back = NULL;
      g_autoptr (GPtrArray) checks = ferry_checks_new ();
      const FerryCheck *check;

      g_assert_no_error (error);
      g_assert_true (
          ferry_checks_read_json (checks, json_node_get_object (node), "c", &error));
      g_assert_no_error (error);
      check = g_ptr_array_index (checks, 0);
      g_assert_cmpint (check->remedy, ==, cases[i].remedy);
      g_assert_cmpint (check->part, ==, cases[i].part);
      back = ferry_checks_to_json (checks);
      g_assert_nonnull (back);
    }
}

static void
test_remedy_json_is_checked (void)
{
  static const char *const wrong[] = { "\"remedy\":7", "\"part\":\"one\"", "\"part\":{}" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"c\":[{\"id\":\"disk.rdm\",\"severity\":\"note\","
                           "\"text\":\"T.\",%s}]}",
                           wrong[i]);
      g_autoptr (JsonNode) node = ferry_json_parse (text, -1, NULL);
      g_autoptr (GPtrArray) checks = ferry_checks_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (
          ferry_checks_read_json (checks, json_node_get_object (node), "c", &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "c[0]."));
    }
}

static void
test_remedies (void)
{
  g_autoptr (FerryCheck) check = ferry_check_new ("disk.rdm", FERRY_SEVERITY_NOTE, "", "T.");
  g_autoptr (FerryCheck) copy = NULL;

  g_assert_false (ferry_check_is_of_disk (check, 0));
  ferry_check_set_remedy (check, FERRY_REMEDY_LEAVE_OUT_DISK, 3);
  copy = ferry_check_copy (check);
  g_assert_cmpint (copy->remedy, ==, FERRY_REMEDY_LEAVE_OUT_DISK);
  g_assert_true (ferry_check_is_of_disk (copy, 3));
  g_assert_false (ferry_check_is_of_disk (copy, 0));
  copy->id = "nic.unmapped";
  g_assert_false (ferry_check_is_of_disk (copy, 3));

  g_assert_null (ferry_remedy_to_word (FERRY_REMEDY_NONE));
  g_assert_null (ferry_remedy_get_title (FERRY_REMEDY_NONE));
  g_assert_cmpint (ferry_remedy_from_word (NULL), ==, FERRY_REMEDY_NONE);
  g_assert_cmpint (ferry_remedy_from_word ("pray"), ==, FERRY_REMEDY_NONE);
  for (int i = FERRY_REMEDY_NONE + 1; i <= FERRY_REMEDY_CHOOSE_SOURCE; i++)
    {
      const char *word = ferry_remedy_to_word ((FerryRemedy) i);

      g_assert_cmpint (ferry_remedy_from_word (word), ==, i);
      g_assert_nonnull (ferry_remedy_get_title ((FerryRemedy) i));
    }
}

static void
assert_described (const GPtrArray *checks, FerrySeverity least, const char *text)
{
  g_autofree char *described = ferry_checks_describe (checks, least);

  g_assert_cmpstr (described, ==, text);
}

static void
test_describe (void)
{
  g_autoptr (GPtrArray) checks = ferry_checks_new ();

  assert_described (checks, FERRY_SEVERITY_NOTE, "");
  add (checks, "host.kvm-unusable", FERRY_SEVERITY_NOTE, NULL);
  assert_described (checks, FERRY_SEVERITY_NOTE, "1 note");
  assert_described (checks, FERRY_SEVERITY_WARNING, "");
  add (checks, "nic.bad-mac", FERRY_SEVERITY_WARNING, "g1");
  add (checks, "nic.bad-mac", FERRY_SEVERITY_WARNING, "g2");
  assert_described (checks, FERRY_SEVERITY_NOTE, "2 warnings, 1 note");
  add (checks, "nic.unmapped", FERRY_SEVERITY_BLOCKER, "g1");
  assert_described (checks, FERRY_SEVERITY_WARNING, "1 blocker, 2 warnings");
  assert_described (checks, FERRY_SEVERITY_BLOCKER, "1 blocker");
  g_assert_cmpstr (ferry_severity_get_title (FERRY_SEVERITY_BLOCKER), ==, "Blocker");
}

static void
test_words (void)
{
  FerrySeverity severity = FERRY_SEVERITY_NOTE;
  FerryImportState state = FERRY_IMPORT_QUEUED;

  for (int i = FERRY_SEVERITY_BLOCKER; i <= FERRY_SEVERITY_NOTE; i++)
    {
      g_assert_true (ferry_severity_from_word (ferry_severity_to_word ((FerrySeverity) i), &severity));
      g_assert_cmpint (severity, ==, i);
    }
  g_assert_false (ferry_severity_from_word ("fatal", &severity));
  g_assert_false (ferry_severity_from_word (NULL, &severity));
  for (int i = FERRY_IMPORT_QUEUED; i <= FERRY_IMPORT_INTERRUPTED; i++)
    {
      const char *word = ferry_import_state_to_word ((FerryImportState) i);

      g_assert_true (ferry_import_state_from_word (word, &state));
      g_assert_cmpint (state, ==, i);
      g_assert_cmpint (ferry_import_state_is_end (state), ==, i >= FERRY_IMPORT_SUCCEEDED);
    }
  g_assert_false (ferry_import_state_from_word ("thinking", &state));
}

static void
test_facts (void)
{
  g_autoptr (FerryHostFacts) host = ferry_host_facts_new ();
  g_autoptr (FerryHostFacts) host_copy = NULL;
  g_autoptr (FerryDestinationFacts) destination = ferry_destination_facts_new ();
  g_autoptr (FerryDestinationFacts) copy = NULL;

  g_assert_false (ferry_host_facts_has_word (host, "io/oo"));
  g_strfreev (host->words);
  host->words = g_strsplit ("virt-v2v io/oo", " ", -1);
  host->virtio_win = g_strdup ("/srv/virtio-win.iso");
  host->behind_seconds = 7;
  host_copy = ferry_host_facts_copy (host);
  g_assert_cmpstr (host_copy->virtio_win, ==, "/srv/virtio-win.iso");
  g_assert_cmpint (host_copy->behind_seconds, ==, 7);
  g_assert_true (ferry_host_facts_has_word (host_copy, "io/oo"));
  g_assert_false (ferry_host_facts_has_word (host_copy, "io"));

  g_ptr_array_add (destination->storages, ferry_storage_new ("images", "dir"));
  g_assert_null (destination->macs[0]);
  g_strfreev (destination->macs);
  destination->macs = g_strsplit ("52:54:00:00:00:01", " ", -1);
  copy = ferry_destination_facts_copy (destination);
  g_assert_cmpstr (copy->macs[0], ==, "52:54:00:00:00:01");
  g_assert_null (ferry_destination_facts_find_storage (copy, "image"));
  g_assert_null (ferry_destination_facts_find_storage (copy, NULL));
  g_assert_cmpuint (ferry_destination_facts_find_storage (copy, "images")->free_bytes, ==,
                    G_MAXUINT64);
}

static void
test_progress (void)
{
  g_autoptr (FerryProgress) progress = ferry_progress_new ();
  g_autoptr (FerryProgress) copy = NULL;
  FerryDiskProgress *disk;

  ferry_progress_add_disk (progress, "sda", 100);
  disk = g_ptr_array_index (progress->disks, 0);
  g_assert_cmpint (disk->seconds, ==, -1);
  disk->done_bytes = 40;
  disk->seconds = 3;
  progress->message = g_strdup ("Copying");
  copy = ferry_progress_copy (progress);
  disk = g_ptr_array_index (copy->disks, 0);
  g_assert_cmpuint (disk->done_bytes, ==, 40);
  g_assert_cmpint (disk->seconds, ==, 3);
  g_assert_cmpint (copy->seconds_left, ==, -1);
  g_assert_cmpint (copy->disk, ==, -1);
  g_assert_cmpstr (copy->message, ==, "Copying");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/sort", test_sort);
  g_test_add_func ("/check/json", test_json);
  g_test_add_func ("/check/describe", test_describe);
  g_test_add_func ("/check/words", test_words);
  g_test_add_func ("/facts/copies", test_facts);
  g_test_add_func ("/check/remedy-json", test_remedy_json);
  g_test_add_func ("/check/remedy-json-is-checked", test_remedy_json_is_checked);
  g_test_add_func ("/check/remedies", test_remedies);
  g_test_add_func ("/progress/copy", test_progress);

  return g_test_run ();
}
