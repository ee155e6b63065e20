/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-target-folder.h"

#include "ferry-domain-xml.h"
#include "ferry-error.h"
#include "ferry-place.h"
#include "ferry-target-disks.h"
#include "ferry-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct _FerryTargetFolder
{
  GObject parent_instance;

  char *path; /* (owned) */
};

/* The names of one guest. The hidden folder is where virt-v2v writes to, the final one what is
 * published. */
typedef struct
{
  char *hidden;
  char *final;
  char *xml_name;
} Places;

static void
places_clear (Places *places)
{
  g_free (places->hidden);
  g_free (places->final);
  g_free (places->xml_name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Places, places_clear)

static void ferry_target_folder_target_init (FerryTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerryTargetFolder,
                               ferry_target_folder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_TARGET,
                                                      ferry_target_folder_target_init))

static void
find_places (FerryTargetFolder *self, const FerryTargetRun *run, Places *places)
{
  g_autofree char *hidden = g_strdup_printf (".ferry-%s", run->record->id);

  places->hidden = g_build_filename (self->path, hidden, NULL);
  places->final = g_build_filename (self->path, run->guest->name, NULL);
  places->xml_name = g_strdup_printf ("%s.xml", run->guest->name);
}

static gboolean
fail_taken (const Places *places, GError **error)
{
  return ferry_fail (error, FERRY_ERROR_EXISTS,
                     _("There is already something at ‘%s’. Give the virtual machine another "
                       "name, "
                       "or choose another folder."),
                     places->final);
}

static gboolean
is_taken (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

/* --- inspecting --- */

static char **
list_names (const char *path)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (*name != '.')
      g_strv_builder_add (names, name);

  return g_strv_builder_end (names);
}

/* A folder that is missing or may not be written to is told of, not failed for. */
static FerryDestinationFacts *
inspect (FerryTarget *target, GCancellable *cancellable, GError **error)
{
  FerryTargetFolder *self = FERRY_TARGET_FOLDER (target);
  g_autoptr (FerryDestinationFacts) facts = NULL;
  FerryStorage *storage;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  facts = ferry_destination_facts_new ();
  storage = ferry_storage_new (self->path, "folder");
  storage->path = g_strdup (self->path);
  ferry_place_judge (self->path, storage);
  g_ptr_array_add (facts->storages, storage);

  facts->any_network = TRUE;
  facts->has_kvm = TRUE; /* whoever takes the files may have it */
  g_strfreev (facts->guest_names);
  facts->guest_names = list_names (self->path);

  return g_steal_pointer (&facts);
}

/* --- beginning --- */

/* The hidden folder carries the import's id, so one that is there is of an earlier attempt. */
static gboolean
make_hidden (const Places *places, GError **error)
{
  if (!ferry_tree_remove (places->hidden, error))
    return FALSE;
  if (g_mkdir (places->hidden, 0700) != 0)
    return ferry_place_fail (places->hidden, errno, error);

  return TRUE;
}

static FerryOutput *
begin (FerryTarget *target, const FerryTargetRun *run, GCancellable *cancellable, GError **error)
{
  FerryTargetFolder *self = FERRY_TARGET_FOLDER (target);
  g_auto (Places) places = { NULL };
  FerryOutput *output;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !ferry_guest_name_is_valid (run->guest->name, error) ||
      !ferry_place_check (self->path, error))
    return NULL;

  find_places (self, run, &places);
  if (is_taken (places.final))
    {
      fail_taken (&places, error);
      return NULL;
    }

  if (!ferry_record_push_undo (run->record, error, "remove-tree", places.hidden, NULL) ||
      !make_hidden (&places, error))
    return NULL;

  output = ferry_output_new ("local", NULL, places.hidden);
  output->disk_paths = ferry_target_list_disks (places.hidden, run->guest);

  return output;
}

/* --- finishing --- */

static gboolean
verify_disks (const FerryTargetRun *run,
              const FerryOutput *output,
              GCancellable *cancellable,
              GError **error)
{
  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    if (!ferry_target_verify_disk (run, output, i, cancellable, error))
      return FALSE;

  return TRUE;
}

static xmlDoc *
read_description (const Places *places, GError **error)
{
  g_autofree char *path = g_build_filename (places->hidden, places->xml_name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;
  xmlDoc *domain = NULL;

  if (g_file_get_contents (path, &text, NULL, &local_error))
    domain = ferry_domain_xml_parse (text, &local_error);
  if (domain == NULL)
    ferry_fail (error, FERRY_ERROR_CONVERSION,
                _("The description that was made of the virtual machine cannot be read: %s"),
                local_error->message);

  return domain;
}

/* @final_paths: where the disks will be, in the order of @output's */
static gboolean
mend_description (xmlDoc *domain,
                  const FerryTargetRun *run,
                  const FerryOutput *output,
                  char **final_paths,
                  GError **error)
{
  g_autoptr (GPtrArray) disks = ferry_domain_xml_list_disks (domain);

  if (!ferry_target_check_disk_count (run->guest, disks->len, error))
    return FALSE;

  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    if (!ferry_domain_xml_move_disk (domain, output->disk_paths[i], final_paths[i]))
      return ferry_target_fail_without_disk (run->guest, output->disk_paths[i], error);

  return ferry_domain_xml_apply (domain, run->guest, error) &&
         ferry_domain_xml_check (domain, run->guest, error);
}

static gboolean
write_description (const Places *places, xmlDoc *domain, GError **error)
{
  g_autofree char *path = g_build_filename (places->hidden, places->xml_name, NULL);
  g_autofree char *text = ferry_domain_xml_to_text (domain);
  g_autoptr (GError) local_error = NULL;

  /* A new file, so that its permissions follow the umask. */
  g_unlink (path);
  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                &local_error))
    return TRUE;

  return ferry_fail (error,
                     g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                         ? FERRY_ERROR_NO_SPACE
                         : FERRY_ERROR_FAILED,
                     _("‘%s’ cannot be written: %s."), path, local_error->message);
}

