/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-power.h"

#include "ferry-error.h"
#include "ferry-vsphere-ask.h"
#include "ferry-vsphere-switch.h"

#include <glib/gi18n-lib.h>

/* --- the guest as it is now --- */

static gboolean
is_other (const FerryGuest *now, const FerryGuest *then)
{
  const char *uuid = ferry_vsphere_get_instance_uuid (now);
  const char *known = ferry_vsphere_get_instance_uuid (then);

  return uuid != NULL && known != NULL && g_ascii_strcasecmp (uuid, known) != 0;
}

static FerryGuest *
read_guest (FerryVsphere *server, const FerryGuest *then, GCancellable *cancellable, GError **error)
{
  const char *ids[] = { then->id };
  g_autoptr (FerryVsphereRows) rows = ferry_vsphere_ask_guests (server, ids, 1, cancellable, error);
  const FerryVsphereRow *row = rows != NULL ? g_hash_table_lookup (rows->by_id, then->id) : NULL;

  if (rows == NULL)
    return NULL;
  if (row == NULL || is_other (row->guest, then))
    {
      ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                  _ ("‘%s’ is no longer there. List what is there and choose again."), then->name);
      return NULL;
    }

  return ferry_guest_copy (row->guest);
}

/* --- what the server refuses --- */

static gboolean
fail_forbidden (const FerryGuest *guest, const char *privilege, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_PERMISSION,
                     _ ("This user may not do that to ‘%s’. Ask the administrator of the server "
                        "for "
                        "the privilege ‘%s’, or do it there."),
                     guest->name, privilege);
}

static gboolean
fail_to_shut_down (const FerryGuest *guest, const char *fault, GError *problem, GError **error)
{
  g_autoptr (GError) owned = problem;

  if (g_strcmp0 (fault, "ToolsUnavailable") == 0)
    return ferry_source_fail_without_tools (guest, error);
  if (g_strcmp0 (fault, "NoPermission") == 0)
    return fail_forbidden (guest, "VirtualMachine.Interact.PowerOff", error);
  g_propagate_prefixed_error (error, g_steal_pointer (&owned), _ ("‘%s’ could not be shut down. "),
                              guest->name);

  return FALSE;
}

static gboolean
fail_to_start (const FerryGuest *guest, const char *fault, GError *problem, GError **error)
{
  g_autoptr (GError) owned = problem;

  if (g_strcmp0 (fault, "NoPermission") == 0)
    return fail_forbidden (guest, "VirtualMachine.Interact.PowerOn", error);
  g_propagate_prefixed_error (error, g_steal_pointer (&owned), _ ("‘%s’ could not be started. "),
                              guest->name);

  return FALSE;
}

static gboolean
is_cancelled (const GError *problem)
{
  return g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- shutting down --- */

/* Without a fault in the answer nobody knows whether the request got through. */
static gboolean
ask_to_shut_down (FerryVsphere *server,
                  const FerryShutDownOrder *order,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *fault = NULL;
  g_autoptr (GError) problem = NULL;

  *order->out_asked = TRUE;
  if (ferry_vsphere_ask_to_shut_down (server, order->guest->id, &fault, cancellable, &problem))
    return TRUE;
  *order->out_asked = fault == NULL;
  /* It has been switched off this moment, as will be seen. */
  if (g_strcmp0 (fault, "InvalidPowerState") == 0)
    return TRUE;
  if (is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return fail_to_shut_down (order->guest, fault, g_steal_pointer (&problem), error);
}

static gboolean
wait_for_off (FerryVsphere *server,
              const FerryShutDownOrder *order,
              GCancellable *cancellable,
              GError **error)
{
  FerryVsphereWait wait = { order->guest->id, order->limit_seconds, order->monitor };
  gboolean off = FALSE;

  if (!ferry_vsphere_wait_for_off (server, &wait, &off, cancellable, error))
    return FALSE;

  return off || ferry_source_fail_disobeyed (order->guest, order->limit_seconds, error);
}

gboolean
ferry_vsphere_shut_down (const FerryPlanSource *source,
                         const FerryShutDownOrder *order,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (FerryVsphere) server = ferry_vsphere_open (source, cancellable, error);
  g_autoptr (FerryGuest) now =
      server != NULL ? read_guest (server, order->guest, cancellable, error) : NULL;

  if (now == NULL)
    return FALSE;
  if (now->power == FERRY_POWER_OFF)
    return TRUE;
  if (!ferry_guest_can_shut_down (now))
    return ferry_source_fail_without_tools (now, error);

  return ask_to_shut_down (server, order, cancellable, error) &&
         wait_for_off (server, order, cancellable, error);
}

/* --- starting --- */

gboolean
ferry_vsphere_start (const FerryPlanSource *source,
                     const FerryGuest *guest,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (FerryVsphere) server = ferry_vsphere_open (source, cancellable, error);
  g_autoptr (FerryGuest) now =
      server != NULL ? read_guest (server, guest, cancellable, error) : NULL;
  g_autofree char *fault = NULL;
  g_autoptr (GError) problem = NULL;

  if (now == NULL)
    return FALSE;
  if (now->power == FERRY_POWER_RUNNING ||
      ferry_vsphere_power_on (server, guest->id, &fault, cancellable, &problem))
    return TRUE;
  if (is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return fail_to_start (guest, fault, g_steal_pointer (&problem), error);
}
