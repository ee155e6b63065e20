/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-conflict-dialog.h"

#include "ferry-accessible.h"
#include "ferry-field-note.h"
#include "ferry-name-conflict.h"

#include <glib/gi18n-lib.h>

#define ASKED "ferry-conflicts-asked"
#define DEFAULT_SUFFIX "_Copy"

struct _FerryConflictDialog
{
  AdwMessageDialog parent_instance;

  FerryPage *page; /* (weak): the dialog goes with its window */
  char *id; /* (owned): the guest's */
  guint n_others;

  GtkCheckButton *rename;
  GtkCheckButton *skip;
  AdwEntryRow *name_row;
  FerryFieldNote *name_note;
  AdwEntryRow *suffix_row;
  FerryFieldNote *suffix_note;
  GtkWidget *all_group;
  AdwActionRow *all_row;
  GtkSwitch *all;
};

G_DEFINE_FINAL_TYPE (FerryConflictDialog, ferry_conflict_dialog, ADW_TYPE_MESSAGE_DIALOG)

static FerryDraft *
get_draft (FerryConflictDialog *self)
{
  return ferry_page_get_draft (self->page);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
find_name_problem (FerryConflictDialog *self)
{
  const FerryPlan *plan = ferry_draft_get_plan (get_draft (self));

  return ferry_text_name_problem (plan, ferry_draft_get_destination (get_draft (self)),
                                  ferry_plan_find_guest (plan, self->id), get_text (self->name_row));
}

static char *
find_suffix_problem (FerryConflictDialog *self)
{
  g_autoptr (GError) error = NULL;

  return ferry_name_suffix_is_valid (get_text (self->suffix_row), &error)
             ? NULL
             : g_strdup (error->message);
}

static void
update (FerryConflictDialog *self)
{
  gboolean rename = gtk_check_button_get_active (self->rename);
  gboolean all = gtk_switch_get_active (self->all);
  g_autofree char *name_problem = rename && !all ? find_name_problem (self) : NULL;
  g_autofree char *suffix_problem = rename && all ? find_suffix_problem (self) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->name_row), rename && !all);
  gtk_widget_set_visible (GTK_WIDGET (self->suffix_row), rename && all);
  ferry_field_note_tell (self->name_note, GTK_WIDGET (self->name_row), name_problem);
  ferry_field_note_tell (self->suffix_note, GTK_WIDGET (self->suffix_row), suffix_problem);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "apply",
                                           name_problem == NULL && suffix_problem == NULL);
}

static void
on_changed (FerryConflictDialog *self)
{
  if (self->page != NULL)
    update (self);
}

static void
take_name (FerryPlanGuest *guest, char *name)
{
  g_free (guest->name);
  guest->name = name;
}

static void
rename_with_suffix (FerryConflictDialog *self, FerryPlanGuest *guest)
{
  take_name (guest, ferry_name_dup_free (ferry_draft_get_plan (get_draft (self)),
                                         ferry_draft_get_destination (get_draft (self)), guest,
                                         get_text (self->suffix_row)));
}

static void
decide_all (FerryConflictDialog *self)
{
  FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  g_autoptr (GPtrArray) guests =
      ferry_name_conflicts_list (plan, ferry_draft_get_destination (get_draft (self)));

  for (guint i = 0; i < guests->len; i++)
    {
      FerryPlanGuest *guest = g_ptr_array_index (guests, i);

      if (gtk_check_button_get_active (self->skip))
        ferry_plan_remove_guest (plan, guest->source->id);
      else
        rename_with_suffix (self, guest);
    }
}

static void
decide_one (FerryConflictDialog *self)
{
  FerryPlan *plan = ferry_draft_get_plan (get_draft (self));
  FerryPlanGuest *guest = ferry_plan_find_guest (plan, self->id);

  if (gtk_check_button_get_active (self->skip))
    ferry_plan_remove_guest (plan, self->id);
  else if (guest != NULL)
    take_name (guest, g_strdup (get_text (self->name_row)));
}

