/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "worker-fixture.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A real ferryctl on a terminal that this test looks at. */

#define COLUMNS 70
#define ROWS 20

typedef struct
{
  WorkerFixture *worker;
  GSubprocess *child;
  GString *seen;
  int terminal;
  guint source;
} Fixture;

static gboolean
on_written (int fd, GIOCondition condition, gpointer user_data)
{
  Fixture *fixture = user_data;
  char bytes[4096];
  gssize length = read (fd, bytes, sizeof bytes);

  if (length <= 0)
    {
      fixture->source = 0;
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (fixture->seen, bytes, length);
  return G_SOURCE_CONTINUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->worker = worker_fixture_new (g_getenv ("FERRY_TEST_WORKER"));
  g_setenv ("FERRY_FAKE_DIR", worker_fixture_get_dir (fixture->worker), TRUE);
  worker_fixture_start_bus (fixture->worker);
  worker_fixture_activate (fixture->worker);
  fixture->seen = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->source != 0)
    g_source_remove (fixture->source);
  close (fixture->terminal);
  g_clear_object (&fixture->child);
  g_string_free (fixture->seen, TRUE);
  worker_fixture_free (fixture->worker);
}

static void
become_foreground (gpointer user_data)
{
  /* Ctrl+C comes from the terminal that a process is in the foreground of. */
  setsid ();
  ioctl (STDIN_FILENO, TIOCSCTTY, 0);
}

static void
start (Fixture *fixture, const char *term, const char *no_color)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };
  g_autoptr (GError) error = NULL;
  int slave;

  g_assert_cmpint (openpty (&fixture->terminal, &slave, NULL, NULL, &size), ==, 0);
  g_assert_cmpint (fcntl (fixture->terminal, F_SETFD, FD_CLOEXEC), ==, 0);
  g_subprocess_launcher_setenv (launcher, "TERM", term, TRUE);
  g_subprocess_launcher_setenv (launcher, "NO_COLOR", no_color, TRUE);
  g_subprocess_launcher_take_stdin_fd (launcher, dup (slave));
  g_subprocess_launcher_take_stdout_fd (launcher, dup (slave));
  g_subprocess_launcher_take_stderr_fd (launcher, slave);
  g_subprocess_launcher_set_child_setup (launcher, become_foreground, NULL, NULL);
  fixture->child = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("FERRY_TEST_FERRYCTL"),
                                                "imports", "--watch", NULL);
  g_assert_no_error (error);
  fixture->source = g_unix_fd_add (fixture->terminal, G_IO_IN | G_IO_HUP, on_written, fixture);
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Awaited;

static gboolean
was_seen (gpointer user_data)
{
  const Awaited *awaited = user_data;

  return strstr (awaited->fixture->seen->str, awaited->text) != NULL;
}

static void
await (Fixture *fixture, const char *text)
{
  Awaited awaited = { fixture, text };

  worker_fixture_wait (fixture->worker, was_seen, &awaited, WORKER_WAIT_SECONDS);
}

static gboolean
has_ended (gpointer user_data)
{
  return g_subprocess_get_identifier (((Fixture *) user_data)->child) == NULL;
}

static int
finish (Fixture *fixture)
{
  worker_fixture_wait (fixture->worker, has_ended, fixture, WORKER_WAIT_SECONDS);
  g_assert_true (g_subprocess_get_if_exited (fixture->child));
  return g_subprocess_get_exit_status (fixture->child);
}

static void
queue_import (Fixture *fixture, const char *name, const char *state)
{
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  g_autoptr (FerryGuest) guest = ferry_guest_new (name, name);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  FerryDisk *disk = ferry_disk_new ("Hard disk 1");

  disk->capacity_bytes = 1000;
  g_ptr_array_add (guest->disks, disk);
  ferry_plan_set_ova_source (plan, "/srv/appliances/tiny.ova");
  ferry_plan_set_folder_destination (plan, "/srv/guests");
  ferry_plan_add_guest (plan, guest);
  paths = worker_fixture_import (fixture->worker, plan, &error);
  g_assert_no_error (error);
  worker_fixture_await_state (fixture->worker, paths[0], state, WORKER_WAIT_SECONDS);
}

static void
release (Fixture *fixture, const char *name)
{
  g_autofree char *file = g_strconcat ("release-", name, NULL);
  g_autofree char *path = g_build_filename (worker_fixture_get_dir (fixture->worker), file, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
test_bars (Fixture *fixture, gconstpointer data)
{
  queue_import (fixture, "hold", "copying");
  start (fixture, "xterm", "");
  await (fixture, "\033[32m██████████░░░░░░░░░░\033[0m  50 %  Copying");
  await (fixture, "  sda ");
  release (fixture, "hold");
  g_assert_cmpint (finish (fixture), ==, 0);

  /* The two lines of bars give way to what lasts. */
  await (fixture, "\033[2A\r\033[Jhold: \033[32mImported\033[0m");
  await (fixture, "hold is now in /srv/guests/x");
}

static void
test_no_color (Fixture *fixture, gconstpointer data)
{
  queue_import (fixture, "hold", "copying");
  start (fixture, "xterm", "1");
  await (fixture, "██████████░░░░░░░░░░  50 %  Copying");
  release (fixture, "hold");
  g_assert_cmpint (finish (fixture), ==, 0);
  g_assert_null (strstr (fixture->seen->str, "m██"));
}

static void
test_dumb (Fixture *fixture, gconstpointer data)
{
  queue_import (fixture, "hold", "copying");
  start (fixture, "dumb", "");
  await (fixture, "hold: 50 %, Copying\r\n");
  release (fixture, "hold");
  g_assert_cmpint (finish (fixture), ==, 0);
  await (fixture, "hold: Imported");
  g_assert_null (strchr (fixture->seen->str, '\033'));
}

static void
test_resize (Fixture *fixture, gconstpointer data)
{
  struct winsize narrow = { .ws_row = ROWS, .ws_col = 45 };

  queue_import (fixture, "hold", "copying");
  start (fixture, "xterm", "1");
  await (fixture, "██████████░░░░░░░░░░  50 %  Copying");
  g_string_truncate (fixture->seen, 0);
  g_assert_cmpint (ioctl (fixture->terminal, TIOCSWINSZ, &narrow), ==, 0);
  await (fixture, "█████░░░░░  50 %  Copying");
  release (fixture, "hold");
  g_assert_cmpint (finish (fixture), ==, 0);
}

static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  queue_import (fixture, "hold", "copying");
  start (fixture, "xterm", "1");
  await (fixture, "50 %  Copying");
  g_assert_cmpint (write (fixture->terminal, "\003", 1), ==, 1);
  g_assert_cmpint (finish (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/ferryctl/terminal/bars", test_bars },
    { "/ferryctl/terminal/no-color", test_no_color },
    { "/ferryctl/terminal/dumb", test_dumb },
    { "/ferryctl/terminal/resize", test_resize },
    { "/ferryctl/terminal/interrupt", test_interrupt },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
