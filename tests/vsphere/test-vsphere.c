/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-vsphere-query.h"
#include "ferry-vsphere.h"
#include "soap-server.h"

#include <string.h>

/* What a server may answer, and what comes of it: an error, never a crash, never an endless
 * wait. */

static void
on_found (const FerryVsphereObject *object, gpointer ids)
{
  g_ptr_array_add (ids, g_strconcat (object->type, ":", object->id, NULL));
}

/* Opens, and asks for the list. */
static GPtrArray *
ask (SoapServer *server, GError **error)
{
  g_autoptr (FerryPlanSource) source = soap_server_make_source (server);
  g_autoptr (FerryVsphere) session = ferry_vsphere_open (source, NULL, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *spec_set = NULL;
  FerryVsphereQuery query = { .page = 10, .found = on_found, .user_data = ids };

  if (session == NULL)
    return NULL;
  spec_set = ferry_vsphere_query_list (ferry_vsphere_get_about (session), NULL);
  query.spec_set = spec_set;

  return ferry_vsphere_retrieve (session, &query, NULL, error) ? g_steal_pointer (&ids) : NULL;
}

static void
assert_ask_fails (SoapServer *server, FerryError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = ask (server, &error);

  g_assert_null (ids);
  g_assert_error (error, FERRY_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (word != NULL)
    g_assert_nonnull (strstr (error->message, word));
}

/* --- bad answers --- */

typedef struct
{
  const char *name;
  const char *text;
  gssize length;
} Bad;

static const Bad bad[] = {
  { "empty", "", 0 },
  { "nothing-but-text", "hello", -1 },
  { "html", "<!DOCTYPE html><html><body>It works!</body></html>", -1 },
  { "json", "{\"a\":1}", -1 },
  { "cut-off", "<soapenv:Envelope xmlns:soapenv='x'><soapenv:Body><Retr", -1 },
  { "no-envelope", "<a/>", -1 },
  { "no-body", "<Envelope/>", -1 },
  { "empty-body", "<Envelope><Body/></Envelope>", -1 },
  { "text-body", "<Envelope><Body>text</Body></Envelope>", -1 },
  { "wrong-answer", "<Envelope><Body><LogoutResponse/></Body></Envelope>", -1 },
  { "entity",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Envelope><Body>&x;</Body></Envelope>",
    -1 },
  { "bomb",
    "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><Envelope><Body>&c;</Body></Envelope>",
    -1 },
  { "not-utf8", "<Envelope><Body>\xff\xfe\xfd</Body></Envelope>", -1 },
  { "half-utf8", "<Envelope><Body>\xe2\x82</Body></Envelope>", -1 },
  { "nul", "<Envelope>\0<Body/></Envelope>", 26 },
  { "control", "<Envelope><Body>\x01</Body></Envelope>", -1 },
};

static void
test_bad_content (gconstpointer data)
{
  const Bad *test = data;
  g_autoptr (SoapServer) server = soap_server_start ();

  soap_server_answer (server, 200, test->text, test->length);
  assert_ask_fails (server, FERRY_ERROR_INVALID, NULL);
}

static void
test_bad_page (gconstpointer data)
{
  const Bad *test = data;
  g_autoptr (SoapServer) server = soap_server_start ();

  soap_server_answer_start (server, "7.0.3.0");
  soap_server_answer (server, 200, test->text, test->length);
  assert_ask_fails (server, FERRY_ERROR_INVALID, NULL);
}

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

static void
test_deep (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autofree char *opened = repeat ("<a>", 10000);
  g_autofree char *closed = repeat ("</a>", 10000);
  g_autofree char *text =
      g_strconcat ("<Envelope><Body>", opened, closed, "</Body></Envelope>", NULL);

  soap_server_answer (server, 200, text, -1);
  assert_ask_fails (server, FERRY_ERROR_INVALID, NULL);
  soap_server_answer_start (server, "7.0");
  soap_server_answer (server, 200, text, -1);
  assert_ask_fails (server, FERRY_ERROR_INVALID, NULL);
}

static void
test_long (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autofree char *objects = repeat ("<objects><obj type='Folder'>f</obj></objects>", 1200000);

  g_assert_cmpuint (strlen (objects), >, 50 << 20);
  soap_server_answer (server, 200, objects, -1);
  assert_ask_fails (server, FERRY_ERROR_INVALID, "longer");
  soap_server_answer_start (server, "7.0");
  soap_server_answer_objects (server, FALSE, NULL, objects);
  assert_ask_fails (server, FERRY_ERROR_INVALID, "longer");
}

/* Real ones are large, too. */
static void
test_large (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autofree char *objects = repeat ("<objects><obj type='Folder'>f</obj></objects>", 500000);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  g_assert_cmpuint (strlen (objects), >, 20 << 20);
  soap_server_answer_start (server, "7.0");
  soap_server_answer_objects (server, FALSE, NULL, objects);
  ids = ask (server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 500000);
}

static void
test_content_without_parts (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();

  soap_server_answer (server, 200,
                      "<Envelope><Body><RetrieveServiceContentResponse/></Body></Envelope>", -1);
  assert_ask_fails (server, FERRY_ERROR_INVALID, "what it has");
  soap_server_answer (server, 200,
                      "<Envelope><Body><RetrieveServiceContentResponse><returnval><about/>"
                      "<rootFolder/></returnval></RetrieveServiceContentResponse></Body></"
                      "Envelope>",
                      -1);
  assert_ask_fails (server, FERRY_ERROR_INVALID, "what it has");
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    FerryError code;
  } cases[] = {
    { 301, FERRY_ERROR_INVALID },    { 302, FERRY_ERROR_INVALID }, { 307, FERRY_ERROR_INVALID },
    { 401, FERRY_ERROR_INVALID },    { 404, FERRY_ERROR_INVALID }, { 501, FERRY_ERROR_INVALID },
    { 503, FERRY_ERROR_CONNECTION },
  };
  g_autoptr (SoapServer) server = soap_server_start ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      soap_server_answer (server, cases[i].status, "no", -1);
      assert_ask_fails (server, cases[i].code, NULL);
    }
  g_assert_null (soap_server_dup_request (server, G_N_ELEMENTS (cases)));
}

