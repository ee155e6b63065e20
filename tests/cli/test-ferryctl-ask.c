/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include "ferry-trust.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

/* A real ferryctl that asks at a terminal: passwords, and whether a server is to be trusted. */

#define WAIT_SECONDS 60
#define KEY_ONE "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1dHPIW5/GO"
#define KEY_ONE_SHA256 "SHA256:cc3WiSC1KI7FM1dWAKEXqWa8LVJnMCZIbg819QtKhBg"
#define KEY_TWO "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUN7n5MrUn4OosrxYSXGYsJfK0/2wwkyqFdT3znZ3fa"
#define KEY_TWO_SHA256 "SHA256:P/4k+i2MrGV4C/nDA7Z2CCYGIoKQrgP8KzamkyPgN9U"
/* Nobody listens there: what comes after trust fails at once. */
#define SSH_URI "qemu+ssh://root@127.0.0.1:9/system"

typedef struct
{
  FerryctlSample *sample;
  char *uri;
  GSubprocess *child;
  GString *seen;
  gsize awaited; /* how much of it has been looked at */
  int terminal;
  int slave;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sample = ferryctl_sample_new ();
  fixture->uri = ferryctl_sample_add_libvirt (fixture->sample);
  fixture->seen = g_string_new (NULL);
  fixture->terminal = fixture->slave = -1;
}

static void
hang_up (Fixture *fixture)
{
  if (fixture->terminal >= 0)
    close (fixture->terminal);
  if (fixture->slave >= 0)
    close (fixture->slave);
  fixture->terminal = fixture->slave = -1;
  g_clear_object (&fixture->child);
  g_string_truncate (fixture->seen, 0);
  fixture->awaited = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hang_up (fixture);
  g_string_free (fixture->seen, TRUE);
  ferryctl_sample_free (fixture->sample);
  g_free (fixture->uri);
}

static void
become_foreground (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setsid ();
  ioctl (STDIN_FILENO, TIOCSCTTY, 0);
}

