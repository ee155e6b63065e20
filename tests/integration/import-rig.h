/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "worker-fixture.h"

G_BEGIN_DECLS

/**
 * ImportRig:
 *
 * The real worker with the real virt-v2v, the sample appliance, an empty destination folder, and
 * eyes for everything that must not be left behind. A conversion takes a minute without KVM.
 */
typedef struct
{
  WorkerFixture *fixture;
  char *ova;         /* the sample appliance */
  char *destination; /* an empty folder */
} ImportRig;

/** Rates of tests/integration/slow/nbdcopy; the second disk takes half a minute at this one. */
#define IMPORT_RIG_SLOW "30M"

/** Seconds within which a phase must come on a loaded machine without KVM. */
#define IMPORT_RIG_PATIENCE 400

ImportRig *import_rig_new (const char *rate);
/** import_rig_new_bare: without the sample appliance */
ImportRig *import_rig_new_bare (void);
void import_rig_free (ImportRig *rig);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportRig, import_rig_free)

FerryPlan *import_rig_plan (ImportRig *rig, const char *name);
char *import_rig_start (ImportRig *rig, const FerryPlan *plan);
void import_rig_assert_clean (ImportRig *rig);
void import_rig_assert_succeeded (ImportRig *rig, const char *import);
char *import_rig_sample (const char *name);

/** The SHA-256 of a file in the first partition of a disk image of @format. */
char *import_rig_digest (const char *image, const char *format, const char *path);
void import_rig_assert_same_content (const char *image, const char *sample, const char *path);
char *import_rig_virsh (const char *command, const char *argument);
void import_rig_assert_domain (const char *name, const char *const *has, const char *const *lacks);
void import_rig_run (const char *const *argv, char **out_stdout);

G_END_DECLS
