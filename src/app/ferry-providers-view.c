/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-providers-view.h"

#include "ferry-accessible.h"
#include "ferry-provider-editor.h"
#include "ferry-provider-row.h"
#include "ferry-providers-file.h"

#include <glib/gi18n-lib.h>

#define N_KINDS FERRY_KIND_OVA

struct _FerryProvidersView
{
  AdwBin parent_instance;

  FerryProviders *providers; /* (owned) (nullable) */
  GtkFilter *filters[N_KINDS]; /* (unowned): the models' */
  gboolean narrow;

  GtkStack *stack;
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkWidget *vmware_group;
  GtkListBox *vmware_list;
  GtkWidget *xen_group;
  GtkListBox *xen_list;
  GtkWidget *kvm_group;
  GtkListBox *kvm_list;
  GtkWidget *ova_group;
  GtkListBox *ova_list;
  GtkSizeGroup *buttons;
  GtkLabel *keyring;
};

G_DEFINE_FINAL_TYPE (FerryProvidersView, ferry_providers_view, ADW_TYPE_BIN)

static GtkListBox *
get_list (FerryProvidersView *self, FerryKind kind)
{
  GtkListBox *lists[] = { self->vmware_list, self->xen_list, self->kvm_list, self->ova_list };

  return lists[kind - 1];
}

static GtkWidget *
get_group (FerryProvidersView *self, FerryKind kind)
{
  GtkWidget *groups[] = { self->vmware_group, self->xen_group, self->kvm_group, self->ova_group };

  return groups[kind - 1];
}

static GtkWindow *
get_window (FerryProvidersView *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
say (FerryProvidersView *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", message);
}

/* --- what can be done with one --- */

static void
edit (FerryProvidersView *self, const FerryProvider *provider)
{
  gtk_window_present (ferry_provider_editor_new (get_window (self), self->providers, provider));
}

/* With a name of its own, and without the password: that is in the keyring under the other one. */
static void
duplicate (FerryProvidersView *self, const FerryProvider *provider)
{
  g_autofree char *name = ferry_providers_dup_free_name (self->providers, provider->name);
  g_autoptr (FerryProvider) copy = ferry_provider_new (name, &provider->source);

  g_autoptr (GError) error = NULL;

  copy->remember = provider->remember;
  if (provider->source.kind != FERRY_SOURCE_OVA)
    edit (self, copy);
  else if (!ferry_providers_save (self->providers, copy, &error))
    say (self, error->message);
}

static void
on_remove_answered (AdwMessageDialog *dialog, const char *response, FerryProvidersView *self)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "provider");
  g_autoptr (GError) error = NULL;

  if (g_str_equal (response, "remove") && !ferry_providers_remove (self->providers, id, &error))
    say (self, error->message);
}

static void
ask_to_remove (FerryProvidersView *self, const FerryProvider *provider)
{
  /* Translators: the name of a provider */
  g_autofree char *heading = g_strdup_printf (_("Remove ‘%s’?"), provider->name);
  GtkWidget *dialog =
      adw_message_dialog_new (get_window (self), heading,
                              _("Its password is removed from the keyring, too. Imports that run "
                                "go on, and nothing changes at the source."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "remove",
                                    _("Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "provider", g_strdup (provider->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answered), self, 0);
  ferry_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_chosen (FerryProvidersView *self, const char *what, FerryProviderRow *row)
{
  const FerryProvider *provider =
      ferry_provider_item_get_provider (ferry_provider_row_get_item (row));

  if (g_str_equal (what, "import"))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.new-import-from", "s", provider->id);
  else if (g_str_equal (what, "edit"))
    edit (self, provider);
  else if (g_str_equal (what, "duplicate"))
    duplicate (self, provider);
  else
    ask_to_remove (self, provider);
}

/* --- the lists --- */

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  FerryProvidersView *self = data;
  GtkWidget *row = ferry_provider_row_new (FERRY_PROVIDER_ITEM (item), self->buttons);

  ferry_provider_row_set_narrow (FERRY_PROVIDER_ROW (row), self->narrow);
  g_signal_connect_swapped (row, "chosen", G_CALLBACK (on_chosen), self);

  return row;
}

static gboolean
is_of_kind (gpointer item, gpointer kind)
{
  return ferry_provider_item_get_kind (item) == (FerryKind) GPOINTER_TO_INT (kind);
}

static void
show_problem (FerryProvidersView *self)
{
  const char *problem = ferry_providers_get_problem (self->providers);

  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static void
refresh (FerryProvidersView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->providers));

  for (int kind = FERRY_KIND_VMWARE; kind <= N_KINDS; kind++)
    gtk_widget_set_visible (get_group (self, (FerryKind) kind),
                            gtk_list_box_get_row_at_index (get_list (self, (FerryKind) kind), 0) !=
                                NULL);
  show_problem (self);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "providers" : "empty");
}

/* Editing one may have made it another kind. */
static void
on_provider_changed (FerryProvidersView *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    gtk_filter_changed (self->filters[i], GTK_FILTER_CHANGE_DIFFERENT);
  refresh (self);
}

static void
bind_list (FerryProvidersView *self, FerryKind kind)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_of_kind, GINT_TO_POINTER (kind), NULL));
  g_autoptr (GtkFilterListModel) model =
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->providers)), filter);

  self->filters[kind - 1] = filter;
  gtk_list_box_bind_model (get_list (self, kind), G_LIST_MODEL (model), make_row, self, NULL);
}

