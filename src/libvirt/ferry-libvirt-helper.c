/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-helper.h"

#include "ferry-json.h"
#include "ferry-libvirt-answer.h"
#include "ferry-libvirt-inspect.h"
#include "ferry-libvirt-question.h"

/* --- domains --- */

static gboolean
inspect (virConnectPtr connection, const FerryQuestion *question)
{
  return ferry_inspect_connection (connection);
}

static gboolean
read_domain (virConnectPtr connection, const FerryQuestion *question)
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
define_domain (virConnectPtr connection, const FerryQuestion *question)
{
  g_autoptr (virDomain) domain = virDomainDefineXML (connection, question->xml);

  return domain != NULL || ferry_answer_refuse_last ();
}

static gboolean
start_domain (virConnectPtr connection, const FerryQuestion *question)
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
undefine_domain (virConnectPtr connection, const FerryQuestion *question)
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
refresh_pool (virConnectPtr connection, const FerryQuestion *question)
{
  g_autoptr (virStoragePool) pool = virStoragePoolLookupByName (connection, question->pool);

  if (pool == NULL || virStoragePoolRefresh (pool, 0) != 0)
    return ferry_answer_refuse_last ();

  return TRUE;
}

static gboolean
list_volumes (virConnectPtr connection, const FerryQuestion *question)
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
get_volume (virConnectPtr connection, const FerryQuestion *question)
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
delete_volume (virConnectPtr connection, const FerryQuestion *question)
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

/* What a request needs beside a URI. */
enum
{
  WANTS_POOL = 1 << 0,
  WANTS_NAME = 1 << 1,
  WANTS_XML = 1 << 2,
  WANTS_GUESTS = 1 << 3,
  WANTS_FILE = 1 << 4, /* and a path */
};

static const struct
{
  const char *request;
  guint wants;
  gboolean (*answer) (virConnectPtr connection, const FerryQuestion *question);
} requests[] = {
  { "inspect", 0, inspect },
  { "test", 0, ferry_libvirt_test },
  { "list-domains", 0, ferry_libvirt_list_domains },
  { "list-machines", 0, ferry_libvirt_list_machines },
  { "read-domains", WANTS_GUESTS, ferry_libvirt_read_domains },
  { "download", WANTS_NAME | WANTS_FILE, ferry_libvirt_download },
  { "shut-down", WANTS_GUESTS, ferry_libvirt_shut_down },
  { "start", WANTS_GUESTS, ferry_libvirt_start },
  { "read-domain", WANTS_NAME, read_domain },
  { "define-domain", WANTS_XML, define_domain },
  { "start-domain", WANTS_NAME, start_domain },
  { "undefine-domain", WANTS_NAME, undefine_domain },
  { "refresh-pool", WANTS_POOL, refresh_pool },
  { "list-volumes", WANTS_POOL, list_volumes },
  { "get-volume", WANTS_POOL | WANTS_NAME, get_volume },
  { "delete-volume", WANTS_POOL | WANTS_NAME, delete_volume },
};

static guint
get_parts (const FerryQuestion *question)
{
  return (question->pool != NULL ? WANTS_POOL : 0) | (question->name != NULL ? WANTS_NAME : 0) |
         (question->xml != NULL ? WANTS_XML : 0) | (question->guests != NULL ? WANTS_GUESTS : 0) |
         (question->file != NULL && question->path != NULL ? WANTS_FILE : 0);
}

static gboolean
connect_and_answer (guint index, const FerryQuestion *question)
{
  g_autoptr (virConnect) connection = ferry_question_connect (question);

  return connection != NULL && requests[index].answer (connection, question);
}

static gboolean
answer_question (const FerryQuestion *question)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      if (g_strcmp0 (question->request, requests[i].request) != 0)
        continue;
      if (question->uri == NULL || (requests[i].wants & ~get_parts (question)) != 0)
        return ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, "A part of the request is missing.");

      return connect_and_answer (i, question);
    }

  return ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, "There is no such request.");
}

/** ferry_libvirt_helper_answer: answers the one question in @text on standard output */
void
ferry_libvirt_helper_answer (const char *text, gsize length)
{
  g_auto (FerryQuestion) question = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ferry_json_parse (text, (gssize) length, &error);

  if (node == NULL || !ferry_question_read (node, &question, &error))
    ferry_answer_refuse (FERRY_LIBVIRT_BAD_REQUEST, error->message);
  else if (answer_question (&question))
    ferry_answer_done ();
}
