/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-source-text.h"

#include "ferry-checks.h"
#include "ferry-guest.h"
#include "ferry-time-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
ferry_text_kind (FerryKind kind)
{
  switch (kind)
    {
    case FERRY_KIND_VMWARE:
      return _("VMware vCenter or ESXi");
    case FERRY_KIND_XEN:
      return _("Xen");
    case FERRY_KIND_KVM:
      return _("KVM");
    case FERRY_KIND_OVA:
      return _("Virtual Appliance (OVA)");
    }

  return "";
}

const char *
ferry_text_kind_group (FerryKind kind)
{
  switch (kind)
    {
    case FERRY_KIND_VMWARE:
      return _("VMware");
    case FERRY_KIND_XEN:
      return _("Xen");
    case FERRY_KIND_KVM:
      return _("KVM");
    case FERRY_KIND_OVA:
      return _("Virtual Appliances");
    }

  return "";
}

char *
ferry_text_source (const FerryPlanSource *source)
{
  const char *place = source->kind == FERRY_SOURCE_VSPHERE   ? source->host
                      : source->kind == FERRY_SOURCE_LIBVIRT ? source->uri
                                                             : source->path;

  if (source->user == NULL || source->kind == FERRY_SOURCE_OVA)
    return g_strdup (place != NULL ? place : "");

  return g_strdup_printf ("%s · %s", source->user, place != NULL ? place : "");
}

char *
ferry_text_suggest_name (const FerryPlanSource *source)
{
  g_autoptr (GUri) uri = NULL;

  if (source->kind == FERRY_SOURCE_VSPHERE)
    return g_strdup (source->host != NULL ? source->host : "");
  if (source->kind != FERRY_SOURCE_LIBVIRT || source->uri == NULL)
    return g_strdup ("");

  uri = g_uri_parse (source->uri, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri == NULL)
    return g_strdup ("");

  return g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
             ? g_strdup (g_uri_get_host (uri))
             : g_strdup (_("This Computer"));
}

const char *
ferry_text_source_icon (const FerryPlanSource *source)
{
  if (source->kind == FERRY_SOURCE_OVA)
    return "package-x-generic-symbolic";
  if (source->kind == FERRY_SOURCE_LIBVIRT && source->uri != NULL &&
      strstr (source->uri, ":///") != NULL)
    return "computer-symbolic";

  return "network-server-symbolic";
}

/* --- providers --- */

void
ferry_provider_status_clear (FerryProviderStatus *status)
{
  g_clear_pointer (&status->text, g_free);
  g_clear_pointer (&status->hint, g_free);
}

static gboolean
is_over_ssh (const FerryPlanSource *source)
{
  return source->kind == FERRY_SOURCE_LIBVIRT && source->uri != NULL &&
         strstr (source->uri, "ssh") != NULL;
}

const char *
ferry_text_failure (const FerryPlanSource *source, int code)
{
  switch ((FerryError) code)
    {
    case FERRY_ERROR_AUTH:
      return source->kind == FERRY_SOURCE_VSPHERE ? _("Password rejected") : _("Login rejected");
    case FERRY_ERROR_CERTIFICATE:
      return is_over_ssh (source) ? _("Host key not trusted") : _("Certificate not trusted");
    case FERRY_ERROR_CONNECTION:
      return _("No connection");
    case FERRY_ERROR_NOT_FOUND:
      return _("Not found");
    case FERRY_ERROR_PERMISSION:
      return _("Permission denied");
    case FERRY_ERROR_MISSING_TOOL:
      return _("Something is missing here");
    case FERRY_ERROR_INVALID:
      return _("Not understood");
    case FERRY_ERROR_UNSUPPORTED:
      return _("Not supported");
    case FERRY_ERROR_FAILED:
    case FERRY_ERROR_EXISTS:
    case FERRY_ERROR_NO_SPACE:
    case FERRY_ERROR_CONVERSION:
    case FERRY_ERROR_KEY:
    case FERRY_N_ERRORS:
      return _("Not connected");
    }

  return _("Not connected");
}

static FerryProviderAction
find_action (FerryError code)
{
  switch (code)
    {
    case FERRY_ERROR_CERTIFICATE:
      return FERRY_PROVIDER_REVIEW;
    case FERRY_ERROR_AUTH:
    case FERRY_ERROR_INVALID:
    case FERRY_ERROR_NOT_FOUND:
      return FERRY_PROVIDER_EDIT;
    case FERRY_ERROR_FAILED:
    case FERRY_ERROR_EXISTS:
    case FERRY_ERROR_NO_SPACE:
    case FERRY_ERROR_PERMISSION:
    case FERRY_ERROR_UNSUPPORTED:
    case FERRY_ERROR_MISSING_TOOL:
    case FERRY_ERROR_CONVERSION:
    case FERRY_ERROR_KEY:
    case FERRY_ERROR_CONNECTION:
    case FERRY_N_ERRORS:
      return FERRY_PROVIDER_TEST;
    }

  return FERRY_PROVIDER_TEST;
}

static char *
describe_test (const FerryProvider *provider, gint64 now_usec)
{
  g_autofree char *moment = ferry_moment_to_text (provider->tested_usec, now_usec);

  if (provider->test_result == NULL)
    /* Translators: a moment: "Tested today, 14:02" */
    return g_strdup_printf (_("Tested %s"), moment);

  /* Translators: what a test said, and when: "… Tested today, 14:02" */
  return g_strdup_printf (_("%s\nTested %s"), provider->test_result, moment);
}

