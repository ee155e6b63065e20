/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-page.h"

#include "ferry-call.h"
#include "ferry-path-row.h"
#include "ferry-status-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

/* So long nothing may be typed before what stands there is read. */
#define TYPING_MS 300

/* The kinds of sources in the order of the drop-down, each with its group of rows. */
static const struct
{
  FerrySourceKind kind;
  const char *title;
} kinds[] = {
  { FERRY_SOURCE_OVA, N_("Virtual Appliance (OVA)") },
};

struct _FerrySourcePage
{
  FerryPage parent_instance;

  GCancellable *reading; /* (owned) (nullable) */
  guint typing_id;
  char *given_path; /* (owned) (nullable): came from outside: closing loses nothing */
  gboolean filling;

  AdwComboRow *kind_row;
  AdwPreferencesGroup *ova_group;
  FerryPathRow *path_row;
  FerryStatusRow *status_row;
};

G_DEFINE_FINAL_TYPE (FerrySourcePage, ferry_source_page, FERRY_TYPE_PAGE)

static FerryDraft *
get_draft (FerrySourcePage *self)
{
  return ferry_page_get_draft (FERRY_PAGE (self));
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
show_guests (FerrySourcePage *self, const GPtrArray *guests)
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
  FerrySourcePage *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *guests = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (guests == NULL)
    {
      ferry_status_row_set (self->status_row, FERRY_STATUS_BAD, _("This cannot be read"),
                            error->message, _("Try Again"));
      return;
    }

  show_guests (self, guests);
  ferry_page_set_complete (FERRY_PAGE (self), guests->len > 0);
  ferry_draft_take_guests (get_draft (self), guests);
}

static void
start_reading (FerrySourcePage *self)
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

  ferry_plan_set_ova_source (ferry_draft_get_plan (get_draft (self)), path);
  ferry_draft_touch (get_draft (self));
  call.input = ferry_draft_ask (get_draft (self));
  ferry_status_row_set (self->status_row, FERRY_STATUS_BUSY, _("Reading…"), path, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status_row), TRUE);
  ferry_call_async (&call, ferry_call_renew (&self->reading), on_listed, self);
}

static gboolean
on_typing_ended (gpointer data)
{
  FerrySourcePage *self = data;

  self->typing_id = 0;
  start_reading (self);

  return G_SOURCE_REMOVE;
}

/* What was read before no longer counts, from the first letter on. */
static void
forget (FerrySourcePage *self)
{
  ferry_call_end (&self->reading);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  ferry_page_set_complete (FERRY_PAGE (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status_row), FALSE);
}

static void
on_path_changed (FerrySourcePage *self)
{
  g_autofree char *path = ferry_path_row_dup_path (self->path_row);

  if (self->filling)
    return;

  forget (self);
  if (path != NULL)
    self->typing_id = g_timeout_add (TYPING_MS, on_typing_ended, self);
}

static void
on_again (FerrySourcePage *self)
{
  ferry_page_set_complete (FERRY_PAGE (self), FALSE);
  start_reading (self);
}

static void
on_kind_changed (FerrySourcePage *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);

  if (selected < G_N_ELEMENTS (kinds))
    gtk_widget_set_visible (GTK_WIDGET (self->ova_group), kinds[selected].kind == FERRY_SOURCE_OVA);
}

static void
fill_kinds (FerrySourcePage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (titles, _(kinds[i].title));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
}

/* Shows what the plan says, which an opened plan may have changed. */
static void
ferry_source_page_enter (FerryPage *page)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (page);
  const char *planned = ferry_draft_get_plan (get_draft (self))->source.path;
  g_autofree char *shown = ferry_path_row_dup_path (self->path_row);

  if (planned == NULL || g_strcmp0 (planned, shown) == 0)
    return;

  ferry_source_page_set_path (self, planned);
}

static void
ferry_source_page_dispose (GObject *object)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  ferry_call_end (&self->reading);

  G_OBJECT_CLASS (ferry_source_page_parent_class)->dispose (object);
}

static void
ferry_source_page_finalize (GObject *object)
{
  g_free (FERRY_SOURCE_PAGE (object)->given_path);

  G_OBJECT_CLASS (ferry_source_page_parent_class)->finalize (object);
}

static void
ferry_source_page_class_init (FerrySourcePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_source_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_source_page_finalize;
  FERRY_PAGE_CLASS (klass)->enter = ferry_source_page_enter;

  g_type_ensure (FERRY_TYPE_PATH_ROW);
  g_type_ensure (FERRY_TYPE_STATUS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-source-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, ova_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, path_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, status_row);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_path_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
ferry_source_page_init (FerrySourcePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_path_row_set_kinds (self->path_row, FERRY_PATH_FILE | FERRY_PATH_FOLDER);
  fill_kinds (self);
}

void
ferry_source_page_set_path (FerrySourcePage *self, const char *path)
{
  g_return_if_fail (FERRY_IS_SOURCE_PAGE (self));
  g_return_if_fail (path != NULL);

  g_free (self->given_path);
  self->given_path = g_strdup (path);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->path_row), path);
  self->filling = FALSE;
  forget (self);
  start_reading (self);
}

gboolean
ferry_source_page_is_entered (FerrySourcePage *self)
{
  const char *text;

  g_return_val_if_fail (FERRY_IS_SOURCE_PAGE (self), FALSE);

  text = gtk_editable_get_text (GTK_EDITABLE (self->path_row));

  return *text != '\0' && g_strcmp0 (text, self->given_path) != 0;
}
