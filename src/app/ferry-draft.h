/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-backend.h"

G_BEGIN_DECLS

/**
 * FerryDraft:
 *
 * The plan that a wizard fills, with what was found out about its ends. The pages edit the plan in
 * place and say so with ferry_draft_touch(); the checks follow by themselves.
 *
 * Signals: "changed": the plan, the facts or the checks; once for any number of touches;
 * "lost" (GStrv names): guests of the plan that the source does not have any more
 */
#define FERRY_TYPE_DRAFT (ferry_draft_get_type ())
G_DECLARE_FINAL_TYPE (FerryDraft, ferry_draft, FERRY, DRAFT, GObject)

FerryDraft *ferry_draft_new (const FerryBackend *backend);

/** ferry_draft_ask: (transfer full): to be answered on a thread, about the plan as it is now */
FerryQuestion *ferry_draft_ask (FerryDraft *self);

/** ferry_draft_get_plan: (transfer none): to be edited; ferry_draft_touch() afterwards */
FerryPlan *ferry_draft_get_plan (FerryDraft *self);
/** ferry_draft_take_plan: (transfer full): another plan in its place; facts stay */
void ferry_draft_take_plan (FerryDraft *self, FerryPlan *plan);
void ferry_draft_touch (FerryDraft *self);

/**
 * ferry_draft_remember: what is done to the guests @ids (element-type utf8) from now on can be undone
 * in one step; what could be undone before can no longer
 */
void ferry_draft_remember (FerryDraft *self, GPtrArray *ids);
/** ferry_draft_undo: FALSE: there is nothing to be undone */
gboolean ferry_draft_undo (FerryDraft *self);
void ferry_draft_forget (FerryDraft *self);

/** ferry_draft_get_guests: (nullable) (element-type FerryGuest): the source's; NULL: not read */
GPtrArray *ferry_draft_get_guests (FerryDraft *self);
/** ferry_draft_take_guests: (nullable) (transfer full): the plan loses those that are gone */
void ferry_draft_take_guests (FerryDraft *self, GPtrArray *guests);

/** ferry_draft_get_host: (nullable): NULL: not known (yet) */
const FerryHostFacts *ferry_draft_get_host (FerryDraft *self);
void ferry_draft_take_host (FerryDraft *self, FerryHostFacts *facts);
const FerryDestinationFacts *ferry_draft_get_destination (FerryDraft *self);
void ferry_draft_take_destination (FerryDraft *self, FerryDestinationFacts *facts);
/** ferry_draft_get_storage: (nullable): the one that the plan names */
const FerryStorage *ferry_draft_get_storage (FerryDraft *self);

/* What new guests get from now on, and all that are in the plan. */
void ferry_draft_set_format (FerryDraft *self, FerryFormat format);
void ferry_draft_set_allocation (FerryDraft *self, FerryAllocation allocation);
/** ferry_draft_map_network: every NIC on @source (nullable: of no name) goes to @network */
void
ferry_draft_map_network (FerryDraft *self, const char *source, const FerryPlanNetwork *network);
/** ferry_draft_count_others: NICs on @source that go elsewhere than @network */
guint
ferry_draft_count_others (FerryDraft *self, const char *source, const FerryPlanNetwork *network);

/** ferry_draft_set_work_bytes: what importing guest @id unpacks into temporary files */
void ferry_draft_set_work_bytes (FerryDraft *self, const char *id, guint64 bytes);
guint64 ferry_draft_get_work_bytes (FerryDraft *self, const char *id);
/** ferry_draft_take_findings: (transfer full) (element-type FerryCheck): of verifying guest @id */
void ferry_draft_take_findings (FerryDraft *self, const char *id, GPtrArray *checks);
gboolean ferry_draft_is_verified (FerryDraft *self, const char *id);

/** ferry_draft_get_plan_checks: (transfer none) (element-type FerryCheck): of no single guest */
GPtrArray *ferry_draft_get_plan_checks (FerryDraft *self);
GPtrArray *ferry_draft_get_guest_checks (FerryDraft *self, const char *id);
/** ferry_draft_is_blocked: guest @id would not be imported */
gboolean ferry_draft_is_blocked (FerryDraft *self, const char *id);
/** ferry_draft_dup_ready_plan: (transfer full): the plan without the guests that are blocked */
FerryPlan *ferry_draft_dup_ready_plan (FerryDraft *self);

G_END_DECLS
