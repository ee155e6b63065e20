/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_MEMBER_FILE = 1,
  FERRY_MEMBER_LINK, /* symbolic or hard: never followed */
  FERRY_MEMBER_SPECIAL, /* folder, device, pipe */
} FerryMemberKind;

/* The member's bytes cannot be read in place. */
#define FERRY_MEMBER_NO_OFFSET G_MAXUINT64

/**
 * FerryMember: one file of an archive
 * @name: (owned): checked by ferry_member_check_name ()
 * @kind: what it is
 * @offset: where its bytes start in the archive's own file, or %FERRY_MEMBER_NO_OFFSET
 * @size_bytes: how many there are; -1: not known before they are unpacked
 * @is_ambiguous: another member has the same name
 */
typedef struct
{
  char *name;
  FerryMemberKind kind;
  guint64 offset;
  gint64 size_bytes;
  gboolean is_ambiguous;
} FerryMember;

FerryMember *ferry_member_new (const char *name, FerryMemberKind kind);
void ferry_member_free (FerryMember *member);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryMember, ferry_member_free)

/**
 * ferry_member_check_name:
 * @name: UTF-8, as it stands in the archive or the description
 *
 * Refuses names that lead out of the archive's folder, or that could be read in two ways: absolute
 * ones, "..", empty parts, control characters.
 *
 * Returns: (transfer none) (nullable): @name without a leading "./", or %NULL with
 *   %FERRY_ERROR_INVALID
 */
const char *ferry_member_check_name (const char *name, GError **error);

/** ferry_member_is_ignored: what macOS leaves in archives, for itself */
gboolean ferry_member_is_ignored (const char *name);

/** ferry_member_has_suffix: upper and lower case are the same */
gboolean ferry_member_has_suffix (const char *name, const char *suffix);

/** ferry_member_dup_printable: (transfer full): for messages: valid UTF-8, no control characters */
char *ferry_member_dup_printable (const char *name);

G_END_DECLS
