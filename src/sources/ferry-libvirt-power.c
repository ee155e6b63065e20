/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-power.h"

#include "ferry-libvirt-call.h"
#include "ferry-libvirt-guests.h"

#include <glib/gi18n-lib.h>

/* What the request points to: one guest, by its UUID, and by its name where two have that. */
typedef struct
{
  char *uuid;
  const char *uuids[2];
  const char *names[2];
  FerryLibvirtRequest request;
} Question;

static void
question_init (Question *question,
               const FerryPlanSource *source,
               const char *request,
               const FerryGuest *guest)
{
  question->uuid = ferry_libvirt_guests_dup_uuid (guest->id);
  question->uuids[0] = question->uuid;
  question->names[0] = ferry_libvirt_guests_get_name (guest->id);
  question->request = (FerryLibvirtRequest){
    .request = request,
    .uri = source->uri,
    .user = source->user,
    .password = source->password,
    .unverified = !source->verify,
    .uuids = question->uuids,
    .names = question->names,
    .name = guest->name,
    .is_slow = TRUE,
  };
}

static void
question_clear (Question *question)
{
  g_free (question->uuid);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* --- shutting down --- */

typedef struct
{
  const FerryShutDownOrder *order;
  gint64 start_usec;
} Wait;

static gboolean
on_line (JsonObject *line, gpointer user_data, GError **error)
{
  Wait *wait = user_data;
  const FerryShutDownOrder *order = wait->order;
  guint64 seconds;

  if (ferry_libvirt_is_item (line, "asking"))
    {
      *order->out_asked = TRUE;
      wait->start_usec = g_get_monotonic_time ();
    }
  else if (ferry_libvirt_is_item (line, "refused"))
    *order->out_asked = FALSE;
  else if (ferry_libvirt_is_item (line, "waiting"))
    {
      seconds = (guint64) (g_get_monotonic_time () - wait->start_usec) / G_USEC_PER_SEC;
      if (seconds >= order->limit_seconds)
        return ferry_source_fail_disobeyed (order->guest, order->limit_seconds, error);
      ferry_monitor_part (order->monitor, seconds, order->limit_seconds);
    }

  return TRUE;
}

gboolean
ferry_libvirt_guests_shut_down (const FerryPlanSource *source,
                                const FerryShutDownOrder *order,
                                GCancellable *cancellable,
                                GError **error)
{
  g_auto (Question) question = { NULL };
  Wait wait = { order, g_get_monotonic_time () };

  question_init (&question, source, "shut-down", order->guest);
  question.request.is_long = TRUE;
  if (ferry_libvirt_call_each (&question.request, on_line, &wait, cancellable, error))
    return TRUE;
  /* It says itself that it did not obey. */
  if (!*order->out_asked)
    g_prefix_error (error, _ ("‘%s’ could not be shut down. "), order->guest->name);

  return FALSE;
}

/* --- starting --- */

gboolean
ferry_libvirt_guests_start (const FerryPlanSource *source,
                            const FerryGuest *guest,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Question) question = { NULL };

  question_init (&question, source, "start", guest);
  if (ferry_libvirt_call_simply (&question.request, cancellable, error))
    return TRUE;
  g_prefix_error (error, _ ("‘%s’ could not be started. "), guest->name);

  return FALSE;
}
