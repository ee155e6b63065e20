/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-xml.h"

G_BEGIN_DECLS

/* One ObjectContent of an answer: a managed object and those of its properties that were asked for.
 * Valid while the answer is. */
typedef struct
{
  const char *type; /* "VirtualMachine" */
  const char *id; /* "vm-42" */
  const xmlNode *content;
} FerryVsphereObject;

typedef void (*FerryVsphereFound) (const FerryVsphereObject *object, gpointer user_data);

/** ferry_vsphere_objects_find: @found is called for each object of a page (returnval of an answer)
 * that has a type and an id; the number of all */
guint ferry_vsphere_objects_find (const xmlNode *page, FerryVsphereFound found, gpointer user_data);

/** ferry_vsphere_object_get: (nullable): the value of a property */
const xmlNode *ferry_vsphere_object_get (const FerryVsphereObject *object, const char *property);
char *ferry_vsphere_object_dup (const FerryVsphereObject *object, const char *property);
/** ferry_vsphere_object_get_number: 0: missing, or none */
guint64 ferry_vsphere_object_get_number (const FerryVsphereObject *object, const char *property);
gboolean ferry_vsphere_object_is_true (const FerryVsphereObject *object, const char *property);
/** ferry_vsphere_object_dup_fault: (nullable): why a property is missing: "NoPermission" */
char *ferry_vsphere_object_dup_fault (const FerryVsphereObject *object, const char *property);

G_END_DECLS
