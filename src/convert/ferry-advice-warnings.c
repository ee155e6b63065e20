/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-advice-table.h"
#include "ferry-advice.h"

#include <glib/gi18n-lib.h>

/* Warnings of virt-v2v that come with imports that go well. Its own words say what it could not do,
 * these what that means. Those after which nothing needs to be done are no warnings to Ferry's users:
 * who is warned of each Debian no longer looks. */
static const struct
{
  const char *pattern;
  gboolean is_harmless;
  const char *text;
} warnings[] = {
  { "could not determine a way to update the configuration of Grub2", TRUE,
    N_ ("virt-v2v cannot choose the kernel of this Linux, and leaves it with the one that it starts "
        "now. That is always so with Debian and Ubuntu. Nothing needs to be done.") },
  { "fstrim on guest filesystem * failed", TRUE,
    N_ ("A file system in it could not be told to give back what it does not use, so the copy may "
        "take a little more room. Nothing needs to be done.") },
  { "Windows Group Policy Objects", FALSE,
    N_ ("Windows in it has group policies, and some of them keep new drivers out. If it stops with "
        "the error 7B when it starts, switch them off at the source and import it again.") },
  { "Anti-Virus (AV) software", FALSE,
    N_ ("Windows in it has antivirus software, which may keep new drivers out. If it stops with "
        "the error 7B when it starts, switch that off at the source and import it again.") },
  { "no virtio drivers available for this version of Windows", FALSE,
    N_ ("There are no VirtIO drivers for this version of Windows where virt-v2v looks for them. It "
        "runs with slower emulated disks and network adapters.") },
  { "VMware tools were detected, but uninstallation failed", FALSE,
    N_ ("VMware Tools are still in it. They do no harm; remove them from within.") },
};

const char *
ferry_advice_for_warning (const char *text, gboolean *out_harmless)
{
  *out_harmless = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (warnings); i++)
    if (ferry_advice_matches (text, warnings[i].pattern))
      {
        *out_harmless = warnings[i].is_harmless;
        return _ (warnings[i].text);
      }

  return NULL;
}
