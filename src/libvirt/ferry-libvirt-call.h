/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Private to src/libvirt: one question to ferry-libvirt-helper and its answer.
 *
 * The question is one JSON object on its standard input, with the members below that are set. The
 * answer is one JSON object a line on its standard output. Each has an "item"; the last one is
 * "done" or "error", and an error has a "reason" (ferry-libvirt-reason.h) and a "message". */

/**
 * FerryLibvirtRequest:
 * @request: "inspect", "test", "list-domains", "list-machines", "read-domains", "download",
 *   "shut-down", "start", "read-domain", "define-domain", "start-domain", "undefine-domain", "refresh-pool",
 *   "list-volumes", "get-volume" or "delete-volume"
 * @user: @password: (nullable): for a daemon that asks for them; travel on standard input only
 * @unverified: certificates of TLS are not looked at
 * @pool: @name: @xml: @uuid: @file: @path: (nullable): as the request needs; @name: of a domain or
 *   volume; @file: a disk at the source; @path: a file of this computer
 * @uuids: @names: (nullable) (NULL-terminated @uuids): the domains that it is about; a name that is not
 *   NULL is what its domain is looked up by
 * @marker: (nullable): an import's id
 * @is_slow: libvirt has something to do before it answers
 * @is_long: it may take as long as it likes, if only something comes from time to time
 */
typedef struct
{
  const char *request;
  const char *uri;
  const char *user;
  const char *password;
  const char *pool;
  const char *name;
  const char *xml;
  const char *uuid;
  const char *file;
  const char *path;
  const char *const *uuids;
  const char *const *names;
  const char *marker;
  gboolean unverified;
  gboolean is_slow;
  gboolean is_long;
} FerryLibvirtRequest;

/** FerryLibvirtHandler: told of each line before the last as it comes; FALSE ends it all */
typedef gboolean (*FerryLibvirtHandler) (JsonObject *line, gpointer user_data, GError **error);

gboolean ferry_libvirt_call_each (const FerryLibvirtRequest *request,
                                  FerryLibvirtHandler handler,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error);
/** ferry_libvirt_call: (element-type JsonObject): the lines of the answer before the last */
GPtrArray *
ferry_libvirt_call (const FerryLibvirtRequest *request, GCancellable *cancellable, GError **error);
gboolean ferry_libvirt_call_simply (const FerryLibvirtRequest *request,
                                    GCancellable *cancellable,
                                    GError **error);
/** ferry_libvirt_fail_as_told: the error for a line with a "reason" and a "message"; always
 * FALSE */
gboolean
ferry_libvirt_fail_as_told (const FerryLibvirtRequest *request, JsonObject *line, GError **error);
gboolean ferry_libvirt_is_item (JsonObject *line, const char *item);
JsonObject *ferry_libvirt_find_item (GPtrArray *lines, const char *item, GError **error);

G_END_DECLS
