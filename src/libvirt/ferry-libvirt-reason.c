/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-reason.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const words[] = {
  [FERRY_LIBVIRT_FAILED] = "failed",
  [FERRY_LIBVIRT_NO_DAEMON] = "no-daemon",
  [FERRY_LIBVIRT_BAD_URI] = "bad-uri",
  [FERRY_LIBVIRT_DENIED] = "denied",
  [FERRY_LIBVIRT_AUTH] = "auth",
  [FERRY_LIBVIRT_NO_DOMAIN] = "no-domain",
  [FERRY_LIBVIRT_NO_NETWORK] = "no-network",
  [FERRY_LIBVIRT_NO_POOL] = "no-pool",
  [FERRY_LIBVIRT_NO_VOLUME] = "no-volume",
  [FERRY_LIBVIRT_EXISTS] = "exists",
  [FERRY_LIBVIRT_BAD_XML] = "bad-xml",
  [FERRY_LIBVIRT_UNSUPPORTED] = "unsupported",
  [FERRY_LIBVIRT_BAD_REQUEST] = "bad-request",
};

const char *
ferry_libvirt_reason_to_word (FerryLibvirtReason reason)
{
  g_return_val_if_fail (reason > 0 && reason < G_N_ELEMENTS (words), words[FERRY_LIBVIRT_FAILED]);

  return words[reason];
}

FerryLibvirtReason
ferry_libvirt_reason_from_word (const char *word)
{
  for (guint i = FERRY_LIBVIRT_FAILED; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0)
      return (FerryLibvirtReason) i;

  return FERRY_LIBVIRT_FAILED;
}

static gboolean
refuse_no_daemon (const FerryLibvirtRefusal *refusal, GError **error)
{
  if (strcmp (refusal->uri, "qemu:///system") == 0)
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("The libvirt daemon on this computer does not answer. Start it with "
                         "‘systemctl start libvirtd’ and try again. libvirt says: %s"),
                       refusal->message);
  if (strcmp (refusal->uri, "qemu:///session") == 0)
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("The libvirt daemon of your own session could not be started. Install "
                         "the package libvirt-daemon and try again. libvirt says: %s"),
                       refusal->message);

  return ferry_fail (error, FERRY_ERROR_CONNECTION,
                     _("Nobody answers at ‘%s’. Check the address, and that a libvirt daemon "
                       "runs there. libvirt says: %s"),
                     refusal->uri, refusal->message);
}

static gboolean
refuse_denied (const FerryLibvirtRefusal *refusal, GError **error)
{
  if (strcmp (refusal->uri, "qemu:///session") == 0)
    return ferry_fail (error, FERRY_ERROR_PERMISSION,
                       _("The libvirt daemon of your own session could not be started. "
                         "libvirt says: %s"),
                       refusal->message);

  return ferry_fail (error, FERRY_ERROR_PERMISSION,
                     _("You may not use ‘%s’. Ask to become a member of the group ‘libvirt’, "
                       "or use qemu:///session. libvirt says: %s"),
                     refusal->uri, refusal->message);
}

static gboolean
refuse_missing (const FerryLibvirtRefusal *refusal, const char *format, GError **error)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{subject}", refusal->subject, 1);
  g_string_replace (text, "{uri}", refusal->uri, 1);

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND, "%s", text->str);
}

/** ferry_libvirt_refuse: the sentence and the code for a refusal; always %FALSE */
gboolean
ferry_libvirt_refuse (const FerryLibvirtRefusal *refusal, GError **error)
{
  const char *message = refusal->message;

  switch (refusal->reason)
    {
    case FERRY_LIBVIRT_NO_DAEMON:
      return refuse_no_daemon (refusal, error);
    case FERRY_LIBVIRT_BAD_URI:
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("libvirt cannot connect to ‘%s’: %s. Use qemu:///system for this "
                           "computer, or qemu:///session for your own virtual machines."),
                         refusal->uri, message);
    case FERRY_LIBVIRT_DENIED:
      return refuse_denied (refusal, error);
    case FERRY_LIBVIRT_AUTH:
      return ferry_fail (error, FERRY_ERROR_AUTH, _("‘%s’ did not let you in. libvirt says: %s"),
                         refusal->uri, message);
    /* Translators: {subject} and {uri} are put in by the program; leave them as they are. */
    case FERRY_LIBVIRT_NO_DOMAIN:
      return refuse_missing (refusal, _("There is no virtual machine ‘{subject}’ in ‘{uri}’."),
                             error);
    case FERRY_LIBVIRT_NO_NETWORK:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                         _("A network is missing in ‘%s’. libvirt says: %s"), refusal->uri,
                         message);
    case FERRY_LIBVIRT_NO_POOL:
      return refuse_missing (refusal,
                             _("There is no storage pool ‘{subject}’ in ‘{uri}’. Choose another "
                               "one."),
                             error);
    case FERRY_LIBVIRT_NO_VOLUME:
      return refuse_missing (refusal, _("There is no volume ‘{subject}’ in ‘{uri}’."), error);
    case FERRY_LIBVIRT_EXISTS:
      return ferry_fail (error, FERRY_ERROR_EXISTS,
                         _("The name is taken in ‘%s’. Choose another one. libvirt says: %s"),
                         refusal->uri, message);
    case FERRY_LIBVIRT_BAD_XML:
      return ferry_fail (error, FERRY_ERROR_INVALID,
                         _("libvirt does not accept the description of the virtual machine: %s"),
                         message);
    case FERRY_LIBVIRT_UNSUPPORTED:
      return ferry_fail (error, FERRY_ERROR_UNSUPPORTED, _("libvirt cannot do this here: %s"),
                         message);
    case FERRY_LIBVIRT_BAD_REQUEST:
    case FERRY_LIBVIRT_FAILED:
      break;
    }

  return ferry_fail (error, FERRY_ERROR_FAILED, _("libvirt failed: %s"), message);
}
