/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <adwaita.h>

#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryAddressForm:
 *
 * Rows at the end of an expander row that take the static address of a network adapter, and say at the
 * field what is wrong with it.
 *
 * Signal: "changed": the user changed it
 */
#define FERRY_TYPE_ADDRESS_FORM (ferry_address_form_get_type ())
G_DECLARE_FINAL_TYPE (FerryAddressForm, ferry_address_form, FERRY, ADDRESS_FORM, GObject)

/** ferry_address_form_new: its rows are @expander's from now on */
FerryAddressForm *ferry_address_form_new (AdwExpanderRow *expander);
/** ferry_address_form_set: @address: without an ip: none is set */
void ferry_address_form_set (FerryAddressForm *self, const FerryPlanAddress *address);
/** ferry_address_form_get: fills @out_address with what stands there, be it right or wrong; members
 * that it does not show stay */
void ferry_address_form_get (FerryAddressForm *self, FerryPlanAddress *out_address);
/** ferry_address_form_set_reason: @reason: (nullable): why there is no choice */
void ferry_address_form_set_reason (FerryAddressForm *self, const char *reason);
/** ferry_address_form_get_row: for tests: a row or note by its id in the .ui file */
GObject *ferry_address_form_get_row (FerryAddressForm *self, const char *id);
void ferry_address_form_end (FerryAddressForm *self);

G_END_DECLS
