/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Servers that the user has said to trust. Certificates are kept in known-certificates (a key file),
 * host keys in known_hosts (in the form of ssh), both 0600 in the configuration folder. */

typedef enum
{
  FERRY_TRUST_CERTIFICATE = 1, /* TLS */
  FERRY_TRUST_HOST_KEY, /* SSH */
} FerryTrustKind;

/**
 * FerryTrustQuestion: a server that is not trusted (yet)
 * @address: (owned): "vc.example.com:443", as it will be remembered
 * @fingerprint: (owned): SHA-256 of what it showed: pairs of hex digits with colons (certificate),
 *   "SHA256:…" as ssh prints it (host key)
 * @known_fingerprint: (owned) (nullable): the one that was trusted so far: the server has CHANGED
 * @subject: @issuer: (owned) (nullable): of a certificate
 * @not_before: @not_after: of a certificate, seconds since 1970; 0: not given
 * @key_type: (owned) (nullable): of a host key: "ED25519"
 * @problem: (owned): a sentence: why it is not trusted by itself
 * @material: (owned): what will be remembered: the certificate as PEM; lines of known_hosts
 */
typedef struct
{
  FerryTrustKind kind;
  char *address;
  char *fingerprint;
  char *known_fingerprint;
  char *subject;
  char *issuer;
  gint64 not_before;
  gint64 not_after;
  char *key_type;
  char *problem;
  char *material;
} FerryTrustQuestion;

FerryTrustQuestion *ferry_trust_question_copy (const FerryTrustQuestion *question);
void ferry_trust_question_free (FerryTrustQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryTrustQuestion, ferry_trust_question_free)

/** ferry_trust_address_is_valid: could be "host", "host:port" or "[IPv6]:port" */
gboolean ferry_trust_address_is_valid (const char *address);

/** ferry_trust_question_new_certificate: about what the server at @address showed; whether another
 * one was trusted so far is looked up; @flags: what GIO found wrong with it */
FerryTrustQuestion *ferry_trust_question_new_certificate (const char *address,
                                                          GTlsCertificate *certificate,
                                                          GTlsCertificateFlags flags);
/** ferry_trust_question_new_host_key: @lines: of known_hosts, as ssh-keyscan prints them; of several
 * keys the best one is asked about, and it alone will be remembered, so that nothing is trusted that
 * was not shown. FERRY_ERROR_INVALID: no key in them, a damaged line, no such @address */
FerryTrustQuestion *
ferry_trust_question_new_host_key (const char *address, const char *lines, GError **error);

/** ferry_trust_accept: the user has consented: remembered in place of what was known of it.
 * FERRY_ERROR_INVALID (nothing that could be remembered), PERMISSION, UNSUPPORTED (the file is a newer
 * Ferry's), NO_SPACE, FAILED */
gboolean ferry_trust_accept (const FerryTrustQuestion *question, GError **error);
/** ferry_trust_forget: also when nothing was known of it */
gboolean ferry_trust_forget (FerryTrustKind kind, const char *address, GError **error);

/** ferry_trust_dup_certificate: (nullable): PEM of what is pinned for "host:port" */
char *ferry_trust_dup_certificate (const char *address);
/** ferry_trust_certificate_is_pinned: @certificate is exactly what is pinned for @address */
gboolean ferry_trust_certificate_is_pinned (const char *address, GTlsCertificate *certificate);
/** ferry_trust_host_key_is_pinned: one of the keys in @lines is exactly what is pinned for @address */
gboolean ferry_trust_host_key_is_pinned (const char *address, const char *lines);
/** ferry_trust_dup_fingerprint: SHA-256, or with %G_CHECKSUM_SHA1 VDDK's thumbprint, with colons */
char *ferry_trust_dup_fingerprint (GTlsCertificate *certificate, GChecksumType type);
/** ferry_trust_dup_known_hosts: path of Ferry's own known_hosts, which need not be there */
char *ferry_trust_dup_known_hosts (GError **error);

G_END_DECLS
