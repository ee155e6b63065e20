/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guests-page.h"

#include "ferry-accessible.h"
#include "ferry-call.h"
#include "ferry-guest-item.h"
#include "ferry-guest-sorter.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryGuestsPage
{
  FerryPage parent_instance;

  GPtrArray *shown; /* (owned) (nullable): the guests that the lists were filled from */
  char *shown_place; /* (owned) (nullable): where these are */
  GHashTable *planned; /* (owned): ids of the plan when it was last seen here */

  GtkStack *forms;
  AdwBin *wide_source;
  AdwBin *wide_chosen;
  AdwViewStack *tabs;
  AdwViewStackPage *chosen_tab;
  AdwBin *narrow_source;
  AdwBin *narrow_chosen;
  AdwViewSwitcherBar *switcher;
  FerryGuestPane *source_pane;
  FerryGuestPane *chosen_pane;
  GtkButton *add_button;
  GtkLabel *total_count;
  GtkLabel *total_disks;
  GtkLabel *total_memory;
  GtkLabel *total_free;
};

G_DEFINE_FINAL_TYPE (FerryGuestsPage, ferry_guests_page, FERRY_TYPE_PAGE)

static FerryDraft *
get_draft (FerryGuestsPage *self)
{
  return ferry_page_get_draft (FERRY_PAGE (self));
}

/* What is to be imported, added up. */
typedef struct
{
  guint guests;
  guint disks;
  guint64 capacity_bytes;
  guint64 used_bytes;
  guint64 memory_bytes;
  gboolean used_known;
} Totals;

static Totals
sum_up (GListModel *chosen)
{
  Totals totals = { .guests = g_list_model_get_n_items (chosen), .used_known = TRUE };

  for (guint i = 0; i < totals.guests; i++)
    {
      g_autoptr (FerryGuestItem) item = g_list_model_get_item (chosen, i);
      const FerryGuest *guest = ferry_guest_item_get_guest (item);
      gboolean known = FALSE;

      totals.disks += guest->disks->len;
      totals.capacity_bytes += ferry_guest_item_get_capacity_bytes (item);
      totals.used_bytes += ferry_guest_get_used_bytes (guest, &known);
      totals.memory_bytes += guest->memory_bytes;
      totals.used_known = totals.used_known && known;
    }

  return totals;
}

static char *
describe_disks (const Totals *totals)
{
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u disk", "%u disks", totals->disks), totals->disks);
  g_autofree char *capacity = ferry_text_size (totals->capacity_bytes);
  g_autofree char *used = g_format_size (totals->used_bytes);

  if (!totals->used_known || totals->used_bytes >= totals->capacity_bytes)
    return g_strdup_printf ("%s · %s", count, capacity);

  /* Translators: disks, their size, and how much of it holds data at most */
  return g_strdup_printf (_("%s · %s · %s used"), count, capacity, used);
}

static char *
describe_free (FerryGuestsPage *self)
{
  const FerryStorage *storage = ferry_draft_get_storage (get_draft (self));
  g_autofree char *space = NULL;

  if (storage == NULL || storage->free_bytes == G_MAXUINT64)
    return g_strdup ("");

  space = g_format_size (storage->free_bytes);
  if (ferry_draft_get_plan (get_draft (self))->destination.kind == FERRY_DESTINATION_FOLDER ||
      ferry_page_is_narrow (FERRY_PAGE (self)))
    return g_strdup_printf (_("%s free"), space);

  /* Translators: free space, name of a storage pool */
  return g_strdup_printf (_("%s free on %s"), space, storage->name);
}

static void
show_totals (FerryGuestsPage *self, const Totals *totals)
{
  gboolean narrow = ferry_page_is_narrow (FERRY_PAGE (self));
  g_autofree char *memory = ferry_text_memory (totals->memory_bytes);
  g_autofree char *memory_text = g_strdup_printf (_("%s memory"), memory);
  g_autofree char *free_text = describe_free (self);
  g_autofree char *count = NULL;
  g_autofree char *disks = NULL;

  if (narrow)
    count = g_strdup_printf (_("%u to import"), totals->guests);
  else
    count = g_strdup_printf (ngettext ("%u virtual machine", "%u virtual machines", totals->guests),
                             totals->guests);
  disks = narrow ? ferry_text_size (totals->capacity_bytes) : describe_disks (totals);
  gtk_label_set_label (self->total_count, count);
  gtk_label_set_label (self->total_disks, disks);
  gtk_label_set_label (self->total_memory, memory_text);
  gtk_label_set_label (self->total_free, free_text);
  gtk_widget_set_visible (GTK_WIDGET (self->total_disks), totals->capacity_bytes > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->total_memory), totals->memory_bytes > 0 && !narrow);
}

