/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-review-page.h"

#include "ferry-call.h"
#include "ferry-estimate.h"
#include "ferry-plan-commands.h"
#include "ferry-review-row.h"
#include "ferry-review-sums.h"
#include "ferry-source-text.h"
#include "ferry-verify-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROWS_AT_ONCE 10
#define MORE_AT_ONCE 3 /* few enough not to be felt */

struct _FerryReviewPage
{
  FerryPage parent_instance;

  FerryWorkerClient *client; /* (owned) (nullable) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GPtrArray *warning_rows; /* (owned): (unowned) rows of the expander */
  GPtrArray *storage_rows; /* (owned): (unowned) rows of the group */
  guint n_shown; /* guests that have their rows */
  GCancellable *asking; /* (owned) (nullable): what the destination has by now */
  guint more_id; /* while others are still to get them */

  AdwToastOverlay *toasts;
  GtkBox *numbers;
  GtkWidget *numbers_separator;
  GtkLabel *number_guests;
  GtkLabel *number_guests_caption;
  GtkLabel *number_copy;
  GtkLabel *number_copy_caption;
  GtkLabel *number_time;
  GtkLabel *number_time_caption;
  GtkLabel *number_left;
  GtkLabel *number_left_caption;
  AdwActionRow *route_row;
  AdwPreferencesGroup *storages;
  GtkWidget *guests_section;
  GtkListBox *guests;
  GtkWidget *blocked_section;
  GtkLabel *blocked_label;
  GtkListBox *blocked;
  AdwPreferencesGroup *warnings_group;
  AdwExpanderRow *warnings;
  FerryVerifyRow *verify_row;
};

G_DEFINE_FINAL_TYPE (FerryReviewPage, ferry_review_page, FERRY_TYPE_PAGE)

static FerryDraft *
get_draft (FerryReviewPage *self)
{
  return ferry_page_get_draft (FERRY_PAGE (self));
}

static guint
get_concurrency (FerryReviewPage *self)
{
  return self->client != NULL ? MAX (ferry_worker_client_get_concurrency (self->client), 1) : 1;
}

static void
sum_up (FerryReviewPage *self, const FerryPlan *ready, FerryReviewSums *sums)
{
  FerryDraft *draft = get_draft (self);
  FerryRates rates = ferry_rates_load ();
  g_autofree guint64 *prepare_bytes = g_new0 (guint64, ready->guests->len + 1);
  FerryReviewFacts facts = {
    .host = ferry_draft_get_host (draft),
    .destination = ferry_draft_get_destination (draft),
    .rates = &rates,
    .prepare_bytes = prepare_bytes,
    .concurrency = get_concurrency (self),
  };

  for (guint i = 0; i < ready->guests->len; i++)
    prepare_bytes[i] =
        ferry_draft_get_work_bytes (draft, ferry_plan_get_guest (ready, i)->source->id);
  ferry_review_sums_init (sums, ready, &facts);
}

static void
show_time (FerryReviewPage *self, const FerryReviewSums *sums)
{
  FerryRates rates = ferry_rates_load ();
  g_autofree char *caption = ferry_review_describe_rates (&rates, get_concurrency (self));
  g_autofree char *range = NULL;

  if (sums->longest_seconds <= 0)
    range = g_strdup (_("Unknown"));
  else
    range =
        ferry_text_duration_range ((gint64) sums->shortest_seconds, (gint64) sums->longest_seconds);
  gtk_label_set_label (self->number_time, range);
  gtk_label_set_label (self->number_time_caption, caption);
}

/* The storage that will have least. */
static const FerryStorageSum *
find_fullest (const FerryReviewSums *sums)
{
  const FerryStorageSum *fullest = NULL;

  for (guint i = 0; i < sums->storages->len; i++)
    {
      const FerryStorageSum *sum = g_ptr_array_index (sums->storages, i);

      if (fullest == NULL ||
          ferry_storage_sum_get_left (sum) < ferry_storage_sum_get_left (fullest))
        fullest = sum;
    }

  return fullest;
}

