/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-checks-private.h"

#include <glib/gi18n-lib.h>

/* Whether the guest rests while its disks are read. */

/* The source has a button for it; whether the guest heeds that is another question. */
static gboolean
has_button (const FerryPlan *plan)
{
  return plan->source.kind == FERRY_SOURCE_VSPHERE || plan->source.kind == FERRY_SOURCE_LIBVIRT;
}

/* VMware’s way goes through its tools; libvirt has ACPI, too. */
static gboolean
needs_tools (const FerryPlan *plan)
{
  return plan->source.kind == FERRY_SOURCE_VSPHERE;
}

static FerryCheck *
add_running (FerryChecking *checking, const char *text)
{
  return ferry_checking_add (checking, "guest.running", FERRY_SEVERITY_BLOCKER,
                             _ ("Shut it down at the source, from within if possible, and read the "
                                "source again."),
                             "%s", text);
}

static void
check_running (FerryChecking *checking)
{
  const FerryGuest *source = checking->guest->source;
  gboolean lacks_tools = needs_tools (checking->plan) && source->tools != FERRY_TRUTH_YES;
  const char *text = _ ("It is running, and its disks change while they are copied.");

  if (!has_button (checking->plan))
    add_running (checking, text);
  else if (lacks_tools)
    ferry_checking_add (checking, "guest.no-tools", FERRY_SEVERITY_BLOCKER,
                        _ ("Shut it down from within, or start VMware Tools in it, and read the "
                           "source again."),
                        _ ("It is running, and cannot be shut down gracefully from outside, since "
                           "VMware Tools do not run in it."));
  else if (checking->guest->shut_down)
    ferry_checking_add (checking, "guest.shut-down-first", FERRY_SEVERITY_WARNING,
                        _ ("Make sure that nobody needs it at that time."),
                        _ ("It is running, and will be shut down at the source before it is "
                           "imported."));
  else
    ferry_check_set_remedy (ferry_checking_add (checking, "guest.running", FERRY_SEVERITY_BLOCKER,
                                                _ ("Shut it down at the source and read that "
                                                   "again, or let Ferry shut "
                                                   "it down before the import."),
                                                "%s", text),
                            FERRY_REMEDY_SHUT_DOWN, -1);
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
