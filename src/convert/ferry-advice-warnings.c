/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-advice-table.h"
#include "ferry-advice.h"

#include <glib/gi18n-lib.h>

/* Warnings of virt-v2v that come with imports that go well. Its own words say what it could not do,
 * these what that means. */
static const struct
{
  const char *pattern;
  const char *text;
} warnings[] = {
  { "could not determine a way to update the configuration of Grub2",
    N_ ("virt-v2v cannot choose the kernel of this Linux, and leaves it with the one that it starts "
        "now. That is always so with Debian and Ubuntu. Nothing needs to be done.") },
  { "fstrim on guest filesystem * failed", N_ ("A file system in it could not be told to give back "
                                               "what it does not use, so the copy may take "
                                               "a little more room. Nothing needs to be done.") },
  { "Windows Group Policy Objects",
    N_ ("Windows in it has group policies, and some of them keep new drivers out. If it stops with "
        "the "
        "error 7B when it starts, switch them off at the source and import it again.") },
  { "Anti-Virus (AV) software",
    N_ ("Windows in it has antivirus software, which may keep new drivers out. If it stops with "
        "the "
        "error 7B when it starts, switch that off at the source and import it again.") },
  { "no virtio drivers available for this version of Windows",
    N_ ("There are no VirtIO drivers for this version of Windows where virt-v2v looks for them. It "
        "runs with slower emulated disks and network adapters.") },
  { "VMware tools were detected, but uninstallation failed",
    N_ ("VMware Tools are still in it. They do no harm; remove them from within.") },
};

const char *
ferry_advice_for_warning (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (warnings); i++)
    if (ferry_advice_matches (text, warnings[i].pattern))
      return _ (warnings[i].text);

  return NULL;
}
