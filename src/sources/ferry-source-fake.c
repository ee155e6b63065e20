/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-fake.h"

#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>

#define N_STEPS 10

typedef struct
{
  guint delay_milliseconds;
  FerryError code;
  char *message;
  guint n_calls;
} Behaviour;

struct _FerrySourceFake
{
  GObject parent;

  GPtrArray *guests;
  GPtrArray *findings;
  guint64 work_bytes;
  Behaviour calls[FERRY_FAKE_N_CALLS];
};

static void ferry_source_fake_source_init (FerrySourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FerrySourceFake,
                               ferry_source_fake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SOURCE,
                                                      ferry_source_fake_source_init))

/* Waits until @deadline_usec or a cancel, whichever comes first. */
static gboolean
wait_until (gint64 deadline_usec, GCancellable *cancellable, GError **error)
{
  GPollFD poll_fd = { 0 };
  guint n_fds = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &poll_fd) ? 1 : 0;
  gint64 left_usec;

  while ((left_usec = deadline_usec - g_get_monotonic_time ()) > 0 &&
         !g_cancellable_is_cancelled (cancellable))
    g_poll (&poll_fd, n_fds, (int) (left_usec / 1000 + 1));
  if (n_fds > 0)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
act (FerrySourceFake *self,
     FerryFakeCall call,
     const FerryMonitor *monitor,
     GCancellable *cancellable,
     GError **error)
{
  Behaviour *behaviour = &self->calls[call];
  gint64 start_usec = g_get_monotonic_time ();
  gint64 step_usec = (gint64) behaviour->delay_milliseconds * 1000 / N_STEPS;

  behaviour->n_calls++;
  for (guint i = 1; i <= N_STEPS; i++)
    {
      if (!wait_until (start_usec + i * step_usec, cancellable, error))
        return FALSE;
      ferry_monitor_part (monitor, i, N_STEPS);
    }
  if (behaviour->message != NULL)
    return ferry_fail (error, behaviour->code, "%s", behaviour->message);

  return TRUE;
}

static const FerryGuest *
find_guest (FerrySourceFake *self, const char *id)
{
  for (guint i = 0; i < self->guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (self->guests, i);

      if (g_str_equal (guest->id, id))
        return guest;
    }

  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const FerryGuest *const *guest = a, *const *other = b;

  return g_utf8_collate ((*guest)->name, (*other)->name);
}

static GPtrArray *
fake_list (FerrySource *source, GCancellable *cancellable, GError **error)
{
  FerrySourceFake *self = FERRY_SOURCE_FAKE (source);
  GPtrArray *guests;

  if (!act (self, FERRY_FAKE_LIST, NULL, cancellable, error))
    return NULL;
  guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  for (guint i = 0; i < self->guests->len; i++)
    g_ptr_array_add (guests, ferry_guest_copy (g_ptr_array_index (self->guests, i)));
  g_ptr_array_sort (guests, compare_names);

  return guests;
}

static FerryGuest *
fake_read (FerrySource *source, const char *id, GCancellable *cancellable, GError **error)
{
  FerrySourceFake *self = FERRY_SOURCE_FAKE (source);
  const FerryGuest *guest = find_guest (self, id);

  if (!act (self, FERRY_FAKE_READ, NULL, cancellable, error))
    return NULL;
  if (guest == NULL)
    ferry_fail (error, FERRY_ERROR_NOT_FOUND, "There is no virtual machine ‘%s’.", id);

  return guest != NULL ? ferry_guest_copy (guest) : NULL;
}

static gboolean
fake_verify (FerrySource *source,
             const FerryGuest *guest,
             GPtrArray *checks,
             const FerryMonitor *monitor,
             GCancellable *cancellable,
             GError **error)
{
  FerrySourceFake *self = FERRY_SOURCE_FAKE (source);

  if (!act (self, FERRY_FAKE_VERIFY, monitor, cancellable, error))
    return FALSE;
  ferry_checks_append_copies (checks, self->findings);

  return TRUE;
}

static guint64
fake_get_work_bytes (FerrySource *source, const FerryGuest *guest)
{
  return FERRY_SOURCE_FAKE (source)->work_bytes;
}

static FerryDiskLocation *
make_disk (const FerryDisk *disk, guint index, const char *work_dir, GError **error)
{
  g_autofree char *name = g_strdup_printf ("disk%u.raw", index + 1);
  g_autofree char *path = g_build_filename (work_dir, name, NULL);
  g_auto (FerryFd) fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0 || ftruncate (fd, (off_t) disk->capacity_bytes) != 0)
    {
      ferry_fail (error, FERRY_ERROR_FAILED, "‘%s’ cannot be made: %s", path, g_strerror (errno));
      return NULL;
    }

  return ferry_disk_location_new (path, "raw");
}

