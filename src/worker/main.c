/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-service.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <unistd.h>

static gboolean
parse_options (int *argc, char ***argv, gboolean *out_version, GError **error)
{
  GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, out_version, N_("Print the version and leave"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _("Imports virtual machines for Ferry and ferryctl. "
                                           "It is started through the session bus."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  FerryWorkerOptions options = { .owner = getuid () };
  gboolean version = FALSE;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FERRY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  if (!parse_options (&argc, &argv, &version, &error))
    {
      g_printerr ("ferry-worker: %s\n", error->message);
      return 2;
    }
  if (version)
    {
      g_print ("ferry-worker %s\n", FERRY_VERSION);
      return EXIT_SUCCESS;
    }

  return ferry_service_run (&options);
}
