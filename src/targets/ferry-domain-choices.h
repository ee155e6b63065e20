/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"
#include "ferry-xml.h"

G_BEGIN_DECLS

/* Private to targets/: parts of ferry_domain_xml_apply(). @guest is as it arrives, without disks that
 * are left out. Nothing is touched that is right already. */

/** ferry_domain_choose_topology: sockets, cores and threads, when they make up its processors */
void ferry_domain_choose_topology (xmlNode *root, const FerryPlanGuest *guest);
/** ferry_domain_choose_os: as libosinfo's metadata, when one is chosen that libosinfo knows */
void ferry_domain_choose_os (xmlNode *root, const FerryPlanGuest *guest);
/** ferry_domain_choose_disks: the format of each, and from which one it boots */
void ferry_domain_choose_disks (xmlNode *root, const FerryPlanGuest *guest);
/** ferry_domain_boot_first: from @disk, a device of a whole domain, before everything else */
void ferry_domain_boot_first (xmlNode *disk);
/** ferry_domain_choose_nic: its model, and whether its cable is plugged in */
void ferry_domain_choose_nic (xmlNode *nic, const FerryPlanNic *planned);

G_END_DECLS
