/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-form.h"

#include "ferry-accessible.h"
#include "ferry-choice.h"
#include "ferry-connection-status.h"
#include "ferry-path-row.h"
#include "ferry-pick-row.h"
#include "ferry-source-text.h"
#include "ferry-status-row.h"
#include "ferry-trust-dialog.h"

#include <glib/gi18n-lib.h>

struct _FerrySourceForm
{
  AdwBin parent_instance;

  FerryKind kind;
  FerryPlanSource base; /* (owned): what it was filled from */
  FerryProvider *provider; /* (owned) (nullable) */
  FerryConnector *connector; /* (owned) (nullable) */
  FerryConnector *surveyor; /* (owned) (nullable): lists what can be chosen as location */
  FerryHostFacts *host; /* (owned) (nullable) */
  gboolean offers_save;
  gboolean keyring_failed;
  gboolean filling; /* rows are being set, not typed into */

  AdwPreferencesGroup *server_group;
  GtkWidget *save_button;
  GtkEditable *host_row;
  GtkEditable *uri_row;
  GtkEditable *user_row;
  GtkEditable *password_row;
  AdwActionRow *remember_row;
  GtkSwitch *remember_switch;
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkWidget *keyring_note;
  GtkLabel *keyring_label;
  FerryStatusRow *status_row;
  GtkWidget *location_group;
  GtkEditable *datacenter_row;
  GtkEditable *cluster_row;
  GtkEditable *esx_row;
  AdwExpanderRow *advanced_row;
  AdwComboRow *transport_row;
  GtkEditable *vddk_row;
  GtkEditable *ssh_user_row;
  GtkEditable *ssh_password_row;
  AdwActionRow *verify_row;
  GtkSwitch *verify_switch;
};

G_DEFINE_FINAL_TYPE (FerrySourceForm, ferry_source_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  SAVE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- from the rows --- */

static void
take_password (GtkEditable *row, char **password)
{
  const char *text = gtk_editable_get_text (row);

  ferry_plan_source_set_password (password, *text != '\0' ? text : NULL);
}

static gboolean
is_saved_address (FerrySourceForm *self, const FerryPlanSource *source)
{
  const FerryPlanSource *saved = self->provider != NULL ? &self->provider->source : NULL;

  return saved != NULL && saved->kind == source->kind &&
         g_strcmp0 (saved->host, source->host) == 0 && g_strcmp0 (saved->uri, source->uri) == 0 &&
         g_strcmp0 (saved->user, source->user) == 0;
}

static FerryTransport
get_transport (FerrySourceForm *self)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->transport_row);

  return choice != NULL ? (FerryTransport) ferry_choice_get_kind (choice) : FERRY_TRANSPORT_HTTPS;
}

static void
read_vmware (FerrySourceForm *self, FerryPlanSource *source)
{
  ferry_plan_source_set (&source->host, gtk_editable_get_text (self->host_row));
  ferry_plan_source_set (&source->user, gtk_editable_get_text (self->user_row));
  ferry_plan_source_set (&source->datacenter, gtk_editable_get_text (self->datacenter_row));
  ferry_plan_source_set (&source->cluster, gtk_editable_get_text (self->cluster_row));
  ferry_plan_source_set (&source->esx, gtk_editable_get_text (self->esx_row));
  source->transport = get_transport (self);
  ferry_plan_source_set (&source->vddk_dir, gtk_editable_get_text (self->vddk_row));
  ferry_plan_source_set (&source->ssh_user, gtk_editable_get_text (self->ssh_user_row));
  take_password (self->password_row, &source->password);
  if (source->transport == FERRY_TRANSPORT_SSH)
    take_password (self->ssh_password_row, &source->ssh_password);
}

