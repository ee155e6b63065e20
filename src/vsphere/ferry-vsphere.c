/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere.h"

#include "ferry-error.h"
#include "ferry-soap.h"
#include "ferry-vsphere-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A directory service can take its time for a login, a large inventory for an answer. */
#define PATIENCE_SECONDS 60
#define MAX_ANSWER (1024 * 1024)
#define MAX_PAGE (32 * 1024 * 1024)
#define MAX_ALL (256 * 1024 * 1024)

struct _FerryVsphere
{
  FerryPlanSource source;
  FerryVsphereHttp *http; /* (owned) */
  FerryVsphereAbout about;
  char *session_manager; /* (owned) */
  char *property_collector; /* (owned) */
  char *view_manager; /* (owned) (nullable) */
  gboolean is_logged_in;
};

typedef struct
{
  const char *method;
  GString *arguments;
  gsize max_bytes;
  gsize n_bytes; /* of the answer */
} Call;

static xmlDoc *
call_once (FerryVsphere *self,
           Call *call,
           char **out_fault,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *action =
      g_strconcat ("\"urn:vim25", *self->about.api != '\0' ? "/" : "", self->about.api, "\"", NULL);
  g_autoptr (GBytes) body = ferry_soap_wrap (call->method, call->arguments->str);
  FerryVsphereRequest request = { .action = action, .body = body, .max_bytes = call->max_bytes };
  g_autoptr (GBytes) answer = ferry_vsphere_http_post (self->http, &request, cancellable, error);

  if (answer == NULL)
    return NULL;
  call->n_bytes = g_bytes_get_size (answer);

  return ferry_soap_read (answer, call->method, out_fault, error);
}

static gboolean
append_credentials (FerryVsphere *self, GString *arguments, GError **error)
{
  const char *user = self->source.user;
  const char *password = self->source.password;

  if (user == NULL || password == NULL)
    return ferry_fail (error, FERRY_ERROR_AUTH, _("‘%s’ asks for a user name and a password."),
                       ferry_vsphere_http_get_address (self->http)->authority);
  if (!g_utf8_validate (user, -1, NULL) || !g_utf8_validate (password, -1, NULL))
    return ferry_fail (error, FERRY_ERROR_AUTH,
                       _("The user name or the password is not valid text (UTF-8)."));
  ferry_soap_append (arguments, "userName", user);
  ferry_soap_append (arguments, "password", password);

  return TRUE;
}

static gboolean
log_in (FerryVsphere *self, GCancellable *cancellable, GError **error)
{
  /* Room enough that the text with the password never moves. */
  g_autoptr (GString) arguments = g_string_sized_new (16 * 1024);
  Call call = { .method = "Login", .arguments = arguments, .max_bytes = MAX_ANSWER };
  g_autoptr (xmlDoc) answer = NULL;

  ferry_soap_append_reference (arguments, "_this", "SessionManager", self->session_manager);
  if (append_credentials (self, arguments, error))
    answer = call_once (self, &call, NULL, cancellable, error);
  explicit_bzero (arguments->str, arguments->len);
  self->is_logged_in = answer != NULL;

  return answer != NULL;
}

/* A session can end at any time: by its age, or by an administrator. */
static xmlDoc *
call_method (FerryVsphere *self,
             Call *call,
             char **out_fault,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *fault = NULL;
  g_autoptr (GError) problem = NULL;
  xmlDoc *answer = call_once (self, call, &fault, cancellable, &problem);

  if (answer != NULL)
    return answer;
  if (g_strcmp0 (fault, "NotAuthenticated") != 0)
    {
      if (out_fault != NULL)
        *out_fault = g_steal_pointer (&fault);
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return log_in (self, cancellable, error) ? call_once (self, call, out_fault, cancellable, error)
                                           : NULL;
}

xmlDoc *
ferry_vsphere_call (FerryVsphere *self,
                    const FerryVsphereCall *call,
                    char **out_fault,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GString) arguments = g_string_new (NULL);
  Call whole = { .method = call->method, .arguments = arguments, .max_bytes = MAX_ANSWER };

  ferry_soap_append_reference (arguments, "_this", call->type, call->id);

  return call_method (self, &whole, out_fault, cancellable, error);
}

/* --- what the server is --- */

/* Asked for in an old version, a server leaves out what is newer: TPM, secure boot, NVMe. In one
 * that it does not know, it refuses. */
