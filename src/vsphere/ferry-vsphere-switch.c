/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-switch.h"

#include "ferry-error.h"
#include "ferry-soap.h"
#include "ferry-vsphere-query.h"

#include <glib/gi18n-lib.h>

/* Gentle to the server, and soon enough for who waits. */
#define PAUSE_MSEC 2000
/* A server that asks its administrator something first (was it copied or moved?) never ends it. */
#define START_LIMIT_SECONDS 300

/* --- waiting --- */

static gboolean
pause_for (guint msec, GCancellable *cancellable, GError **error)
{
  GPollFD poll_fd = { 0 };
  guint n_fds = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &poll_fd) ? 1 : 0;

  g_poll (&poll_fd, n_fds, (int) msec);
  if (n_fds > 0)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static guint64
seconds_since (gint64 start_usec)
{
  return (guint64) (g_get_monotonic_time () - start_usec) / G_USEC_PER_SEC;
}

/* --- one object's state --- */

/* @word: (owned) (nullable): of a power state, or of a task; @error: (owned) (nullable): of a task */
typedef struct
{
  const char *property;
  char *word;
  char *error;
  char *fault;
} State;

static void
state_clear (State *state)
{
  g_free (state->word);
  g_free (state->error);
  g_free (state->fault);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static void
on_state (const FerryVsphereObject *object, gpointer user_data)
{
  State *state = user_data;
  const xmlNode *error = ferry_vsphere_object_get (object, "info.error");
  const xmlNode *fault = ferry_xml_get_child (error, "fault");

  state_clear (state);
  state->word = ferry_vsphere_object_dup (object, state->property);
  state->error = error != NULL ? ferry_xml_dup_child_text (error, "localizedMessage") : NULL;
  state->fault = fault != NULL ? ferry_soap_dup_type (fault) : NULL;
}

static gboolean
ask (FerryVsphere *self,
     const char *spec_set,
     State *state,
     GCancellable *cancellable,
     GError **error)
{
  FerryVsphereQuery query = { spec_set, 1, on_state, state };

  return ferry_vsphere_retrieve (self, &query, cancellable, error);
}

/* --- shutting down --- */

gboolean
ferry_vsphere_ask_to_shut_down (FerryVsphere *self,
                                const char *id,
                                char **out_fault,
                                GCancellable *cancellable,
                                GError **error)
{
  const FerryVsphereCall call = { "ShutdownGuest", "VirtualMachine", id };
  g_autoptr (xmlDoc) answer = ferry_vsphere_call (self, &call, out_fault, cancellable, error);

  return answer != NULL;
}

static gboolean
is_off (FerryVsphere *self,
        const char *spec_set,
        gboolean *out_off,
        GCancellable *cancellable,
        GError **error)
{
  g_auto (State) state = { .property = "runtime.powerState" };

  if (!ask (self, spec_set, &state, cancellable, error))
    return FALSE;
  *out_off = g_strcmp0 (state.word, "poweredOff") == 0;

  return TRUE;
}

gboolean
ferry_vsphere_wait_for_off (FerryVsphere *self,
                            const FerryVsphereWait *wait,
                            gboolean *out_off,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *spec_set =
      ferry_vsphere_query_one ("VirtualMachine", wait->id, "runtime.powerState");
  gint64 start_usec = g_get_monotonic_time ();

  while (is_off (self, spec_set, out_off, cancellable, error))
    {
      guint64 seconds = seconds_since (start_usec);

      if (*out_off || seconds >= wait->limit_seconds)
        return TRUE;
      ferry_monitor_part (wait->monitor, seconds, wait->limit_seconds);
      if (!pause_for (PAUSE_MSEC, cancellable, error))
        return FALSE;
    }

  return FALSE;
}

/* --- starting --- */

static gboolean
fail_task (const State *state, char **out_fault, GError **error)
{
  if (out_fault != NULL)
    *out_fault = g_strdup (state->fault);

  return ferry_fail (error, FERRY_ERROR_FAILED, _ ("The server says: %s"),
                     state->error != NULL   ? state->error
                     : state->fault != NULL ? state->fault
                                            : _ ("no reason given"));
}

static gboolean
wait_for_task (FerryVsphere *self,
               const char *task,
               char **out_fault,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *spec_set = ferry_vsphere_query_one ("Task", task, "info.state info.error");
  gint64 start_usec = g_get_monotonic_time ();

  while (seconds_since (start_usec) < START_LIMIT_SECONDS)
    {
      g_auto (State) state = { .property = "info.state" };

      if (!ask (self, spec_set, &state, cancellable, error))
        return FALSE;
      if (g_strcmp0 (state.word, "success") == 0)
        return TRUE;
      if (g_strcmp0 (state.word, "error") == 0)
        return fail_task (&state, out_fault, error);
      if (!pause_for (PAUSE_MSEC / 4, cancellable, error))
        return FALSE;
    }

  return ferry_fail (error, FERRY_ERROR_CONNECTION,
                     _ ("The server has not done it for 5 minutes. It may have a question: look at "
                        "the virtual machine in its own console."));
}

gboolean
ferry_vsphere_power_on (FerryVsphere *self,
                        const char *id,
                        char **out_fault,
                        GCancellable *cancellable,
                        GError **error)
{
  const FerryVsphereCall call = { "PowerOnVM_Task", "VirtualMachine", id };
  g_autoptr (xmlDoc) answer = ferry_vsphere_call (self, &call, out_fault, cancellable, error);
  g_autofree char *task = NULL;

  if (answer == NULL)
    return FALSE;
  task = ferry_xml_dup_child_text (ferry_soap_get_result (answer), "returnval");
  if (task == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _ ("The server does not tell what becomes of it. Look at the virtual "
                          "machine "
                          "in its own console."));

  return wait_for_task (self, task, out_fault, cancellable, error);
}
