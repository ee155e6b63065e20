/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-libvirt.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-libvirt-call.h"
#include "ferry-libvirt-guests.h"
#include "ferry-libvirt-power.h"
#include "ferry-libvirt-uri.h"
#include "ferry-ssh-keys.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

struct _FerrySourceLibvirt
{
  GObject parent_instance;

  FerryPlanSource source;
};

static void ferry_source_libvirt_source_init (FerrySourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FerrySourceLibvirt,
                               ferry_source_libvirt,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SOURCE,
                                                      ferry_source_libvirt_source_init))

static const FerryPlanSource *
get_source (FerrySource *source)
{
  return &FERRY_LIBVIRT_SOURCE (source)->source;
}

static FerryLibvirtRequest
make_request (FerrySource *source, const char *request)
{
  const FerryPlanSource *from = get_source (source);

  return (FerryLibvirtRequest){
    .request = request,
    .uri = from->uri,
    .user = from->user,
    .password = from->password,
    .unverified = !from->verify,
  };
}

/* --- listing and reading --- */

static GPtrArray *
libvirt_list (FerrySource *source, GCancellable *cancellable, GError **error)
{
  return ferry_libvirt_guests_list (get_source (source), cancellable, error);
}

static GPtrArray *
libvirt_read_many (FerrySource *source,
                   const char *const *ids,
                   const FerryMonitor *monitor,
                   GCancellable *cancellable,
                   GError **error)
{
  return ferry_libvirt_guests_read (get_source (source), ids, monitor, cancellable, error);
}

/* A guest that is gone is an error here, not a finding. */
static FerryGuest *
libvirt_read (FerrySource *source, const char *id, GCancellable *cancellable, GError **error)
{
  const char *const ids[] = { id, NULL };
  g_autoptr (GPtrArray) guests = libvirt_read_many (source, ids, NULL, cancellable, error);
  const FerryGuest *guest = guests != NULL ? g_ptr_array_index (guests, 0) : NULL;

  for (guint i = 0; guest != NULL && i < guest->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (guest->checks, i);
      gboolean is_gone = g_str_equal (check->id, "guest.gone");

      if (is_gone || g_str_equal (check->id, "guest.unreadable"))
        {
          ferry_fail (error, is_gone ? FERRY_ERROR_NOT_FOUND : FERRY_ERROR_FAILED, "%s",
                      check->text);
          return NULL;
        }
    }

  return guest != NULL ? ferry_guest_copy (guest) : NULL;
}

/* --- trust --- */

static FerrySshHost *
find_ssh_host (FerrySource *source,
               const FerryLibvirtUri *uri,
               GCancellable *cancellable,
               GError **error)
{
  const char *user = uri->user != NULL ? uri->user : get_source (source)->user;

  return ferry_ssh_host_find (uri->host, user, uri->port > 0 ? (guint) uri->port : 0, cancellable,
                              error);
}

/* Certificates are looked after by libvirt itself, with its own authorities; it takes no pin. */
static gboolean
libvirt_examine (FerrySource *source,
                 FerryTrustQuestion **out_question,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (get_source (source)->uri, error);
  g_autoptr (FerrySshHost) host = NULL;

  if (uri == NULL)
    return FALSE;
  if (!ferry_libvirt_uri_uses_ssh (uri))
    return TRUE;
  host = find_ssh_host (source, uri, cancellable, error);

  return host != NULL &&
         ferry_ssh_host_examine (host, uri->text, out_question, cancellable, error);
}

/* --- testing --- */

typedef struct
{
  char *type;
  char *host;
  guint64 libvirt;
  guint64 hypervisor;
  guint64 guests;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->type);
  g_free (place->host);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
on_place (JsonObject *line, gpointer user_data, GError **error)
{
  Place *place = user_data;

  place_clear (place);
  place->type = place->host = NULL;

  return ferry_json_get_string (line, "type", &place->type, error) &&
         ferry_json_get_string (line, "host", &place->host, error) &&
         ferry_json_get_uint64 (line, "libvirt", &place->libvirt, error) &&
         ferry_json_get_uint64 (line, "hypervisor", &place->hypervisor, error) &&
         ferry_json_get_uint64 (line, "guests", &place->guests, error);
}

static char *
version_to_text (guint64 version)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT,
                          version / 1000000, version / 1000 % 1000, version % 1000);
}

