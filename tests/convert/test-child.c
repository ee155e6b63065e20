/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-child.h"
#include "ferry-error.h"
#include "ferry-leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Every test's own marker, so that they can run beside each other. */
static char *marker;

typedef struct
{
  GString *text[4]; /* by FerryStream */
  guint n_ticks;
  const char *cancel_at; /* cancels when this has come on stdout */
  GCancellable *cancellable;
  gulong pause_usec; /* before taking each piece */
} Heard;

static Heard *
heard_new (void)
{
  Heard *heard = g_new0 (Heard, 1);

  for (guint i = 0; i < G_N_ELEMENTS (heard->text); i++)
    heard->text[i] = g_string_new (NULL);
  heard->cancellable = g_cancellable_new ();
  return heard;
}

static void
heard_free (Heard *heard)
{
  for (guint i = 0; i < G_N_ELEMENTS (heard->text); i++)
    g_string_free (heard->text[i], TRUE);
  g_object_unref (heard->cancellable);
  g_free (heard);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Heard *heard = user_data;

  if (heard->pause_usec > 0)
    g_usleep (heard->pause_usec);
  g_string_append_len (heard->text[stream], bytes, (gssize) length);
  if (heard->cancel_at != NULL && strstr (heard->text[FERRY_STREAM_STDOUT]->str, heard->cancel_at))
    g_cancellable_cancel (heard->cancellable);
}

static void
on_tick (gpointer user_data)
{
  Heard *heard = user_data;

  heard->n_ticks++;
}

static gboolean
run_with_input (Heard *heard,
                const char *script,
                const char *input,
                int *out_status,
                GError **error)
{
  g_autofree char *entry = g_strconcat (FERRY_MARKER_VARIABLE "=", marker, NULL);
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  const char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", entry, NULL };
  FerryCommand command = {
    .argv = argv,
    .marker = marker,
    .input = input,
    .with_messages = TRUE,
    .on_data = on_data,
    .on_tick = on_tick,
    .user_data = heard,
  };

  return ferry_child_run (&command, environment, out_status, heard->cancellable, error);
}

static gboolean
run (Heard *heard, const char *script, int *out_status, GError **error)
{
  return run_with_input (heard, script, NULL, out_status, error);
}

