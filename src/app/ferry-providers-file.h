/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gtk/gtk.h>

#include "ferry-providers.h"

G_BEGIN_DECLS

/* Providers into and out of a file that the user picks; what came of it is said in @window, through
 * its action "win.say". */
void ferry_providers_file_export (FerryProviders *providers, GtkWindow *window);
void ferry_providers_file_import (FerryProviders *providers, GtkWindow *window);

/** ferry_providers_file_write: 0600, since it names users and hosts */
gboolean ferry_providers_file_write (FerryProviders *providers, const char *path, GError **error);
gboolean ferry_providers_file_read (FerryProviders *providers,
                                    const char *path,
                                    guint *out_n,
                                    GError **error);

G_END_DECLS
