/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-guest.h"
#include "ferry-monitor.h"
#include "ferry-plan.h"

G_BEGIN_DECLS

/**
 * FerryDiskLocation: where the bytes of one disk can be read on the conversion host
 * @path: (owned): absolute
 * @format: (owned): qemu's name of it: "vmdk", "raw", "qcow2"
 * @offset: where it starts within @path
 * @length: how many bytes of @path it takes; 0: all of them
 */
typedef struct
{
  char *path;
  char *format;
  guint64 offset;
  guint64 length;
} FerryDiskLocation;

FerryDiskLocation *ferry_disk_location_new (const char *path, const char *format);
void ferry_disk_location_free (FerryDiskLocation *location);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDiskLocation, ferry_disk_location_free)

/**
 * FerrySource:
 *
 * Where guests come from. All functions block, are cancellable and are called from one thread at a
 * time. A source is never written to.
 */
#define FERRY_TYPE_SOURCE (ferry_source_get_type ())
G_DECLARE_INTERFACE (FerrySource, ferry_source, FERRY, SOURCE, GObject)

struct _FerrySourceInterface
{
  GTypeInterface parent;

  GPtrArray *(*list) (FerrySource *self, GCancellable *cancellable, GError **error);
  FerryGuest *(*read) (FerrySource *self,
                       const char *id,
                       GCancellable *cancellable,
                       GError **error);
  gboolean (*verify) (FerrySource *self,
                      const FerryGuest *guest,
                      GPtrArray *checks,
                      const FerryMonitor *monitor,
                      GCancellable *cancellable,
                      GError **error);
  guint64 (*get_work_bytes) (FerrySource *self, const FerryGuest *guest);
  GPtrArray *(*prepare) (FerrySource *self,
                         const FerryGuest *guest,
                         const char *work_dir,
                         const FerryMonitor *monitor,
                         GCancellable *cancellable,
                         GError **error);
};

/**
 * ferry_source_list:
 *
 * Every guest of the source, sorted by name. A guest that cannot be read is listed with a blocker
 * in its checks, not dropped. Live sources fill in names and states only.
 *
 * Returns: (transfer full) (element-type FerryGuest): or %NULL with FERRY_ERROR_NOT_FOUND,
 *   PERMISSION or INVALID
 */
GPtrArray *ferry_source_list (FerrySource *self, GCancellable *cancellable, GError **error);

/**
 * ferry_source_read:
 *
 * The full configuration of guest @id, with what its reader found in its checks.
 */
FerryGuest *ferry_source_read (FerrySource *self,
                               const char *id,
                               GCancellable *cancellable,
                               GError **error);

/**
 * ferry_source_verify:
 *
 * The check that reads the disks: appends to @checks (FerryCheck) what is found, e.g. a manifest
 * mismatch. An error means that verifying itself was not possible.
 */
gboolean ferry_source_verify (FerrySource *self,
                              const FerryGuest *guest,
                              GPtrArray *checks,
                              const FerryMonitor *monitor,
                              GCancellable *cancellable,
                              GError **error);

/** ferry_source_get_work_bytes: bytes that prepare() will write into its work folder; 0: none */
guint64 ferry_source_get_work_bytes (FerrySource *self, const FerryGuest *guest);

/**
 * ferry_source_prepare:
 * @guest: as read and put into the plan; refused with FERRY_ERROR_INVALID when the source no
 *   longer has it as it was
 * @work_dir: private folder that the caller removes in every case
 *
 * Makes every disk of @guest readable for qemu: in place where possible, unpacked into @work_dir
 * where not.
 *
 * Returns: (transfer full) (element-type FerryDiskLocation): one for each disk of @guest, in order
 */
GPtrArray *ferry_source_prepare (FerrySource *self,
                                 const FerryGuest *guest,
                                 const char *work_dir,
                                 const FerryMonitor *monitor,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
