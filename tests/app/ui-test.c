/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ui-test.h"

#include "ferry-ipc.h"

#include <adwaita.h>

#define PATIENCE_SECONDS 10
#define RESOURCES "/io/github/ferryvm/Ferry"

void
ui_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;
  GdkDisplay *display;

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  ferry_ipc_init ();

  display = gdk_display_get_default ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, RESOURCES "/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), RESOURCES "/icons");
}

static gboolean
on_out_of_patience (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;

  return G_SOURCE_REMOVE;
}

void
ui_test_wait_for (gboolean (*is_true) (gpointer data), gpointer data)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (PATIENCE_SECONDS, on_out_of_patience, &late);

  while (!is_true (data))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_false (late);
    }
  g_source_remove (source);
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_icon_name (GTK_BUTTON (widget));

  return NULL;
}

GtkWidget *
ui_test_find (GtkWidget *root, GType type, const char *text)
{
  GtkWidget *child;

  if (!gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (text == NULL || g_strcmp0 (get_text (root), text) == 0))
    return root;

  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_test_find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

gboolean
ui_test_shows (GtkWidget *root, const char *text)
{
  return ui_test_find (root, GTK_TYPE_LABEL, text) != NULL;
}

void
ui_test_click (GtkWidget *root, const char *text)
{
  GtkWidget *button = ui_test_find (root, GTK_TYPE_BUTTON, text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  /* Not gtk_widget_activate(): that takes effect a quarter of a second later. */
  g_signal_emit_by_name (button, "clicked");
}

static GdkTexture *
render (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);

  return texture;
}

#define FRAMES 4

typedef struct
{
  GtkWidget *widget;
  GdkTexture *texture;
  guint frames;
} Shot;

/* Only here is every widget in its place. */
static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  Shot *shot = user_data;

  if (++shot->frames < FRAMES)
    gtk_widget_queue_draw (shot->widget);
  else if (shot->texture == NULL)
    shot->texture = render (shot->widget);
}

static gboolean
is_shot (gpointer data)
{
  return ((Shot *) data)->texture != NULL;
}

static GdkTexture *
shoot (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Shot shot = { widget, NULL, 0 };
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &shot);

  gtk_widget_queue_draw (widget);
  ui_test_wait_for (is_shot, &shot);
  g_signal_handler_disconnect (clock, handler);

  return shot.texture;
}

void
ui_test_settle (GtkWindow *window)
{
  GdkTexture *texture = shoot (GTK_WIDGET (window));

  g_object_unref (texture);
}

void
ui_test_shoot (GtkWindow *window, const char *name)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "screenshots", NULL);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GdkTexture) texture = shoot (GTK_WIDGET (window));

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
ui_test_drop (GtkWindow *window)
{
  gpointer left = window;

  g_object_add_weak_pointer (G_OBJECT (window), &left);
  gtk_window_destroy (window);
  ui_test_wait_for (is_null, &left);
}
