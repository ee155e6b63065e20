/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading members that others wrote: a member that is missing or null leaves *out as it is and is
 * fine; one of another type is %FERRY_ERROR_INVALID. Every message begins with the member's name,
 * so that whoever reads the object around it puts "guests[2]." before it. */

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
/**
 * ferry_json_get_word:
 * @words: NULL-terminated; words[0] stands for 1, words[1] for 2, …
 */
gboolean ferry_json_get_word (JsonObject *object,
                              const char *member,
                              const char *const *words,
                              int *out,
                              GError **error);
/** ferry_json_require: that @member is there and not null */
gboolean ferry_json_require (JsonObject *object, const char *member, GError **error);

/** FerryJsonReader: reads one element of an array of objects */
typedef gboolean (*FerryJsonReader) (JsonObject *element, gpointer user_data, GError **error);
/** ferry_json_read_each: @reader for each object of the array @member; errors get "member[i]." */
gboolean ferry_json_read_each (JsonObject *object,
                               const char *member,
                               FerryJsonReader reader,
                               gpointer user_data,
                               GError **error);

/** ferry_json_set_string: @value (nullable): NULL becomes null */
void ferry_json_set_string (JsonObject *object, const char *member, const char *value);
/** ferry_json_set_size: 0 (unknown) becomes null */
void ferry_json_set_size (JsonObject *object, const char *member, guint64 value);

/** ferry_json_copy_object: a deep copy, nothing shared with another thread; (nullable) */
JsonObject *ferry_json_copy_object (JsonObject *object);
/** ferry_json_copy_unknown: deep copies of the members not in @known; NULL when there are none */
JsonObject *ferry_json_copy_unknown (JsonObject *object, const char *const *known);
/** ferry_json_add_copies: deep copies of @extra's (nullable) members into @object */
void ferry_json_add_copies (JsonObject *object, JsonObject *extra);
void ferry_json_clear_object (JsonObject **object);

/**
 * ferry_json_parse:
 * @length: in bytes, -1: up to the NUL
 *
 * Strict: UTF-8, at most 32 MiB, 64 levels, numbers that are exactly representable, no comments.
 * What it lets pass can be walked recursively, and written again without loss.
 *
 * Errors: FERRY_ERROR_INVALID
 */
JsonNode *ferry_json_parse (const char *text, gssize length, GError **error);
char *ferry_json_to_text (JsonNode *node, gboolean pretty);

G_END_DECLS
