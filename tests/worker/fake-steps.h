/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "worker-fixture.h"

G_BEGIN_DECLS

/* Steps of tests that run fake-worker: what its imports do is in their names. */

WorkerFixture *fake_fixture_new (void);
FerryPlan *fake_make_plan (const char *names);
char **fake_import (WorkerFixture *worker, const char *names);
void fake_touch (WorkerFixture *worker, const char *prefix, const char *name);
char *fake_read_order (WorkerFixture *worker);
void fake_await_line (WorkerFixture *worker, const char *line);

G_END_DECLS
