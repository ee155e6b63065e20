/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "soap-server.h"

#include <libsoup/soup.h>
#include <string.h>

#define ENVELOPE_START                                                                             \
  "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope "                                       \
  "xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' "                                     \
  "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><soapenv:Body>"
#define ENVELOPE_END "</soapenv:Body></soapenv:Envelope>"

typedef struct
{
  guint status;
  GBytes *text;
} Answer;

typedef struct
{
  char *body;
  char *action;
} Request;

struct _SoapServer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GMutex lock;
  GCond is_ready;
  guint port;
  GQueue answers;
  GPtrArray *requests;
};

static void
request_free (Request *request)
{
  g_free (request->body);
  g_free (request->action);
  g_free (request);
}

static void
answer_free (Answer *answer)
{
  g_bytes_unref (answer->text);
  g_free (answer);
}

static void
remember (SoapServer *server, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Request *request = g_new0 (Request, 1);

  request->body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  request->action = g_strdup (soup_message_headers_get_one (headers, "SOAPAction"));
  g_ptr_array_add (server->requests, request);
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  SoapServer *server = data;
  Answer *answer;

  g_mutex_lock (&server->lock);
  remember (server, message);
  answer = g_queue_pop_head (&server->answers);
  g_mutex_unlock (&server->lock);
  soup_server_message_set_status (message, answer != NULL ? answer->status : 500, NULL);
  if (answer == NULL)
    return;
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         "text/xml", NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                "https://127.0.0.1:1/sdk");
  if (g_bytes_get_size (answer->text) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer->text);
  answer_free (answer);
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "test-server.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

/* SoupServer loses connections that break in the middle of an answer; LeakSanitizer, when it is
 * there, need not tell. */
extern void __lsan_disable (void) __attribute__ ((weak));

static gpointer
serve_in_thread (gpointer data)
{
  SoapServer *server = data;
  g_autoptr (SoupServer) soup = NULL;
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (GError) error = NULL;
  GSList *uris;

  if (__lsan_disable != NULL)
    __lsan_disable ();
  g_main_context_push_thread_default (server->context);
  soup = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (soup, NULL, on_request, server, NULL);
  soup_server_listen_local (soup, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (soup);
  g_mutex_lock (&server->lock);
  server->port = (guint) g_uri_get_port (uris->data);
  g_cond_signal (&server->is_ready);
  g_mutex_unlock (&server->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (server->loop);
  soup_server_disconnect (soup);
  g_main_context_pop_thread_default (server->context);

  return NULL;
}

SoapServer *
soap_server_start (void)
{
  SoapServer *server = g_new0 (SoapServer, 1);

  g_mutex_init (&server->lock);
  g_cond_init (&server->is_ready);
  server->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->thread = g_thread_new ("soap-server", serve_in_thread, server);
  g_mutex_lock (&server->lock);
  while (server->port == 0)
    g_cond_wait (&server->is_ready, &server->lock);
  g_mutex_unlock (&server->lock);

  return server;
}

static gboolean
on_quit (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

/* A loop that does not run yet would forget that it was told to quit. */
static void
quit_when_running (SoapServer *server)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, on_quit, server->loop, NULL);
  g_source_attach (source, server->context);
}

void
soap_server_stop (SoapServer *server)
{
  if (server == NULL)
    return;
  quit_when_running (server);
  g_thread_join (server->thread);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_queue_clear_full (&server->answers, (GDestroyNotify) answer_free);
  g_ptr_array_unref (server->requests);
  g_mutex_clear (&server->lock);
  g_cond_clear (&server->is_ready);
  g_free (server);
}

void
soap_server_answer (SoapServer *server, guint status, const char *text, gssize length)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->text = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_mutex_lock (&server->lock);
  g_queue_push_tail (&server->answers, answer);
  g_mutex_unlock (&server->lock);
}

static void
answer_in_envelope (SoapServer *server, guint status, const char *body)
{
  g_autofree char *text = g_strconcat (ENVELOPE_START, body, ENVELOPE_END, NULL);

  soap_server_answer (server, status, text, -1);
}

void
soap_server_answer_start (SoapServer *server, const char *api_version)
{
  g_autofree char *content =
      g_strdup_printf ("<RetrieveServiceContentResponse xmlns='urn:vim25'><returnval>"
                       "<rootFolder type='Folder'>group-d1</rootFolder>"
                       "<propertyCollector "
                       "type='PropertyCollector'>propertyCollector</propertyCollector>"
                       "<viewManager type='ViewManager'>ViewManager</viewManager>"
                       "<about><name>VMware vCenter Server</name><version>%s</version>"
                       "<apiType>VirtualCenter</apiType><apiVersion>%s</apiVersion></about>"
                       "<sessionManager type='SessionManager'>SessionManager</sessionManager>"
                       "</returnval></RetrieveServiceContentResponse>",
                       api_version, api_version);

  answer_in_envelope (server, 200, content);
  answer_in_envelope (server, 200,
                      "<LoginResponse xmlns='urn:vim25'><returnval><key>k</key></returnval>"
                      "</LoginResponse>");
}

void
soap_server_answer_fault (SoapServer *server, const char *kind, const char *text)
{
  g_autofree char *body =
      g_strdup_printf ("<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>%s"
                       "</faultstring><detail><%sFault xmlns='urn:vim25' xsi:type='%s'/></detail>"
                       "</soapenv:Fault>",
                       text, kind, kind);

  answer_in_envelope (server, 500, body);
}

void
soap_server_answer_objects (SoapServer *server,
                            gboolean is_continued,
                            const char *token,
                            const char *objects)
{
  const char *name = is_continued ? "Continue" : "";
  g_autofree char *mark =
      token != NULL ? g_strdup_printf ("<token>%s</token>", token) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("<%sRetrievePropertiesExResponse "
                                           "xmlns='urn:vim25'><returnval>%s%s</returnval>"
                                           "</%sRetrievePropertiesExResponse>",
                                           name, mark, objects, name);

  answer_in_envelope (server, 200, body);
}

static char *
dup_part (SoapServer *server, guint index, gsize offset)
{
  char *part = NULL;

  g_mutex_lock (&server->lock);
  if (index < server->requests->len)
    part = g_strdup (G_STRUCT_MEMBER (char *, server->requests->pdata[index], offset));
  g_mutex_unlock (&server->lock);

  return part;
}

char *
soap_server_dup_request (SoapServer *server, guint index)
{
  return dup_part (server, index, G_STRUCT_OFFSET (Request, body));
}

char *
soap_server_dup_action (SoapServer *server, guint index)
{
  return dup_part (server, index, G_STRUCT_OFFSET (Request, action));
}

FerryPlanSource *
soap_server_make_source (SoapServer *server)
{
  FerryPlanSource *source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", server->port);

  ferry_plan_source_set (&source->host, host);
  ferry_plan_source_set (&source->user, "root");
  ferry_plan_source_set_password (&source->password, "<&\"'> ü");
  source->verify = FALSE;

  return source;
}
