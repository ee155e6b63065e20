/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-page.h"

#include "ferry-call.h"
#include "ferry-choice.h"
#include "ferry-name-dialog.h"
#include "ferry-ova-group.h"
#include "ferry-remembered.h"
#include "ferry-source-form.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

#define N_KINDS FERRY_KIND_OVA

/* What is remembered of the kind; in the order of the drop-down. */
static const struct
{
  FerryKind kind;
  const char *word;
} kinds[N_KINDS] = {
  { FERRY_KIND_VMWARE, "vmware" },
  { FERRY_KIND_XEN, "xen" },
  { FERRY_KIND_KVM, "kvm" },
  { FERRY_KIND_OVA, "ova" },
};

struct _FerrySourcePage
{
  FerryPage parent_instance;

  gboolean filling;
  FerryKind kind; /* that is shown */
  gboolean has_provider; /* what is shown was filled from one */

  FerryProviders *providers; /* (owned) (nullable) */
  GSettings *remembered; /* (owned) (nullable) */
  GCancellable *asking_host; /* (owned) (nullable) */
  FerryPlanSource custom[N_KINDS]; /* (owned): what was typed without a provider */

  AdwComboRow *kind_row;
  AdwComboRow *provider_row;
  FerrySourceForm *form;
  FerryOvaGroup *ova_group;
};

G_DEFINE_FINAL_TYPE (FerrySourcePage, ferry_source_page, FERRY_TYPE_PAGE)

static FerryDraft *
get_draft (FerrySourcePage *self)
{
  return ferry_page_get_draft (FERRY_PAGE (self));
}

static FerryKind
get_kind (FerrySourcePage *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);

  return selected < N_KINDS ? kinds[selected].kind : FERRY_KIND_OVA;
}

/* --- live sources --- */

/* (nullable): the provider that is chosen; NULL: Custom */
static FerryProviderItem *
get_provider (FerrySourcePage *self)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->provider_row);
  const char *id = choice != NULL ? ferry_choice_get_name (choice) : NULL;

  return id != NULL ? ferry_providers_find (self->providers, id) : NULL;
}

/* What is shown is about to be replaced: it is still there when Custom is chosen again. */
static void
keep_custom (FerrySourcePage *self)
{
  FerryPlanSource *custom = &self->custom[self->kind - 1];

  if (self->has_provider || self->kind == FERRY_KIND_OVA)
    return;

  ferry_source_form_read (self->form, custom);
  ferry_plan_source_set (&custom->provider, NULL);
}

static void
remember (FerrySourcePage *self)
{
  FerryProviderItem *item = get_provider (self);

  if (self->remembered == NULL)
    return;

  g_settings_set_string (self->remembered, "source-kind",
                         kinds[adw_combo_row_get_selected (self->kind_row)].word);
  g_settings_set_string (self->remembered, "source-provider",
                         item != NULL ? ferry_provider_item_get_provider (item)->id : "");
}

/* Fills the form from the provider that is chosen, or with what was typed before. */
static void
show_provider (FerrySourcePage *self)
{
  FerryProviderItem *item = get_provider (self);
  const FerryProvider *provider = item != NULL ? ferry_provider_item_get_provider (item) : NULL;
  FerryKind kind = get_kind (self);

  if (kind != FERRY_KIND_OVA)
    ferry_source_form_fill (self->form, kind,
                            provider != NULL ? &provider->source : &self->custom[kind - 1],
                            provider);
  else if (provider != NULL && provider->source.path != NULL)
    ferry_ova_group_set_path (self->ova_group, provider->source.path);
}

/* Those of the kind that is shown; @id: (nullable): the one to be chosen */
static void
fill_providers (FerrySourcePage *self, const char *id)
{
  g_autoptr (GListStore) choices = g_list_store_new (FERRY_TYPE_CHOICE);
  GListModel *providers = G_LIST_MODEL (self->providers);
  guint found;

  ferry_choice_list_append (choices, 0, NULL, _("Custom"));
  for (guint i = 0; providers != NULL && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (FerryProviderItem) item = g_list_model_get_item (providers, i);
      const FerryProvider *provider = ferry_provider_item_get_provider (item);
      g_autofree char *detail = ferry_text_source (&provider->source);

      if (ferry_provider_item_get_kind (item) == get_kind (self))
        ferry_choice_set_detail (ferry_choice_list_append (choices, 0, provider->id,
                                                           provider->name),
                                 detail, TRUE);
    }
  found = ferry_choice_list_find (G_LIST_MODEL (choices), 0, id);
  self->filling = TRUE;
  adw_combo_row_set_model (self->provider_row, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (self->provider_row, found != G_MAXUINT ? found : 0);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->provider_row),
                          g_list_model_get_n_items (G_LIST_MODEL (choices)) > 1);
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
on_host_inspected (GObject *object, GAsyncResult *result, gpointer data)
{
  FerrySourcePage *self = data;
  g_autoptr (GError) error = NULL;
  FerryHostFacts *facts = ferry_call_finish (result, &error);

  /* Why it cannot be examined is said on the page Destination, which asks again. */
  if (facts == NULL)
    return;

  g_clear_object (&self->asking_host);
  ferry_source_form_set_host (self->form, facts);
  ferry_draft_take_host (get_draft (self), facts);
}

