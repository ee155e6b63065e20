/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-destination-page.h"

#include "ferry-ability-item.h"
#include "ferry-accessible.h"
#include "ferry-call.h"
#include "ferry-choice.h"
#include "ferry-path-row.h"
#include "ferry-space-row.h"
#include "ferry-status-row.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

/* So long nothing may be typed before what stands there is asked. */
#define TYPING_MS 300

/* The kinds of destinations in the order of the drop-down. */
static const struct
{
  FerryDestinationKind kind;
  const char *title;
} kinds[] = {
  { FERRY_DESTINATION_FOLDER, N_("Folder") },
  { FERRY_DESTINATION_LIBVIRT, N_("libvirt (KVM)") },
};

/* The libvirts of the drop-down; what is not among them is typed. */
static const struct
{
  const char *uri; /* (nullable): typed */
  const char *title;
} libvirts[] = {
  { "qemu:///system", N_("This computer, for all users") },
  { "qemu:///session", N_("This computer, only for me") },
  { NULL, N_("Other…") },
};

struct _FerryDestinationPage
{
  FerryPage parent_instance;

  GCancellable *asking_destination; /* (owned) (nullable) */
  GCancellable *asking_host; /* (owned) (nullable) */
  guint typing_id;
  gboolean filling; /* rows are being set from the plan, not by the user */

  AdwComboRow *kind_row;
  FerryPathRow *folder_row;
  AdwComboRow *libvirt_row;
  AdwEntryRow *uri_row;
  FerryStatusRow *status_row;
  AdwPreferencesGroup *storage_group;
  AdwComboRow *pool_row;
  FerrySpaceRow *space_row;
  AdwComboRow *format_row;
  AdwComboRow *allocation_row;
  FerryStatusRow *host_status_row;
  AdwPreferencesRow *abilities_row;
  GtkFlowBox *abilities;
};

G_DEFINE_FINAL_TYPE (FerryDestinationPage, ferry_destination_page, FERRY_TYPE_PAGE)

static FerryDraft *
get_draft (FerryDestinationPage *self)
{
  return ferry_page_get_draft (FERRY_PAGE (self));
}

static FerryPlan *
get_plan (FerryDestinationPage *self)
{
  return ferry_draft_get_plan (get_draft (self));
}

static guint64
get_needed_bytes (FerryDestinationPage *self)
{
  const FerryPlan *plan = get_plan (self);
  guint64 needed_bytes = 0;

  for (guint i = 0; i < plan->guests->len; i++)
    needed_bytes += ferry_guest_get_used_bytes (ferry_plan_get_guest (plan, i)->source, NULL);

  return needed_bytes;
}

static void
show_storage (FerryDestinationPage *self)
{
  const FerryStorage *storage = ferry_draft_get_storage (get_draft (self));
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->space_row), storage != NULL);
  ferry_page_set_complete (FERRY_PAGE (self), storage != NULL && storage->usable);
  if (storage == NULL)
    return;

  if (get_plan (self)->destination.kind == FERRY_DESTINATION_FOLDER)
    label = g_strdup (_("Space there"));
  else
    /* Translators: the name of a storage pool */
    label = g_strdup_printf (_("Space on %s"), storage->name);
  ferry_space_row_set (self->space_row, label, storage->free_bytes, storage->total_bytes,
                       get_needed_bytes (self));
}

static void
add_pool (GListStore *pools, const FerryStorage *storage)
{
  g_autofree char *space = ferry_text_free (storage->free_bytes, storage->total_bytes);
  g_autofree char *detail = NULL;

  if (storage->usable)
    detail = g_strdup_printf ("%s · %s", storage->kind, space);
  else
    detail = g_strdup (storage->why_not != NULL ? storage->why_not : _("It cannot be used."));

  ferry_choice_set_detail (ferry_choice_list_append (pools, 0, storage->name, storage->name),
                           detail, storage->usable);
}

