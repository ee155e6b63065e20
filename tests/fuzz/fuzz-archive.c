/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-fuzz.h"

#include "ferry-check.h"
#include "ferry-fd.h"
#include "ferry-pack.h"
#include "ferry-source-ova.h"

#include <sys/mman.h>
#include <unistd.h>

static void
prepare (FerrySource *source, const FerryGuest *guest)
{
  g_autofree char *dir = ferry_pack_dup_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locations = ferry_source_prepare (source, guest, dir, NULL, NULL, &error);

  g_assert_cmpint (locations == NULL, ==, error != NULL);
  if (locations != NULL)
    g_assert_cmpuint (locations->len, ==, guest->disks->len);
  ferry_pack_remove_dir (dir);
}

/* Whatever an archive is, it is listed, verified and unpacked, or refused with an error. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (FerryFd) fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (FerrySource) source = ferry_source_ova_new (path);
  g_autoptr (GPtrArray) guests = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  guests = ferry_source_list (source, NULL, &error);
  g_assert_cmpint (guests == NULL, ==, error != NULL);
  for (guint i = 0; guests != NULL && i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);
      g_autoptr (GPtrArray) checks = ferry_checks_new ();

      ferry_source_get_work_bytes (source, guest);
      ferry_source_verify (source, guest, checks, NULL, NULL, NULL);
      prepare (source, guest);
    }

  return 0;
}
