/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan-source.h"

#include "ferry-error.h"
#include "ferry-json.h"
#include "ferry-plan-parts.h"
#include "ferry-plan-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The members that are texts, by the kind that has them. */
static const struct
{
  const char *member;
  gsize offset;
  FerrySourceKind kind;
  gboolean required;
} texts[] = {
  { "path", G_STRUCT_OFFSET (FerryPlanSource, path), FERRY_SOURCE_OVA, TRUE },
  { "host", G_STRUCT_OFFSET (FerryPlanSource, host), FERRY_SOURCE_VSPHERE, TRUE },
  { "user", G_STRUCT_OFFSET (FerryPlanSource, user), FERRY_SOURCE_VSPHERE, FALSE },
  { "datacenter", G_STRUCT_OFFSET (FerryPlanSource, datacenter), FERRY_SOURCE_VSPHERE, FALSE },
  { "cluster", G_STRUCT_OFFSET (FerryPlanSource, cluster), FERRY_SOURCE_VSPHERE, FALSE },
  { "esx", G_STRUCT_OFFSET (FerryPlanSource, esx), FERRY_SOURCE_VSPHERE, FALSE },
  { "vddk_dir", G_STRUCT_OFFSET (FerryPlanSource, vddk_dir), FERRY_SOURCE_VSPHERE, FALSE },
  { "ssh_user", G_STRUCT_OFFSET (FerryPlanSource, ssh_user), FERRY_SOURCE_VSPHERE, FALSE },
  { "provider", G_STRUCT_OFFSET (FerryPlanSource, provider), FERRY_SOURCE_VSPHERE, FALSE },
  { "uri", G_STRUCT_OFFSET (FerryPlanSource, uri), FERRY_SOURCE_LIBVIRT, TRUE },
  { "user", G_STRUCT_OFFSET (FerryPlanSource, user), FERRY_SOURCE_LIBVIRT, FALSE },
  { "provider", G_STRUCT_OFFSET (FerryPlanSource, provider), FERRY_SOURCE_LIBVIRT, FALSE },
};

static const char *const ova_members[] = { "kind", "path", NULL };
static const char *const vsphere_members[] = {
  "kind",     "host",     "user",   "datacenter", "cluster", "esx", "transport",
  "vddk_dir", "ssh_user", "verify", "provider",   NULL,
};
static const char *const libvirt_members[] = { "kind", "uri", "user", "provider", "verify", NULL };

static char **
get_text (const FerryPlanSource *source, guint index)
{
  return G_STRUCT_MEMBER_P (source, texts[index].offset);
}

static const char *const *
get_members (FerrySourceKind kind)
{
  switch (kind)
    {
    case FERRY_SOURCE_OVA:
      return ova_members;
    case FERRY_SOURCE_VSPHERE:
      return vsphere_members;
    case FERRY_SOURCE_LIBVIRT:
      return libvirt_members;
    }

  return ova_members;
}

FerryPlanSource *
ferry_plan_source_new (FerrySourceKind kind)
{
  FerryPlanSource *source = g_new0 (FerryPlanSource, 1);

  ferry_plan_source_init (source, kind);

  return source;
}

void
ferry_plan_source_free (FerryPlanSource *source)
{
  if (source == NULL)
    return;
  ferry_plan_source_clear (source);
  g_free (source);
}

void
ferry_plan_source_init (FerryPlanSource *source, FerrySourceKind kind)
{
  *source = (FerryPlanSource) {
    .kind = kind,
    .transport = FERRY_TRANSPORT_HTTPS,
    .verify = TRUE,
  };
}

void
ferry_plan_source_set (char **text, const char *value)
{
  char *copy = value != NULL ? g_strstrip (g_strdup (value)) : NULL;

  g_free (*text);
  *text = copy;
  if (copy != NULL && *copy == '\0')
    g_clear_pointer (text, g_free);
}

/* Read later by nobody: neither by the next owner of the memory nor in a core file. */
static void
wipe (char **password)
{
  if (*password != NULL)
    explicit_bzero (*password, strlen (*password));
  g_clear_pointer (password, g_free);
}

void
ferry_plan_source_set_password (char **password, const char *value)
{
  char *copy = g_strdup (value);

  wipe (password);
  *password = copy;
}

void
ferry_plan_source_clear (FerryPlanSource *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (get_text (source, i), g_free);
  wipe (&source->password);
  wipe (&source->ssh_password);
  ferry_json_clear_object (&source->extra);
}