static guint
find_usable_pool (GListModel *pools, const char *wanted)
{
  guint first = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (pools); i++)
    {
      g_autoptr (FerryChoice) pool = g_list_model_get_item (pools, i);

      if (!ferry_choice_is_enabled (pool))
        continue;
      if (g_strcmp0 (ferry_choice_get_name (pool), wanted) == 0)
        return i;
      if (first == GTK_INVALID_LIST_POSITION)
        first = i;
    }

  return first;
}

/* A good answer, or the reason why nothing can be put there all the same. */
static void
show_connected (FerryDestinationPage *self)
{
  const FerryDestinationFacts *facts = ferry_draft_get_destination (get_draft (self));
  const FerryStorage *storage = ferry_draft_get_storage (get_draft (self));

  if (storage == NULL)
    ferry_status_row_set (self->status_row, FERRY_STATUS_BAD,
                          _("No storage pool here can be used"),
                          _("Define or start a pool, for example with ‘virsh pool-start’, "
                             "then read again."),
                          _("Read Again"));
  else if (!storage->usable)
    ferry_status_row_set (self->status_row, FERRY_STATUS_BAD,
                          _("This storage pool cannot be used"), storage->why_not,
                          _("Read Again"));
  else
    ferry_status_row_set (self->status_row, FERRY_STATUS_GOOD, _("Connected"), facts->version,
                          _("Read Again"));
}

static void
take_pool (FerryDestinationPage *self)
{
  FerryChoice *pool = adw_combo_row_get_selected_item (self->pool_row);
  FerryPlan *plan = get_plan (self);
  g_autofree char *uri = g_strdup (plan->destination.uri);

  ferry_plan_set_libvirt_destination (plan, uri,
                                      pool != NULL ? ferry_choice_get_name (pool) : NULL);
  ferry_draft_touch (get_draft (self));
  show_connected (self);
  show_storage (self);
}

/* What a plan names, or was chosen before, is not to be replaced in silence. */
static void
tell_other_pool (FerryDestinationPage *self, const char *wanted)
{
  const char *pool = get_plan (self)->destination.pool;
  g_autofree char *title = g_strdup_printf (_("There is no storage pool ‘%s’"), wanted);
  g_autofree char *detail = NULL;

  if (pool != NULL)
    detail = g_strdup_printf (_("‘%s’ is chosen in its place. See whether that is right."), pool);
  ferry_status_row_set (self->status_row, FERRY_STATUS_WARNING, title, detail, _("Try Again"));
}

static void
show_pools (FerryDestinationPage *self, const FerryDestinationFacts *facts)
{
  g_autoptr (GListStore) pools = g_list_store_new (FERRY_TYPE_CHOICE);
  g_autofree char *wanted = g_strdup (get_plan (self)->destination.pool);

  for (guint i = 0; i < facts->storages->len; i++)
    add_pool (pools, g_ptr_array_index (facts->storages, i));

  self->filling = TRUE;
  adw_combo_row_set_model (self->pool_row, G_LIST_MODEL (pools));
  adw_combo_row_set_selected (self->pool_row, find_usable_pool (G_LIST_MODEL (pools), wanted));
  self->filling = FALSE;
  take_pool (self);
  if (wanted != NULL && ferry_destination_facts_find_storage (facts, wanted) == NULL)
    tell_other_pool (self, wanted);
}

static void
show_folder_answer (FerryDestinationPage *self)
{
  const FerryStorage *storage = ferry_draft_get_storage (get_draft (self));

  if (storage != NULL && !storage->usable)
    {
      ferry_status_row_set (self->status_row, FERRY_STATUS_BAD, _("This folder cannot be used"),
                            storage->why_not, _("Try Again"));
      gtk_widget_set_visible (GTK_WIDGET (self->status_row), TRUE);
    }
  else
    gtk_widget_set_visible (GTK_WIDGET (self->status_row), FALSE);
  show_storage (self);
}

