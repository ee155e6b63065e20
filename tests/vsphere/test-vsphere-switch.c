/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-vsphere-switch.h"
#include "soap-server.h"

#include <string.h>

/* What a server may answer when a guest is shut down or started: an error, never a crash, never an
 * endless wait. */

typedef struct
{
  SoapServer *server;
  FerryVsphere *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryPlanSource) source = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server = soap_server_start ();
  soap_server_answer_start (fixture->server, "7.0.3.0");
  source = soap_server_make_source (fixture->server);
  fixture->session = ferry_vsphere_open (source, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_vsphere_close (fixture->session);
  soap_server_stop (fixture->server);
}

/* --- answers --- */

static void
answer (Fixture *fixture, const char *method, const char *content)
{
  g_autofree char *text =
      g_strdup_printf ("<Envelope><Body><%sResponse>%s</%sResponse></Body></Envelope>", method,
                       content, method);

  soap_server_answer (fixture->server, 200, text, -1);
}

static void
answer_property (Fixture *fixture, const char *name, const char *value, const char *more)
{
  g_autofree char *text =
      g_strdup_printf ("<objects><obj "
                       "type=\"Task\">task-1</obj><propSet><name>%s</name><val>%s</val></propSet>%s"
                       "</objects>",
                       name, value, more);

  soap_server_answer_objects (fixture->server, FALSE, NULL, text);
}

static void
answer_task (Fixture *fixture, const char *state, const char *more)
{
  answer_property (fixture, "info.state", state, more);
}

static void
assert_not_started (Fixture *fixture, FerryError code, const char *word, const char *kind)
{
  g_autofree char *fault = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_vsphere_power_on (fixture->session, "vm-1", &fault, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpstr (fault, ==, kind);
}

/* --- starting --- */

static void
test_started (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;

  answer (fixture, "PowerOnVM_Task", "<returnval type=\"Task\">task-1</returnval>");
  answer_task (fixture, "queued", "");
  answer_task (fixture, "running", "");
  answer_task (fixture, "success", "");
  ferry_vsphere_power_on (fixture->session, "vm-&1", NULL, NULL, &error);
  g_assert_no_error (error);
  request = soap_server_dup_request (fixture->server, 2);
  g_assert_nonnull (strstr (request, "<_this type=\"VirtualMachine\">vm-&amp;1</_this>"));
}

static void
test_task_fails (Fixture *fixture, gconstpointer data)
{
  answer (fixture, "PowerOnVM_Task", "<returnval type=\"Task\">task-1</returnval>");
  answer_task (fixture, "error",
               "<propSet><name>info.error</name><val>"
               "<fault xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
               " xsi:type=\"InsufficientMemoryResourcesFault\"/>"
               "<localizedMessage>Not enough &lt;memory&gt;.</localizedMessage></val></propSet>");
  assert_not_started (fixture, FERRY_ERROR_FAILED, "Not enough <memory>.",
                      "InsufficientMemoryResourcesFault");
}

static void
test_task_fails_silently (Fixture *fixture, gconstpointer data)
{
  answer (fixture, "PowerOnVM_Task", "<returnval type=\"Task\">task-1</returnval>");
  answer_task (fixture, "error", "");
  assert_not_started (fixture, FERRY_ERROR_FAILED, "no reason given", NULL);
}

static void
test_no_task (Fixture *fixture, gconstpointer data)
{
  answer (fixture, "PowerOnVM_Task", "");
  assert_not_started (fixture, FERRY_ERROR_INVALID, "does not tell", NULL);
}

static void
test_task_gone (Fixture *fixture, gconstpointer data)
{
  answer (fixture, "PowerOnVM_Task", "<returnval type=\"Task\">task-1</returnval>");
  soap_server_answer_fault (fixture->server, "ManagedObjectNotFound", "gone");
  assert_not_started (fixture, FERRY_ERROR_NOT_FOUND, "no longer there", NULL);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  soap_server_answer_fault (fixture->server, "NoPermission", "No.");
  assert_not_started (fixture, FERRY_ERROR_PERMISSION, "No.", "NoPermission");
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

/* Nothing that makes sense comes: it is waited for, and the user can end that. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  answer (fixture, "PowerOnVM_Task", "<returnval type=\"Task\">task-1</returnval>");
  for (guint i = 0; i < 20; i++)
    answer_property (fixture, i % 2 == 0 ? "info.state" : "other", "dancing", "<x/>");
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (ferry_vsphere_power_on (fixture->session, "vm-1", NULL, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- shutting down --- */

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  guint *n = user_data;

  g_assert_cmpuint (total, ==, 60);
  g_assert_cmpuint (done, <, total);
  (*n)++;
}

static void
test_off (Fixture *fixture, gconstpointer data)
{
  guint n = 0;
  FerryMonitor monitor = { on_part, &n };
  FerryVsphereWait wait = { "vm-1", 60, &monitor };
  gboolean off = FALSE;
  g_autoptr (GError) error = NULL;

  answer (fixture, "ShutdownGuest", "");
  answer_property (fixture, "runtime.powerState", "poweredOn", "");
  answer_property (fixture, "runtime.powerState", "poweredOff", "");
  g_assert_true (ferry_vsphere_ask_to_shut_down (fixture->session, "vm-1", NULL, NULL, &error));
  g_assert_no_error (error);
  ferry_vsphere_wait_for_off (fixture->session, &wait, &off, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (off);
  g_assert_cmpuint (n, ==, 1);
}

/* Neither on nor off is not off. */
static void
test_odd_state (Fixture *fixture, gconstpointer data)
{
  FerryVsphereWait wait = { "vm-1", 0, NULL };
  gboolean off = TRUE;

  answer_property (fixture, "runtime.powerState", "dancing", "");
  g_assert_true (ferry_vsphere_wait_for_off (fixture->session, &wait, &off, NULL, NULL));
  g_assert_false (off);
  soap_server_answer_objects (fixture->server, FALSE, NULL, "");
  off = TRUE;
  g_assert_true (ferry_vsphere_wait_for_off (fixture->session, &wait, &off, NULL, NULL));
  g_assert_false (off);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  FerryVsphereWait wait = { "vm-1", 0, NULL };
  gboolean off = FALSE;
  g_autoptr (GError) error = NULL;

  soap_server_answer (fixture->server, 200, "<html>", -1);
  g_assert_false (ferry_vsphere_ask_to_shut_down (fixture->session, "vm-1", NULL, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_clear_error (&error);
  soap_server_answer (fixture->server, 200, "\xff", -1);
  g_assert_false (ferry_vsphere_wait_for_off (fixture->session, &wait, &off, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/vsphere-switch/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("started", test_started);
  ADD ("task-fails", test_task_fails);
  ADD ("task-fails-silently", test_task_fails_silently);
  ADD ("no-task", test_no_task);
  ADD ("task-gone", test_task_gone);
  ADD ("refused", test_refused);
  ADD ("cancel", test_cancel);
  ADD ("off", test_off);
  ADD ("odd-state", test_odd_state);
  ADD ("garbage", test_garbage);

  return g_test_run ();
}
