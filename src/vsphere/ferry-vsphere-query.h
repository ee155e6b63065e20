/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-vsphere.h"

G_BEGIN_DECLS

/* What the property collector is asked, as XML. */

/** ferry_vsphere_query_list: every guest below the root with what a list shows, and the inventory
 * that they lie in, in one question. @view: (nullable): go through this ContainerView in place of
 * the folders, for a user who may see guests but not what lies above them */
char *ferry_vsphere_query_list (const FerryVsphereAbout *about, const char *view);
/** ferry_vsphere_query_guests: everything about these guests, with the inventory above them and the
 * names of their networks; one that is gone is left out of the answer */
char *
ferry_vsphere_query_guests (const FerryVsphereAbout *about, const char *const *ids, guint n_ids);
/** ferry_vsphere_query_one: @properties (with blanks between them) of one managed object */
char *ferry_vsphere_query_one (const char *type, const char *id, const char *properties);
/** ferry_vsphere_query_append_view_types: what a view for ferry_vsphere_query_list() has in it */
void ferry_vsphere_query_append_view_types (GString *request);

G_END_DECLS