static gpointer
inspect_destination_in_thread (gpointer input,
                               const FerryMonitor *monitor,
                               GCancellable *cancellable,
                               GError **error)
{
  FerryQuestion *question = input;

  return question->backend->inspect_destination (question->plan, cancellable, error);
}

static void
on_destination_inspected (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryDestinationPage *self = data;
  g_autoptr (GError) error = NULL;
  FerryDestinationFacts *facts = ferry_call_finish (result, &error);
  gboolean is_folder;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  is_folder = get_plan (self)->destination.kind == FERRY_DESTINATION_FOLDER;
  if (facts == NULL)
    {
      ferry_status_row_set (self->status_row, FERRY_STATUS_BAD,
                            is_folder ? _("This folder cannot be used") : _("Not connected"),
                            error->message, _("Try Again"));
      gtk_widget_set_visible (GTK_WIDGET (self->status_row), TRUE);
      return;
    }

  ferry_draft_take_destination (get_draft (self), facts);
  gtk_widget_set_visible (GTK_WIDGET (self->storage_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->pool_row), !is_folder);
  if (is_folder)
    show_folder_answer (self);
  else
    show_pools (self, facts);
}

static char *
dup_uri (FerryDestinationPage *self)
{
  guint selected = adw_combo_row_get_selected (self->libvirt_row);

  if (selected < G_N_ELEMENTS (libvirts) && libvirts[selected].uri != NULL)
    return g_strdup (libvirts[selected].uri);

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->uri_row))));
}

/* Puts what the rows say into the plan; FALSE: there is nothing to ask yet. */
static gboolean
take_rows (FerryDestinationPage *self)
{
  FerryPlan *plan = get_plan (self);
  guint selected = adw_combo_row_get_selected (self->kind_row);

  if (selected < G_N_ELEMENTS (kinds) && kinds[selected].kind == FERRY_DESTINATION_LIBVIRT)
    {
      g_autofree char *uri = dup_uri (self);
      g_autofree char *pool = g_strdup (plan->destination.pool);

      ferry_plan_set_libvirt_destination (plan, uri, pool);
      return *uri != '\0';
    }
  else
    {
      g_autofree char *path = ferry_path_row_dup_path (self->folder_row);

      ferry_plan_set_folder_destination (plan, path);
      return path != NULL;
    }
}

static void
ask_destination (FerryDestinationPage *self)
{
  FerryCall call = {
    .run = inspect_destination_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) ferry_destination_facts_free,
  };
  gboolean is_folder;

  g_clear_handle_id (&self->typing_id, g_source_remove);
  ferry_page_set_complete (FERRY_PAGE (self), FALSE);
  ferry_draft_take_destination (get_draft (self), NULL);
  if (!take_rows (self))
    {
      ferry_call_end (&self->asking_destination);
      gtk_widget_set_visible (GTK_WIDGET (self->status_row), FALSE);
      return;
    }

  is_folder = get_plan (self)->destination.kind == FERRY_DESTINATION_FOLDER;
  if (!is_folder)
    ferry_status_row_set (self->status_row, FERRY_STATUS_BUSY, _("Connecting…"),
                          get_plan (self)->destination.uri, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status_row), !is_folder);
  call.input = ferry_draft_ask (get_draft (self));
  ferry_call_async (&call, ferry_call_renew (&self->asking_destination), on_destination_inspected,
                    self);
}

static gboolean
on_typing_ended (gpointer data)
{
  FerryDestinationPage *self = data;

  self->typing_id = 0;
  ask_destination (self);

  return G_SOURCE_REMOVE;
}

static void
on_text_changed (FerryDestinationPage *self)
{
  if (self->filling)
    return;

  ferry_call_end (&self->asking_destination);
  ferry_page_set_complete (FERRY_PAGE (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->space_row), FALSE);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add (TYPING_MS, on_typing_ended, self);
}

