/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source.h"

#include "ferry-check.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_INTERFACE (FerrySource, ferry_source, G_TYPE_OBJECT)

FerryDiskLocation *
ferry_disk_location_new (const char *path, const char *format)
{
  FerryDiskLocation *location = g_new0 (FerryDiskLocation, 1);

  location->path = g_strdup (path);
  location->format = g_strdup (format);

  return location;
}

void
ferry_disk_location_free (FerryDiskLocation *location)
{
  if (location == NULL)
    return;
  g_free (location->path);
  g_free (location->format);
  g_strfreev (location->serve);
  g_clear_pointer (&location->files, g_ptr_array_unref);
  g_free (location);
}

static void
private_file_free (FerryPrivateFile *file)
{
  explicit_bzero (file->text, strlen (file->text));
  g_free (file->text);
  g_free (file->path);
  g_free (file);
}

void
ferry_disk_location_add_file (FerryDiskLocation *location, const char *path, const char *text)
{
  FerryPrivateFile *file = g_new0 (FerryPrivateFile, 1);

  file->path = g_strdup (path);
  file->text = g_strdup (text);
  if (location->files == NULL)
    location->files = g_ptr_array_new_with_free_func ((GDestroyNotify) private_file_free);
  g_ptr_array_add (location->files, file);
}

/* --- guests that cannot be read --- */

/* What a file belongs to decides who may read it, and oVirt's belong to its own user. */
const char *
ferry_source_advise (const GError *problem)
{
  if (g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_PERMISSION))
    return _("Let the user who runs Ferry read it. Files of an oVirt storage domain belong to "
             "36:36 (vdsm:kvm): copy them, or read them as that user.");
  if (g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return _("Put it back where it was, or make a new plan.");
  if (g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_AUTH))
    return _("Enter the user name and the password again.");
  if (g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_CERTIFICATE))
    return _("Test the source’s connection and look at what the server shows.");

  return _("See to the cause, then check again.");
}

FerryGuest *
ferry_source_new_unreadable (const char *id, const GError *problem)
{
  gboolean is_gone = g_error_matches (problem, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  FerryGuest *guest = ferry_guest_new (id, id);

  g_ptr_array_add (guest->checks,
                   ferry_check_new_of_error (is_gone ? "guest.gone" : "guest.unreadable",
                                             ferry_source_advise (problem), problem));

  return guest;
}

const FerryCheck *
ferry_source_find_unreadable (const FerryGuest *guest)
{
  for (guint i = 0; i < guest->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (guest->checks, i);

      if (g_str_equal (check->id, "guest.gone") || g_str_equal (check->id, "guest.unreadable"))
        return check;
    }

  return NULL;
}

/* --- disks that are not wanted --- */

void
ferry_source_mark_left_out (FerryGuest *now, const FerryGuest *then)
{
  for (guint i = 0; i < now->disks->len && i < then->disks->len; i++)
    if ((ferry_guest_get_disk (then, i)->flags & FERRY_DISK_LEFT_OUT) != 0)
      ((FerryDisk *) g_ptr_array_index (now->disks, i))->flags |= FERRY_DISK_LEFT_OUT;
}

static gboolean
is_about_left_out (const FerryCheck *check, const FerryGuest *guest)
{
  const FerryDisk *disk =
      check->part >= 0 ? ferry_guest_get_disk (guest, (guint) check->part) : NULL;

  return disk != NULL && ferry_check_is_of_disk (check, (guint) check->part) &&
         (disk->flags & FERRY_DISK_LEFT_OUT) != 0;
}

const FerryCheck *
ferry_source_find_blocker (const FerryGuest *guest)
{
  for (guint i = 0; i < guest->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (guest->checks, i);

      if (check->severity == FERRY_SEVERITY_BLOCKER && !is_about_left_out (check, guest))
        return check;
    }

  return NULL;
}

/* --- what a source does that says nothing else: it has no server, and its guests are converted --- */

static GPtrArray *
read_one_by_one (FerrySource *self,
                 const char *const *ids,
                 const FerryMonitor *monitor,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) guests
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  guint n_ids = g_strv_length ((char **) ids);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) problem = NULL;
      FerryGuest *guest = ferry_source_read (self, ids[i], cancellable, &problem);

      if (guest == NULL && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      g_ptr_array_add (guests, guest != NULL ? guest : ferry_source_new_unreadable (ids[i], problem));
      ferry_monitor_part (monitor, i + 1, n_ids);
    }

  return g_steal_pointer (&guests);
}

static gboolean
verify_nothing (FerrySource *self,
                const FerryGuest *guest,
                GPtrArray *checks,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  return TRUE;
}

static guint64
write_nothing (FerrySource *self, const FerryGuest *guest)
{
  return 0;
}

static gboolean
examine_nothing (FerrySource *self,
                 FerryTrustQuestion **out_question,
                 GCancellable *cancellable,
                 GError **error)
{
  return TRUE;
}

static char *
test_by_listing (FerrySource *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) guests = ferry_source_list (self, cancellable, error);

  if (guests == NULL)
    return NULL;

  return g_strdup_printf (ngettext ("%u virtual machine", "%u virtual machines", guests->len),
                          guests->len);
}

static char *
refuse_to_describe (FerrySource *self,
                    const FerryGuest *guest,
                    GCancellable *cancellable,
                    GError **error)
{
  ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
              _("The disks of ‘%s’ cannot be copied from this source unconverted."), guest->name);
  return NULL;
}