/* Which transports there are depends on the conversion host. */
static void
ask_host (FerrySourcePage *self)
{
  FerryCall call = {
    .run = inspect_host_in_thread,
    .free_input = (GDestroyNotify) ferry_question_free,
    .free_result = (GDestroyNotify) ferry_host_facts_free,
  };

  if (self->asking_host != NULL || ferry_draft_get_host (get_draft (self)) != NULL)
    return;

  call.input = ferry_draft_ask (get_draft (self));
  ferry_call_async (&call, ferry_call_renew (&self->asking_host), on_host_inspected, self);
}

/* Whether @a and @b show the same guests, however their disks are read. */
static gboolean
is_same_place (const FerryPlanSource *a, const FerryPlanSource *b)
{
  return a->kind == b->kind && g_strcmp0 (a->host, b->host) == 0 &&
         g_strcmp0 (a->uri, b->uri) == 0 && g_strcmp0 (a->path, b->path) == 0;
}

static void
take_found (FerrySourcePage *self, FerryConnector *connector)
{
  FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  const FerryPlanSource *source = ferry_connector_get_source (connector);

  /* Another server may have guests with the same ids. */
  if (!is_same_place (&plan->source, source))
    g_ptr_array_set_size (plan->guests, 0);
  ferry_plan_set_source (plan, source);
  ferry_draft_take_guests (get_draft (self),
                           g_ptr_array_ref (ferry_connector_get_guests (connector)));
  remember (self);
}

/* Next was pressed, and the server is being asked. */
static void
follow_applying (FerrySourcePage *self)
{
  FerryConnector *connector = ferry_source_form_get_connector (self->form);
  FerryPage *page = FERRY_PAGE (self);

  switch (ferry_connector_get_state (connector))
    {
    case FERRY_CONNECTOR_LOOKING:
    case FERRY_CONNECTOR_UNLOCKING:
    case FERRY_CONNECTOR_CONNECTING:
      ferry_page_report (page, _("Asking for the virtual machines…"), -1);
      break;
    case FERRY_CONNECTOR_ASKING:
      ferry_page_report (page, _("Waiting for your decision…"), -1);
      break;
    case FERRY_CONNECTOR_DONE:
      take_found (self, connector);
      ferry_page_finish (page, NULL);
      break;
    case FERRY_CONNECTOR_FAILED: /* the form says why */
    case FERRY_CONNECTOR_IDLE:
      ferry_page_cancel (page);
      break;
    }
}

static void
on_form_changed (FerrySourcePage *self)
{
  if (get_kind (self) == FERRY_KIND_OVA)
    return;

  ferry_page_set_complete (FERRY_PAGE (self),
                           ferry_source_form_is_complete (self->form) &&
                               !ferry_connector_is_busy (
                                   ferry_source_form_get_connector (self->form)));
  if (ferry_page_is_applying (FERRY_PAGE (self)))
    follow_applying (self);
}

static void
on_ova_changed (FerrySourcePage *self)
{
  ferry_page_set_complete (FERRY_PAGE (self), ferry_ova_group_has_found (self->ova_group));
}

static void
on_applying_changed (FerrySourcePage *self)
{
  FerryConnector *connector = ferry_source_form_get_connector (self->form);

  if (!ferry_page_is_applying (FERRY_PAGE (self)) && connector != NULL &&
      ferry_connector_is_busy (connector))
    ferry_connector_stop (connector);
}

static void
ferry_source_page_apply (FerryPage *page)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (page);

  if (get_kind (self) != FERRY_KIND_OVA)
    {
      ferry_source_form_connect (self->form, FERRY_AIM_LIST);
      return;
    }

  remember (self);
  ferry_page_finish (page, NULL);
}

/* --- saving what was typed --- */

