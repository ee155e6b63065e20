/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-helper.h"

#include "ferry-json.h"
#include "ferry-libvirt-answer.h"
#include "ferry-libvirt-inspect.h"

/* A question; ferry-libvirt-call.h says what each needs. */
typedef struct
{
  char *request;
  char *uri;
  char *pool;
  char *name;
  char *xml;
} Question;

static void
question_clear (Question *question)
{
  g_free (question->request);
  g_free (question->uri);
  g_free (question->pool);
  g_free (question->name);
  g_free (question->xml);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* --- domains --- */

static gboolean
inspect (virConnectPtr connection, const Question *question)
{
  return ferry_inspect_connection (connection);
}

static gboolean
read_domain (virConnectPtr connection, const Question *question)
{
  g_autoptr (virDomain) domain = virDomainLookupByName (connection, question->name);
  g_autofree char *xml = NULL;
  JsonObject *line;

  if (domain == NULL)
    return ferry_answer_refuse_last ();
  /* With what a redefinition would lose otherwise: a console's password. */
  xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
  if (xml == NULL)
    return ferry_answer_refuse_last ();

  line = ferry_answer_new_line ("domain");
  ferry_answer_set_text (line, "xml", xml);
  ferry_answer_send (line);

  return TRUE;
}

static gboolean
define_domain (virConnectPtr connection, const Question *question)
{
  g_autoptr (virDomain) domain = virDomainDefineXML (connection, question->xml);

  return domain != NULL || ferry_answer_refuse_last ();
}

static gboolean
start_domain (virConnectPtr connection, const Question *question)
{
  g_autoptr (virDomain) domain = virDomainLookupByName (connection, question->name);

  if (domain == NULL || virDomainCreate (domain) != 0)
    return ferry_answer_refuse_last ();

  return TRUE;
}

/* Not every driver knows every flag. */
static gboolean
undefine (virDomainPtr domain)
{
  static const guint flags[] = {
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
        VIR_DOMAIN_UNDEFINE_NVRAM | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA,
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
        VIR_DOMAIN_UNDEFINE_NVRAM,
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      int code;

      if (virDomainUndefineFlags (domain, flags[i]) == 0)
        return TRUE;
      code = virGetLastErrorCode ();
      if (code != VIR_ERR_INVALID_ARG && code != VIR_ERR_ARGUMENT_UNSUPPORTED &&
          code != VIR_ERR_NO_SUPPORT)
        return FALSE;
    }

  return virDomainUndefine (domain) == 0;
}

static gboolean
undefine_domain (virConnectPtr connection, const Question *question)
{
  g_autoptr (virDomain) domain = virDomainLookupByName (connection, question->name);

  if (domain == NULL)
    return ferry_answer_refuse_last ();
  /* It may stop by itself meanwhile. */
  if (virDomainIsActive (domain) == 1 && virDomainDestroy (domain) != 0 &&
      virGetLastErrorCode () != VIR_ERR_OPERATION_INVALID)
    return ferry_answer_refuse_last ();

  return undefine (domain) || ferry_answer_refuse_last ();
}

/* --- pools and volumes --- */

static gboolean
refresh_pool (virConnectPtr connection, const Question *question)
{
  g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (connection, question->pool);

  if (pool == NULL || virStoragePoolRefresh (pool, 0) != 0)
    return ferry_answer_refuse_last ();

  return TRUE;
}

static gboolean
list_volumes (virConnectPtr connection, const Question *question)
{
  g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (connection, question->pool);
  g_autofree virStorageVolPtr *volumes = NULL;
  int count;

  if (pool == NULL)
    return ferry_answer_refuse_last ();
  count = virStoragePoolListAllVolumes (pool, &volumes, 0);
  if (count < 0)
    return ferry_answer_refuse_last ();

  for (int i = 0; i < count; i++)
    {
      g_autoptr (virStorageVol) volume = volumes[i];
      JsonObject *line = ferry_answer_new_line ("volume");

      ferry_answer_set_text (line, "name", virStorageVolGetName (volume));
      ferry_answer_send (line);
    }

  return TRUE;
}

static gboolean
get_volume (virConnectPtr connection, const Question *question)
{
  g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (connection, question->pool);
  g_autoptr (virStorageVol) volume = NULL;
  g_autofree char *path = NULL;
  virStorageVolInfo info;
  JsonObject *line;

  if (pool == NULL)
    return ferry_answer_refuse_last ();
  volume = virStorageVolLookupByName (pool, question->name);
  if (volume == NULL || virStorageVolGetInfo (volume, &info) != 0)
    return ferry_answer_refuse_last ();

  path = virStorageVolGetPath (volume);
  line = ferry_answer_new_line ("volume");
  ferry_answer_set_text (line, "path", path);
  ferry_answer_set_size (line, "capacity", info.capacity);
  ferry_answer_send (line);

  return TRUE;
}

/* virt-v2v makes the file without libvirt, which knows of it only after a refresh. */
static gboolean
delete_volume (virConnectPtr connection, const Question *question)
{
  g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (connection, question->pool);
  g_autoptr (virStorageVol) volume = NULL;

  if (pool == NULL || virStoragePoolRefresh (pool, 0) != 0)
    return ferry_answer_refuse_last ();
  volume = virStorageVolLookupByName (pool, question->name);
  if (volume == NULL || virStorageVolDelete (volume, 0) != 0)
    return ferry_answer_refuse_last ();

  return TRUE;
}

/* --- the question --- */

static const struct
{
  const char *request;
  gboolean wants_pool, wants_name, wants_xml;
  gboolean (*answer) (virConnectPtr connection, const Question *question);
} requests[] = {
  { "inspect", FALSE, FALSE, FALSE, inspect },
  { "read-domain", FALSE, TRUE, FALSE, read_domain },
  { "define-domain", FALSE, FALSE, TRUE, define_domain },
  { "start-domain", FALSE, TRUE, FALSE, start_domain },
  { "undefine-domain", FALSE, TRUE, FALSE, undefine_domain },
  { "refresh-pool", TRUE, FALSE, FALSE, refresh_pool },
  { "list-volumes", TRUE, FALSE, FALSE, list_volumes },
  { "get-volume", TRUE, TRUE, FALSE, get_volume },
  { "delete-volume", TRUE, TRUE, FALSE, delete_volume },
};

static gboolean
read_question (JsonNode *node, Question *question, GError **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE; /* the answer is that the request is missing */
  object = json_node_get_object (node);

  return ferry_json_get_string (object, "request", &question->request, error) &&
         ferry_json_get_string (object, "uri", &question->uri, error) &&
         ferry_json_get_string (object, "pool", &question->pool, error) &&
         ferry_json_get_string (object, "name", &question->name, error) &&
         ferry_json_get_string (object, "xml", &question->xml, error);
}

/* libvirt would print each error; they are all sent instead. */
static void
on_libvirt_error (void *user_data, virErrorPtr error)
{
}

static gboolean
connect_and_answer (guint index, const Question *question)
{
  g_autoptr (virConnect) connection = NULL;

  virSetErrorFunc (NULL, on_libvirt_error);
  if (virInitialize () != 0)
    return ferry_answer_refuse_last ();

  connection = virConnectOpen (question->uri);
  if (connection == NULL)
    return ferry_answer_refuse_last ();

  return requests[index].answer (connection, question);
}

static gboolean
answer_question (const Question *question)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      if (g_strcmp0 (question->request, requests[i].request) != 0)
        continue;
      if (question->uri == NULL || (requests[i].wants_pool && question->pool == NULL) ||
          (requests[i].wants_name && question->name == NULL) ||
          (requests[i].wants_xml && question->xml == NULL))
        return ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, "A part of the request is missing.");

      return connect_and_answer (i, question);
    }

  return ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, "There is no such request.");
}

/** ferry_libvirt_helper_answer: answers the one question in @text on standard output */
void
ferry_libvirt_helper_answer (const char *text, gsize length)
{
  g_auto (Question) question = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ferry_json_parse (text, (gssize) length, &error);

  if (node == NULL || !read_question (node, &question, &error))
    ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, error->message);
  else if (answer_question (&question))
    ferry_answer_done ();
}