static void
show_left (FerryReviewPage *self, const FerryReviewSums *sums)
{
  const FerryStorageSum *fullest = find_fullest (sums);
  guint64 left_bytes = fullest != NULL ? ferry_storage_sum_get_left (fullest) : G_MAXUINT64;
  g_autofree char *left =
      left_bytes != G_MAXUINT64 ? g_format_size (left_bytes) : g_strdup (_("Unknown"));
  g_autofree char *caption = NULL;

  if (fullest != NULL && fullest->name != NULL &&
      ferry_draft_get_plan (get_draft (self))->destination.kind == FERRY_DESTINATION_LIBVIRT)
    /* Translators: below a size: what is left on the storage pool of this name */
    caption = g_strdup_printf (_("left on %s"), fullest->name);
  else
    caption = g_strdup (_("left there"));
  gtk_label_set_label (self->number_left, left);
  gtk_label_set_label (self->number_left_caption, caption);
}

static GtkWidget *
make_storage_row (const FerryStorageSum *sum)
{
  g_autofree char *needed = g_format_size (sum->needed_bytes);
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;

  if (sum->free_bytes == G_MAXUINT64)
    left = g_strdup (_("free space unknown"));
  else
    {
      g_autofree char *size = g_format_size (ferry_storage_sum_get_left (sum));

      /* Translators: what is left of a storage's free space */
      left = g_strdup_printf (_("%s left"), size);
    }
  /* Translators: number of disks, their size, what is left of the free space */
  text = g_strdup_printf (ngettext ("%u disk · %s · %s", "%u disks · %s · %s", sum->n_disks),
                          sum->n_disks, needed, left);

  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", sum->name, "subtitle",
                       text, "icon-name", "drive-harddisk-symbolic", NULL);
}

/* One is in the numbers already. */
static void
show_storages (FerryReviewPage *self, const FerryReviewSums *sums)
{
  for (guint i = 0; i < self->storage_rows->len; i++)
    adw_preferences_group_remove (self->storages, g_ptr_array_index (self->storage_rows, i));
  g_ptr_array_set_size (self->storage_rows, 0);

  gtk_widget_set_visible (GTK_WIDGET (self->storages), sums->storages->len > 1);
  for (guint i = 0; i < sums->storages->len && sums->storages->len > 1; i++)
    {
      GtkWidget *row = make_storage_row (g_ptr_array_index (sums->storages, i));

      adw_preferences_group_add (self->storages, row);
      g_ptr_array_add (self->storage_rows, row);
    }
}

static char *
describe_count (guint n_ready, guint n_planned, guint n_disks)
{
  g_autofree char *disks = g_strdup_printf (ngettext ("%u disk", "%u disks", n_disks), n_disks);

  if (n_ready == n_planned)
    /* Translators: below the number of them: "virtual machines, 7 disks" */
    return g_strdup_printf (ngettext ("virtual machine, %s", "virtual machines, %s", n_planned),
                            disks);

  /* Translators: below the number of those that will be imported: "of 5 virtual machines, 7 disks" */
  return g_strdup_printf (ngettext ("of %u virtual machine, %s", "of %u virtual machines, %s",
                                    n_planned),
                          n_planned, disks);
}

static void
show_numbers (FerryReviewPage *self, const FerryPlan *ready)
{
  g_auto (FerryReviewSums) sums = { 0 };
  guint total = ferry_draft_get_plan (get_draft (self))->guests->len;
  g_autofree char *count = g_strdup_printf ("%u", ready->guests->len);
  g_autofree char *count_caption = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *capacity = NULL;
  g_autofree char *copy_caption = NULL;

  sum_up (self, ready, &sums);
  count_caption = describe_count (ready->guests->len, total, sums.n_disks);
  copy = g_format_size (sums.copy_bytes);
  capacity = g_format_size (sums.capacity_bytes);
  /* Translators: below the size of what is copied at most: "to copy, of 979 GB" */
  copy_caption = g_strdup_printf (_("to copy, of %s"), capacity);
  gtk_label_set_label (self->number_guests, count);
  gtk_label_set_label (self->number_guests_caption, count_caption);
  gtk_label_set_label (self->number_copy, copy);
  gtk_label_set_label (self->number_copy_caption, copy_caption);
  show_time (self, &sums);
  show_left (self, &sums);
  show_storages (self, &sums);
}