static void
on_named (FerrySourcePage *self, const char *name)
{
  FerryProviderItem *known = ferry_providers_find_name (self->providers, name);
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (GError) error = NULL;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_source_form_read (self->form, &source);
  provider = known != NULL ? ferry_provider_copy (ferry_provider_item_get_provider (known))
                           : ferry_provider_new (name, &source);
  ferry_plan_source_set (&source.provider, provider->id);
  ferry_plan_source_copy (&source, &provider->source);
  provider->remember = ferry_source_form_get_remember (self->form);
  if (!ferry_providers_save (self->providers, provider, &error))
    {
      ferry_page_complain (FERRY_PAGE (self), error);
      return;
    }

  keep_custom (self);
  ferry_source_form_set_provider (self->form, provider);
  fill_providers (self, provider->id);
  self->has_provider = TRUE;
}

static void
on_save (FerrySourcePage *self)
{
  FerryProviderItem *item = get_provider (self);
  g_auto (FerryPlanSource) source = { 0 };
  g_autofree char *name = NULL;
  GtkWindow *dialog;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_source_form_read (self->form, &source);
  name = item != NULL ? g_strdup (ferry_provider_item_get_provider (item)->name)
                      : ferry_text_suggest_name (&source);
  dialog = ferry_name_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  self->providers, name);
  g_signal_connect_object (dialog, "named", G_CALLBACK (on_named), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
on_keyring_problem (FerrySourcePage *self, const GError *problem)
{
  ferry_source_form_say_keyring (self->form, problem);
}

/* --- the kind --- */

static void
show_kind (FerrySourcePage *self)
{
  gboolean is_ova = get_kind (self) == FERRY_KIND_OVA;

  self->kind = get_kind (self);
  gtk_widget_set_visible (GTK_WIDGET (self->ova_group), is_ova);
  gtk_widget_set_visible (GTK_WIDGET (self->form), !is_ova);
  ferry_ova_group_forget (self->ova_group);
  if (is_ova)
    ferry_ova_group_read (self->ova_group);
  else if (get_kind (self) == FERRY_KIND_VMWARE)
    ask_host (self);
}

static void
on_kind_changed (FerrySourcePage *self)
{
  if (self->filling || self->providers == NULL)
    return;

  keep_custom (self);
  fill_providers (self, NULL);
  self->has_provider = FALSE;
  show_kind (self);
  show_provider (self);
}

static void
on_provider_changed (FerrySourcePage *self)
{
  if (self->filling || self->providers == NULL)
    return;

  keep_custom (self);
  show_provider (self);
  self->has_provider = get_provider (self) != NULL;
}

static void
on_providers_changed (FerrySourcePage *self)
{
  FerryProviderItem *item = get_provider (self);
  g_autofree char *id =
      item != NULL ? g_strdup (ferry_provider_item_get_provider (item)->id) : NULL;

  fill_providers (self, id);
}

static void
fill_kinds (FerrySourcePage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < N_KINDS; i++)
    gtk_string_list_append (titles, ferry_text_kind (kinds[i].kind));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
}

static void
select_kind (FerrySourcePage *self, FerryKind kind, const char *provider)
{
  self->filling = TRUE;
  adw_combo_row_set_selected (self->kind_row, (guint) kind - 1);
  self->filling = FALSE;
  fill_providers (self, provider);
  self->has_provider = get_provider (self) != NULL;
  show_kind (self);
}

static void
show_remembered (FerrySourcePage *self)
{
  g_autofree char *word =
      self->remembered != NULL ? g_settings_get_string (self->remembered, "source-kind") : NULL;
  g_autofree char *id =
      self->remembered != NULL ? g_settings_get_string (self->remembered, "source-provider") : NULL;
  FerryKind kind = FERRY_KIND_OVA;

  for (guint i = 0; i < N_KINDS; i++)
    if (g_strcmp0 (kinds[i].word, word) == 0)
      kind = kinds[i].kind;
  select_kind (self, kind, id);
  show_provider (self);
}

/* An opened plan names a live source. */
static void
show_planned (FerrySourcePage *self, const FerryPlanSource *planned)
{
  FerryProviderItem *item =
      planned->provider != NULL ? ferry_providers_find (self->providers, planned->provider) : NULL;
  FerryKind kind = ferry_kind_of_source (planned);

  select_kind (self, kind, planned->provider);
  ferry_source_form_fill (self->form, kind, planned,
                          item != NULL ? ferry_provider_item_get_provider (item) : NULL);
}

static gboolean
shows (FerrySourcePage *self, const FerryPlanSource *planned)
{
  g_auto (FerryPlanSource) source = { 0 };

  if (get_kind (self) != ferry_kind_of_source (planned))
    return FALSE;
  ferry_plan_source_init (&source, planned->kind);
  ferry_source_form_read (self->form, &source);

  return ferry_plan_source_is_same (&source, planned);
}