/* --- faults --- */

static void
test_faults (void)
{
  static const struct
  {
    const char *kind;
    FerryError code;
    const char *word;
  } cases[] = {
    { "InvalidLogin", FERRY_ERROR_AUTH, "password" },
    { "NoPermission", FERRY_ERROR_PERMISSION, "some words" },
    { "ManagedObjectNotFound", FERRY_ERROR_NOT_FOUND, "no longer" },
    { "RuntimeFault", FERRY_ERROR_FAILED, "some words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoapServer) server = soap_server_start ();

      soap_server_answer_fault (server, cases[i].kind, "some words");
      assert_ask_fails (server, cases[i].code, cases[i].word);
      soap_server_answer_start (server, "7.0");
      soap_server_answer_fault (server, cases[i].kind, "some words");
      assert_ask_fails (server, cases[i].code, cases[i].word);
    }
}

static void
test_odd_faults (void)
{
  static const char *const faults[] = {
    "<Envelope><Body><Fault/></Body></Envelope>",
    "<Envelope><Body><Fault><detail/></Fault></Body></Envelope>",
    "<Envelope><Body><Fault><detail>text</detail></Fault></Body></Envelope>",
    "<Envelope><Body><Fault><faultstring/><detail><Fault/></detail></Fault></Body></Envelope>",
  };
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autofree char *words = repeat ("ü", 1000);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      soap_server_answer (server, 500, faults[i], -1);
      assert_ask_fails (server, FERRY_ERROR_FAILED, "refused");
    }
  soap_server_answer_fault (server, "Odd", words);
  assert_ask_fails (server, FERRY_ERROR_FAILED, "refused: üüüü");
}