void
ferry_plan_source_copy (const FerryPlanSource *from, FerryPlanSource *to)
{
  if (from == to)
    return;
  ferry_plan_source_clear (to);
  ferry_plan_source_init (to, from->kind);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*get_text (to, i) == NULL)
      *get_text (to, i) = g_strdup (*get_text (from, i));
  to->transport = from->transport;
  to->verify = from->verify;
  to->password = g_strdup (from->password);
  to->ssh_password = g_strdup (from->ssh_password);
  to->extra = ferry_json_copy_object (from->extra);
}

gboolean
ferry_plan_source_is_same (const FerryPlanSource *a, const FerryPlanSource *b)
{
  if (a->kind != b->kind || a->transport != b->transport || !a->verify != !b->verify)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].kind == a->kind && g_strcmp0 (*get_text (a, i), *get_text (b, i)) != 0)
      return FALSE;

  return TRUE;
}

JsonObject *
ferry_plan_source_to_json (const FerryPlanSource *source)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", ferry_source_kind_to_word (source->kind));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].kind == source->kind && (texts[i].required || *get_text (source, i) != NULL))
      ferry_json_set_string (object, texts[i].member, *get_text (source, i));
  if (source->kind == FERRY_SOURCE_VSPHERE)
    json_object_set_string_member (object, "transport",
                                   ferry_transport_to_word (source->transport));
  if (source->kind != FERRY_SOURCE_OVA)
    json_object_set_boolean_member (object, "verify", source->verify);
  ferry_json_add_copies (object, source->extra);

  return object;
}

/* None of them has lines. */
static gboolean
check_text (const char *member, const char *text, GError **error)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not contain control characters."),
                         member);

  return TRUE;
}

static gboolean
read_text (JsonObject *object, FerryPlanSource *source, guint index, GError **error)
{
  const char *member = texts[index].member;
  char **text = get_text (source, index);

  if (texts[index].required && !ferry_json_require (object, member, error))
    return FALSE;
  if (text == &source->path)
    return ferry_plan_read_path (object, member, text, error);
  if (!ferry_plan_read_text (object, member, text, error) || !check_text (member, *text, error))
    return FALSE;
  if (texts[index].required && **text == '\0')
    return ferry_fail (error, FERRY_ERROR_INVALID, _("%s must not be empty."), member);

  return TRUE;
}

gboolean
ferry_plan_source_read_json (JsonObject *object, FerryPlanSource *source, GError **error)
{
  int kind = 0;
  int transport = FERRY_TRANSPORT_HTTPS;

  if (!ferry_json_require (object, "kind", error) ||
      !ferry_json_get_word (object, "kind", ferry_source_kind_words, &kind, error))
    return FALSE;
  source->kind = (FerrySourceKind) kind;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].kind == source->kind && !read_text (object, source, i, error))
      return FALSE;
  if (source->kind == FERRY_SOURCE_VSPHERE &&
      !ferry_json_get_word (object, "transport", ferry_transport_words, &transport, error))
    return FALSE;
  source->transport = (FerryTransport) transport;
  if (source->kind != FERRY_SOURCE_OVA &&
      !ferry_json_get_boolean (object, "verify", &source->verify, error))
    return FALSE;
  source->extra = ferry_json_copy_unknown (object, get_members (source->kind));

  return TRUE;
}

/* "vsphere://" is Ferry's own, so that it cannot be mistaken for one of libvirt's, which name a
 * data center too. */
static char *
vsphere_to_text (const FerryPlanSource *source)
{
  g_autofree char *user = NULL;

  if (source->user == NULL)
    return g_strconcat ("vsphere://", source->host, NULL);
  user = g_uri_escape_string (source->user, NULL, FALSE);

  return g_strconcat ("vsphere://", user, "@", source->host, NULL);
}

char *
ferry_plan_source_to_text (const FerryPlanSource *source)
{
  switch (source->kind)
    {
    case FERRY_SOURCE_OVA:
      return g_strdup (source->path != NULL ? source->path : "");
    case FERRY_SOURCE_VSPHERE:
      return vsphere_to_text (source);
    case FERRY_SOURCE_LIBVIRT:
      return g_strdup (source->uri != NULL ? source->uri : "");
    }

  return g_strdup ("");
}

const char *
ferry_source_kind_to_word (FerrySourceKind kind)
{
  return ferry_source_kind_words[kind - 1];
}

const char *
ferry_transport_to_word (FerryTransport transport)
{
  return ferry_transport_words[transport - 1];
}

const char *
ferry_transport_get_plugin (FerryTransport transport)
{
  switch (transport)
    {
    case FERRY_TRANSPORT_HTTPS:
      return "curl";
    case FERRY_TRANSPORT_VDDK:
      return "vddk";
    case FERRY_TRANSPORT_SSH:
      return "ssh";
    case FERRY_TRANSPORT_NFC:
      return "nfc";
    }

  return "curl";
}
