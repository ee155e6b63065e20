/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-helper.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

/* More than any plan's domain; what is longer is no question. */
#define QUESTION_LIMIT (16 * 1024 * 1024)

int
main (void)
{
  g_autoptr (GString) question = g_string_new (NULL);
  char buffer[16384];
  size_t n;

  /* Whoever asked is gone: then nobody ends a call that hangs. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);

  while (question->len < QUESTION_LIMIT && (n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (question, buffer, (gssize) n);
  ferry_libvirt_helper_answer (question->str, question->len);
  explicit_bzero (question->str, question->len);

  return 0;
}
