/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-review-row.h"

#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

struct _FerryReviewRow
{
  AdwActionRow parent_instance;

  char *id; /* (owned) */

  GtkImage *icon;
  GtkLabel *size;
};

G_DEFINE_FINAL_TYPE (FerryReviewRow, ferry_review_row, ADW_TYPE_ACTION_ROW)

static void
ferry_review_row_finalize (GObject *object)
{
  g_free (FERRY_REVIEW_ROW (object)->id);

  G_OBJECT_CLASS (ferry_review_row_parent_class)->finalize (object);
}

static void
ferry_review_row_class_init (FerryReviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_review_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/pages/"
                                                             "ferry-review-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryReviewRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewRow, size);
}

static void
ferry_review_row_init (FerryReviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The first thing that stands in the guest's way, its own before everybody's. */
static const char *
find_blocker (FerryDraft *draft, const char *id)
{
  const GPtrArray *lists[] = {
    ferry_draft_get_guest_checks (draft, id),
    ferry_draft_get_plan_checks (draft),
  };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l] != NULL && i < lists[l]->len; i++)
      {
        const FerryCheck *check = g_ptr_array_index (lists[l], i);

        if (check->severity == FERRY_SEVERITY_BLOCKER)
          return check->text;
      }

  return NULL;
}

static void
show_worst (FerryReviewRow *self, FerrySeverity worst)
{
  gboolean bad = worst == FERRY_SEVERITY_BLOCKER || worst == FERRY_SEVERITY_WARNING;

  gtk_widget_set_visible (GTK_WIDGET (self->icon), bad);
  if (!bad)
    return;

  gtk_image_set_from_icon_name (self->icon, ferry_text_severity_icon (worst));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), ferry_text_severity_style (worst));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), ferry_severity_get_title (worst));
}

/* Of the disks that are imported. */
static char *
dup_size (const FerryPlanGuest *guest)
{
  guint64 bytes = 0;

  if (ferry_plan_guest_count_included (guest) == 0)
    return g_strdup (_("No disk"));
  for (guint i = 0; i < guest->source->disks->len; i++)
    if (ferry_plan_guest_includes (guest, i))
      bytes += ferry_guest_get_disk (guest->source, i)->capacity_bytes;

  return ferry_text_size (bytes);
}

GtkWidget *
ferry_review_row_new (FerryDraft *draft, const FerryPlanGuest *guest)
{
  FerryReviewRow *self;
  const char *blocker;
  g_autofree char *subtitle = NULL;
  g_autofree char *size = NULL;

  g_return_val_if_fail (FERRY_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (guest != NULL, NULL);

  self = g_object_new (FERRY_TYPE_REVIEW_ROW, NULL);
  self->id = g_strdup (guest->source->id);
  blocker = find_blocker (draft, self->id);
  size = dup_size (guest);
  if (blocker != NULL)
    /* Translators: a sentence that says why follows */
    subtitle = g_strdup_printf (_("Will not be imported: %s"), blocker);
  else
    subtitle = ferry_text_guest_plan (guest);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), guest->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_label_set_label (self->size, size);
  show_worst (self, blocker != NULL
                        ? FERRY_SEVERITY_BLOCKER
                        : ferry_text_worst (ferry_draft_get_guest_checks (draft, self->id)));

  return GTK_WIDGET (self);
}

const char *
ferry_review_row_get_id (FerryReviewRow *self)
{
  g_return_val_if_fail (FERRY_IS_REVIEW_ROW (self), NULL);

  return self->id;
}