static void
update_totals (FerryGuestsPage *self)
{
  Totals totals = sum_up (G_LIST_MODEL (ferry_guest_pane_get_store (self->chosen_pane)));

  show_totals (self, &totals);
  adw_view_stack_page_set_badge_number (self->chosen_tab, totals.guests);
  ferry_page_set_complete (FERRY_PAGE (self), totals.guests > 0);
}

static void
update_arrows (FerryGuestsPage *self)
{
  gboolean can_add = ferry_guest_pane_has_selected (self->source_pane);
  gboolean can_remove = ferry_guest_pane_has_selected (self->chosen_pane);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "guests.add", can_add);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "guests.remove", can_remove);
  if (can_add)
    gtk_widget_add_css_class (GTK_WIDGET (self->add_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->add_button), "suggested-action");
}

/* The row or arrow that had the focus is gone, or of no use now: GTK 4.8 leaves the focus nowhere
 * then, and Tab leads nowhere from there. */
static void
keep_focus (FerryGuestPane *from, FerryGuestPane *to)
{
  if (!ferry_guest_pane_focus_list (from))
    ferry_guest_pane_focus_list (to);
}

static void
move (FerryGuestsPage *self, FerryGuestPane *from, FerryGuestPane *to)
{
  g_autoptr (GPtrArray) items = ferry_guest_pane_dup_selected (from);

  ferry_guest_pane_unselect (from);
  ferry_guest_pane_unselect (to);
  ferry_guest_items_move (ferry_guest_pane_get_store (from), ferry_guest_pane_get_store (to),
                          items);
  update_totals (self);
  update_arrows (self);
  keep_focus (from, to);
}

static void
on_source_moved (FerryGuestsPage *self)
{
  move (self, self->source_pane, self->chosen_pane);
}

static void
on_chosen_moved (FerryGuestsPage *self)
{
  move (self, self->chosen_pane, self->source_pane);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_source_moved (FERRY_GUESTS_PAGE (widget));
}

static void
take_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_chosen_moved (FERRY_GUESTS_PAGE (widget));
}

static void
put_pane (FerryGuestPane *pane, AdwBin *from, AdwBin *to)
{
  g_object_ref (pane);
  adw_bin_set_child (from, NULL);
  adw_bin_set_child (to, GTK_WIDGET (pane));
  g_object_unref (pane);
}

static void
on_narrow_changed (FerryGuestsPage *self)
{
  gboolean narrow = ferry_page_is_narrow (FERRY_PAGE (self));

  if (narrow == (adw_bin_get_child (self->narrow_source) != NULL))
    return;

  put_pane (self->source_pane, narrow ? self->wide_source : self->narrow_source,
            narrow ? self->narrow_source : self->wide_source);
  put_pane (self->chosen_pane, narrow ? self->wide_chosen : self->narrow_chosen,
            narrow ? self->narrow_chosen : self->wide_chosen);
  g_object_set (self->source_pane, "narrow", narrow, NULL);
  g_object_set (self->chosen_pane, "narrow", narrow, NULL);
  gtk_stack_set_visible_child_name (self->forms, narrow ? "narrow" : "wide");
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), narrow);
  adw_view_switcher_bar_set_reveal (self->switcher, narrow);
  update_totals (self);
}

static FerryGuestColumns
find_columns (const GPtrArray *guests)
{
  FerryGuestColumns columns = 0;

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      columns |= guest->os != NULL ? FERRY_COLUMN_SYSTEM : 0;
      columns |= guest->memory_bytes > 0 ? FERRY_COLUMN_MEMORY : 0;
      columns |= guest->disks->len > 0 ? FERRY_COLUMN_DISKS : 0;
      columns |= guest->place != NULL ? FERRY_COLUMN_PLACE : 0;
    }
  /* Next to all others there is no room for it; it is in the tooltips as well. */
  if ((columns & FERRY_COLUMN_MEMORY) && (columns & FERRY_COLUMN_DISKS))
    columns &= ~FERRY_COLUMN_PLACE;

  return columns;
}

/* It was in the plan when this page was left, and was left out on a later one. */
static gboolean
is_left_out (FerryGuestsPage *self, const char *id)
{
  return g_hash_table_contains (self->planned, id) &&
         ferry_plan_find_guest (ferry_draft_get_plan (get_draft (self)), id) == NULL;
}

static gboolean
has_left_out (FerryGuestsPage *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->planned);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (is_left_out (self, id))
      return TRUE;

  return FALSE;
}

static void
remember_planned (FerryGuestsPage *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));

  g_hash_table_remove_all (self->planned);
  for (guint i = 0; i < plan->guests->len; i++)
    g_hash_table_add (self->planned, g_strdup (ferry_plan_get_guest (plan, i)->source->id));
}

