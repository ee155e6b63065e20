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
 * @request: "inspect", "read-domain", "define-domain", "start-domain", "undefine-domain",
 *   "refresh-pool", "list-volumes", "get-volume" or "delete-volume"
 * @pool: @name: @xml: (nullable): as the request needs; @name: of a domain or volume
 * @is_slow: libvirt has something to do before it answers
 */
typedef struct
{
  const char *request;
  const char *uri;
  const char *pool;
  const char *name;
  const char *xml;
  gboolean is_slow;
} FerryLibvirtRequest;

/** ferry_libvirt_call: (element-type JsonObject): the lines of the answer before the last */
GPtrArray *
ferry_libvirt_call (const FerryLibvirtRequest *request, GCancellable *cancellable, GError **error);
gboolean ferry_libvirt_call_simply (const FerryLibvirtRequest *request,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean ferry_libvirt_is_item (JsonObject *line, const char *item);
JsonObject *ferry_libvirt_find_item (GPtrArray *lines, const char *item, GError **error);

G_END_DECLS
