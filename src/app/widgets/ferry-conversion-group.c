/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-conversion-group.h"

#include "ferry-accessible.h"
#include "ferry-choice.h"
#include "ferry-choices.h"
#include "ferry-field-note.h"
#include "ferry-path-row.h"

#include <glib/gi18n-lib.h>

#define FROM_HOST 0
#define FROM_PATH 1

struct _FerryConversionGroup
{
  AdwPreferencesGroup parent_instance;

  FerryDraft *draft; /* (owned) (nullable) */
  GCancellable *looking; /* (owned) (nullable): for what is at the path */
  gboolean filling;

  AdwComboRow *drivers_row;
  FerryPathRow *path_row;
  FerryFieldNote *path_note;
  AdwComboRow *block_row;
  GtkEditable *key_row;
};

G_DEFINE_FINAL_TYPE (FerryConversionGroup, ferry_conversion_group, ADW_TYPE_PREFERENCES_GROUP)

static void
tell_path (FerryConversionGroup *self, const char *problem)
{
  ferry_field_note_tell (self->path_note, GTK_WIDGET (self->path_row), problem);
}

static void
on_looked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryConversionGroup *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (info == NULL)
    tell_path (self, _("There is nothing that can be read at this path. Choose an ISO image or a "
                       "folder with VirtIO drivers."));
}

static void
stop_looking (FerryConversionGroup *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

/* Not at once on the main thread: the folder may be on a server that does not answer. */
static void
look (FerryConversionGroup *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->looking = g_cancellable_new ();
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->looking, on_looked, self);
}

static void
judge_path (FerryConversionGroup *self)
{
  gboolean chosen = adw_combo_row_get_selected (self->drivers_row) == FROM_PATH;
  g_autofree char *path = chosen ? ferry_path_row_dup_path (self->path_row) : NULL;

  stop_looking (self);
  gtk_widget_set_visible (GTK_WIDGET (self->path_row), chosen);
  tell_path (self, chosen && path == NULL
                       ? _("Choose an ISO image or a folder with VirtIO drivers.")
                       : NULL);
  if (path != NULL)
    look (self, path);
}

static void
on_drivers_changed (FerryConversionGroup *self)
{
  FerryPlan *plan;

  if (self->filling || self->draft == NULL)
    return;

  plan = ferry_draft_get_plan (self->draft);
  g_clear_pointer (&plan->drivers, g_free);
  if (adw_combo_row_get_selected (self->drivers_row) == FROM_PATH)
    plan->drivers = ferry_path_row_dup_path (self->path_row);
  judge_path (self);
  ferry_draft_touch (self->draft);
}

static void
on_block_changed (FerryConversionGroup *self)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->block_row);
  FerryPlan *plan;

  if (self->filling || self->draft == NULL || choice == NULL)
    return;

  plan = ferry_draft_get_plan (self->draft);
  g_free (plan->block_driver);
  plan->block_driver = g_strdup (ferry_choice_get_name (choice));
  ferry_draft_touch (self->draft);
}

/* Tried for every virtual machine, after its own. */
static void
on_key_changed (FerryConversionGroup *self)
{
  if (self->filling || self->draft == NULL)
    return;

  ferry_choices_set_key (ferry_draft_get_plan (self->draft)->keys,
                         gtk_editable_get_text (self->key_row));
  ferry_draft_touch (self->draft);
}

static void
ferry_conversion_group_dispose (GObject *object)
{
  FerryConversionGroup *self = FERRY_CONVERSION_GROUP (object);

  self->filling = TRUE; /* the rows change once more while they go */
  stop_looking (self);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (ferry_conversion_group_parent_class)->dispose (object);
}

static void
ferry_conversion_group_class_init (FerryConversionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_conversion_group_dispose;

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  g_type_ensure (FERRY_TYPE_PATH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-conversion-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryConversionGroup, drivers_row);
  gtk_widget_class_bind_template_child (widget_class, FerryConversionGroup, path_row);
  gtk_widget_class_bind_template_child (widget_class, FerryConversionGroup, path_note);
  gtk_widget_class_bind_template_child (widget_class, FerryConversionGroup, block_row);
  gtk_widget_class_bind_template_child (widget_class, FerryConversionGroup, key_row);
  gtk_widget_class_bind_template_callback (widget_class, on_drivers_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_block_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed);
}