static void
read_libvirt (FerrySourceForm *self, FerryPlanSource *source)
{
  ferry_plan_source_set (&source->uri, gtk_editable_get_text (self->uri_row));
  if (!ferry_source_input_takes_login (source->uri))
    {
      ferry_plan_source_set (&source->user, NULL);
      ferry_plan_source_set_password (&source->password, NULL);
      return;
    }

  ferry_plan_source_set (&source->user, gtk_editable_get_text (self->user_row));
  take_password (self->password_row, &source->password);
}

void
ferry_source_form_read (FerrySourceForm *self, FerryPlanSource *out_source)
{
  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));

  ferry_plan_source_copy (&self->base, out_source);
  ferry_plan_source_set_password (&out_source->password, NULL);
  ferry_plan_source_set_password (&out_source->ssh_password, NULL);
  if (self->kind == FERRY_KIND_VMWARE)
    read_vmware (self, out_source);
  else
    read_libvirt (self, out_source);
  out_source->verify = gtk_switch_get_active (self->verify_switch);
  ferry_plan_source_set (&out_source->provider,
                         is_saved_address (self, out_source) ? self->provider->id : NULL);
}

/* --- what is shown of it --- */

static void
mark (GtkEditable *row, gboolean is_bad)
{
  if (is_bad)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
show_problem (FerrySourceForm *self, const FerryPlanSource *source)
{
  FerrySourceField field = FERRY_FIELD_NONE;
  g_autofree char *problem = ferry_source_input_find_problem (source, self->kind, &field);

  mark (self->host_row, field == FERRY_FIELD_HOST);
  mark (self->uri_row, field == FERRY_FIELD_URI);
  mark (self->user_row, field == FERRY_FIELD_USER);
  mark (self->datacenter_row, field == FERRY_FIELD_DATACENTER);
  mark (self->cluster_row, field == FERRY_FIELD_CLUSTER);
  mark (self->esx_row, field == FERRY_FIELD_ESX);
  mark (self->vddk_row, field == FERRY_FIELD_VDDK_DIR);
  mark (self->ssh_user_row, field == FERRY_FIELD_SSH_USER);
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static gboolean
is_kept (FerrySourceForm *self, const FerryPlanSource *source)
{
  return source->provider != NULL && self->provider->remember && !self->keyring_failed;
}

static void
show_login (FerrySourceForm *self, const FerryPlanSource *source)
{
  gboolean takes = self->kind == FERRY_KIND_VMWARE || ferry_source_input_takes_login (source->uri);
  const char *title =
      is_kept (self, source) ? _("Password (Kept in the Keyring)") : _("Password");

  gtk_widget_set_visible (GTK_WIDGET (self->user_row), takes);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), takes);
  gtk_widget_set_visible (GTK_WIDGET (self->remember_row), takes);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row), title);
  adw_action_row_set_subtitle (self->remember_row, self->offers_save && self->provider == NULL
                                                       ? _("Once this is saved as a provider")
                                                       : "");
}

/* Never silently off. */
static void
show_verify (FerrySourceForm *self, const FerryPlanSource *source)
{
  const char *text = source->verify
                         ? _("Only a server that is trusted is let in on the password.")
                         : _("Anybody on the way to the server can read the password and change "
                             "the disks.");

  adw_action_row_set_subtitle (self->verify_row, text);
  if (source->verify)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verify_row), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->verify_row), "warning");
}

static void
show_advanced (FerrySourceForm *self, const FerryPlanSource *source)
{
  gboolean is_vmware = self->kind == FERRY_KIND_VMWARE;
  gboolean is_ssh = is_vmware && source->transport == FERRY_TRANSPORT_SSH;
  g_autofree char *summary = ferry_text_advanced (source);
  FerryChoice *choice = adw_combo_row_get_selected_item (self->transport_row);
  g_autofree char *why_not = ferry_text_transport_problem (source->transport, self->host);

  adw_expander_row_set_subtitle (self->advanced_row, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->transport_row), is_vmware && choice != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->transport_row),
                               why_not != NULL ? why_not : "");
  gtk_widget_set_visible (GTK_WIDGET (self->vddk_row),
                          is_vmware && source->transport == FERRY_TRANSPORT_VDDK);
  gtk_widget_set_visible (GTK_WIDGET (self->ssh_user_row), is_ssh);
  gtk_widget_set_visible (GTK_WIDGET (self->ssh_password_row), is_ssh);
  show_verify (self, source);
}

