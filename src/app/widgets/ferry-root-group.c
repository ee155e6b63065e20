/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-root-group.h"

#include "ferry-choice.h"
#include "ferry-field-note.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  ROOT_WORD = 1, /* the choice's name is the plan's word or device */
  ROOT_TYPED,
} Root;

struct _FerryRootGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean filling;

  AdwComboRow *root_row;
  AdwEntryRow *device_row;
  FerryFieldNote *device_note;
};

G_DEFINE_FINAL_TYPE (FerryRootGroup, ferry_root_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
is_typed (FerryRootGroup *self)
{
  FerryChoice *choice = adw_combo_row_get_selected_item (self->root_row);

  return choice != NULL && ferry_choice_get_kind (choice) == ROOT_TYPED;
}

/* As in plan JSON. */
static gboolean
device_is_valid (const char *device)
{
  const char *name = device + strlen ("/dev/");

  return g_str_has_prefix (device, "/dev/") && *name != '\0' &&
         name[strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/_-.+:")] == '\0';
}

static void
update (FerryRootGroup *self)
{
  gboolean typed = is_typed (self);
  g_autofree char *root = ferry_root_group_dup_root (self);
  gboolean wrong = typed && !device_is_valid (root);

  gtk_widget_set_visible (GTK_WIDGET (self->device_row), typed);
  ferry_field_note_tell (self->device_note, GTK_WIDGET (self->device_row),
                         wrong ? _("A device is named like /dev/sda2, or /dev/vg0/root for a "
                                   "logical volume.")
                               : NULL);
}

static void
on_changed (FerryRootGroup *self)
{
  if (self->filling)
    return;

  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ferry_root_group_dispose (GObject *object)
{
  FERRY_ROOT_GROUP (object)->filling = TRUE; /* the rows change once more while they go */

  G_OBJECT_CLASS (ferry_root_group_parent_class)->dispose (object);
}

static void
ferry_root_group_class_init (FerryRootGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_root_group_dispose;
  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_ROOT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FERRY_TYPE_CHOICE);
  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-root-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryRootGroup, root_row);
  gtk_widget_class_bind_template_child (widget_class, FerryRootGroup, device_row);
  gtk_widget_class_bind_template_child (widget_class, FerryRootGroup, device_note);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
ferry_root_group_init (FerryRootGroup *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

static void
append_found (GListStore *list, const FerryInspection *inside)
{
  for (guint i = 0; inside != NULL && i < inside->roots->len; i++)
    {
      const FerryRoot *root = ferry_inspection_get_root (inside, i);
      g_autofree char *title = NULL;

      if (root->name != NULL)
        /* Translators: an operating system, and the device it is on */
        title = g_strdup_printf (_("%s on %s"), root->name, root->device);
      ferry_choice_list_append (list, ROOT_WORD, root->device,
                                title != NULL ? title : root->device);
    }
}

static void
describe_found (FerryRootGroup *self, const FerryInspection *inside)
{
  g_autofree char *text = NULL;

  if (inside == NULL)
    text = g_strdup (_("When several are installed on the disks"));
  else
    text = g_strdup_printf (ngettext ("%u was found on the disks", "%u were found on the disks",
                                      inside->roots->len),
                            inside->roots->len);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->root_row), text);
}

void
ferry_root_group_show (FerryRootGroup *self, const FerryPlanGuest *guest)
{
  g_autoptr (GListStore) list = g_list_store_new (FERRY_TYPE_CHOICE);
  const char *root = guest->root != NULL ? guest->root : "single";
  guint position;

  g_return_if_fail (FERRY_IS_ROOT_GROUP (self));

  ferry_choice_list_append (list, ROOT_WORD, "single", _("The only one"));
  ferry_choice_list_append (list, ROOT_WORD, "first", _("The first found"));
  append_found (list, guest->source->inside);
  ferry_choice_list_append (list, ROOT_TYPED, NULL, _("On a device…"));
  position = ferry_choice_list_find (G_LIST_MODEL (list), ROOT_WORD, root);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->device_row),
                         position == G_MAXUINT ? root : "/dev/sda1");
  adw_combo_row_set_model (self->root_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->root_row,
                              MIN (position, g_list_model_get_n_items (G_LIST_MODEL (list)) - 1));
  describe_found (self, guest->source->inside);
  update (self);
  self->filling = FALSE;
}

char *
ferry_root_group_dup_root (FerryRootGroup *self)
{
  FerryChoice *choice;

  g_return_val_if_fail (FERRY_IS_ROOT_GROUP (self), NULL);

  choice = adw_combo_row_get_selected_item (self->root_row);
  if (choice == NULL)
    return g_strdup ("single");
  if (is_typed (self))
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->device_row))));

  return g_strdup (ferry_choice_get_name (choice));
}
