/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-question.h"

#include "ferry-domain.h"
#include "ferry-fd.h"
#include "ferry-image.h"
#include "ferry-libvirt-uri.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef char Uuid[VIR_UUID_STRING_BUFLEN];

/* --- names and states --- */

static void
send_connection (virConnectPtr connection)
{
  JsonObject *line = ferry_answer_new_line ("connection");

  ferry_answer_set_text (line, "type", virConnectGetType (connection));
  ferry_answer_send (line);
}

/* The UUIDs of those that a flag picks out; a driver that does not know the flag picks none. */
static void
mark (virConnectPtr connection, unsigned int flag, const char *state, GHashTable *states)
{
  g_autofree virDomainPtr *domains = NULL;
  int count = virConnectListAllDomains (connection, &domains, flag);

  for (int i = 0; i < count; i++)
    {
      g_autoptr (virDomain) domain = domains[i];
      Uuid uuid;

      if (virDomainGetUUIDString (domain, uuid) == 0)
        g_hash_table_insert (states, g_strdup (uuid), (gpointer) state);
    }
}

static void
send_domain (virDomainPtr domain, const GHashTable *states)
{
  JsonObject *line = ferry_answer_new_line ("domain");
  gboolean is_active = virDomainGetID (domain) != (unsigned int) -1;
  const char *state = NULL;
  Uuid uuid = "";

  virDomainGetUUIDString (domain, uuid);
  state = g_hash_table_lookup ((GHashTable *) states, uuid);
  if (state == NULL)
    state = is_active ? "running" : "off";
  ferry_answer_set_text (line, "name", virDomainGetName (domain));
  ferry_answer_set_text (line, "uuid", uuid);
  ferry_answer_set_text (line, "state", state);
  ferry_answer_send (line);
}

/** ferry_libvirt_list_domains: three calls, however many there are; a state a call each would be a
 * round trip for every guest */
gboolean
ferry_libvirt_list_domains (virConnectPtr connection, const FerryQuestion *question)
{
  g_autofree virDomainPtr *domains = NULL;
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int count;

  mark (connection, VIR_CONNECT_LIST_DOMAINS_INACTIVE | VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE,
        "suspended", states);
  mark (connection, VIR_CONNECT_LIST_DOMAINS_PAUSED, "paused", states);
  count = virConnectListAllDomains (connection, &domains, 0);
  if (count < 0)
    return ferry_answer_refuse_last ();

  send_connection (connection);
  for (int i = 0; i < count; i++)
    {
      g_autoptr (virDomain) domain = domains[i];

      send_domain (domain, states);
    }

  return TRUE;
}

/** ferry_libvirt_test: what is there */
gboolean
ferry_libvirt_test (virConnectPtr connection, const FerryQuestion *question)
{
  g_autofree char *host = virConnectGetHostname (connection);
  g_autofree virDomainPtr *domains = NULL;
  JsonObject *line;
  unsigned long libvirt = 0;
  unsigned long hypervisor = 0;
  int count = virConnectListAllDomains (connection, &domains, 0);

  if (count < 0)
    return ferry_answer_refuse_last ();
  for (int i = 0; i < count; i++)
    virDomainFree (domains[i]);
  virConnectGetLibVersion (connection, &libvirt);
  virConnectGetVersion (connection, &hypervisor);

  line = ferry_answer_new_line ("connection");
  ferry_answer_set_text (line, "type", virConnectGetType (connection));
  ferry_answer_set_text (line, "host", host);
  ferry_answer_set_size (line, "libvirt", libvirt);
  ferry_answer_set_size (line, "hypervisor", hypervisor);
  ferry_answer_set_size (line, "guests", (guint64) count);
  ferry_answer_send (line);

  return TRUE;
}

/* --- disks --- */

virStorageVolPtr
ferry_libvirt_find_volume (virConnectPtr connection, const char *file)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (virStoragePool) pool = NULL;

  if (*file == '/')
    return virStorageVolLookupByPath (connection, file);
  parts = g_strsplit (file, "/", 2);
  if (g_strv_length (parts) != 2)
    return NULL;
  pool = virStoragePoolLookupByName (connection, parts[0]);

  return pool != NULL ? virStorageVolLookupByName (pool, parts[1]) : NULL;
}

static gboolean
volume_has_parent (virStorageVolPtr volume)
{
  g_autofree char *xml = virStorageVolGetXMLDesc (volume, 0);
  g_autoptr (GBytes) bytes = xml != NULL ? g_bytes_new_static (xml, strlen (xml)) : NULL;
  g_autoptr (xmlDoc) document = bytes != NULL ? ferry_xml_parse (bytes, NULL) : NULL;
  const xmlNode *store =
      document != NULL ? ferry_xml_get_child (xmlDocGetRootElement (document), "backingStore")
                       : NULL;

  return store != NULL && ferry_xml_get_child (store, "path") != NULL;
}

