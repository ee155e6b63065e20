/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-input.h"

#include "ferry-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

/* Not more than an export could be. */
#define LARGEST_TEXT (4 * 1024 * 1024)

gboolean
ferryctl_input_read (const char *word, GString *text, GError **error)
{
  g_autofree char *name = g_filename_display_name (word);
  gboolean is_stdin = g_str_equal (word, "-");
  int fd = is_stdin ? STDIN_FILENO : open (word, O_RDONLY | O_CLOEXEC);
  gssize n = fd < 0 ? -1 : 1;
  int number = errno;
  char bytes[4096];

  while (n > 0 && text->len <= LARGEST_TEXT)
    {
      n = read (fd, bytes, sizeof bytes);
      number = errno;
      if (n > 0)
        g_string_append_len (text, bytes, n);
      else if (n < 0 && number == EINTR)
        n = 1;
    }
  if (fd >= 0 && !is_stdin)
    close (fd);
  if (n >= 0)
    return TRUE;

  return ferry_fail (error, number == ENOENT ? FERRY_ERROR_NOT_FOUND : FERRY_ERROR_FAILED,
                     _ ("‘%s’ cannot be read: %s."), name, g_strerror (number));
}
