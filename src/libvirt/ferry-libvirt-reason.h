/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why libvirt did not do something: the word between ferry-libvirt-helper, which knows libvirt's
 * error codes, and its client, which knows what to tell the user. */
typedef enum
{
  FERRY_LIBVIRT_FAILED = 1, /* anything else; also a word of a helper that is not ours */
  FERRY_LIBVIRT_NO_DAEMON,
  FERRY_LIBVIRT_BAD_URI,
  FERRY_LIBVIRT_DENIED,
  FERRY_LIBVIRT_AUTH,
  FERRY_LIBVIRT_NO_DOMAIN,
  FERRY_LIBVIRT_NO_NETWORK,
  FERRY_LIBVIRT_NO_POOL,
  FERRY_LIBVIRT_NO_VOLUME,
  FERRY_LIBVIRT_EXISTS,
  FERRY_LIBVIRT_BAD_XML,
  FERRY_LIBVIRT_UNSUPPORTED,
  FERRY_LIBVIRT_BAD_REQUEST,
  FERRY_LIBVIRT_NO_HOST, /* no such name */
  FERRY_LIBVIRT_REFUSED,
  FERRY_LIBVIRT_UNREACHABLE,
  FERRY_LIBVIRT_TLS,
  FERRY_LIBVIRT_HOST_KEY,
  FERRY_LIBVIRT_HOST_KEY_CHANGED,
  FERRY_LIBVIRT_NO_KEY, /* ssh did not let us in */
  FERRY_LIBVIRT_NO_PASSWORD,
  FERRY_LIBVIRT_NO_DRIVER,
  FERRY_LIBVIRT_NO_LIBVIRT, /* at the other end of ssh */
  FERRY_LIBVIRT_NO_SPACE,
  FERRY_LIBVIRT_CANNOT_WRITE,
  FERRY_LIBVIRT_TRANSIENT,
} FerryLibvirtReason;

const char *ferry_libvirt_reason_to_word (FerryLibvirtReason reason);
FerryLibvirtReason ferry_libvirt_reason_from_word (const char *word);
/** ferry_libvirt_reason_from_words: why a connection failed, from libvirt's or ssh's own words;
 * FAILED: they tell nothing that is known */
FerryLibvirtReason ferry_libvirt_reason_from_words (const char *message);

/**
 * FerryLibvirtRefusal: what was asked, and what came back
 * @uri: the connection
 * @subject: the domain, pool or volume that was asked for; may be ""
 * @message: libvirt's own words
 */
typedef struct
{
  FerryLibvirtReason reason;
  const char *uri;
  const char *subject;
  const char *message;
} FerryLibvirtRefusal;

gboolean ferry_libvirt_refuse (const FerryLibvirtRefusal *refusal, GError **error);

G_END_DECLS
