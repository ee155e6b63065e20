/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"
#include "ferry-xml.h"

G_BEGIN_DECLS

/* libvirt's description of a domain, as virt-v2v or libvirt wrote it: read, compared with the plan
 * and mended. What Ferry does not know of it stays as it is. */

/** FerryDomainDisk: (owned) (nullable) all: either a file, or a volume of a pool, or neither */
typedef struct
{
  char *file;
  char *pool;
  char *volume;
} FerryDomainDisk;

/**
 * FerryDomainNic:
 * @network: UNMAPPED when it is of a kind that no plan asks for
 * @mac: @model: (owned) (nullable)
 * @connected: its link is not said to be down
 */
typedef struct
{
  FerryPlanNetwork network;
  char *mac;
  char *model;
  gboolean connected;
} FerryDomainNic;

/* Reading. A description without a <domain> is FERRY_ERROR_INVALID. */
xmlDoc *ferry_domain_xml_parse (const char *text, GError **error);
char *ferry_domain_xml_to_text (xmlDoc *domain);
guint64 ferry_domain_xml_get_memory_bytes (const xmlDoc *domain);
guint ferry_domain_xml_get_vcpus (const xmlDoc *domain);
GPtrArray *ferry_domain_xml_list_disks (const xmlDoc *domain);
GPtrArray *ferry_domain_xml_list_nics (const xmlDoc *domain);
gboolean ferry_domain_xml_has_volume (const xmlDoc *domain, const char *pool, const char *volume);

/* Mending. Nothing is touched that is right already. */
gboolean ferry_domain_xml_move_disk (xmlDoc *domain, const char *from, const char *to);
gboolean ferry_domain_xml_move_to_pool (xmlDoc *domain,
                                        const char *from,
                                        const char *pool,
                                        const char *volume);
gboolean ferry_domain_xml_apply (xmlDoc *domain, const FerryPlanGuest *guest, GError **error);
void ferry_domain_xml_emulate (xmlDoc *domain);
void ferry_domain_xml_drop_vsock (xmlDoc *domain);
gboolean ferry_domain_xml_drop_uuid (xmlDoc *domain, const char *const *taken);
char *ferry_domain_xml_dup_arch (const xmlDoc *domain);
char *ferry_domain_xml_fit_machine (xmlDoc *domain, const char *const *machines);

/* Comparing. */
gboolean ferry_domain_xml_check (const xmlDoc *domain, const FerryPlanGuest *guest, GError **error);

G_END_DECLS