static char *
describe_place (const Place *place, const char *uri)
{
  g_autofree char *libvirt = version_to_text (place->libvirt);
  g_autofree char *hypervisor = version_to_text (place->hypervisor);
  guint count = (guint) MIN (place->guests, G_MAXUINT);
  g_autofree char *guests = g_strdup_printf (
      ngettext ("%u virtual machine", "%u virtual machines", count), count);

  /* Translators: "libvirt 9.0.0, QEMU 7.2.0 on kvm1.example.com · 12 virtual machines" */
  return g_strdup_printf (_("libvirt %s, %s %s on %s · %s"), libvirt,
                          place->type != NULL ? place->type : "?", hypervisor,
                          place->host != NULL ? place->host : uri, guests);
}

static char *
libvirt_test (FerrySource *source, GCancellable *cancellable, GError **error)
{
  FerryLibvirtRequest request = make_request (source, "test");
  g_auto (Place) place = { NULL };

  if (!ferry_libvirt_call_each (&request, on_place, &place, cancellable, error))
    return NULL;

  return describe_place (&place, request.uri);
}

/* --- copying --- */

static char *
libvirt_describe (FerrySource *source,
                  const FerryGuest *guest,
                  GCancellable *cancellable,
                  GError **error)
{
  return ferry_libvirt_guests_describe (get_source (source), guest, cancellable, error);
}

typedef struct
{
  const FerryMonitor *monitor;
  guint64 done;
} Transfer;

static gboolean
on_progress (JsonObject *line, gpointer user_data, GError **error)
{
  Transfer *transfer = user_data;
  guint64 total = 0;

  if (!ferry_libvirt_is_item (line, "progress"))
    return TRUE;
  if (!ferry_json_get_uint64 (line, "done", &transfer->done, error) ||
      !ferry_json_get_uint64 (line, "total", &total, error))
    return FALSE;
  ferry_monitor_part (transfer->monitor, transfer->done, MAX (total, transfer->done));

  return TRUE;
}

/* What the helper said to have written must be there. */
static gboolean
check_length (const char *path, const Transfer *transfer, GError **error)
{
  struct stat info;

  if (stat (path, &info) == 0 && (guint64) info.st_size == transfer->done)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_FAILED,
                     _("‘%s’ is not as long as the disk that was copied into it. Is its file "
                       "system in order?"),
                     path);
}

static gboolean
fail_no_file (const FerryDownload *download, const FerryDisk *disk, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The disk ‘%s’ of ‘%s’ cannot be copied: libvirt has no file of it."),
                     disk->name, download->guest->name);
}

static gboolean
libvirt_download (FerrySource *source,
                  const FerryDownload *download,
                  const FerryMonitor *monitor,
                  GCancellable *cancellable,
                  GError **error)
{
  const FerryDisk *disk = ferry_guest_get_disk (download->guest, download->disk);
  FerryLibvirtRequest request = make_request (source, "download");
  Transfer transfer = { monitor, 0 };

  if (disk->file == NULL || (disk->flags & FERRY_DISK_NETWORK) != 0)
    return fail_no_file (download, disk, error);
  request.name = download->guest->name;
  request.uuid = download->guest->uuid;
  request.file = disk->file;
  request.path = download->path;
  request.marker = download->marker;
  request.is_long = TRUE;
  request.is_slow = TRUE;
  if (ferry_libvirt_call_each (&request, on_progress, &transfer, cancellable, error))
    return check_length (download->path, &transfer, error);
  g_prefix_error (error, _("The disk ‘%s’ could not be copied. "), disk->name);

  return FALSE;
}

/* --- converting --- */

typedef struct
{
  const FerryLibvirtUri *uri;
  const FerrySshHost *host; /* (nullable): the disks are files of this computer */
  char *known_hosts;        /* path of the file that nbdkit shall look into */
  char *known;              /* what it shall find there */
} Reach;

static void
reach_clear (Reach *reach)
{
  g_free (reach->known_hosts);
  g_free (reach->known);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reach, reach_clear)

static void
add_argument (GStrvBuilder *arguments, const char *name, const char *value)
{
  g_autofree char *text = g_strdup_printf ("%s=%s", name, value);

  if (value != NULL)
    g_strv_builder_add (arguments, text);
}

