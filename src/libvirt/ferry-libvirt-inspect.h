/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-libvirt-answer.h"

G_BEGIN_DECLS

gboolean ferry_inspect_connection (virConnectPtr connection);

G_END_DECLS
