/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-import-actions.h"

#include "ferry-accessible.h"
#include "ferry-import-text.h"
#include "ferry-password-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

void
ferry_import_actions_say (GtkWidget *from, const char *message)
{
  gtk_widget_activate_action (from, "win.say", "s", message);
}

/* The callback's data is a weak reference: the widget may be gone when the worker answers. */
static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *from = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (from);
  g_autoptr (GError) error = NULL;

  if (!ferry_import_item_act_finish (FERRY_IMPORT_ITEM (source), result, &error)
      && widget != NULL)
    ferry_import_actions_say (widget, error->message);

  g_weak_ref_clear (from);
  g_free (from);
}

/* The window outlives the row, which an action may move or remove. */
static GWeakRef *
refer_to_window (GtkWidget *from)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, gtk_widget_get_root (from));

  return ref;
}

static void
act (GtkWidget *from, FerryImportItem *item, FerryImportAction action)
{
  ferry_import_item_act (item, action, NULL, on_acted, refer_to_window (from));
}

static void
on_cancel_answered (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  FerryImportItem *item = user_data;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  /* It may have ended while the question was open. */
  if (g_strcmp0 (response, "cancel-import") == 0 && window != NULL
      && !ferry_import_state_is_end (ferry_import_item_get_facts (item)->state))
    act (GTK_WIDGET (window), item, FERRY_IMPORT_ACTION_CANCEL);
}

void
ferry_import_actions_cancel (GtkWidget *from, FerryImportItem *item)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (item);
  g_autofree char *heading = g_strdup_printf (_("Cancel Importing ‘%s’?"), facts->name);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (from)), heading,
                                ferry_import_text_cancel (facts));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep Importing"),
                                    "cancel-import", _("_Cancel Import"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel-import",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_cancel_answered), g_object_ref (item),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  ferry_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_password_answered (FerryPasswordDialog *dialog, const char *response, gpointer user_data)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autoptr (FerryPlan) secrets = NULL;

  if (g_strcmp0 (response, "retry") != 0 || window == NULL)
    return;

  secrets = ferry_plan_new ();
  ferry_password_dialog_read (dialog, secrets);
  ferry_import_item_retry_with (user_data, secrets, NULL, on_acted,
                                refer_to_window (GTK_WIDGET (window)));
}

static void
ask_password (GtkWidget *from, FerryImportItem *item)
{
  FerryPasswordDialog *dialog
      = ferry_password_dialog_new (GTK_WINDOW (gtk_widget_get_root (from)),
                                   ferry_import_item_get_facts (item), NULL);

  g_signal_connect_data (dialog, "response", G_CALLBACK (on_password_answered),
                         g_object_ref (item),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
ferry_import_actions_retry (GtkWidget *from, FerryImportItem *item)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (item);

  if (ferry_import_facts_needs_password (facts) || ferry_import_facts_needs_key (facts))
    ask_password (from, item);
  else
    act (from, item, FERRY_IMPORT_ACTION_RETRY);
}

/* --- starting at the source --- */

static void start_source (GtkWidget *from, FerryImportItem *item, const FerryPlan *secrets);

static void
on_start_password (FerryPasswordDialog *dialog, const char *response, gpointer user_data)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autoptr (FerryPlan) secrets = NULL;

  if (g_strcmp0 (response, "retry") != 0 || window == NULL)
    return;

  secrets = ferry_plan_new ();
  ferry_password_dialog_read (dialog, secrets);
  start_source (GTK_WIDGET (window), user_data, secrets);
}

static void
ask_start_password (GtkWidget *window, FerryImportItem *item, const char *message)
{
  FerryPasswordDialog *dialog = ferry_password_dialog_new (
      GTK_WINDOW (window), ferry_import_item_get_facts (item), message);

  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (dialog), "retry",
                                         _("_Start at Source"));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_start_password), g_object_ref (item),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_source_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FerryImportItem *item = FERRY_IMPORT_ITEM (source);
  GWeakRef *from = user_data;
  g_autoptr (GtkWidget) window = g_weak_ref_get (from);
  g_autoptr (GError) error = NULL;
  gboolean started = ferry_import_item_act_finish (item, result, &error);
  g_autofree char *said = ferry_import_text_started (ferry_import_item_get_facts (item));

  if (window != NULL && started)
    ferry_import_actions_say (window, said);
  else if (window != NULL && g_error_matches (error, FERRY_ERROR, FERRY_ERROR_AUTH))
    ask_start_password (window, item, error->message);
  else if (window != NULL)
    ferry_import_actions_say (window, error->message);

  g_weak_ref_clear (from);
  g_free (from);
}

static void
start_source (GtkWidget *from, FerryImportItem *item, const FerryPlan *secrets)
{
  ferry_import_item_start_source (item, secrets, NULL, on_source_started, refer_to_window (from));
}

void
ferry_import_actions_start_source (GtkWidget *from, FerryImportItem *item)
{
  g_autoptr (FerryPlan) nothing = ferry_plan_new ();

  start_source (from, item, nothing);
}

void
ferry_import_actions_remove (GtkWidget *from, FerryImportItem *item)
{
  act (from, item, FERRY_IMPORT_ACTION_REMOVE);
}

void
ferry_import_actions_open_folder (GtkWidget *from, FerryImportItem *item)
{
  const char *folder = ferry_import_text_folder (ferry_import_item_get_facts (item));
  g_autofree char *uri = NULL;

  if (folder == NULL)
    return;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      ferry_import_actions_say (from, _("The folder is no longer there."));
      return;
    }

  uri = g_filename_to_uri (folder, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (from)), uri, GDK_CURRENT_TIME);
}

void
ferry_import_actions_copy (GtkWidget *from, const char *text, const char *said)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (from), text);
  ferry_import_actions_say (from, said);
}
