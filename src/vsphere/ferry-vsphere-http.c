/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-http.h"

#include "ferry-error.h"
#include "ferry-trust.h"
#include "ferry-vsphere-tls.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define CONNECT_SECONDS 10
#define READ_BYTES (64 * 1024)

struct _FerryVsphereHttp
{
  FerryVsphereAddress *address; /* (owned) */
  gboolean verify;
  SoupSession *session; /* (owned) */
  GSocket *socket; /* (owned) (nullable): of the connection */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GTlsCertificateFlags flags; /* what was wrong with it when it was refused */
  gboolean was_refused;
};

/* Only the system's authorities, or exactly the certificate that was accepted by the user. */
static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       FerryVsphereHttp *self)
{
  if (!self->verify || ferry_trust_certificate_is_pinned (self->address->trust, certificate))
    return TRUE;
  g_set_object (&self->certificate, certificate);
  self->flags = flags;
  self->was_refused = TRUE;

  return FALSE;
}

/* HTTP/2 has nothing to give to one request after the other. */
static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  FerryVsphereHttp *self)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_set_object (&self->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection),
                                               (const gchar **) protocols);
}

FerryVsphereHttp *
ferry_vsphere_http_new (const FerryPlanSource *source, GError **error)
{
  FerryVsphereAddress *address = ferry_vsphere_address_parse (source->host, error);
  FerryVsphereHttp *self;

  if (address == NULL)
    return NULL;
  self = g_new0 (FerryVsphereHttp, 1);
  self->address = address;
  self->verify = source->verify;
  self->session =
      soup_session_new_with_options ("timeout", ferry_vsphere_get_timeout_seconds (CONNECT_SECONDS),
                                     "idle-timeout", 0, "user-agent", "Ferry/" FERRY_VERSION,
                                     "max-conns", 1, NULL);
  soup_session_add_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);

  return self;
}

void
ferry_vsphere_http_free (FerryVsphereHttp *self)
{
  if (self == NULL)
    return;
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->socket);
  g_clear_object (&self->certificate);
  ferry_vsphere_address_free (self->address);
  g_free (self);
}

const FerryVsphereAddress *
ferry_vsphere_http_get_address (const FerryVsphereHttp *self)
{
  return self->address;
}

GTlsCertificate *
ferry_vsphere_http_get_certificate (const FerryVsphereHttp *self)
{
  return self->certificate;
}

void
ferry_vsphere_http_set_patience (FerryVsphereHttp *self, guint seconds)
{
  if (self->socket != NULL)
    g_socket_set_timeout (self->socket, ferry_vsphere_get_timeout_seconds (seconds));
}

