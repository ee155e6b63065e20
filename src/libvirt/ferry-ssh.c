/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */

/* ferry-ssh ARGUMENT…: ssh as libvirt is to start it. The first value that ssh is given for an
 * option is the one that counts, so that nothing after these can take them back. */
#include "config.h"
#include "ferry-libvirt-ssh.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int
main (int argc, char **argv)
{
  g_auto (GStrv) command = ferry_ssh_make_argv (g_getenv (FERRY_SSH_KNOWN_HOSTS),
                                                (const char *const *) argv + (argc > 0 ? 1 : 0));

  /* Whoever started it is gone: it would hold the connection open. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  g_unsetenv (FERRY_SSH_KNOWN_HOSTS);
  execvp (command[0], command);
  fprintf (stderr, "ferry-ssh: ssh cannot be started: %s\n", strerror (errno));

  return 127;
}
