/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include "ferry-map.h"
#include "ferry-provider.h"
#include "ferry-record.h"

/* The functions of data/completion/ferryctl, as bash calls them. */

typedef struct
{
  FerryctlSample *sample;
  char *running;
  char *ended;
} Fixture;

static char *
make_record (const char *name, gboolean ends)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new (name, name);
  g_autoptr (FerryRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  ferry_plan_set_ova_source (plan, "/srv/a.ova");
  ferry_plan_set_folder_destination (plan, "/srv");
  ferry_plan_add_guest (plan, guest);
  record = ferry_record_create (plan, &error);
  g_assert_no_error (error);
  if (ends)
    g_assert_true (ferry_record_fail (record, FERRY_IMPORT_CANCELLED, NULL, &error));

  return g_strdup (record->id);
}

static void
save_provider (const char *name)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (GError) error = NULL;

  ferry_plan_source_set (&source->host, "vc.example.com");
  provider = ferry_provider_new (name, source);
  g_assert_true (ferry_provider_save (provider, &error));
  g_assert_no_error (error);
}

static void
save_map (const char *name)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryMap) map = ferry_map_new_of_plan (plan, FERRY_MAP_NETWORK, name);
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_map_save (map, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *web = NULL;
  g_autofree char *mail = NULL;

  fixture->sample = ferryctl_sample_new ();
  web = ferryctl_sample_add (fixture->sample, "a b.ova", "Büro & Co");
  mail = ferryctl_sample_add (fixture->sample, "mail.ova", "mail");
  save_provider ("vCenter 1");
  save_map ("office");
  fixture->running = make_record ("running", FALSE);
  fixture->ended = make_record ("ended", TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferryctl_sample_free (fixture->sample);
  g_free (fixture->running);
  g_free (fixture->ended);
}

/* What bash would offer, one a line, for COMP_WORDS as a bash array; its last is completed. */
static char *
complete (const Fixture *fixture, const char *words)
{
  g_autofree char *folder = g_path_get_dirname (g_getenv ("FERRY_TEST_FERRYCTL"));
  g_autofree char *path = g_strconcat (folder, ":", g_getenv ("PATH"), NULL);
  g_autofree char *script =
      g_strdup_printf ("source \"$FERRY_TEST_COMPLETION\"; cd '%s'; COMP_WORDS=(%s); "
                       "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _ferryctl; "
                       "printf '%%s\\n' \"${COMPREPLY[@]}\"",
                       fixture->sample->dir, words);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_subprocess_launcher_setenv (launcher, "PATH", path, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, "bash", "--norc", "-c", script, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &out, NULL, &error));
  g_assert_no_error (error);

  return out;
}

