/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-ova.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-manifest.h"
#include "ferry-ova-items.h"
#include "ferry-ova-prepare.h"

#include <glib/gi18n-lib.h>

struct _FerrySourceOva
{
  GObject parent;

  char *path;
};

static void ferry_source_ova_source_init (FerrySourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FerrySourceOva,
                               ferry_source_ova,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SOURCE,
                                                      ferry_source_ova_source_init))

/* A system's own id, unless it has none or shares it: then its place. */
static char *
dup_system_key (const FerryOvf *ovf, guint index)
{
  const FerryOvfSystem *system = g_ptr_array_index (ovf->systems, index);

  for (guint i = 0; i < index; i++)
    if (g_str_equal (((FerryOvfSystem *) ovf->systems->pdata[i])->id, system->id))
      return g_strdup_printf ("%u", index + 1);

  return *system->id != '\0' ? g_strdup (system->id) : g_strdup_printf ("%u", index + 1);
}

static void
set_id (FerryGuest *guest, const char *id)
{
  g_free (guest->id);
  guest->id = g_strdup (id);
  for (guint i = 0; i < guest->checks->len; i++)
    {
      FerryCheck *check = g_ptr_array_index (guest->checks, i);

      g_free (check->guest_id);
      check->guest_id = g_strdup (id);
    }
}

/* Opens the appliance and gives its guests the ids that they have in this source. */
static FerryOva *
open_item (const FerryOvaItem *item, GCancellable *cancellable, GError **error)
{
  FerryOva *ova = ferry_ova_open (item->path, cancellable, error);
  gboolean is_only = ova != NULL && ova->ovf->systems->len == 1;

  for (guint i = 0; ova != NULL && i < ova->ovf->systems->len; i++)
    {
      FerryOvfSystem *system = g_ptr_array_index (ova->ovf->systems, i);
      g_autofree char *key = dup_system_key (ova->ovf, i);
      g_autofree char *id = g_strconcat (item->id, is_only ? "" : "#", is_only ? "" : key, NULL);

      set_id (system->guest, id);
    }

  return ova;
}

static FerryGuest *
make_broken_guest (const FerryOvaItem *item, const GError *error)
{
  g_autofree char *name = g_path_get_basename (item->id);
  FerryGuest *guest = ferry_guest_new (item->id, name);

  g_ptr_array_add (guest->checks,
                   ferry_check_new ("guest.unreadable", FERRY_SEVERITY_BLOCKER,
                                    _("Leave it out, or put a good copy in its place."), "%s",
                                    error->message));
  set_id (guest, item->id);

  return guest;
}

/* FALSE: the whole listing fails: cancelled, or the only thing that was asked for is broken */
static gboolean
list_item (const FerryOvaItem *item,
           gboolean keep_broken,
           GPtrArray *guests,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FerryOva) ova = open_item (item, cancellable, &local_error);

  if (ova == NULL && (!keep_broken || local_error->domain != FERRY_ERROR))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (ova == NULL)
    g_ptr_array_add (guests, make_broken_guest (item, local_error));
  for (guint i = 0; ova != NULL && i < ova->ovf->systems->len; i++)
    {
      const FerryOvfSystem *system = g_ptr_array_index (ova->ovf->systems, i);

      g_ptr_array_add (guests, ferry_guest_copy (system->guest));
    }

  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const FerryGuest *const *guest = a, *const *other = b;
  int order = g_utf8_collate ((*guest)->name, (*other)->name);

  return order != 0 ? order : g_strcmp0 ((*guest)->id, (*other)->id);
}

static GPtrArray *
ova_list (FerrySource *source, GCancellable *cancellable, GError **error)
{
  FerrySourceOva *self = FERRY_OVA_SOURCE (source);
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  gboolean is_folder;
  g_autoptr (GPtrArray) items = ferry_ova_list_items (self->path, &is_folder, error);

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    if (!list_item (g_ptr_array_index (items, i), is_folder, guests, cancellable, error))
      return NULL;
  g_ptr_array_sort (guests, compare_names);

  return g_steal_pointer (&guests);
}

static FerryOvfSystem *
find_system (FerryOva *ova, const char *id)
{
  for (guint i = 0; i < ova->ovf->systems->len; i++)
    {
      FerryOvfSystem *system = g_ptr_array_index (ova->ovf->systems, i);

      if (g_str_equal (system->guest->id, id))
        return system;
    }

  return NULL;
}

/* The appliance that has guest @id; @out_system is borrowed from it. */
static FerryOva *
open_guest (FerrySourceOva *self,
            const char *id,
            FerryOvfSystem **out_system,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_folder;
  g_autoptr (GPtrArray) items = ferry_ova_list_items (self->path, &is_folder, error);
  const FerryOvaItem *item = items != NULL ? ferry_ova_find_item (items, id) : NULL;
  g_autoptr (FerryOva) ova = NULL;

  if (items == NULL)
    return NULL;
  if (item != NULL)
    {
      ova = open_item (item, cancellable, error);
      if (ova == NULL)
        return NULL;
      *out_system = find_system (ova, id);
      if (*out_system != NULL)
        return g_steal_pointer (&ova);
    }
  ferry_fail (error, FERRY_ERROR_NOT_FOUND,
              _("There is no virtual machine ‘%s’ in ‘%s’. List what is there and choose again."),
              id, self->path);

  return NULL;
}

