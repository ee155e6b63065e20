/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include <string.h>

/* Command lines and files that are wrong: a sentence, an exit code, and nothing written. */

#define NOTHING "/nonexistent/web.ova"

/* One command line: words with | between; OVA, DIR, DEST and PLAN stand for the sample's. */
typedef struct
{
  const char *words;
  int exit_code;
  const char *sentence;
} Case;

static const Case cases[] = {
  { "", 2, "Which command?" },
  { "imprt", 2, "did you mean ‘import’?" },
  { "frobnicate", 2, "‘ferryctl --help’ lists them." },
  { "pro\033[31mvider", 2, "There is no command" },
  { "--frobnicate", 2, "There is no command" },
  { "list", 2, "‘list’ takes one source." },
  { "list|OVA|OVA", 2, "‘list’ takes one source." },
  { "list|--frobnicate", 2, "See ‘ferryctl list --help’." },
  { "list|" NOTHING, 4, NOTHING },
  { "list|", 4, "The source is empty." },
  { "show", 2, "‘show’ needs a source." },
  { "show|OVA|wbe", 2, "did you mean ‘web’?" },
  { "show|OVA|mailserver", 2, "It has: ‘web’." },
  { "plan", 2, "‘plan’ needs a source." },
  { "plan|OVA", 2, "The destination is missing" },
  { "plan|OVA|--to", 2, "See ‘ferryctl plan --help’." },
  { "plan|OVA|--to|ftp:there", 2, "‘ftp:there’ is not a destination." },
  { "plan|OVA|--to|folder:", 2, "The folder is missing." },
  { "plan|OVA|--to|libvirt:", 2, "The libvirt URI is missing." },
  { "plan|OVA|--to|DEST|--format|vmdk", 2, "--format is qcow2 or raw, not ‘vmdk’." },
  { "plan|OVA|--to|DEST|--allocation|thin", 2, "--allocation is sparse or preallocated" },
  { "plan|OVA|--to|DEST|--mac|random", 2, "--mac: write keep or new" },
  { "plan|OVA|--to|DEST|--root|sda", 2, "--root: write single, first or a device" },
  { "plan|OVA|--to|DEST|--memory|2", 2, "‘2’ is not a size of memory" },
  { "plan|OVA|--to|DEST|--memory|-2G", 2, "‘-2G’ is not a size of memory" },
  { "plan|OVA|--to|DEST|--vcpus|0", 2, "‘0’ is not a number of CPUs" },
  { "plan|OVA|--to|DEST|--vcpus|four", 2, "‘four’ is not a number of CPUs" },
  { "plan|OVA|--to|DEST|--vcpus|99999", 2, "‘99999’ is not a number of CPUs" },
  { "plan|OVA|--to|DEST|--network|default", 2, "write SRC=DST" },
  { "plan|OVA|--to|DEST|--network|=default", 2, "write SRC=DST" },
  { "plan|OVA|--to|DEST|--network|*=", 2, "write SRC=DST" },
  { "plan|OVA|--to|DEST|--network|*=bridge:", 2, "The name is missing" },
  { "plan|OVA|--to|DEST|--network|VM Netwrok=default", 2, "on a network ‘VM Netwrok’" },
  { "plan|OVA|--to|DEST|--start", 2, "--start is for a libvirt destination" },
  { "plan|OVA|--to|DEST|--name|../etc", 2, "ferryctl: " },
  { "plan|OVA|--to|DEST|--name|", 2, "ferryctl: " },
  { "plan|DIR|--all|--to|DEST|--name|one", 2, "a name is for a single virtual machine" },
  { "plan|OVA|--to|DEST|--disk|1:formt=raw", 2, "--disk ‘1:formt=raw’: there is no ‘formt’" },
  { "plan|OVA|--to|DEST|--rename|wbe=x", 2, "no virtual machine ‘wbe’ is imported" },
  { "plan|OVA|--to|DEST|--map|none", 2, "There is no map ‘none’" },
  { "map", 2, "‘map’ needs a command." },
  { "map|lits", 2, "did you mean ‘list’?" },
  { "map|list|x", 2, "‘map list’ takes no arguments." },
  { "map|show", 2, "needs the name of one map" },
  { "map|show|none", 2, "There is no map ‘none’" },
  { "map|save|PLAN", 2, "needs a plan and a name" },
  { "map|save|PLAN|x|--kind|disk", 2, "--kind is network or storage, not ‘disk’." },
  { "map|save|/nonexistent/plan.json|x", 4, "cannot be opened" },
  { "map|remove", 2, "needs the name of a map" },
  { "map|remove|none", 2, "There is no map ‘none’" },
  { "map|export|none", 2, "There is no map ‘none’" },
  { "map|import", 2, "needs a file" },
  { "map|import|/nonexistent/map.json", 2, "cannot be read" },
  { "map|import|PLAN", 2, "kind" },
  { "check", 2, "‘check’ needs a plan or a source." },
  { "check|/nonexistent/plan.json", 4, "cannot be opened" },
  { "import", 2, "‘import’ needs a plan or a source." },
  { "import|PLAN|web", 2, "A plan says everything itself" },
  { "import|PLAN|--to|DEST", 2, "A plan says everything itself" },
  { "import|PLAN|--start", 2, "A plan says everything itself" },
  { "import|/nonexistent/plan.json", 4, "cannot be opened" },
  { "imports|web", 2, "‘imports’ takes no arguments." },
  { "cancel", 2, "‘cancel’ needs the id of an import." },
  { "retry", 2, "‘retry’ needs the id of an import." },
  { "start-source", 2, "‘start-source’ needs the id of an import." },
  { "plan|OVA|--to|DEST|--shut-down", 2, "--shut-down is for a server" },
  { "import|PLAN|--shut-down", 2, "A plan says everything itself" },
  { "log", 2, "‘log’ needs the id of an import." },
  { "remove", 2, "‘remove’ needs the id of an import." },
};