static void
assert_offers (const Fixture *fixture, const char *words, const char *offers)
{
  g_autofree char *out = complete (fixture, words);

  g_test_message ("%s", words);
  g_assert_cmpstr (out, ==, offers);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *words;
    const char *offers;
  } cases[] = {
    { "ferryctl ''", "list\nshow\nplan\ncheck\nimport\nimports\ncancel\nretry\nstart-source\nlog\n"
                     "remove\n"
                     "provider\nmap\n" },
    { "ferryctl im", "import\nimports\n" },
    { "ferryctl --", "--help\n--version\n" },
    { "ferryctl imports --", "--watch\n--json\n--verbose\n--help\n" },
    { "ferryctl list --j", "--json\n" },
    { "ferryctl import a --ma", "--map\n--mac\n" },
    { "ferryctl import a --fo", "--format\n" },
    { "ferryctl plan a --firmware u", "uefi\n" },
    { "ferryctl plan a --block-driver virtio-s", "virtio-scsi\n" },
    { "ferryctl plan a --map o", "office\n" },
    { "ferryctl map e", "export\n" },
    { "ferryctl map remove ''", "office\n" },
    { "ferryctl map export --k", "--kind\n" },
    { "ferryctl map export --kind n", "network\n" },
    { "ferryctl import a --f", "--format\n--firmware\n" },
    { "ferryctl import a --format ''", "qcow2\nraw\n" },
    { "ferryctl import a --format = r", "raw\n" },
    { "ferryctl plan a --allocation s", "sparse\n" },
    { "ferryctl plan a --mac n", "new\n" },
    { "ferryctl plan a --to ''", "folder:\nlibvirt:qemu:///system\nlibvirt:qemu:///session\n" },
    { "ferryctl plan a --to folder : dest", "destination\n" },
    { "ferryctl plan a --to libvirt : qemu : ///se", "///session\n" },
    { "ferryctl plan a --memory ''", "\n" },
    { "ferryctl list ma", "mail.ova\n" },
    { "ferryctl list v", "vCenter 1\n" },
    { "ferryctl import v", "vCenter 1\n" },
    { "ferryctl show a --user me ''", "\n" },
    { "ferryctl list --transport v", "vddk\n" },
    { "ferryctl provider e", "edit\nexport\n" },
    { "ferryctl provider remove ''", "vCenter 1\n" },
    { "ferryctl provider edit v", "vCenter 1\n" },
    { "ferryctl provider edit x v", "\n" },
    { "ferryctl provider add x ma", "mail.ova\n" },
    { "ferryctl provider add ma", "\n" },
    { "ferryctl provider add x y --ss", "--ssh-user\n--ssh-password-file\n" },
    { "ferryctl provider import ma", "mail.ova\n" },
    { "ferryctl show a", "a b.ova\n" },
    { "ferryctl show 'a\\ b.ova' ''", "Büro & Co\n" },
    { "ferryctl import --to folder : /srv mail.ova ''", "mail\n" },
    { "ferryctl import mail.ova x", "\n" },
    { "ferryctl frobnicate ''", "\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_offers (fixture, cases[i].words, cases[i].offers);
}

static void
note_shut_down (const char *id)
{
  g_autoptr (FerryRecord) record = ferry_record_load (id, NULL);

  if (record == NULL)
    g_error ("the record is gone");
  g_assert_true (ferry_record_note_shut_down (record, FERRY_SHUT_DOWN_DONE, NULL));
}

static void
test_ids (Fixture *fixture, gconstpointer data)
{
  g_autofree char *running = g_strconcat (fixture->running, "\n", NULL);
  g_autofree char *ended = g_strconcat (fixture->ended, "\n", NULL);
  g_autofree char *both = complete (fixture, "ferryctl log ''");
  g_autofree char *begun = g_strdup_printf ("ferryctl log %.8s", fixture->ended);

  assert_offers (fixture, "ferryctl cancel ''", running);
  assert_offers (fixture, "ferryctl retry ''", ended);
  assert_offers (fixture, "ferryctl remove ''", ended);
  assert_offers (fixture, "ferryctl start-source ''", "\n");
  note_shut_down (fixture->ended);
  assert_offers (fixture, "ferryctl start-source ''", ended);
  assert_offers (fixture, begun, ended);
  g_assert_nonnull (g_strrstr (both, fixture->running));
  g_assert_nonnull (g_strrstr (both, fixture->ended));
}

/* Completing a line must not run what is written on it. */
static void
test_harmless (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mark = ferryctl_sample_dup_path (fixture->sample, "mark");
  G_GNUC_UNUSED g_autofree char *first = complete (fixture, "ferryctl show '$(touch mark)' ''");
  G_GNUC_UNUSED g_autofree char *second = complete (fixture, "ferryctl show '`touch mark`' ''");
  G_GNUC_UNUSED g_autofree char *third = complete (fixture, "ferryctl show 'x;touch mark' ''");
  G_GNUC_UNUSED g_autofree char *fourth = complete (fixture, "ferryctl 'x;touch mark' --");

  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ferryctl/completion/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/ferryctl/completion/ids", Fixture, NULL, set_up, test_ids, tear_down);
  g_test_add ("/ferryctl/completion/harmless", Fixture, NULL, set_up, test_harmless, tear_down);

  return g_test_run ();
}