static gboolean
differs (FerrySourceForm *self, const FerryPlanSource *source)
{
  if (self->provider == NULL)
    return TRUE;

  return !ferry_plan_source_is_same (source, &self->provider->source) ||
         self->provider->remember != gtk_switch_get_active (self->remember_switch) ||
         g_strcmp0 (source->password, self->provider->source.password) != 0;
}

static void
update (FerrySourceForm *self)
{
  g_auto (FerryPlanSource) source = { 0 };

  ferry_plan_source_init (&source, ferry_kind_to_source_kind (self->kind));
  ferry_source_form_read (self, &source);
  show_problem (self, &source);
  show_login (self, &source);
  show_advanced (self, &source);
  gtk_widget_set_visible (self->save_button, self->offers_save &&
                                                 ferry_source_form_is_valid (self) &&
                                                 differs (self, &source));
  ferry_status_row_set_can_again (self->status_row, ferry_connector_is_busy (self->connector) ||
                                                        ferry_source_form_is_complete (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_kind (FerrySourceForm *self)
{
  gboolean is_vmware = self->kind == FERRY_KIND_VMWARE;
  const char *hint = "";

  if (self->kind == FERRY_KIND_XEN)
    hint = _("As libvirt writes it, for example xen+ssh://root@host");
  else if (self->kind == FERRY_KIND_KVM)
    hint = _("As libvirt writes it, for example qemu+ssh://root@host/system, or qemu:///system "
             "for this computer");
  adw_preferences_group_set_description (self->server_group, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->host_row), is_vmware);
  gtk_widget_set_visible (GTK_WIDGET (self->uri_row), !is_vmware);
  gtk_widget_set_visible (self->location_group, is_vmware);
}

/* --- the connection --- */

static void
show_keyring (FerrySourceForm *self, const char *text)
{
  gtk_label_set_label (self->keyring_label, text);
  gtk_widget_set_visible (self->keyring_note, *text != '\0');
}

void
ferry_source_form_say_keyring (FerrySourceForm *self, const GError *problem)
{
  g_autofree char *text = NULL;

  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));
  g_return_if_fail (problem != NULL);

  self->keyring_failed = TRUE;
  /* Translators: %s is a whole sentence: what is wrong with the keyring */
  text = g_strdup_printf (_("%s A password that you type here is used until Ferry is closed, and "
                            "kept nowhere."),
                          problem->message);
  show_keyring (self, text);
  update (self);
}

/* What lies at the source, whatever part of it is asked for. */
static void
survey (FerrySourceForm *self)
{
  g_auto (FerryPlanSource) source = { 0 };

  if (self->kind != FERRY_KIND_VMWARE)
    return;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_copy (ferry_connector_get_source (self->connector), &source);
  ferry_plan_source_set (&source.datacenter, NULL);
  ferry_plan_source_set (&source.cluster, NULL);
  ferry_plan_source_set (&source.esx, NULL);
  ferry_connector_start (self->surveyor, &source, FERRY_AIM_LIST);
}