typedef struct
{
  FerryctlSample *sample;
  char *ova;
  char *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = NULL;
  g_autoptr (FerryctlRun) run = NULL;

  fixture->sample = ferryctl_sample_new ();
  fixture->ova = ferryctl_sample_add (fixture->sample, "web.ova", "web");
  other = ferryctl_sample_add (fixture->sample, "mail.ova", "mail");
  run = ferryctl_run ("plan", fixture->ova, "--to", fixture->sample->destination, NULL);
  fixture->plan = ferryctl_sample_write (fixture->sample, "plan.json", run->out);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->ova);
  g_free (fixture->plan);
  ferryctl_sample_free (fixture->sample);
}

static char **
expand (const Fixture *fixture, const char *words)
{
  char **each = *words != '\0' ? g_strsplit (words, "|", -1) : g_new0 (char *, 1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      const char *value = NULL;

      if (g_str_equal (each[i], "OVA"))
        value = fixture->ova;
      else if (g_str_equal (each[i], "DIR"))
        value = fixture->sample->dir;
      else if (g_str_equal (each[i], "DEST"))
        value = fixture->sample->destination;
      else if (g_str_equal (each[i], "PLAN"))
        value = fixture->plan;
      if (value != NULL)
        {
          g_free (each[i]);
          each[i] = g_strdup (value);
        }
    }

  return each;
}

/* One sentence on standard error, and no escape sequence in it. */
static void
assert_refused (const FerryctlRun *run, int exit_code, const char *sentence)
{
  ferryctl_run_assert (run, exit_code, NULL, sentence);
  g_assert_true (g_str_has_prefix (run->err, "ferryctl: "));
  g_assert_true (strchr (run->err, '\n') == run->err + strlen (run->err) - 1);
  g_assert_null (strchr (run->err, '\033'));
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = expand (fixture, cases[i].words);
      g_autoptr (FerryctlRun) run = ferryctl_run_startv ((const char *const *) words);

      g_test_message ("%u", i);
      ferryctl_run_finish (run);
      assert_refused (run, cases[i].exit_code, cases[i].sentence);
    }
  g_assert_true (ferryctl_sample_is_untouched (fixture->sample));
}

