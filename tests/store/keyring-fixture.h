/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A real gnome-keyring on the session bus, which must be a private one with a private home. */
typedef struct _KeyringFixture KeyringFixture;

/** keyring_fixture_new: started and unlocked; NULL: gnome-keyring is not installed */
KeyringFixture *keyring_fixture_new (void);
/** keyring_fixture_new_empty: started by nobody's login: there is no keyring to unlock yet */
KeyringFixture *keyring_fixture_new_empty (void);
/** keyring_fixture_free: asserts that the daemon has survived */
void keyring_fixture_free (KeyringFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeyringFixture, keyring_fixture_free)

void keyring_fixture_lock (KeyringFixture *fixture);
/** keyring_fixture_start_prompter: the program that asks for the password; nobody will answer it.
 * FALSE: it is not installed */
gboolean keyring_fixture_start_prompter (KeyringFixture *fixture);
void keyring_fixture_end_prompter (KeyringFixture *fixture);
/** keyring_fixture_await_name: until somebody, or nobody, has @name on the session bus */
void keyring_fixture_await_name (const char *name, gboolean owned);

G_END_DECLS