/* Ids of what was put to the right and is not in the plan yet: kept when the same source is read
 * again. */
static GHashTable *
list_picked (FerryGuestsPage *self, GListModel *chosen)
{
  GHashTable *picked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const FerryPlanSource *source = &ferry_draft_get_plan (get_draft (self))->source;
  g_autofree char *place = ferry_plan_source_to_text (source);

  for (guint i = 0;
       g_strcmp0 (place, self->shown_place) == 0 && i < g_list_model_get_n_items (chosen); i++)
    {
      g_autoptr (FerryGuestItem) item = g_list_model_get_item (chosen, i);
      const char *id = ferry_guest_item_get_guest (item)->id;

      if (!is_left_out (self, id))
        g_hash_table_add (picked, g_strdup (id));
    }
  g_free (self->shown_place);
  self->shown_place = g_steal_pointer (&place);

  return picked;
}

static void
fill (FerryGuestsPage *self, GPtrArray *guests)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) right = g_ptr_array_new_with_free_func (g_object_unref);
  GListStore *source = ferry_guest_pane_get_store (self->source_pane);
  GListStore *chosen = ferry_guest_pane_get_store (self->chosen_pane);
  g_autoptr (GHashTable) picked = list_picked (self, G_LIST_MODEL (chosen));
  FerryGuestColumns columns = find_columns (guests);

  ferry_guest_pane_set_columns (self->source_pane, columns);
  ferry_guest_pane_set_columns (self->chosen_pane, columns);
  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);
      /* With one there is nothing to choose. */
      gboolean is_chosen = guests->len == 1 || ferry_plan_find_guest (plan, guest->id) != NULL ||
                           g_hash_table_contains (picked, guest->id);

      g_ptr_array_add (is_chosen ? right : left, ferry_guest_item_new (guests, i));
    }
  g_list_store_splice (source, 0, g_list_model_get_n_items (G_LIST_MODEL (source)), left->pdata,
                       left->len);
  g_list_store_splice (chosen, 0, g_list_model_get_n_items (G_LIST_MODEL (chosen)), right->pdata,
                       right->len);
}

static void
ferry_guests_page_enter (FerryPage *page)
{
  FerryGuestsPage *self = FERRY_GUESTS_PAGE (page);
  GPtrArray *guests = ferry_draft_get_guests (get_draft (self));

  if (guests != NULL && (guests != self->shown || has_left_out (self)))
    {
      fill (self, guests);
      remember_planned (self);
      g_clear_pointer (&self->shown, g_ptr_array_unref);
      self->shown = g_ptr_array_ref (guests);
    }
  update_totals (self);
  update_arrows (self);
}

/* What is read on the thread: guests with all that the source knows of them. */
typedef struct
{
  FerryQuestion *question; /* (owned) */
  GPtrArray *listed; /* (owned) (element-type FerryGuest): as they were listed */
} Reading;

static void
reading_free (Reading *reading)
{
  ferry_question_free (reading->question);
  g_ptr_array_unref (reading->listed);
  g_free (reading);
}

/* One that is gone is called as it was in the list, not by its id. */
static void
name_as_listed (GPtrArray *answers, const GPtrArray *listed)
{
  for (guint i = 0; i < answers->len && i < listed->len; i++)
    {
      FerryGuest *guest = ((FerryReading *) g_ptr_array_index (answers, i))->guest;
      const FerryGuest *known = g_ptr_array_index (listed, i);

      if (g_strcmp0 (guest->name, guest->id) != 0 || g_strcmp0 (guest->id, known->id) != 0)
        continue;
      g_free (guest->name);
      guest->name = g_strdup (known->name);
    }
}

static gpointer
read_in_thread (gpointer input,
                const FerryMonitor *monitor,
                GCancellable *cancellable,
                GError **error)
{
  Reading *reading = input;
  const FerryQuestion *question = reading->question;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GPtrArray *answers;

  for (guint i = 0; i < reading->listed->len; i++)
    g_ptr_array_add (ids, ((FerryGuest *) g_ptr_array_index (reading->listed, i))->id);
  g_ptr_array_add (ids, NULL);
  answers = question->backend->read_guests (question->plan, (const char *const *) ids->pdata,
                                            monitor, cancellable, error);
  if (answers != NULL)
    name_as_listed (answers, reading->listed);

  return answers;
}

