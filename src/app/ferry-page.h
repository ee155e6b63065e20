/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-draft.h"

G_BEGIN_DECLS

/**
 * FerryPage:
 *
 * One page of the wizard. It edits the draft, says when what was entered is complete, and on Next
 * does what must be done before the page after it can be shown.
 *
 * Properties: "draft" (construct-only), "title", "complete" (Next may be pressed), "applying",
 * "narrow" (set by the wizard: lay out for 360 pixels).
 * Signals: "applied": go on; "failed" (GError): stay, say why;
 * "jump" (char *page, char *guest_id): show another page, and that guest on it;
 * "report" (char *text, double fraction): how far applying is; below 0: not known
 */
#define FERRY_TYPE_PAGE (ferry_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (FerryPage, ferry_page, FERRY, PAGE, AdwBin)

/**
 * FerryPageClass:
 * @applies: (nullable): whether the page is needed with what was chosen before; NULL: always
 * @enter: (nullable): it is about to be shown
 * @apply: (nullable): what Next does; ends with ferry_page_finish(); NULL: nothing to do
 * @show_guest: (nullable): show what this page knows of a guest
 */
struct _FerryPageClass
{
  AdwBinClass parent_class;

  gboolean (*applies) (FerryPage *self);
  void (*enter) (FerryPage *self);
  void (*apply) (FerryPage *self);
  void (*show_guest) (FerryPage *self, const char *id);
};

FerryDraft *ferry_page_get_draft (FerryPage *self);
const char *ferry_page_get_title (FerryPage *self);
gboolean ferry_page_is_complete (FerryPage *self);
gboolean ferry_page_is_applying (FerryPage *self);
gboolean ferry_page_is_narrow (FerryPage *self);

/* For the wizard. */
gboolean ferry_page_applies (FerryPage *self);
void ferry_page_enter (FerryPage *self);
void ferry_page_apply (FerryPage *self);
void ferry_page_cancel (FerryPage *self);
void ferry_page_show_guest (FerryPage *self, const char *id);

/* For the pages. */
void ferry_page_set_complete (FerryPage *self, gboolean complete);
/** ferry_page_get_cancellable: (transfer none): of what apply started; cancelled in dispose */
GCancellable *ferry_page_get_cancellable (FerryPage *self);
void ferry_page_report (FerryPage *self, const char *text, double fraction);
/** ferry_page_finish: ends what apply began; @error: (nullable): why it failed */
void ferry_page_finish (FerryPage *self, const GError *error);
/** ferry_page_complain: says @error without an apply having failed */
void ferry_page_complain (FerryPage *self, const GError *error);
void ferry_page_jump (FerryPage *self, const char *page, const char *guest_id);

G_END_DECLS
