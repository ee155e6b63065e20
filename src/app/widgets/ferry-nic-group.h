/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-address-form.h"
#include "ferry-draft.h"

G_BEGIN_DECLS

/* One NIC of a guest, and where it goes. */
#define FERRY_TYPE_NIC_GROUP (ferry_nic_group_get_type ())
G_DECLARE_FINAL_TYPE (FerryNicGroup, ferry_nic_group, FERRY, NIC_GROUP, AdwPreferencesGroup)

/** ferry_nic_group_new: NIC @index of the plan's guest @id */
GtkWidget *ferry_nic_group_new (FerryDraft *draft, const char *id, guint index);
void ferry_nic_group_set_expanded (FerryNicGroup *self, gboolean expanded);
/** ferry_nic_group_refresh: shows what the plan says now */
void ferry_nic_group_refresh (FerryNicGroup *self);
/** ferry_nic_group_get_address_form: (transfer none): for tests */
FerryAddressForm *ferry_nic_group_get_address_form (FerryNicGroup *self);

G_END_DECLS
