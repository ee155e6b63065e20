/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * bench-source describe|verify OVA: one figure a line, "seconds S" and "bytes-read N". */
#include "config.h"

#include "ferry-check.h"
#include "ferry-source-ova.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What this process has read so far, from the page cache too. */
static guint64
read_bytes (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/io", &text, NULL, NULL))
    g_error ("there is no /proc/self/io");

  return g_ascii_strtoull (text + strlen ("rchar: "), NULL, 10);
}

static void
verify (FerrySource *source, const FerryGuest *guest)
{
  g_autoptr (GPtrArray) checks = ferry_checks_new ();
  g_autoptr (GError) error = NULL;

  if (!ferry_source_verify (source, guest, checks, NULL, NULL, &error))
    g_error ("%s", error->message);
  if (checks->len > 0)
    g_error ("%s", ((FerryCheck *) g_ptr_array_index (checks, 0))->text);
}

int
main (int argc, char **argv)
{
  g_autoptr (FerrySource) source = NULL;
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GError) error = NULL;
  guint64 bytes_before;
  gint64 usec_before;

  if (argc != 3)
    g_error ("usage: bench-source describe|verify OVA");

  source = ferry_source_ova_new (argv[2]);
  bytes_before = read_bytes ();
  usec_before = g_get_monotonic_time ();
  guests = ferry_source_list (source, NULL, &error);
  if (guests == NULL)
    g_error ("%s", error->message);

  if (strcmp (argv[1], "verify") == 0)
    {
      usec_before = g_get_monotonic_time ();
      verify (source, g_ptr_array_index (guests, 0));
    }

  printf ("seconds %.6f\n", (double) (g_get_monotonic_time () - usec_before) / G_USEC_PER_SEC);
  printf ("bytes-read %" G_GUINT64_FORMAT "\n", read_bytes () - bytes_before);

  return 0;
}
