/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-plan-source.h"
#include "ferry-vsphere-http.h"
#include "ferry-vsphere-object.h"

G_BEGIN_DECLS

/* A session at a vCenter, or at an ESXi host alone. It lives and dies in one thread. */
typedef struct _FerryVsphere FerryVsphere;

/**
 * FerryVsphereAbout: what the server is
 * @name: (owned): "VMware vCenter Server"
 * @version: (owned): "7.0.3"
 * @root: (owned): the id of the root folder
 * @is_vcenter: FALSE: an ESXi host alone
 * @api: (owned): the version of the API that is used: "6.7"
 */
typedef struct
{
  char *name;
  char *version;
  char *root;
  gboolean is_vcenter;
  const char *api;
} FerryVsphereAbout;

/**
 * FerryVsphereQuery: what is asked of the property collector
 * @spec_set: XML: ferry-vsphere-query.h makes it
 * @page: objects in one answer; a server may give fewer
 * @found: called for each, on the calling thread
 */
typedef struct
{
  const char *spec_set;
  guint page;
  FerryVsphereFound found;
  gpointer user_data;
} FerryVsphereQuery;

/**
 * ferry_vsphere_open:
 *
 * Connects and logs in, in two round trips and those of TLS. No password is sent to a server that
 * is not trusted.
 *
 * Errors: FERRY_ERROR_NOT_FOUND (name), CONNECTION, CERTIFICATE, AUTH, PERMISSION, INVALID
 */
FerryVsphere *
ferry_vsphere_open (const FerryPlanSource *source, GCancellable *cancellable, GError **error);
/** ferry_vsphere_find_kind: without logging in; the server must be trusted */
gboolean ferry_vsphere_find_kind (const FerryPlanSource *source,
                                  gboolean *out_is_vcenter,
                                  GCancellable *cancellable,
                                  GError **error);
/** ferry_vsphere_close: logs out, which is sent but not waited for */
void ferry_vsphere_close (FerryVsphere *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryVsphere, ferry_vsphere_close)

const FerryVsphereAbout *ferry_vsphere_get_about (const FerryVsphere *self);
/** ferry_vsphere_get_http: for files of datastores */
FerryVsphereHttp *ferry_vsphere_get_http (FerryVsphere *self);

/** FerryVsphereCall: a method of a managed object that takes nothing else */
typedef struct
{
  const char *method;
  const char *type;
  const char *id;
} FerryVsphereCall;

/** ferry_vsphere_call: (transfer full): the answer; logs in once more when the session ended. When the
 * server says no, @out_fault: (out) (optional) (nullable) (transfer full): "ToolsUnavailable" */
xmlDoc *ferry_vsphere_call (FerryVsphere *self,
                            const FerryVsphereCall *call,
                            char **out_fault,
                            GCancellable *cancellable,
                            GError **error);

/** ferry_vsphere_retrieve: page after page, until all were found; logs in once more when the
 * session ended in between */
gboolean ferry_vsphere_retrieve (FerryVsphere *self,
                                 const FerryVsphereQuery *query,
                                 GCancellable *cancellable,
                                 GError **error);

/** ferry_vsphere_create_view: (transfer full): a ContainerView of everything below the root that a
 * list of guests needs */
char *ferry_vsphere_create_view (FerryVsphere *self, GCancellable *cancellable, GError **error);
void ferry_vsphere_destroy_view (FerryVsphere *self, const char *view, GCancellable *cancellable);

G_END_DECLS
