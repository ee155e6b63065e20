/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard.h"

#include "ferry-accessible.h"
#include "ferry-call.h"
#include "ferry-destination-page.h"
#include "ferry-guests-page.h"
#include "ferry-review-page.h"
#include "ferry-settings-page.h"
#include "ferry-source-page.h"
#include "ferry-verifier.h"

#include <glib/gi18n-lib.h>

/* The pages in their order. */
static const struct
{
  const char *name;
  GType (*get_type) (void);
} page_table[] = {
  { "source", ferry_source_page_get_type }, { "destination", ferry_destination_page_get_type },
  { "guests", ferry_guests_page_get_type }, { "settings", ferry_settings_page_get_type },
  { "review", ferry_review_page_get_type },
};
#define N_PAGES G_N_ELEMENTS (page_table)

struct _FerryWizard
{
  AdwWindow parent_instance;

  FerryDraft *draft; /* (owned) */
  FerryVerifier *verifier; /* (owned) */
  FerryWorkerClient *client; /* (owned) (nullable) */
  FerryPage *pages[N_PAGES]; /* (unowned): the stack's */
  guint position;
  gboolean entered; /* something that closing would lose */
  guint pulse_id;
  guint narrow_id;

  AdwWindowTitle *title;
  GtkButton *back_button;
  GtkButton *next_button;
  AdwSqueezer *sizer;
  GtkWidget *wide_probe;
  GtkStack *stack;
  GtkRevealer *applying_bar;
  GtkLabel *applying_label;
  GtkProgressBar *applying_progress;
};

G_DEFINE_FINAL_TYPE (FerryWizard, ferry_wizard, ADW_TYPE_WINDOW)

static FerryPage *
get_page (FerryWizard *self)
{
  return self->pages[self->position];
}

/* The next page that applies from @position in @direction; N_PAGES: there is none. */
static guint
find_page (FerryWizard *self, guint position, int direction)
{
  gint64 next = (gint64) position + direction;

  while (next >= 0 && next < (gint64) N_PAGES && !ferry_page_applies (self->pages[next]))
    next += direction;

  return next >= 0 && next < (gint64) N_PAGES ? (guint) next : (guint) N_PAGES;
}

static void
update_title (FerryWizard *self)
{
  g_autofree char *step = NULL;
  guint number = 0;
  guint total = 0;

  for (guint i = 0; i < N_PAGES; i++)
    if (ferry_page_applies (self->pages[i]))
      {
        total++;
        if (i <= self->position)
          number++;
      }

  /* Translators: which of the wizard's pages this is */
  step = g_strdup_printf (_("Step %u of %u"), number, total);
  adw_window_title_set_title (self->title, ferry_page_get_title (get_page (self)));
  adw_window_title_set_subtitle (self->title, step);
}

static void
update_back_button (FerryWizard *self)
{
  gboolean first = self->position == 0;
  const char *label = first ? _("Cancel") : _("Back");

  if (!first && ferry_page_is_narrow (get_page (self)))
    gtk_button_set_icon_name (self->back_button, "go-previous-symbolic");
  else
    gtk_button_set_label (self->back_button, label);
  ferry_accessible_set_label (GTK_WIDGET (self->back_button), label);
}

static void
update_buttons (FerryWizard *self)
{
  FerryPage *page = get_page (self);
  gboolean last = find_page (self, self->position, 1) == N_PAGES;
  gboolean applying = ferry_page_is_applying (page);

  gtk_button_set_label (self->next_button, last ? _("Import") : _("Next"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.next",
                                 ferry_page_is_complete (page) && !applying);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.back", !applying);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.stop", applying);
  update_back_button (self);
}

static gboolean
on_pulse (gpointer data)
{
  FerryWizard *self = data;

  gtk_progress_bar_pulse (self->applying_progress);

  return G_SOURCE_CONTINUE;
}

static void
show_applying (FerryWizard *self, gboolean applying)
{
  gtk_widget_set_visible (GTK_WIDGET (self->applying_bar), applying);
  gtk_revealer_set_reveal_child (self->applying_bar, applying);
  gtk_widget_set_sensitive (GTK_WIDGET (get_page (self)), !applying);
  if (!applying)
    g_clear_handle_id (&self->pulse_id, g_source_remove);
}

static void
show_page (FerryWizard *self, guint position)
{
  self->position = position;
  ferry_page_enter (self->pages[position]);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->pages[position]));
  update_title (self);
  update_buttons (self);
  gtk_widget_child_focus (GTK_WIDGET (self->pages[position]), GTK_DIR_TAB_FORWARD);
}

static void
on_applying_changed (FerryWizard *self, GParamSpec *pspec, FerryPage *page)
{
  gboolean applying = ferry_page_is_applying (page);

  if (page != get_page (self))
    return;

  /* The bar comes with the first report: most pages have nothing to wait for. */
  if (!applying)
    show_applying (self, FALSE);
  update_buttons (self);
}