static GPtrArray *
fake_prepare (FerrySource *source,
              const FerryGuest *guest,
              const char *work_dir,
              const FerryMonitor *monitor,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GPtrArray) locations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_location_free);

  if (!act (FERRY_SOURCE_FAKE (source), FERRY_FAKE_PREPARE, monitor, cancellable, error))
    return NULL;
  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest, i);
      FerryDiskLocation *location;

      if ((disk->flags & FERRY_DISK_LEFT_OUT) != 0)
        continue;
      location = make_disk (disk, i, work_dir, error);
      if (location == NULL)
        return NULL;
      g_ptr_array_add (locations, location);
    }

  return g_steal_pointer (&locations);
}

/* --- whether it runs --- */

static gboolean
fake_can_shut_down (FerrySource *source, const FerryGuest *guest, GError **error)
{
  return ferry_guest_can_shut_down (guest) ||
         ferry_fail (error, FERRY_ERROR_UNSUPPORTED, "‘%s’ cannot be shut down.", guest->name);
}

static gboolean
switch_to (FerrySourceFake *self, const FerryGuest *guest, FerryPower power, GError **error)
{
  FerryGuest *own = (FerryGuest *) find_guest (self, guest->id);

  if (own == NULL)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND, "There is no virtual machine ‘%s’.",
                       guest->id);
  own->power = power;

  return TRUE;
}

static gboolean
fake_shut_down (FerrySource *source,
                const FerryShutDownOrder *order,
                GCancellable *cancellable,
                GError **error)
{
  FerrySourceFake *self = FERRY_SOURCE_FAKE (source);

  *order->out_asked = TRUE;
  if (act (self, FERRY_FAKE_SHUT_DOWN, order->monitor, cancellable, error))
    return switch_to (self, order->guest, FERRY_POWER_OFF, error);
  if (self->calls[FERRY_FAKE_SHUT_DOWN].code == FERRY_ERROR_PERMISSION)
    *order->out_asked = FALSE;

  return FALSE;
}

static gboolean
fake_start (FerrySource *source, const FerryGuest *guest, GCancellable *cancellable, GError **error)
{
  FerrySourceFake *self = FERRY_SOURCE_FAKE (source);

  return act (self, FERRY_FAKE_START, NULL, cancellable, error) &&
         switch_to (self, guest, FERRY_POWER_RUNNING, error);
}

static void
ferry_source_fake_source_init (FerrySourceInterface *iface)
{
  iface->list = fake_list;
  iface->read = fake_read;
  iface->verify = fake_verify;
  iface->get_work_bytes = fake_get_work_bytes;
  iface->prepare = fake_prepare;
  iface->can_shut_down = fake_can_shut_down;
  iface->shut_down = fake_shut_down;
  iface->start = fake_start;
}

static void
ferry_source_fake_finalize (GObject *object)
{
  FerrySourceFake *self = FERRY_SOURCE_FAKE (object);

  g_ptr_array_unref (self->guests);
  g_ptr_array_unref (self->findings);
  for (guint i = 0; i < FERRY_FAKE_N_CALLS; i++)
    g_free (self->calls[i].message);
  G_OBJECT_CLASS (ferry_source_fake_parent_class)->finalize (object);
}

static void
ferry_source_fake_class_init (FerrySourceFakeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ferry_source_fake_finalize;
}

static void
ferry_source_fake_init (FerrySourceFake *self)
{
  self->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  self->findings = ferry_checks_new ();
}

FerrySourceFake *
ferry_source_fake_new (void)
{
  return g_object_new (FERRY_TYPE_SOURCE_FAKE, NULL);
}

void
ferry_source_fake_add_guest (FerrySourceFake *self, const FerryGuest *guest)
{
  g_ptr_array_add (self->guests, ferry_guest_copy (guest));
}

void
ferry_source_fake_add_finding (FerrySourceFake *self, const FerryCheck *check)
{
  g_ptr_array_add (self->findings, ferry_check_copy (check));
}

void
ferry_source_fake_set_delay (FerrySourceFake *self, FerryFakeCall call, guint milliseconds)
{
  self->calls[call].delay_milliseconds = milliseconds;
}

void
ferry_source_fake_set_error (FerrySourceFake *self,
                             FerryFakeCall call,
                             FerryError code,
                             const char *message)
{
  self->calls[call].code = code;
  g_free (self->calls[call].message);
  self->calls[call].message = g_strdup (message);
}

void
ferry_source_fake_set_work_bytes (FerrySourceFake *self, guint64 bytes)
{
  self->work_bytes = bytes;
}

guint
ferry_source_fake_get_n_calls (FerrySourceFake *self, FerryFakeCall call)
{
  return self->calls[call].n_calls;
}
