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
  [FERRY_LIBVIRT_NO_HOST] = "no-host",
  [FERRY_LIBVIRT_REFUSED] = "refused",
  [FERRY_LIBVIRT_UNREACHABLE] = "unreachable",
  [FERRY_LIBVIRT_TLS] = "tls",
  [FERRY_LIBVIRT_HOST_KEY] = "host-key",
  [FERRY_LIBVIRT_HOST_KEY_CHANGED] = "host-key-changed",
  [FERRY_LIBVIRT_NO_KEY] = "no-key",
  [FERRY_LIBVIRT_NO_PASSWORD] = "no-password",
  [FERRY_LIBVIRT_NO_DRIVER] = "no-driver",
  [FERRY_LIBVIRT_NO_LIBVIRT] = "no-libvirt",
  [FERRY_LIBVIRT_NO_SPACE] = "no-space",
  [FERRY_LIBVIRT_CANNOT_WRITE] = "cannot-write",
  [FERRY_LIBVIRT_TRANSIENT] = "transient",
};

/* libvirt 9.0's and OpenSSH's, in the C locale, which libvirt starts ssh in. The first that is
 * found counts, so that what is said of one thing stands before what is said of many. */
static const struct
{
  const char *words;
  FerryLibvirtReason reason;
} sayings[] = {
  { "REMOTE HOST IDENTIFICATION HAS CHANGED", FERRY_LIBVIRT_HOST_KEY_CHANGED },
  { "Host key verification failed", FERRY_LIBVIRT_HOST_KEY },
  { "host key is known for", FERRY_LIBVIRT_HOST_KEY },
  { "ould not resolve hostname", FERRY_LIBVIRT_NO_HOST },
  { "Unable to resolve address", FERRY_LIBVIRT_NO_HOST },
  { "Could not resolve host", FERRY_LIBVIRT_NO_HOST },
  { "Couldn't resolve host", FERRY_LIBVIRT_NO_HOST },
  { "Permission denied (", FERRY_LIBVIRT_NO_KEY },
  { "Too many authentication failures", FERRY_LIBVIRT_NO_KEY },
  { "Connection refused", FERRY_LIBVIRT_REFUSED },
  { "Couldn't connect to server", FERRY_LIBVIRT_REFUSED },
  { "timed out", FERRY_LIBVIRT_UNREACHABLE },
  { "No route to host", FERRY_LIBVIRT_UNREACHABLE },
  { "Network is unreachable", FERRY_LIBVIRT_UNREACHABLE },
  { "ertificate", FERRY_LIBVIRT_TLS },
  { "TLS handshake", FERRY_LIBVIRT_TLS },
  { "Login failure", FERRY_LIBVIRT_AUTH },
  { "incorrect user name or password", FERRY_LIBVIRT_AUTH },
  { "no connection driver available", FERRY_LIBVIRT_NO_DRIVER },
  { "libvirt was built without", FERRY_LIBVIRT_NO_DRIVER },
  { "command not found", FERRY_LIBVIRT_NO_LIBVIRT },
  { ": not found", FERRY_LIBVIRT_NO_LIBVIRT },
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

FerryLibvirtReason
ferry_libvirt_reason_from_words (const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (strstr (message, sayings[i].words) != NULL)
      return sayings[i].reason;

  return FERRY_LIBVIRT_FAILED;
}

/* --- sentences --- */

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

/* The packages of Debian and Fedora; where the daemon is asked, it is its own computer that lacks
 * it. */
static gboolean
refuse_no_driver (const FerryLibvirtRefusal *refusal, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (refusal->uri);
  g_auto (GStrv) parts = g_strsplit (scheme != NULL ? scheme : "?", "+", 2);

  if (g_strv_contains ((const char *const[]){ "qemu", "xen", "lxc", "vbox", NULL }, parts[0]))
    return ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                       _("libvirt’s driver for ‘%s’ is missing where ‘%s’ is. Install the package "
                         "libvirt-daemon-driver-%s there, and restart its libvirt daemon."),
                       parts[0], refusal->uri, parts[0]);

  return ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                     _("This computer’s libvirt has no driver for ‘%s’ in it. Install a libvirt "
                       "that was built with it (package libvirt0 or libvirt-libs), or use another "
                       "kind of URI. libvirt says: %s"),
                     parts[0], refusal->message);
}