static void
on_part_read (guint64 done, guint64 total, gpointer data)
{
  /* Translators: virtual machines, of all that are to be read */
  g_autofree char *text =
      g_strdup_printf (_("Reading %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT "…"),
                       MIN (done + 1, total), total);

  ferry_page_report (data, text, total > 1 ? (double) done / (double) total : -1);
}

static int
compare_planned (gconstpointer a, gconstpointer b)
{
  const FerryPlanGuest *left = *(const FerryPlanGuest *const *) a;
  const FerryPlanGuest *right = *(const FerryPlanGuest *const *) b;
  g_autofree char *left_name = g_utf8_casefold (left->source->name, -1);
  g_autofree char *right_name = g_utf8_casefold (right->source->name, -1);
  int order = ferry_lexo_compare (left_name, right_name);

  return order != 0 ? order : strcmp (left->source->id, right->source->id);
}

static void
on_read (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryGuestsPage *self = data;
  FerryDraft *draft = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  draft = get_draft (self);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const FerryReading *answer = g_ptr_array_index (answers, i);

      ferry_plan_add_guest (ferry_draft_get_plan (draft), answer->guest);
      ferry_draft_set_work_bytes (draft, answer->guest->id, answer->work_bytes);
    }
  /* A plan that was opened keeps its order as long as nothing comes to it. */
  if (answers != NULL && answers->len > 0)
    g_ptr_array_sort (ferry_draft_get_plan (draft)->guests, compare_planned);
  if (ferry_draft_get_destination (draft) != NULL)
    ferry_plan_map_equal_names (ferry_draft_get_plan (draft), ferry_draft_get_destination (draft));
  ferry_draft_touch (draft);
  remember_planned (self);
  ferry_page_finish (FERRY_PAGE (self), error);
}

/* Takes the guests out of the plan that are not among @wanted (a set of ids). */
static void
remove_others (FerryPlan *plan, GHashTable *wanted)
{
  for (guint i = plan->guests->len; i > 0; i--)
    {
      g_autofree char *id = g_strdup (ferry_plan_get_guest (plan, i - 1)->source->id);

      if (!g_hash_table_contains (wanted, id))
        ferry_plan_remove_guest (plan, id);
    }
}

static void
ferry_guests_page_apply (FerryPage *page)
{
  FerryGuestsPage *self = FERRY_GUESTS_PAGE (page);
  FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  GListModel *chosen = G_LIST_MODEL (ferry_guest_pane_get_store (self->chosen_pane));
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  Reading *reading = g_new0 (Reading, 1);
  FerryCall call = {
    .run = read_in_thread,
    .input = reading,
    .free_input = (GDestroyNotify) reading_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
    .on_part = on_part_read,
  };

  reading->listed = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
    {
      g_autoptr (FerryGuestItem) item = g_list_model_get_item (chosen, i);
      const FerryGuest *guest = ferry_guest_item_get_guest (item);

      g_hash_table_add (wanted, guest->id);
      if (ferry_plan_find_guest (plan, guest->id) == NULL)
        g_ptr_array_add (reading->listed, ferry_guest_copy (guest));
    }
  remove_others (plan, wanted);
  reading->question = ferry_draft_ask (get_draft (self));
  ferry_call_async (&call, ferry_page_get_cancellable (page), on_read, self);
}

static void
ferry_guests_page_dispose (GObject *object)
{
  FerryGuestsPage *self = FERRY_GUESTS_PAGE (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);

  G_OBJECT_CLASS (ferry_guests_page_parent_class)->dispose (object);
}

static void
ferry_guests_page_finalize (GObject *object)
{
  FerryGuestsPage *self = FERRY_GUESTS_PAGE (object);

  g_free (self->shown_place);
  g_hash_table_unref (self->planned);

  G_OBJECT_CLASS (ferry_guests_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-guests-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, forms);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, wide_source);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, wide_chosen);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, chosen_tab);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, narrow_source);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, narrow_chosen);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, source_pane);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, chosen_pane);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, total_count);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, total_disks);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, total_memory);
  gtk_widget_class_bind_template_child (widget_class, FerryGuestsPage, total_free);
  gtk_widget_class_bind_template_callback (widget_class, on_source_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_moved);
  gtk_widget_class_bind_template_callback (widget_class, update_arrows);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_changed);
}

static void
ferry_guests_page_class_init (FerryGuestsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_guests_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_guests_page_finalize;
  FERRY_PAGE_CLASS (klass)->enter = ferry_guests_page_enter;
  FERRY_PAGE_CLASS (klass)->apply = ferry_guests_page_apply;

  g_type_ensure (FERRY_TYPE_GUEST_PANE);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "guests.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "guests.remove", NULL, take_out);
}

static void
ferry_guests_page_init (FerryGuestsPage *self)
{
  self->planned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_track_stack (self->forms);
  ferry_accessible_track (GTK_WIDGET (self->tabs));
}
