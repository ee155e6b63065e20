/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferry-vsphere-serve.h"

#include <string.h>

/* What nbdkit is called with, by transport. */

#define CACHE "cache-on-read=true\ncache-min-block-size=1M\ncache-max-size=256M"

typedef struct
{
  FerryPlanSource *source;
  FerryVsphereAddress *address;
  FerryVspherePlace place;
  FerryDisk *disk;
  FerryVsphereServe serve;
} Rig;

static void
rig_init (Rig *rig, FerryTransport transport, const char *host)
{
  *rig = (Rig){ .source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE) };
  rig->source->transport = transport;
  ferry_plan_source_set (&rig->source->host, host);
  ferry_plan_source_set (&rig->source->user, "joe@vsphere.local");
  ferry_plan_source_set (&rig->source->vddk_dir, "/opt/vddk");
  ferry_plan_source_set_password (&rig->source->password, "secret");
  rig->address = ferry_vsphere_address_parse (host, NULL);
  rig->place.datacenter = (char *) "F1/DC%2f1";
  rig->place.host = (char *) "esx1.example";
  rig->disk = ferry_disk_new ("Hard disk 1");
  rig->disk->file = g_strdup ("[store 1] dir&/a b?.vmdk");
  rig->serve = (FerryVsphereServe){
    .source = rig->source,
    .address = rig->address,
    .place = &rig->place,
    .guest_id = "vm-42",
    .work_dir = "/import",
  };
}

static void
rig_clear (Rig *rig)
{
  ferry_plan_source_free (rig->source);
  ferry_vsphere_address_free (rig->address);
  ferry_disk_free (rig->disk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rig, rig_clear)

static FerryDiskLocation *
serve (Rig *rig)
{
  g_autoptr (GError) error = NULL;
  FerryDiskLocation *location = ferry_vsphere_serve_disk (&rig->serve, rig->disk, 3, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (location->format, ==, "raw");
  g_assert_cmpstr (location->path, ==, rig->disk->file);
  for (guint i = 0; location->serve[i] != NULL; i++)
    g_assert_null (strstr (location->serve[i], "secret"));

  return location;
}

static void
assert_arguments (const FerryDiskLocation *location, const char *arguments)
{
  g_autofree char *have = g_strjoinv ("\n", location->serve);

  g_assert_cmpstr (have, ==, arguments);
}

static void
assert_file (const FerryDiskLocation *location, guint index, const char *path, const char *text)
{
  const FerryPrivateFile *file = g_ptr_array_index (location->files, index);

  g_assert_cmpstr (file->path, ==, path);
  g_assert_cmpstr (file->text, ==, text);
}

static void
test_https (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryDiskLocation) location = NULL;

  rig_init (&rig, FERRY_TRANSPORT_HTTPS, "[2001:db8::1]:8443");
  location = serve (&rig);
  assert_arguments (location,
                    "--filter=cache\n--filter=retry\ncurl\n"
                    "url=https://[2001:db8::1]:8443/folder/dir%26/a%20b%3F-flat.vmdk"
                    "?dcPath=F1%2FDC%252f1&dsName=store%201\n"
                    "user=joe@vsphere.local\npassword=+/import/source-password-3\ncookiefile=\n"
                    "protocols=https\ntimeout=2000\n" CACHE);
  assert_file (location, 0, "/import/source-password-3", "secret");
}

static void
test_https_without_verification (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryDiskLocation) location = NULL;

  rig_init (&rig, FERRY_TRANSPORT_HTTPS, "esx");
  rig.source->verify = FALSE;
  rig.place.datacenter = NULL;
  location = serve (&rig);
  assert_arguments (location,
                    "--filter=cache\n--filter=retry\ncurl\n"
                    "url=https://esx/folder/dir%26/a%20b%3F-flat.vmdk"
                    "?dcPath=ha-datacenter&dsName=store%201\n"
                    "user=joe@vsphere.local\npassword=+/import/source-password-3\n"
                    "cookiefile=\nprotocols=https\ntimeout=2000\n" CACHE "\nsslverify=false");
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "test-server.pem", NULL);
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, NULL);

  g_assert_nonnull (certificate);

  return certificate;
}

/* Given to nbdkit only when it was accepted. */
static void
test_https_pinned (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryDiskLocation) before = NULL;
  g_autoptr (FerryDiskLocation) location = NULL;
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (GError) error = NULL;

  rig_init (&rig, FERRY_TRANSPORT_HTTPS, "localhost");
  rig.serve.certificate = certificate;
  before = serve (&rig);
  g_assert_cmpuint (before->files->len, ==, 1);
  question = ferry_trust_question_new_certificate ("localhost:443", certificate,
                                                   G_TLS_CERTIFICATE_UNKNOWN_CA);
  ferry_trust_accept (question, &error);
  g_assert_no_error (error);
  location = serve (&rig);
  g_assert_cmpuint (location->files->len, ==, 2);
  assert_file (location, 1, "/import/source-certificate-3.pem", question->material);
  g_assert_true (g_strv_contains ((const char *const *) location->serve,
                                  "cainfo=/import/source-certificate-3.pem"));
}