/* Volumes in one folder are of one pool, so that only the first has to be asked for: @pools knows
 * the others. Devices of several pools lie together. */
static char *
dup_pool_name (virStorageVolPtr volume, const char *file, GHashTable *pools)
{
  g_autofree char *folder = g_path_get_dirname (file);
  const char *known = *file == '/' ? g_hash_table_lookup (pools, folder) : NULL;
  g_autoptr (virStoragePool) pool = NULL;

  if (known != NULL)
    return g_strdup (known);
  pool = virStoragePoolLookupByVolume (volume);
  if (pool == NULL)
    return NULL;
  if (*file == '/' && !g_str_has_prefix (file, "/dev/"))
    g_hash_table_insert (pools, g_steal_pointer (&folder), g_strdup (virStoragePoolGetName (pool)));

  return g_strdup (virStoragePoolGetName (pool));
}

static gboolean
measure_volume (virConnectPtr connection,
                const FerryDisk *disk,
                GHashTable *pools,
                JsonObject *line)
{
  g_autoptr (virStorageVol) volume = ferry_libvirt_find_volume (connection, disk->file);
  g_autofree char *pool = NULL;
  virStorageVolInfo info;

  if (volume == NULL || virStorageVolGetInfo (volume, &info) != 0)
    return FALSE;
  ferry_answer_set_size (line, "capacity", info.capacity);
  ferry_answer_set_size (line, "allocation", info.allocation);
  json_object_set_boolean_member (line, "parent", volume_has_parent (volume));
  pool = disk->storage == NULL ? dup_pool_name (volume, disk->file, pools) : NULL;
  if (pool != NULL)
    ferry_answer_set_text (line, "pool", pool);

  return TRUE;
}

static gboolean
has_plain_format (const FerryDisk *disk)
{
  return disk->format == NULL || g_str_equal (disk->format, "raw");
}

/* Of a disk in no pool only its beginning tells whether it needs another file, and libvirt shows
 * that of none but raw ones. FALSE: nobody can read it from here. */
static gboolean
look_into_image (const FerryQuestion *question, const FerryDisk *disk, gboolean *out_has_parent)
{
  g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (question->uri, NULL);
  g_auto (FerryFd) fd = -1;
  guint8 head[FERRY_IMAGE_PROBE_BYTES];
  gssize n;

  *out_has_parent = FALSE;
  if (uri != NULL && ferry_libvirt_uri_is_local (uri))
    fd = open (disk->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || has_plain_format (disk))
    return fd >= 0 || has_plain_format (disk);
  n = pread (fd, head, sizeof head, 0);
  *out_has_parent = n > 0 && ferry_image_probe (head, (gsize) n).refers_elsewhere;

  return TRUE;
}

static void
measure_image (virDomainPtr domain,
               const FerryQuestion *question,
               const FerryDisk *disk,
               JsonObject *line)
{
  gboolean has_parent;
  gboolean is_reachable = look_into_image (question, disk, &has_parent);
  virDomainBlockInfo info;

  json_object_set_boolean_member (line, "reachable", is_reachable);
  json_object_set_boolean_member (line, "parent", has_parent);
  if (virDomainGetBlockInfo (domain, disk->file, &info, 0) != 0)
    return;
  ferry_answer_set_size (line, "capacity", info.capacity);
  ferry_answer_set_size (line, "allocation", info.allocation);
}

/* A disk whose size nobody tells has no members; the client knows what that means. */
static JsonObject *
measure (virDomainPtr domain,
         const FerryQuestion *question,
         GHashTable *pools,
         const FerryDisk *disk)
{
  virConnectPtr connection = virDomainGetConnect (domain);
  JsonObject *line = json_object_new ();

  if (disk->file != NULL && (disk->flags & FERRY_DISK_NETWORK) == 0 &&
      !measure_volume (connection, disk, pools, line))
    measure_image (domain, question, disk, line);

  return line;
}

static JsonArray *
measure_all (virDomainPtr domain,
             const FerryQuestion *question,
             GHashTable *pools,
             const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (FerryGuest) guest = ferry_domain_parse (bytes, NULL);
  JsonArray *disks = json_array_new ();

  for (guint i = 0; guest != NULL && i < guest->disks->len; i++)
    json_array_add_object_element (
        disks, measure (domain, question, pools, ferry_guest_get_disk (guest, i)));

  return disks;
}

