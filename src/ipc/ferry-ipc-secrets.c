/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ipc-secrets.h"

#include "ferry-error.h"
#include "ferry-fd.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>

/* In the file: a name and its value, each ended by a NUL, one pair after the other. */
static const struct
{
  const char *name;
  gsize offset;
} secrets[] = {
  { "password", G_STRUCT_OFFSET (FerryPlanSource, password) },
  { "ssh-password", G_STRUCT_OFFSET (FerryPlanSource, ssh_password) },
};

/* More than any password; whoever sends more means no good. */
#define SECRETS_MAX 65536

static char **
get_secret (const FerryPlanSource *source, guint index)
{
  return G_STRUCT_MEMBER_P (source, secrets[index].offset);
}

static gboolean
write_text (int fd, const char *text)
{
  gsize left = strlen (text) + 1;

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

int
ferry_ipc_write_secrets (const FerryPlanSource *source, GError **error)
{
  g_auto (FerryFd) fd = memfd_create ("ferry-secrets", MFD_CLOEXEC);
  gboolean written = fd >= 0;

  for (guint i = 0; i < G_N_ELEMENTS (secrets) && written; i++)
    if (*get_secret (source, i) != NULL)
      written = write_text (fd, secrets[i].name) && write_text (fd, *get_secret (source, i));
  if (written && lseek (fd, 0, SEEK_SET) == 0)
    return ferry_fd_steal (&fd);

  ferry_fail (error, FERRY_ERROR_FAILED, _("The password could not be handed over: %s."),
              g_strerror (errno));
  return -1;
}

GVariant *
ferry_ipc_pack_secrets (const FerryPlanSource *source, GUnixFDList *fds, GError **error)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  g_auto (FerryFd) fd = -1;
  int handle;

  if (source->password == NULL && source->ssh_password == NULL)
    return g_variant_dict_end (&options);

  fd = ferry_ipc_write_secrets (source, error);
  handle = fd >= 0 ? g_unix_fd_list_append (fds, fd, error) : -1;
  if (handle < 0)
    return NULL;
  g_variant_dict_insert (&options, "secrets", "h", handle);

  return g_variant_dict_end (&options);
}

static gboolean
fail_bad (GError **error)
{
  return ferry_fail (error, FERRY_ERROR_INVALID, _("The passwords that came with it are damaged."));
}

static void
take_secret (FerryPlanSource *source, const char *name, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strcmp (secrets[i].name, name) == 0)
      ferry_plan_source_set_password (get_secret (source, i), value);
}

/* Names that this version does not know are passed over. */
static gboolean
parse (FerryPlanSource *source, const char *text, gsize length, GError **error)
{
  const char *end = text + length;

  if (length == 0 || text[length - 1] != '\0')
    return fail_bad (error);

  for (const char *name = text; name < end;)
    {
      const char *value = name + strlen (name) + 1;

      if (value >= end)
        return fail_bad (error);
      take_secret (source, name, value);
      name = value + strlen (value) + 1;
    }

  return TRUE;
}

gboolean
ferry_ipc_read_secrets (int fd, FerryPlanSource *source, GError **error)
{
  g_autofree char *buffer = g_malloc (SECRETS_MAX);
  gsize length = 0;
  gssize n;
  gboolean good;

  /* Not a pipe: reading must not wait for somebody. */
  while (length < SECRETS_MAX
         && (n = pread (fd, buffer + length, SECRETS_MAX - length, (off_t) length)) > 0)
    length += (gsize) n;
  good = length < SECRETS_MAX ? parse (source, buffer, length, error) : fail_bad (error);
  explicit_bzero (buffer, SECRETS_MAX);

  return good;
}

gboolean
ferry_ipc_unpack_secrets (GDBusMethodInvocation *invocation,
                          GVariant *options,
                          FerryPlanSource *source,
                          GError **error)
{
  GUnixFDList *fds
      = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  g_auto (FerryFd) fd = -1;
  gint32 handle;

  if (!g_variant_lookup (options, "secrets", "h", &handle))
    return TRUE;
  if (fds == NULL || handle < 0 || handle >= g_unix_fd_list_get_length (fds))
    return fail_bad (error);

  fd = g_unix_fd_list_get (fds, handle, error);

  return fd >= 0 && ferry_ipc_read_secrets (fd, source, error);
}