static void
on_connector_changed (FerrySourceForm *self)
{
  FerryConnectorState state = ferry_connector_get_state (self->connector);
  const GError *problem = ferry_connector_get_keyring_problem (self->connector);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  ferry_connection_status_show (self->status_row, self->connector);
  if (problem != NULL)
    ferry_source_form_say_keyring (self, problem);
  if (state == FERRY_CONNECTOR_DONE && ferry_connector_get_aim (self->connector) == FERRY_AIM_TEST)
    survey (self);
  update (self);
  if (state == FERRY_CONNECTOR_ASKING)
    ferry_trust_dialog_ask (GTK_WINDOW (root), self->connector);
  else if (state == FERRY_CONNECTOR_FAILED && ferry_connector_lacks_password (self->connector))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
show_places (FerrySourceForm *self)
{
  GPtrArray *guests = ferry_connector_get_guests (self->surveyor);
  g_autoptr (FerryPlaces) places = NULL;
  g_autofree char *datacenter = NULL;

  ferry_plan_source_set (&datacenter, gtk_editable_get_text (self->datacenter_row));
  if (guests != NULL)
    places = ferry_places_new (guests, datacenter);
  ferry_pick_row_set_names (FERRY_PICK_ROW (self->datacenter_row),
                            places != NULL ? (const char *const *) places->datacenters : NULL);
  ferry_pick_row_set_names (FERRY_PICK_ROW (self->cluster_row),
                            places != NULL ? (const char *const *) places->clusters : NULL);
  ferry_pick_row_set_names (FERRY_PICK_ROW (self->esx_row),
                            places != NULL ? (const char *const *) places->hosts : NULL);
}

/* --- callbacks --- */

static void
on_changed (FerrySourceForm *self)
{
  if (self->filling)
    return;

  /* What was found out was about something else. */
  ferry_connector_stop (self->connector);
  ferry_connector_stop (self->surveyor);
  update (self);
}

static void
on_host_changed (FerrySourceForm *self)
{
  g_auto (FerryPlanSource) source = { 0 };

  if (self->filling)
    return;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_source_form_read (self, &source);
  if (ferry_source_input_split_uri (gtk_editable_get_text (self->host_row), &source))
    {
      g_autoptr (FerryProvider) provider = g_steal_pointer (&self->provider);

      ferry_source_form_fill (self, FERRY_KIND_VMWARE, &source, provider);
    }
  else
    on_changed (self);
}

/* What lies there has no bearing on whether one gets in. */
static void
on_place_changed (FerrySourceForm *self)
{
  if (self->filling)
    return;

  if (ferry_connector_is_busy (self->connector))
    ferry_connector_stop (self->connector);
  update (self);
}

static void
on_datacenter_changed (FerrySourceForm *self)
{
  if (self->filling)
    return;

  show_places (self);
  on_place_changed (self);
}

static void
on_remember_changed (FerrySourceForm *self)
{
  if (!self->filling)
    update (self);
}

static void
on_again (FerrySourceForm *self)
{
  if (ferry_connector_is_busy (self->connector))
    ferry_connector_stop (self->connector);
  else
    ferry_source_form_connect (self, FERRY_AIM_TEST);
}

static void
on_entry_activated (FerrySourceForm *self)
{
  gtk_widget_activate_default (GTK_WIDGET (self));
}

static void
on_save_clicked (FerrySourceForm *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
fill_transports (FerrySourceForm *self)
{
  g_autoptr (GListStore) transports = g_list_store_new (FERRY_TYPE_CHOICE);
  FerryTransport chosen = get_transport (self);
  gboolean filling = self->filling;

  for (int i = FERRY_TRANSPORT_HTTPS; i <= FERRY_TRANSPORT_NFC; i++)
    {
      g_autofree char *why_not = ferry_text_transport_problem ((FerryTransport) i, self->host);
      FerryChoice *choice =
          ferry_choice_list_append (transports, i, NULL, ferry_text_transport ((FerryTransport) i));

      ferry_choice_set_detail (choice, why_not, why_not == NULL);
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->transport_row, G_LIST_MODEL (transports));
  adw_combo_row_set_selected (self->transport_row,
                              ferry_choice_list_find (G_LIST_MODEL (transports), (int) chosen,
                                                      NULL));
  self->filling = filling;
}

static void
drop_connector (FerrySourceForm *self, FerryConnector **connector)
{
  if (*connector != NULL)
    {
      g_signal_handlers_disconnect_by_data (*connector, self);
      ferry_connector_stop (*connector);
    }
  g_clear_object (connector);
}

static void
ferry_source_form_dispose (GObject *object)
{
  FerrySourceForm *self = FERRY_SOURCE_FORM (object);

  self->filling = TRUE; /* the rows change once more while they go */
  drop_connector (self, &self->connector);
  drop_connector (self, &self->surveyor);

  G_OBJECT_CLASS (ferry_source_form_parent_class)->dispose (object);
}

static void
ferry_source_form_finalize (GObject *object)
{
  FerrySourceForm *self = FERRY_SOURCE_FORM (object);

  ferry_plan_source_clear (&self->base);
  g_clear_pointer (&self->provider, ferry_provider_free);
  g_clear_pointer (&self->host, ferry_host_facts_free);

  G_OBJECT_CLASS (ferry_source_form_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, server_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, save_button);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, host_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, uri_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, user_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, remember_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, problem);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, problem_label);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, keyring_note);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, status_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, location_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, datacenter_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, cluster_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, esx_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, transport_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, vddk_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, ssh_user_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, ssh_password_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, verify_row);
  gtk_widget_class_bind_template_child (widget_class, FerrySourceForm, verify_switch);
}