/* --- whole guests --- */

virDomainPtr
ferry_libvirt_look_up (virConnectPtr connection, const FerryQuestionGuest *guest)
{
  if (guest->name != NULL)
    return virDomainLookupByName (connection, guest->name);

  return virDomainLookupByUUIDString (connection, guest->uuid);
}

static const char *
get_state (virDomainPtr domain)
{
  int state = VIR_DOMAIN_NOSTATE;

  if (virDomainGetState (domain, &state, NULL, 0) != 0)
    return NULL;
  switch ((virDomainState) state)
    {
    case VIR_DOMAIN_RUNNING:
    case VIR_DOMAIN_BLOCKED:
    case VIR_DOMAIN_SHUTDOWN:
      return "running";
    case VIR_DOMAIN_PAUSED:
      return "paused";
    case VIR_DOMAIN_PMSUSPENDED:
      return "suspended";
    case VIR_DOMAIN_SHUTOFF:
    case VIR_DOMAIN_CRASHED:
      return virDomainHasManagedSaveImage (domain, 0) == 1 ? "suspended" : "off";
    case VIR_DOMAIN_NOSTATE:
    default:
      return virDomainIsActive (domain) == 1 ? "running" : NULL;
    }
}

static void
fill (virDomainPtr domain, JsonObject *line)
{
  int snapshots = virDomainSnapshotNum (domain, 0);
  Uuid uuid = "";

  virDomainGetUUIDString (domain, uuid);
  ferry_answer_set_text (line, "name", virDomainGetName (domain));
  ferry_answer_set_text (line, "uuid", uuid);
  ferry_answer_set_text (line, "state", get_state (domain));
  if (snapshots >= 0)
    ferry_answer_set_size (line, "snapshots", (guint64) snapshots);
}

/* As it would start next time, and without secrets: passwords of consoles stay where they are. */
static void
read_one (virConnectPtr connection,
          const FerryQuestion *question,
          GHashTable *pools,
          guint index)
{
  const FerryQuestionGuest *guest = g_ptr_array_index (question->guests, index);
  g_autoptr (virDomain) domain = ferry_libvirt_look_up (connection, guest);
  g_autofree char *xml = domain != NULL ? virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE)
                                        : NULL;
  JsonObject *line = xml != NULL ? ferry_answer_new_line ("domain")
                                 : ferry_answer_new_refusal ("unreadable");

  ferry_answer_set_size (line, "index", index);
  if (xml != NULL)
    {
      ferry_answer_set_text (line, "xml", xml);
      fill (domain, line);
      json_object_set_array_member (line, "disks",
                                    measure_all (domain, question, pools, xml));
    }
  ferry_answer_send (line);
}

/** ferry_libvirt_read_domains: a line for each as it is read; one that cannot be read is a line
 * too */
gboolean
ferry_libvirt_read_domains (virConnectPtr connection, const FerryQuestion *question)
{
  g_autoptr (GHashTable) pools = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < question->guests->len; i++)
    read_one (connection, question, pools, i);

  return TRUE;
}

/* --- machines --- */

static void
send_machines (const xmlNode *arch)
{
  g_autofree char *name = ferry_xml_dup_attribute (arch, "name");

  for (const xmlNode *machine = ferry_xml_get_child (arch, "machine"); machine != NULL;
       machine = ferry_xml_get_next (machine, "machine"))
    {
      JsonObject *line = ferry_answer_new_line ("machine");
      g_autofree char *text = ferry_xml_dup_text (machine);

      ferry_answer_set_text (line, "arch", name);
      ferry_answer_set_text (line, "name", text);
      ferry_answer_send (line);
    }
}

/** ferry_libvirt_list_machines: the kinds of computers that can be emulated there */
gboolean
ferry_libvirt_list_machines (virConnectPtr connection, const FerryQuestion *question)
{
  g_autofree char *xml = virConnectGetCapabilities (connection);
  g_autoptr (GBytes) bytes = xml != NULL ? g_bytes_new_static (xml, strlen (xml)) : NULL;
  g_autoptr (xmlDoc) document = bytes != NULL ? ferry_xml_parse (bytes, NULL) : NULL;
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;

  if (root == NULL)
    return ferry_answer_refuse_last ();
  for (const xmlNode *guest = ferry_xml_get_child (root, "guest"); guest != NULL;
       guest = ferry_xml_get_next (guest, "guest"))
    {
      const xmlNode *arch = ferry_xml_get_child (guest, "arch");

      if (arch != NULL)
        send_machines (arch);
    }

  return TRUE;
}
