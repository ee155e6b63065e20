/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-page.h"
#include "ferry-verifier.h"

G_BEGIN_DECLS

/* One page of the wizard in a window of its own, with a plan and the facts of the made-up backend. */
typedef struct
{
  GtkWindow *window; /* (owned) by GTK */
  FerryDraft *draft; /* (owned) */
  FerryVerifier *verifier; /* (owned) */
  FerryPage *page; /* (unowned): the window's; NULL: none yet */
} PageTest;

/** page_test_init: a plan for libvirt of five guests: "db-prod-01", "erp-app" (its name is taken),
 * "mail", "web-01" and "web-02" (it runs), none of whose networks is chosen */
void page_test_init (PageTest *test);
/** page_test_show: a page of @type, which is entered; set_verifier and the like come before that */
void page_test_show (PageTest *test, FerryPage *page);
/** page_test_get: a part of the template of the page, or of @part of it (nullable) */
gpointer page_test_get (PageTest *test, const char *part, const char *name);
/** page_test_settle: what was done is told and drawn */
void page_test_settle (PageTest *test);
void page_test_shoot (PageTest *test, const char *name);
FerryPlanGuest *page_test_find_guest (PageTest *test, const char *id);
/** page_test_map_all: every network to "prod-120" */
void page_test_map_all (PageTest *test);
void page_test_end (PageTest *test);

G_END_DECLS
