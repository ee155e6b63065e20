/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-ask.h"

#include "ferry-check.h"
#include "ferry-vsphere-query.h"
#include "ferry-vsphere-serve.h"
#include "ferry-vsphere-ssh.h"
#include "ferry-vsphere-tls.h"

#include <glib/gi18n-lib.h>

/* A guest is 1.5 kB in a list and 8 to 30 when it is read, with hosts and folders besides. */
#define MAX_OBJECTS 2000

static gboolean
ask (FerryVsphere *server,
     const char *spec_set,
     FerryVsphereRows *rows,
     GCancellable *cancellable,
     GError **error)
{
  FerryVsphereQuery query = {
    .spec_set = spec_set,
    .page = MAX_OBJECTS,
    .found = ferry_vsphere_rows_add,
    .user_data = rows,
  };

  return ferry_vsphere_retrieve (server, &query, cancellable, error);
}

static gboolean
ask_by_view (FerryVsphere *server,
             FerryVsphereRows *rows,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *view = ferry_vsphere_create_view (server, cancellable, error);
  g_autofree char *spec_set = NULL;
  gboolean success;

  if (view == NULL)
    return FALSE;
  spec_set = ferry_vsphere_query_list (ferry_vsphere_get_about (server), view);
  success = ask (server, spec_set, rows, cancellable, error);
  ferry_vsphere_destroy_view (server, view, cancellable);

  return success;
}

/* Down the folders is one round trip; a view is one more, but shows what lies below a folder that
 * the user may not see. */
FerryVsphereRows *
ferry_vsphere_ask_list (FerryVsphere *server, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryVsphereRows) rows = ferry_vsphere_rows_new (FALSE);
  g_autofree char *spec_set = ferry_vsphere_query_list (ferry_vsphere_get_about (server), NULL);

  if (!ask (server, spec_set, rows, cancellable, error))
    return NULL;
  if (rows->rows->len == 0 && !ask_by_view (server, rows, cancellable, error))
    return NULL;

  return g_steal_pointer (&rows);
}

FerryVsphereRows *
ferry_vsphere_ask_guests (FerryVsphere *server,
                          const char *const *ids,
                          guint n_ids,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (FerryVsphereRows) rows = ferry_vsphere_rows_new (TRUE);
  g_autofree char *spec_set =
      ferry_vsphere_query_guests (ferry_vsphere_get_about (server), ids, n_ids);

  if (!ask (server, spec_set, rows, cancellable, error))
    return NULL;
  ferry_vsphere_rows_settle (rows);

  return g_steal_pointer (&rows);
}

static FerryGuest *
make_gone (const char *id)
{
  FerryGuest *guest = ferry_guest_new (id, id);
  FerryCheck *check =
      ferry_check_new ("guest.gone", FERRY_SEVERITY_BLOCKER,
                       _("List what is there and choose again, or leave it out."),
                       _("The server no longer has the virtual machine with the id ‘%s’."), id);

  check->guest_id = g_strdup (id);
  g_ptr_array_add (guest->checks, check);

  return guest;
}

static void
check_disks (const FerryPlanSource *source, FerryGuest *guest)
{
  for (guint i = 0; i < guest->disks->len; i++)
    {
      const FerryDisk *disk = ferry_guest_get_disk (guest, i);
      FerryCheck *check;

      if (!(disk->flags & FERRY_DISK_HAS_PARENT) ||
          !ferry_vsphere_reads_base_only (source->transport))
        continue;
      check = ferry_check_new ("disk.has-parent", FERRY_SEVERITY_BLOCKER,
                               _("Delete the snapshots at the source, or choose VDDK to read it."),
                               _("‘%s’ has snapshots, and over HTTPS or SSH only what was there "
                                  "before them can be read."),
                               disk->name);
      check->guest_id = g_strdup (guest->id);
      ferry_guest_take_disk_check (guest, disk, check);
    }
}

/* The conversion host is given the certificate that was accepted, and looks closer than Ferry
 * does. */
static void
check_certificate (const FerryPlanSource *source, FerryVsphereHttp *http, FerryGuest *guest)
{
  const FerryVsphereAddress *address = ferry_vsphere_http_get_address (http);
  GTlsCertificate *certificate = ferry_vsphere_http_get_certificate (http);
  g_autoptr (GError) problem = NULL;
  FerryCheck *check;

  if (source->transport != FERRY_TRANSPORT_HTTPS || !source->verify || certificate == NULL ||
      !ferry_trust_certificate_is_pinned (address->trust, certificate) ||
      ferry_vsphere_certificate_is_usable (certificate, address, &problem))
    return;
  check = ferry_check_new ("source.certificate-unusable", FERRY_SEVERITY_BLOCKER, "", "%s",
                           problem->message);
  check->guest_id = g_strdup (guest->id);
  g_ptr_array_add (guest->checks, check);
}

/* Its key cannot be asked about in the middle of an import. */
static void
check_host_key (const FerryPlanSource *source,
                const FerryVsphereAddress *address,
                const FerryVsphereRow *row,
                GHashTable *known,
                FerryGuest *guest)
{
  g_autofree char *host = NULL;
  FerryCheck *check;

  if (source->transport != FERRY_TRANSPORT_SSH || row->place == NULL)
    return;
  host = ferry_vsphere_dup_ssh_host (address, row->place);
  if (!g_hash_table_contains (known, host))
    g_hash_table_insert (known, g_strdup (host),
                         GINT_TO_POINTER (ferry_vsphere_ssh_host_is_known (source, host)));
  if (GPOINTER_TO_INT (g_hash_table_lookup (known, host)))
    return;
  check = ferry_check_new ("source.host-key-unknown", FERRY_SEVERITY_BLOCKER,
                           _("Enter that host as ESXi host of the source, test the connection and "
                             "accept its key, or log in to it once with ‘ssh’."),
                           _("Its disks are read over SSH from ‘%s’, whose host key is not known."),
                           host);
  check->guest_id = g_strdup (guest->id);
  g_ptr_array_add (guest->checks, check);
}

void
ferry_vsphere_collect (const FerryPlanSource *source,
                       FerryVsphere *server,
                       FerryVsphereRows *rows,
                       const char *const *ids,
                       GPtrArray *guests)
{
  FerryVsphereHttp *http = ferry_vsphere_get_http (server);
  const FerryVsphereAddress *address = ferry_vsphere_http_get_address (http);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; ids[i] != NULL && i < FERRY_VSPHERE_AT_ONCE; i++)
    {
      const FerryVsphereRow *row = g_hash_table_lookup (rows->by_id, ids[i]);
      FerryGuest *guest = row != NULL ? ferry_guest_copy (row->guest) : make_gone (ids[i]);

      if (row != NULL)
        {
          check_disks (source, guest);
          check_certificate (source, http, guest);
          check_host_key (source, address, row, known, guest);
        }
      g_ptr_array_add (guests, guest);
    }
}