/* nbdkit's plugin reads the size of a file only: of a device it is told none. */
static gboolean
check_served (const FerryDisk *disk, GError **error)
{
  if (disk->file != NULL && *disk->file == '/' && !g_str_has_prefix (disk->file, "/dev/") &&
      (disk->flags & FERRY_DISK_NETWORK) == 0)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The disk ‘%s’ cannot be read over ssh: it is not a file of the host. Copy "
                       "it into one there (‘qemu-img convert’) and have the virtual machine use "
                       "that."),
                     disk->name);
}

static FerryDiskLocation *
serve (const Reach *reach, const FerryDisk *disk, GError **error)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  g_autofree char *port = g_strdup_printf ("%u", reach->host->port);
  g_autofree char *key = ferry_libvirt_uri_dup_parameter (reach->uri, "keyfile");
  FerryDiskLocation *location;

  if (!check_served (disk, error))
    return NULL;
  location = ferry_disk_location_new (disk->file, disk->format != NULL ? disk->format : "raw");
  g_strv_builder_add (arguments, "ssh");
  add_argument (arguments, "host", reach->host->host);
  add_argument (arguments, "port", port);
  add_argument (arguments, "user", reach->host->user);
  add_argument (arguments, "identity", key);
  add_argument (arguments, "known-hosts", reach->known_hosts);
  add_argument (arguments, "path", disk->file);
  location->serve = g_strv_builder_end (arguments);
  ferry_disk_location_add_file (location, reach->known_hosts, reach->known);

  return location;
}

static FerryDiskLocation *
find_in_place (const FerryDisk *disk, GError **error)
{
  if (disk->file == NULL || *disk->file != '/' || (disk->flags & FERRY_DISK_NETWORK) != 0)
    {
      ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                  _("The disk ‘%s’ cannot be read: it is not a file of this computer."),
                  disk->name);
      return NULL;
    }
  if (access (disk->file, R_OK) != 0)
    {
      ferry_fail (error, errno == ENOENT ? FERRY_ERROR_NOT_FOUND : FERRY_ERROR_PERMISSION,
                  _("The disk ‘%s’ cannot be read: %s. Run Ferry as a user who may."), disk->file,
                  g_strerror (errno));
      return NULL;
    }

  return ferry_disk_location_new (disk->file, disk->format != NULL ? disk->format : "raw");
}

static GPtrArray *
locate (const Reach *reach, const FerryGuest *guest, GError **error)
{
  g_autoptr (GPtrArray) locations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_disk_location_free);

  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest, i);
      FerryDiskLocation *location;

      if ((disk->flags & FERRY_DISK_LEFT_OUT) != 0)
        continue;
      location = reach->host != NULL ? serve (reach, disk, error) : find_in_place (disk, error);
      if (location == NULL)
        return NULL;
      g_ptr_array_add (locations, location);
    }

  return g_steal_pointer (&locations);
}

static gboolean
fail_out_of_reach (const FerryGuest *guest, const char *uri, GError **error)
{
  if (guest->hypervisor == FERRY_HYPERVISOR_VMWARE)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The disks of ‘%s’ cannot be read through libvirt. Use VMware as the kind "
                         "of source, with the same host, user and password."),
                       guest->name);

  return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                     _("The disks of ‘%s’ cannot be read through ‘%s’. Of Xen they are read over "
                       "ssh: use a URI like xen+ssh://root@HOST."),
                     guest->name, uri);
}

/* The checks have compared it a moment ago; a plan that nobody has checked ends here. */
static gboolean
check_unchanged (const FerryGuest *now, const FerryGuest *then, GError **error)
{
  gboolean is_same = now->disks->len == then->disks->len && g_str_equal (now->name, then->name);

  for (guint i = 0; is_same && i < now->disks->len; i++)
    is_same = (ferry_guest_get_disk (then, i)->flags & FERRY_DISK_LEFT_OUT) != 0 ||
              g_strcmp0 (ferry_guest_get_disk (now, i)->file,
                         ferry_guest_get_disk (then, i)->file) == 0;

  return is_same || ferry_fail (error, FERRY_ERROR_INVALID,
                                _("‘%s’ is not what it was when it was chosen: its name or its "
                                  "disks have changed. Choose it again."),
                                then->name);
}

