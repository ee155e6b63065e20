/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "ferry-libvirt-reason.h"

G_BEGIN_DECLS

/* Private to ferry-libvirt-helper: lines on standard output, and libvirt's things cleaned up. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virConnect, virConnectClose)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomain, virDomainFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStoragePool, virStoragePoolFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStorageVol, virStorageVolFree)

JsonObject *ferry_answer_new_line (const char *item);
void ferry_answer_set_text (JsonObject *line, const char *member, const char *text);
void ferry_answer_set_size (JsonObject *line, const char *member, guint64 size);
void ferry_answer_send (JsonObject *line);
void ferry_answer_done (void);

gboolean ferry_answer_refuse (FerryLibvirtReason reason, const char *message);
gboolean ferry_answer_refuse_last (void);
/** ferry_answer_refuse_connection: as ferry_answer_refuse_last(), for opening one; libvirt often
 * has but words for what was wrong there; @had_password: that there was one to be refused */
void ferry_answer_refuse_connection (gboolean had_password);
/** ferry_answer_new_refusal: a line @item that says what libvirt's last error was, to be sent */
JsonObject *ferry_answer_new_refusal (const char *item);

G_END_DECLS