static void
on_complete_changed (FerryWizard *self, GParamSpec *pspec, FerryPage *page)
{
  if (page == get_page (self))
    update_buttons (self);
}

static void
on_page_report (FerryWizard *self, const char *text, double fraction, FerryPage *page)
{
  if (page != get_page (self) || !ferry_page_is_applying (page))
    return;

  if (!gtk_revealer_get_reveal_child (self->applying_bar))
    show_applying (self, TRUE);
  gtk_label_set_label (self->applying_label, text);

  if (fraction >= 0)
    {
      g_clear_handle_id (&self->pulse_id, g_source_remove);
      gtk_progress_bar_set_fraction (self->applying_progress, MIN (fraction, 1.0));
    }
  else if (self->pulse_id == 0)
    self->pulse_id = g_timeout_add (150, on_pulse, self);
}

static void
on_page_applied (FerryWizard *self, FerryPage *page)
{
  guint next = find_page (self, self->position, 1);

  self->entered = TRUE;
  if (next == N_PAGES)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show_page (self, next);
}

static void
on_page_failed (FerryWizard *self, const GError *error, FerryPage *page)
{
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Not Possible"), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_page_jump (FerryWizard *self, const char *name, const char *guest_id, FerryPage *page)
{
  for (guint i = 0; i < N_PAGES; i++)
    if (g_str_equal (page_table[i].name, name))
      {
        show_page (self, i);
        if (guest_id != NULL)
          ferry_page_show_guest (self->pages[i], guest_id);
      }
}

/* Names for a sentence: at most five of them. */
static char *
join_names (const char *const *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;
  guint total = g_strv_length ((char **) names);
  g_autofree char *list = NULL;

  for (guint i = 0; i < MIN (total, 5); i++)
    {
      g_autofree char *quoted = g_strdup_printf (_("‘%s’"), names[i]);

      g_strv_builder_add (builder, quoted);
    }
  shown = g_strv_builder_end (builder);
  list = g_strjoinv (", ", shown);
  if (total <= 5)
    return g_steal_pointer (&list);

  /* Translators: names, and how many are not listed */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", total - 5), list,
                          total - 5);
}

static void
on_lost (FerryWizard *self, const char *const *names)
{
  g_autofree char *list = join_names (names);
  g_autofree char *text = g_strdup_printf (_("%s of the plan cannot be found at the source any "
                                              "more, and will not be imported. Look "
                                              "whether this is the right source."),
                                           list);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Not There Any More"), text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
on_narrow_settled (gpointer data)
{
  FerryWizard *self = data;
  gboolean narrow = adw_squeezer_get_visible_child (self->sizer) != self->wide_probe;

  self->narrow_id = 0;
  for (guint i = 0; i < N_PAGES; i++)
    g_object_set (self->pages[i], "narrow", narrow, NULL);
  update_back_button (self);

  return G_SOURCE_REMOVE;
}

/* Comes in the middle of an allocation, when nothing may ask for another size. */
static void
on_size_changed (FerryWizard *self)
{
  if (self->narrow_id == 0 && self->pages[0] != NULL)
    self->narrow_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, on_narrow_settled, self, NULL);
}