static GPtrArray *
libvirt_prepare (FerrySource *source,
                 const FerryGuest *guest,
                 const char *work_dir,
                 const FerryMonitor *monitor,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (get_source (source)->uri, error);
  g_autoptr (FerryGuest) now = NULL;
  g_autoptr (FerrySshHost) host = NULL;
  g_auto (Reach) reach = { uri };

  if (uri == NULL)
    return NULL;
  now = libvirt_read (source, guest->id, cancellable, error);
  if (now == NULL || !check_unchanged (now, guest, error))
    return NULL;
  if (ferry_libvirt_uri_is_local (uri))
    return locate (&reach, guest, error);
  if (!ferry_libvirt_uri_uses_ssh (uri) || guest->hypervisor != FERRY_HYPERVISOR_XEN)
    {
      fail_out_of_reach (guest, uri->text, error);
      return NULL;
    }

  host = find_ssh_host (source, uri, cancellable, error);
  reach.host = host;
  reach.known_hosts = g_build_filename (work_dir, "known_hosts", NULL);
  reach.known = host != NULL ? ferry_ssh_host_dup_known (host, cancellable, error) : NULL;

  return reach.known != NULL ? locate (&reach, guest, error) : NULL;
}

/* --- whether it runs --- */

static gboolean
libvirt_can_shut_down (FerrySource *source, const FerryGuest *guest, GError **error)
{
  return ferry_guest_can_shut_down (guest) || ferry_source_fail_without_tools (guest, error);
}

static gboolean
libvirt_shut_down (FerrySource *source,
                   const FerryShutDownOrder *order,
                   GCancellable *cancellable,
                   GError **error)
{
  return ferry_libvirt_guests_shut_down (get_source (source), order, cancellable, error);
}

static gboolean
libvirt_start (FerrySource *source,
               const FerryGuest *guest,
               GCancellable *cancellable,
               GError **error)
{
  return ferry_libvirt_guests_start (get_source (source), guest, cancellable, error);
}

/* --- the object --- */

static void
ferry_source_libvirt_source_init (FerrySourceInterface *iface)
{
  iface->list = libvirt_list;
  iface->read = libvirt_read;
  iface->read_many = libvirt_read_many;
  iface->examine = libvirt_examine;
  iface->test = libvirt_test;
  iface->prepare = libvirt_prepare;
  iface->describe = libvirt_describe;
  iface->download = libvirt_download;
  iface->can_shut_down = libvirt_can_shut_down;
  iface->shut_down = libvirt_shut_down;
  iface->start = libvirt_start;
}

static void
ferry_source_libvirt_finalize (GObject *object)
{
  ferry_plan_source_clear (&FERRY_LIBVIRT_SOURCE (object)->source);
  G_OBJECT_CLASS (ferry_source_libvirt_parent_class)->finalize (object);
}

static void
ferry_source_libvirt_class_init (FerrySourceLibvirtClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ferry_source_libvirt_finalize;
}

static void
ferry_source_libvirt_init (FerrySourceLibvirt *self)
{
  ferry_plan_source_init (&self->source, FERRY_SOURCE_LIBVIRT);
}

FerrySource *
ferry_source_libvirt_new (const FerryPlanSource *source)
{
  FerrySourceLibvirt *self;

  g_return_val_if_fail (source->kind == FERRY_SOURCE_LIBVIRT && source->uri != NULL, NULL);

  self = g_object_new (FERRY_TYPE_SOURCE_LIBVIRT, NULL);
  ferry_plan_source_copy (source, &self->source);

  return FERRY_SOURCE (self);
}

gboolean
ferry_source_libvirt_take_uri (FerryPlanSource *source, const char *uri, GError **error)
{
  g_autoptr (FerryLibvirtUri) parsed = ferry_libvirt_uri_parse (uri, error);

  if (parsed == NULL)
    return FALSE;
  ferry_plan_source_set (&source->uri, uri);
  if (ferry_libvirt_uri_is_unverified (parsed))
    source->verify = FALSE;

  return TRUE;
}

gboolean
ferry_source_libvirt_takes_password (const char *uri)
{
  g_autoptr (FerryLibvirtUri) parsed = ferry_libvirt_uri_parse (uri, NULL);

  return parsed != NULL && !ferry_libvirt_uri_uses_ssh (parsed);
}

gboolean
ferry_source_libvirt_names_user (const char *uri)
{
  g_autoptr (FerryLibvirtUri) parsed = ferry_libvirt_uri_parse (uri, NULL);

  return parsed != NULL && parsed->user != NULL;
}
