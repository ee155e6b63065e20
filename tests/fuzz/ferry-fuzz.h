/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/** LLVMFuzzerTestOneInput: what libFuzzer, or ferry-fuzz-runner.c in its place, calls */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

G_END_DECLS