static const char *
choose_api (const char *offered)
{
  static const struct
  {
    guint number;
    const char *name;
  } known[] = { { 700, "7.0" }, { 607, "6.7" }, { 605, "6.5" }, { 600, "6.0" }, { 505, "5.5" } };
  char *end = NULL;
  guint64 major = offered != NULL ? g_ascii_strtoull (offered, &end, 10) : 0;
  guint64 minor = end != NULL && *end == '.' ? g_ascii_strtoull (end + 1, NULL, 10) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (major < 1000 && major * 100 + MIN (minor, 99) >= known[i].number)
      return known[i].name;

  return "";
}

static void
read_about (FerryVsphere *self, const xmlNode *content)
{
  const xmlNode *about = ferry_xml_get_child (content, "about");
  g_autofree char *api_type = ferry_xml_dup_child_text (about, "apiType");
  g_autofree char *api = ferry_xml_dup_child_text (about, "apiVersion");

  self->about.name = ferry_xml_dup_child_text (about, "name");
  self->about.version = ferry_xml_dup_child_text (about, "version");
  self->about.is_vcenter = g_strcmp0 (api_type, "HostAgent") != 0;
  self->about.api = choose_api (api);
  self->about.root = ferry_xml_dup_child_text (content, "rootFolder");
  self->session_manager = ferry_xml_dup_child_text (content, "sessionManager");
  self->property_collector = ferry_xml_dup_child_text (content, "propertyCollector");
  self->view_manager = ferry_xml_dup_child_text (content, "viewManager");
  if (self->about.name == NULL)
    self->about.name = g_strdup ("VMware");
}

static gboolean
look_around (FerryVsphere *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) arguments = g_string_new (NULL);
  Call call = { .method = "RetrieveServiceContent",
                .arguments = arguments,
                .max_bytes = MAX_ANSWER };
  g_autoptr (xmlDoc) answer = NULL;

  ferry_soap_append_reference (arguments, "_this", "ServiceInstance", "ServiceInstance");
  answer = call_once (self, &call, NULL, cancellable, error);
  if (answer == NULL)
    return FALSE;
  read_about (self, ferry_xml_get_child (ferry_soap_get_result (answer), "returnval"));
  if (self->session_manager == NULL || self->property_collector == NULL || self->about.root == NULL)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The server does not say what it has. Make sure that the address is that "
                          "of a vCenter or ESXi."));

  return TRUE;
}

/* --- open, close --- */

static void
free_session (FerryVsphere *self)
{
  ferry_plan_source_clear (&self->source);
  g_clear_pointer (&self->http, ferry_vsphere_http_free);
  g_free (self->about.name);
  g_free (self->about.version);
  g_free (self->about.root);
  g_free (self->session_manager);
  g_free (self->property_collector);
  g_free (self->view_manager);
  g_free (self);
}

static FerryVsphere *
new_session (const FerryPlanSource *source, GError **error)
{
  FerryVsphere *self = g_new0 (FerryVsphere, 1);

  self->about.api = "";
  ferry_plan_source_copy (source, &self->source);
  self->http = ferry_vsphere_http_new (source, error);
  if (self->http != NULL)
    return self;
  free_session (self);

  return NULL;
}

gboolean
ferry_vsphere_find_kind (const FerryPlanSource *source,
                         gboolean *out_is_vcenter,
                         GCancellable *cancellable,
                         GError **error)
{
  FerryVsphere *self = new_session (source, error);
  gboolean found = self != NULL && look_around (self, cancellable, error);

  if (found)
    *out_is_vcenter = self->about.is_vcenter;
  if (self != NULL)
    free_session (self);

  return found;
}

FerryVsphere *
ferry_vsphere_open (const FerryPlanSource *source, GCancellable *cancellable, GError **error)
{
  FerryVsphere *self = new_session (source, error);

  if (self == NULL)
    return NULL;
  if (look_around (self, cancellable, error))
    {
      ferry_vsphere_http_set_patience (self->http, PATIENCE_SECONDS);
      if (log_in (self, cancellable, error))
        return self;
    }
  free_session (self);

  return NULL;
}

static void
log_out (FerryVsphere *self)
{
  g_autoptr (GString) arguments = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  FerryVsphereRequest request = { .action = "\"urn:vim25\"", .without_answer = TRUE };

  ferry_soap_append_reference (arguments, "_this", "SessionManager", self->session_manager);
  body = ferry_soap_wrap ("Logout", arguments->str);
  request.body = body;
  answer = ferry_vsphere_http_post (self->http, &request, NULL, NULL);
}