static SoupMessage *
make_message (FerryVsphereHttp *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat ("https://", self->address->authority, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  /* Nothing that is asked for changes anything, and only then is a connection used twice. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), self);

  return message;
}

static gboolean
fail_to_send (FerryVsphereHttp *self, GError *cause, GError **error)
{
  if (!self->was_refused)
    return ferry_vsphere_fail_connection (self->address, cause, error);
  g_error_free (cause);

  return ferry_vsphere_fail_certificate (self->address, self->certificate, self->flags, error);
}

static GInputStream *
send_message (FerryVsphereHttp *self,
              SoupMessage *message,
              GCancellable *cancellable,
              GError **error)
{
  GError *cause = NULL;
  GInputStream *stream;
  GTlsCertificate *certificate;

  self->was_refused = FALSE;
  stream = soup_session_send (self->session, message, cancellable, &cause);
  if (stream == NULL)
    {
      fail_to_send (self, cause, error);
      return NULL;
    }
  certificate = soup_message_get_tls_peer_certificate (message);
  if (certificate != NULL)
    g_set_object (&self->certificate, certificate);

  return stream;
}

/* How long it will be is the server's word, and what it unpacks to is not even that. */
static GBytes *
read_all (FerryVsphereHttp *self,
          GInputStream *stream,
          gsize max_bytes,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GError *cause = NULL;
  gssize n = 1;

  while (n > 0)
    {
      gsize length = bytes->len;

      g_byte_array_set_size (bytes, (guint) (length + READ_BYTES));
      n = g_input_stream_read (stream, bytes->data + length, READ_BYTES, cancellable, &cause);
      g_byte_array_set_size (bytes, (guint) (length + (gsize) MAX (n, 0)));
      if (bytes->len > max_bytes)
        {
          ferry_fail (error, FERRY_ERROR_INVALID,
                      _("The answer of ‘%s’ is longer than any that is needed; it was not read."),
                      self->address->authority);
          return NULL;
        }
    }
  if (n < 0)
    {
      ferry_vsphere_fail_connection (self->address, cause, error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
check_status (FerryVsphereHttp *self, guint status, GError **error)
{
  if (status == SOUP_STATUS_OK || status == SOUP_STATUS_INTERNAL_SERVER_ERROR)
    return TRUE;
  if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       _("‘%s’ is not ready: its vCenter service does not run (yet). Try again in "
                          "some minutes."),
                       self->address->authority);

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ is no vCenter or ESXi, or does not offer their interface: it answers "
                        "with status %u. Check the address."),
                     self->address->authority, status);
}

static void
on_wrote_body (SoupMessage *message, GCancellable *enough)
{
  g_cancellable_cancel (enough);
}

static GBytes *
send_without_answer (FerryVsphereHttp *self, SoupMessage *message)
{
  g_autoptr (GCancellable) enough = g_cancellable_new ();
  g_autoptr (GInputStream) stream = NULL;

  g_signal_connect (message, "wrote-body", G_CALLBACK (on_wrote_body), enough);
  stream = soup_session_send (self->session, message, enough, NULL);

  return g_bytes_new (NULL, 0);
}

GBytes *
ferry_vsphere_http_post (FerryVsphereHttp *self,
                         const FerryVsphereRequest *request,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (SoupMessage) message = make_message (self, SOUP_METHOD_POST, "/sdk");
  g_autoptr (GInputStream) stream = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "SOAPAction",
                                request->action);
  soup_message_set_request_body_from_bytes (message, "text/xml; charset=utf-8", request->body);
  if (request->without_answer)
    return send_without_answer (self, message);
  stream = send_message (self, message, cancellable, error);
  if (stream == NULL || !check_status (self, soup_message_get_status (message), error))
    return NULL;

  return read_all (self, stream, request->max_bytes, cancellable, error);
}

/* --- files of datastores --- */

static void
add_authorization (SoupMessage *message, const FerryPlanSource *source)
{
  g_autofree char *pair =
      g_strconcat (source->user, ":", source->password != NULL ? source->password : "", NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  explicit_bzero (pair, strlen (pair));
  explicit_bzero (encoded, strlen (encoded));
  explicit_bzero (value, strlen (value));
}

static gboolean
check_file_status (FerryVsphereHttp *self, guint status, GError **error)
{
  switch (status)
    {
    case SOUP_STATUS_OK:
      return TRUE;
    case SOUP_STATUS_UNAUTHORIZED:
      return ferry_fail (error, FERRY_ERROR_AUTH,
                         _("‘%s’ does not accept this user name and password for the files of its "
                            "datastores."),
                         self->address->authority);
    case SOUP_STATUS_FORBIDDEN:
      return ferry_fail (error, FERRY_ERROR_PERMISSION,
                         _("This user may not read the files of datastores on ‘%s’. Ask for the "
                            "privilege ‘Datastore › Browse datastore’."),
                         self->address->authority);
    case SOUP_STATUS_NOT_FOUND:
      return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _("‘%s’ does not have the file."),
                         self->address->authority);
    default:
      return ferry_fail (error, FERRY_ERROR_CONNECTION,
                         _("‘%s’ does not give the file: it answers with status %u."),
                         self->address->authority, status);
    }
}

gint64
ferry_vsphere_http_measure (FerryVsphereHttp *self,
                            const char *path,
                            const FerryPlanSource *source,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (SoupMessage) message = make_message (self, SOUP_METHOD_HEAD, path);
  g_autoptr (GInputStream) stream = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  add_authorization (message, source);
  stream = send_message (self, message, cancellable, error);
  if (stream == NULL || !check_file_status (self, soup_message_get_status (message), error))
    return -1;
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    {
      ferry_fail (error, FERRY_ERROR_UNSUPPORTED, _("‘%s’ does not say how long the file is."),
                  self->address->authority);
      return -1;
    }

  return (gint64) soup_message_headers_get_content_length (headers);
}
