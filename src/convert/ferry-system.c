/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-system.h"

#include <string.h>

/* Which kind of system an id or a name means. Only the kind is asked for, so that no list of versions
 * has to be kept. */

/* What virt-v2v does not convert; in lower case. Looked for before the others. */
static const char *const other_words[] = {
  "freebsd",     "netbsd",       "openbsd",    "dragonfly", "darwin",     "macos",
  "mac os",      "solaris",      "sunos",      "netware",   "os/2",       "os2guest",
  "ecomstation", "msdos",        "ms-dos",     "dosguest",  "freedos",    "unixware",
  "openserver",  "haiku",        "beos",       "minix",     "reactos",    "vmkernel",
  "esxi",        "hp-ux",        "qnx",        "android",   "photon",     "alpine",
  "archlinux",   "arch linux",   "gentoo",     "slackware", "nixos",      "mageia",
  "mandrake",    "mandriva",     "turbolinux", "coreos",    "flatcar",    "cirros",
  "clearlinux",  "win95",        "windows 95", "win98",     "windows 98", "winme",
  "windows me",  "winnt",        "windows nt", "win31",     "win3.1",     "windows 3.1",
  "win2000",     "windows 2000",
};

static const char *const linux_words[] = {
  "linux",  "debian", "ubuntu", "fedora", "rhel",  "redhat", "red hat",
  "centos", "suse",   "sles",   "sled",   "rocky", "kali",   "asianux",
};

static const char *const windows_words[] = { "windows", "microsoft" };

static gboolean
has_any (const char *text, const char *const *words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* CIM_OperatingSystem.OSType, as OVF has it: the last number of a run of one kind. */
static const struct
{
  guint last;
  FerrySystem system;
} cim_runs[] = {
  { 1, FERRY_SYSTEM_UNKNOWN },  { 35, FERRY_SYSTEM_OTHER },    { 36, FERRY_SYSTEM_LINUX },
  { 58, FERRY_SYSTEM_OTHER },   { 59, FERRY_SYSTEM_UNKNOWN },  { 65, FERRY_SYSTEM_OTHER },
  { 66, FERRY_SYSTEM_UNKNOWN }, { 67, FERRY_SYSTEM_WINDOWS },  { 68, FERRY_SYSTEM_OTHER },
  { 77, FERRY_SYSTEM_WINDOWS }, { 78, FERRY_SYSTEM_OTHER },    { 80, FERRY_SYSTEM_LINUX },
  { 81, FERRY_SYSTEM_OTHER },   { 88, FERRY_SYSTEM_LINUX },    { 92, FERRY_SYSTEM_OTHER },
  { 101, FERRY_SYSTEM_LINUX },  { 102, FERRY_SYSTEM_UNKNOWN }, { 103, FERRY_SYSTEM_WINDOWS },
  { 104, FERRY_SYSTEM_OTHER },  { 105, FERRY_SYSTEM_WINDOWS }, { 109, FERRY_SYSTEM_LINUX },
  { 110, FERRY_SYSTEM_OTHER },  { 116, FERRY_SYSTEM_WINDOWS },
};

static FerrySystem
system_from_cim (const char *text)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL))
    return FERRY_SYSTEM_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (cim_runs); i++)
    if (number <= cim_runs[i].last)
      return cim_runs[i].system;

  return FERRY_SYSTEM_UNKNOWN;
}

FerrySystem
ferry_system_from_text (const char *text)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  if (lower == NULL)
    return FERRY_SYSTEM_UNKNOWN;
  if (g_str_has_prefix (lower, "cim:"))
    return system_from_cim (lower + strlen ("cim:"));
  if (has_any (lower, other_words, G_N_ELEMENTS (other_words)) || g_str_equal (lower, "win2k"))
    return FERRY_SYSTEM_OTHER;
  if (has_any (lower, linux_words, G_N_ELEMENTS (linux_words)))
    return FERRY_SYSTEM_LINUX;
  if (g_str_has_prefix (lower, "win") ||
      has_any (lower, windows_words, G_N_ELEMENTS (windows_words)))
    return FERRY_SYSTEM_WINDOWS;

  return FERRY_SYSTEM_UNKNOWN;
}
