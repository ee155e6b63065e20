/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

#include "ferry-error.h"

G_BEGIN_DECLS

/* A finding before the import. A blocker stops the guest from being imported, a warning does not,
 * a note only tells. Ordered: worst first. */
typedef enum
{
  FERRY_SEVERITY_BLOCKER = 1,
  FERRY_SEVERITY_WARNING,
  FERRY_SEVERITY_NOTE,
} FerrySeverity;

/* What Ferry can do about a finding, to be offered beside it. Many can only be mended by people, at the
 * source or on the host. */
typedef enum
{
  FERRY_REMEDY_NONE,
  FERRY_REMEDY_CHOOSE_GUESTS,      /* the plan has none */
  FERRY_REMEDY_LEAVE_OUT,          /* the guest, out of the plan */
  FERRY_REMEDY_RENAME,             /* the guest */
  FERRY_REMEDY_SET_MEMORY,         /* of the guest */
  FERRY_REMEDY_SET_VCPUS,          /* of the guest, or their topology */
  FERRY_REMEDY_CHOOSE_OS,          /* of the guest */
  FERRY_REMEDY_SHUT_DOWN,          /* the guest, at the source, before it is imported */
  FERRY_REMEDY_DO_NOT_START,       /* the guest, after it is imported */
  FERRY_REMEDY_CHOOSE_ROOT,        /* of its operating systems */
  FERRY_REMEDY_GIVE_KEY,           /* for its encrypted disks */
  FERRY_REMEDY_LEAVE_OUT_DISK,     /* disk @part */
  FERRY_REMEDY_INCLUDE_DISK,       /* disk @part */
  FERRY_REMEDY_CHOOSE_BOOT_DISK,   /* of the guest */
  FERRY_REMEDY_CHOOSE_STORAGE,     /* of disk @part; -1: of all that have none of their own */
  FERRY_REMEDY_CHOOSE_NETWORK,     /* of NIC @part */
  FERRY_REMEDY_NEW_MAC,            /* of NIC @part */
  FERRY_REMEDY_SET_ADDRESS,        /* of NIC @part */
  FERRY_REMEDY_CHOOSE_DRIVERS,     /* VirtIO drivers for Windows */
  FERRY_REMEDY_CHOOSE_BLOCK_DRIVER,
  FERRY_REMEDY_CHOOSE_DESTINATION,
  FERRY_REMEDY_CHOOSE_HOST,
  FERRY_REMEDY_CHOOSE_SOURCE, /* its address, transport, verification */
} FerryRemedy;

/**
 * FerryCheck:
 * @id: interned, stable, "subject.finding" as in "disk.no-file"; documented in docs/checks.md
 * @severity: how bad
 * @text: (owned): one sentence: what was found
 * @advice: (owned): one sentence: what to do; never NULL, may be ""
 * @guest_id: (owned) (nullable): the guest it is about; NULL: the host, the destination, the plan
 * @remedy: what Ferry can do about it
 * @part: index of the guest's disk or NIC that it is about, -1: none; of a disk when @id begins with
 *   "disk.", or @remedy is one of disks, of a NIC otherwise
 * @code: with which a blocker ends an import: that of the error it was made of, else
 *   FERRY_ERROR_INVALID; not in JSON
 * @extra: (owned) (nullable): members that a newer Ferry wrote
 */
typedef struct
{
  const char *id;
  FerrySeverity severity;
  char *text;
  char *advice;
  char *guest_id;
  FerryRemedy remedy;
  int part;
  FerryError code;
  JsonObject *extra;
} FerryCheck;

/**
 * ferry_check_new:
 * @id: "subject.finding"
 * @advice: one sentence, may be ""
 * @text_format: one sentence, printf style
 */
FerryCheck *ferry_check_new (const char *id,
                             FerrySeverity severity,
                             const char *advice,
                             const char *text_format,
                             ...) G_GNUC_PRINTF (4, 5);
/** ferry_check_new_of_error: a blocker that says what @problem says, with its code */
FerryCheck *ferry_check_new_of_error (const char *id, const char *advice, const GError *problem);
/** ferry_check_set_remedy: @part: index of a disk or NIC; -1: none */
void ferry_check_set_remedy (FerryCheck *check, FerryRemedy remedy, int part);
/** ferry_check_is_of_disk: @check is about the guest's disk @index alone */
gboolean ferry_check_is_of_disk (const FerryCheck *check, guint index);
FerryCheck *ferry_check_copy (const FerryCheck *check);
void ferry_check_free (FerryCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryCheck, ferry_check_free)

/** ferry_checks_new: (element-type FerryCheck): an empty list that owns its checks */
GPtrArray *ferry_checks_new (void);
void ferry_checks_append_copies (GPtrArray *checks, const GPtrArray *more);
guint ferry_checks_count (const GPtrArray *checks, FerrySeverity severity);
gboolean ferry_checks_have (const GPtrArray *checks, const char *id);
/** ferry_checks_sort: worst first; among equals those of no guest first, then as they were */
void ferry_checks_sort (GPtrArray *checks);

/** ferry_checks_describe: "1 blocker, 2 warnings": those of @least and worse; "" when there are none */
char *ferry_checks_describe (const GPtrArray *checks, FerrySeverity least);

/** ferry_severity_get_title: for people */
const char *ferry_severity_get_title (FerrySeverity severity);
/** ferry_severity_to_word: "blocker", "warning" or "note" */
const char *ferry_severity_to_word (FerrySeverity severity);
gboolean ferry_severity_from_word (const char *word, FerrySeverity *out_severity);
/** ferry_remedy_to_word: "choose-network"; NONE: NULL */
const char *ferry_remedy_to_word (FerryRemedy remedy);
/** ferry_remedy_from_word: NONE for what is none, or one of a newer Ferry */
FerryRemedy ferry_remedy_from_word (const char *word);
/** ferry_remedy_get_title: (nullable): for a button: "Choose Network…"; NONE: NULL */
const char *ferry_remedy_get_title (FerryRemedy remedy);

/**
 * ferry_checks_to_json: an array of objects: id, severity, text, advice; guest_id where it is about
 * one guest, remedy where there is one, part where it is about a disk or NIC
 */
JsonNode *ferry_checks_to_json (const GPtrArray *checks);
/**
 * ferry_checks_read_json: the way back: appends what @member of @object holds to @checks
 *
 * Errors: FERRY_ERROR_INVALID
 */
gboolean ferry_checks_read_json (GPtrArray *checks,
                                 JsonObject *object,
                                 const char *member,
                                 GError **error);

G_END_DECLS
