/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-libvirt-answer.h"

G_BEGIN_DECLS

/* Private to ferry-libvirt-helper: a question; ferry-libvirt-call.h says what each needs. */

/** FerryQuestionGuest: @uuid: (owned); @name: (owned) (nullable): two guests have that UUID */
typedef struct
{
  char *uuid;
  char *name;
} FerryQuestionGuest;

typedef struct
{
  char *request;
  char *uri;
  char *user;
  char *password; /* wiped */
  char *pool;
  char *name;
  char *uuid;
  char *file;
  char *path;
  char *xml;
  GPtrArray *guests; /* (element-type FerryQuestionGuest) (nullable) */
} FerryQuestion;

gboolean ferry_question_read (JsonNode *node, FerryQuestion *question, GError **error);
void ferry_question_clear (FerryQuestion *question);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryQuestion, ferry_question_clear)

/** ferry_question_connect: (nullable): NULL when it has told why not */
virConnectPtr ferry_question_connect (const FerryQuestion *question);

/* The requests that have files of their own: %FALSE when it has told why not. */
gboolean ferry_libvirt_test (virConnectPtr connection, const FerryQuestion *question);
gboolean ferry_libvirt_list_domains (virConnectPtr connection, const FerryQuestion *question);
gboolean ferry_libvirt_read_domains (virConnectPtr connection, const FerryQuestion *question);
gboolean ferry_libvirt_list_machines (virConnectPtr connection, const FerryQuestion *question);
gboolean ferry_libvirt_download (virConnectPtr connection, const FerryQuestion *question);
gboolean ferry_libvirt_shut_down (virConnectPtr connection, const FerryQuestion *question);
gboolean ferry_libvirt_start (virConnectPtr connection, const FerryQuestion *question);

/** ferry_libvirt_look_up: (nullable): where two have the same UUID, by its name; no answer */
virDomainPtr ferry_libvirt_look_up (virConnectPtr connection, const FerryQuestionGuest *guest);

/** ferry_libvirt_find_volume: (nullable): of a disk's file: a path, or "POOL/VOLUME"; no answer */
virStorageVolPtr ferry_libvirt_find_volume (virConnectPtr connection, const char *file);

G_END_DECLS
