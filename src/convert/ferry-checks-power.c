/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* Whether the guest rests while its disks are read. */

static FerryCheck *
add_running (FerryChecking *checking, const char *text)
{
  return ferry_checking_add (checking, "guest.running", FERRY_SEVERITY_BLOCKER,
                             _ ("Shut it down at the source, from within if possible, and read the "
                                "source again."),
                             "%s", text);
}

/* The user has said so; that it cannot be asked is the reason why it stays in the way. */
static void
check_running (FerryChecking *checking)
{
  gboolean can = ferry_guest_can_shut_down (checking->guest->source);

  if (checking->guest->shut_down && can)
    ferry_checking_add (checking, "guest.running", FERRY_SEVERITY_WARNING,
                        _ ("Tell those who use it. It stays off at the source afterwards; if the "
                           "import fails, Ferry offers to start it again."),
                        _ ("It is running, and is shut down at the source before the import."));
  else if (checking->guest->shut_down)
    ferry_checking_add (checking, "guest.running", FERRY_SEVERITY_BLOCKER,
                        _ ("Start or install VMware Tools in it and read the source again, or shut "
                           "it down from within."),
                        _ ("It is running and cannot be asked to shut down: VMware Tools do not run "
                           "in it."));
  else
    add_running (checking, _ ("It is running, and its disks change while they are copied."))
        ->remedy = can ? FERRY_REMEDY_SHUT_DOWN : FERRY_REMEDY_NONE;
}

static void
check_power (FerryChecking *checking)
{
  switch (checking->guest->source->power)
    {
    case FERRY_POWER_RUNNING:
      check_running (checking);
      break;
    case FERRY_POWER_PAUSED:
      add_running (checking, _ ("It is paused, and a part of its data is in memory only."));
      break;
    case FERRY_POWER_SUSPENDED:
      add_running (checking, _ ("It is suspended, and a part of its data is not on its disks."));
      break;
    case FERRY_POWER_OFF:
    case FERRY_POWER_UNKNOWN:
      break;
    }
}

static const FerryCheckFunc checks[] = { check_power };

void
ferry_checks_of_power (FerryChecking *checking)
{
  ferry_checking_run (checking, checks, G_N_ELEMENTS (checks));
}
