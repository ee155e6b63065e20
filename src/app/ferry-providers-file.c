/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-providers-file.h"

#include <glib/gi18n-lib.h>

/* Larger files hold something else. */
#define MAX_BYTES (4 * 1024 * 1024)

gboolean
ferry_providers_file_write (FerryProviders *providers, const char *path, GError **error)
{
  g_autofree char *text = ferry_providers_export (providers);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
ferry_providers_file_read (FerryProviders *providers,
                           const char *path,
                           guint *out_n,
                           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (stream == NULL)
    return FALSE;
  text = g_malloc0 (MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES, &length, NULL, error))
    return FALSE;
  if (length == MAX_BYTES)
    return ferry_fail (error, FERRY_ERROR_INVALID,
                       _("‘%s’ is too large for a file of providers. Choose another one."), path);

  return ferry_providers_import (providers, text, out_n, error);
}

static void
say (GtkNativeDialog *chooser, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (gtk_native_dialog_get_transient_for (chooser)), "win.say",
                              "s", message);
}

static char *
dup_path (GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
on_export_chosen (GtkNativeDialog *chooser, int response, FerryProviders *providers)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_path (chooser) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL)
    say (chooser, ferry_providers_file_write (providers, path, &error)
                      ? _("The providers were exported, without their passwords.")
                      : error->message);
  g_object_unref (chooser);
}

static void
on_import_chosen (GtkNativeDialog *chooser, int response, FerryProviders *providers)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_path (chooser) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (path != NULL && ferry_providers_file_read (providers, path, &n, &error))
    {
      text =
          g_strdup_printf (ngettext ("%u provider was imported. It has no password yet.",
                                     "%u providers were imported. They have no passwords yet.", n),
                           n);
      say (chooser, text);
    }
  else if (error != NULL)
    say (chooser, error->message);
  g_object_unref (chooser);
}

void
ferry_providers_file_export (FerryProviders *providers, GtkWindow *window)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_("Export Providers"), window, GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _("_Export"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("ferry-providers.ini"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_export_chosen), providers, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
ferry_providers_file_import (FerryProviders *providers, GtkWindow *window)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_("Import Providers"), window, GTK_FILE_CHOOSER_ACTION_OPEN,
                                   _("_Import"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_import_chosen), providers, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
