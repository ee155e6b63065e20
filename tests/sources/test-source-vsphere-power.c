/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * Guests of VMware's simulator are shut down and started. */
#include "config.h"

#include "vcenter-peer.h"

#include "ferry-error.h"
#include "ferry-guest.h"

#include <string.h>

/* @guest: "web01", which runs, with tools */
typedef struct
{
  VcenterRig rig;
  FerryGuest *guest;
  gboolean asked;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer options)
{
  if (vcenter_rig_start_trusted (&fixture->rig, options))
    fixture->guest = vcenter_rig_read (&fixture->rig, "web01");
}

static void
tear_down (Fixture *fixture, gconstpointer options)
{
  g_clear_pointer (&fixture->guest, ferry_guest_free);
  vcenter_rig_clear (&fixture->rig);
}

/* --- steps --- */

static void
tell (Fixture *fixture, const char *command)
{
  g_autofree char *answer = vcenter_peer_command (fixture->rig.peer, command);

  g_assert_cmpstr (answer, ==, "ok");
}

static void
assert_power (Fixture *fixture, const char *expected)
{
  g_autofree char *answer = vcenter_peer_command (fixture->rig.peer, "power web01");

  g_assert_cmpstr (answer, ==, expected);
}

static gint64
count (Fixture *fixture, const char *method)
{
  g_autofree char *stats = vcenter_peer_command (fixture->rig.peer, "stats");

  return vcenter_peer_get_count (stats, method);
}

static gboolean
shut_down (Fixture *fixture, guint limit_seconds, GCancellable *cancellable, GError **error)
{
  FerryShutDownOrder order = { fixture->guest, limit_seconds, NULL, &fixture->asked };

  return ferry_source_shut_down (fixture->rig.source, &order, cancellable, error);
}

