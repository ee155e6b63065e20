/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-helper.h"

#include "ferry-error.h"

#include <signal.h>
#include <string.h>

static FerryHelperAnswer *
run_shell (const char *script, const char *input, guint limit_msec, GError **error)
{
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  FerryHelper helper = { .argv = argv, .input = input, .limit_msec = limit_msec };

  return ferry_helper_run (&helper, NULL, error);
}

static void
test_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryHelperAnswer) answer =
      run_shell ("cat; echo ' so  ' >&2; exit 3", "question", 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer->output, ==, "question");
  g_assert_cmpstr (answer->errors, ==, "so");
  g_assert_cmpint (answer->exit_status, ==, 3);
}

static void
test_large (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *question = g_strnfill (3 * 1000 * 1000, 'x');
  g_autoptr (FerryHelperAnswer) answer = run_shell ("cat; cat /dev/stdin >&2", question, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (answer->output), ==, strlen (question));
}

static void
test_marker (void)
{
  const char *const argv[] = { "/bin/sh", "-c", "echo $FERRY_IMPORT", NULL };
  FerryHelper helper = { .argv = argv, .marker = "some-id" };
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryHelperAnswer) answer = ferry_helper_run (&helper, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer->output, ==, "some-id\n");
}

static void
test_crash (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryHelperAnswer) answer = run_shell ("kill -SEGV $$", NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (answer->exit_status, ==, 128 + SIGSEGV);
}

static void
test_missing (void)
{
  const char *const argv[] = { "/no/such/program", NULL };
  FerryHelper helper = { .argv = argv };
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_helper_run (&helper, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
}

/* A limit that is not kept shows as the test runner's own. */
static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_shell ("echo begun; exec sleep 1000", NULL, 100, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_closed_streams (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_shell ("exec sleep 1000 >&- 2>&-", NULL, 100, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* A daemon that a helper starts may hold its streams open for ever. */
static void
test_daemon (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryHelperAnswer) answer = run_shell ("sleep 1000 & echo $!", NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kill ((pid_t) g_ascii_strtoll (answer->output, NULL, 10), SIGKILL), ==, 0);
}

static void
test_endless (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_shell ("exec cat /dev/zero", NULL, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* --- lines as they come --- */

static gboolean
keep_line (const char *line, gpointer lines, GError **error)
{
  g_ptr_array_add (lines, g_strdup (line));

  return strcmp (line, "stop") != 0 || ferry_fail (error, FERRY_ERROR_EXISTS, "Enough.");
}

static FerryHelperAnswer *
run_lines (const char *script, GPtrArray *lines, guint silence_msec, GError **error)
{
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  FerryHelper helper = {
    .argv = argv, .silence_msec = silence_msec, .on_line = keep_line, .user_data = lines
  };

  return ferry_helper_run (&helper, NULL, error);
}

static void
test_lines (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryHelperAnswer) answer =
      run_lines ("printf 'one\\n\\ntwo\\nthr'; sleep 0.1; printf 'ee\\nrest'", lines, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpstr (lines->pdata[0], ==, "one");
  g_assert_cmpstr (lines->pdata[1], ==, "");
  g_assert_cmpstr (lines->pdata[2], ==, "two");
  g_assert_cmpstr (lines->pdata[3], ==, "three");
  g_assert_cmpstr (answer->output, ==, "rest");
}

/* More than may be kept at once is fine as long as it is taken away. */
static void
test_many_lines (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryHelperAnswer) answer =
      run_lines ("head -c 80000000 /dev/zero | tr '\\0' x | fold -w 100000; echo", lines, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (answer->exit_status, ==, 0);
  g_assert_cmpuint (lines->len, ==, 800);
}

static void
test_line_stops (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (run_lines ("echo one; echo stop; echo two; exec sleep 1000", lines, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_EXISTS);
  g_assert_cmpuint (lines->len, ==, 2);
}

/* Each word gives it time anew. */
static void
test_silence (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (run_lines ("for i in 1 2 3 4; do echo $i; sleep 0.3; done; exec sleep 1000", lines,
                            900, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpuint (lines->len, ==, 4);
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel (void)
{
  const char *const argv[] = { "/bin/sleep", "1000", NULL };
  FerryHelper helper = { .argv = argv };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_in_thread, cancellable);

  g_assert_null (ferry_helper_run (&helper, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);

  g_clear_error (&error);
  g_assert_null (ferry_helper_run (&helper, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helper/answer", test_answer);
  g_test_add_func ("/helper/large", test_large);
  g_test_add_func ("/helper/marker", test_marker);
  g_test_add_func ("/helper/crash", test_crash);
  g_test_add_func ("/helper/missing", test_missing);
  g_test_add_func ("/helper/limit", test_limit);
  g_test_add_func ("/helper/closed-streams", test_closed_streams);
  g_test_add_func ("/helper/daemon", test_daemon);
  g_test_add_func ("/helper/endless", test_endless);
  g_test_add_func ("/helper/lines", test_lines);
  g_test_add_func ("/helper/many-lines", test_many_lines);
  g_test_add_func ("/helper/line-stops", test_line_stops);
  g_test_add_func ("/helper/silence", test_silence);
  g_test_add_func ("/helper/cancel", test_cancel);

  return g_test_run ();
}
