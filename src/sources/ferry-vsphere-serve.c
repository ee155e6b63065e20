/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-serve.h"

#include "ferry-error.h"
#include "ferry-vsphere-ssh.h"
#include "ferry-vsphere-tls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ESXI_DATACENTER "ha-datacenter"
/* vCenter can be silent for minutes while it reads over an empty part of a thin disk. */
#define CURL_TIMEOUT "timeout=2000"

gboolean
ferry_vsphere_reads_base_only (FerryTransport transport)
{
  return transport == FERRY_TRANSPORT_HTTPS || transport == FERRY_TRANSPORT_SSH;
}

/* "[datastore] folder/disk.vmdk" is a small description; what it describes is disk-flat.vmdk. */
static char *
split_file (const char *file, char **out_datastore)
{
  const char *end = file != NULL && *file == '[' ? strstr (file, "] ") : NULL;
  const char *path = end != NULL ? end + 2 : NULL;
  gsize length;

  if (path == NULL || !g_str_has_suffix (path, ".vmdk"))
    return NULL;
  length = strlen (path) - strlen (".vmdk");
  *out_datastore = g_strndup (file + 1, (gsize) (end - file - 1));

  return g_strdup_printf ("%.*s-flat.vmdk", (int) length, path);
}

char *
ferry_vsphere_dup_folder_path (const FerryDisk *disk, const char *datacenter)
{
  g_autofree char *datastore = NULL;
  g_autofree char *path = split_file (disk->file, &datastore);
  GString *url;

  if (path == NULL)
    return NULL;
  url = g_string_new ("/folder/");
  g_string_append_uri_escaped (url, path, "/", FALSE);
  g_string_append (url, "?dcPath=");
  g_string_append_uri_escaped (url, datacenter != NULL ? datacenter : ESXI_DATACENTER, NULL, FALSE);
  g_string_append (url, "&dsName=");
  g_string_append_uri_escaped (url, datastore, NULL, FALSE);

  return g_string_free (url, FALSE);
}

/* --- the arguments of nbdkit --- */

static void
add_argument (GPtrArray *arguments, const char *key, const char *value)
{
  g_ptr_array_add (arguments, g_strconcat (key, "=", value, NULL));
}

/* The path of a file in the work folder that will have @text in it. */
static char *
add_file (const FerryVsphereServe *serve,
          FerryDiskLocation *location,
          const char *name,
          const char *text)
{
  char *path = g_build_filename (serve->work_dir, name, NULL);

  ferry_disk_location_add_file (location, path, text);

  return path;
}

static void
add_password (const FerryVsphereServe *serve,
              FerryDiskLocation *location,
              GPtrArray *arguments,
              guint index)
{
  gboolean is_ssh = serve->source->transport == FERRY_TRANSPORT_SSH;
  const char *password = is_ssh ? serve->source->ssh_password : serve->source->password;
  g_autofree char *name = g_strdup_printf ("source-password-%u", index);
  g_autofree char *path = NULL;

  /* Without one, ssh takes keys. */
  if (password == NULL)
    return;
  path = add_file (serve, location, name, password);
  g_ptr_array_add (arguments, g_strconcat ("password=+", path, NULL));
}

/* The retry filter is nearest to the plugin: it opens the connection anew when it broke. */
static GPtrArray *
start_arguments (const char *plugin, const char *filter)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, g_strconcat ("--filter=", filter, NULL));
  g_ptr_array_add (arguments, g_strdup ("--filter=retry"));
  g_ptr_array_add (arguments, g_strdup (plugin));

  return arguments;
}

/* curl and ssh have one request on its way at a time, and virt-v2v's are small: asking for 1 MiB
 * makes a copy three times as fast with 10 ms to the server, and finds what is near when the guest
 * is looked at. What is kept lies in the conversion host's temporary folder, and is gone with
 * nbdkit. */
