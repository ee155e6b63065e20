/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-log-window.h"

#include "ferry-accessible.h"

#include <glib/gi18n-lib.h>

/* How much of a log's end is shown; the whole is in the file. */
#define MAX_TAIL_BYTES (1024 * 1024)
#define CHUNK_BYTES (64 * 1024)

struct _FerryLogWindow
{
  AdwWindow parent_instance;

  FerryImportItem *item;      /* (owned) */
  GFile *file;                /* (owned) */
  GFileMonitor *monitor;      /* (owned) (nullable) */
  GFileInputStream *stream;   /* (owned) (nullable): NULL while there is no file */
  GCancellable *cancellable;  /* (owned) */
  GByteArray *rest;           /* (owned): bytes of a line that has not come to its end */
  gboolean reading;
  gboolean again;             /* the file has changed while it was read */
  gboolean follow;            /* nobody has scrolled up to read */

  AdwWindowTitle *title;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (FerryLogWindow, ferry_log_window, ADW_TYPE_WINDOW)

static void read_more (FerryLogWindow *self);

static gboolean
is_at_end (FerryLogWindow *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
         >= gtk_adjustment_get_upper (adjustment) - 1;
}

static void
on_scrolled (FerryLogWindow *self)
{
  self->follow = is_at_end (self);
}

static void
on_extent_changed (FerryLogWindow *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (self->follow)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment)
                                              - gtk_adjustment_get_page_size (adjustment));
}

static void
append (FerryLogWindow *self, const char *bytes, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (bytes, (gssize) length);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, text, -1);
  gtk_stack_set_visible_child_name (self->stack, "log");
}

/* Whole lines only, so that no character is taken apart. */
static void
take_bytes (FerryLogWindow *self, GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const guint8 *last;

  g_byte_array_append (self->rest, data, (guint) length);
  last = memrchr (self->rest->data, '\n', self->rest->len);
  if (last == NULL)
    return;

  length = (gsize) (last + 1 - self->rest->data);
  append (self, (const char *) self->rest->data, length);
  g_byte_array_remove_range (self->rest, 0, (guint) length);
}

static void
take_rest (FerryLogWindow *self)
{
  gboolean ended = ferry_import_state_is_end (ferry_import_item_get_facts (self->item)->state);

  if (!ended || self->rest->len == 0)
    return;

  append (self, (const char *) self->rest->data, self->rest->len);
  g_byte_array_set_size (self->rest, 0);
}

static void
on_bytes_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FerryLogWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->reading = FALSE;
  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      take_bytes (self, bytes);
      read_more (self);
      return;
    }

  take_rest (self);
  if (self->again)
    read_more (self);
}

static void
read_more (FerryLogWindow *self)
{
  self->again = self->reading;
  if (self->reading || self->stream == NULL)
    return;

  self->reading = TRUE;
  g_input_stream_read_bytes_async (G_INPUT_STREAM (self->stream), CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   self->cancellable, on_bytes_read, self);
}

/* Opening a local file of our own journal does not block for long. */
static void
open_log (FerryLogWindow *self)
{
  g_autoptr (GFileInfo) info = NULL;

  if (self->stream != NULL)
    return;
  self->stream = g_file_read (self->file, NULL, NULL);
  if (self->stream == NULL)
    return;

  info = g_file_input_stream_query_info (self->stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  if (info != NULL && g_file_info_get_size (info) > MAX_TAIL_BYTES)
    g_seekable_seek (G_SEEKABLE (self->stream), -MAX_TAIL_BYTES, G_SEEK_END, NULL, NULL);
}

static void
on_file_changed (FerryLogWindow *self)
{
  open_log (self);
  read_more (self);
}

static void
on_copy_clicked (FerryLogWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
ferry_log_window_dispose (GObject *object)
{
  FerryLogWindow *self = FERRY_LOG_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (ferry_log_window_parent_class)->dispose (object);
}

static void
ferry_log_window_finalize (GObject *object)
{
  FerryLogWindow *self = FERRY_LOG_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_byte_array_unref (self->rest);

  G_OBJECT_CLASS (ferry_log_window_parent_class)->finalize (object);
}

static void
ferry_log_window_class_init (FerryLogWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_log_window_dispose;
  object_class->finalize = ferry_log_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-log-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryLogWindow, title);
  gtk_widget_class_bind_template_child (widget_class, FerryLogWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryLogWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, FerryLogWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
ferry_log_window_init (FerryLogWindow *self)
{
  GtkAdjustment *adjustment;

  self->cancellable = g_cancellable_new ();
  self->rest = g_byte_array_new ();
  self->follow = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_track_stack (self->stack);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_extent_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
ferry_log_window_new (GtkWindow *parent, FerryImportItem *item)
{
  FerryLogWindow *self = g_object_new (FERRY_TYPE_LOG_WINDOW, "transient-for", parent,
                                       "destroy-with-parent", TRUE, NULL);
  const FerryImportFacts *facts = ferry_import_item_get_facts (item);
  g_autofree char *title = g_strdup_printf (_("Log of ‘%s’"), facts->name);

  self->item = g_object_ref (item);
  self->file = g_file_new_for_path (facts->log_path);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_subtitle (self->title, facts->name);
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (on_file_changed), self);
  on_file_changed (self);

  return GTK_WINDOW (self);
}