static void
on_discard_answered (FerryWizard *self, const char *response)
{
  if (g_str_equal (response, "discard"))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
ask_to_discard (FerryWizard *self)
{
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Discard This Import?"),
                                   _("What you entered here is lost. Nothing has been imported."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("Keep Editing"),
                                    "discard", _("Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_discard_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
ferry_wizard_close_request (GtkWindow *window)
{
  FerryWizard *self = FERRY_WIZARD (window);

  if (self->entered || ferry_source_page_is_entered (FERRY_SOURCE_PAGE (self->pages[0])))
    {
      ask_to_discard (self);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (ferry_wizard_parent_class)->close_request (window);
}

static void
go_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_page_apply (get_page (FERRY_WIZARD (widget)));
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryWizard *self = FERRY_WIZARD (widget);
  guint previous = find_page (self, self->position, -1);

  if (previous == N_PAGES)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_page (self, previous);
}

static void
stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ferry_page_cancel (get_page (FERRY_WIZARD (widget)));
}

static void
escape (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FerryWizard *self = FERRY_WIZARD (widget);

  if (ferry_page_is_applying (get_page (self)))
    ferry_page_cancel (get_page (self));
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
add_page (FerryWizard *self, guint position)
{
  FerryPage *page = g_object_new (page_table[position].get_type (), "draft", self->draft, NULL);

  self->pages[position] = page;
  gtk_stack_add_named (self->stack, GTK_WIDGET (page), page_table[position].name);
  g_signal_connect_swapped (page, "notify::complete", G_CALLBACK (on_complete_changed), self);
  g_signal_connect_swapped (page, "notify::applying", G_CALLBACK (on_applying_changed), self);
  g_signal_connect_swapped (page, "applied", G_CALLBACK (on_page_applied), self);
  g_signal_connect_swapped (page, "failed", G_CALLBACK (on_page_failed), self);
  g_signal_connect_swapped (page, "jump", G_CALLBACK (on_page_jump), self);
  g_signal_connect_swapped (page, "report", G_CALLBACK (on_page_report), self);
}

static void
ferry_wizard_dispose (GObject *object)
{
  FerryWizard *self = FERRY_WIZARD (object);

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  if (self->verifier != NULL)
    ferry_verifier_stop (self->verifier);
  for (guint i = 0; i < N_PAGES; i++)
    if (self->pages[i] != NULL)
      {
        g_signal_handlers_disconnect_by_data (self->pages[i], self);
        ferry_page_cancel (self->pages[i]);
        self->pages[i] = NULL;
      }

  G_OBJECT_CLASS (ferry_wizard_parent_class)->dispose (object);
}

static void
ferry_wizard_finalize (GObject *object)
{
  FerryWizard *self = FERRY_WIZARD (object);

  g_clear_object (&self->verifier);
  g_clear_object (&self->draft);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (ferry_wizard_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, title);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, back_button);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, next_button);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, sizer);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, wide_probe);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, applying_bar);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, applying_label);
  gtk_widget_class_bind_template_child (widget_class, FerryWizard, applying_progress);
  gtk_widget_class_bind_template_callback (widget_class, on_size_changed);
}

static void
ferry_wizard_class_init (FerryWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_wizard_dispose;
  object_class->finalize = ferry_wizard_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = ferry_wizard_close_request;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "wizard.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "wizard.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "wizard.escape", NULL, escape);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "wizard.back",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "wizard.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "wizard.escape", NULL);
}

static void
ferry_wizard_init (FerryWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ferry_wizard_new (GtkApplication *app, FerryWorkerClient *client, FerryProviders *providers)
{
  FerryWizard *self;

  g_return_val_if_fail (FERRY_IS_PROVIDERS (providers), NULL);

  self = g_object_new (FERRY_TYPE_WIZARD, "application", app, NULL);
  g_set_object (&self->client, client);
  self->draft = ferry_draft_new (ferry_providers_get_backend (providers));
  g_signal_connect_object (self->draft, "lost", G_CALLBACK (on_lost), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < N_PAGES; i++)
    add_page (self, i);
  ferry_source_page_set_providers (FERRY_SOURCE_PAGE (self->pages[0]), providers);
  self->verifier = ferry_verifier_new (self->draft);
  ferry_settings_page_set_verifier (FERRY_SETTINGS_PAGE (self->pages[N_PAGES - 2]), self->verifier);
  ferry_review_page_set_client (FERRY_REVIEW_PAGE (self->pages[N_PAGES - 1]), client);
  ferry_review_page_set_verifier (FERRY_REVIEW_PAGE (self->pages[N_PAGES - 1]), self->verifier);
  ferry_accessible_track_stack (self->stack);
  show_page (self, 0);

  return GTK_WINDOW (self);
}

void
ferry_wizard_set_source_path (FerryWizard *self, const char *path)
{
  g_return_if_fail (FERRY_IS_WIZARD (self));
  g_return_if_fail (path != NULL);

  ferry_source_page_set_path (FERRY_SOURCE_PAGE (self->pages[0]), path);
}

void
ferry_wizard_set_provider (FerryWizard *self, const char *id)
{
  g_return_if_fail (FERRY_IS_WIZARD (self));
  g_return_if_fail (id != NULL);

  ferry_source_page_set_provider (FERRY_SOURCE_PAGE (self->pages[0]), id);
}

gboolean
ferry_wizard_open_plan (FerryWizard *self, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (FerryPlan) plan = NULL;
  gsize length;

  g_return_val_if_fail (FERRY_IS_WIZARD (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  plan = ferry_plan_from_text (text, (gssize) length, error);
  if (plan == NULL)
    {
      /* Translators: goes before a sentence that says what is wrong with the file */
      g_prefix_error (error, _("‘%s’ cannot be opened as a plan: "), path);
      return FALSE;
    }

  ferry_draft_take_plan (self->draft, g_steal_pointer (&plan));
  show_page (self, 0);

  return TRUE;
}

FerryDraft *
ferry_wizard_get_draft (FerryWizard *self)
{
  g_return_val_if_fail (FERRY_IS_WIZARD (self), NULL);

  return self->draft;
}

FerryPage *
ferry_wizard_get_page (FerryWizard *self)
{
  g_return_val_if_fail (FERRY_IS_WIZARD (self), NULL);

  return get_page (self);
}