static void
add_cache (GPtrArray *arguments)
{
  add_argument (arguments, "cache-on-read", "true");
  add_argument (arguments, "cache-min-block-size", "1M");
  add_argument (arguments, "cache-max-size", "256M");
}

static FerryDiskLocation *
finish (FerryDiskLocation *location, GPtrArray *arguments)
{
  g_ptr_array_add (arguments, NULL);
  location->serve = (char **) g_ptr_array_free (arguments, FALSE);

  return location;
}

/* --- HTTPS --- */

/* Either the system's authorities, or exactly the certificate that the user accepted. */
static gboolean
add_trust (const FerryVsphereServe *serve,
           FerryDiskLocation *location,
           GPtrArray *arguments,
           guint index,
           GError **error)
{
  g_autofree char *name = g_strdup_printf ("source-certificate-%u.pem", index);
  g_autofree char *pem = NULL;
  g_autofree char *path = NULL;

  if (!serve->source->verify)
    {
      add_argument (arguments, "sslverify", "false");
      return TRUE;
    }
  if (serve->certificate == NULL ||
      !ferry_trust_certificate_is_pinned (serve->address->trust, serve->certificate))
    return TRUE;
  if (!ferry_vsphere_certificate_is_usable (serve->certificate, serve->address, error))
    return FALSE;
  g_object_get (serve->certificate, "certificate-pem", &pem, NULL);
  path = add_file (serve, location, name, pem);
  add_argument (arguments, "cainfo", path);

  return TRUE;
}

static FerryDiskLocation *
serve_https (const FerryVsphereServe *serve, const FerryDisk *disk, guint index, GError **error)
{
  g_autoptr (FerryDiskLocation) location = ferry_disk_location_new (disk->file, "raw");
  g_autoptr (GPtrArray) arguments = start_arguments ("curl", "cache");
  g_autofree char *path = ferry_vsphere_dup_folder_path (disk, serve->place->datacenter);
  g_autofree char *url = g_strconcat ("https://", serve->address->authority, path, NULL);

  add_argument (arguments, "url", url);
  add_argument (arguments, "user", serve->source->user);
  add_password (serve, location, arguments, index);
  /* Its session's cookie spares the server the check of the password for each request. */
  g_ptr_array_add (arguments, g_strdup ("cookiefile="));
  g_ptr_array_add (arguments, g_strdup ("protocols=https"));
  g_ptr_array_add (arguments, g_strdup (CURL_TIMEOUT));
  add_cache (arguments);
  if (!add_trust (serve, location, arguments, index, error))
    return NULL;

  return finish (g_steal_pointer (&location), g_steal_pointer (&arguments));
}

/* --- VDDK, NFC --- */

static FerryDiskLocation *
serve_vddk (const FerryVsphereServe *serve, const FerryDisk *disk, guint index)
{
  gboolean is_vddk = serve->source->transport == FERRY_TRANSPORT_VDDK;
  FerryDiskLocation *location = ferry_disk_location_new (disk->file, "raw");
  GPtrArray *arguments = start_arguments (is_vddk ? "vddk" : "nfc", "cacheextents");
  g_autofree char *thumbprint =
      serve->certificate != NULL ? ferry_trust_dup_fingerprint (serve->certificate, G_CHECKSUM_SHA1)
                                 : NULL;
  g_autofree char *vm = g_strconcat ("moref=", serve->guest_id, NULL);

  if (is_vddk && serve->source->vddk_dir != NULL)
    add_argument (arguments, "libdir", serve->source->vddk_dir);
  add_argument (arguments, "server", serve->address->host);
  if (serve->address->port != 443)
    g_ptr_array_add (arguments, g_strdup_printf ("port=%u", serve->address->port));
  add_argument (arguments, "user", serve->source->user);
  add_password (serve, location, arguments, index);
  if (thumbprint != NULL)
    add_argument (arguments, "thumbprint", thumbprint);
  add_argument (arguments, "vm", vm);
  add_argument (arguments, "file", disk->file);

  return finish (location, arguments);
}

/* --- SSH --- */

