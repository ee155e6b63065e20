/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-domain-xml.h"

G_BEGIN_DECLS

/**
 * FerryDomainAdoption: a domain of another host that shall become one of ours
 * @guest: the plan's, with the disks that stay behind
 * @files: where each of its hard disks that do not stay behind lies now
 * @pools: (nullable): of which pool each of them is a volume, named like the file
 * @warn: told of what stays behind, a sentence each
 */
typedef struct
{
  const FerryPlanGuest *guest;
  const char *const *files;
  const char *const *pools;
  void (*warn) (const char *text, gpointer user_data);
  gpointer user_data;
} FerryDomainAdoption;

/**
 * ferry_domain_xml_adopt:
 *
 * The hardware stays; the disks are those that were copied; everything that belongs to the host it
 * comes from goes: paths, devices, addresses, labels. Only what is known to be harmless is kept, so
 * that a description from elsewhere cannot have files or programs of this host used.
 *
 * Errors: FERRY_ERROR_INVALID: it has not the disks or network adapters that were read
 */
gboolean ferry_domain_xml_adopt (xmlDoc *domain,
                                 const FerryDomainAdoption *adoption,
                                 GError **error);

/** ferry_domain_adopt_devices: a part of it; private to targets/ */
gboolean ferry_domain_adopt_devices (xmlNode *devices,
                                     const FerryDomainAdoption *adoption,
                                     GError **error);
void ferry_domain_adoption_warn (const FerryDomainAdoption *adoption, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

G_END_DECLS
