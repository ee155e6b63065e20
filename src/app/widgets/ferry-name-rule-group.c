/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-name-rule-group.h"

#include "ferry-choices.h"
#include "ferry-field-note.h"

#include <glib/gi18n-lib.h>

#define N_EXAMPLES 3

struct _FerryNameRuleGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) (nullable) */
  gboolean filling;

  GtkEditable *pattern_row;
  FerryFieldNote *pattern_note;
  GtkEditable *find_row;
  GtkEditable *replace_row;
  GtkSwitch *lower_case;
  GtkLabel *preview;
};

G_DEFINE_FINAL_TYPE (FerryNameRuleGroup, ferry_name_rule_group, ADW_TYPE_PREFERENCES_GROUP)

/* Its texts are those of the rows. */
static FerryNameRule
get_rule (FerryNameRuleGroup *self)
{
  return (FerryNameRule){
    .pattern = (char *) gtk_editable_get_text (self->pattern_row),
    .find = (char *) gtk_editable_get_text (self->find_row),
    .replace = (char *) gtk_editable_get_text (self->replace_row),
    .lower_case = gtk_switch_get_active (self->lower_case),
  };
}

static gboolean
tell_problem (FerryNameRuleGroup *self, const FerryNameRule *rule)
{
  g_autoptr (GError) error = NULL;
  gboolean valid = ferry_name_rule_is_valid (rule, &error);

  ferry_field_note_tell (self->pattern_note, GTK_WIDGET (self->pattern_row),
                         valid ? NULL : error->message);

  return valid;
}

static void
on_changed (FerryNameRuleGroup *self)
{
  FerryNameRule rule = get_rule (self);

  if (self->filling || self->draft == NULL)
    return;

  if (tell_problem (self, &rule))
    ferry_choices_set_name_rule (self->draft, &rule);
  ferry_name_rule_group_refresh (self);
}

static void
ferry_name_rule_group_dispose (GObject *object)
{
  FerryNameRuleGroup *self = FERRY_NAME_RULE_GROUP (object);

  self->filling = TRUE; /* the rows change once more while they go */
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_name_rule_group_parent_class)->dispose (object);
}

static void
ferry_name_rule_group_class_init (FerryNameRuleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_name_rule_group_dispose;

  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-name-rule-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryNameRuleGroup, pattern_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNameRuleGroup, pattern_note);
  gtk_widget_class_bind_template_child (widget_class, FerryNameRuleGroup, find_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNameRuleGroup, replace_row);
  gtk_widget_class_bind_template_child (widget_class, FerryNameRuleGroup, lower_case);
  gtk_widget_class_bind_template_child (widget_class, FerryNameRuleGroup, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
ferry_name_rule_group_init (FerryNameRuleGroup *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

static char *
describe_examples (const FerryPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (plan->guests->len, N_EXAMPLES); i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      /* Translators: the name of a virtual machine at the source and at the destination */
      g_string_append_printf (text, _("%s → %s"), guest->source->name, guest->name);
      g_string_append_c (text, '\n');
    }
  if (plan->guests->len > N_EXAMPLES)
    {
      guint n_more = plan->guests->len - N_EXAMPLES;

      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_more), n_more);
    }
  else if (text->len > 0)
    g_string_truncate (text, text->len - 1);

  return g_string_free (text, FALSE);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
ferry_name_rule_group_show (FerryNameRuleGroup *self, FerryDraft *draft)
{
  FerryNameRule rule;

  g_return_if_fail (FERRY_IS_NAME_RULE_GROUP (self));

  g_set_object (&self->draft, draft);
  rule = ferry_draft_get_plan (draft)->name_rule;
  self->filling = TRUE;
  gtk_editable_set_text (self->pattern_row, or_empty (rule.pattern));
  gtk_editable_set_text (self->find_row, or_empty (rule.find));
  gtk_editable_set_text (self->replace_row, or_empty (rule.replace));
  gtk_switch_set_active (self->lower_case, rule.lower_case);
  self->filling = FALSE;
  tell_problem (self, &rule);
  ferry_name_rule_group_refresh (self);
}

void
ferry_name_rule_group_refresh (FerryNameRuleGroup *self)
{
  g_autofree char *examples = NULL;

  g_return_if_fail (FERRY_IS_NAME_RULE_GROUP (self));

  if (self->draft == NULL)
    return;

  examples = describe_examples (ferry_draft_get_plan (self->draft));
  gtk_label_set_label (self->preview, examples);
}
