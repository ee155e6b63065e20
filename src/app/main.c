/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-application.h"
#include "ferry-ipc.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>

static gboolean
on_terminate (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));

  return G_SOURCE_CONTINUE;
}

/* A program that was not installed finds its translations through FERRY_LOCALEDIR. */
static void
set_up_translations (void)
{
  const char *folder = g_getenv ("FERRY_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : FERRY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (FerryApplication) app = NULL;
  guint terminate;
  int status;

  set_up_translations ();
  ferry_ipc_init ();
  app = ferry_application_new ();

  terminate = g_unix_signal_add (SIGTERM, on_terminate, app);
  status = g_application_run (G_APPLICATION (app), argc, argv);
  g_source_remove (terminate);

  return status;
}
