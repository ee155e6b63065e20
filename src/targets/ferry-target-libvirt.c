/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target-libvirt.h"

#include "ferry-disk-image.h"
#include "ferry-domain-xml.h"
#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-libvirt-client.h"
#include "ferry-libvirt-place.h"
#include "ferry-place.h"
#include "ferry-target-disks.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryTargetLibvirt
{
  GObject parent_instance;

  char *uri; /* (owned) */
  char *pool; /* (owned) */
};

static void ferry_target_libvirt_target_init (FerryTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerryTargetLibvirt,
                               ferry_target_libvirt,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_TARGET,
                                                      ferry_target_libvirt_target_init))

/* --- inspecting --- */

/* virt-v2v writes into the pool's folder by itself, so a daemon elsewhere is of no use to it. */
static gboolean
is_remote (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  return host != NULL && *host != '\0';
}

static void
judge_storage (FerryTargetLibvirt *self, FerryStorage *storage)
{
  if (!storage->usable)
    return;
  if (!is_remote (self->uri) && storage->path != NULL)
    {
      ferry_place_judge (storage->path, storage);
      return;
    }

  storage->usable = FALSE;
  storage->why_not = g_strdup (
      _("The pool’s folder is on another computer, where nothing can be written to from here."));
}

static FerryDestinationFacts *
inspect (FerryTarget *target, GCancellable *cancellable, GError **error)
{
  FerryTargetLibvirt *self = FERRY_TARGET_LIBVIRT (target);
  FerryDestinationFacts *facts = ferry_libvirt_inspect (self->uri, cancellable, error);

  for (guint i = 0; facts != NULL && i < facts->storages->len; i++)
    judge_storage (self, g_ptr_array_index (facts->storages, i));

  return facts;
}

/* --- beginning --- */

static gboolean
check_name (FerryTargetLibvirt *self,
            const FerryDestinationFacts *facts,
            const char *name,
            GError **error)
{
  if (!ferry_guest_name_is_valid (name, error))
    return FALSE;
  if (g_strv_contains ((const char *const *) facts->guest_names, name))
    return ferry_fail (error, FERRY_ERROR_EXISTS,
                       _("There is already a virtual machine ‘%s’ in ‘%s’. Choose another name."),
                       name, self->uri);

  return TRUE;
}

static FerryOutput *
begin (FerryTarget *target, const FerryTargetRun *run, GCancellable *cancellable, GError **error)
{
  FerryTargetLibvirt *self = FERRY_TARGET_LIBVIRT (target);
  FerryLibvirtPlace place = { self->uri, self->pool };
  g_autoptr (FerryDestinationFacts) facts = inspect (target, cancellable, error);

  if (facts == NULL || !check_name (self, facts, run->guest->name, error))
    return NULL;
  if (run->guest->source->disks->len > 0)
    return ferry_libvirt_place_make (&place, facts, run, error);

  ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
              _("‘%s’ has no disks, so that there is nothing to convert."), run->guest->name);
  return NULL;
}

/* --- finishing: the disks --- */

static gboolean
check_volume (FerryTargetLibvirt *self,
              const char *pool,
              const char *path,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (FerryVolume) volume =
      ferry_libvirt_get_volume (self->uri, pool, name, cancellable, error);

  if (volume == NULL)
    g_prefix_error (error, _("The disk ‘%s’ was made, but libvirt does not know it. "), path);

  return volume != NULL;
}

/* Each once. */
static gboolean
refresh_pools (FerryTargetLibvirt *self,
               const FerryOutput *output,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; output->pools[i] != NULL; i++)
    if (g_hash_table_add (done, output->pools[i]) &&
        !ferry_libvirt_refresh_pool (self->uri, output->pools[i], cancellable, error))
      return FALSE;

  return TRUE;
}

