/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-guest.h"

G_BEGIN_DECLS

/* Operating systems by libosinfo's short ids. Its database is a package of its own (osinfo-db): where
 * it is missing the list is empty, and ids are still guessed as far as they follow a rule. */

/**
 * FerryOs:
 * @id: (owned): libosinfo's short id: "debian12", "win2k19"
 * @name: (owned): for people: "Debian 12", "Microsoft Windows Server 2019"
 * @family: (owned): "linux", "windows", "bsd", "macos", "solaris" or "other"
 */
typedef struct
{
  char *id;
  char *name;
  char *family;
} FerryOs;

/**
 * ferry_os_list:
 *
 * Every operating system that libosinfo knows, sorted by name for people ("Debian 9" before
 * "Debian 10"). The first call of a program reads the database, which takes about half a second: a
 * user interface makes it in another thread. Every function here makes that call. Any thread.
 *
 * Returns: (transfer none) (element-type FerryOs): never changes and never goes away
 */
GPtrArray *ferry_os_list (void);
/** ferry_os_find: (nullable): by its short id, or another name of it such as "debianbookworm" */
const FerryOs *ferry_os_find (const char *id);
/**
 * ferry_os_guess: what @guest's os_id and os say, as a short id
 *
 * VMware's guest ids, CIM's numbers, VirtualBox's words, libosinfo's URIs and names for people are
 * understood. Where only the major version is told, it is the id for an unknown minor one, else that
 * of the newest one known. A name that says no version where there are several is not guessed at.
 * The id may be one that ferry_os_find() does not know, when the database is older than the system.
 *
 * Returns: (transfer full) (nullable)
 */
char *ferry_os_guess (const FerryGuest *guest);
/** ferry_os_dup_uri: (transfer full) (nullable): "http://debian.org/debian/12" of "debian12" */
char *ferry_os_dup_uri (const char *id);

G_END_DECLS
