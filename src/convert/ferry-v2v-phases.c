/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-v2v-phases.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define CONVERTING_TOTAL 430
#define FINISHING_TOTAL 2
/* More than any guest has, so that a broken message cannot make anybody count for ever. */
#define MAX_DISKS 10000

/* The messages of virt-v2v 2.2 to 2.12 in their order. They are not an interface: each is known by
 * its stable beginning, and one that is not here is shown as it is. @done is tenths of a second of
 * a small guest without KVM, whose shares are much the same with it. */
static const struct
{
  const char *beginning;
  FerryV2vStage stage;
  guint done;
  const char *sentence;
} phases[] = {
  { "Setting up the source", FERRY_V2V_CONVERTING, 0, N_("Preparing the source disks") },
  { "Opening the source", FERRY_V2V_CONVERTING, 11, N_("Starting the conversion appliance") },
  { "Checking filesystem integrity before", FERRY_V2V_CONVERTING, 150,
    N_("Checking the file systems") },
  { "Detecting if this guest uses", FERRY_V2V_CONVERTING, 155, N_("Finding out how it boots") },
  { "Inspecting the source", FERRY_V2V_CONVERTING, 161, N_("Inspecting the operating system") },
  { "Detecting the boot device", FERRY_V2V_CONVERTING, 285, N_("Finding the boot disk") },
  { "Checking for sufficient free disk space", FERRY_V2V_CONVERTING, 290,
    N_("Checking the free space inside the virtual machine") },
  { "Converting ", FERRY_V2V_CONVERTING, 293, N_("Installing drivers") },
  { "Mapping filesystem data", FERRY_V2V_CONVERTING, 381, N_("Finding unused disk areas") },
  { "Checking filesystem integrity after", FERRY_V2V_CONVERTING, 400,
    N_("Checking the file systems again") },
  { "Closing the overlay", FERRY_V2V_CONVERTING, 420, N_("Closing the conversion appliance") },
  { "Assigning disks to buses", FERRY_V2V_CONVERTING, 422,
    N_("Connecting disks to controllers") },
  { "Checking if the guest needs BIOS or UEFI", FERRY_V2V_CONVERTING, 422,
    N_("Choosing the firmware") },
  { "Setting up the destination", FERRY_V2V_CONVERTING, 423, N_("Preparing the destination") },
  { "Creating output metadata", FERRY_V2V_FINISHING, 0,
    N_("Writing the configuration of the virtual machine") },
  { "Finishing off", FERRY_V2V_FINISHING, 1, N_("Cleaning up") },
};

/** ferry_v2v_phase_find: what @text means, if it is known; its sentence is translated */
gboolean
ferry_v2v_phase_find (const char *text, FerryV2vPhase *out_phase)
{
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    if (g_str_has_prefix (text, phases[i].beginning))
      {
        out_phase->stage = phases[i].stage;
        out_phase->sentence = _(phases[i].sentence);
        out_phase->text = text;
        out_phase->done = phases[i].done;
        out_phase->total =
          phases[i].stage == FERRY_V2V_CONVERTING ? CONVERTING_TOTAL : FINISHING_TOTAL;
        return TRUE;
      }

  return FALSE;
}

/** ferry_v2v_phase_parse_disk: "Copying disk 1/2"; *out_disk counts from 0 */
gboolean
ferry_v2v_phase_parse_disk (const char *text, guint *out_disk, guint *out_n_disks)
{
  guint number, n_disks;

  if (sscanf (text, "Copying disk %5u/%5u", &number, &n_disks) != 2)
    return FALSE;
  if (number < 1 || number > n_disks || n_disks > MAX_DISKS)
    return FALSE;

  *out_disk = number - 1;
  *out_n_disks = n_disks;
  return TRUE;
}
