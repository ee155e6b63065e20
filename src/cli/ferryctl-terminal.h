/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Questions to whoever sits at the terminal, whatever standard input and output are. */

/** ferryctl_terminal_is_there: whether this process has one */
gboolean ferryctl_terminal_is_there (void);
/** ferryctl_terminal_say: @text, which may have several lines, is made safe to be shown */
void ferryctl_terminal_say (const char *text);
/** ferryctl_terminal_read: a line, without its end; wipe it when it is a secret.
 * FERRY_ERROR_AUTH: there is no terminal, or nothing was entered */
char *ferryctl_terminal_read (const char *prompt, gboolean is_secret, GError **error);
/** ferryctl_terminal_confirm: anything but a yes of the locale is a no */
gboolean ferryctl_terminal_confirm (const char *question);

G_END_DECLS
