/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-trust-private.h"

#include "ferry-config-file.h"
#include "ferry-error.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>

/* known-certificates: a key file with a group for each address. */

#define FILE_NAME "known-certificates"
#define VERSION 1
#define PEM_KEY "Certificate"
#define SHA256_KEY "Sha256"
#define ACCEPTED_KEY "Accepted"

static const struct
{
  GTlsCertificateFlags flag;
  const char *problem;
} problems[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_ ("It is not signed by an authority that this computer knows.") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_ ("It was made for a server of another name.") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_ ("It is not valid yet.") },
  { G_TLS_CERTIFICATE_EXPIRED, N_ ("It has expired.") },
  { G_TLS_CERTIFICATE_REVOKED, N_ ("It has been revoked by those who issued it.") },
  { G_TLS_CERTIFICATE_INSECURE, N_ ("It uses cryptography that is too weak to rely on.") },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, N_ ("It could not be verified.") },
};

static char *
dup_path (GError **error)
{
  g_autofree char *dir = ferry_paths_dup_config_dir (error);

  return dir != NULL ? g_build_filename (dir, FILE_NAME, NULL) : NULL;
}

/* A group's name holds neither brackets nor control characters. */
static char *
dup_group (const char *address)
{
  g_autofree char *lower = g_ascii_strdown (address, -1);

  return g_uri_escape_string (lower, ":", FALSE);
}

/* VMware's VDDK wants it this way too: "AB:CD:…". */
char *
ferry_trust_dup_fingerprint (GTlsCertificate *certificate, GChecksumType type)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *hex = NULL;
  GString *pairs = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  if (der != NULL)
    hex = g_compute_checksum_for_data (type, der->data, der->len);
  for (guint i = 0; hex != NULL && hex[i] != '\0'; i += 2)
    g_string_append_printf (pairs, "%s%c%c", i > 0 ? ":" : "", g_ascii_toupper (hex[i]),
                            g_ascii_toupper (hex[i + 1]));

  return g_string_free (pairs, FALSE);
}

/* One that was changed by hand or by a broken disk is none. */
static GTlsCertificate *
read_entry (GKeyFile *file, const char *address)
{
  g_autofree char *group = dup_group (address);
  g_autofree char *pem = g_key_file_get_string (file, group, PEM_KEY, NULL);
  g_autofree char *sha256 = g_key_file_get_string (file, group, SHA256_KEY, NULL);
  g_autofree char *computed = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (pem != NULL)
    certificate = g_tls_certificate_new_from_pem (pem, -1, NULL);
  if (certificate == NULL)
    return NULL;
  computed = ferry_trust_dup_fingerprint (certificate, G_CHECKSUM_SHA256);

  return g_strcmp0 (computed, sha256) == 0 ? g_steal_pointer (&certificate) : NULL;
}

static GTlsCertificate *
look_up (const char *address)
{
  g_autofree char *path = dup_path (NULL);
  g_autoptr (GKeyFile) file = NULL;

  if (path == NULL || !ferry_trust_address_is_valid (address))
    return NULL;
  file = ferry_config_file_load (path, VERSION, NULL);

  return file != NULL ? read_entry (file, address) : NULL;
}

char *
ferry_trust_dup_certificate (const char *address)
{
  g_autoptr (GTlsCertificate) certificate = look_up (address);
  char *pem = NULL;

  if (certificate != NULL)
    g_object_get (certificate, "certificate-pem", &pem, NULL);

  return pem;
}

gboolean
ferry_trust_certificate_is_pinned (const char *address, GTlsCertificate *certificate)
{
  g_autoptr (GTlsCertificate) pinned = look_up (address);

  return pinned != NULL && g_tls_certificate_is_same (pinned, certificate);
}

