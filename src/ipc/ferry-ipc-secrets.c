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

/* In the file: a name and its value, each ended by a NUL, one pair after the other. Keys of encrypted
 * disks are named "key:DEVICE", and "guest-key:N:DEVICE" when they are the plan's Nth guest's own; an
 * empty DEVICE is every one. */
#define KEY_PREFIX "key:"
#define GUEST_KEY_PREFIX "guest-key:"

static const struct
{
  const char *name;
  gsize offset;
} passwords[] = {
  { "password", G_STRUCT_OFFSET (FerryPlanSource, password) },
  { "ssh-password", G_STRUCT_OFFSET (FerryPlanSource, ssh_password) },
};

/* More than a key for each of a thousand guests; whoever sends more means no good. */
#define SECRETS_MAX (1024 * 1024)

static char **
get_password (const FerryPlan *plan, guint index)
{
  return G_STRUCT_MEMBER_P (&plan->source, passwords[index].offset);
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

static gboolean
write_keys (int fd, const char *prefix, const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const FerryPlanKey *key = g_ptr_array_index (keys, i);
      g_autofree char *name = g_strconcat (prefix, key->device, NULL);

      if (!write_text (fd, name) || !write_text (fd, key->key))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_all (int fd, const FerryPlan *plan)
{
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    if (*get_password (plan, i) != NULL &&
        (!write_text (fd, passwords[i].name) || !write_text (fd, *get_password (plan, i))))
      return FALSE;
  for (guint i = 0; i < plan->guests->len; i++)
    {
      g_autofree char *prefix = g_strdup_printf (GUEST_KEY_PREFIX "%u:", i);

      if (!write_keys (fd, prefix, ferry_plan_get_guest (plan, i)->keys))
        return FALSE;
    }

  return write_keys (fd, KEY_PREFIX, plan->keys);
}

int
ferry_ipc_write_secrets (const FerryPlan *plan, GError **error)
{
  g_auto (FerryFd) fd = memfd_create ("ferry-secrets", MFD_CLOEXEC);

  if (fd >= 0 && write_all (fd, plan) && lseek (fd, 0, SEEK_SET) == 0)
    return ferry_fd_steal (&fd);

  ferry_fail (error, FERRY_ERROR_FAILED, _("The password could not be handed over: %s."),
              g_strerror (errno));
  return -1;
}

static gboolean
has_secrets (const FerryPlan *plan)
{
  gboolean any = plan->keys->len > 0;

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    any = any || *get_password (plan, i) != NULL;
  for (guint i = 0; i < plan->guests->len; i++)
    any = any || ferry_plan_get_guest (plan, i)->keys->len > 0;

  return any;
}

GVariant *
ferry_ipc_pack_secrets (const FerryPlan *plan, GUnixFDList *fds, GError **error)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  g_auto (FerryFd) fd = -1;
  int handle;

  if (!has_secrets (plan))
    return g_variant_dict_end (&options);

  fd = ferry_ipc_write_secrets (plan, error);
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

/* What a key's name says: whose it is, with the device after it; NULL: no key, or of no guest. */
static GPtrArray *
find_keys (FerryPlan *plan, const char *name, const char **out_device)
{
  char *end = NULL;
  guint64 index;
  FerryPlanGuest *guest;

  if (g_str_has_prefix (name, KEY_PREFIX))
    {
      *out_device = name + strlen (KEY_PREFIX);
      return plan->keys;
    }
  if (!g_str_has_prefix (name, GUEST_KEY_PREFIX))
    return NULL;
  index = g_ascii_strtoull (name + strlen (GUEST_KEY_PREFIX), &end, 10);
  guest = index < plan->guests->len ? ferry_plan_get_guest (plan, (guint) index) : NULL;
  if (*end != ':' || guest == NULL)
    return NULL;
  *out_device = end + 1;

  return guest->keys;
}

/* Whoever brings keys has tried those before. */
static void
forget_keys (FerryPlan *plan)
{
  g_ptr_array_set_size (plan->keys, 0);
  for (guint i = 0; i < plan->guests->len; i++)
    g_ptr_array_set_size (ferry_plan_get_guest (plan, i)->keys, 0);
}

typedef struct
{
  FerryPlan *plan;
  gboolean has_keys;
} Taker;

static gboolean
take_secret (Taker *taker, const char *name, const char *value)
{
  const char *device = NULL;
  GPtrArray *keys;

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    if (strcmp (passwords[i].name, name) == 0)
      ferry_plan_source_set_password (get_password (taker->plan, i), value);
  keys = find_keys (taker->plan, name, &device);
  if (keys == NULL)
    return TRUE;
  if (!ferry_key_is_valid (value) || (*device != '\0' && !ferry_key_device_is_valid (device)))
    return FALSE;
  if (!taker->has_keys)
    forget_keys (taker->plan);
  taker->has_keys = TRUE;
  ferry_plan_add_key (keys, *device != '\0' ? device : NULL, value);

  return TRUE;
}

/* Names that this version does not know are passed over. */
static gboolean
parse (FerryPlan *plan, const char *text, gsize length, GError **error)
{
  const char *end = text + length;
  Taker taker = { plan, FALSE };

  if (length == 0 || text[length - 1] != '\0')
    return fail_bad (error);

  for (const char *name = text; name < end;)
    {
      const char *value = name + strlen (name) + 1;

      if (value >= end || !take_secret (&taker, name, value))
        return fail_bad (error);
      name = value + strlen (value) + 1;
    }

  return TRUE;
}

gboolean
ferry_ipc_read_secrets (int fd, FerryPlan *plan, GError **error)
{
  g_autofree char *buffer = g_malloc (SECRETS_MAX);
  gsize length = 0;
  gssize n;
  gboolean good;

  /* Not a pipe: reading must not wait for somebody. */
  while (length < SECRETS_MAX
         && (n = pread (fd, buffer + length, SECRETS_MAX - length, (off_t) length)) > 0)
    length += (gsize) n;
  good = length < SECRETS_MAX ? parse (plan, buffer, length, error) : fail_bad (error);
  explicit_bzero (buffer, SECRETS_MAX);

  return good;
}

gboolean
ferry_ipc_unpack_secrets (GDBusMethodInvocation *invocation,
                          GVariant *options,
                          FerryPlan *plan,
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

  return fd >= 0 && ferry_ipc_read_secrets (fd, plan, error);
}