static gboolean
refuse_unreached (const FerryLibvirtRefusal *refusal, GError **error)
{
  const char *uri = refusal->uri;

  switch ((int) refusal->reason)
    {
    case FERRY_LIBVIRT_NO_HOST:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                         _("There is no host of the name in ‘%s’. Check it for typing errors."),
                         uri);
    case FERRY_LIBVIRT_REFUSED:
      return ferry_fail (error, FERRY_ERROR_CONNECTION,
                         _("The host of ‘%s’ refused the connection. Check the port, and that the "
                           "service (sshd or libvirtd) runs there."),
                         uri);
    case FERRY_LIBVIRT_NO_LIBVIRT:
      return ferry_fail (error, FERRY_ERROR_MISSING_TOOL,
                         _("ssh let you in at ‘%s’, but there is no libvirt. Install the package "
                           "libvirt-daemon-system (Debian) or libvirt-daemon (Fedora) there. It "
                           "says: %s"),
                         uri, refusal->message);
    default:
      return ferry_fail (error, FERRY_ERROR_CONNECTION,
                         _("The host of ‘%s’ cannot be reached: it does not answer. Check that it "
                           "is on, and that no firewall is between. libvirt says: %s"),
                         uri, refusal->message);
    }
}

static gboolean
refuse_untrusted (const FerryLibvirtRefusal *refusal, GError **error)
{
  switch ((int) refusal->reason)
    {
    case FERRY_LIBVIRT_HOST_KEY_CHANGED:
      return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                         _("The host key of ‘%s’ has CHANGED since it was trusted: it was set up "
                           "anew, or another one answers in its place. Compare its fingerprint "
                           "with the host’s, then test the connection again to trust it."),
                         refusal->uri);
    case FERRY_LIBVIRT_HOST_KEY:
      return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                         _("The host key of ‘%s’ is not trusted (yet). Test the connection, and "
                           "compare the fingerprint that is shown with the host’s."),
                         refusal->uri);
    default:
      return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                         _("The certificates for ‘%s’ are not in order. libvirt looks after them "
                           "by itself: the server’s must be signed by /etc/pki/CA/cacert.pem and "
                           "name the host, and yours lies in ~/.pki/libvirt or "
                           "/etc/pki/libvirt. libvirt says: %s"),
                         refusal->uri, refusal->message);
    }
}

static gboolean
refuse_login (const FerryLibvirtRefusal *refusal, GError **error)
{
  switch ((int) refusal->reason)
    {
    case FERRY_LIBVIRT_NO_KEY:
      return ferry_fail (error, FERRY_ERROR_AUTH,
                         _("The host of ‘%s’ did not let you in by a key, and Ferry uses no "
                           "passwords with ssh. Copy yours there with ‘ssh-copy-id’, load it with "
                           "‘ssh-add’, or add ‘?keyfile=FILE’ to the URI. ssh says: %s"),
                         refusal->uri, refusal->message);
    case FERRY_LIBVIRT_NO_PASSWORD:
      return ferry_fail (error, FERRY_ERROR_AUTH,
                         _("‘%s’ wants a user name and a password. Enter them and try again. "
                           "libvirt says: %s"),
                         refusal->uri, refusal->message);
    default:
      return ferry_fail (error, FERRY_ERROR_AUTH,
                         _("‘%s’ did not let you in: the user name or the password is wrong. "
                           "libvirt says: %s"),
                         refusal->uri, refusal->message);
    }
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
    case FERRY_LIBVIRT_NO_KEY:
    case FERRY_LIBVIRT_NO_PASSWORD:
      return refuse_login (refusal, error);
    case FERRY_LIBVIRT_NO_HOST:
    case FERRY_LIBVIRT_REFUSED:
    case FERRY_LIBVIRT_UNREACHABLE:
    case FERRY_LIBVIRT_NO_LIBVIRT:
      return refuse_unreached (refusal, error);
    case FERRY_LIBVIRT_TLS:
    case FERRY_LIBVIRT_HOST_KEY:
    case FERRY_LIBVIRT_HOST_KEY_CHANGED:
      return refuse_untrusted (refusal, error);
    case FERRY_LIBVIRT_NO_DRIVER:
      return refuse_no_driver (refusal, error);
    case FERRY_LIBVIRT_NO_SPACE:
      return ferry_fail (error, FERRY_ERROR_NO_SPACE,
                         _("There is no room for the disk. Make room and try again. %s"), message);
    case FERRY_LIBVIRT_CANNOT_WRITE:
      return ferry_fail (error, FERRY_ERROR_FAILED, _("The disk cannot be written. %s"), message);
    case FERRY_LIBVIRT_TRANSIENT:
      return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                         _("‘%s’ is there only while it runs: libvirt forgets it when it is shut "
                           "down. Define it first, with ‘virsh define’."),
                         refusal->subject);
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
