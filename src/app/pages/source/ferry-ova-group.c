/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ova-group.h"

#include "ferry-call.h"
#include "ferry-path-row.h"
#include "ferry-status-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

/* So long nothing may be typed before what stands there is read. */
#define TYPING_MS 300

struct _FerryOvaGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) (nullable) */
  GCancellable *reading; /* (owned) (nullable) */
  guint typing_id;
  char *given_path; /* (owned) (nullable): came from outside: closing loses nothing */
  gboolean filling;
  gboolean found;

  FerryPathRow *path_row;
  FerryStatusRow *status_row;
};

G_DEFINE_FINAL_TYPE (FerryOvaGroup, ferry_ova_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_found (FerryOvaGroup *self, gboolean found)
{
  self->found = found;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* "web-01, web-02, web-03 and 12 more" */
static char *
join_names (const GPtrArray *guests)
{
  const guint shown = MIN (guests->len, 4);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < shown; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", guest->name);
    }
  if (shown == guests->len)
    return g_string_free (g_steal_pointer (&names), FALSE);

  /* Translators: some names, and how many more there are */
  return g_strdup_printf (_("%s and %u more"), names->str, guests->len - shown);
}

static char *
describe_guests (const GPtrArray *guests)
{
  const FerryGuest *only = guests->len == 1 ? g_ptr_array_index (guests, 0) : NULL;
  g_autofree char *state = NULL;

  if (only == NULL)
    return join_names (guests);

  state = ferry_text_guest_state (only);

  return *state != '\0' ? g_strdup_printf ("%s · %s", only->name, state) : g_strdup (only->name);
}

static void
show_guests (FerryOvaGroup *self, const GPtrArray *guests)
{
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u virtual machine", "%u virtual machines", guests->len),
                       guests->len);
  g_autofree char *names = NULL;

  if (guests->len == 0)
    {
      ferry_status_row_set (self->status_row, FERRY_STATUS_BAD,
                            _("There is no virtual machine here"),
                            _("Choose an OVA file, the folder of an unpacked one, "
                              "or a folder with several."),
                            _("Read Again"));
      return;
    }

  names = describe_guests (guests);
  ferry_status_row_set (self->status_row, FERRY_STATUS_GOOD, count, names, _("Read Again"));
}

static gpointer
list_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  FerryQuestion *question = input;

  return question->backend->list_guests (question->plan, cancellable, error);
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryOvaGroup *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *guests = ferry_call_finish (result, &error);
  gboolean found;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (guests == NULL)
    {
      ferry_status_row_set (self->status_row, FERRY_STATUS_BAD, _("This cannot be read"),
                            error->message, _("Try Again"));
      return;
    }

  found = guests->len > 0;
  show_guests (self, guests);
  ferry_draft_take_guests (self->draft, guests);
  set_found (self, found);
}

void
ferry_ova_group_read (FerryOvaGroup *self)
{
  FerryCall call = {
    .run = list_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };
  g_autofree char *path = ferry_path_row_dup_path (self->path_row);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (path == NULL)
    return;

  ferry_plan_set_ova_source (ferry_draft_get_plan (self->draft), path);
  ferry_draft_touch (self->draft);
  call.input = ferry_draft_ask (self->draft);
  ferry_status_row_set (self->status_row, FERRY_STATUS_BUSY, _("Reading…"), path, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status_row), TRUE);
  ferry_call_async (&call, ferry_call_renew (&self->reading), on_listed, self);
}

static gboolean
on_typing_ended (gpointer data)
{
  FerryOvaGroup *self = data;

  self->typing_id = 0;
  ferry_ova_group_read (self);

  return G_SOURCE_REMOVE;
}

/* What was read before no longer counts, from the first letter on. */
void
ferry_ova_group_forget (FerryOvaGroup *self)
{
  ferry_call_end (&self->reading);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  set_found (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status_row), FALSE);
}

static void
on_path_changed (FerryOvaGroup *self)
{
  g_autofree char *path = ferry_path_row_dup_path (self->path_row);

  if (self->filling)
    return;

  ferry_ova_group_forget (self);
  if (path != NULL)
    self->typing_id = g_timeout_add (TYPING_MS, on_typing_ended, self);
}

static void
on_again (FerryOvaGroup *self)
{
  set_found (self, FALSE);
  ferry_ova_group_read (self);
}

static void
ferry_ova_group_dispose (GObject *object)
{
  FerryOvaGroup *self = FERRY_OVA_GROUP (object);

  self->filling = TRUE; /* the row changes once more while it goes */
  g_clear_handle_id (&self->typing_id, g_source_remove);
  ferry_call_end (&self->reading);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_ova_group_parent_class)->dispose (object);
}

static void
ferry_ova_group_finalize (GObject *object)
{
  g_free (FERRY_OVA_GROUP (object)->given_path);

  G_OBJECT_CLASS (ferry_ova_group_parent_class)->finalize (object);
}

static void
ferry_ova_group_class_init (FerryOvaGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_ova_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_ova_group_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FERRY_TYPE_PATH_ROW);
  g_type_ensure (FERRY_TYPE_STATUS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/source/"
                                                             "ferry-ova-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryOvaGroup, path_row);
  gtk_widget_class_bind_template_child (widget_class, FerryOvaGroup, status_row);
  gtk_widget_class_bind_template_callback (widget_class, on_path_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
ferry_ova_group_init (FerryOvaGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_path_row_set_kinds (self->path_row, FERRY_PATH_FILE | FERRY_PATH_FOLDER);
}

void
ferry_ova_group_set_draft (FerryOvaGroup *self, FerryDraft *draft)
{
  g_return_if_fail (FERRY_IS_OVA_GROUP (self));

  g_set_object (&self->draft, draft);
}

void
ferry_ova_group_set_path (FerryOvaGroup *self, const char *path)
{
  g_return_if_fail (FERRY_IS_OVA_GROUP (self));

  g_free (self->given_path);
  self->given_path = g_strdup (path);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->path_row), path);
  self->filling = FALSE;
  ferry_ova_group_forget (self);
  ferry_ova_group_read (self);
}

char *
ferry_ova_group_dup_path (FerryOvaGroup *self)
{
  g_return_val_if_fail (FERRY_IS_OVA_GROUP (self), NULL);

  return ferry_path_row_dup_path (self->path_row);
}

gboolean
ferry_ova_group_is_entered (FerryOvaGroup *self)
{
  const char *text;

  g_return_val_if_fail (FERRY_IS_OVA_GROUP (self), FALSE);

  text = gtk_editable_get_text (GTK_EDITABLE (self->path_row));

  return *text != '\0' && g_strcmp0 (text, self->given_path) != 0;
}

gboolean
ferry_ova_group_has_found (FerryOvaGroup *self)
{
  g_return_val_if_fail (FERRY_IS_OVA_GROUP (self), FALSE);

  return self->found;
}
