/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-review-page.h"

#include "ferry-estimate.h"
#include "ferry-plan-commands.h"
#include "ferry-review-row.h"
#include "ferry-source-text.h"
#include "ferry-verify-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryReviewPage
{
  FerryPage parent_instance;

  FerryWorkerClient *client; /* (owned) (nullable) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GPtrArray *warning_rows; /* (owned): (unowned) rows of the expander */

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
  GtkListBox *guests;
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

/* What the guests that are left add up to. */
typedef struct
{
  guint64 capacity_bytes;
  guint64 used_bytes;
  double seconds;
  guint samples; /* imports that the time was learnt from */
} Sums;

static Sums
sum_up (FerryReviewPage *self, const FerryPlan *ready)
{
  const FerryHostFacts *host = ferry_draft_get_host (get_draft (self));
  FerryRates rates = ferry_rates_load ();
  Sums sums = { .samples = rates.samples };

  for (guint i = 0; i < ready->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (ready, i);

      sums.capacity_bytes += ferry_guest_get_capacity_bytes (guest->source);
      sums.used_bytes += ferry_guest_get_used_bytes (guest->source, NULL);
      if (host != NULL)
        {
          FerryMeterEstimate estimate =
              ferry_rates_estimate (&rates, guest, host,
                                    ferry_draft_get_work_bytes (get_draft (self),
                                                                guest->source->id));

          sums.seconds += estimate.preparing_seconds + estimate.converting_seconds +
                          estimate.copying_seconds + estimate.finishing_seconds;
        }
    }

  return sums;
}

static void
show_time (FerryReviewPage *self, const Sums *sums)
{
  /* A first guess may be far off, what was learnt here is not. */
  const double shortest = sums->samples > 0 ? 0.8 : 0.5;
  const double longest = sums->samples > 0 ? 1.3 : 2.0;
  g_autofree char *range = NULL;

  if (sums->seconds <= 0)
    range = g_strdup (_("Unknown"));
  else
    range = ferry_text_duration_range ((gint64) (sums->seconds * shortest),
                                       (gint64) (sums->seconds * longest));
  gtk_label_set_label (self->number_time, range);
  gtk_label_set_label (self->number_time_caption,
                       sums->samples > 0 ? _("as earlier imports took") : _("a first guess"));
}

static void
show_left (FerryReviewPage *self, const Sums *sums)
{
  const FerryStorage *storage = ferry_draft_get_storage (get_draft (self));
  g_autofree char *left = NULL;
  g_autofree char *caption = NULL;

  if (storage == NULL || storage->free_bytes == G_MAXUINT64)
    left = g_strdup (_("Unknown"));
  else
    left = g_format_size (
        storage->free_bytes > sums->used_bytes ? storage->free_bytes - sums->used_bytes : 0);
  if (storage != NULL &&
      ferry_draft_get_plan (get_draft (self))->destination.kind == FERRY_DESTINATION_LIBVIRT)
    /* Translators: below a size: what is left on the storage pool of this name */
    caption = g_strdup_printf (_("left on %s"), storage->name);
  else
    caption = g_strdup (_("left there"));
  gtk_label_set_label (self->number_left, left);
  gtk_label_set_label (self->number_left_caption, caption);
}

static void
show_numbers (FerryReviewPage *self, const FerryPlan *ready)
{
  Sums sums = sum_up (self, ready);
  guint total = ferry_draft_get_plan (get_draft (self))->guests->len;
  g_autofree char *count = g_strdup_printf ("%u", ready->guests->len);
  g_autofree char *count_caption = NULL;
  g_autofree char *copy = g_format_size (sums.used_bytes);
  g_autofree char *capacity = g_format_size (sums.capacity_bytes);
  g_autofree char *copy_caption = NULL;

  if (ready->guests->len == total)
    /* Translators: below the number of them */
    count_caption = g_strdup (ngettext ("virtual machine", "virtual machines", total));
  else
    /* Translators: below the number of those that will be imported */
    count_caption =
        g_strdup_printf (ngettext ("of %u virtual machine", "of %u virtual machines", total),
                         total);
  /* Translators: below the size of what is copied at most: "to copy, of 979 GB" */
  copy_caption = g_strdup_printf (_("to copy, of %s"), capacity);
  gtk_label_set_label (self->number_guests, count);
  gtk_label_set_label (self->number_guests_caption, count_caption);
  gtk_label_set_label (self->number_copy, copy);
  gtk_label_set_label (self->number_copy_caption, copy_caption);
  show_time (self, &sums);
  show_left (self, &sums);
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
  detail = g_strdup_printf (_("%s · %s · %s"), describe_way (plan), ferry_text_format (plan->format),
                            ferry_text_allocation (plan->allocation));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->route_row), route);
  adw_action_row_set_subtitle (self->route_row, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->route_row), source);
}

static void
show_guests (FerryReviewPage *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->guests, 0)) != NULL)
    gtk_list_box_remove (self->guests, GTK_WIDGET (row));
  for (guint i = 0; i < plan->guests->len; i++)
    gtk_list_box_append (self->guests,
                         ferry_review_row_new (get_draft (self), ferry_plan_get_guest (plan, i)));
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

static void
show_warnings (FerryReviewPage *self, const FerryPlan *ready)
{
  FerryDraft *draft = get_draft (self);
  g_autofree char *title = NULL;
  guint count;

  for (guint i = 0; i < self->warning_rows->len; i++)
    adw_expander_row_remove (self->warnings, g_ptr_array_index (self->warning_rows, i));
  g_ptr_array_set_size (self->warning_rows, 0);

  add_warnings (self, _("All Virtual Machines"), ferry_draft_get_plan_checks (draft));
  for (guint i = 0; i < ready->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (ready, i);

      add_warnings (self, guest->name, ferry_draft_get_guest_checks (draft, guest->source->id));
    }

  count = self->warning_rows->len;
  title = g_strdup_printf (ngettext ("%u warning remains", "%u warnings remain", count), count);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warnings), title);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_group), count > 0);
}

static void
show_all (FerryReviewPage *self)
{
  g_autoptr (FerryPlan) ready = ferry_draft_dup_ready_plan (get_draft (self));

  show_numbers (self, ready);
  show_route (self);
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
on_save_clicked (FerryReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;

  self->chooser =
      gtk_file_chooser_native_new (_("Save Plan"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _("import-plan.json"));
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_save_answered), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_copy_clicked (FerryReviewPage *self)
{
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

static void
ferry_review_page_enter (FerryPage *page)
{
  show_all (FERRY_REVIEW_PAGE (page));
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
  g_clear_object (&self->chooser);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (ferry_review_page_parent_class)->dispose (object);
}

static void
ferry_review_page_finalize (GObject *object)
{
  g_ptr_array_unref (FERRY_REVIEW_PAGE (object)->warning_rows);

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
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, guests);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, verify_row);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_guest_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
ferry_review_page_class_init (FerryReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = ferry_review_page_constructed;
  object_class->dispose = ferry_review_page_dispose;
  object_class->finalize = ferry_review_page_finalize;
  FERRY_PAGE_CLASS (klass)->enter = ferry_review_page_enter;
  FERRY_PAGE_CLASS (klass)->apply = ferry_review_page_apply;

  g_type_ensure (FERRY_TYPE_VERIFY_ROW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_review_page_init (FerryReviewPage *self)
{
  self->warning_rows = g_ptr_array_new ();
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
