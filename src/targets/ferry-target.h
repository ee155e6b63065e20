/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-facts.h"
#include "ferry-plan.h"
#include "ferry-record.h"

G_BEGIN_DECLS

/**
 * FerryOutput: where virt-v2v is to put a guest
 * @mode: (owned): word for -o, as old as virt-v2v 2.2: "local", "libvirt"
 * @connection: (owned) (nullable): for -oc
 * @storage: (owned): for -os
 * @disk_paths: (owned) (nullable): where each disk's file will grow, seen from this computer
 * @pools: (owned) (nullable): of which libvirt pool each of them is a volume; NULL: of none
 */
typedef struct
{
  char *mode;
  char *connection;
  char *storage;
  char **disk_paths;
  char **pools;
} FerryOutput;

FerryOutput *ferry_output_new (const char *mode, const char *connection, const char *storage);
void ferry_output_free (FerryOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOutput, ferry_output_free)

/**
 * FerryTargetRun: one import, as its target sees it
 * @record: its journal: undo is pushed there before anything is made
 * @guest: as it arrives: without disks that are left out
 * @work_dir: private TMPDIR of virt-v2v
 * @has_kvm: KVM really works on the conversion host
 */
typedef struct
{
  FerryRecord *record;
  const FerryPlanGuest *guest;
  const char *work_dir;
  gboolean has_kvm;
} FerryTargetRun;

/**
 * FerryTarget:
 *
 * A destination. All functions block, are cancellable, and are called from one thread at a time.
 */
#define FERRY_TYPE_TARGET (ferry_target_get_type ())
G_DECLARE_INTERFACE (FerryTarget, ferry_target, FERRY, TARGET, GObject)

struct _FerryTargetInterface
{
  GTypeInterface parent;

  FerryDestinationFacts *(*inspect) (FerryTarget *self, GCancellable *cancellable, GError **error);
  FerryOutput *(*begin) (FerryTarget *self,
                         const FerryTargetRun *run,
                         GCancellable *cancellable,
                         GError **error);
  gboolean (*finish) (FerryTarget *self,
                      const FerryTargetRun *run,
                      const FerryOutput *output,
                      GCancellable *cancellable,
                      GError **error);
  gboolean (*is_published) (FerryTarget *self, const FerryTargetRun *run);
};

/** ferry_target_inspect: what the destination has: storages, networks, names taken. No writing. */
FerryDestinationFacts *ferry_target_inspect (FerryTarget *self,
                                             GCancellable *cancellable,
                                             GError **error);

/**
 * ferry_target_begin:
 *
 * Makes room for the guest, hidden from others where the destination can hide it. Everything that
 * it or virt-v2v will make there is in the journal's undo before it returns.
 */
FerryOutput *ferry_target_begin (FerryTarget *self,
                                 const FerryTargetRun *run,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * ferry_target_finish:
 *
 * A zero exit of virt-v2v is not success: verifies that each disk opens with the size it should
 * have, that the guest is what the plan says, mends what virt-v2v left undone (a libvirt domain
 * that it could not define), notes location and files in the record, and publishes it. A crash at
 * any moment leaves a journal from which ferry_target_is_published () tells whether it had. The
 * caller clears the undo when this has succeeded, and carries it out when it has not.
 */
gboolean ferry_target_finish (FerryTarget *self,
                              const FerryTargetRun *run,
                              const FerryOutput *output,
                              GCancellable *cancellable,
                              GError **error);

/**
 * ferry_target_is_published:
 * @run: only its record and guest are looked at
 *
 * After a crash: whether finish () had come to its end, so that the guest is there whole.
 */
gboolean ferry_target_is_published (FerryTarget *self, const FerryTargetRun *run);

G_END_DECLS