static gboolean
rename_disks (const FerryTargetRun *run,
              const Places *places,
              const FerryOutput *output,
              GError **error)
{
  g_auto (GStrv) new_paths = ferry_target_list_named_disks (places->hidden, run->guest);

  for (guint i = 0; output->disk_paths[i] != NULL; i++)
    {
      const char *path = output->disk_paths[i];

      if (!ferry_place_sync (path, error))
        return FALSE;
      if (renameat2 (AT_FDCWD, path, AT_FDCWD, new_paths[i], RENAME_NOREPLACE) != 0 &&
          (errno != EINVAL || rename (path, new_paths[i]) != 0))
        return ferry_fail (error, FERRY_ERROR_FAILED, _("‘%s’ cannot be renamed: %s."), path,
                           g_strerror (errno));
    }

  return TRUE;
}

/* umask() can only be asked for by setting it, for all threads. */
static mode_t
get_umask (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "\nUmask:");

  return line != NULL ? (mode_t) g_ascii_strtoull (line + strlen ("\nUmask:"), NULL, 8) & 0777
                      : 077;
}

/* File systems that cannot rename without replacing (NFS) replace at most an empty folder. */
static int
rename_folder (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL || is_taken (to))
    return errno == EINVAL ? EEXIST : errno;

  return rename (from, to) == 0 ? 0 : errno;
}

static gboolean
publish (FerryTargetFolder *self, const Places *places, GError **error)
{
  int number;

  if (chmod (places->hidden, 0777 & ~get_umask ()) != 0)
    return ferry_place_fail (places->hidden, errno, error);
  if (!ferry_place_sync (places->hidden, error))
    return FALSE;

  number = rename_folder (places->hidden, places->final);
  if (number == EEXIST || number == ENOTEMPTY)
    return fail_taken (places, error);
  if (number != 0)
    return ferry_place_fail (places->final, number, error);

  /* It is there; that it survives a power failure now is all that this adds. */
  ferry_place_sync (self->path, NULL);

  return TRUE;
}

static gboolean
finish (FerryTarget *target,
        const FerryTargetRun *run,
        const FerryOutput *output,
        GCancellable *cancellable,
        GError **error)
{
  FerryTargetFolder *self = FERRY_TARGET_FOLDER (target);
  g_auto (Places) places = { NULL };
  g_auto (GStrv) final_paths = NULL;
  g_autoptr (xmlDoc) domain = NULL;

  find_places (self, run, &places);
  final_paths = ferry_target_list_named_disks (places.final, run->guest);
  if (!verify_disks (run, output, cancellable, error))
    return FALSE;

  domain = read_description (&places, error);
  if (domain == NULL || !mend_description (domain, run, output, final_paths, error) ||
      !write_description (&places, domain, error) || !rename_disks (run, &places, output, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !ferry_record_note_result (run->record, places.final, final_paths, NULL, error))
    return FALSE;
  if (publish (self, &places, error))
    return TRUE;

  /* Before the undo: whoever took the name may have the same files, and they are not this import's. */
  ferry_record_forget_result (run->record);
  ferry_record_save (run->record, NULL);

  return FALSE;
}

static gboolean
are_files (char **paths)
{
  struct stat info;

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (lstat (paths[i], &info) != 0 || !S_ISREG (info.st_mode))
      return FALSE;

  return paths != NULL && paths[0] != NULL;
}

/* The result is noted before the rename, and the rename takes the hidden folder away. */
static gboolean
is_published (FerryTarget *target, const FerryTargetRun *run)
{
  FerryTargetFolder *self = FERRY_TARGET_FOLDER (target);
  g_auto (Places) places = { NULL };

  find_places (self, run, &places);

  return g_strcmp0 (run->record->location, places.final) == 0 && !is_taken (places.hidden) &&
         are_files (run->record->files);
}

static void
ferry_target_folder_target_init (FerryTargetInterface *iface)
{
  iface->inspect = inspect;
  iface->begin = begin;
  iface->finish = finish;
  iface->is_published = is_published;
}

static void
ferry_target_folder_finalize (GObject *object)
{
  FerryTargetFolder *self = FERRY_TARGET_FOLDER (object);

  g_free (self->path);

  G_OBJECT_CLASS (ferry_target_folder_parent_class)->finalize (object);
}

static void
ferry_target_folder_class_init (FerryTargetFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ferry_target_folder_finalize;
}

static void
ferry_target_folder_init (FerryTargetFolder *self)
{
}

FerryTarget *
ferry_target_folder_new (const char *path)
{
  FerryTargetFolder *self;

  g_return_val_if_fail (g_path_is_absolute (path), NULL);

  self = g_object_new (FERRY_TYPE_TARGET_FOLDER, NULL);
  self->path = g_canonicalize_filename (path, NULL);

  return FERRY_TARGET (self);
}
