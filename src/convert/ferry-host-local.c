/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-host-local.h"

#include "ferry-background.h"
#include "ferry-child.h"
#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-host-facts.h"
#include "ferry-leftovers.h"
#include "ferry-paths.h"
#include "ferry-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A work folder whose name is taken by what could not be removed gets a number; nobody has more. */
/* As long as any import's. */
#define ANY_ID "00000000-0000-0000-0000-000000000000"

#define MAX_SAME_NAMES 100

/* virt-v2v 2.2 puts the name of its folder into NBD addresses as it is, and the names of its sockets
 * ("/v2v.XXXXXX/out9999" below it) must fit into a sockaddr_un of 108 bytes. It finds that out only
 * when it begins to copy. */
#define PLAIN_LETTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/-_."
#define LONGEST_PATH 86

struct _FerryHostLocal
{
  GObject parent_instance;
};

static void ferry_host_local_host_init (FerryHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FerryHostLocal,
                               ferry_host_local,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_HOST, ferry_host_local_host_init))

/* What a child gets to see of our own environment: who the user is, where a libvirt of the session
 * listens, and what an administrator has set for libguestfs. Everything else could change what
 * virt-v2v does, or tell it a secret. */
static const char *const passed_variables[] = {
  "HOME",
  "USER",
  "LOGNAME",
  "XDG_RUNTIME_DIR",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "DBUS_SESSION_BUS_ADDRESS",
  "SSH_AUTH_SOCK", /* nbdkit reads disks over ssh */
  "LIBGUESTFS_HV",
  "LIBGUESTFS_MEMSIZE",
  "LIBGUESTFS_PATH",
  "SUPERMIN_KERNEL",
  "SUPERMIN_KERNEL_VERSION",
  "SUPERMIN_MODULES",
  "VIRTIO_WIN",
  "VIRT_TOOLS_DATA_DIR",
};
/* What stand-ins for the tools are told by tests. */
#define TEST_PREFIX "FERRY_TEST_"

/* qemu and the tools of virt-v2v partly lie where only root's PATH leads. */
static const char *const system_folders[] = { "/usr/sbin", "/usr/bin", "/sbin", "/bin" };

static char *
dup_path (void)
{
  g_autofree char *tool_path = ferry_paths_dup_tool_path ();
  g_auto (GStrv) folders = g_strsplit (tool_path, ":", -1);
  g_autoptr (GString) path = g_string_new (tool_path);

  for (guint i = 0; i < G_N_ELEMENTS (system_folders); i++)
    if (!g_strv_contains ((const char *const *) folders, system_folders[i]))
      g_string_append_printf (path, "%s%s", path->len > 0 ? ":" : "", system_folders[i]);

  return g_string_free (g_steal_pointer (&path), FALSE);
}

static char **
pass_environment (void)
{
  g_auto (GStrv) own = g_get_environ ();
  g_autoptr (GStrvBuilder) passed = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (passed_variables); i++)
    {
      const char *value = g_environ_getenv (own, passed_variables[i]);

      if (value != NULL)
        {
          g_autofree char *entry = g_strconcat (passed_variables[i], "=", value, NULL);

          g_strv_builder_add (passed, entry);
        }
    }
  for (guint i = 0; own[i] != NULL; i++)
    if (g_str_has_prefix (own[i], TEST_PREFIX))
      g_strv_builder_add (passed, own[i]);

  return g_strv_builder_end (passed);
}

/* virt-v2v's messages are translated, its JSON too, so that the language must be none. */
static char **
make_environment (const char *const *more, const char *marker)
{
  g_autofree char *path = dup_path ();
  char **environment = pass_environment ();

  environment = g_environ_setenv (environment, "PATH", path, TRUE);
  environment = g_environ_setenv (environment, "LC_ALL", "C.UTF-8", TRUE);
  if (marker != NULL)
    environment = g_environ_setenv (environment, FERRY_MARKER_VARIABLE, marker, TRUE);

  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (more[i], "=", 2);

      if (g_strv_length (pair) == 2)
        environment = g_environ_setenv (environment, pair[0], pair[1], TRUE);
    }

  return environment;
}

static char **
dup_argv_with (const char *const *argv, const char *program)
{
  char **copy = g_strdupv ((char **) argv);

  g_free (copy[0]);
  copy[0] = g_strdup (program);
  return copy;
}

/* NULL: it is not installed. */
static char **
find_program (const char *const *argv, GError **error)
{
  g_autofree char *program = ferry_paths_dup_tool (argv[0]);

  if (program != NULL)
    return dup_argv_with (argv, program);

  ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
              _("The program ‘%s’ is not installed on this computer."), argv[0]);
  return NULL;
}

static gboolean
ferry_host_local_run (FerryHost *host,
                      const FerryCommand *command,
                      int *out_exit_status,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (GStrv) environment = make_environment (command->environment, command->marker);
  g_auto (GStrv) argv = find_program (command->argv, error);
  FerryCommand absolute = *command;

  if (argv == NULL)
    return FALSE;

  absolute.argv = (const char *const *) argv;

  return ferry_child_run (&absolute, (const char *const *) environment, out_exit_status,
                          cancellable, error);
}

static gboolean
ferry_host_local_start (FerryHost *host,
                        const FerryBackground *background,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (GStrv) environment = make_environment (background->environment, background->marker);
  g_auto (GStrv) argv = find_program (background->argv, error);
  FerryBackground absolute = *background;

  if (argv == NULL)
    return FALSE;

  absolute.argv = (const char *const *) argv;

  return ferry_background_start (&absolute, (const char *const *) environment, cancellable, error);
}