static void
on_response (FerryConflictDialog *self, const char *response)
{
  if (self->page == NULL || !g_str_equal (response, "apply"))
    return;

  if (gtk_switch_get_active (self->all))
    decide_all (self);
  else
    decide_one (self);
  ferry_draft_touch (get_draft (self));
  ferry_page_enter (self->page);
}

static void
ferry_conflict_dialog_dispose (GObject *object)
{
  g_clear_weak_pointer (&FERRY_CONFLICT_DIALOG (object)->page);

  G_OBJECT_CLASS (ferry_conflict_dialog_parent_class)->dispose (object);
}

static void
ferry_conflict_dialog_finalize (GObject *object)
{
  g_free (FERRY_CONFLICT_DIALOG (object)->id);

  G_OBJECT_CLASS (ferry_conflict_dialog_parent_class)->finalize (object);
}

static void
ferry_conflict_dialog_class_init (FerryConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_conflict_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_conflict_dialog_finalize;

  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ferryvm/Ferry/ferry-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, rename);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, skip);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, name_note);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, suffix_row);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, suffix_note);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, all_group);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, all_row);
  gtk_widget_class_bind_template_child (widget_class, FerryConflictDialog, all);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
ferry_conflict_dialog_init (FerryConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
describe (FerryConflictDialog *self, const FerryPlanGuest *guest)
{
  const FerryDestinationFacts *facts = ferry_draft_get_destination (get_draft (self));
  gboolean taken =
      facts != NULL && g_strv_contains ((const char *const *) facts->guest_names, guest->name);
  g_autofree char *others = g_strdup_printf (
      ngettext ("%u other virtual machine has a name that is taken",
                "%u other virtual machines have names that are taken", self->n_others),
      self->n_others);

  if (taken)
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (self),
                                    _("There is a virtual machine ‘%s’ at the destination already."),
                                    guest->name);
  else
    adw_message_dialog_format_body (
        ADW_MESSAGE_DIALOG (self),
        _("Another virtual machine of this import is called ‘%s’, too."), guest->name);
  adw_action_row_set_subtitle (self->all_row, others);
  gtk_widget_set_visible (self->all_group, self->n_others > 0);
}

static void
present (FerryPage *page, const FerryPlanGuest *guest, guint n_others)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  FerryConflictDialog *self = g_object_new (FERRY_TYPE_CONFLICT_DIALOG, "transient-for", root,
                                            "modal", TRUE, "destroy-with-parent", TRUE, NULL);
  const FerryPlan *plan = ferry_draft_get_plan (ferry_page_get_draft (page));
  g_autofree char *name =
      ferry_name_dup_free (plan, ferry_draft_get_destination (ferry_page_get_draft (page)), guest,
                           DEFAULT_SUFFIX);

  self->id = g_strdup (guest->source->id);
  self->n_others = n_others;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  gtk_editable_set_text (GTK_EDITABLE (self->suffix_row), DEFAULT_SUFFIX);
  g_set_weak_pointer (&self->page, page);
  describe (self, guest);
  update (self);
  ferry_accessible_name_buttons (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (self));
}

/* Whom the user was asked about, by what it was called: nobody is asked the same twice. */
static GHashTable *
get_asked (FerryDraft *draft)
{
  GHashTable *asked = g_object_get_data (G_OBJECT (draft), ASKED);

  if (asked == NULL)
    {
      asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (draft), ASKED, asked, (GDestroyNotify) g_hash_table_unref);
    }

  return asked;
}

void
ferry_conflict_dialog_ask (FerryPage *page)
{
  FerryDraft *draft;
  g_autoptr (GPtrArray) guests = NULL;

  g_return_if_fail (FERRY_IS_PAGE (page));

  draft = ferry_page_get_draft (page);
  guests = ferry_name_conflicts_list (ferry_draft_get_plan (draft),
                                      ferry_draft_get_destination (draft));
  for (guint i = 0; i < guests->len; i++)
    {
      const FerryPlanGuest *guest = g_ptr_array_index (guests, i);
      g_autofree char *key = g_strconcat (guest->source->id, "\n", guest->name, NULL);

      if (!g_hash_table_add (get_asked (draft), g_steal_pointer (&key)))
        continue;
      present (page, guest, guests->len - 1);
      return;
    }
}