static gboolean
refuse_to_download (FerrySource *self,
                    const FerryDownload *download,
                    const FerryMonitor *monitor,
                    GCancellable *cancellable,
                    GError **error)
{
  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The disks of ‘%s’ cannot be copied from this source unconverted."),
                     download->guest->name);
}

static gboolean
never_runs (FerrySource *self, const FerryGuest *guest, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("‘%s’ does not run at this source: there is nothing to shut down or start."),
                     guest->name);
}

static gboolean
refuse_to_shut_down (FerrySource *self,
                     const FerryShutDownOrder *order,
                     GCancellable *cancellable,
                     GError **error)
{
  return never_runs (self, order->guest, error);
}

static gboolean
refuse_to_start (FerrySource *self,
                 const FerryGuest *guest,
                 GCancellable *cancellable,
                 GError **error)
{
  return never_runs (self, guest, error);
}

static char *
describe_limit (guint seconds)
{
  if (seconds % 60 == 0 && seconds > 0)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", seconds / 60), seconds / 60);

  return g_strdup_printf (ngettext ("%u second", "%u seconds", seconds), seconds);
}

gboolean
ferry_source_fail_disobeyed (const FerryGuest *guest, guint limit_seconds, GError **error)
{
  g_autofree char *limit = describe_limit (limit_seconds);

  /* Translators: "5 minutes" */
  return ferry_fail (error, FERRY_ERROR_FAILED,
                     _("‘%s’ did not shut down within %s; it was left running. Shut it down from "
                       "within, then retry the import."),
                     guest->name, limit);
}

gboolean
ferry_source_fail_without_tools (const FerryGuest *guest, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("‘%s’ cannot be asked to shut down: VMware Tools do not run in it. Start or "
                       "install them, or shut it down from within."),
                     guest->name);
}

static void
ferry_source_default_init (FerrySourceInterface *iface)
{
  iface->read_many = read_one_by_one;
  iface->verify = verify_nothing;
  iface->get_work_bytes = write_nothing;
  iface->examine = examine_nothing;
  iface->test = test_by_listing;
  iface->describe = refuse_to_describe;
  iface->download = refuse_to_download;
  iface->can_shut_down = never_runs;
  iface->shut_down = refuse_to_shut_down;
  iface->start = refuse_to_start;
}

/* --- the interface --- */

GPtrArray *
ferry_source_list (FerrySource *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);

  return FERRY_SOURCE_GET_IFACE (self)->list (self, cancellable, error);
}

FerryGuest *
ferry_source_read (FerrySource *self, const char *id, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return FERRY_SOURCE_GET_IFACE (self)->read (self, id, cancellable, error);
}

gboolean
ferry_source_verify (FerrySource *self,
                     const FerryGuest *guest,
                     GPtrArray *checks,
                     const FerryMonitor *monitor,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);

  return FERRY_SOURCE_GET_IFACE (self)->verify (self, guest, checks, monitor, cancellable, error);
}

guint64
ferry_source_get_work_bytes (FerrySource *self, const FerryGuest *guest)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), 0);

  return FERRY_SOURCE_GET_IFACE (self)->get_work_bytes (self, guest);
}

GPtrArray *
ferry_source_prepare (FerrySource *self,
                      const FerryGuest *guest,
                      const char *work_dir,
                      const FerryMonitor *monitor,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);
  g_return_val_if_fail (work_dir != NULL, NULL);

  return FERRY_SOURCE_GET_IFACE (self)->prepare (self, guest, work_dir, monitor, cancellable,
                                                 error);
}

GPtrArray *
ferry_source_read_many (FerrySource *self,
                        const char *const *ids,
                        const FerryMonitor *monitor,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return FERRY_SOURCE_GET_IFACE (self)->read_many (self, ids, monitor, cancellable, error);
}

gboolean
ferry_source_examine (FerrySource *self,
                      FerryTrustQuestion **out_question,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (out_question != NULL, FALSE);

  *out_question = NULL;

  return FERRY_SOURCE_GET_IFACE (self)->examine (self, out_question, cancellable, error);
}

char *
ferry_source_test (FerrySource *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);

  return FERRY_SOURCE_GET_IFACE (self)->test (self, cancellable, error);
}

char *
ferry_source_describe (FerrySource *self,
                       const FerryGuest *guest,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), NULL);

  return FERRY_SOURCE_GET_IFACE (self)->describe (self, guest, cancellable, error);
}

gboolean
ferry_source_download (FerrySource *self,
                       const FerryDownload *download,
                       const FerryMonitor *monitor,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (download->disk < download->guest->disks->len, FALSE);

  return FERRY_SOURCE_GET_IFACE (self)->download (self, download, monitor, cancellable, error);
}

gboolean
ferry_source_can_shut_down (FerrySource *self, const FerryGuest *guest, GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);

  if (guest->power != FERRY_POWER_RUNNING)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ does not run: there is nothing to shut down."), guest->name);

  return FERRY_SOURCE_GET_IFACE (self)->can_shut_down (self, guest, error);
}

gboolean
ferry_source_shut_down (FerrySource *self,
                        const FerryShutDownOrder *order,
                        GCancellable *cancellable,
                        GError **error)
{
  gboolean asked = FALSE;
  FerryShutDownOrder own = *order;

  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);

  if (own.out_asked == NULL)
    own.out_asked = &asked;
  *own.out_asked = FALSE;

  return FERRY_SOURCE_GET_IFACE (self)->shut_down (self, &own, cancellable, error);
}

gboolean
ferry_source_start (FerrySource *self,
                    const FerryGuest *guest,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (FERRY_IS_SOURCE (self), FALSE);

  return FERRY_SOURCE_GET_IFACE (self)->start (self, guest, cancellable, error);
}
