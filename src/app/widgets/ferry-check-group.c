/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-check-group.h"

#include "ferry-check-row.h"
#include "ferry-status-row.h"

#include <glib/gi18n-lib.h>

struct _FerryCheckGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (owned): (unowned) rows of this group */
  GPtrArray *checks; /* (owned): copies of what the rows show */

  FerryStatusRow *none;
};

G_DEFINE_FINAL_TYPE (FerryCheckGroup, ferry_check_group, ADW_TYPE_PREFERENCES_GROUP)

static void
ferry_check_group_finalize (GObject *object)
{
  FerryCheckGroup *self = FERRY_CHECK_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (ferry_check_group_parent_class)->finalize (object);
}

static void
ferry_check_group_class_init (FerryCheckGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_check_group_finalize;

  g_type_ensure (FERRY_TYPE_STATUS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-check-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryCheckGroup, none);
}

static void
ferry_check_group_init (FerryCheckGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_status_row_set (self->none, FERRY_STATUS_GOOD, _("Nothing stands in the way"), NULL, NULL);
}

static gboolean
are_equal (const GPtrArray *a, const GPtrArray *b)
{
  guint length = b != NULL ? b->len : 0;

  if (a == NULL || a->len != length)
    return FALSE;
  for (guint i = 0; i < length; i++)
    {
      const FerryCheck *left = g_ptr_array_index (a, i);
      const FerryCheck *right = g_ptr_array_index (b, i);

      if (left->severity != right->severity || left->remedy != right->remedy ||
          left->part != right->part || g_strcmp0 (left->text, right->text) != 0)
        return FALSE;
    }

  return TRUE;
}

static GtkWidget *
make_row (FerryCheckGroup *self, const FerryCheck *check)
{
  GtkWidget *row = ferry_check_row_new (check);
  const char *title = ferry_remedy_get_title (check->remedy);
  /* Only within the settings is there a place to go to. */
  GtkWidget *leaflet = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_LEAFLET);

  if (title == NULL || leaflet == NULL)
    return row;

  ferry_check_row_set_button (FERRY_CHECK_ROW (row), title, "settings.remedy",
                              g_variant_new ("(ssi)",
                                             check->guest_id != NULL ? check->guest_id : "",
                                             ferry_remedy_to_word (check->remedy), check->part));
  ferry_check_row_follow (FERRY_CHECK_ROW (row), ADW_LEAFLET (leaflet));

  return row;
}

void
ferry_check_group_set_checks (FerryCheckGroup *self, const GPtrArray *checks)
{
  g_return_if_fail (FERRY_IS_CHECK_GROUP (self));

  /* Rows that stay keep the focus and the place of who reads them. */
  if (are_equal (self->checks, checks))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = ferry_checks_new ();
  if (checks != NULL)
    ferry_checks_append_copies (self->checks, checks);

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *row = make_row (self, g_ptr_array_index (self->checks, i));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->none), self->checks->len == 0);
}
