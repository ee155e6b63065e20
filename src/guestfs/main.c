/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guestfs-helper.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

/* More than any guest's keys. */
#define KEYS_LIMIT (1024 * 1024)

/* ferry-guestfs-helper DISK.qcow2…: writable ones of nobody else. Keys come on standard input, a line
 * each: a device (or "-": every one), a blank, the key. The answer goes to standard output, as JSON. */
int
main (int argc, char **argv)
{
  g_autofree char *keys = g_malloc (KEYS_LIMIT);
  g_autofree char *answer = NULL;
  gsize length = 0;
  gsize n;

  /* Whoever asked is gone: then nobody ends an appliance that hangs. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);

  while (length + 1 < KEYS_LIMIT &&
         (n = fread (keys + length, 1, KEYS_LIMIT - 1 - length, stdin)) > 0)
    length += n;
  keys[length] = '\0';
  answer = ferry_guestfs_helper_answer ((const char *const *) argv + 1, keys);
  explicit_bzero (keys, KEYS_LIMIT);
  puts (answer);

  return 0;
}