/* The server alone: its guests and the rest of the address are told elsewhere. */
static char *
describe_source (const FerryPlanSource *source)
{
  g_autofree char *text = ferry_plan_source_to_text (source);
  char *server;

  if (source->kind == FERRY_SOURCE_OVA)
    return g_path_get_basename (text);

  server = ferry_text_suggest_name (source);
  if (*server != '\0')
    return server;
  g_free (server);

  return g_steal_pointer (&text);
}

static const char *
describe_way (const FerryPlan *plan)
{
  gboolean copied = FALSE;
  gboolean converted = FALSE;

  for (guint i = 0; i < plan->guests->len; i++)
    if (ferry_plan_guest_is_copied (ferry_plan_get_guest (plan, i)))
      copied = TRUE;
    else
      converted = TRUE;
  if (!copied)
    return _("Converted on this computer");

  return converted ? _("Converted or copied on this computer") : _("Copied by this computer");
}

static void
show_route (FerryReviewPage *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  g_autofree char *source = ferry_plan_source_to_text (&plan->source);
  g_autofree char *destination = NULL;
  g_autofree char *from = describe_source (&plan->source);
  g_autofree char *route = NULL;
  g_autofree char *detail = NULL;

  if (plan->destination.kind == FERRY_DESTINATION_LIBVIRT)
    /* Translators: a libvirt URI, the name of a storage pool */
    destination =
        g_strdup_printf (_("%s, pool %s"), plan->destination.uri, plan->destination.pool);
  else
    destination = g_strdup (plan->destination.path);
  /* Translators: source and destination */
  route = g_strdup_printf (_("%s → %s"), from, destination);
  /* Translators: "Converted on this computer", disk format, disk allocation */
  detail =
      g_strdup_printf (_("%s · %s · %s"), describe_way (plan), ferry_text_format (plan->format),
                       ferry_text_allocation (plan->allocation));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->route_row), route);
  adw_action_row_set_subtitle (self->route_row, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->route_row), source);
}

static void
add_guest (FerryReviewPage *self, const FerryPlanGuest *guest)
{
  FerryDraft *draft = get_draft (self);
  gboolean blocked = ferry_draft_is_blocked (draft, guest->source->id);

  gtk_list_box_append (blocked ? self->blocked : self->guests, ferry_review_row_new (draft, guest));
}

static void
add_warnings (FerryReviewPage *self, const char *name, const GPtrArray *checks)
{
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (checks, i);
      GtkWidget *row;

      if (check->severity != FERRY_SEVERITY_WARNING)
        continue;

      row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name, "subtitle",
                          check->text, "subtitle-lines", 0, "tooltip-text", check->advice, NULL);
      adw_expander_row_add_row (self->warnings, row);
      g_ptr_array_add (self->warning_rows, row);
    }
}

/* The rows of one more guest; FALSE: there is none. */
static gboolean
add_next (FerryReviewPage *self)
{
  FerryDraft *draft = get_draft (self);
  const FerryPlanGuest *guest = ferry_plan_get_guest (ferry_draft_get_plan (draft), self->n_shown);

  if (guest == NULL)
    return FALSE;

  self->n_shown++;
  add_guest (self, guest);
  if (!ferry_draft_is_blocked (draft, guest->source->id))
    add_warnings (self, guest->name, ferry_draft_get_guest_checks (draft, guest->source->id));

  return TRUE;
}