static void
ferry_conversion_group_init (FerryConversionGroup *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_path_row_set_kinds (self->path_row, FERRY_PATH_FILE | FERRY_PATH_FOLDER);
  ferry_accessible_name_icon_buttons (GTK_WIDGET (self->key_row), _("Show Password"));
  self->filling = FALSE;
}

static void
fill_block (FerryConversionGroup *self, const FerryPlan *plan)
{
  g_autoptr (GListStore) list = g_list_store_new (FERRY_TYPE_CHOICE);

  ferry_choice_list_append (list, 0, NULL, _("Automatic"));
  ferry_choice_list_append (list, 0, "virtio-blk", _("VirtIO block"));
  ferry_choice_list_append (list, 0, "virtio-scsi", _("VirtIO SCSI"));
  adw_combo_row_set_model (self->block_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (
      self->block_row, ferry_choice_list_find (G_LIST_MODEL (list), 0, plan->block_driver));
}

static void
fill_key (FerryConversionGroup *self, const FerryPlan *plan)
{
  const char *key = ferry_choices_get_key (plan->keys);

  gtk_editable_set_text (self->key_row, key != NULL ? key : "");
}

static char *
describe_drivers (const FerryHostFacts *host)
{
  if (host == NULL)
    return g_strdup (_("Not known yet whether the conversion host has any"));
  if (host->has_virtio_win && host->virtio_win != NULL)
    /* Translators: a path on the conversion host */
    return g_strdup_printf (_("The conversion host has them in %s"), host->virtio_win);

  return g_strdup (_("The conversion host has none: Windows would get slow emulated devices. "
                     "Install the package ‘virtio-win’ there, or choose where they are."));
}

/* (nullable): why nothing can be chosen. */
static const char *
find_block_reason (const FerryHostFacts *host)
{
  if (host == NULL)
    return _("Not known yet whether the conversion host can choose");
  if (!ferry_host_facts_has_word (host, "block-driver-option"))
    return _("The virt-v2v of the conversion host chooses by itself; a newer one can be told");

  return NULL;
}

static gboolean
is_needed (const FerryPlan *plan)
{
  for (guint i = 0; i < plan->guests->len; i++)
    if (!ferry_plan_guest_is_copied (ferry_plan_get_guest (plan, i)))
      return TRUE;

  return FALSE;
}

void
ferry_conversion_group_show (FerryConversionGroup *self, FerryDraft *draft)
{
  const FerryPlan *plan;

  g_return_if_fail (FERRY_IS_CONVERSION_GROUP (self));

  g_set_object (&self->draft, draft);
  plan = ferry_draft_get_plan (draft);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->drivers_row, plan->drivers != NULL ? FROM_PATH : FROM_HOST);
  gtk_editable_set_text (GTK_EDITABLE (self->path_row), plan->drivers != NULL ? plan->drivers : "");
  fill_block (self, plan);
  fill_key (self, plan);
  self->filling = FALSE;
  judge_path (self);
  ferry_conversion_group_refresh (self);
}

void
ferry_conversion_group_refresh (FerryConversionGroup *self)
{
  const FerryPlan *plan;
  const FerryHostFacts *host;
  const char *reason;
  g_autofree char *drivers = NULL;

  g_return_if_fail (FERRY_IS_CONVERSION_GROUP (self));

  if (self->draft == NULL)
    return;

  plan = ferry_draft_get_plan (self->draft);
  host = ferry_draft_get_host (self->draft);
  drivers = describe_drivers (host);
  reason = find_block_reason (host);
  gtk_widget_set_visible (GTK_WIDGET (self), is_needed (plan));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->drivers_row), drivers);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->block_row),
                               reason != NULL ? reason : _("For the disks of Windows"));
  /* One that was planned elsewhere can be taken back. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->block_row),
                            reason == NULL || plan->block_driver != NULL);
}
