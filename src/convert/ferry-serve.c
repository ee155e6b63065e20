/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-serve.h"

#include "ferry-advice.h"
#include "ferry-background.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>

static char *
make_path (const char *work_dir, guint index, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("serve-%u.%s", index, suffix);

  return g_build_filename (work_dir, name, NULL);
}

static gboolean
write_files (FerryHost *host, const FerryDiskLocation *location, GError **error)
{
  for (guint i = 0; location->files != NULL && i < location->files->len; i++)
    {
      const FerryPrivateFile *file = g_ptr_array_index (location->files, i);

      if (!ferry_host_write_file (host, file->path, file->text, error))
        return FALSE;
    }

  return TRUE;
}

static char **
make_argv (const FerryInputDisk *disk, const char *socket, const char *ready)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();

  g_strv_builder_add_many (argv, "nbdkit", "--foreground", "--readonly", "--unix", socket,
                           "--pidfile", ready, NULL);
  g_strv_builder_addv (argv, (const char **) disk->location->serve);

  return g_strv_builder_end (argv);
}

static gboolean
fail_to_serve (const FerryDiskLocation *location, const GError *cause, GError **error)
{
  FerryAdvice advice;

  if (cause->domain != FERRY_ERROR)
    {
      g_propagate_error (error, g_error_copy (cause));
      return FALSE;
    }
  if (ferry_advice_find (cause->message, &advice))
    return ferry_fail (error, advice.code, _("The disk ‘%s’ cannot be read. %s (%s)"),
                       location->path, advice.heading, cause->message);

  return ferry_fail (error, (FerryError) cause->code, _("The disk ‘%s’ cannot be read. %s"),
                     location->path, cause->message);
}

/** ferry_serve_dup_marker: of what serves the disks of import @id, beside the import's own */
char *
ferry_serve_dup_marker (const char *id)
{
  return g_strconcat (id, "-serve", NULL);
}

char *
ferry_serve_dup_socket (const FerryInputDisk *disk)
{
  return make_path (disk->work_dir, disk->index, "sock");
}

/**
 * ferry_serve_disk:
 * @disk: its location says how to serve it
 *
 * Starts nbdkit for it. It goes on until what carries ferry_serve_dup_marker() is ended.
 */
gboolean
ferry_serve_disk (FerryHost *host,
                  const FerryInputDisk *disk,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *socket = ferry_serve_dup_socket (disk);
  g_autofree char *ready = make_path (disk->work_dir, disk->index, "pid");
  g_autofree char *log = make_path (disk->work_dir, disk->index, "log");
  g_autofree char *marker = disk->marker != NULL ? ferry_serve_dup_marker (disk->marker) : NULL;
  g_auto (GStrv) argv = make_argv (disk, socket, ready);
  const FerryBackground background
      = { (const char *const *) argv, NULL, marker, log, ready };
  g_autoptr (GError) cause = NULL;

  if (!write_files (host, disk->location, error))
    return FALSE;
  if (ferry_host_start (host, &background, cancellable, &cause))
    return TRUE;

  return fail_to_serve (disk->location, cause, error);
}

/** ferry_serve_read_log: what serves @disk had to say; "" for a disk that nothing serves */
char *
ferry_serve_read_log (const FerryInputDisk *disk)
{
  g_autofree char *path = make_path (disk->work_dir, disk->index, "log");

  return ferry_background_read_log (path);
}

/** ferry_serve_read_logs: what served the disks of that work folder had to say; may be "" */
char *
ferry_serve_read_logs (const char *work_dir, guint n_disks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_disks; i++)
    {
      g_autofree char *path = make_path (work_dir, i, "log");
      g_autofree char *said = ferry_background_read_log (path);

      if (*said != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", said);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
