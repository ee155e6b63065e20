/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which kind of operating system something is, as far as virt-v2v cares. */
typedef enum
{
  FERRY_SYSTEM_UNKNOWN = 1,
  FERRY_SYSTEM_LINUX,   /* one that virt-v2v converts, or not told which */
  FERRY_SYSTEM_WINDOWS, /* the same */
  FERRY_SYSTEM_OTHER,   /* one that virt-v2v does not convert */
} FerrySystem;

/**
 * ferry_system_from_text:
 * @text: (nullable): libosinfo's short id, VMware's id, "cim:96", or a name for people
 */
FerrySystem ferry_system_from_text (const char *text);

G_END_DECLS
