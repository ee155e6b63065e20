/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-ssh.h"

#include "ferry-ssh-keys.h"
#include "ferry-vsphere.h"

#define ESXI_DATACENTER "ha-datacenter"

char *
ferry_vsphere_dup_ssh_host (const FerryVsphereAddress *address, const FerryVspherePlace *place)
{
  if (g_strcmp0 (place->datacenter, ESXI_DATACENTER) == 0 || place->host == NULL)
    return g_strdup (address->host);

  return ferry_vsphere_name_unescape (place->host);
}

static FerrySshHost *
find (const FerryPlanSource *source, const char *host, GCancellable *cancellable, GError **error)
{
  const char *user = source->ssh_user != NULL ? source->ssh_user : "root";

  return ferry_ssh_host_find (host, user, 0, cancellable, error);
}

/* NULL without @error: nobody knows yet. */
static char *
dup_esx (const FerryPlanSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryVsphereAddress) address = NULL;
  gboolean is_vcenter = TRUE;

  if (source->esx != NULL)
    return g_strdup (source->esx);
  if (!ferry_vsphere_find_kind (source, &is_vcenter, cancellable, error) || is_vcenter)
    return NULL;
  address = ferry_vsphere_address_parse (source->host, error);

  return address != NULL ? g_strdup (address->host) : NULL;
}

gboolean
ferry_vsphere_examine_ssh (const FerryPlanSource *source,
                           FerryTrustQuestion **out_question,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *esx = dup_esx (source, cancellable, &problem);
  g_autofree char *uri = g_strconcat ("ssh://", esx, NULL);
  g_autoptr (FerrySshHost) host = NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (esx == NULL)
    return TRUE;
  host = find (source, esx, cancellable, error);

  return host != NULL && ferry_ssh_host_examine (host, uri, out_question, cancellable, error);
}

gboolean
ferry_vsphere_ssh_host_is_known (const FerryPlanSource *source, const char *host)
{
  g_autoptr (FerrySshHost) found = find (source, host, NULL, NULL);
  g_autofree char *known = found != NULL ? ferry_ssh_host_dup_known (found, NULL, NULL) : NULL;

  return known != NULL && *known != '\0';
}