static void
test_help (void)
{
  static const char *const commands[] = { "list",   "show",  "plan",         "check", "import", "imports",
                                          "cancel", "retry", "start-source", "log",   "remove" };
  g_autoptr (FerryctlRun) help = ferryctl_run ("--help", NULL);
  g_autoptr (FerryctlRun) version = ferryctl_run ("--version", NULL);

  ferryctl_run_assert (version, 0, "ferryctl " FERRY_VERSION "\n", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (FerryctlRun) run = ferryctl_run (commands[i], "--help", NULL);
      g_autofree char *usage = g_strdup_printf ("ferryctl %s [OPTION…]", commands[i]);
      g_autofree char *line = g_strdup_printf ("\n  %s ", commands[i]);

      ferryctl_run_assert (run, 0, usage, NULL);
      ferryctl_run_assert (help, 0, line, NULL);
    }
  g_assert_null (strstr (help->out, "complete"));
}

/* A locale without UTF-8 gets what it can show, not question marks. */
static void
test_ascii (void)
{
  g_autofree char *locale = g_strdup (g_getenv ("LC_ALL"));
  g_autoptr (FerryctlRun) run = NULL;

  g_setenv ("LC_ALL", "C", TRUE);
  run = ferryctl_run ("imprt", NULL);
  if (locale != NULL)
    g_setenv ("LC_ALL", locale, TRUE);
  else
    g_unsetenv ("LC_ALL");

  ferryctl_run_assert (run, 2, NULL, "did you mean 'import'?");
}

static int
run_in_shell (const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "bash", "-c", script, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  return g_subprocess_get_exit_status (child);
}

/* A plan that could not be written is no success. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_setenv ("FERRY_TEST_PLAN", fixture->plan, TRUE);
  g_assert_cmpint (run_in_shell ("\"$FERRY_TEST_FERRYCTL\" --help > /dev/full"), ==, 4);
  g_assert_cmpint (run_in_shell ("\"$FERRY_TEST_FERRYCTL\" check --json \"$FERRY_TEST_PLAN\" "
                                 "> /dev/full"),
                   ==, 4);
  g_assert_cmpint (run_in_shell ("\"$FERRY_TEST_FERRYCTL\" --help | true; "
                                 "[ ${PIPESTATUS[0]} = 0 -o ${PIPESTATUS[0]} = 141 ]"),
                   ==, 0);
}

/* Files that are no plan; with each command that reads one. */
static void
test_bad_plans (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "{",
    "{}",
    "[]",
    "null",
    "{ \"version\": 1 }",
    "{ \"version\": 2, \"guests\": [] }",
    "{ \"version\": \"1\" }",
    "{ \"version\": 1, \"source\": 7 }",
    "{ \"version\": 1, \"guests\": {} }",
    "{ \"version\": 1 } rubbish",
    "\xff\xfe{",
  };
  static const char *const commands[] = { "check", "import" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
      {
        g_autofree char *path = ferryctl_sample_write (fixture->sample, "bad.json", texts[i]);
        g_autoptr (FerryctlRun) run = ferryctl_run (commands[j], path, NULL);

        g_test_message ("%u", i);
        assert_refused (run, 4, "bad.json");
      }
  g_assert_true (ferryctl_sample_is_untouched (fixture->sample));
}

/* Files that are no appliance; with each command that reads one. */
static void
test_bad_sources (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "junk", "PK\003\004", "\037\213", "<Envelope/>" };
  static const char *const commands[] = { "list", "show", "plan", "import" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
      {
        g_autofree char *path = ferryctl_sample_write (fixture->sample, "bad.ova", texts[i]);
        g_autoptr (FerryctlRun) run =
            j < 2 ? ferryctl_run (commands[j], path, NULL)
                  : ferryctl_run (commands[j], path, "--to", fixture->sample->destination, NULL);

        g_test_message ("%s %u", commands[j], i);
        assert_refused (run, 4, "bad.ova");
      }
  g_assert_true (ferryctl_sample_is_untouched (fixture->sample));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ferryctl/usage/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
  g_test_add_func ("/ferryctl/usage/help", test_help);
  g_test_add_func ("/ferryctl/usage/ascii", test_ascii);
  g_test_add ("/ferryctl/usage/unwritable", Fixture, NULL, set_up, test_unwritable, tear_down);
  g_test_add ("/ferryctl/usage/bad-plans", Fixture, NULL, set_up, test_bad_plans, tear_down);
  g_test_add ("/ferryctl/usage/bad-sources", Fixture, NULL, set_up, test_bad_sources, tear_down);

  return g_test_run ();
}
