/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-access.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_PASSWORD 1024

/* The options that are texts of a source. */
static const struct
{
  const char *option;
  gsize given;
  gsize set;
  gboolean vsphere_only;
} fields[] = {
  { "--user", G_STRUCT_OFFSET (FerryctlAccess, user), G_STRUCT_OFFSET (FerryPlanSource, user),
    FALSE },
  { "--datacenter", G_STRUCT_OFFSET (FerryctlAccess, datacenter),
    G_STRUCT_OFFSET (FerryPlanSource, datacenter), TRUE },
  { "--cluster", G_STRUCT_OFFSET (FerryctlAccess, cluster),
    G_STRUCT_OFFSET (FerryPlanSource, cluster), TRUE },
  { "--esx", G_STRUCT_OFFSET (FerryctlAccess, esx), G_STRUCT_OFFSET (FerryPlanSource, esx), TRUE },
  { "--vddk-dir", G_STRUCT_OFFSET (FerryctlAccess, vddk_dir),
    G_STRUCT_OFFSET (FerryPlanSource, vddk_dir), TRUE },
  { "--ssh-user", G_STRUCT_OFFSET (FerryctlAccess, ssh_user),
    G_STRUCT_OFFSET (FerryPlanSource, ssh_user), TRUE },
};

void
ferryctl_access_clear (FerryctlAccess *access)
{
  g_clear_pointer (&access->user, g_free);
  g_clear_pointer (&access->datacenter, g_free);
  g_clear_pointer (&access->cluster, g_free);
  g_clear_pointer (&access->esx, g_free);
  g_clear_pointer (&access->transport, g_free);
  g_clear_pointer (&access->vddk_dir, g_free);
  g_clear_pointer (&access->ssh_user, g_free);
  g_clear_pointer (&access->password_file, g_free);
  g_clear_pointer (&access->ssh_password_file, g_free);
  g_clear_pointer (&access->trust, g_strfreev);
}

