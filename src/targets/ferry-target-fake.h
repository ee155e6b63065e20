/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-target.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_TARGET_FAKE_INSPECT,
  FERRY_TARGET_FAKE_BEGIN,
  FERRY_TARGET_FAKE_FINISH,
  FERRY_TARGET_FAKE_N_STEPS,
} FerryTargetFakeStep;

/**
 * FerryTargetFake:
 *
 * A destination for tests: says what it is told to say, fails where it is told to fail, and counts.
 * It lets virt-v2v write into a folder of its own, which it makes, and checks nothing.
 */
#define FERRY_TYPE_TARGET_FAKE (ferry_target_fake_get_type ())
G_DECLARE_FINAL_TYPE (FerryTargetFake, ferry_target_fake, FERRY, TARGET_FAKE, GObject)

FerryTarget *ferry_target_fake_new (const FerryDestinationFacts *facts, const char *folder);
void ferry_target_fake_fail (FerryTargetFake *self, FerryTargetFakeStep step, const GError *error);
guint ferry_target_fake_count (FerryTargetFake *self, FerryTargetFakeStep step);

G_END_DECLS