/* curl would find out only in the middle of the import. */
static void
test_https_other_name (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (GError) error = NULL;

  rig_init (&rig, FERRY_TRANSPORT_HTTPS, "other.example");
  rig.serve.certificate = certificate;
  question = ferry_trust_question_new_certificate ("other.example:443", certificate,
                                                   G_TLS_CERTIFICATE_UNKNOWN_CA);
  ferry_trust_accept (question, &error);
  g_assert_no_error (error);
  g_assert_null (ferry_vsphere_serve_disk (&rig.serve, rig.disk, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_CERTIFICATE);
  g_assert_nonnull (strstr (error->message, "localhost"));
}

static void
test_vddk (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryDiskLocation) location = NULL;
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autofree char *thumbprint = ferry_trust_dup_fingerprint (certificate, G_CHECKSUM_SHA1);
  g_autofree char *arguments = g_strdup_printf (
      "--filter=cacheextents\n--filter=retry\nvddk\nlibdir=/opt/vddk\nserver=vc.example\n"
      "port=8443\nuser=joe@vsphere.local\npassword=+/import/source-password-3\nthumbprint=%s\n"
      "vm=moref=vm-42\nfile=[store 1] dir&/a b?.vmdk",
      thumbprint);

  rig_init (&rig, FERRY_TRANSPORT_VDDK, "vc.example:8443");
  rig.serve.certificate = certificate;
  rig.disk->flags = FERRY_DISK_HAS_PARENT | FERRY_DISK_RDM;
  location = serve (&rig);
  assert_arguments (location, arguments);
  g_assert_cmpuint (strlen (thumbprint), ==, 59);
}

static void
test_nfc (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryDiskLocation) location = NULL;

  rig_init (&rig, FERRY_TRANSPORT_NFC, "vc.example");
  location = serve (&rig);
  assert_arguments (location, "--filter=cacheextents\n--filter=retry\nnfc\nserver=vc.example\n"
                              "user=joe@vsphere.local\npassword=+/import/source-password-3\n"
                              "vm=moref=vm-42\nfile=[store 1] dir&/a b?.vmdk");
}

static void
test_ssh (void)
{
  g_auto (Rig) rig;
  g_autoptr (FerryDiskLocation) location = NULL;
  g_autoptr (FerryDiskLocation) with_password = NULL;

  rig_init (&rig, FERRY_TRANSPORT_SSH, "vc.example");
  location = serve (&rig);
  assert_arguments (location, "--filter=cache\n--filter=retry\nssh\nhost=esx1.example\n"
                              "path=/vmfs/volumes/store 1/dir&/a b?-flat.vmdk\nuser=root\n"
                              "known-hosts=/import/source-known-hosts-3\n" CACHE);
  ferry_plan_source_set (&rig.source->ssh_user, "admin");
  ferry_plan_source_set_password (&rig.source->ssh_password, "ssh-word");
  rig.place.datacenter = (char *) "ha-datacenter";
  with_password = serve (&rig);
  assert_arguments (with_password, "--filter=cache\n--filter=retry\nssh\nhost=vc.example\n"
                                   "path=/vmfs/volumes/store 1/dir&/a b?-flat.vmdk\nuser=admin\n"
                                   "password=+/import/source-password-3\n"
                                   "known-hosts=/import/source-known-hosts-3\n" CACHE);
  assert_file (with_password, 0, "/import/source-password-3", "ssh-word");
}

static void
assert_refused (FerryTransport transport, FerryDiskFlags flags, const char *file)
{
  g_auto (Rig) rig;
  g_autoptr (GError) error = NULL;

  rig_init (&rig, transport, "vc.example");
  rig.disk->flags = flags;
  g_free (rig.disk->file);
  rig.disk->file = g_strdup (file);
  g_assert_null (ferry_vsphere_serve_disk (&rig.serve, rig.disk, 0, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

static void
test_refused (void)
{
  static const char *const files[] = {
    "", "[a]", "[a] b", "[a] b.vmx", "[a]b.vmdk", "a] b.vmdk", "/vmfs/volumes/a/b.vmdk", "[", NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      assert_refused (FERRY_TRANSPORT_HTTPS, 0, files[i]);
      assert_refused (FERRY_TRANSPORT_SSH, 0, files[i]);
    }
  assert_refused (FERRY_TRANSPORT_HTTPS, FERRY_DISK_HAS_PARENT, "[a] b.vmdk");
  assert_refused (FERRY_TRANSPORT_SSH, FERRY_DISK_HAS_PARENT, "[a] b.vmdk");
  assert_refused (FERRY_TRANSPORT_HTTPS, FERRY_DISK_RDM, "[a] b.vmdk");
  assert_refused (FERRY_TRANSPORT_VDDK, 0, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("ferry-serve.XXXXXX", NULL);
  g_autofree char *known = g_build_filename (dir, "known-certificates", NULL);
  int status;

  g_setenv ("FERRY_CONFIG_DIR", dir, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vsphere-serve/https", test_https);
  g_test_add_func ("/vsphere-serve/https-without-verification", test_https_without_verification);
  g_test_add_func ("/vsphere-serve/https-pinned", test_https_pinned);
  g_test_add_func ("/vsphere-serve/https-other-name", test_https_other_name);
  g_test_add_func ("/vsphere-serve/vddk", test_vddk);
  g_test_add_func ("/vsphere-serve/nfc", test_nfc);
  g_test_add_func ("/vsphere-serve/ssh", test_ssh);
  g_test_add_func ("/vsphere-serve/refused", test_refused);
  status = g_test_run ();
  remove (known);
  remove (dir);

  return status;
}