static void
append_known_hosts (GString *text, const char *path)
{
  g_autofree char *content = NULL;

  if (path != NULL && g_file_get_contents (path, &content, NULL, NULL))
    g_string_append_printf (text, "%s\n", content);
}

/* What the user's own ssh knows, and what was accepted in Ferry; the conversion host has
 * neither. */
static char *
read_known_hosts (GError **error)
{
  g_autofree char *own = ferry_trust_dup_known_hosts (error);
  g_autofree char *user = g_build_filename (g_get_home_dir (), ".ssh", "known_hosts", NULL);
  GString *text;

  if (own == NULL)
    return NULL;
  text = g_string_new (NULL);
  append_known_hosts (text, own);
  append_known_hosts (text, user);

  return g_string_free (text, FALSE);
}

static FerryDiskLocation *
serve_ssh (const FerryVsphereServe *serve, const FerryDisk *disk, guint index, GError **error)
{
  const char *user = serve->source->ssh_user;
  g_autofree char *datastore = NULL;
  g_autofree char *file = split_file (disk->file, &datastore);
  g_autofree char *path = g_build_filename ("/vmfs/volumes", datastore, file, NULL);
  g_autofree char *name = g_strdup_printf ("source-known-hosts-%u", index);
  g_autofree char *known_hosts = read_known_hosts (error);
  g_autofree char *host = ferry_vsphere_dup_ssh_host (serve->address, serve->place);
  g_autofree char *known_path = NULL;
  FerryDiskLocation *location;
  GPtrArray *arguments;

  if (known_hosts == NULL)
    return NULL;
  location = ferry_disk_location_new (disk->file, "raw");
  arguments = start_arguments ("ssh", "cache");
  add_argument (arguments, "host", host);
  add_argument (arguments, "path", path);
  add_argument (arguments, "user", user != NULL ? user : "root");
  add_password (serve, location, arguments, index);
  known_path = add_file (serve, location, name, known_hosts);
  add_argument (arguments, "known-hosts", known_path);
  add_cache (arguments);

  return finish (location, arguments);
}

/* --- all of them --- */

static gboolean
check_base (const FerryVsphereServe *serve, const FerryDisk *disk, GError **error)
{
  g_autofree char *datastore = NULL;
  g_autofree char *path = split_file (disk->file, &datastore);

  if (disk->flags & FERRY_DISK_HAS_PARENT)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ has snapshots, and over HTTPS or SSH only what was there before "
                          "them "
                          "can be read. Delete them at the source, or choose VDDK."),
                       disk->name);
  if (disk->flags & FERRY_DISK_RDM)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("‘%s’ is a LUN that is handed through (RDM), which cannot be read over "
                          "HTTPS or SSH. Choose VDDK."),
                       disk->name);
  if (path == NULL)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _("The file of ‘%s’ is ‘%s’, which cannot be read over HTTPS or SSH. "
                          "Choose "
                          "VDDK."),
                       disk->name, disk->file);

  return TRUE;
}

FerryDiskLocation *
ferry_vsphere_serve_disk (const FerryVsphereServe *serve,
                          const FerryDisk *disk,
                          guint index,
                          GError **error)
{
  FerryTransport transport = serve->source->transport;

  if (disk->file == NULL)
    {
      ferry_fail (error, FERRY_ERROR_UNSUPPORTED, _("‘%s’ has no file that could be read."),
                  disk->name);
      return NULL;
    }
  if (ferry_vsphere_reads_base_only (transport) && !check_base (serve, disk, error))
    return NULL;
  switch (transport)
    {
    case FERRY_TRANSPORT_HTTPS:
      return serve_https (serve, disk, index, error);
    case FERRY_TRANSPORT_SSH:
      return serve_ssh (serve, disk, index, error);
    case FERRY_TRANSPORT_VDDK:
    case FERRY_TRANSPORT_NFC:
      return serve_vddk (serve, disk, index);
    }

  return NULL;
}