static gboolean
write_all (int fd, const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize n = write (fd, text, left);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          text += n;
          left -= (gsize) n;
        }
    }

  return TRUE;
}

static gboolean
ferry_host_local_write_file (FerryHost *host, const char *path, const char *text, GError **error)
{
  g_auto (FerryFd) fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0 && write_all (fd, text))
    return TRUE;

  return ferry_fail (error, errno == ENOSPC ? FERRY_ERROR_NO_SPACE : FERRY_ERROR_FAILED,
                     _("‘%s’ cannot be written: %s."), path, g_strerror (errno));
}

static gboolean
ferry_host_local_end_marked (FerryHost *host, const char *marker, GError **error)
{
  FerryLeftovers which = { 0, marker };

  return ferry_leftovers_end (&which, error);
}

static gboolean
is_id (const char *id)
{
  return id[0] != '\0'
         && strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (id);
}

static char *
dup_work_dir_prefix (void)
{
  return g_strdup_printf ("ferry-%u-", (guint) geteuid ());
}

static char *
make_path (const char *id, guint number)
{
  g_autofree char *tmp_dir = ferry_paths_dup_tmp_dir ();
  g_autofree char *prefix = dup_work_dir_prefix ();
  g_autofree char *name = number == 0 ? g_strconcat (prefix, id, NULL)
                                      : g_strdup_printf ("%s%s-%u", prefix, id, number + 1);

  return g_build_filename (tmp_dir, name, NULL);
}

static gboolean
fail_to_make (const char *path, int code, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  FerryError kind = FERRY_ERROR_FAILED;

  if (code == ENOENT || code == ENOTDIR)
    kind = FERRY_ERROR_NOT_FOUND;
  else if (code == EACCES || code == EPERM || code == EROFS)
    kind = FERRY_ERROR_PERMISSION;
  else if (code == ENOSPC || code == EDQUOT)
    kind = FERRY_ERROR_NO_SPACE;

  return ferry_fail (error, kind,
                     _("No folder for temporary files could be made in ‘%s’: %s."), parent,
                     g_strerror (code));
}

static gboolean
check_path (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (strspn (path, PLAIN_LETTERS) == strlen (path) && strlen (path) <= LONGEST_PATH)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("virt-v2v cannot use ‘%s’ as the folder for temporary files. Let "
                       "FERRY_TMPDIR name one whose path is short and has only the letters A to "
                       "Z, digits, ‘-’, ‘_’ and ‘.’ in it."),
                     parent);
}

/* NULL: a work folder could be made there, as far as can be told without making one. */
static char *
find_tmp_problem (void)
{
  g_autofree char *path = make_path (ANY_ID, 0);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (!check_path (path, &error))
    return g_strdup (error->message);
  if (access (parent, W_OK | X_OK) == 0)
    return NULL;
  fail_to_make (path, errno, &error);

  return g_strdup (error->message);
}

static FerryHostFacts *
ferry_host_local_inspect (FerryHost *host, GCancellable *cancellable, GError **error)
{
  FerryHostFacts *facts = ferry_host_facts_gather (host, cancellable, error);

  if (facts != NULL)
    facts->tmp_problem = find_tmp_problem ();

  return facts;
}

/* mkdir() never takes a folder that is there, so whoever may write to /var/tmp cannot foist one
 * upon us. */
static char *
ferry_host_local_make_work_dir (FerryHost *host, const char *id, GError **error)
{
  if (!is_id (id))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("‘%s’ is not the name of an import."), id);
      return NULL;
    }

  for (guint i = 0; i < MAX_SAME_NAMES; i++)
    {
      g_autofree char *path = make_path (id, i);

      if (!check_path (path, error))
        return NULL;
      if (mkdir (path, S_IRWXU) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST || i + 1 == MAX_SAME_NAMES)
        {
          fail_to_make (path, errno, error);
          return NULL;
        }
    }

  return NULL;
}

static gboolean
is_work_dir (const char *path)
{
  g_autofree char *prefix = dup_work_dir_prefix ();
  g_autofree char *name = g_path_get_basename (path);
  struct stat info;

  return g_path_is_absolute (path) && g_str_has_prefix (name, prefix) && !strstr (path, "/../")
         && lstat (path, &info) == 0 && S_ISDIR (info.st_mode) && info.st_uid == geteuid ();
}

static gboolean
ferry_host_local_remove_work_dir (FerryHost *host, const char *path, GError **error)
{
  struct stat info;

  if (lstat (path, &info) != 0 && errno == ENOENT)
    return TRUE;
  if (!is_work_dir (path))
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is not a folder for temporary files of Ferry."), path);

  return ferry_tree_remove (path, error);
}

static void
ferry_host_local_host_init (FerryHostInterface *iface)
{
  iface->inspect = ferry_host_local_inspect;
  iface->run = ferry_host_local_run;
  iface->start = ferry_host_local_start;
  iface->write_file = ferry_host_local_write_file;
  iface->end_marked = ferry_host_local_end_marked;
  iface->make_work_dir = ferry_host_local_make_work_dir;
  iface->remove_work_dir = ferry_host_local_remove_work_dir;
}

static void
ferry_host_local_class_init (FerryHostLocalClass *klass)
{
}

static void
ferry_host_local_init (FerryHostLocal *self)
{
}

FerryHost *
ferry_host_local_new (void)
{
  return g_object_new (FERRY_TYPE_HOST_LOCAL, NULL);
}
