/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-check.h"
#include "ferry-guest.h"
#include "ferry-monitor.h"
#include "ferry-plan.h"
#include "ferry-trust.h"

G_BEGIN_DECLS

/** FerryPrivateFile: something that must be written as 0600 on the conversion host before a disk of
 * a server can be read: @text (owned; wiped when freed): a password, a certificate */
typedef struct
{
  char *path;
  char *text;
} FerryPrivateFile;

/**
 * FerryDiskLocation: where the bytes of one disk can be read on the conversion host
 * @path: (owned): absolute; with @serve: what it is called, for messages
 * @format: (owned): qemu's name of it: "vmdk", "raw", "qcow2"
 * @offset: where it starts within @path
 * @length: how many bytes of @path it takes; 0: all of them
 * @serve: (owned) (nullable): what follows "nbdkit": filters, plugin, parameters; nbdkit then has the
 *   bytes, not @path. No secret in it: a password is "password=+FILE", FILE one of @files
 * @files: (owned) (nullable) (element-type FerryPrivateFile): what @serve refers to, in the work folder
 */
typedef struct
{
  char *path;
  char *format;
  guint64 offset;
  guint64 length;
  char **serve;
  GPtrArray *files;
} FerryDiskLocation;

FerryDiskLocation *ferry_disk_location_new (const char *path, const char *format);
void ferry_disk_location_free (FerryDiskLocation *location);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDiskLocation, ferry_disk_location_free)
/** ferry_disk_location_add_file: "DIR/NAME", for @serve */
void ferry_disk_location_add_file (FerryDiskLocation *location,
                                   const char *path,
                                   const char *text);

/** FerryDownload: disk @disk of @guest into the file @path; @marker: (nullable): the import's id,
 * for the environment of whatever is started */
typedef struct
{
  const FerryGuest *guest;
  guint disk;
  const char *path;
  const char *marker;
} FerryDownload;

/**
 * FerryShutDownOrder:
 * @guest: one that ferry_source_can_shut_down()
 * @limit_seconds: how long it may take
 * @monitor: (nullable): seconds waited of @limit_seconds, about once a second
 * @out_asked: (out) (optional): FALSE: the guest has certainly not been asked, whatever the error
 */
typedef struct
{
  const FerryGuest *guest;
  guint limit_seconds;
  const FerryMonitor *monitor;
  gboolean *out_asked;
} FerryShutDownOrder;

/**
 * FerrySource:
 *
 * Where guests come from. All functions block, are cancellable and are called from one thread at a
 * time. Nothing at a source is ever changed, but by ferry_source_shut_down() and
 * ferry_source_start(): whether a guest runs.
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
  GPtrArray *(*read_many) (FerrySource *self,
                           const char *const *ids,
                           const FerryMonitor *monitor,
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
  gboolean (*examine) (FerrySource *self,
                       FerryTrustQuestion **out_question,
                       GCancellable *cancellable,
                       GError **error);
  char *(*test) (FerrySource *self, GCancellable *cancellable, GError **error);
  char *(*describe) (FerrySource *self,
                     const FerryGuest *guest,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*download) (FerrySource *self,
                        const FerryDownload *download,
                        const FerryMonitor *monitor,
                        GCancellable *cancellable,
                        GError **error);
  gboolean (*can_shut_down) (FerrySource *self, const FerryGuest *guest, GError **error);
  gboolean (*shut_down) (FerrySource *self,
                         const FerryShutDownOrder *order,
                         GCancellable *cancellable,
                         GError **error);
  gboolean (*start) (FerrySource *self,
                     const FerryGuest *guest,
                     GCancellable *cancellable,
                     GError **error);
};

/**
 * ferry_source_examine:
 * @out_question: (out) (nullable) (transfer full): set when the server is not (or no longer) trusted;
 *   the user must be asked, and ferry_trust_accept() be called, before anything else is done
 *
 * Looks at the server's certificate or host key, before any password is sent. Sources that have no
 * server, and servers that are trusted, leave @out_question %NULL.
 *
 * Errors: FERRY_ERROR_NOT_FOUND (no such name), CONNECTION (refused, silent, no TLS), MISSING_TOOL
 */
gboolean ferry_source_examine (FerrySource *self,
                               FerryTrustQuestion **out_question,
                               GCancellable *cancellable,
                               GError **error);

/**
 * ferry_source_test:
 *
 * Connects, within seconds, and says what is there: "VMware vCenter 7.0.3 · 2 data centers · 412
 * virtual machines".
 *
 * Errors: one sentence for each cause: FERRY_ERROR_NOT_FOUND (name, data center: with those that
 *   exist), CONNECTION, CERTIFICATE, AUTH, PERMISSION, MISSING_TOOL, INVALID
 */
