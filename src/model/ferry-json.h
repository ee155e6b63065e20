/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading members that others wrote: a member that is missing or null leaves *out as it is and is
 * fine; one of another type is %FERRY_ERROR_INVALID naming the member. */

gboolean ferry_json_get_string (JsonObject *object, const char *member, char **out, GError **error);
gboolean ferry_json_get_uint64 (JsonObject *object,
                                const char *member,
                                guint64 *out,
                                GError **error);
gboolean ferry_json_get_int64 (JsonObject *object, const char *member, gint64 *out, GError **error);
gboolean ferry_json_get_uint (JsonObject *object, const char *member, guint *out, GError **error);
gboolean ferry_json_get_boolean (JsonObject *object,
                                 const char *member,
                                 gboolean *out,
                                 GError **error);
gboolean ferry_json_get_object (JsonObject *object,
                                const char *member,
                                JsonObject **out,
                                GError **error);
gboolean ferry_json_get_array (JsonObject *object,
                               const char *member,
                               JsonArray **out,
                               GError **error);
void ferry_json_set_string (JsonObject *object, const char *member, const char *value);
JsonNode *ferry_json_parse (const char *text, gssize length, GError **error);
char *ferry_json_to_text (JsonNode *node, gboolean pretty);

G_END_DECLS