static int
run_well (Heard *heard, const char *script)
{
  g_autoptr (GError) error = NULL;
  int status = -1;
  gboolean ok = run (heard, script, &status, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return status;
}

static const char *
heard_out (const Heard *heard)
{
  return heard->text[FERRY_STREAM_STDOUT]->str;
}

/* A zombie does not run any more; in a container nobody may be there to reap it. */
static gboolean
is_running (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *stat = NULL;

  if (!g_file_get_contents (path, &stat, NULL, NULL))
    return FALSE;

  return !g_str_has_prefix (strrchr (stat, ')'), ") Z");
}

static guint
count_own_fds (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_status (void)
{
  static const struct
  {
    const char *script;
    int status;
  } cases[] = {
    { "exit 0", 0 },
    { "exit 7", 7 },
    { "kill -9 $$", 137 },
    { "kill -TERM $$", 143 },
    { "exec /nonexistent-program 2>/dev/null", 127 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Heard) heard = heard_new ();

      g_assert_cmpint (run_well (heard, cases[i].script), ==, cases[i].status);
    }
}

static void
assert_is_only (const GString *text, char letter, gsize length)
{
  g_assert_cmpuint (text->len, ==, length);
  for (gsize i = 0; i < text->len; i++)
    g_assert_cmpint (text->str[i], ==, letter);
}

#define THREE_STREAMS                                                                              \
  "fill () { head -c 3000000 /dev/zero | tr '\\0' $1; }; "                                         \
  "fill e >&2 & fill m >&3 & fill o; wait"

static void
test_three_streams (void)
{
  g_autoptr (Heard) heard = heard_new ();

  g_assert_cmpint (run_well (heard, THREE_STREAMS), ==, 0);
  assert_is_only (heard->text[FERRY_STREAM_STDOUT], 'o', 3000000);
  assert_is_only (heard->text[FERRY_STREAM_STDERR], 'e', 3000000);
  assert_is_only (heard->text[FERRY_STREAM_MESSAGES], 'm', 3000000);
}

static void
test_slow_reader (void)
{
  g_autoptr (Heard) heard = heard_new ();

  heard->pause_usec = 1000;
  g_assert_cmpint (run_well (heard, THREE_STREAMS), ==, 0);
  assert_is_only (heard->text[FERRY_STREAM_STDOUT], 'o', 3000000);
  assert_is_only (heard->text[FERRY_STREAM_MESSAGES], 'm', 3000000);
}

/* What is written right before the end must not be lost. */
static void
test_last_words (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (Heard) heard = heard_new ();

      g_assert_cmpint (run_well (heard, "echo out; echo err >&2; echo msg >&3; exit 1"), ==, 1);
      g_assert_cmpstr (heard_out (heard), ==, "out\n");
      g_assert_cmpstr (heard->text[FERRY_STREAM_STDERR]->str, ==, "err\n");
      g_assert_cmpstr (heard->text[FERRY_STREAM_MESSAGES]->str, ==, "msg\n");
    }
}

static void
test_input (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (Heard) deaf = heard_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (1000000, 'i');
  int status = -1;

  g_assert_true (run_with_input (heard, "cat", text, &status, &error));
  g_assert_no_error (error);
  assert_is_only (heard->text[FERRY_STREAM_STDOUT], 'i', 1000000);

  /* Nobody reads it: that is the child's business. */
  signal (SIGPIPE, SIG_DFL);
  g_assert_true (run_with_input (deaf, "exec 0</dev/null; exit 4", text, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 4);

  g_assert_true (run_with_input (deaf, "cat; echo end", "", &status, &error));
  g_assert_cmpstr (heard_out (deaf), ==, "end\n");
}

static void
test_no_input (void)
{
  g_autoptr (Heard) heard = heard_new ();

  g_assert_cmpint (run_well (heard, "cat; readlink /proc/$$/fd/0"), ==, 0);
  g_assert_cmpstr (heard_out (heard), ==, "/dev/null\n");
}

static void
test_ticks (void)
{
  g_autoptr (Heard) quiet = heard_new ();
  g_autoptr (Heard) busy = heard_new ();

  run_well (quiet, "sleep 0.7");
  g_assert_cmpuint (quiet->n_ticks, >=, 2);
  g_assert_cmpuint (quiet->n_ticks, <=, 5);

  run_well (busy, "timeout 0.7 yes");
  g_assert_cmpuint (busy->n_ticks, >=, 2);
}

/* Returns how long it took to end, in ms. */
static gint64
run_cancelled (Heard *heard, const char *script)
{
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_monotonic_time ();
  int status;

  heard->cancel_at = "\n";
  g_assert_false (run (heard, script, &status, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return (g_get_monotonic_time () - before) / 1000;
}

static void
test_cancel_honoured (void)
{
  g_autoptr (Heard) heard = heard_new ();

  g_assert_cmpint (run_cancelled (heard, "trap 'echo bye; exit 3' TERM; sleep 300 & echo $!; wait"),
                   <, 4000);
  g_assert_nonnull (strstr (heard_out (heard), "bye"));
  g_assert_false (is_running (atoi (heard_out (heard))));
}

static void
test_cancel_ignored (void)
{
  g_autoptr (Heard) heard = heard_new ();

  g_setenv ("FERRY_KILL_GRACE_MS", "150", TRUE);
  g_assert_cmpint (run_cancelled (heard, "trap '' TERM; echo $$; while :; do sleep 1; done"), >=,
                   150);
  g_unsetenv ("FERRY_KILL_GRACE_MS");
  g_assert_false (is_running (atoi (heard_out (heard))));
}

/* As qemu-nbd does: a session of its own, no pipe held, SIGTERM ignored. */
static void
test_cancel_orphan (void)
{
  g_autoptr (Heard) heard = heard_new ();

  g_setenv ("FERRY_KILL_GRACE_MS", "150", TRUE);
  run_cancelled (heard, "(trap '' TERM; "
                        "setsid sh -c 'echo $$; exec sleep 300 >/dev/null 2>&1 3>&1' &);"
                        "exec sleep 300");
  g_unsetenv ("FERRY_KILL_GRACE_MS");
  g_assert_cmpint (atoi (heard_out (heard)), >, 1);
  g_assert_false (is_running (atoi (heard_out (heard))));
}

static void
test_cancelled_before (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (GError) error = NULL;
  int status;

  g_cancellable_cancel (heard->cancellable);
  g_assert_false (run (heard, "echo started", &status, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (heard_out (heard), ==, "");
}

/* The leader is gone, what it left behind holds the pipes. */
static void
test_lingering (void)
{
  g_autoptr (Heard) heard = heard_new ();
  gint64 before = g_get_monotonic_time ();

  g_assert_cmpint (run_well (heard, "sleep 300 & echo $!; exit 5"), ==, 5);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 4 * G_USEC_PER_SEC);
  g_assert_false (is_running (atoi (heard_out (heard))));
}

static void
test_silent_leftover (void)
{
  g_autoptr (Heard) heard = heard_new ();

  run_well (heard, "setsid sleep 300 >/dev/null 2>&1 3>&1 & echo $!");
  g_assert_false (is_running (atoi (heard_out (heard))));
}

/* Neither ours nor our siblings' descriptors get into a child. */
static gpointer
run_in_thread (gpointer user_data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Heard) heard = heard_new ();
      g_autofree char *script =
        g_strdup_printf ("echo %p; echo /proc/$$/fd/*; readlink /proc/$$/ns/pid; exit %u",
                         user_data, i);
      g_autofree char *first = g_strdup_printf ("%p\n", user_data);
      const char *at;

      g_assert_cmpint (run_well (heard, script), ==, (int) i);
      g_assert_true (g_str_has_prefix (heard_out (heard), first));
      at = heard_out (heard) + strlen (first);
      for (guint n = 0; n < 4; n++)
        {
          g_autofree char *end = g_strdup_printf ("/fd/%u", n);

          g_assert_nonnull (strstr (at, end));
        }
      /* The shell keeps the folder that it lists open, if anything. */
      for (guint n = 5; n < 10; n++)
        {
          g_autofree char *end = g_strdup_printf ("/fd/%u", n);

          g_assert_null (strstr (at, end));
        }
    }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[6];
  g_autofree char *kept = g_steal_pointer (&marker);

  /* No marker: with the same one, each would end the others. */
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("child", run_in_thread, &threads[i]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  marker = g_steal_pointer (&kept);
}

static void
test_own_fds (void)
{
  guint before = count_own_fds ();
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (Heard) cancelled = heard_new ();
  g_autoptr (GError) error = NULL;
  const char *const missing[] = { "/nonexistent/program", NULL };
  const FerryCommand command = { .argv = missing, .with_messages = TRUE, .input = "x" };
  int status;

  run_well (heard, "echo x; sleep 300 & exit 0");
  run_cancelled (cancelled, "echo x; sleep 300");
  g_assert_false (ferry_child_run (&command, missing + 1, &status, NULL, &error));
  g_clear_pointer (&heard, heard_free);
  g_clear_pointer (&cancelled, heard_free);
  g_assert_cmpuint (count_own_fds (), ==, before);
}

static void
assert_fails_to_start (const char *program, FerryError code)
{
  const char *const argv[] = { program, NULL };
  const FerryCommand command = { .argv = argv };
  g_autoptr (GError) error = NULL;
  int status = 42;

  g_assert_false (ferry_child_run (&command, argv + 1, &status, NULL, &error));
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, program));
  g_assert_cmpint (status, ==, 42);
}

static void
test_not_startable (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("ferry-child-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, "\0", 1), ==, 1);
  assert_fails_to_start ("/nonexistent/program", FERRY_ERROR_MISSING_TOOL);
  assert_fails_to_start (path, FERRY_ERROR_PERMISSION);
  close (fd);
  g_unlink (path);
}

static void
test_no_descriptors (void)
{
  if (g_test_subprocess ())
    {
      const struct rlimit few = { 6, 6 };
      g_autoptr (Heard) heard = heard_new ();
      g_autoptr (GError) error = NULL;
      int status;

      g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
      g_assert_false (run (heard, "exit 0", &status, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_environment_and_folder (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autofree char *expected =
    g_strdup_printf ("/\nLC_ALL=C\n%s=%s\n", FERRY_MARKER_VARIABLE, marker);

  g_setenv ("FERRY_SECRET", "x", TRUE);
  run_well (heard, "pwd; env | grep -e LC_ALL -e FERRY | sort -r");
  g_unsetenv ("FERRY_SECRET");
  g_assert_cmpstr (heard_out (heard), ==, expected);
}

/* Leads a group and a session of its own, so that a Ctrl+C on our terminal does not reach it. */
static void
test_session (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_auto (GStrv) words = NULL;

  run_well (heard, "cat /proc/$$/stat");
  words = g_strsplit (heard_out (heard), " ", 7);
  g_assert_cmpstr (words[0], ==, words[4]);
  g_assert_cmpstr (words[0], ==, words[5]);
}

static gssize
read_output (GSubprocess *process, char *buffer, gsize size)
{
  return g_input_stream_read (g_subprocess_get_stdout_pipe (process), buffer, size, NULL, NULL);
}

static pid_t
start_marked (const char *value, const char *script)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char line[2] = "";
  const char *id;

  g_subprocess_launcher_setenv (launcher, FERRY_MARKER_VARIABLE, value, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, "setsid", "sh", "-c", script, NULL);
  g_assert_no_error (error);
  id = g_subprocess_get_identifier (process);
  g_assert_cmpint (read_output (process, line, 1), ==, 1);
  return id == NULL ? -1 : atoi (id);
}

static void
test_end_marked (void)
{
  g_autofree char *other = g_strconcat (marker, "-other", NULL);
  FerryLeftovers which = { 0, marker }, others = { 0, other };
  g_autoptr (GError) error = NULL;
  pid_t mild, stubborn, bystander;

  g_setenv ("FERRY_KILL_GRACE_MS", "100", TRUE);
  mild = start_marked (marker, "echo; exec sleep 300");
  stubborn = start_marked (marker, "trap '' TERM; echo; while :; do sleep 1; done");
  bystander = start_marked (other, "echo; exec sleep 300");

  g_assert_cmpuint (ferry_leftovers_signal (&which, 0), >=, 2);
  g_assert_true (ferry_leftovers_end (&which, &error));
  g_assert_no_error (error);
  g_assert_false (is_running (mild));
  g_assert_false (is_running (stubborn));
  g_assert_true (is_running (bystander));

  g_assert_true (ferry_leftovers_end (&which, &error)); /* nothing there: fine */
  g_assert_true (ferry_leftovers_end (&others, &error));
  g_assert_false (is_running (bystander));
  g_unsetenv ("FERRY_KILL_GRACE_MS");
}

static void
on_held_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  g_assert_cmpint (write (1, bytes, length), ==, (gssize) length);
}

/* The program that starts a child and is then killed. */
static int
hold_child (void)
{
  const char *const argv[] = { "/bin/sh", "-c", "echo $$; exec sleep 300", NULL };
  const char *const environment[] = { "PATH=/usr/bin:/bin", NULL };
  const FerryCommand command = { .argv = argv, .on_data = on_held_data };
  int status = 1;

  return ferry_child_run (&command, environment, &status, NULL, NULL) ? status : 1;
}

static void
test_parent_killed (void)
{
  g_autoptr (GSubprocess) holder = NULL;
  g_autoptr (GError) error = NULL;
  char line[32] = "";
  pid_t pid;

  holder =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "hold", NULL);
  g_assert_no_error (error);
  g_assert_cmpint (read_output (holder, line, 31), >, 0);
  pid = atoi (line);
  g_assert_true (is_running (pid));
  g_subprocess_send_signal (holder, SIGKILL);
  g_assert_true (g_subprocess_wait (holder, NULL, &error));

  for (guint i = 0; i < 1000 && is_running (pid); i++)
    g_usleep (5000);
  g_assert_false (is_running (pid));
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "hold") == 0)
    return hold_child ();

  g_test_init (&argc, &argv, NULL);
  marker = g_uuid_string_random ();

  g_test_add_func ("/child/status", test_status);
  g_test_add_func ("/child/three-streams", test_three_streams);
  g_test_add_func ("/child/slow-reader", test_slow_reader);
  g_test_add_func ("/child/last-words", test_last_words);
  g_test_add_func ("/child/input", test_input);
  g_test_add_func ("/child/no-input", test_no_input);
  g_test_add_func ("/child/ticks", test_ticks);
  g_test_add_func ("/child/cancel/honoured", test_cancel_honoured);
  g_test_add_func ("/child/cancel/ignored", test_cancel_ignored);
  g_test_add_func ("/child/cancel/orphan", test_cancel_orphan);
  g_test_add_func ("/child/cancel/before", test_cancelled_before);
  g_test_add_func ("/child/lingering", test_lingering);
  g_test_add_func ("/child/silent-leftover", test_silent_leftover);
  g_test_add_func ("/child/threads", test_threads);
  g_test_add_func ("/child/own-fds", test_own_fds);
  g_test_add_func ("/child/not-startable", test_not_startable);
  g_test_add_func ("/child/no-descriptors", test_no_descriptors);
  g_test_add_func ("/child/environment-and-folder", test_environment_and_folder);
  g_test_add_func ("/child/session", test_session);
  g_test_add_func ("/child/end-marked", test_end_marked);
  g_test_add_func ("/child/parent-killed", test_parent_killed);

  return g_test_run ();
}
