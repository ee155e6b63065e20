/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-tls.h"

#include "ferry-error.h"

#include <glib/gi18n-lib.h>

#define CONNECT_SECONDS 10

guint
ferry_vsphere_get_timeout_seconds (guint usual)
{
  const char *text = g_getenv ("FERRY_VSPHERE_TIMEOUT");
  guint64 seconds;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, 3600, &seconds, NULL))
    return usual;

  return (guint) seconds;
}

/* --- errors --- */

static gboolean
is_silence (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE);
}

gboolean
ferry_vsphere_fail_connection (const FerryVsphereAddress *address, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (cause->domain == FERRY_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (cause->domain == G_RESOLVER_ERROR)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       _("There is no computer called ‘%s’. Check the name, or enter its "
                          "address."),
                       address->host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("‘%s’ refuses connections on port %u. Check the address, and whether the "
                          "server runs."),
                       address->host, address->port);
  if (is_silence (cause))
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("‘%s’ does not answer. Check the address, the network and firewalls."),
                       address->authority);
  if (cause->domain == G_TLS_ERROR)
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("‘%s’ does not speak TLS as it should (%s). Check the address and port."),
                       address->authority, cause->message);

  return ferry_fail (error, FERRY_ERROR_CONNECTION,
                     _("The connection to ‘%s’ broke off (%s). Try again."), address->authority,
                     cause->message);
}

gboolean
ferry_vsphere_fail_certificate (const FerryVsphereAddress *address,
                                GTlsCertificate *certificate,
                                GTlsCertificateFlags flags,
                                GError **error)
{
  g_autoptr (FerryTrustQuestion) question =
      ferry_trust_question_new_certificate (address->trust, certificate, flags);

  if (question->known_fingerprint != NULL)
    return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                       _("The certificate of ‘%s’ is not the one that is trusted: SHA-256 %s, but "
                          "%s was accepted. If it was renewed, accept the new one; if not, "
                          "somebody "
                          "may be in between."),
                       address->authority, question->fingerprint, question->known_fingerprint);

  return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                     _("The certificate of ‘%s’ is not trusted: %s Compare its fingerprint "
                        "(SHA-256 "
                        "%s) with the server’s and accept it, or install the authority that "
                        "signed it."),
                     address->authority, question->problem, question->fingerprint);
}

/* --- what programs that are given the certificate will make of it --- */

/* A certificate that is pinned is its own authority here; what is left are its name and its
 * dates. */
static GTlsCertificateFlags
verify_alone (GTlsCertificate *certificate, const FerryVsphereAddress *address)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (address->host, address->port);

  return g_tls_certificate_verify (certificate, identity, certificate);
}

static char *
list_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  GString *text = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      gsize length;
      const char *name = g_bytes_get_data (names->pdata[i], &length);

      g_string_append (text, i > 0 ? ", " : "");
      g_string_append_len (text, name, (gssize) length);
    }

  return g_string_free (text, FALSE);
}

gboolean
ferry_vsphere_certificate_is_usable (GTlsCertificate *certificate,
                                     const FerryVsphereAddress *address,
                                     GError **error)
{
  GTlsCertificateFlags flags = verify_alone (certificate, address);
  g_autofree char *names = NULL;

  if ((flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
    return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                       _("The certificate of ‘%s’ is out of date, and disks cannot be read over "
                          "HTTPS with it. Renew it, or correct the clock."),
                       address->authority);
  if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) == 0)
    return TRUE;
  names = list_names (certificate);
  if (*names == '\0')
    return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                       _("The certificate of ‘%s’ names no server, and disks cannot be read over "
                          "HTTPS with it. Give the server one that does."),
                       address->authority);

  return ferry_fail (error, FERRY_ERROR_CERTIFICATE,
                     _("The certificate of ‘%s’ is for another name, and disks cannot be read "
                        "over "
                        "HTTPS with it. Enter one of its names for the server: %s."),
                     address->authority, names);
}

/* --- examine --- */

typedef struct
{
  const FerryVsphereAddress *address;
  GTlsCertificate *certificate; /* (owned): one that is not trusted */
  GTlsCertificateFlags flags;
} Examination;

static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       Examination *examination)
{
  if (ferry_trust_certificate_is_pinned (examination->address->trust, certificate))
    return TRUE;
  g_set_object (&examination->certificate, certificate);
  examination->flags = flags;

  return FALSE;
}

static void
on_event (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *connection,
          Examination *examination)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (connection, "accept-certificate", G_CALLBACK (on_accept_certificate),
                      examination);
}

static gboolean
shake_hands (Examination *examination, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) cause = NULL;

  g_socket_client_set_tls (client, TRUE);
  g_socket_client_set_timeout (client, ferry_vsphere_get_timeout_seconds (CONNECT_SECONDS));
  g_signal_connect (client, "event", G_CALLBACK (on_event), examination);
  connection = g_socket_client_connect_to_host (client, examination->address->authority,
                                                examination->address->port, cancellable, &cause);
  if (connection == NULL && examination->certificate == NULL)
    return ferry_vsphere_fail_connection (examination->address, g_steal_pointer (&cause), error);

  return TRUE;
}

gboolean
ferry_vsphere_examine (const FerryPlanSource *source,
                       FerryTrustQuestion **out_question,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (FerryVsphereAddress) address = ferry_vsphere_address_parse (source->host, error);
  Examination examination = { .address = address };
  gboolean success;

  if (address == NULL)
    return FALSE;
  success = shake_hands (&examination, cancellable, error);
  if (success && source->verify && examination.certificate != NULL)
    *out_question = ferry_trust_question_new_certificate (address->trust, examination.certificate,
                                                          examination.flags);
  g_clear_object (&examination.certificate);

  return success;
}
