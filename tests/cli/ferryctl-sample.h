/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryctlSample: a folder with appliances, a destination, and a conversion host that is made of
 * scripts: everything that ferryctl can be tried on without an appliance kernel
 * @dir: (owned)
 * @destination: (owned): "folder:…", an empty folder
 */
typedef struct
{
  char *dir;
  char *destination;
} FerryctlSample;

FerryctlSample *ferryctl_sample_new (void);
void ferryctl_sample_free (FerryctlSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryctlSample, ferryctl_sample_free)

/** ferryctl_sample_dup_path: @name in the sample's folder */
char *ferryctl_sample_dup_path (const FerryctlSample *sample, const char *name);
/**
 * ferryctl_sample_add: an appliance with a guest @name, one disk and one network adapter
 * @file: in the sample's folder
 */
char *ferryctl_sample_add (const FerryctlSample *sample, const char *file, const char *name);
/** ferryctl_sample_add_broken: the same, but the file of its disk is missing: a blocker */
char *ferryctl_sample_add_broken (const FerryctlSample *sample, const char *file, const char *name);
char *ferryctl_sample_write (const FerryctlSample *sample, const char *file, const char *text);
/** ferryctl_sample_add_tool: a shell script that takes the place of program @name */
void ferryctl_sample_add_tool (const FerryctlSample *sample, const char *name, const char *script);
/** ferryctl_sample_add_libvirt: the URI of libvirt's test driver with a guest "web", that lets in "bob"
 * with the password "sehr geheim" only */
char *ferryctl_sample_add_libvirt (const FerryctlSample *sample);
/** ferryctl_sample_is_untouched: nothing has been written to the destination */
gboolean ferryctl_sample_is_untouched (const FerryctlSample *sample);

G_END_DECLS