static gboolean
on_room_for_more (gpointer data)
{
  FerryReviewPage *self = data;

  for (guint i = 0; i < MORE_AT_ONCE; i++)
    if (!add_next (self))
      {
        self->more_id = 0;
        return G_SOURCE_REMOVE;
      }

  return G_SOURCE_CONTINUE;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* Rows are slow to make: what fits into the window is there at once, the others follow. */
static void
show_guests (FerryReviewPage *self)
{
  g_clear_handle_id (&self->more_id, g_source_remove);
  clear_list (self->guests);
  clear_list (self->blocked);
  for (guint i = 0; i < self->warning_rows->len; i++)
    adw_expander_row_remove (self->warnings, g_ptr_array_index (self->warning_rows, i));
  g_ptr_array_set_size (self->warning_rows, 0);

  self->n_shown = 0;
  add_warnings (self, _("All Virtual Machines"), ferry_draft_get_plan_checks (get_draft (self)));
  for (guint i = 0; i < ROWS_AT_ONCE && add_next (self); i++)
    ;
  if (self->n_shown < ferry_draft_get_plan (get_draft (self))->guests->len)
    self->more_id = g_idle_add_full (G_PRIORITY_LOW, on_room_for_more, self, NULL);
}

static void
show_warnings (FerryReviewPage *self, const FerryPlan *ready)
{
  FerryDraft *draft = get_draft (self);
  guint count = ferry_checks_count (ferry_draft_get_plan_checks (draft), FERRY_SEVERITY_WARNING);
  g_autofree char *title = NULL;

  for (guint i = 0; i < ready->guests->len; i++)
    {
      const char *id = ferry_plan_get_guest (ready, i)->source->id;

      count +=
          ferry_checks_count (ferry_draft_get_guest_checks (draft, id), FERRY_SEVERITY_WARNING);
    }
  title = g_strdup_printf (ngettext ("%u warning remains", "%u warnings remain", count), count);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warnings), title);
  adw_expander_row_set_subtitle (self->warnings,
                                 ngettext ("It does not stop the import",
                                           "They do not stop the import", count));
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_group), count > 0);
}

/* Those that are imported, and those that are not. */
static void
show_sections (FerryReviewPage *self, const FerryPlan *ready)
{
  guint n_blocked = ferry_draft_get_plan (get_draft (self))->guests->len - ready->guests->len;
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u Will Not Be Imported", "%u Will Not Be Imported", n_blocked),
                       n_blocked);

  gtk_label_set_label (self->blocked_label, title);
  gtk_widget_set_visible (self->blocked_section, n_blocked > 0);
  gtk_widget_set_visible (self->guests_section, ready->guests->len > 0);
}

static void
show_all (FerryReviewPage *self)
{
  g_autoptr (FerryPlan) ready = ferry_draft_dup_ready_plan (get_draft (self));

  show_numbers (self, ready);
  show_route (self);
  show_sections (self, ready);
  show_guests (self);
  show_warnings (self, ready);
  ferry_verify_row_refresh (self->verify_row);
  ferry_page_set_complete (FERRY_PAGE (self), ready->guests->len > 0 && self->client != NULL);
}

static void
on_draft_changed (FerryReviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_all (self);
}

static void
on_guest_activated (FerryReviewPage *self, FerryReviewRow *row)
{
  ferry_page_jump (FERRY_PAGE (self), "settings", ferry_review_row_get_id (row));
}

static void
on_edit_clicked (FerryReviewPage *self)
{
  ferry_page_jump (FERRY_PAGE (self), "destination", NULL);
}

