/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include <gio/gio.h>

#include "ferry-source.h"

G_BEGIN_DECLS

/* tests/peers/vcenter, running, and a private configuration folder in which its certificate can be
 * accepted. It ends with the test, whatever happens to that: it reads our end of a pipe. */

typedef struct
{
  GSubprocess *process;
  GOutputStream *commands;
  GDataInputStream *answers;
  guint port;
  char *dir;
} VcenterPeer;

/** vcenter_peer_start: @options: as on its command line, parted by blanks; NULL with g_test_skip()
 * when it cannot be built here */
VcenterPeer *vcenter_peer_start (const char *options);
void vcenter_peer_stop (VcenterPeer *peer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VcenterPeer, vcenter_peer_stop)

/** vcenter_peer_command: its answer */
char *vcenter_peer_command (VcenterPeer *peer, const char *command);
/** vcenter_peer_get_count: out of its "stats" */
gint64 vcenter_peer_get_count (const char *stats, const char *name);
/** vcenter_peer_make_source: with its address, user and password, transport HTTPS */
FerryPlanSource *vcenter_peer_make_source (VcenterPeer *peer);
/** vcenter_peer_trust: the certificate that it has now is accepted */
void vcenter_peer_trust (VcenterPeer *peer);
/** vcenter_peer_assert_hidden: no process but the peer itself, which was started with it, has
 * @password on its command line or in its environment */
void vcenter_peer_assert_hidden (VcenterPeer *peer, const char *password);
/** vcenter_peer_assert_in_no_file: of @folder, whatever is in it */
void vcenter_peer_assert_in_no_file (const char *password, const char *folder);

/* One of its guests; see zoo() in guests.go. */
#define VCENTER_ODD_NAME "50% a/b\\c \"q\" 'r' & <s> 😀"

/** VcenterRig: a peer and a source that reads it; zeroed before it is started */
typedef struct
{
  VcenterPeer *peer;
  FerryPlanSource *settings;
  FerrySource *source;
} VcenterRig;

/** vcenter_rig_start: FALSE: skipped */
gboolean vcenter_rig_start (VcenterRig *rig, const char *options);
/** vcenter_rig_start_trusted: with its certificate accepted */
gboolean vcenter_rig_start_trusted (VcenterRig *rig, const char *options);
/** vcenter_rig_renew: another source, by @settings as they are now */
void vcenter_rig_renew (VcenterRig *rig);
void vcenter_rig_clear (VcenterRig *rig);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VcenterRig, vcenter_rig_clear)

GPtrArray *vcenter_rig_list (VcenterRig *rig);
/** vcenter_rig_read: everything about the guest of that name */
FerryGuest *vcenter_rig_read (VcenterRig *rig, const char *name);
/** vcenter_find: the guest of that name, which must be there */
const FerryGuest *vcenter_find (const GPtrArray *guests, const char *name);

G_END_DECLS