static void
test_login_again (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  soap_server_answer_start (server, "7.0");
  soap_server_answer_fault (server, "NotAuthenticated", "gone");
  soap_server_answer (server, 200, "<Envelope><Body><LoginResponse/></Body></Envelope>", -1);
  soap_server_answer_objects (server, FALSE, NULL,
                              "<objects><obj type='VirtualMachine'>vm-1</obj></objects>");
  ids = ask (server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1);
}

static void
test_login_again_once (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();

  soap_server_answer_start (server, "7.0");
  soap_server_answer_fault (server, "NotAuthenticated", "gone");
  soap_server_answer (server, 200, "<Envelope><Body><LoginResponse/></Body></Envelope>", -1);
  soap_server_answer_fault (server, "NotAuthenticated", "gone again");
  assert_ask_fails (server, FERRY_ERROR_PERMISSION, "gone again");
}

/* --- pages --- */

static void
test_pages (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *last = NULL;

  soap_server_answer_start (server, "7.0");
  soap_server_answer_objects (server, FALSE, "a&lt;b",
                              "<objects><obj type='VirtualMachine'>vm-1</obj></objects>"
                              "<objects/><objects><obj/></objects><objects><obj>x</obj></objects>"
                              "<objects><obj type='Folder'/></objects>");
  soap_server_answer_objects (server, TRUE, "2",
                              "<objects><obj type='VirtualMachine'>vm-2</obj></objects>");
  soap_server_answer_objects (server, TRUE, NULL,
                              "<objects><obj type='VirtualMachine'>vm-3</obj></objects>");
  ids = ask (server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpstr (ids->pdata[2], ==, "VirtualMachine:vm-3");
  last = soap_server_dup_request (server, 3);
  g_assert_nonnull (strstr (last, "<token>a&lt;b</token>"));
}

static void
test_endless_pages (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();

  soap_server_answer_start (server, "7.0");
  soap_server_answer_objects (server, FALSE, "1",
                              "<objects><obj type='VirtualMachine'>vm-1</obj></objects>");
  soap_server_answer_objects (server, TRUE, "2", "");
  assert_ask_fails (server, FERRY_ERROR_INVALID, "empty page");
}

static void
test_nothing (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  soap_server_answer_start (server, "7.0");
  soap_server_answer (server, 200,
                      "<Envelope><Body><RetrievePropertiesExResponse/></Body></Envelope>", -1);
  ids = ask (server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 0);
}

/* --- what is sent --- */

static void
test_escapes (void)
{
  g_autoptr (SoapServer) server = soap_server_start ();
  g_autofree char *login = NULL;

  soap_server_answer_start (server, "7.0");
  soap_server_answer_fault (server, "InvalidLogin", "no");
  assert_ask_fails (server, FERRY_ERROR_AUTH, NULL);
  login = soap_server_dup_request (server, 1);
  g_assert_nonnull (strstr (login, "<userName>root</userName>"));
  g_assert_nonnull (strstr (login, "<password>&lt;&amp;&quot;&apos;&gt; ü</password>"));
}

static void
test_bad_credentials (void)
{
  static const char *const passwords[] = { NULL, "\xff\xfe" };
  g_autoptr (SoapServer) server = soap_server_start ();

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr (FerryPlanSource) source = soap_server_make_source (server);
      g_autoptr (GError) error = NULL;

      soap_server_answer_start (server, "7.0");
      ferry_plan_source_set_password (&source->password, passwords[i]);
      g_assert_null (ferry_vsphere_open (source, NULL, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_AUTH);
      soap_server_stop (g_steal_pointer (&server));
      server = soap_server_start ();
    }
}

/* What an old server does not know it must not be asked; what it is asked in an old version, a new
 * one leaves out. */
static void
test_versions (void)
{
  static const char *const versions[][2] = {
    { "4.1", "\"urn:vim25\"" },         { "5.5", "\"urn:vim25/5.5\"" },
    { "6.0", "\"urn:vim25/6.0\"" },     { "6.5", "\"urn:vim25/6.5\"" },
    { "6.7.3", "\"urn:vim25/6.7\"" },   { "7.0.3.0", "\"urn:vim25/7.0\"" },
    { "8.0.2.0", "\"urn:vim25/7.0\"" }, { "", "\"urn:vim25\"" },
    { "x", "\"urn:vim25\"" },           { "99999999999999999999.0", "\"urn:vim25\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (SoapServer) server = soap_server_start ();
      g_autofree char *action = NULL;

      soap_server_answer_start (server, versions[i][0]);
      soap_server_answer_objects (server, FALSE, NULL, "");
      g_ptr_array_unref (ask (server, NULL));
      action = soap_server_dup_action (server, 2);
      g_assert_cmpstr (action, ==, versions[i][1]);
    }
}

static void
test_question_by_version (void)
{
  const char *ids[] = { "vm-1", "vm-<2>" };
  FerryVsphereAbout about = { .root = (char *) "group-d1", .api = "6.0" };
  g_autofree char *old = ferry_vsphere_query_guests (&about, ids, 2);
  g_autofree char *new = NULL;

  about.api = "6.5";
  new = ferry_vsphere_query_guests (&about, ids, 2);
  g_assert_null (strstr (old, "config.keyId"));
  g_assert_nonnull (strstr (new, "config.keyId"));
  g_assert_nonnull (strstr (new, "<obj type=\"VirtualMachine\">vm-&lt;2&gt;</obj>"));
}

/* --- servers that are none --- */

static gpointer
close_at_once_in_thread (gpointer listener)
{
  static const char text[] = "220 ready\r\n";
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);

  if (connection != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                               sizeof text - 1, NULL, NULL, NULL);

  return NULL;
}

static void
test_not_tls (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  GThread *thread = g_thread_new ("not-tls", close_at_once_in_thread, listener);
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;

  ferry_plan_source_set (&source->host, host);
  g_assert_null (ferry_vsphere_open (source, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CONNECTION);
  g_test_message ("%s", error->message);
  g_thread_join (thread);
}

static void
test_bad_host (void)
{
  g_autoptr (FerryPlanSource) source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autoptr (GError) error = NULL;

  ferry_plan_source_set (&source->host, "evil/path?x");
  g_assert_null (ferry_vsphere_open (source, NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *content = g_strconcat ("/vsphere/bad-content/", bad[i].name, NULL);
      g_autofree char *page = g_strconcat ("/vsphere/bad-page/", bad[i].name, NULL);

      g_test_add_data_func (content, &bad[i], test_bad_content);
      g_test_add_data_func (page, &bad[i], test_bad_page);
    }
  g_test_add_func ("/vsphere/deep", test_deep);
  g_test_add_func ("/vsphere/long", test_long);
  g_test_add_func ("/vsphere/large", test_large);
  g_test_add_func ("/vsphere/content-without-parts", test_content_without_parts);
  g_test_add_func ("/vsphere/statuses", test_statuses);
  g_test_add_func ("/vsphere/faults/known", test_faults);
  g_test_add_func ("/vsphere/faults/odd", test_odd_faults);
  g_test_add_func ("/vsphere/login/again", test_login_again);
  g_test_add_func ("/vsphere/login/again-once", test_login_again_once);
  g_test_add_func ("/vsphere/login/bad-credentials", test_bad_credentials);
  g_test_add_func ("/vsphere/login/escapes", test_escapes);
  g_test_add_func ("/vsphere/pages/three", test_pages);
  g_test_add_func ("/vsphere/pages/endless", test_endless_pages);
  g_test_add_func ("/vsphere/pages/nothing", test_nothing);
  g_test_add_func ("/vsphere/versions/action", test_versions);
  g_test_add_func ("/vsphere/versions/question", test_question_by_version);
  g_test_add_func ("/vsphere/no-server/not-tls", test_not_tls);
  g_test_add_func ("/vsphere/no-server/bad-host", test_bad_host);

  return g_test_run ();
}
