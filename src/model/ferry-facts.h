/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

#include "ferry-error.h"

G_BEGIN_DECLS

/* What was found out about a conversion host and a destination. Gathered once by convert/ and
 * targets/, then read by the checks, which do no I/O of their own. */

typedef enum
{
  FERRY_KVM_ABSENT = 1, /* no /dev/kvm, or this user may not open it */
  FERRY_KVM_BROKEN,     /* opens, but a kernel does not start in it */
  FERRY_KVM_WORKS,
} FerryKvm;

/**
 * FerryHostFacts:
 * @name: (owned): "This computer" or the SSH host's name
 * @user: (owned): who runs virt-v2v there
 * @virt_v2v_version: (owned) (nullable): "2.2.0"; NULL: not installed
 * @words: (owned): capability words of `virt-v2v --machine-readable`, NULL-terminated, never NULL
 * @nbdkit_plugins: (owned): "curl", "ssh", "vddk", …, NULL-terminated, never NULL
 * @has_nbdkit: @has_nbdcopy: @has_qemu_img: @has_kernel: found there
 * @kvm: whether KVM really works
 * @has_virtio_win: there are VirtIO drivers for Windows at @virtio_win
 * @virtio_win: (owned) (nullable): the ISO or folder where virt-v2v looks for them
 * @has_rhsrvany: virt-v2v can have Windows run something when it starts for the first time
 * @has_ovmf: there is UEFI firmware for guests
 * @tmp_dir: (owned): large temporary files
 * @tmp_problem: (owned) (nullable): a sentence: why virt-v2v cannot use @tmp_dir
 * @tmp_free_bytes: free for @user there
 * @tmp_promised_bytes: of these, what other imports will still take
 * @cache_dir: (owned): shared appliance cache
 * @cache_free_bytes: free for @user there
 * @behind_seconds: how much the clock is at least behind; 0: not that anybody knows
 */
typedef struct
{
  char *name;
  char *user;
  char *virt_v2v_version;
  char **words;
  char **nbdkit_plugins;
  gboolean has_nbdkit;
  gboolean has_nbdcopy;
  gboolean has_qemu_img;
  gboolean has_kernel;
  FerryKvm kvm;
  gboolean has_virtio_win;
  char *virtio_win;
  gboolean has_rhsrvany;
  gboolean has_ovmf;
  char *tmp_dir;
  char *tmp_problem;
  guint64 tmp_free_bytes;
  guint64 tmp_promised_bytes;
  char *cache_dir;
  guint64 cache_free_bytes;
  gint64 behind_seconds;
} FerryHostFacts;

FerryHostFacts *ferry_host_facts_new (void);
FerryHostFacts *ferry_host_facts_copy (const FerryHostFacts *facts);
void ferry_host_facts_free (FerryHostFacts *facts);
gboolean ferry_host_facts_has_word (const FerryHostFacts *facts, const char *word);
gboolean ferry_host_facts_has_plugin (const FerryHostFacts *facts, const char *plugin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryHostFacts, ferry_host_facts_free)

/**
 * FerryStorage: one place for disks: a libvirt pool, or the folder itself
 * @name: (owned)
 * @kind: (owned): "folder", or libvirt's pool type: "dir", "logical", …
 * @path: (owned) (nullable): where files can be seen from this computer
 * @usable: virt-v2v can write there
 * @why_not: (owned) (nullable): a sentence when it cannot
 * @why_code: what kind of reason: NOT_FOUND, PERMISSION, …; FAILED: any other
 * @free_bytes: @total_bytes: G_MAXUINT64: unknown
 * @promised_bytes: of the free ones, what other imports will still take
 * @device: of the file system; those with the same share their room; 0: unknown
 */
typedef struct
{
  char *name;
  char *kind;
  char *path;
  gboolean usable;
  char *why_not;
  FerryError why_code;
  guint64 free_bytes;
  guint64 total_bytes;
  guint64 promised_bytes;
  guint64 device;
} FerryStorage;

FerryStorage *ferry_storage_new (const char *name, const char *kind);
FerryStorage *ferry_storage_copy (const FerryStorage *storage);
void ferry_storage_free (FerryStorage *storage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryStorage, ferry_storage_free)

/**
 * FerryDestinationFacts:
 * @version: (owned) (nullable): for people: "libvirt 9.0.0, QEMU 7.2.0"
 * @storages: (owned) (element-type FerryStorage): usable or not
 * @networks: (owned): names that a NIC may go to, sorted; never NULL
 * @bridges: (owned): the same for bridges
 * @guest_names: (owned): names that are taken; never NULL
 * @macs: (owned): MAC addresses of its guests, lower-case, in no order; never NULL
 * @any_network: networks are only text here (a folder): nothing can be unknown
 * @has_kvm: guests can be defined with type='kvm'
 */
typedef struct
{
  char *version;
  GPtrArray *storages;
  char **networks;
  char **bridges;
  char **guest_names;
  char **macs;
  gboolean any_network;
  gboolean has_kvm;
} FerryDestinationFacts;

FerryDestinationFacts *ferry_destination_facts_new (void);
FerryDestinationFacts *ferry_destination_facts_copy (const FerryDestinationFacts *facts);
void ferry_destination_facts_free (FerryDestinationFacts *facts);
const FerryStorage *ferry_destination_facts_find_storage (const FerryDestinationFacts *facts,
                                                          const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryDestinationFacts, ferry_destination_facts_free)

G_END_DECLS
