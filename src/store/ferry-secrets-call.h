/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FerrySecretsCall:
 *
 * Waits for asynchronous functions of libsecret, one after the other. Its blocking ones cannot be
 * used: a prompt that nobody answers holds them up for ever, and cancelling one waits for the same
 * service that does not answer.
 *
 * Everything is dispatched in a main context of its own, so it can be used in any thread.
 */
typedef struct _FerrySecretsCall FerrySecretsCall;

FerrySecretsCall *ferry_secrets_call_begin (GCancellable *cancellable);
void ferry_secrets_call_end (FerrySecretsCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerrySecretsCall, ferry_secrets_call_end)

/** ferry_secrets_call_get_cancellable: for the function that is called */
GCancellable *ferry_secrets_call_get_cancellable (FerrySecretsCall *call);
/** ferry_secrets_call_on_done: its callback, with the call as user data */
void ferry_secrets_call_on_done (GObject *object, GAsyncResult *result, gpointer user_data);
/** ferry_secrets_call_wait: (transfer full) (nullable): what the function has come to within @seconds;
 * NULL: it did not answer even to being cancelled */
GAsyncResult *ferry_secrets_call_wait (FerrySecretsCall *call, guint seconds);
/** ferry_secrets_call_timed_out: it was ended because the time was over */
gboolean ferry_secrets_call_timed_out (const FerrySecretsCall *call);

G_END_DECLS
