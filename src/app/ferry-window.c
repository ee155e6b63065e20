/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-window.h"

#include "ferry-accessible.h"
#include "ferry-imports-view.h"
#include "ferry-providers-view.h"
#include "ferry-remembered.h"

#include <glib/gi18n-lib.h>

/* From this width on there is room for everything side by side. */
#define WIDE_PIXELS 620

struct _FerryWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings; /* (owned) (nullable): NULL where Ferry's schema is not installed */
  guint adapt_source; /* 0: laid out for the width it has */

  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  GtkWidget *new_button;
  GtkWidget *new_label;
  GtkWidget *add_button;
  GtkWidget *add_label;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewSwitcherBar *switcher_bar;
  AdwViewStack *pages;
  AdwSqueezer *sizer;
  GtkWidget *wide_probe;
  FerryImportsView *view;
  FerryProvidersView *providers_view;
};

G_DEFINE_FINAL_TYPE (FerryWindow, ferry_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_narrow (FerryWindow *self, gboolean narrow)
{
  gtk_widget_set_visible (self->new_label, !narrow);
  gtk_widget_set_visible (self->add_label, !narrow);
  adw_header_bar_set_centering_policy (self->header, narrow ? ADW_CENTERING_POLICY_LOOSE
                                                            : ADW_CENTERING_POLICY_STRICT);
  ferry_imports_view_set_narrow (self->view, narrow);
  ferry_providers_view_set_narrow (self->providers_view, narrow);
}

/* The button at the start of the header is for what is shown. */
static void
on_page_changed (FerryWindow *self)
{
  gboolean providers =
      g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "providers") == 0;

  gtk_widget_set_visible (self->new_button, !providers);
  gtk_widget_set_visible (self->add_button, providers);
}

/* A bar that was revealed keeps its height when it is hidden; one that is not visible does not. */
static void
on_title_visible_changed (FerryWindow *self)
{
  gboolean title = adw_view_switcher_title_get_title_visible (self->switcher_title);

  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), title);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, title);
}

static gboolean
on_adapt (gpointer user_data)
{
  FerryWindow *self = user_data;

  self->adapt_source = 0;
  set_narrow (self, adw_squeezer_get_visible_child (self->sizer) != self->wide_probe);

  return G_SOURCE_REMOVE;
}

/* This is heard while sizes are being given out: what changes them has to wait until that is over,
 * and until the first frame is drawn. */
static void
on_size_changed (FerryWindow *self)
{
  if (self->adapt_source == 0)
    self->adapt_source = g_idle_add (on_adapt, self);
}

static void
on_say (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_window_say (FERRY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_shortcuts_hidden (FerryWindow *self)
{
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self), NULL);
}

/* Made when it is asked for, and gone when it is closed: a window that waits unseen ends the program
 * in GTK 4.8 as soon as a screen reader asks for a window that has just been closed. */
static void
on_show_shortcuts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/io/github/ferryvm/Ferry/ferry-shortcuts.ui");
  GtkShortcutsWindow *shortcuts
      = GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (widget), shortcuts);
  g_signal_connect_object (shortcuts, "unmap", G_CALLBACK (on_shortcuts_hidden), widget,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_window_present (GTK_WINDOW (shortcuts));
}

static void
show_providers (FerryWindow *self)
{
  adw_view_stack_set_visible_child_name (self->pages, "providers");
}

static void
on_add_provider (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_providers (FERRY_WINDOW (widget));
  ferry_providers_view_add (FERRY_WINDOW (widget)->providers_view);
}

static void
on_export_providers (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_providers_view_export (FERRY_WINDOW (widget)->providers_view);
}

static void
on_import_providers (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_providers (FERRY_WINDOW (widget));
  ferry_providers_view_import (FERRY_WINDOW (widget)->providers_view);
}

/* The first frame is laid out for the size that was asked for: were it the wide layout, whose least
 * width is more than 360, no narrow window could ever be opened. */
static void
on_map (FerryWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  set_narrow (self, width < WIDE_PIXELS);
  on_size_changed (self);
}

static void
remember_size (FerryWindow *self)
{
  self->settings = ferry_remembered_open ();
  if (self->settings == NULL)
    return;

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
ferry_window_dispose (GObject *object)
{
  FerryWindow *self = FERRY_WINDOW (object);

  g_clear_handle_id (&self->adapt_source, g_source_remove);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ferry_window_parent_class)->dispose (object);
}

static void
ferry_window_class_init (FerryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_window_dispose;

  g_type_ensure (FERRY_TYPE_IMPORTS_VIEW);
  g_type_ensure (FERRY_TYPE_PROVIDERS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, header);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, new_label);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, add_label);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, sizer);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, wide_probe);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, view);
  gtk_widget_class_bind_template_child (widget_class, FerryWindow, providers_view);
  gtk_widget_class_bind_template_callback (widget_class, on_size_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_visible_changed);
  gtk_widget_class_install_action (widget_class, "win.say", "s", on_say);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL, on_show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.add-provider", NULL, on_add_provider);
  gtk_widget_class_install_action (widget_class, "win.export-providers", NULL, on_export_providers);
  gtk_widget_class_install_action (widget_class, "win.import-providers", NULL, on_import_providers);
}

static void
ferry_window_init (FerryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_track (GTK_WIDGET (self->pages));
  set_narrow (self, TRUE);
  gtk_widget_set_size_request (self->wide_probe, WIDE_PIXELS, -1);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  remember_size (self);
}

GtkWindow *
ferry_window_new (GtkApplication *app, FerryWorkerClient *client, FerryProviders *providers)
{
  FerryWindow *self = g_object_new (FERRY_TYPE_WINDOW, "application", app, NULL);

  ferry_imports_view_set_client (self->view, client);
  ferry_providers_view_set_providers (self->providers_view, providers);

  return GTK_WINDOW (self);
}

void
ferry_window_show_import (FerryWindow *self, const char *id)
{
  g_return_if_fail (FERRY_IS_WINDOW (self));

  adw_view_stack_set_visible_child_name (self->pages, "imports");
  ferry_imports_view_show_import (self->view, id);
}

/* AdwToast itself cuts what is longer than the window is wide. */
static GtkWidget *
make_toast_label (const char *message)
{
  GtkWidget *label = gtk_label_new (message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_widget_add_css_class (label, "heading");

  return label;
}

void
ferry_window_say (FerryWindow *self, const char *message)
{
  AdwToast *toast;
  GtkWidget *shown;
  g_autofree char *markup = g_markup_escape_text (message, -1);

  g_return_if_fail (FERRY_IS_WINDOW (self));

  toast = adw_toast_new (markup);
  adw_toast_set_custom_title (toast, make_toast_label (message));
  adw_toast_overlay_add_toast (self->toasts, toast);
  shown = gtk_widget_get_last_child (GTK_WIDGET (self->toasts));
  if (shown != adw_toast_overlay_get_child (self->toasts))
    ferry_accessible_name_icon_buttons (shown, _("Close"));
}