static void
set_tested (const FerryProvider *provider, gint64 now_usec, FerryProviderStatus *status)
{
  gboolean changed = provider->test_code == FERRY_ERROR_CERTIFICATE;
  g_autofree char *moment = ferry_moment_to_text (provider->tested_usec, now_usec);

  status->hint = describe_test (provider, now_usec);
  if (!provider->test_failed)
    {
      status->icon = "ferry-done-symbolic";
      status->style = "success";
      /* Translators: when a connection was last tested: "Connected today, 14:02" */
      status->text = g_strdup_printf (_("Connected %s"), moment);
      status->action = FERRY_PROVIDER_TEST;
      return;
    }

  status->icon = changed ? "ferry-warning-symbolic" : "ferry-blocker-symbolic";
  status->style = changed ? "warning" : "error";
  status->text = g_strdup (ferry_text_failure (&provider->source, (int) provider->test_code));
  status->action = find_action (provider->test_code);
}

void
ferry_text_provider_lacks_password (const char *message, FerryProviderStatus *status)
{
  *status = (FerryProviderStatus){
    .icon = "ferry-warning-symbolic",
    .style = "warning",
    .text = g_strdup (_("Password needed")),
    .hint = g_strdup (message),
    .action = FERRY_PROVIDER_EDIT,
  };
}

void
ferry_text_provider_status (const FerryProvider *provider,
                            gboolean testing,
                            gint64 now_usec,
                            FerryProviderStatus *status)
{
  *status = (FerryProviderStatus){ .style = "dim-label", .action = FERRY_PROVIDER_TEST };

  if (testing)
    {
      status->text = g_strdup (_("Testing…"));
      status->action = FERRY_PROVIDER_STOP;
    }
  else if (provider->tested_usec == 0)
    {
      status->icon = "ferry-pending-symbolic";
      status->text = g_strdup (_("Never tested"));
    }
  else
    set_tested (provider, now_usec, status);
}

const char *
ferry_text_provider_action (FerryProviderAction action)
{
  switch (action)
    {
    case FERRY_PROVIDER_TEST:
      return _("Test");
    case FERRY_PROVIDER_EDIT:
      return _("Edit…");
    case FERRY_PROVIDER_REVIEW:
      return _("Review…");
    case FERRY_PROVIDER_STOP:
      return _("Stop");
    }

  return "";
}

/* --- transports --- */

const char *
ferry_text_transport (FerryTransport transport)
{
  switch (transport)
    {
    case FERRY_TRANSPORT_HTTPS:
      return _("HTTPS");
    case FERRY_TRANSPORT_VDDK:
      return _("VDDK");
    case FERRY_TRANSPORT_SSH:
      return _("SSH");
    case FERRY_TRANSPORT_NFC:
      return _("NFC");
    }

  return "";
}

char *
ferry_text_transport_problem (FerryTransport transport, const FerryHostFacts *facts)
{
  const char *plugin = ferry_transport_get_plugin (transport);

  if (facts == NULL || ferry_host_facts_has_plugin (facts, plugin))
    return NULL;

  /* Translators: the first %s is the name of a plugin of the program nbdkit, the second a sentence */
  return g_strdup_printf (_("nbdkit’s plugin ‘%s’ is missing on the conversion host. %s"), plugin,
                          ferry_checks_advise_plugin (transport));
}

char *
ferry_text_advanced (const FerryPlanSource *source)
{
  const char *trust = source->verify ? _("certificate verified") : _("certificate not verified");

  if (source->kind != FERRY_SOURCE_VSPHERE)
    return g_strdup (source->verify ? _("Certificate or host key verified")
                                    : _("Certificate or host key not verified"));

  /* Translators: how disks are read, and whether the server is verified:
   * "HTTPS transport · certificate verified" */
  return g_strdup_printf (_("%s transport · %s"), ferry_text_transport (source->transport), trust);
}

/* --- places --- */

void
ferry_places_free (FerryPlaces *places)
{
  g_strfreev (places->datacenters);
  g_strfreev (places->clusters);
  g_strfreev (places->hosts);
  g_free (places);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static char **
sort_names (GHashTable *set)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* "DC/CLUSTER/HOST", "DC/HOST" or, of an ESXi host alone, "HOST"; a data center in folders has more
 * parts in front. */
static char *
split_place (const char *place, char **out_cluster, char **out_host)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", -1);
  guint n = g_strv_length (parts);

  *out_cluster = NULL;
  *out_host = NULL;
  if (n == 0)
    return NULL;

  *out_host = g_steal_pointer (&parts[n - 1]);
  if (n > 2)
    *out_cluster = g_steal_pointer (&parts[n - 2]);

  return n > 1 ? g_strjoinv ("/", parts) : NULL;
}

static gboolean
is_wanted (const char *datacenter, const char *wanted)
{
  return wanted == NULL || g_strcmp0 (datacenter, wanted) == 0;
}

static void
add_name (GHashTable *set, char **name)
{
  if (*name != NULL && **name != '\0')
    g_hash_table_add (set, g_steal_pointer (name));
}

FerryPlaces *
ferry_places_new (const GPtrArray *guests, const char *datacenter)
{
  FerryPlaces *places = g_new0 (FerryPlaces, 1);
  g_autoptr (GHashTable) datacenters =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) clusters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);
      g_autofree char *cluster = NULL;
      g_autofree char *host = NULL;
      g_autofree char *lies_in =
          guest->place != NULL ? split_place (guest->place, &cluster, &host) : NULL;

      if (is_wanted (lies_in, datacenter))
        {
          add_name (clusters, &cluster);
          add_name (hosts, &host);
        }
      add_name (datacenters, &lies_in);
    }
  places->datacenters = sort_names (datacenters);
  places->clusters = sort_names (clusters);
  places->hosts = sort_names (hosts);

  return places;
}