static void
startv (Fixture *fixture, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  struct winsize size = { .ws_row = 24, .ws_col = 200 };
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  hang_up (fixture);
  g_assert_cmpint (openpty (&fixture->terminal, &fixture->slave, NULL, NULL, &size), ==, 0);
  g_assert_cmpint (fcntl (fixture->terminal, F_SETFD, FD_CLOEXEC), ==, 0);
  g_assert_cmpint (fcntl (fixture->slave, F_SETFD, FD_CLOEXEC), ==, 0);
  g_subprocess_launcher_take_stdin_fd (launcher, dup (fixture->slave));
  g_subprocess_launcher_take_stdout_fd (launcher, dup (fixture->slave));
  g_subprocess_launcher_take_stderr_fd (launcher, dup (fixture->slave));
  g_subprocess_launcher_set_child_setup (launcher, become_foreground, NULL, NULL);
  g_ptr_array_add (argv, (gpointer) g_getenv ("FERRY_TEST_FERRYCTL"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  fixture->child =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
}

#define START(fixture, ...) startv (fixture, (const char *const[]){ __VA_ARGS__, NULL })

/* What there is to read within a while. */
static void
read_some (Fixture *fixture, int msec)
{
  struct pollfd fd = { .fd = fixture->terminal, .events = POLLIN };
  char bytes[4096];
  gssize length;

  if (poll (&fd, 1, msec) <= 0)
    return;
  length = read (fixture->terminal, bytes, sizeof bytes);
  if (length > 0)
    g_string_append_len (fixture->seen, bytes, length);
}

/* @text after all that was awaited before it */
static void
await (Fixture *fixture, const char *text)
{
  gint64 limit = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  const char *found;

  while ((found = strstr (fixture->seen->str + fixture->awaited, text)) == NULL)
    {
      if (g_get_monotonic_time () > limit)
        g_error ("ferryctl did not write ‘%s’, but:\n%s", text, fixture->seen->str);
      read_some (fixture, 100);
    }
  fixture->awaited = (gsize) (found - fixture->seen->str) + strlen (text);
}

static void
type (Fixture *fixture, const char *text)
{
  gsize length = strlen (text);

  g_assert_cmpint (write (fixture->terminal, text, length), ==, (gssize) length);
}

static void
finish (Fixture *fixture)
{
  gint64 limit = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  while (g_subprocess_get_identifier (fixture->child) != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      read_some (fixture, 50);
      g_main_context_iteration (NULL, FALSE);
    }
  read_some (fixture, 0);
}

static void
assert_exit (Fixture *fixture, int exit_code)
{
  finish (fixture);
  if (!g_subprocess_get_if_exited (fixture->child) ||
      g_subprocess_get_exit_status (fixture->child) != exit_code)
    g_error ("ferryctl did not end with %d; it wrote:\n%s", exit_code, fixture->seen->str);
}

static gboolean
is_echoing (Fixture *fixture)
{
  struct termios settings;

  g_assert_cmpint (tcgetattr (fixture->slave, &settings), ==, 0);

  return (settings.c_lflag & ECHO) != 0;
}

/* The password is asked for when the server wants one, and never shown. */
static void
test_password (Fixture *fixture, gconstpointer data)
{
  START (fixture, "list", fixture->uri, "--user", "bob");
  await (fixture, "Password of bob at ");
  g_assert_false (is_echoing (fixture));
  type (fixture, "sehr geheim\n");
  await (fixture, "web ");
  assert_exit (fixture, 0);
  g_assert_null (strstr (fixture->seen->str, "geheim"));
  g_assert_true (is_echoing (fixture));
}

static void
test_user (Fixture *fixture, gconstpointer data)
{
  START (fixture, "provider", "test", fixture->uri);
  await (fixture, "User at ");
  g_assert_true (is_echoing (fixture));
  type (fixture, "bob\n");
  await (fixture, "Password of bob at ");
  type (fixture, "sehr geheim\n");
  await (fixture, "1 virtual machine");
  assert_exit (fixture, 0);
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  START (fixture, "list", fixture->uri, "--user", "bob");
  await (fixture, "Password of bob at ");
  type (fixture, "falsch\n");
  await (fixture, "password is wrong");
  await (fixture, "Password of bob at ");
  type (fixture, "auch falsch\n");
  assert_exit (fixture, 4);
  await (fixture, "password is wrong");
}

/* Whatever ends the question, the terminal shows again what is typed. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  START (fixture, "list", fixture->uri, "--user", "bob");
  await (fixture, "Password of bob at ");
  type (fixture, "sehr \003");
  finish (fixture);
  g_assert_true (g_subprocess_get_if_signaled (fixture->child));
  g_assert_cmpint (g_subprocess_get_term_sig (fixture->child), ==, SIGINT);
  g_assert_true (is_echoing (fixture));

  START (fixture, "list", fixture->uri, "--user", "bob");
  await (fixture, "Password of bob at ");
  type (fixture, "\004");
  assert_exit (fixture, 4);
  g_assert_true (is_echoing (fixture));
}

/* Stopped and gone on, it asks again. (Nobody here could stop it: it leads its session.) */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  START (fixture, "list", fixture->uri, "--user", "bob");
  await (fixture, "Password of bob at ");
  type (fixture, "nichts\032");
  await (fixture, "Password of bob at ");
  g_assert_false (is_echoing (fixture));
  type (fixture, "sehr geheim\n");
  await (fixture, "web ");
  assert_exit (fixture, 0);
  g_assert_true (is_echoing (fixture));
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (3000, 'x');

  START (fixture, "list", fixture->uri, "--user", "bob");
  await (fixture, "Password of bob at ");
  type (fixture, endless);
  type (fixture, "\n");
  assert_exit (fixture, 4);
  g_assert_null (strstr (fixture->seen->str, "xxx"));
  g_assert_true (is_echoing (fixture));
}

/* A password that stands in the command's input comes before any question. */
static void
test_add (Fixture *fixture, gconstpointer data)
{
  START (fixture, "provider", "add", "bob", fixture->uri, "--user", "bob", "--remember");
  await (fixture, "Password of bob at ");
  type (fixture, "sehr geheim\n");
  await (fixture, "Saved ‘bob’.");
  await (fixture, "There is no keyring");
  assert_exit (fixture, 0);

  START (fixture, "provider", "add", "kvm", SSH_URI, "--remember");
  await (fixture, "Saved ‘kvm’.");
  assert_exit (fixture, 0);
}

static void
show_key (Fixture *fixture, const char *key)
{
  g_autofree char *script = g_strdup_printf ("echo '127.0.0.1 %s'", key);

  ferryctl_sample_add_tool (fixture->sample, "ssh-keyscan", script);
}

static gboolean
is_pinned (const char *key)
{
  g_autofree char *line = g_strconcat ("x ", key, "\n", NULL);

  return ferry_trust_host_key_is_pinned ("127.0.0.1:9", line);
}

static void
test_trust (Fixture *fixture, gconstpointer data)
{
  show_key (fixture, KEY_ONE);
  START (fixture, "list", SSH_URI);
  await (fixture, "The host key of [127.0.0.1]:9:");
  await (fixture, "ED25519");
  await (fixture, KEY_ONE_SHA256);
  await (fixture, "[y/N]");
  type (fixture, "\n");
  await (fixture, "is not trusted.");
  assert_exit (fixture, 4);
  g_assert_false (is_pinned (KEY_ONE));

  START (fixture, "list", SSH_URI);
  await (fixture, "[y/N]");
  type (fixture, "y\n");
  assert_exit (fixture, 4);
  g_assert_true (is_pinned (KEY_ONE));

  START (fixture, "list", SSH_URI);
  assert_exit (fixture, 4);
  g_assert_null (strstr (fixture->seen->str, "[y/N]"));
}

/* A server that has changed is not asked about: somebody must have compared. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  show_key (fixture, KEY_ONE);
  START (fixture, "list", SSH_URI, "--trust", KEY_ONE_SHA256);
  assert_exit (fixture, 4);
  g_assert_true (is_pinned (KEY_ONE));

  show_key (fixture, KEY_TWO);
  START (fixture, "list", SSH_URI);
  await (fixture, "SHA-256 then");
  await (fixture, KEY_ONE_SHA256);
  await (fixture, "SHA-256 now");
  await (fixture, "CHANGED");
  assert_exit (fixture, 4);
  await (fixture, "--trust " KEY_TWO_SHA256);
  g_assert_null (strstr (fixture->seen->str, "[y/N]"));
  g_assert_true (is_pinned (KEY_ONE));

  START (fixture, "list", SSH_URI, "--trust", KEY_TWO_SHA256);
  assert_exit (fixture, 4);
  g_assert_true (is_pinned (KEY_TWO));
  g_assert_false (is_pinned (KEY_ONE));
}

/* Without a terminal there is one sentence, and --trust takes exactly what it says. */
static void
test_no_terminal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) unknown = NULL;
  g_autoptr (FerryctlRun) other = NULL;
  g_autoptr (FerryctlRun) trusted = NULL;
  g_autoptr (FerryctlRun) changed = NULL;

  show_key (fixture, KEY_ONE);
  unknown = ferryctl_run ("list", SSH_URI, NULL);
  ferryctl_run_assert (unknown, 4, NULL, "--trust " KEY_ONE_SHA256);
  other = ferryctl_run ("list", SSH_URI, "--trust", KEY_TWO_SHA256, NULL);
  ferryctl_run_assert (other, 4, NULL, "not the one that was given with --trust");
  g_assert_false (is_pinned (KEY_ONE));
  trusted = ferryctl_run ("list", SSH_URI, "--trust", KEY_TWO_SHA256, "--trust",
                          &KEY_ONE_SHA256[strlen ("SHA256:")], NULL);
  g_assert_null (strstr (trusted->err, "--trust"));
  g_assert_true (is_pinned (KEY_ONE));
  show_key (fixture, KEY_TWO);
  changed = ferryctl_run ("list", SSH_URI, NULL);
  ferryctl_run_assert (changed, 4, NULL, "its fingerprint was " KEY_ONE_SHA256 " and is now");
  g_assert_true (is_pinned (KEY_ONE));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ferryctl/ask/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  ADD ("password", test_password);
  ADD ("user", test_user);
  ADD ("wrong-password", test_wrong_password);
  ADD ("interrupted", test_interrupted);
  ADD ("stopped", test_stopped);
  ADD ("endless", test_endless);
  ADD ("add", test_add);
  ADD ("trust", test_trust);
  ADD ("changed", test_changed);
  ADD ("no-terminal", test_no_terminal);

  return g_test_run ();
}