static char *
describe_problem (GTlsCertificateFlags flags, gboolean changed)
{
  GString *text = g_string_new (NULL);

  if (changed)
    g_string_append (text,
                     _("The certificate has CHANGED since you trusted it: the server was set "
                        "up anew, or another one answers in its place."));
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if ((flags & problems[i].flag) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", _ (problems[i].problem));
  if (text->len == 0)
    g_string_append (text, _("It has not been trusted so far."));

  return g_string_free (text, FALSE);
}

static gint64
to_seconds (GDateTime *time)
{
  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static void
fill_details (FerryTrustQuestion *question, GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) not_before = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) not_after = g_tls_certificate_get_not_valid_after (certificate);

  question->not_before = to_seconds (not_before);
  question->not_after = to_seconds (not_after);
  question->subject = g_tls_certificate_get_subject_name (certificate);
  question->issuer = g_tls_certificate_get_issuer_name (certificate);
  g_object_get (certificate, "certificate-pem", &question->material, NULL);
}

FerryTrustQuestion *
ferry_trust_question_new_certificate (const char *address,
                                      GTlsCertificate *certificate,
                                      GTlsCertificateFlags flags)
{
  FerryTrustQuestion *question = g_new0 (FerryTrustQuestion, 1);
  g_autoptr (GTlsCertificate) pinned = look_up (address);

  question->kind = FERRY_TRUST_CERTIFICATE;
  question->address = g_strdup (address);
  question->fingerprint = ferry_trust_dup_fingerprint (certificate, G_CHECKSUM_SHA256);
  if (pinned != NULL && !g_tls_certificate_is_same (pinned, certificate))
    question->known_fingerprint = ferry_trust_dup_fingerprint (pinned, G_CHECKSUM_SHA256);
  fill_details (question, certificate);
  question->problem = describe_problem (flags, question->known_fingerprint != NULL);

  return question;
}

/* The file as it is, or a new one; a damaged one is set aside first. */
static GKeyFile *
load_for_change (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GKeyFile) file = ferry_config_file_load (path, VERSION, &local_error);

  if (file != NULL)
    return g_steal_pointer (&file);
  if (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND) ||
      (g_error_matches (local_error, FERRY_ERROR, FERRY_ERROR_INVALID) &&
       ferry_config_file_set_aside (path, NULL)))
    return g_key_file_new ();
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static void
write_entry (GKeyFile *file, const char *address, GTlsCertificate *certificate)
{
  g_autofree char *group = dup_group (address);
  g_autofree char *sha256 = ferry_trust_dup_fingerprint (certificate, G_CHECKSUM_SHA256);
  g_autofree char *pem = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *accepted = g_date_time_format_iso8601 (now);

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  g_key_file_set_string (file, group, PEM_KEY, pem);
  g_key_file_set_string (file, group, SHA256_KEY, sha256);
  g_key_file_set_string (file, group, ACCEPTED_KEY, accepted);
}

/* What was shown and what is remembered must be the same. */
static GTlsCertificate *
read_material (const FerryTrustQuestion *question, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *fingerprint = NULL;

  if (question->material != NULL)
    certificate = g_tls_certificate_new_from_pem (question->material, -1, NULL);
  if (certificate != NULL)
    fingerprint = ferry_trust_dup_fingerprint (certificate, G_CHECKSUM_SHA256);
  if (fingerprint != NULL && g_strcmp0 (fingerprint, question->fingerprint) == 0)
    return g_steal_pointer (&certificate);

  ferry_fail (error, FERRY_ERROR_INVALID,
              _("The certificate of ‘%s’ is damaged and cannot be remembered."),
              question->address);
  return NULL;
}

gboolean
ferry_trust_accept_certificate (const FerryTrustQuestion *question, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = read_material (question, error);
  g_autofree char *path = NULL;
  g_autoptr (GKeyFile) file = NULL;

  if (certificate == NULL)
    return FALSE;
  path = dup_path (error);
  file = path != NULL ? load_for_change (path, error) : NULL;
  if (file == NULL)
    return FALSE;
  write_entry (file, question->address, certificate);

  return ferry_config_file_save (file, path, VERSION, error);
}

gboolean
ferry_trust_forget_certificate (const char *address, GError **error)
{
  g_autofree char *path = dup_path (error);
  g_autofree char *group = dup_group (address);
  g_autoptr (GKeyFile) file = path != NULL ? load_for_change (path, error) : NULL;

  if (file == NULL)
    return FALSE;
  if (!g_key_file_remove_group (file, group, NULL))
    return TRUE;

  return ferry_config_file_save (file, path, VERSION, error);
}
