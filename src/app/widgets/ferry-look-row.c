/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-look-row.h"

#include "ferry-bulk.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

#define PULSE_MS 150

struct _FerryLookRow
{
  AdwPreferencesRow parent_instance;

  FerryDraft *draft; /* (owned) (nullable) */
  FerryLooker *looker; /* (owned) (nullable) */
  GPtrArray *ids; /* (owned) */
  guint pulse_id;

  GtkLabel *detail;
  GtkProgressBar *progress;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (FerryLookRow, ferry_look_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_clicked (FerryLookRow *self)
{
  if (ferry_looker_is_running (self->looker))
    ferry_looker_stop (self->looker);
  else
    ferry_looker_start (self->looker, self->ids);
}

static gboolean
on_pulse (gpointer data)
{
  gtk_progress_bar_pulse (FERRY_LOOK_ROW (data)->progress);

  return G_SOURCE_CONTINUE;
}

static char *
describe_running (FerryLookRow *self)
{
  const char *name = ferry_looker_get_name (self->looker);
  guint left = ferry_looker_get_left (self->looker);

  if (left == 0)
    /* Translators: the name of a virtual machine */
    return g_strdup_printf (_("Looking into ‘%s’…"), name != NULL ? name : "");

  return g_strdup_printf (ngettext ("Looking into ‘%s’… %u more follows.",
                                    "Looking into ‘%s’… %u more follow.", left),
                          name != NULL ? name : "", left);
}

/* Of many: how many were looked into; of one: what is in it. */
static char *
describe_found (FerryLookRow *self)
{
  g_autoptr (GPtrArray) guests = ferry_bulk_find (ferry_draft_get_plan (self->draft), self->ids);
  guint n_known = 0;

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = ((const FerryPlanGuest *) g_ptr_array_index (guests, i))->source;
      const char *problem = ferry_looker_get_problem (self->looker, guest->id);

      if (problem != NULL && guests->len == 1)
        return g_strdup (problem);
      if (guest->inside != NULL && guests->len == 1)
        return ferry_text_inside (guest->inside);
      n_known += guest->inside != NULL ? 1 : 0;
    }
  if (n_known > 0)
    return g_strdup_printf (_("%u of %u were looked into."), n_known, guests->len);

  return g_strdup (
      _("Finds the operating systems in them and what is encrypted. It changes nothing, "
         "and takes about as long as a computer needs to start."));
}

void
ferry_look_row_refresh (FerryLookRow *self)
{
  g_autofree char *text = NULL;
  gboolean running;

  g_return_if_fail (FERRY_IS_LOOK_ROW (self));

  if (self->looker == NULL)
    return;

  running = ferry_looker_is_running (self->looker);
  text = running ? describe_running (self) : describe_found (self);
  gtk_label_set_label (self->detail, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_button_set_label (self->button, running ? _("Stop") : _("Look"));
  if (!running)
    g_clear_handle_id (&self->pulse_id, g_source_remove);
  else if (self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MS, on_pulse, self);
}

static void
ferry_look_row_dispose (GObject *object)
{
  FerryLookRow *self = FERRY_LOOK_ROW (object);

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  if (self->looker != NULL)
    g_signal_handlers_disconnect_by_data (self->looker, self);
  g_clear_object (&self->looker);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_look_row_parent_class)->dispose (object);
}

static void
ferry_look_row_finalize (GObject *object)
{
  g_ptr_array_unref (FERRY_LOOK_ROW (object)->ids);

  G_OBJECT_CLASS (ferry_look_row_parent_class)->finalize (object);
}

static void
ferry_look_row_class_init (FerryLookRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_look_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_look_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-look-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryLookRow, detail);
  gtk_widget_class_bind_template_child (widget_class, FerryLookRow, progress);
  gtk_widget_class_bind_template_child (widget_class, FerryLookRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
ferry_look_row_init (FerryLookRow *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ferry_look_row_set_looker (FerryLookRow *self, FerryDraft *draft, FerryLooker *looker)
{
  g_return_if_fail (FERRY_IS_LOOK_ROW (self));
  g_return_if_fail (FERRY_IS_LOOKER (looker));

  if (self->looker != NULL)
    g_signal_handlers_disconnect_by_data (self->looker, self);
  g_set_object (&self->draft, draft);
  g_set_object (&self->looker, looker);
  g_signal_connect_swapped (looker, "changed", G_CALLBACK (ferry_look_row_refresh), self);
  ferry_look_row_refresh (self);
}

void
ferry_look_row_show (FerryLookRow *self, GPtrArray *ids)
{
  g_return_if_fail (FERRY_IS_LOOK_ROW (self));

  g_ptr_array_ref (ids);
  g_ptr_array_unref (self->ids);
  self->ids = ids;
  ferry_look_row_refresh (self);
}