/* Shows what the plan says, which an opened plan may have changed. */
static void
ferry_source_page_enter (FerryPage *page)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (page);
  const FerryPlanSource *planned = &ferry_draft_get_plan (get_draft (self))->source;
  g_autofree char *shown = ferry_ova_group_dup_path (self->ova_group);

  ferry_source_form_set_host (self->form, ferry_draft_get_host (get_draft (self)));
  if (planned->kind != FERRY_SOURCE_OVA)
    {
      if (!shows (self, planned))
        show_planned (self, planned);
    }
  else if (planned->path != NULL && g_strcmp0 (planned->path, shown) != 0)
    ferry_source_page_set_path (self, planned->path);
}

static void
ferry_source_page_constructed (GObject *object)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (object);

  G_OBJECT_CLASS (ferry_source_page_parent_class)->constructed (object);
  ferry_ova_group_set_draft (self->ova_group, get_draft (self));
}

static void
ferry_source_page_dispose (GObject *object)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (object);

  self->filling = TRUE; /* the rows change once more while they go */
  ferry_call_end (&self->asking_host);
  if (self->providers != NULL)
    g_signal_handlers_disconnect_by_data (self->providers, self);
  g_clear_object (&self->providers);
  g_clear_object (&self->remembered);

  G_OBJECT_CLASS (ferry_source_page_parent_class)->dispose (object);
}

static void
ferry_source_page_finalize (GObject *object)
{
  FerrySourcePage *self = FERRY_SOURCE_PAGE (object);

  for (guint i = 0; i < N_KINDS; i++)
    ferry_plan_source_clear (&self->custom[i]);

  G_OBJECT_CLASS (ferry_source_page_parent_class)->finalize (object);
}

static void
ferry_source_page_class_init (FerrySourcePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_source_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_source_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_source_page_finalize;
  FERRY_PAGE_CLASS (klass)->enter = ferry_source_page_enter;
  FERRY_PAGE_CLASS (klass)->apply = ferry_source_page_apply;

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_OVA_GROUP);
  g_type_ensure (FERRY_TYPE_SOURCE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-source-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, provider_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, form);
  gtk_widget_class_bind_template_child (widget_class, FerrySourcePage, ova_group);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_provider_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_applying_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_ova_changed);
}

static void
ferry_source_page_init (FerrySourcePage *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    ferry_plan_source_init (&self->custom[i], ferry_kind_to_source_kind (kinds[i].kind));
  self->kind = FERRY_KIND_OVA;
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_source_form_offer_save (self->form, TRUE);
  fill_kinds (self);
  self->filling = FALSE;
}

void
ferry_source_page_set_providers (FerrySourcePage *self, FerryProviders *providers)
{
  g_return_if_fail (FERRY_IS_SOURCE_PAGE (self));
  g_return_if_fail (self->providers == NULL);

  self->providers = g_object_ref (providers);
  self->remembered = ferry_remembered_open ();
  g_signal_connect_swapped (providers, "items-changed", G_CALLBACK (on_providers_changed), self);
  g_signal_connect_swapped (providers, "keyring-problem", G_CALLBACK (on_keyring_problem), self);
  ferry_source_form_set_backend (self->form, ferry_providers_get_backend (providers));
  show_remembered (self);
}

void
ferry_source_page_set_provider (FerrySourcePage *self, const char *id)
{
  FerryProviderItem *item;

  g_return_if_fail (FERRY_IS_SOURCE_PAGE (self));

  item = ferry_providers_find (self->providers, id);
  if (item == NULL)
    return;
  select_kind (self, ferry_provider_item_get_kind (item), id);
  show_provider (self);
}

void
ferry_source_page_set_path (FerrySourcePage *self, const char *path)
{
  g_return_if_fail (FERRY_IS_SOURCE_PAGE (self));
  g_return_if_fail (path != NULL);

  if (get_kind (self) != FERRY_KIND_OVA)
    select_kind (self, FERRY_KIND_OVA, NULL);
  ferry_ova_group_set_path (self->ova_group, path);
}

gboolean
ferry_source_page_is_entered (FerrySourcePage *self)
{
  g_auto (FerryPlanSource) source = { 0 };
  FerryProviderItem *item;

  g_return_val_if_fail (FERRY_IS_SOURCE_PAGE (self), FALSE);

  if (get_kind (self) == FERRY_KIND_OVA)
    return ferry_ova_group_is_entered (self->ova_group);

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_source_form_read (self->form, &source);
  item = get_provider (self);
  if (item != NULL)
    return !ferry_plan_source_is_same (&source, &ferry_provider_item_get_provider (item)->source);

  return source.host != NULL || source.uri != NULL || source.password != NULL;
}
