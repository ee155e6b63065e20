/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-application.h"

#include "ferry-accessible.h"
#include "ferry-import-item.h"
#include "ferry-import-text.h"
#include "ferry-plan-file.h"
#include "ferry-preferences.h"
#include "ferry-window.h"
#include "ferry-wizard.h"
#include "ferry-worker-client.h"

#include <glib/gi18n-lib.h>

struct _FerryApplication
{
  AdwApplication parent_instance;

  FerryWorkerClient *client; /* (owned) */
  FerryProviders *providers; /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  gboolean holding; /* stays without a window, to tell when imports end */
};

G_DEFINE_FINAL_TYPE (FerryApplication, ferry_application, ADW_TYPE_APPLICATION)

static GtkWindow *
find_main_window (FerryApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (FERRY_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static GtkWindow *
present_main_window (FerryApplication *self)
{
  GtkWindow *window = find_main_window (self);

  if (window == NULL)
    window = ferry_window_new (GTK_APPLICATION (self), self->client, self->providers);
  ferry_worker_client_start (self->client);
  gtk_window_present (window);

  return window;
}

/* The main window is behind the wizard, so that the import is seen when the wizard closes. */
static GtkWindow *
new_wizard (FerryApplication *self)
{
  GtkWindow *parent = present_main_window (self);
  GtkWindow *wizard;

  /* ferryctl may have written some meanwhile. */
  ferry_providers_load (self->providers);
  wizard = ferry_wizard_new (GTK_APPLICATION (self), self->client, self->providers);
  gtk_window_set_transient_for (wizard, parent);

  return wizard;
}

static void
say_error (FerryApplication *self, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (present_main_window (self), heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  ferry_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_plan (FerryApplication *self, const char *path)
{
  GtkWindow *wizard = new_wizard (self);
  g_autoptr (GError) error = NULL;

  if (ferry_wizard_open_plan (FERRY_WIZARD (wizard), path, &error))
    {
      gtk_window_present (wizard);
      return;
    }

  gtk_window_destroy (wizard);
  say_error (self, _("The Plan Cannot Be Opened"), error->message);
}

static void
open_file (FerryApplication *self, GFile *file)
{
  const char *path = g_file_peek_path (file);
  GtkWindow *wizard;

  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *message =
          g_strdup_printf (_("Ferry opens files on this computer only. Copy ‘%s’ here first."),
                           uri);

      say_error (self, _("The File Cannot Be Opened"), message);
      return;
    }
  if (ferry_plan_file_is_plan (path))
    {
      open_plan (self, path);
      return;
    }

  wizard = new_wizard (self);
  ferry_wizard_set_source_path (FERRY_WIZARD (wizard), path);
  gtk_window_present (wizard);
}

static void
on_new_import (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (new_wizard (FERRY_APPLICATION (user_data)));
}

static void
on_plan_chosen (FerryApplication *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  /* Whatever it is called: it was said to be a plan. */
  if (file != NULL && g_file_peek_path (file) != NULL)
    open_plan (self, g_file_peek_path (file));
  else if (file != NULL)
    open_file (self, file);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
on_open_plan (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FerryApplication *self = FERRY_APPLICATION (user_data);
  GtkWindow *parent = present_main_window (self);
  GtkFileChooser *chooser;

  if (self->chooser != NULL)
    return;

  self->chooser =
      gtk_file_chooser_native_new (_("Open Plan"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                   _("_Open"), _("_Cancel"));
  chooser = GTK_FILE_CHOOSER (self->chooser);
  add_filter (chooser, _("Plans"),
              (const char *const[]){ "*.ferry-plan", "*.json", "*.plan", NULL });
  add_filter (chooser, _("All Files"), (const char *const[]){ "*", NULL });
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_plan_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_new_import_from (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *wizard = new_wizard (FERRY_APPLICATION (user_data));

  ferry_wizard_set_provider (FERRY_WIZARD (wizard), g_variant_get_string (parameter, NULL));
  gtk_window_present (wizard);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FerryApplication *self = FERRY_APPLICATION (user_data);

  gtk_window_present (ferry_preferences_new (present_main_window (self), self->client));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FerryApplication *self = FERRY_APPLICATION (user_data);

  adw_show_about_window (
      present_main_window (self), "application-name", _("Ferry"), "application-icon", FERRY_APP_ID,
      "version", FERRY_VERSION, "developer-name", _("The Ferry developers"), "license-type",
      GTK_LICENSE_GPL_3_0, "copyright", "© 2026 The Ferry developers", "comments",
      _("Ferry moves virtual machines onto KVM. It converts them with virt-v2v, and checks "
         "everything before the first byte moves."),
      /* Translators: your names, one on each line */
      "translator-credits", _("translator-credits"), NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
on_show_import (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = present_main_window (FERRY_APPLICATION (user_data));

  ferry_window_show_import (FERRY_WINDOW (window), g_variant_get_string (parameter, NULL));
}

static gboolean
has_focus (FerryApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;

  return FALSE;
}

static void
on_import_ended (FerryApplication *self, FerryImportItem *item)
{
  const FerryImportFacts *facts = ferry_import_item_get_facts (item);
  g_autofree char *title = ferry_import_text_notification (facts);
  g_autofree char *outcome = ferry_import_text_outcome (facts, g_get_real_time ());
  g_autoptr (GNotification) notification = NULL;

  if (has_focus (self))
    return;

  notification = g_notification_new (title);
  g_notification_set_body (notification, outcome);
  g_notification_set_default_action_and_target (notification, "app.show-import", "s", facts->id);
  g_application_send_notification (G_APPLICATION (self), facts->id, notification);
}

/* Without a window the program stays as long as imports run, and tells when they end. */
static void
update_hold (FerryApplication *self)
{
  gboolean wanted = ferry_worker_client_get_active (self->client) > 0;

  if (wanted == self->holding)
    return;

  self->holding = wanted;
  if (wanted)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { "new-import", on_new_import, NULL, NULL, NULL, { 0 } },
  { "new-import-from", on_new_import_from, "s", NULL, NULL, { 0 } },
  { "open-plan", on_open_plan, NULL, NULL, NULL, { 0 } },
  { "preferences", on_preferences, NULL, NULL, NULL, { 0 } },
  { "about", on_about, NULL, NULL, NULL, { 0 } },
  { "quit", on_quit, NULL, NULL, NULL, { 0 } },
  { "show-import", on_show_import, "s", NULL, NULL, { 0 } },
};

static void
set_accels (FerryApplication *self)
{
  GtkApplication *app = GTK_APPLICATION (self);

  gtk_application_set_accels_for_action (app, "app.new-import",
                                         (const char *[]){ "<Control>n", NULL });
  gtk_application_set_accels_for_action (app, "app.open-plan",
                                         (const char *[]){ "<Control>o", NULL });
  gtk_application_set_accels_for_action (app, "win.add-provider",
                                         (const char *[]){ "<Control><Shift>n", NULL });
  gtk_application_set_accels_for_action (app, "app.preferences",
                                         (const char *[]){ "<Control>comma", NULL });
  gtk_application_set_accels_for_action (app, "app.quit", (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (app, "win.show-shortcuts",
                                         (const char *[]){ "<Control>question", NULL });
  gtk_application_set_accels_for_action (app, "window.close",
                                         (const char *[]){ "<Control>w", NULL });
}

static void
ferry_application_startup (GApplication *app)
{
  FerryApplication *self = FERRY_APPLICATION (app);

  G_APPLICATION_CLASS (ferry_application_parent_class)->startup (app);

  gtk_window_set_default_icon_name (FERRY_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (self);
  self->client = ferry_worker_client_new ();
  self->providers = ferry_providers_new (ferry_backend_get_real ());
  g_signal_connect_swapped (self->client, "ended", G_CALLBACK (on_import_ended), self);
  g_signal_connect_swapped (self->client, "notify::active", G_CALLBACK (update_hold), self);
}

static void
ferry_application_activate (GApplication *app)
{
  present_main_window (FERRY_APPLICATION (app));
}

static void
ferry_application_open (GApplication *app, GFile **files, int count, const char *hint)
{
  for (int i = 0; i < count; i++)
    open_file (FERRY_APPLICATION (app), files[i]);
}

static int
ferry_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("ferry %s\n", FERRY_VERSION);
  return 0;
}

/* Windows are not closed by quitting; what they own is given back here. */
static void
ferry_application_shutdown (GApplication *app)
{
  FerryApplication *self = FERRY_APPLICATION (app);
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (app)));

  if (self->chooser != NULL)
    g_signal_handlers_disconnect_by_data (self->chooser, self);
  g_clear_object (&self->chooser);
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_destroy (l->data);
  g_list_free (windows);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  g_clear_object (&self->providers);

  G_APPLICATION_CLASS (ferry_application_parent_class)->shutdown (app);
}

static void
ferry_application_class_init (FerryApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  app_class->startup = ferry_application_startup;
  app_class->activate = ferry_application_activate;
  app_class->open = ferry_application_open;
  app_class->handle_local_options = ferry_application_handle_local_options;
  app_class->shutdown = ferry_application_shutdown;
}

static void
ferry_application_init (FerryApplication *self)
{
  GApplication *app = G_APPLICATION (self);

  g_application_add_main_option (app, "version", 'V', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE,
                                 _("Print the version and exit"), NULL);
  g_application_set_option_context_parameter_string (app, _("[FILE.ova…|PLAN.json…]"));
  g_application_set_option_context_summary (app, _("Import virtual machines into KVM: shows what "
                                                    "is being imported, and with a file at "
                                                    "hand opens the wizard for it."));
}

FerryApplication *
ferry_application_new (void)
{
  return g_object_new (FERRY_TYPE_APPLICATION, "application-id", FERRY_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/ferryvm/Ferry",
                       NULL);
}
