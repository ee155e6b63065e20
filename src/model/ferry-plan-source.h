/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_SOURCE_OVA = 1,
  FERRY_SOURCE_VSPHERE,
  FERRY_SOURCE_LIBVIRT,
} FerrySourceKind;

/* How the disks of a VMware guest are read. */
typedef enum
{
  FERRY_TRANSPORT_HTTPS = 1,
  FERRY_TRANSPORT_VDDK,
  FERRY_TRANSPORT_SSH, /* from the ESXi host that has the guest */
  FERRY_TRANSPORT_NFC,
} FerryTransport;

/**
 * FerryPlanSource: a source; a provider is one that was saved
 * @path: (owned) (nullable): OVA: absolute path of an OVA, an unpacked one or a folder of them
 * @host: (owned) (nullable): VSPHERE: name or address of a vCenter or ESXi, with ":port" when it is
 *   not 443, and an IPv6 address in brackets
 * @user: (owned) (nullable): VSPHERE; LIBVIRT: when the URI needs one
 * @datacenter: @cluster: @esx: (owned) (nullable): VSPHERE: show only what lies there
 * @uri: (owned) (nullable): LIBVIRT
 * @transport: VSPHERE
 * @vddk_dir: (owned) (nullable): VDDK: folder of the library on the conversion host
 * @ssh_user: (owned) (nullable): SSH transport: user on the ESXi host; NULL: root
 * @verify: a server must show a certificate that is trusted, or that was pinned; FALSE must be said
 *   by the user, and is a warning
 * @provider: (owned) (nullable): uuid of the saved provider, under which the keyring has the password
 * @password: (owned) (nullable): never in JSON, a journal or a log; wiped when freed
 * @ssh_password: (owned) (nullable): the same, for the SSH transport
 */
typedef struct
{
  FerrySourceKind kind;
  char *path;
  char *host;
  char *user;
  char *datacenter;
  char *cluster;
  char *esx;
  char *uri;
  FerryTransport transport;
  char *vddk_dir;
  char *ssh_user;
  gboolean verify;
  char *provider;
  char *password;
  char *ssh_password;
  JsonObject *extra;
} FerryPlanSource;

FerryPlanSource *ferry_plan_source_new (FerrySourceKind kind);
void ferry_plan_source_free (FerryPlanSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPlanSource, ferry_plan_source_free)

/** ferry_plan_source_init: of that kind, with nothing given */
void ferry_plan_source_init (FerryPlanSource *source, FerrySourceKind kind);
/** ferry_plan_source_copy: into @to, which is cleared before; the passwords too */
void ferry_plan_source_copy (const FerryPlanSource *from, FerryPlanSource *to);
void ferry_plan_source_clear (FerryPlanSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryPlanSource, ferry_plan_source_clear)
/** ferry_plan_source_set: one of its texts: trimmed; NULL and "" are the same */
void ferry_plan_source_set (char **text, const char *value);
/** ferry_plan_source_set_password: wipes the one before; kept as it is, "" is one */
void ferry_plan_source_set_password (char **password, const char *value);
/** ferry_plan_source_is_same: would show the same guests; the passwords are not compared */
gboolean ferry_plan_source_is_same (const FerryPlanSource *a, const FerryPlanSource *b);

JsonObject *ferry_plan_source_to_json (const FerryPlanSource *source);
/** ferry_plan_source_read_json: into @source, which is initialised; FERRY_ERROR_INVALID */
gboolean
ferry_plan_source_read_json (JsonObject *object, FerryPlanSource *source, GError **error);

/** ferry_plan_source_to_text: SOURCE as ferryctl takes it: "vsphere://user@host", a URI, a path */
char *ferry_plan_source_to_text (const FerryPlanSource *source);
const char *ferry_source_kind_to_word (FerrySourceKind kind);
const char *ferry_transport_to_word (FerryTransport transport);
/** ferry_transport_get_plugin: of nbdkit, that reads the disks */
const char *ferry_transport_get_plugin (FerryTransport transport);

G_END_DECLS