static void
say (FerryReviewPage *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_plan_saved (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (FerryReviewPage) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    say (self, _("The plan was saved."));
  else
    g_signal_emit_by_name (self, "failed", error);
}

static void
on_save_answered (FerryReviewPage *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      text = ferry_plan_to_text (ferry_draft_get_plan (get_draft (self)));
      bytes = g_bytes_new_take (text, strlen (text));
      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                           on_plan_saved, g_object_ref (self));
    }

  g_clear_object (&self->chooser);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;

  self->chooser =
      gtk_file_chooser_native_new (_("Save Plan"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     _("import.ferry-plan.json"));
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_save_answered), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (widget);
  g_autoptr (FerryPlan) ready = ferry_draft_dup_ready_plan (get_draft (self));
  g_autofree char *text =
      ferry_plan_commands_to_text (ready, ferry_draft_get_host (get_draft (self)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  say (self, _("The commands were copied."));
}

static void
on_imported (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryReviewPage *self = data;
  g_autoptr (GError) error = NULL;

  ferry_worker_client_import_plan_finish (FERRY_WORKER_CLIENT (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  ferry_page_finish (FERRY_PAGE (self), error);
}

static void
ferry_review_page_apply (FerryPage *page)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (page);
  g_autoptr (FerryPlan) ready = ferry_draft_dup_ready_plan (get_draft (self));

  ferry_worker_client_import_plan (self->client, ready, ferry_page_get_cancellable (page),
                                   on_imported, self);
}

static gpointer
inspect_in_thread (gpointer input,
                   const FerryMonitor *monitor,
                   GCancellable *cancellable,
                   GError **error)
{
  FerryQuestion *question = input;

  return question->backend->inspect_destination (question->plan, cancellable, error);
}

static void
on_inspected (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryReviewPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryDestinationFacts) facts = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* One that does not answer just now keeps what was known; the worker asks it again. On another
   * page another one may have been chosen. */
  if (facts != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    ferry_draft_take_destination (get_draft (self), g_steal_pointer (&facts));
}

/* Names may have been taken and room filled while the settings were made. */
static void
ask_destination (FerryReviewPage *self)
{
  FerryCall call = {
    .run = inspect_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) ferry_destination_facts_free,
  };

  call.input = ferry_draft_ask (get_draft (self));
  ferry_call_async (&call, ferry_call_renew (&self->asking), on_inspected, self);
}

static void
ferry_review_page_enter (FerryPage *page)
{
  show_all (FERRY_REVIEW_PAGE (page));
  ask_destination (FERRY_REVIEW_PAGE (page));
}

static void
on_narrow_changed (FerryReviewPage *self)
{
  gboolean narrow = ferry_page_is_narrow (FERRY_PAGE (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->numbers),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->numbers_separator),
                                  narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
}

static void
ferry_review_page_constructed (GObject *object)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (object);

  G_OBJECT_CLASS (ferry_review_page_parent_class)->constructed (object);

  g_signal_connect_object (get_draft (self), "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
ferry_review_page_dispose (GObject *object)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (object);

  if (self->chooser != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->chooser, self);
      gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
    }
  ferry_call_end (&self->asking);
  g_clear_handle_id (&self->more_id, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (ferry_review_page_parent_class)->dispose (object);
}

static void
ferry_review_page_finalize (GObject *object)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (object);

  g_ptr_array_unref (self->warning_rows);
  g_ptr_array_unref (self->storage_rows);

  G_OBJECT_CLASS (ferry_review_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, numbers);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, numbers_separator);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_guests);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_guests_caption);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_copy);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_copy_caption);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_time);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_time_caption);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_left);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, number_left_caption);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, route_row);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, storages);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, guests_section);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, guests);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, blocked_section);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, blocked_label);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, blocked);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, verify_row);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_guest_activated);
}

static void
ferry_review_page_class_init (FerryReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ferry_review_page_constructed;
  object_class->dispose = ferry_review_page_dispose;
  object_class->finalize = ferry_review_page_finalize;
  FERRY_PAGE_CLASS (klass)->enter = ferry_review_page_enter;
  FERRY_PAGE_CLASS (klass)->apply = ferry_review_page_apply;

  g_type_ensure (FERRY_TYPE_VERIFY_ROW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "review.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "review.copy", NULL, copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "review.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "review.copy", NULL);
}

static void
ferry_review_page_init (FerryReviewPage *self)
{
  self->warning_rows = g_ptr_array_new ();
  self->storage_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ferry_review_page_set_client (FerryReviewPage *self, FerryWorkerClient *client)
{
  g_return_if_fail (FERRY_IS_REVIEW_PAGE (self));

  g_set_object (&self->client, client);
}

void
ferry_review_page_set_verifier (FerryReviewPage *self, FerryVerifier *verifier)
{
  g_return_if_fail (FERRY_IS_REVIEW_PAGE (self));

  ferry_verify_row_set_verifier (self->verify_row, verifier);
}