static void
show_kind (FerryDestinationPage *self)
{
  guint kind = adw_combo_row_get_selected (self->kind_row);
  guint libvirt = adw_combo_row_get_selected (self->libvirt_row);
  gboolean is_folder = kind < G_N_ELEMENTS (kinds) && kinds[kind].kind == FERRY_DESTINATION_FOLDER;
  gboolean is_typed = libvirt < G_N_ELEMENTS (libvirts) && libvirts[libvirt].uri == NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->folder_row), is_folder);
  gtk_widget_set_visible (GTK_WIDGET (self->libvirt_row), !is_folder);
  gtk_widget_set_visible (GTK_WIDGET (self->uri_row), !is_folder && is_typed);
  gtk_widget_set_visible (GTK_WIDGET (self->pool_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->space_row), FALSE);
}

static void
on_kind_changed (FerryDestinationPage *self)
{
  if (self->filling)
    return;

  show_kind (self);
  ask_destination (self);
}

static void
on_pool_changed (FerryDestinationPage *self)
{
  if (!self->filling)
    take_pool (self);
}

static void
on_format_changed (FerryDestinationPage *self)
{
  guint selected = adw_combo_row_get_selected (self->format_row);

  if (!self->filling && selected != GTK_INVALID_LIST_POSITION)
    ferry_draft_set_format (get_draft (self), (FerryFormat) (FERRY_FORMAT_QCOW2 + selected));
}

static void
on_allocation_changed (FerryDestinationPage *self)
{
  guint selected = adw_combo_row_get_selected (self->allocation_row);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->allocation_row),
                               selected == 0 ? _("Takes space as it is needed")
                                             : _("Takes all of its space at once"));
  if (!self->filling && selected != GTK_INVALID_LIST_POSITION)
    ferry_draft_set_allocation (get_draft (self),
                                (FerryAllocation) (FERRY_ALLOCATION_SPARSE + selected));
}

static gpointer
inspect_host_in_thread (gpointer input,
                        const FerryMonitor *monitor,
                        GCancellable *cancellable,
                        GError **error)
{
  FerryQuestion *question = input;

  return question->backend->inspect_host (question->plan, cancellable, error);
}

static void
show_abilities (FerryDestinationPage *self, const FerryHostFacts *facts)
{
  g_autoptr (GPtrArray) abilities = ferry_text_abilities (facts);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->abilities))) != NULL)
    gtk_flow_box_remove (self->abilities, child);
  for (guint i = 0; i < abilities->len; i++)
    gtk_flow_box_insert (self->abilities, ferry_ability_item_new (g_ptr_array_index (abilities, i)),
                         -1);
  gtk_widget_set_visible (GTK_WIDGET (self->abilities_row), TRUE);
}

static void
on_host_inspected (GObject *object, GAsyncResult *result, gpointer data)
{
  FerryDestinationPage *self = data;
  g_autoptr (GError) error = NULL;
  FerryHostFacts *facts = ferry_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (facts == NULL)
    {
      ferry_status_row_set (self->host_status_row, FERRY_STATUS_BAD, _("It cannot be examined"),
                            error->message, _("Try Again"));
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->host_status_row), FALSE);
  show_abilities (self, facts);
  ferry_draft_take_host (get_draft (self), facts);
}

static void
ask_host (FerryDestinationPage *self)
{
  FerryCall call = {
    .run = inspect_host_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) ferry_host_facts_free,
  };

  call.input = ferry_draft_ask (get_draft (self));
  ferry_status_row_set (self->host_status_row, FERRY_STATUS_BUSY, _("Finding out what it can do…"),
                        NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->host_status_row), TRUE);
  ferry_call_async (&call, ferry_call_renew (&self->asking_host), on_host_inspected, self);
}

static guint
find_libvirt (const char *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (libvirts); i++)
    if (g_strcmp0 (libvirts[i].uri, uri) == 0)
      return i;

  return G_N_ELEMENTS (libvirts) - 1;
}