void
ferry_vsphere_close (FerryVsphere *self)
{
  if (self == NULL)
    return;
  if (self->is_logged_in)
    log_out (self);
  free_session (self);
}

const FerryVsphereAbout *
ferry_vsphere_get_about (const FerryVsphere *self)
{
  return &self->about;
}

FerryVsphereHttp *
ferry_vsphere_get_http (FerryVsphere *self)
{
  return self->http;
}

/* --- the property collector --- */

/* @token: (inout): of the page that comes next */
static gboolean
read_page (FerryVsphere *self,
           Call *call,
           const FerryVsphereQuery *query,
           char **token,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (xmlDoc) answer = call_method (self, call, NULL, cancellable, error);
  const xmlNode *page;
  guint n_objects;

  if (answer == NULL)
    return FALSE;
  page = ferry_xml_get_child (ferry_soap_get_result (answer), "returnval");
  n_objects = ferry_vsphere_objects_find (page, query->found, query->user_data);
  g_clear_pointer (token, g_free);
  *token = page != NULL ? ferry_xml_dup_child_text (page, "token") : NULL;
  if (*token != NULL && n_objects == 0)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("The server’s answer has an empty page; it was not read any further."));

  return TRUE;
}

static void
ask_for_first (FerryVsphere *self, const FerryVsphereQuery *query, GString *arguments)
{
  ferry_soap_append_reference (arguments, "_this", "PropertyCollector", self->property_collector);
  g_string_append (arguments, query->spec_set);
  g_string_append_printf (arguments, "<options><maxObjects>%u</maxObjects></options>", query->page);
}

static void
ask_for_next (FerryVsphere *self, const char *token, GString *arguments)
{
  g_string_truncate (arguments, 0);
  ferry_soap_append_reference (arguments, "_this", "PropertyCollector", self->property_collector);
  ferry_soap_append (arguments, "token", token);
}

gboolean
ferry_vsphere_retrieve (FerryVsphere *self,
                        const FerryVsphereQuery *query,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GString) arguments = g_string_new (NULL);
  Call call = { .method = "RetrievePropertiesEx", .arguments = arguments, .max_bytes = MAX_PAGE };
  g_autofree char *token = NULL;
  gsize n_bytes = 0;

  ask_for_first (self, query, arguments);
  if (!read_page (self, &call, query, &token, cancellable, error))
    return FALSE;
  call.method = "ContinueRetrievePropertiesEx";
  for (n_bytes = call.n_bytes; token != NULL; n_bytes += call.n_bytes)
    {
      if (n_bytes > MAX_ALL)
        return ferry_fail (error, FERRY_ERROR_INVALID,
                           _("The server has more to tell than can be read. Name a data center or "
                              "an ESXi host to see only its virtual machines."));
      ask_for_next (self, token, arguments);
      if (!read_page (self, &call, query, &token, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* --- views --- */

char *
ferry_vsphere_create_view (FerryVsphere *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) arguments = g_string_new (NULL);
  Call call = { .method = "CreateContainerView", .arguments = arguments, .max_bytes = MAX_ANSWER };
  g_autoptr (xmlDoc) answer = NULL;
  char *view;

  ferry_soap_append_reference (arguments, "_this", "ViewManager",
                               self->view_manager != NULL ? self->view_manager : "ViewManager");
  ferry_soap_append_reference (arguments, "container", "Folder", self->about.root);
  ferry_vsphere_query_append_view_types (arguments);
  ferry_soap_append (arguments, "recursive", "true");
  answer = call_method (self, &call, NULL, cancellable, error);
  if (answer == NULL)
    return NULL;
  view = ferry_xml_dup_child_text (ferry_soap_get_result (answer), "returnval");
  if (view == NULL)
    ferry_fail (error, FERRY_ERROR_INVALID, _("The server does not show its inventory."));

  return view;
}

void
ferry_vsphere_destroy_view (FerryVsphere *self, const char *view, GCancellable *cancellable)
{
  g_autoptr (GString) arguments = g_string_new (NULL);
  Call call = { .method = "DestroyView", .arguments = arguments, .max_bytes = MAX_ANSWER };
  g_autoptr (xmlDoc) answer = NULL;

  ferry_soap_append_reference (arguments, "_this", "ContainerView", view);
  answer = call_method (self, &call, NULL, cancellable, NULL);
}
