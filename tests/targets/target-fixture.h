/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-target.h"

/* What the tests of targets share: a folder of their own, an import of a guest with two disks of
 * 1 MiB and two NICs, and a stand-in for virt-v2v that writes real, empty disks and real XML. */

/** TargetFixture: @run: what a target is given; @dir: removed at the end, the journal is in it */
typedef struct
{
  char *dir;
  char *work_dir;
  FerryPlan *plan;
  FerryRecord *record;
  FerryPlanGuest *guest;
  FerryTargetRun run;
} TargetFixture;

void target_fixture_set_up (TargetFixture *fixture, gconstpointer data);
void target_fixture_tear_down (TargetFixture *fixture, gconstpointer data);

void target_fixture_run_tool (const char *const *argv);
void target_fixture_make_disk (const char *path, const char *format, guint64 bytes);
void target_fixture_make_disks (TargetFixture *fixture, const FerryOutput *output);
char *target_fixture_make_xml (TargetFixture *fixture, const FerryOutput *output);
void target_fixture_write (const char *folder, const char *name, const char *text);
