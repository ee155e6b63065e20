/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan-source.h"

G_BEGIN_DECLS

/* What is typed about a source: whether it can be right. No I/O. */

/* As the drop-down has them: two of them are libvirt's. */
typedef enum
{
  FERRY_KIND_VMWARE = 1,
  FERRY_KIND_XEN,
  FERRY_KIND_KVM,
  FERRY_KIND_OVA,
} FerryKind;

typedef enum
{
  FERRY_FIELD_NONE,
  FERRY_FIELD_HOST,
  FERRY_FIELD_URI,
  FERRY_FIELD_USER,
  FERRY_FIELD_DATACENTER,
  FERRY_FIELD_CLUSTER,
  FERRY_FIELD_ESX,
  FERRY_FIELD_VDDK_DIR,
  FERRY_FIELD_SSH_USER,
} FerrySourceField;

FerryKind ferry_kind_of_source (const FerryPlanSource *source);
FerrySourceKind ferry_kind_to_source_kind (FerryKind kind);

/** ferry_source_input_find_problem: (nullable) (transfer full): a sentence about the first field
 * that cannot be right, which is put into @out_field; what is empty is no problem yet */
char *ferry_source_input_find_problem (const FerryPlanSource *source,
                                       FerryKind kind,
                                       FerrySourceField *out_field);
/** ferry_source_input_is_complete: nothing is empty without which it is no use to ask; whether
 * there is a password is not looked at */
gboolean ferry_source_input_is_complete (const FerryPlanSource *source);
/** ferry_source_input_takes_login: a libvirt URI of a kind that may want a user and a password */
gboolean ferry_source_input_takes_login (const char *uri);
gboolean ferry_source_input_needs_password (const FerryPlanSource *source);
/** ferry_source_input_split_uri: takes a "vpx://" or "esx://" URI apart into @source, which
 * becomes a VMware source; FALSE: @text is none. Its "no_verify=1" is not taken over: that must be
 * said */
gboolean ferry_source_input_split_uri (const char *text, FerryPlanSource *source);

G_END_DECLS