static void
on_keyring_problem (FerryProvidersView *self, const GError *problem)
{
  /* Translators: %s is a whole sentence: what is wrong with the keyring */
  g_autofree char *text =
      g_strdup_printf (_("%s The password is used until Ferry is closed."), problem->message);

  /* The wizard says it on its page. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    say (self, text);
}

static void
on_keyring_known (FerryProvidersView *self, gboolean exists)
{
  gtk_label_set_label (self->keyring,
                       exists ? _("Passwords are kept in the keyring, never in these settings.")
                              : _("There is no keyring in this session: passwords are used until "
                                  "Ferry is closed, and kept nowhere."));
}

/* Others write them as well: ferryctl. */
static void
on_map (FerryProvidersView *self)
{
  if (self->providers == NULL)
    return;

  ferry_providers_load (self->providers);
  ferry_providers_look_for_keyring (self->providers);
  refresh (self);
}

static void
ferry_providers_view_dispose (GObject *object)
{
  FerryProvidersView *self = FERRY_PROVIDERS_VIEW (object);

  if (self->providers != NULL)
    g_signal_handlers_disconnect_by_data (self->providers, self);
  g_clear_object (&self->providers);

  G_OBJECT_CLASS (ferry_providers_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-providers-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, problem);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, vmware_group);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, vmware_list);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, xen_group);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, xen_list);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, kvm_group);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, kvm_list);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, ova_group);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, ova_list);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, buttons);
  gtk_widget_class_bind_template_child (widget_class, FerryProvidersView, keyring);
  gtk_widget_class_bind_template_callback (widget_class, on_map);
}

static void
ferry_providers_view_class_init (FerryProvidersViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_providers_view_dispose;

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_providers_view_init (FerryProvidersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_accessible_track_stack (self->stack);
}

void
ferry_providers_view_set_providers (FerryProvidersView *self, FerryProviders *providers)
{
  g_return_if_fail (FERRY_IS_PROVIDERS_VIEW (self));
  g_return_if_fail (self->providers == NULL);

  self->providers = g_object_ref (providers);
  for (int kind = FERRY_KIND_VMWARE; kind <= N_KINDS; kind++)
    bind_list (self, (FerryKind) kind);
  g_signal_connect_swapped (providers, "changed", G_CALLBACK (on_provider_changed), self);
  g_signal_connect_swapped (providers, "items-changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (providers, "keyring-problem", G_CALLBACK (on_keyring_problem), self);
  g_signal_connect_swapped (providers, "keyring-known", G_CALLBACK (on_keyring_known), self);
  refresh (self);
}

void
ferry_providers_view_set_narrow (FerryProvidersView *self, gboolean narrow)
{
  g_return_if_fail (FERRY_IS_PROVIDERS_VIEW (self));

  self->narrow = narrow;
  for (int kind = FERRY_KIND_VMWARE; kind <= N_KINDS; kind++)
    {
      GtkListBox *list = get_list (self, (FerryKind) kind);
      GtkListBoxRow *row;

      for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
        ferry_provider_row_set_narrow (FERRY_PROVIDER_ROW (row), narrow);
    }
}

void
ferry_providers_view_add (FerryProvidersView *self)
{
  g_return_if_fail (FERRY_IS_PROVIDERS_VIEW (self));

  edit (self, NULL);
}

void
ferry_providers_view_export (FerryProvidersView *self)
{
  g_return_if_fail (FERRY_IS_PROVIDERS_VIEW (self));

  ferry_providers_file_export (self->providers, get_window (self));
}

void
ferry_providers_view_import (FerryProvidersView *self)
{
  g_return_if_fail (FERRY_IS_PROVIDERS_VIEW (self));

  ferry_providers_file_import (self->providers, get_window (self));
}