char *ferry_source_test (FerrySource *self, GCancellable *cancellable, GError **error);

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
 * ferry_source_read_many:
 * @ids: NULL-terminated
 * @monitor: (nullable): told how many of them are read
 *
 * As ferry_source_read() for each, in as few questions as the source allows. A guest that is gone or
 * cannot be read is there with a blocker in its checks ("guest.gone", "guest.unreadable"), its id for
 * a name if nothing better is known.
 *
 * Returns: (transfer full) (element-type FerryGuest): one for each of @ids, in their order; %NULL
 *   when the source as a whole cannot be read
 */
GPtrArray *ferry_source_read_many (FerrySource *self,
                                   const char *const *ids,
                                   const FerryMonitor *monitor,
                                   GCancellable *cancellable,
                                   GError **error);

/** ferry_source_mark_left_out: @now, read again, with FERRY_DISK_LEFT_OUT where @then has it */
void ferry_source_mark_left_out (FerryGuest *now, const FerryGuest *then);
/** ferry_source_find_blocker: (nullable): in @guest's checks: the first that is about none of the disks
 * that are left out */
const FerryCheck *ferry_source_find_blocker (const FerryGuest *guest);

/** ferry_source_advise: what to do about @problem, with which a source or a guest cannot be read */
const char *ferry_source_advise (const GError *problem);
/** ferry_source_new_unreadable: (transfer full): what read_many() has in the place of such a guest */
FerryGuest *ferry_source_new_unreadable (const char *id, const GError *problem);
/** ferry_source_find_unreadable: (nullable): the check that says why, if @guest is such a one */
const FerryCheck *ferry_source_find_unreadable (const FerryGuest *guest);

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

/** ferry_source_get_work_bytes: bytes that prepare() will write into its work folder for the disks
 * of @guest that are wanted; 0: none */
guint64 ferry_source_get_work_bytes (FerrySource *self, const FerryGuest *guest);

/**
 * ferry_source_prepare:
 * @guest: as read and put into the plan, with FERRY_DISK_LEFT_OUT on disks that are not wanted;
 *   refused with FERRY_ERROR_INVALID when the source no longer has the others as they were
 * @work_dir: private folder that the caller removes in every case
 *
 * Makes every wanted disk of @guest readable for qemu: in place where possible, unpacked into @work_dir
 * where not.
 *
 * Returns: (transfer full) (element-type FerryDiskLocation): one for each disk of @guest that is
 *   wanted, in order
 */
GPtrArray *ferry_source_prepare (FerrySource *self,
                                 const FerryGuest *guest,
                                 const char *work_dir,
                                 const FerryMonitor *monitor,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * ferry_source_describe: of a guest whose disks are copied, not converted
 *
 * Returns: (transfer full): its libvirt XML at the source, as it would start next time
 */
char *ferry_source_describe (FerrySource *self,
                             const FerryGuest *guest,
                             GCancellable *cancellable,
                             GError **error);

/**
 * ferry_source_download:
 *
 * Copies a disk, unconverted, into a file that is there and empty; holes stay holes. The file is as
 * long as the source's when this succeeds.
 *
 * Errors: FERRY_ERROR_NO_SPACE, CONNECTION, NOT_FOUND, PERMISSION, UNSUPPORTED, FAILED
 */
gboolean ferry_source_download (FerrySource *self,
                                const FerryDownload *download,
                                const FerryMonitor *monitor,
                                GCancellable *cancellable,
                                GError **error);

/**
 * ferry_source_can_shut_down:
 *
 * Whether @guest, as it was read, can be asked to shut itself down. Asks nobody.
 *
 * Errors: FERRY_ERROR_UNSUPPORTED: one sentence that says why it cannot
 */
gboolean ferry_source_can_shut_down (FerrySource *self, const FerryGuest *guest, GError **error);

/**
 * ferry_source_shut_down:
 *
 * Asks a running guest to shut itself down, and waits until it is off. It is never switched off: one
 * that does not obey runs on. Cancelling ends the waiting; the guest may shut down all the same.
 * One that is off already is fine.
 *
 * Errors: FERRY_ERROR_FAILED (it did not within the limit), PERMISSION, UNSUPPORTED (no tools; it
 *   would be gone afterwards), NOT_FOUND, CONNECTION, AUTH, CERTIFICATE
 */
gboolean ferry_source_shut_down (FerrySource *self,
                                 const FerryShutDownOrder *order,
                                 GCancellable *cancellable,
                                 GError **error);

/** ferry_source_start: switches @guest on; one that runs already is fine. Errors: as above */
gboolean ferry_source_start (FerrySource *self,
                             const FerryGuest *guest,
                             GCancellable *cancellable,
                             GError **error);

/** ferry_source_fail_disobeyed: the error of a guest that did not shut down; always FALSE */
gboolean
ferry_source_fail_disobeyed (const FerryGuest *guest, guint limit_seconds, GError **error);
/** ferry_source_fail_without_tools: the error of a guest of VMware without its tools; always FALSE */
gboolean ferry_source_fail_without_tools (const FerryGuest *guest, GError **error);

G_END_DECLS