static void
ferry_source_form_class_init (FerrySourceFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_source_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_source_form_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_SOURCE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", FERRY_TYPE_SOURCE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_PATH_ROW);
  g_type_ensure (FERRY_TYPE_PICK_ROW);
  g_type_ensure (FERRY_TYPE_STATUS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "source/ferry-source-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_host_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_place_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_datacenter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_remember_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
ferry_source_form_init (FerrySourceForm *self)
{
  self->filling = TRUE;
  self->kind = FERRY_KIND_VMWARE;
  ferry_plan_source_init (&self->base, FERRY_SOURCE_VSPHERE);
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_path_row_set_kinds (FERRY_PATH_ROW (self->vddk_row), FERRY_PATH_FOLDER);
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->password_row), _("Show Password"));
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->ssh_password_row), _("Show Password"));
  fill_transports (self);
  self->filling = FALSE;
}

void
ferry_source_form_set_backend (FerrySourceForm *self, const FerryBackend *backend)
{
  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));
  g_return_if_fail (self->connector == NULL);

  self->connector = ferry_connector_new (backend);
  self->surveyor = ferry_connector_new (backend);
  g_signal_connect_swapped (self->connector, "changed", G_CALLBACK (on_connector_changed), self);
  g_signal_connect_swapped (self->surveyor, "changed", G_CALLBACK (show_places), self);
  show_kind (self);
  ferry_connection_status_show (self->status_row, self->connector);
  update (self);
}

void
ferry_source_form_set_host (FerrySourceForm *self, const FerryHostFacts *facts)
{
  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));

  g_clear_pointer (&self->host, ferry_host_facts_free);
  if (facts != NULL)
    self->host = ferry_host_facts_copy (facts);
  fill_transports (self);
  update (self);
}

void
ferry_source_form_offer_save (FerrySourceForm *self, gboolean offer)
{
  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));

  self->offers_save = offer;
}

