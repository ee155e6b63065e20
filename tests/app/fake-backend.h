/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-backend.h"

G_BEGIN_DECLS

/* What a wizard in tests asks. The source's path says what is there: "/many" has fifteen guests,
 * "/one" one, "/none" none, "/broken" cannot be read, "/slow" answers when it is cancelled. The
 * destination's path or URI likewise: any is fine, "/full" has no space, "/broken" and
 * "qemu+ssh://broken/system" do not answer. */
const FerryBackend *fake_backend_get (void);

/* Live sources: the password of every VMware server is "secret". Of their names, "strange" is in
 * those of servers that are not trusted until somebody says so, "nowhere", "refused" and "silent"
 * speak for themselves, "slowly" takes a tenth of a second to read a guest. All have the fifteen
 * guests; the one called backup-gw is gone when it is read. */

typedef enum
{
  FAKE_KEYRING_OPEN,
  FAKE_KEYRING_LOCKED,
  FAKE_KEYRING_ABSENT,
} FakeKeyring;

/** fake_backend_reset: no providers, nobody trusted, an empty keyring that is open */
void fake_backend_reset (void);
void fake_backend_set_keyring (FakeKeyring keyring);
/** fake_backend_set_changed: strange servers show something else than what was trusted */
void fake_backend_set_changed (void);
/** fake_backend_get_n_logins: how often a password was sent */
guint fake_backend_get_n_logins (void);
const char *fake_backend_get_password (const char *provider);
/* Providers that are there already; what is returned is the uuid. @password: (nullable) */
const char *fake_backend_add_vcenter (const char *name, const char *host, const char *password);
const char *fake_backend_add_libvirt (const char *name, const char *uri);
FerryProvider *fake_backend_get_provider (const char *id);
guint fake_backend_get_n_providers (void);
FerryTrustQuestion *fake_backend_new_question (FerryTrustKind kind, gboolean changed);

/** fake_backend_new_guest: with one disk of @gigabytes and one NIC on @network (nullable: none) */
FerryGuest *fake_backend_new_guest (const char *name,
                                    const char *os,
                                    guint64 memory_gib,
                                    guint64 gigabytes,
                                    const char *network);

G_END_DECLS
