/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-provider-editor.h"

#include "ferry-source-form.h"

#include <glib/gi18n-lib.h>

struct _FerryProviderEditor
{
  AdwWindow parent_instance;

  FerryProviders *providers; /* (owned) */
  FerryProvider *provider; /* (owned) (nullable): what it started with */
  gboolean is_new;
  gboolean named; /* the name was typed: it does not follow the address any more */
  gboolean filling;

  AdwWindowTitle *title;
  GtkEditable *name_row;
  AdwComboRow *kind_row;
  GtkWidget *problem;
  GtkLabel *problem_label;
  FerrySourceForm *form;
};

G_DEFINE_FINAL_TYPE (FerryProviderEditor, ferry_provider_editor, ADW_TYPE_WINDOW)

/* A folder of appliances is chosen faster than it is saved. */
static const FerryKind kinds[] = { FERRY_KIND_VMWARE, FERRY_KIND_XEN, FERRY_KIND_KVM };

static char *
dup_name (FerryProviderEditor *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static gboolean
is_taken (FerryProviderEditor *self, const char *name)
{
  FerryProviderItem *other = ferry_providers_find_name (self->providers, name);

  return other != NULL && (self->is_new || g_strcmp0 (ferry_provider_item_get_provider (other)->id,
                                                      self->provider->id) != 0);
}

static void
show_problem (FerryProviderEditor *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
}

static void
update (FerryProviderEditor *self)
{
  g_autofree char *name = dup_name (self);
  gboolean taken = *name != '\0' && is_taken (self, name);

  show_problem (self, taken ? _("Another provider has this name.") : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save",
                                 *name != '\0' && !taken &&
                                     ferry_source_form_is_valid (self->form));
}

static void
on_name_changed (FerryProviderEditor *self)
{
  if (self->filling)
    return;

  self->named = TRUE;
  update (self);
}

/* A new one is called as its host until somebody says otherwise. */
static void
suggest_name (FerryProviderEditor *self)
{
  g_auto (FerryPlanSource) source = { 0 };
  g_autofree char *name = NULL;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_source_form_read (self->form, &source);
  name = ferry_text_suggest_name (&source);

  self->filling = TRUE;
  gtk_editable_set_text (self->name_row, name);
  self->filling = FALSE;
}

static void
on_form_changed (FerryProviderEditor *self)
{
  if (self->filling)
    return;

  if (self->is_new && !self->named)
    suggest_name (self);
  update (self);
}

static void
on_kind_changed (FerryProviderEditor *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);
  g_auto (FerryPlanSource) source = { 0 };

  if (self->filling || selected >= G_N_ELEMENTS (kinds))
    return;

  ferry_plan_source_init (&source, ferry_kind_to_source_kind (kinds[selected]));
  ferry_source_form_fill (self->form, kinds[selected], &source, self->provider);
}

/* What was tested is no longer what is saved. */
static void
forget_test (FerryProvider *provider)
{
  provider->tested_usec = 0;
  provider->test_failed = FALSE;
  g_clear_pointer (&provider->test_result, g_free);
}

static void
take_test (FerryProviderEditor *self, FerryProvider *provider)
{
  FerryConnector *connector = ferry_source_form_get_connector (self->form);

  if (ferry_connector_get_state (connector) != FERRY_CONNECTOR_DONE ||
      ferry_connector_get_text (connector) == NULL)
    return;

  forget_test (provider);
  provider->tested_usec = g_get_real_time ();
  provider->test_result = g_strdup (ferry_connector_get_text (connector));
}

static FerryProvider *
make_provider (FerryProviderEditor *self)
{
  g_autofree char *name = dup_name (self);
  g_auto (FerryPlanSource) source = { 0 };
  FerryProvider *provider;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_source_form_read (self->form, &source);
  if (self->is_new)
    provider = ferry_provider_new (name, &source);
  else
    {
      provider = ferry_provider_copy (self->provider);
      ferry_plan_source_set (&source.provider, provider->id);
      if (!ferry_plan_source_is_same (&source, &provider->source) || source.password != NULL)
        forget_test (provider);
      ferry_plan_source_copy (&source, &provider->source);
      g_free (provider->name);
      provider->name = g_steal_pointer (&name);
    }
  provider->remember = ferry_source_form_get_remember (self->form);
  take_test (self, provider);

  return provider;
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryProviderEditor *self = FERRY_PROVIDER_EDITOR (widget);
  g_autoptr (FerryProvider) provider = make_provider (self);
  g_autoptr (GError) error = NULL;

  if (ferry_providers_save (self->providers, provider, &error))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show_problem (self, error->message);
}

static void
fill_kinds (FerryProviderEditor *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (titles, ferry_text_kind (kinds[i]));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
}

static void
ferry_provider_editor_dispose (GObject *object)
{
  FerryProviderEditor *self = FERRY_PROVIDER_EDITOR (object);

  self->filling = TRUE;
  g_clear_object (&self->providers);

  G_OBJECT_CLASS (ferry_provider_editor_parent_class)->dispose (object);
}

static void
ferry_provider_editor_finalize (GObject *object)
{
  g_clear_pointer (&FERRY_PROVIDER_EDITOR (object)->provider, ferry_provider_free);

  G_OBJECT_CLASS (ferry_provider_editor_parent_class)->finalize (object);
}

static void
ferry_provider_editor_class_init (FerryProviderEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_provider_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_provider_editor_finalize;

  g_type_ensure (FERRY_TYPE_SOURCE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-provider-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryProviderEditor, title);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderEditor, kind_row);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderEditor, problem_label);
  gtk_widget_class_bind_template_child (widget_class, FerryProviderEditor, form);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, on_save);
}

static void
ferry_provider_editor_init (FerryProviderEditor *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_kinds (self);
}

static guint
find_kind (FerryKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return i;

  return 0;
}

static void
start_with (FerryProviderEditor *self, const FerryProvider *provider)
{
  g_auto (FerryPlanSource) source = { 0 };
  FerryKind kind = FERRY_KIND_VMWARE;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  if (provider != NULL)
    {
      ferry_plan_source_copy (&provider->source, &source);
      kind = ferry_kind_of_source (&source);
      gtk_editable_set_text (self->name_row, provider->name);
    }
  adw_combo_row_set_selected (self->kind_row, find_kind (kind));
  ferry_source_form_fill (self->form, kind, &source, self->is_new ? NULL : provider);
}

GtkWindow *
ferry_provider_editor_new (GtkWindow *parent,
                           FerryProviders *providers,
                           const FerryProvider *provider)
{
  FerryProviderEditor *self;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (providers), NULL);

  self = g_object_new (FERRY_TYPE_PROVIDER_EDITOR, "transient-for", parent, NULL);
  self->providers = g_object_ref (providers);
  self->is_new = provider == NULL || ferry_providers_find (providers, provider->id) == NULL;
  self->named = provider != NULL;
  if (!self->is_new)
    self->provider = ferry_provider_copy (provider);
  adw_window_title_set_title (self->title, self->is_new ? _("Add Provider") : _("Edit Provider"));
  gtk_window_set_title (GTK_WINDOW (self), adw_window_title_get_title (self->title));
  ferry_source_form_set_backend (self->form, ferry_providers_get_backend (providers));
  start_with (self, provider);
  self->filling = FALSE;
  update (self);

  return GTK_WINDOW (self);
}