void
ferryctl_access_add_fields (FerryctlAccess *access, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &access->user, N_ ("User at the server"), N_ ("USER") },
    { "datacenter", 0, 0, G_OPTION_ARG_STRING, &access->datacenter,
      N_ ("VMware: only what is in this data center"), N_ ("NAME") },
    { "cluster", 0, 0, G_OPTION_ARG_STRING, &access->cluster,
      N_ ("VMware: only what is in this cluster"), N_ ("NAME") },
    { "esx", 0, 0, G_OPTION_ARG_STRING, &access->esx, N_ ("VMware: only what is on this ESXi host"),
      N_ ("HOST") },
    { "transport", 0, 0, G_OPTION_ARG_STRING, &access->transport,
      N_ ("VMware: how the disks are read: https, vddk, ssh or nfc"), N_ ("WORD") },
    { "vddk-dir", 0, 0, G_OPTION_ARG_FILENAME, &access->vddk_dir,
      N_ ("VMware: where the VDDK library is"), N_ ("DIR") },
    { "ssh-user", 0, 0, G_OPTION_ARG_STRING, &access->ssh_user,
      N_ ("VMware: user on the ESXi host for the transport ssh"), N_ ("USER") },
    { "no-verify", 0, 0, G_OPTION_ARG_NONE, &access->no_verify,
      N_ ("Take whatever certificate the server shows"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
ferryctl_access_add_passwords (FerryctlAccess *access, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &access->password_file,
      N_ ("File whose first line is the password; - is standard input"), N_ ("FILE") },
    { "ssh-password-file", 0, 0, G_OPTION_ARG_FILENAME, &access->ssh_password_file,
      N_ ("The same for the transport ssh"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
ferryctl_access_add_trust (FerryctlAccess *access, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING_ARRAY, &access->trust,
      N_ ("Trust the server that shows this fingerprint, from now on"), N_ ("FINGERPRINT") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
ferryctl_access_add_options (FerryctlAccess *access, GOptionContext *context)
{
  ferryctl_access_add_fields (access, context);
  ferryctl_access_add_passwords (access, context);
  ferryctl_access_add_trust (access, context);
}

static const char *
get_given (const FerryctlAccess *access, guint index)
{
  return G_STRUCT_MEMBER (const char *, access, fields[index].given);
}

/* The first that was given, which messages name; NULL: none. */
static const char *
find_given_field (const FerryctlAccess *access, gboolean vsphere_only)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (get_given (access, i) != NULL && (fields[i].vsphere_only || !vsphere_only))
      return fields[i].option;
  if (access->transport != NULL)
    return "--transport";

  return access->no_verify && !vsphere_only ? "--no-verify" : NULL;
}

gboolean
ferryctl_access_has_fields (const FerryctlAccess *access)
{
  return find_given_field (access, FALSE) != NULL;
}

/* The same among what gets one in. */
static const char *
find_given_key (const FerryctlAccess *access)
{
  if (access->password_file != NULL)
    return "--password-file";
  if (access->ssh_password_file != NULL)
    return "--ssh-password-file";

  return access->trust != NULL ? "--trust" : NULL;
}

static gboolean
check_kind (const FerryctlAccess *access, FerrySourceKind kind, GError **error)
{
  const char *option = find_given_field (access, kind == FERRY_SOURCE_LIBVIRT);

  if (option == NULL && kind == FERRY_SOURCE_OVA)
    option = find_given_key (access);
  if (option == NULL || kind == FERRY_SOURCE_VSPHERE)
    return TRUE;
  if (kind == FERRY_SOURCE_LIBVIRT)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("%s is for VMware: it means nothing to a libvirt URI."), option);

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("%s is for a server: it means nothing to a file."), option);
}

static gboolean
apply_transport (const char *word, FerryPlanSource *source, GError **error)
{
  for (FerryTransport i = FERRY_TRANSPORT_HTTPS; i <= FERRY_TRANSPORT_NFC; i++)
    if (g_str_equal (word, ferry_transport_to_word (i)))
      {
        source->transport = i;
        return TRUE;
      }

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("--transport is https, vddk, ssh or nfc, not ‘%s’."), word);
}

gboolean
ferryctl_access_apply_fields (const FerryctlAccess *access, FerryPlanSource *source, GError **error)
{
  if (!check_kind (access, source->kind, error))
    return FALSE;
  if (access->verify && access->no_verify)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("--verify and --no-verify cannot be given at once."));
  if (access->transport != NULL && !apply_transport (access->transport, source, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (get_given (access, i) != NULL)
      ferry_plan_source_set (&G_STRUCT_MEMBER (char *, source, fields[i].set),
                             get_given (access, i));
  if (access->verify || access->no_verify)
    source->verify = access->verify;

  return TRUE;
}

/* The first line, into @line, which has room for LONGEST_PASSWORD and a NUL; -1: it cannot be read. */
static gssize
read_first_line (int fd, char *line)
{
  gsize length = 0;

  while (length <= LONGEST_PASSWORD)
    {
      gssize n = read (fd, line + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0 || line[length] == '\n')
        break;
      length++;
    }

  return (gssize) length;
}

static gboolean
set_from_line (const char *name, char *line, gssize length, char **password, GError **error)
{
  if (length > 0 && line[length - 1] == '\r')
    length--;
  if (length == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("There is no password in the first line of ‘%s’."), name);
  if (length > LONGEST_PASSWORD || memchr (line, '\0', (gsize) length) != NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("What is in the first line of ‘%s’ cannot be a password."), name);
  line[length] = '\0';
  ferry_plan_source_set_password (password, line);

  return TRUE;
}

gboolean
ferryctl_access_read_secret (const char *path, char **password, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  gboolean is_stdin = g_str_equal (path, "-");
  g_auto (FerryFd) fd = is_stdin ? -1 : open (path, O_RDONLY | O_CLOEXEC);
  char line[LONGEST_PASSWORD + 2];
  gssize length = -1;
  gboolean was_set;

  if (fd >= 0 || is_stdin)
    length = read_first_line (is_stdin ? STDIN_FILENO : fd, line);
  if (length < 0)
    return ferry_fail (error, errno == ENOENT ? FERRY_ERROR_NOT_FOUND : FERRY_ERROR_FAILED,
                       _("The password in ‘%s’ cannot be read: %s."), name, g_strerror (errno));
  was_set = set_from_line (name, line, length, password, error);
  explicit_bzero (line, sizeof line);

  return was_set;
}

gboolean
ferryctl_access_read_passwords (const FerryctlAccess *access,
                                FerryPlanSource *source,
                                GError **error)
{
  if (access->password_file != NULL &&
      !ferryctl_access_read_secret (access->password_file, &source->password, error))
    return FALSE;

  return access->ssh_password_file == NULL ||
         ferryctl_access_read_secret (access->ssh_password_file, &source->ssh_password, error);
}