/* @word: of the sentence */
static void
assert_not_shut_down (Fixture *fixture, FerryError code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (shut_down (fixture, 1, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "web01"));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
assert_not_started (Fixture *fixture, FerryError code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_source_start (fixture->rig.source, fixture->guest, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
}

/* --- what works --- */

static void
test_shut_down (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryGuest) now = NULL;

  if (fixture->guest == NULL)
    return;
  g_assert_true (ferry_source_can_shut_down (fixture->rig.source, fixture->guest, NULL));
  shut_down (fixture, 60, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (fixture->asked);
  assert_power (fixture, "poweredOff");
  now = vcenter_rig_read (&fixture->rig, "web01");
  g_assert_cmpint (now->power, ==, FERRY_POWER_OFF);

  /* Nobody asks one that is off. */
  count (fixture, "ShutdownGuest");
  shut_down (fixture, 60, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fixture->asked);
  g_assert_cmpint (count (fixture, "ShutdownGuest"), ==, 0);
}

static void
test_start (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  if (fixture->guest == NULL)
    return;
  g_assert_true (shut_down (fixture, 60, NULL, NULL));
  ferry_source_start (fixture->rig.source, fixture->guest, NULL, &error);
  g_assert_no_error (error);
  assert_power (fixture, "poweredOn");

  count (fixture, "PowerOnVM_Task");
  ferry_source_start (fixture->rig.source, fixture->guest, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "PowerOnVM_Task"), ==, 0);
}

static void
test_expired_session (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  if (fixture->guest == NULL)
    return;
  tell (fixture, "expire");
  shut_down (fixture, 60, NULL, &error);
  g_assert_no_error (error);
  assert_power (fixture, "poweredOff");
}

/* --- what does not --- */

static void
test_disobeys (Fixture *fixture, gconstpointer options)
{
  if (fixture->guest == NULL)
    return;
  tell (fixture, "deaf");
  assert_not_shut_down (fixture, FERRY_ERROR_FAILED, "within 1 second; it was left running");
  g_assert_true (fixture->asked);
  assert_power (fixture, "poweredOn");
  g_assert_cmpint (count (fixture, "PowerOffVM_Task"), ==, 0);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (500 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 start_usec = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  if (fixture->guest == NULL)
    return;
  tell (fixture, "deaf");
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (shut_down (fixture, 60, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 10 * G_USEC_PER_SEC);
  assert_power (fixture, "poweredOn");
}

static void
test_without_tools (Fixture *fixture, gconstpointer options)
{
  g_autoptr (FerryGuest) bare = NULL;
  g_autoptr (GError) error = NULL;

  if (fixture->guest == NULL)
    return;
  tell (fixture, "refuse ShutdownGuest ToolsUnavailable");
  assert_not_shut_down (fixture, FERRY_ERROR_UNSUPPORTED, "VMware Tools");
  g_assert_false (fixture->asked);

  tell (fixture, "refuse ShutdownGuest");
  tell (fixture, "start snap");
  bare = vcenter_rig_read (&fixture->rig, "snap");
  g_assert_cmpint (bare->power, ==, FERRY_POWER_RUNNING);
  g_assert_false (ferry_source_can_shut_down (fixture->rig.source, bare, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

static void
test_forbidden (Fixture *fixture, gconstpointer options)
{
  if (fixture->guest == NULL)
    return;
  tell (fixture, "refuse ShutdownGuest NoPermission");
  assert_not_shut_down (fixture, FERRY_ERROR_PERMISSION, "VirtualMachine.Interact.PowerOff");
  g_assert_false (fixture->asked);
  assert_power (fixture, "poweredOn");

  tell (fixture, "refuse ShutdownGuest");
  g_assert_true (shut_down (fixture, 60, NULL, NULL));
  tell (fixture, "refuse PowerOnVM_Task NoPermission");
  assert_not_started (fixture, FERRY_ERROR_PERMISSION, "VirtualMachine.Interact.PowerOn");
  tell (fixture, "refuse PowerOnVM_Task InsufficientResourcesFault");
  assert_not_started (fixture, FERRY_ERROR_FAILED, "could not be started");
  assert_power (fixture, "poweredOff");
}

/* Ids are given anew: one of the same id is not the guest that was chosen. */
static void
test_another_one (Fixture *fixture, gconstpointer options)
{
  if (fixture->guest == NULL)
    return;
  json_object_set_string_member (fixture->guest->extra, "instance_uuid",
                                 "00000000-1111-2222-3333-444444444444");
  assert_not_shut_down (fixture, FERRY_ERROR_NOT_FOUND, "no longer there");
  assert_not_started (fixture, FERRY_ERROR_NOT_FOUND, "no longer there");
  g_assert_false (fixture->asked);
  assert_power (fixture, "poweredOn");
}

static void
test_gone (Fixture *fixture, gconstpointer options)
{
  if (fixture->guest == NULL)
    return;
  tell (fixture, "remove web01");
  assert_not_shut_down (fixture, FERRY_ERROR_NOT_FOUND, "no longer there");
  assert_not_started (fixture, FERRY_ERROR_NOT_FOUND, "no longer there");
}

/* Whether the request got through is not known when its answer does not come back. */
static void
test_cut (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  if (fixture->guest == NULL)
    return;
  tell (fixture, "cut ShutdownGuest");
  g_assert_false (shut_down (fixture, 1, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
  g_assert_true (fixture->asked);
  assert_power (fixture, "poweredOff");
}

static void
test_wrong_password (Fixture *fixture, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  if (fixture->guest == NULL)
    return;
  ferry_plan_source_set_password (&fixture->rig.settings->password, "wrong");
  vcenter_rig_renew (&fixture->rig);
  g_assert_false (shut_down (fixture, 1, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_AUTH);
  g_assert_false (fixture->asked);
}

#define ADD(name, options, function)                                                               \
  g_test_add ("/vcenter-power/" name, Fixture, options, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("shut-down", "", test_shut_down);
  ADD ("shut-down-esxi", "-esx", test_shut_down);
  ADD ("start", "", test_start);
  ADD ("start-esxi", "-esx", test_start);
  ADD ("expired-session", "", test_expired_session);
  ADD ("disobeys", "", test_disobeys);
  ADD ("cancel", "", test_cancel);
  ADD ("without-tools", "", test_without_tools);
  ADD ("forbidden", "", test_forbidden);
  ADD ("another-one", "", test_another_one);
  ADD ("gone", "", test_gone);
  ADD ("cut", "", test_cut);
  ADD ("wrong-password", "", test_wrong_password);

  return g_test_run ();
}