static void
set_text (GtkEditable *row, const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

static void
fill_rows (FerrySourceForm *self, const FerryPlanSource *source)
{
  GListModel *transports = adw_combo_row_get_model (self->transport_row);

  set_text (self->host_row, source->host);
  set_text (self->uri_row, source->uri);
  set_text (self->user_row, source->user);
  set_text (self->password_row, source->password);
  set_text (self->datacenter_row, source->datacenter);
  set_text (self->cluster_row, source->cluster);
  set_text (self->esx_row, source->esx);
  adw_combo_row_set_selected (self->transport_row,
                              ferry_choice_list_find (transports, (int) source->transport, NULL));
  set_text (self->vddk_row, source->vddk_dir);
  set_text (self->ssh_user_row, source->ssh_user);
  set_text (self->ssh_password_row, source->ssh_password);
  gtk_switch_set_active (self->verify_switch, source->verify);
  adw_expander_row_set_expanded (self->advanced_row,
                                 !source->verify || source->transport != FERRY_TRANSPORT_HTTPS);
}

void
ferry_source_form_fill (FerrySourceForm *self,
                        FerryKind kind,
                        const FerryPlanSource *source,
                        const FerryProvider *provider)
{
  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));
  g_return_if_fail (self->connector != NULL);

  self->kind = kind;
  ferry_plan_source_copy (source, &self->base);
  g_clear_pointer (&self->provider, ferry_provider_free);
  self->provider = provider != NULL ? ferry_provider_copy (provider) : NULL;
  self->keyring_failed = FALSE;
  self->filling = TRUE;
  fill_rows (self, source);
  if (provider != NULL)
    gtk_switch_set_active (self->remember_switch, provider->remember);
  self->filling = FALSE;
  show_keyring (self, "");
  ferry_connector_stop (self->surveyor);
  show_places (self);
  ferry_connector_stop (self->connector);
  show_kind (self);
  ferry_connection_status_show (self->status_row, self->connector);
  update (self);
}

void
ferry_source_form_set_provider (FerrySourceForm *self, const FerryProvider *provider)
{
  FerryProvider *copy;

  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));
  g_return_if_fail (provider != NULL);

  copy = ferry_provider_copy (provider);
  g_clear_pointer (&self->provider, ferry_provider_free);
  self->provider = copy;
  update (self);
}

FerryKind
ferry_source_form_get_kind (FerrySourceForm *self)
{
  g_return_val_if_fail (FERRY_IS_SOURCE_FORM (self), FERRY_KIND_VMWARE);

  return self->kind;
}

gboolean
ferry_source_form_get_remember (FerrySourceForm *self)
{
  g_return_val_if_fail (FERRY_IS_SOURCE_FORM (self), FALSE);

  return gtk_switch_get_active (self->remember_switch);
}

gboolean
ferry_source_form_is_valid (FerrySourceForm *self)
{
  g_auto (FerryPlanSource) source = { 0 };
  FerrySourceField field = FERRY_FIELD_NONE;
  g_autofree char *problem = NULL;
  g_autofree char *why_not = NULL;

  g_return_val_if_fail (FERRY_IS_SOURCE_FORM (self), FALSE);

  ferry_plan_source_init (&source, ferry_kind_to_source_kind (self->kind));
  ferry_source_form_read (self, &source);
  problem = ferry_source_input_find_problem (&source, self->kind, &field);
  if (source.kind == FERRY_SOURCE_VSPHERE)
    why_not = ferry_text_transport_problem (source.transport, self->host);

  return problem == NULL && why_not == NULL && ferry_source_input_is_complete (&source);
}

gboolean
ferry_source_form_is_complete (FerrySourceForm *self)
{
  g_auto (FerryPlanSource) source = { 0 };

  g_return_val_if_fail (FERRY_IS_SOURCE_FORM (self), FALSE);

  if (!ferry_source_form_is_valid (self))
    return FALSE;
  ferry_plan_source_init (&source, ferry_kind_to_source_kind (self->kind));
  ferry_source_form_read (self, &source);

  return source.password != NULL || is_kept (self, &source) ||
         !ferry_source_input_needs_password (&source);
}

void
ferry_source_form_connect (FerrySourceForm *self, FerryAim aim)
{
  g_auto (FerryPlanSource) source = { 0 };

  g_return_if_fail (FERRY_IS_SOURCE_FORM (self));

  ferry_plan_source_init (&source, ferry_kind_to_source_kind (self->kind));
  ferry_source_form_read (self, &source);
  ferry_connector_start (self->connector, &source, aim);
}

FerryConnector *
ferry_source_form_get_connector (FerrySourceForm *self)
{
  g_return_val_if_fail (FERRY_IS_SOURCE_FORM (self), NULL);

  return self->connector;
}
