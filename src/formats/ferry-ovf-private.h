/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-ovf.h"
#include "ferry-xml.h"

G_BEGIN_DECLS

/**
 * FerryOvfContext: what the sections of one description refer to
 * @files: (owned): file id → FerryOvfFile (borrowed)
 * @disks: (owned): disk id → its Disk element (borrowed)
 * @disks_of_files: (owned): file id → id of the first disk that it holds
 * @used_disks: (owned): set of the disk ids that some hardware item refers to
 * @properties: (owned): key → default value, for "${key}"
 * @configuration: (owned) (nullable): the default deployment option
 */
typedef struct
{
  GHashTable *files;
  GHashTable *disks;
  GHashTable *disks_of_files;
  GHashTable *used_disks;
  GHashTable *properties;
  char *configuration;
} FerryOvfContext;

void ferry_ovf_system_free (FerryOvfSystem *system);

/** ferry_ovf_is_section: also OVF 0.9's <Section xsi:type="ovf:NAME_Type"> */
gboolean ferry_ovf_is_section (const xmlNode *node, const char *name);
const xmlNode *ferry_ovf_get_section (const xmlNode *parent, const char *name);

/** ferry_ovf_resolve: (transfer full): @text with its "${key}" replaced; %NULL: no such property */
char *ferry_ovf_resolve (const FerryOvfContext *context, const char *text);

/** ferry_ovf_read_hardware: memory, CPUs, disks and NICs from @hardware into @system */
void
ferry_ovf_read_hardware (FerryOvfContext *context, const xmlNode *hardware, FerryOvfSystem *system);

/** ferry_ovf_add_disk: the disk that hardware item @item describes; @bus from its controller */
void ferry_ovf_add_disk (FerryOvfContext *context,
                         const xmlNode *item,
                         FerryBus bus,
                         FerryOvfSystem *system);

/* What VirtualSystem @node says of its operating system and firmware. */
void ferry_ovf_read_os (const xmlNode *node, FerryGuest *guest);
void ferry_ovf_read_firmware (const xmlNode *node, FerryGuest *guest);

/** ferry_ovf_warn: adds a warning to @guest's checks; arguments as of ferry_check_new () */
void
ferry_ovf_warn (FerryGuest *guest, const char *id, const char *advice, const char *text_format, ...)
    G_GNUC_PRINTF (4, 5);

G_END_DECLS
