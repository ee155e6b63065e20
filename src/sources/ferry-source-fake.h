/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-source.h"

G_BEGIN_DECLS

/**
 * FerrySourceFake:
 *
 * A source that exists only in memory, for tests and for trying out the wizard: guests, delays and
 * errors are set beforehand. Its disks are empty raw files that prepare() makes. A guest that is shut
 * down or started is so from then on; PERMISSION is said before it is asked, all else after.
 */
#define FERRY_TYPE_SOURCE_FAKE (ferry_source_fake_get_type ())
G_DECLARE_FINAL_TYPE (FerrySourceFake, ferry_source_fake, FERRY, SOURCE_FAKE, GObject)

typedef enum
{
  FERRY_FAKE_LIST,
  FERRY_FAKE_READ,
  FERRY_FAKE_VERIFY,
  FERRY_FAKE_PREPARE,
  FERRY_FAKE_SHUT_DOWN,
  FERRY_FAKE_START,
  FERRY_FAKE_N_CALLS,
} FerryFakeCall;

FerrySourceFake *ferry_source_fake_new (void);

/** ferry_source_fake_add_guest: copies @guest */
void ferry_source_fake_add_guest (FerrySourceFake *self, const FerryGuest *guest);
/** ferry_source_fake_add_finding: what verify() finds from now on; copies @check */
void ferry_source_fake_add_finding (FerrySourceFake *self, const FerryCheck *check);
/** ferry_source_fake_set_delay: how long @call takes; its monitor hears of ten steps */
void ferry_source_fake_set_delay (FerrySourceFake *self, FerryFakeCall call, guint milliseconds);
/** ferry_source_fake_set_error: @call fails, after its delay; @message %NULL: it works again */
void ferry_source_fake_set_error (FerrySourceFake *self,
                                  FerryFakeCall call,
                                  FerryError code,
                                  const char *message);
/** ferry_source_fake_set_work_bytes: what get_work_bytes() says of every guest */
void ferry_source_fake_set_work_bytes (FerrySourceFake *self, guint64 bytes);
guint ferry_source_fake_get_n_calls (FerrySourceFake *self, FerryFakeCall call);

G_END_DECLS