static gboolean
verify_disks (FerryTargetLibvirt *self,
              const FerryTargetRun *run,
              const FerryOutput *output,
              GCancellable *cancellable,
              GError **error)
{
  if (!refresh_pools (self, output, cancellable, error))
    return FALSE;

  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    if (!ferry_target_verify_disk (run, output, i, cancellable, error) ||
        !check_volume (self, output->pools[i], output->disk_paths[i], cancellable, error))
      return FALSE;

  return TRUE;
}

static gboolean
check_disks (const xmlDoc *domain,
             const FerryTargetRun *run,
             const FerryOutput *output,
             GError **error)
{
  g_autoptr (GPtrArray) disks = ferry_domain_xml_list_disks (domain);

  if (!ferry_target_check_disk_count (run->guest, disks->len, error))
    return FALSE;

  for (guint i = 0; i < disks->len; i++)
    {
      g_autofree char *name = ferry_disk_image_dup_name (run->guest->name, i);

      if (!ferry_domain_xml_has_volume (domain, output->pools[i], name))
        return ferry_target_fail_without_disk (run->guest, name, error);
    }

  return TRUE;
}

/* --- finishing: the domain --- */

static char *
read_xml_beside_links (const FerryTargetRun *run, const FerryOutput *output)
{
  g_autofree char *name = g_strconcat (run->guest->name, ".xml", NULL);
  g_autofree char *path = g_build_filename (output->storage, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* virt-v2v leaves its XML in its temporary folder when libvirt refused it, and ends well. */
static char *
read_left_xml (const char *work_dir)
{
  g_autoptr (GDir) folder = g_dir_open (work_dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (work_dir, name, NULL);
      char *text;

      if (g_str_has_prefix (name, "v2vlibvirt") && g_str_has_suffix (name, ".xml") &&
          g_file_get_contents (path, &text, NULL, NULL))
        return text;
    }

  return NULL;
}

/* What virt-v2v defined, or would have defined. The description that libvirt has is taken only when
 * its disk says that it is this import's: another may have taken the name meanwhile. */
static char *
find_description (FerryTargetLibvirt *self,
                  const FerryTargetRun *run,
                  const FerryOutput *output,
                  gboolean *out_defined,
                  GCancellable *cancellable,
                  GError **error)
{
  const char *name = run->guest->name;
  g_autofree char *volume = ferry_disk_image_dup_name (name, 0);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = ferry_libvirt_read_domain (self->uri, name, cancellable, &local_error);
  g_autoptr (xmlDoc) domain = text != NULL ? ferry_domain_xml_parse (text, NULL) : NULL;

  if (text == NULL && !g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  *out_defined = text != NULL;
  if (domain != NULL && !ferry_domain_xml_has_volume (domain, output->pools[0], volume))
    {
      ferry_fail (error, FERRY_ERROR_EXISTS,
                  _("Another virtual machine was named ‘%s’ in ‘%s’ during the import. Choose "
                    "another name."),
                  name, self->uri);
      return NULL;
    }
  if (text == NULL)
    text = ferry_libvirt_place_is_linked (output) ? read_xml_beside_links (run, output)
                                : read_left_xml (run->work_dir);
  if (text == NULL)
    ferry_fail (error, FERRY_ERROR_CONVERSION,
                _("There is no virtual machine ‘%s’ in ‘%s’ although virt-v2v ended well."), name,
                self->uri);

  return g_steal_pointer (&text);
}

/* The daemon of the system may open what this user may not. */
static gboolean
has_vsock (FerryTargetLibvirt *self)
{
  g_auto (FerryFd) fd = open ("/dev/vhost-vsock", O_RDWR | O_CLOEXEC);

  return fd >= 0 || (errno == EACCES && !g_str_has_suffix (self->uri, "/session"));
}

/* What virt-v2v knew as files. */
static void
move_to_pools (xmlDoc *domain, const FerryTargetRun *run, const FerryOutput *output)
{
  for (guint i = 0; ferry_libvirt_place_is_linked (output) && output->pools[i] != NULL; i++)
    {
      g_autofree char *link = ferry_target_dup_disk (output->storage, run->guest, i, "");
      g_autofree char *volume = ferry_disk_image_dup_name (run->guest->name, i);

      ferry_domain_xml_move_to_pool (domain, link, output->pools[i], volume);
    }
}

static gboolean
mend (FerryTargetLibvirt *self,
      const FerryTargetRun *run,
      const FerryOutput *output,
      xmlDoc *domain,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (FerryDestinationFacts) facts = NULL;

  move_to_pools (domain, run, output);
  if (!check_disks (domain, run, output, error) ||
      !ferry_domain_xml_apply (domain, run->guest, error))
    return FALSE;

  facts = ferry_libvirt_inspect (self->uri, cancellable, error);
  if (facts == NULL)
    return FALSE;
  if (!run->has_kvm || !facts->has_kvm)
    ferry_domain_xml_emulate (domain);
  if (!has_vsock (self))
    ferry_domain_xml_drop_vsock (domain);

  return TRUE;
}

/* A guest that was copied comes with its own identity and its own kind of computer. */
static gboolean
settle_new (FerryTargetLibvirt *self,
            const FerryTargetRun *run,
            xmlDoc *domain,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *arch = ferry_domain_xml_dup_arch (domain);
  g_auto (GStrv) uuids = ferry_libvirt_list_uuids (self->uri, cancellable, error);
  g_auto (GStrv) machines = NULL;
  g_autofree char *machine = NULL;
  g_autofree char *warning = NULL;

  if (uuids == NULL)
    return FALSE;
  machines = ferry_libvirt_list_machines (self->uri, arch, cancellable, error);
  if (machines == NULL)
    return FALSE;
  if (ferry_domain_xml_drop_uuid (domain, (const char *const *) uuids))
    ferry_record_add_warning (run->record, _("It has a new UUID: its own is taken at the "
                                             "destination."));
  machine = ferry_domain_xml_fit_machine (domain, (const char *const *) machines);
  if (machine == NULL)
    return TRUE;
  warning = g_strdup_printf (_("The destination does not know its machine type ‘%s’, so that it "
                               "has the newest one of that kind. Windows may want to be "
                               "activated."),
                             machine);
  ferry_record_add_warning (run->record, warning);

  return TRUE;
}

static gboolean
define_mended (FerryTargetLibvirt *self,
               const FerryTargetRun *run,
               const FerryOutput *output,
               GCancellable *cancellable,
               GError **error)
{
  gboolean is_defined = FALSE;
  g_autofree char *text = find_description (self, run, output, &is_defined, cancellable, error);
  g_autoptr (xmlDoc) domain = text != NULL ? ferry_domain_xml_parse (text, error) : NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (domain == NULL)
    return FALSE;

  old_text = ferry_domain_xml_to_text (domain);
  if (!mend (self, run, output, domain, cancellable, error) ||
      (!is_defined && !settle_new (self, run, domain, cancellable, error)))
    return FALSE;
  new_text = ferry_domain_xml_to_text (domain);
  if (is_defined && strcmp (old_text, new_text) == 0)
    return TRUE;

  if (ferry_libvirt_define_domain (self->uri, new_text, cancellable, error))
    return TRUE;
  g_prefix_error (error, _("‘%s’ could not be defined in ‘%s’. "), run->guest->name, self->uri);

  return FALSE;
}

static gboolean
verify_domain (FerryTargetLibvirt *self,
               const FerryTargetRun *run,
               const FerryOutput *output,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *text =
      ferry_libvirt_read_domain (self->uri, run->guest->name, cancellable, error);
  g_autoptr (xmlDoc) domain = text != NULL ? ferry_domain_xml_parse (text, error) : NULL;

  return domain != NULL && check_disks (domain, run, output, error) &&
         ferry_domain_xml_check (domain, run->guest, error);
}

/* The guest is imported whether it starts or not: an inactive network is no reason to throw away
 * hours of copying. */
static void
start (FerryTargetLibvirt *self, const FerryTargetRun *run, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  if (ferry_libvirt_start_domain (self->uri, run->guest->name, cancellable, &error))
    return;

  warning =
      g_strdup_printf (_("The virtual machine ‘%s’ is imported, but could not be started. %s"),
                       run->guest->name, error->message);
  ferry_record_add_warning (run->record, warning);
}

/* Noting the result and forgetting how to take it back is one save: this is the moment from which
 * the guest stays. */
static gboolean
publish (FerryTargetLibvirt *self,
         const FerryTargetRun *run,
         const FerryOutput *output,
         GError **error)
{
  static const char *const settled[] = { "undefine-domain", "delete-volume", "remove-file", NULL };
  g_autofree char *location = g_strdup_printf ("%s %s", self->uri, run->guest->name);

  return ferry_record_note_result (run->record, location, output->disk_paths, settled, error);
}

static gboolean
finish (FerryTarget *target,
        const FerryTargetRun *run,
        const FerryOutput *output,
        GCancellable *cancellable,
        GError **error)
{
  FerryTargetLibvirt *self = FERRY_TARGET_LIBVIRT (target);

  if (!verify_disks (self, run, output, cancellable, error) ||
      !define_mended (self, run, output, cancellable, error) ||
      !verify_domain (self, run, output, cancellable, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !publish (self, run, output, error))
    return FALSE;
  if (run->guest->start)
    start (self, run, cancellable);

  return TRUE;
}

/* A result stands in the journal only once publish () has saved it. */
static gboolean
is_published (FerryTarget *target, const FerryTargetRun *run)
{
  return TRUE;
}

static void
ferry_target_libvirt_target_init (FerryTargetInterface *iface)
{
  iface->inspect = inspect;
  iface->begin = begin;
  iface->finish = finish;
  iface->is_published = is_published;
}

static void
ferry_target_libvirt_finalize (GObject *object)
{
  FerryTargetLibvirt *self = FERRY_TARGET_LIBVIRT (object);

  g_free (self->uri);
  g_free (self->pool);

  G_OBJECT_CLASS (ferry_target_libvirt_parent_class)->finalize (object);
}

static void
ferry_target_libvirt_class_init (FerryTargetLibvirtClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ferry_target_libvirt_finalize;
}

static void
ferry_target_libvirt_init (FerryTargetLibvirt *self)
{
}

FerryTarget *
ferry_target_libvirt_new (const char *uri, const char *pool)
{
  FerryTargetLibvirt *self;

  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (FERRY_TYPE_TARGET_LIBVIRT, NULL);
  self->uri = g_strdup (uri);
  self->pool = g_strdup (pool != NULL ? pool : "default");

  return FERRY_TARGET (self);
}

/* --- undo --- */

static gboolean
ignore_missing (GError *missing, GError **error)
{
  g_autoptr (GError) owned = missing;

  if (g_error_matches (owned, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&owned));

  return FALSE;
}

gboolean
ferry_target_libvirt_undefine (const FerryLibvirtOwn *own, GError **error)
{
  GError *local_error = NULL;
  g_autofree char *text = ferry_libvirt_read_domain (own->uri, own->name, NULL, &local_error);
  g_autoptr (xmlDoc) domain = text != NULL ? ferry_domain_xml_parse (text, &local_error) : NULL;

  if (domain == NULL)
    return ignore_missing (local_error, error);
  if (!ferry_domain_xml_has_volume (domain, own->pool, own->volume))
    return TRUE;

  return ferry_libvirt_undefine_domain (own->uri, own->name, &local_error) ||
         ignore_missing (local_error, error);
}

gboolean
ferry_target_libvirt_delete_volume (const char *uri,
                                    const char *pool,
                                    const char *volume,
                                    GError **error)
{
  GError *local_error = NULL;

  return ferry_libvirt_delete_volume (uri, pool, volume, &local_error) ||
         ignore_missing (local_error, error);
}