/* Shows what the plan says, which an opened plan may have changed. */
static void
fill_rows (FerryDestinationPage *self)
{
  const FerryPlan *plan = get_plan (self);
  gboolean is_libvirt = plan->destination.kind == FERRY_DESTINATION_LIBVIRT;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->kind_row, is_libvirt ? 1 : 0);
  if (plan->destination.path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->folder_row), plan->destination.path);
  if (is_libvirt && plan->destination.uri != NULL)
    {
      adw_combo_row_set_selected (self->libvirt_row, find_libvirt (plan->destination.uri));
      gtk_editable_set_text (GTK_EDITABLE (self->uri_row), plan->destination.uri);
    }
  adw_combo_row_set_selected (self->format_row, (guint) plan->format - FERRY_FORMAT_QCOW2);
  adw_combo_row_set_selected (self->allocation_row,
                              (guint) plan->allocation - FERRY_ALLOCATION_SPARSE);
  self->filling = FALSE;
}

static void
ferry_destination_page_enter (FerryPage *page)
{
  FerryDestinationPage *self = FERRY_DESTINATION_PAGE (page);
  const FerryHostFacts *host = ferry_draft_get_host (get_draft (self));

  fill_rows (self);
  /* The Source page asks too, to know which transports there are. */
  if (host != NULL)
    show_abilities (self, host);
  else
    ask_host (self);
  if (ferry_draft_get_destination (get_draft (self)) == NULL)
    {
      show_kind (self);
      ask_destination (self);
    }
  else
    show_storage (self);
}

static void
fill_titles (FerryDestinationPage *self)
{
  g_autoptr (GtkStringList) kind_titles = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) libvirt_titles = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) allocations = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_titles, _ (kinds[i].title));
  for (guint i = 0; i < G_N_ELEMENTS (libvirts); i++)
    gtk_string_list_append (libvirt_titles, _ (libvirts[i].title));
  for (int i = FERRY_FORMAT_QCOW2; i <= FERRY_FORMAT_RAW; i++)
    gtk_string_list_append (formats, ferry_text_format ((FerryFormat) i));
  for (int i = FERRY_ALLOCATION_SPARSE; i <= FERRY_ALLOCATION_PREALLOCATED; i++)
    gtk_string_list_append (allocations, ferry_text_allocation ((FerryAllocation) i));

  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kind_titles));
  adw_combo_row_set_model (self->libvirt_row, G_LIST_MODEL (libvirt_titles));
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (formats));
  adw_combo_row_set_model (self->allocation_row, G_LIST_MODEL (allocations));
}

static void
ferry_destination_page_dispose (GObject *object)
{
  FerryDestinationPage *self = FERRY_DESTINATION_PAGE (object);

  self->filling = TRUE; /* the rows change once more while they go */
  g_clear_handle_id (&self->typing_id, g_source_remove);
  ferry_call_end (&self->asking_destination);
  ferry_call_end (&self->asking_host);

  G_OBJECT_CLASS (ferry_destination_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-destination-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, libvirt_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, uri_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, status_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, storage_group);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, pool_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, space_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, format_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, allocation_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, host_status_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, abilities_row);
  gtk_widget_class_bind_template_child (widget_class, FerryDestinationPage, abilities);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_pool_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_allocation_changed);
  gtk_widget_class_bind_template_callback (widget_class, ask_destination);
  gtk_widget_class_bind_template_callback (widget_class, ask_host);
}

static void
ferry_destination_page_class_init (FerryDestinationPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_destination_page_dispose;
  FERRY_PAGE_CLASS (klass)->enter = ferry_destination_page_enter;

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_PATH_ROW);
  g_type_ensure (FERRY_TYPE_SPACE_ROW);
  g_type_ensure (FERRY_TYPE_STATUS_ROW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_destination_page_init (FerryDestinationPage *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_path_row_set_kinds (self->folder_row, FERRY_PATH_FOLDER);
  fill_titles (self);
  on_allocation_changed (self);
  self->filling = FALSE;
}
