/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-checks.h"
#include "ferry-system.h"

G_BEGIN_DECLS

#define FERRY_GIB (G_GUINT64_CONSTANT (1) << 30)

/**
 * FerryChecking: one pass over the checks of a plan, or of one of its guests
 * @guest: (nullable): NULL while the plan as a whole is checked
 * @index: @guest's
 * @use: (nullable): NULL while the plan as a whole is checked
 * @part: index of the disk or NIC that is looked at; -1: none
 * @checks: what was found
 */
typedef struct
{
  const FerryPlan *plan;
  const FerryPlanGuest *guest;
  guint index;
  int part;
  const FerryCheckFacts *facts;
  const FerryUse *use;
  GPtrArray *checks;
} FerryChecking;

/* A check looks at one thing and adds what it finds. To add one: write it, put it into the table at
 * the end of its file and, if Ferry can do something about it, into that of ferry-checks-remedies.c,
 * describe it in docs/checks.md, and give it two rows in test-checks*.c. */
typedef void (*FerryCheckFunc) (FerryChecking *checking);

void ferry_checking_run (FerryChecking *checking, const FerryCheckFunc *functions, guint n);
/**
 * ferry_checking_add: about the guest, and the disk or NIC, that is looked at
 * @advice: @text_format: whole sentences
 *
 * Returns: (transfer none): with the remedy that @id always has
 */
FerryCheck *ferry_checking_add (FerryChecking *checking,
                                const char *id,
                                FerrySeverity severity,
                                const char *advice,
                                const char *text_format,
                                ...) G_GNUC_PRINTF (5, 6);
/** ferry_checks_find_remedy: what Ferry can do about @id */
FerryRemedy ferry_checks_find_remedy (const char *id);

/** ferry_checks_subtract: what is left of @free_bytes */
guint64 ferry_checks_subtract (guint64 free_bytes, guint64 promised_bytes);
/** ferry_checks_describe_promised: a sentence with a space before it; "" when nothing is promised */
char *ferry_checks_describe_promised (guint64 free_bytes, guint64 promised_bytes);

/** FerryUseNic: number @nic of the guest number @guest of the plan */
typedef struct
{
  guint guest;
  guint nic;
} FerryUseNic;

/** ferry_checks_get_mac: (nullable): that a NIC will have; NULL: none, or the destination makes one */
const char *ferry_checks_get_mac (const FerryPlanGuest *guest, guint index);
gboolean ferry_use_has_taken_name (const FerryUse *use, const char *name);
gboolean ferry_use_has_taken_mac (const FerryUse *use, const char *mac);
/** ferry_use_has_name_before: one of the plan before number @guest has it, and may have it */
gboolean ferry_use_has_name_before (const FerryUse *use, guint guest, const char *name);
/** ferry_use_has_folded_name_before: the same or the destination, without regard to case */
gboolean ferry_use_has_folded_name_before (const FerryUse *use, guint guest, const char *name);
gboolean ferry_use_has_mac_before (const FerryUse *use, const FerryUseNic *nic, const char *mac);
gboolean ferry_use_has_address_before (const FerryUse *use,
                                       const FerryUseNic *nic,
                                       const FerryPlanNic *planned);

/** ferry_checks_each_disk: @function for each disk that is included, as its part */
void ferry_checks_each_disk (FerryChecking *checking,
                             void (*function) (FerryChecking *checking, const FerryDisk *disk));

/** ferry_checks_get_system: in @guest: as its disks, the plan or the source say */
FerrySystem ferry_checks_get_system (const FerryPlanGuest *guest);
void ferry_checks_of_system (FerryChecking *checking);
void ferry_checks_of_power (FerryChecking *checking);
void ferry_checks_of_nics (FerryChecking *checking);
/** ferry_checks_of_address: the one that NIC @index of the guest gets */
void ferry_checks_of_address (FerryChecking *checking, guint index);
void ferry_checks_of_storages (FerryChecking *checking);
/** ferry_checks_advise_pool: (transfer full): which pools there are to choose from */
char *ferry_checks_advise_pool (const FerryDestinationFacts *destination);
void ferry_checks_of_host (FerryChecking *checking);
void ferry_checks_of_destination (FerryChecking *checking);
void ferry_checks_of_space (FerryChecking *checking);
void ferry_checks_of_settings (FerryChecking *checking);
void ferry_checks_of_hardware (FerryChecking *checking);
void ferry_checks_of_origin (FerryChecking *checking);
void ferry_checks_of_source (FerryChecking *checking);

/**
 * FerryCheckRun: what ferry_checks_run() works with
 * @plan: of its own
 * @asking: (nullable): as in FerryCheckRequest
 * @source: @target: @host: (nullable): NULL when it could not be opened, which is among @checks
 */
typedef struct
{
  FerryPlan *plan;
  const FerryRecord *asking;
  FerrySource *source;
  FerryTarget *target;
  FerryHost *host;
  FerryCheckFlags flags;
  const FerryMonitor *monitor;
  GPtrArray *checks;
} FerryCheckRun;

/** ferry_check_run_all: FALSE only when cancelled */
gboolean ferry_check_run_all (FerryCheckRun *run, GCancellable *cancellable, GError **error);

G_END_DECLS