static FerryGuest *
ova_read (FerrySource *source, const char *id, GCancellable *cancellable, GError **error)
{
  FerryOvfSystem *system;
  g_autoptr (FerryOva) ova =
      open_guest (FERRY_OVA_SOURCE (source), id, &system, cancellable, error);

  return ova != NULL ? ferry_guest_copy (system->guest) : NULL;
}

/* The description and the files of this guest's disks. */
static GPtrArray *
list_files (FerryOva *ova, const FerryOvfSystem *system)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (names, g_strdup (ferry_archive_get_ovf_name (ova->archive)));
  for (guint i = 0; i < system->files->len; i++)
    {
      const FerryOvfFile *file = g_ptr_array_index (system->files, i);
      gboolean is_wanted =
          (ferry_guest_get_disk (system->guest, i)->flags & FERRY_DISK_LEFT_OUT) == 0;
      g_autoptr (GPtrArray) parts =
          file != NULL && is_wanted ? ferry_ova_find_parts (ova, file) : NULL;

      for (guint part = 0; parts != NULL && part < parts->len; part++)
        g_ptr_array_add (names, g_strdup (parts->pdata[part]));
    }

  return names;
}

static gboolean
ova_verify (FerrySource *source,
            const FerryGuest *guest,
            GPtrArray *checks,
            const FerryMonitor *monitor,
            GCancellable *cancellable,
            GError **error)
{
  FerryOvfSystem *system;
  g_autoptr (FerryOva) ova =
      open_guest (FERRY_OVA_SOURCE (source), guest->id, &system, cancellable, error);
  g_autoptr (GPtrArray) names = NULL;
  guint n_before = checks->len;

  if (ova == NULL || !ferry_ova_settle_names (ova, system, cancellable, error))
    return FALSE;
  ferry_source_mark_left_out (system->guest, guest);
  names = list_files (ova, system);
  if (!ferry_manifest_verify (ova->archive, names, checks, monitor, cancellable, error))
    return FALSE;
  for (guint i = n_before; i < checks->len; i++)
    ((FerryCheck *) checks->pdata[i])->guest_id = g_strdup (guest->id);

  return TRUE;
}

static guint64
ova_get_work_bytes (FerrySource *source, const FerryGuest *guest)
{
  FerryOvfSystem *system;
  g_autoptr (FerryOva) ova = open_guest (FERRY_OVA_SOURCE (source), guest->id, &system, NULL, NULL);

  if (ova == NULL)
    return 0;
  ferry_source_mark_left_out (system->guest, guest);

  return ferry_ova_get_work_bytes (ova, system);
}

static gboolean
fail_changed (const FerryGuest *guest, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("The appliance of ‘%s’ is not what it was when it was chosen: its disks "
                       "have changed. Choose the virtual machine again."),
                     guest->name);
}

static gboolean
check_unchanged (const FerryGuest *now, const FerryGuest *then, GError **error)
{
  if (now->disks->len != then->disks->len)
    return fail_changed (then, error);
  for (guint i = 0; i < now->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (now, i);
      const FerryDisk *known = ferry_guest_get_disk (then, i);

      if ((known->flags & FERRY_DISK_LEFT_OUT) == 0 &&
          (g_strcmp0 (disk->name, known->name) != 0 || g_strcmp0 (disk->file, known->file) != 0 ||
           disk->capacity_bytes != known->capacity_bytes))
        return fail_changed (then, error);
    }

  return TRUE;
}

/* A disk that became unreadable since the checks were made. */
static gboolean
check_usable (const FerryGuest *guest, GError **error)
{
  const FerryCheck *check = ferry_source_find_blocker (guest);

  return check == NULL ||
         ferry_fail (error, FERRY_ERROR_INVALID, "%s %s", check->text, check->advice);
}

static GPtrArray *
ova_prepare (FerrySource *source,
             const FerryGuest *guest,
             const char *work_dir,
             const FerryMonitor *monitor,
             GCancellable *cancellable,
             GError **error)
{
  FerryOvfSystem *system;
  g_autoptr (FerryOva) ova =
      open_guest (FERRY_OVA_SOURCE (source), guest->id, &system, cancellable, error);

  if (ova == NULL || !check_unchanged (system->guest, guest, error))
    return NULL;
  ferry_source_mark_left_out (system->guest, guest);
  if (!check_usable (system->guest, error))
    return NULL;

  return ferry_ova_prepare (ova, system, work_dir, monitor, cancellable, error);
}

static void
ferry_source_ova_source_init (FerrySourceInterface *iface)
{
  iface->list = ova_list;
  iface->read = ova_read;
  iface->verify = ova_verify;
  iface->get_work_bytes = ova_get_work_bytes;
  iface->prepare = ova_prepare;
}

static void
ferry_source_ova_finalize (GObject *object)
{
  g_free (FERRY_OVA_SOURCE (object)->path);
  G_OBJECT_CLASS (ferry_source_ova_parent_class)->finalize (object);
}

static void
ferry_source_ova_class_init (FerrySourceOvaClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ferry_source_ova_finalize;
}

static void
ferry_source_ova_init (FerrySourceOva *self)
{
}

FerrySource *
ferry_source_ova_new (const char *path)
{
  FerrySourceOva *self = g_object_new (FERRY_TYPE_SOURCE_OVA, NULL);

  self->path = g_strdup (path);

  return FERRY_SOURCE (self);
}
