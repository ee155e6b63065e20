/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define LIMIT_SECONDS 40
#define LOOK_MSEC 10

static char *
dup_path (const FerryctlRun *run, const char *name)
{
  return g_build_filename (run->dir, name, NULL);
}

static void
read_output (FerryctlRun *run)
{
  g_autofree char *out = dup_path (run, "out");
  g_autofree char *err = dup_path (run, "err");

  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
  g_assert_true (g_file_get_contents (out, &run->out, NULL, NULL));
  g_assert_true (g_file_get_contents (err, &run->err, NULL, NULL));
}

/* A test that fails leaves none behind; and none asks at the terminal that the tests are run from. */
static void
become_alone (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setsid ();
}

FerryctlRun *
ferryctl_run_startv (const char *const *arguments)
{
  FerryctlRun *run = g_new0 (FerryctlRun, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  run->exit_code = -1;
  run->dir = g_dir_make_tmp ("ferryctl-XXXXXX", &error);
  g_assert_no_error (error);
  out = dup_path (run, "out");
  err = dup_path (run, "err");
  g_subprocess_launcher_set_child_setup (launcher, become_alone, NULL, NULL);
  g_subprocess_launcher_set_stdout_file_path (launcher, out);
  g_subprocess_launcher_set_stderr_file_path (launcher, err);

  g_assert_nonnull (g_getenv ("FERRY_TEST_FERRYCTL"));
  g_ptr_array_add (argv, (gpointer) g_getenv ("FERRY_TEST_FERRYCTL"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  run->child = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return run;
}

static char **
collect (const char *first, va_list args)
{
  GPtrArray *arguments = g_ptr_array_new ();

  for (const char *argument = first; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (arguments, g_strdup (argument));
  g_ptr_array_add (arguments, NULL);

  return (char **) g_ptr_array_free (arguments, FALSE);
}

FerryctlRun *
ferryctl_run_start (const char *first, ...)
{
  g_auto (GStrv) arguments = NULL;
  va_list args;

  va_start (args, first);
  arguments = collect (first, args);
  va_end (args);

  return ferryctl_run_startv ((const char *const *) arguments);
}

FerryctlRun *
ferryctl_run (const char *first, ...)
{
  g_auto (GStrv) arguments = NULL;
  FerryctlRun *run;
  va_list args;

  va_start (args, first);
  arguments = collect (first, args);
  va_end (args);

  run = ferryctl_run_startv ((const char *const *) arguments);
  ferryctl_run_finish (run);
  return run;
}

void
ferryctl_run_free (FerryctlRun *run)
{
  g_autofree char *out = dup_path (run, "out");
  g_autofree char *err = dup_path (run, "err");

  if (run->exit_code < 0)
    g_subprocess_force_exit (run->child);
  g_unlink (out);
  g_unlink (err);
  g_rmdir (run->dir);
  g_clear_object (&run->child);
  g_free (run->dir);
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

static gboolean
on_look (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until the child has ended, or has written @text (nullable); FALSE: for too long. */
static gboolean
wait_for (FerryctlRun *run, const char *text)
{
  gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;
  guint look = g_timeout_add (LOOK_MSEC, on_look, NULL);
  gboolean found = FALSE;

  while (!found && g_get_monotonic_time () < limit)
    {
      gboolean ended = g_subprocess_get_identifier (run->child) == NULL;

      read_output (run);
      if (text != NULL)
        found = strstr (run->out, text) != NULL || strstr (run->err, text) != NULL;
      else
        found = ended;
      if (!found && ended)
        break;
      if (!found)
        g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (look);

  return found;
}

void
ferryctl_run_await (FerryctlRun *run, const char *text)
{
  if (!wait_for (run, text))
    g_error ("ferryctl did not write ‘%s’, but:\n%s%s", text, run->out, run->err);
}

void
ferryctl_run_finish (FerryctlRun *run)
{
  if (!wait_for (run, NULL))
    g_error ("ferryctl did not end; it wrote:\n%s%s", run->out, run->err);

  read_output (run);
  g_subprocess_wait (run->child, NULL, NULL);
  run->exit_code = g_subprocess_get_if_exited (run->child)
                       ? g_subprocess_get_exit_status (run->child)
                       : 128 + g_subprocess_get_term_sig (run->child);
}

static void
assert_has (const char *text, const char *part)
{
  if (part == NULL)
    g_assert_cmpstr (text, ==, "");
  else if (strstr (text, part) == NULL)
    g_error ("‘%s’ is not in:\n%s", part, text);
}

void
ferryctl_run_assert (const FerryctlRun *run, int exit_code, const char *out, const char *err)
{
  if (run->exit_code != exit_code)
    g_error ("ferryctl ended with %d instead of %d:\n%s%s", run->exit_code, exit_code, run->out,
             run->err);
  assert_has (run->out, out);
  assert_has (run->err, err);
}
