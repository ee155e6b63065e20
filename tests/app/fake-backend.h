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

/** fake_backend_new_guest: with one disk of @gigabytes and one NIC on @network (nullable: none) */
FerryGuest *fake_backend_new_guest (const char *name,
                                    const char *os,
                                    guint64 memory_gib,
                                    guint64 gigabytes,
                                    const char *network);

G_END_DECLS
