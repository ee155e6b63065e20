/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-trust.h"

#include "ferry-error.h"
#include "ferry-tree.h"
#include "trust-sample.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define N_WRITERS 6
#define N_ROUNDS 25
#define YEAR_2020 G_GINT64_CONSTANT (1577836800)
#define YEAR_2030 G_GINT64_CONSTANT (1893456000)

static const char *program;

typedef struct
{
  char *dir;
  char *certificates;
  char *hosts;
  GTlsCertificate *one;
  GTlsCertificate *two;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ferry-trust-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  fixture->certificates = g_build_filename (fixture->dir, "known-certificates", NULL);
  fixture->hosts = g_build_filename (fixture->dir, "known_hosts", NULL);
  g_setenv ("FERRY_CONFIG_DIR", fixture->dir, TRUE);
  fixture->one = g_tls_certificate_new_from_pem (sample_pem_one, -1, NULL);
  fixture->two = g_tls_certificate_new_from_pem (sample_pem_two, -1, NULL);
  g_assert_nonnull (fixture->one);
  g_assert_nonnull (fixture->two);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->one);
  g_object_unref (fixture->two);
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->certificates);
  g_free (fixture->hosts);
  g_free (fixture->dir);
}

static void
accept_certificate (const char *address, GTlsCertificate *certificate)
{
  g_autoptr (FerryTrustQuestion) question =
      ferry_trust_question_new_certificate (address, certificate, G_TLS_CERTIFICATE_UNKNOWN_CA);
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_trust_accept (question, &error));
  g_assert_no_error (error);
}

static char *
dup_line (const char *names, const char *key)
{
  return g_strdup_printf ("%s %s\n", names, key);
}

static FerryTrustQuestion *
ask_host_key (const char *address, const char *key)
{
  g_autofree char *line = dup_line ("whatever", key);
  g_autoptr (GError) error = NULL;
  FerryTrustQuestion *question = ferry_trust_question_new_host_key (address, line, &error);

  g_assert_no_error (error);
  g_assert_nonnull (question);
  return question;
}

static void
accept_host_key (const char *address, const char *key)
{
  g_autoptr (FerryTrustQuestion) question = ask_host_key (address, key);
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_trust_accept (question, &error));
  g_assert_no_error (error);
}

static gboolean
is_pinned (const char *address, const char *key)
{
  g_autofree char *line = dup_line (address, key);

  return ferry_trust_host_key_is_pinned (address, line);
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_private (const char *path)
{
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 07777, ==, 0600);
}

/* Everything of a certificate as openssl prints it. */
static void
test_certificate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryTrustQuestion) question =
      ferry_trust_question_new_certificate ("vc.example.com:443", fixture->one,
                                            G_TLS_CERTIFICATE_UNKNOWN_CA);
  g_autoptr (FerryTrustQuestion) copy = ferry_trust_question_copy (question);
  g_autofree char *sha1 = ferry_trust_dup_fingerprint (fixture->one, G_CHECKSUM_SHA1);

  g_assert_cmpint (copy->kind, ==, FERRY_TRUST_CERTIFICATE);
  g_assert_cmpstr (copy->address, ==, "vc.example.com:443");
  g_assert_cmpstr (copy->fingerprint, ==, sample_sha256_one);
  g_assert_cmpstr (sha1, ==, sample_sha1_one);
  g_assert_null (copy->known_fingerprint);
  g_assert_nonnull (strstr (copy->subject, "CN=vc-one.example.com"));
  g_assert_nonnull (strstr (copy->issuer, "O=Example"));
  g_assert_cmpint (copy->not_before, ==, YEAR_2020);
  g_assert_cmpint (copy->not_after, ==, YEAR_2030);
  g_assert_cmpstr (copy->material, ==, sample_pem_one);
  g_assert_nonnull (strstr (copy->problem, "authority"));
}

static void
test_pin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *none = ferry_trust_dup_certificate ("vc.example.com:443");
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (none);
  accept_certificate ("vc.example.com:443", fixture->one);
  assert_private (fixture->certificates);
  pem = ferry_trust_dup_certificate ("VC.example.com:443");
  g_assert_cmpstr (pem, ==, sample_pem_one);
  g_assert_true (ferry_trust_certificate_is_pinned ("vc.example.com:443", fixture->one));
  g_assert_false (ferry_trust_certificate_is_pinned ("vc.example.com:443", fixture->two));
  g_assert_false (ferry_trust_certificate_is_pinned ("vc.example.com:8443", fixture->one));
  g_assert_false (ferry_trust_certificate_is_pinned ("", fixture->one));

  g_assert_true (ferry_trust_forget (FERRY_TRUST_CERTIFICATE, "vc.example.com:443", &error));
  g_assert_true (ferry_trust_forget (FERRY_TRUST_CERTIFICATE, "vc.example.com:443", &error));
  g_assert_no_error (error);
  g_assert_false (ferry_trust_certificate_is_pinned ("vc.example.com:443", fixture->one));
}

/* Both fingerprints are told; consent replaces the old one. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryTrustQuestion) same = NULL;
  g_autoptr (FerryTrustQuestion) other = NULL;

  accept_certificate ("vc.example.com:443", fixture->one);
  same = ferry_trust_question_new_certificate ("vc.example.com:443", fixture->one, 0);
  g_assert_null (same->known_fingerprint);
  g_assert_cmpstr (same->problem, !=, "");
  other = ferry_trust_question_new_certificate ("vc.example.com:443", fixture->two, 0);
  g_assert_cmpstr (other->fingerprint, ==, sample_sha256_two);
  g_assert_cmpstr (other->known_fingerprint, ==, sample_sha256_one);
  g_assert_nonnull (strstr (other->problem, "The certificate has CHANGED"));
  accept_certificate ("vc.example.com:443", fixture->two);
  g_assert_true (ferry_trust_certificate_is_pinned ("vc.example.com:443", fixture->two));
  g_assert_false (ferry_trust_certificate_is_pinned ("vc.example.com:443", fixture->one));
}

/* A sentence for each flag, all different, and all of them when all are set. */
static void
test_problems (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (FerryTrustQuestion) all =
      ferry_trust_question_new_certificate ("a:443", fixture->one, G_TLS_CERTIFICATE_VALIDATE_ALL);

  for (guint flag = 1; flag <= G_TLS_CERTIFICATE_GENERIC_ERROR; flag <<= 1)
    {
      g_autoptr (FerryTrustQuestion) question =
          ferry_trust_question_new_certificate ("a:443", fixture->one, flag);

      g_assert_true (g_str_has_suffix (question->problem, "."));
      g_assert_nonnull (strstr (all->problem, question->problem));
      g_assert_true (g_hash_table_add (seen, g_strdup (question->problem)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 7);
}

static void
test_ipv6 (Fixture *fixture, gconstpointer data)
{
  accept_certificate ("[2001:db8::1]:443", fixture->one);
  accept_certificate ("[2001:db8::2]:443", fixture->two);
  g_assert_true (ferry_trust_certificate_is_pinned ("[2001:DB8::1]:443", fixture->one));
  g_assert_true (ferry_trust_certificate_is_pinned ("[2001:db8::2]:443", fixture->two));

  accept_host_key ("[2001:db8::1]:22", sample_ed25519);
  accept_host_key ("2001:db8::2", sample_rsa);
  accept_host_key ("[2001:db8::3]:2222", sample_ecdsa);
  g_assert_true (is_pinned ("2001:db8::1", sample_ed25519));
  g_assert_true (is_pinned ("[2001:db8::2]", sample_rsa));
  g_assert_true (is_pinned ("[2001:db8::3]:2222", sample_ecdsa));
  g_assert_false (is_pinned ("[2001:db8::3]", sample_ecdsa));
}

static void
assert_address_refused (const char *address, GTlsCertificate *certificate)
{
  g_autoptr (FerryTrustQuestion) question =
      ferry_trust_question_new_certificate (address, certificate, 0);
  g_autofree char *line = dup_line ("a", sample_ed25519);
  g_autoptr (FerryTrustQuestion) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_trust_accept (question, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_clear_error (&error);
  none = ferry_trust_question_new_host_key (address, line, &error);
  g_assert_null (none);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ferry_trust_forget (FERRY_TRUST_HOST_KEY, address, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* Nothing that would be a pattern, a list or a line of its own gets into the files. */
static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "", "*", "a,b", "a b", "a\nb ssh-rsa AAAA", "!a", "|1|a|b", "@revoked", "#", "a\x01", "\xff",
  };
  g_autofree char *endless = g_strnfill (100000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_address_refused (bad[i], fixture->one);
  assert_address_refused (endless, fixture->one);
  g_assert_false (g_file_test (fixture->certificates, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->hosts, G_FILE_TEST_EXISTS));
}

/* What was shown to the user is what is kept, or nothing is. */
static void
test_material (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryTrustQuestion) certificate =
      ferry_trust_question_new_certificate ("a:443", fixture->one, 0);
  g_autoptr (FerryTrustQuestion) key = ask_host_key ("a", sample_ed25519);
  g_autoptr (GError) error = NULL;

  g_free (certificate->material);
  certificate->material = g_strdup (sample_pem_two);
  g_assert_false (ferry_trust_accept (certificate, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_clear_error (&error);
  g_free (key->material);
  key->material = dup_line ("a", sample_other);
  g_assert_false (ferry_trust_accept (key, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_clear_error (&error);
  g_clear_pointer (&key->material, g_free);
  g_assert_false (ferry_trust_accept (key, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

/* A damaged file is set aside, not lost; a damaged entry is no pin. */
static void
test_damaged_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->certificates, ".damaged", NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  char *digit;

  g_assert_true (g_file_set_contents_full (fixture->certificates, "\x01garbage", -1,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_assert_false (ferry_trust_certificate_is_pinned ("a:443", fixture->one));
  accept_certificate ("a:443", fixture->one);
  g_assert_true (ferry_trust_certificate_is_pinned ("a:443", fixture->one));
  assert_contents (aside, "\x01garbage");

  g_assert_true (g_file_get_contents (fixture->certificates, &text, NULL, NULL));
  digit = strstr (text, "Sha256=") + strlen ("Sha256=");
  *digit = *digit == '0' ? '1' : '0';
  g_assert_true (g_file_set_contents_full (fixture->certificates, text, -1,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_assert_false (ferry_trust_certificate_is_pinned ("a:443", fixture->one));
  changed = ferry_trust_dup_certificate ("a:443");
  g_assert_null (changed);
}

static void
test_newer_file (Fixture *fixture, gconstpointer data)
{
  static const char newer[] = "[Ferry]\nVersion=2\n[a:443]\nPin=x\n";
  g_autoptr (FerryTrustQuestion) question =
      ferry_trust_question_new_certificate ("a:443", fixture->one, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (fixture->certificates, newer, -1,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_assert_false (ferry_trust_accept (question, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
  assert_contents (fixture->certificates, newer);
}

/* A file that others can write to could hold anybody's pins. */
static void
test_permissions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  accept_certificate ("a:443", fixture->one);
  accept_host_key ("a", sample_ed25519);
  g_assert_cmpint (g_chmod (fixture->certificates, 0666), ==, 0);
  g_assert_cmpint (g_chmod (fixture->hosts, 0660), ==, 0);
  g_assert_false (ferry_trust_certificate_is_pinned ("a:443", fixture->one));
  g_assert_false (is_pinned ("a", sample_ed25519));
  question = ferry_trust_question_new_certificate ("a:443", fixture->one, 0);
  g_assert_false (ferry_trust_accept (question, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);
  g_clear_pointer (&question, ferry_trust_question_free);
  g_clear_error (&error);
  question = ask_host_key ("a", sample_other);
  g_assert_false (ferry_trust_accept (question, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_PERMISSION);

  /* One that only its owner can change, but others may read, is made private again. */
  g_assert_cmpint (g_chmod (fixture->certificates, 0644), ==, 0);
  accept_certificate ("b:443", fixture->one);
  assert_private (fixture->certificates);
  g_assert_true (ferry_trust_certificate_is_pinned ("a:443", fixture->one));
}

static void
assert_key (const char *key, const char *fingerprint, const char *type)
{
  g_autoptr (FerryTrustQuestion) question = ask_host_key ("esx1.example.com:22", key);
  g_autofree char *material = dup_line ("esx1.example.com", key);

  g_assert_cmpint (question->kind, ==, FERRY_TRUST_HOST_KEY);
  g_assert_cmpstr (question->fingerprint, ==, fingerprint);
  g_assert_cmpstr (question->key_type, ==, type);
  g_assert_cmpstr (question->material, ==, material);
  g_assert_null (question->known_fingerprint);
}

/* Fingerprints as ssh-keygen -l prints them; names as ssh looks them up. */
static void
test_host_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ferry_trust_dup_known_hosts (NULL);
  g_autofree char *expected = g_strdup_printf ("esx1 %s\n[esx1]:2222 %s\n[::1]:2222 %s\n",
                                               sample_ed25519, sample_rsa, sample_ecdsa);

  g_assert_cmpstr (path, ==, fixture->hosts);
  assert_key (sample_ed25519, sample_ed25519_fingerprint, "ED25519");
  assert_key (sample_rsa, sample_rsa_fingerprint, "RSA");
  assert_key (sample_ecdsa, sample_ecdsa_fingerprint, "ECDSA");
  accept_host_key ("ESX1", sample_ed25519);
  accept_host_key ("esx1:2222", sample_rsa);
  accept_host_key ("[::1]:2222", sample_ecdsa);
  assert_contents (fixture->hosts, expected);
  assert_private (fixture->hosts);
  g_assert_true (is_pinned ("esx1:22", sample_ed25519));
  g_assert_false (is_pinned ("esx1:22", sample_rsa));
}

/* Of all that ssh-keyscan prints, the best is asked about, and that one alone is kept. */
static void
test_key_scan (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lines = g_strdup_printf ("# esx1:22 SSH-2.0-OpenSSH_9.2\n\nesx1 %s\nesx1 "
                                            "%s\r\n|1|a|b %s  comment of it\n",
                                            sample_rsa, sample_ecdsa, sample_ed25519);
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  question = ferry_trust_question_new_host_key ("esx1", lines, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (question->fingerprint, ==, sample_ed25519_fingerprint);
  g_assert_true (ferry_trust_accept (question, &error));
  g_assert_true (ferry_trust_host_key_is_pinned ("esx1", lines));
  g_assert_false (is_pinned ("esx1", sample_rsa));
}

static void
test_host_key_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryTrustQuestion) changed = NULL;
  g_autoptr (FerryTrustQuestion) another_type = NULL;
  g_autoptr (GError) error = NULL;

  accept_host_key ("esx1", sample_ed25519);
  changed = ask_host_key ("esx1", sample_other);
  g_assert_cmpstr (changed->known_fingerprint, ==, sample_ed25519_fingerprint);
  g_assert_nonnull (strstr (changed->problem, "CHANGED"));
  another_type = ask_host_key ("esx1", sample_rsa);
  g_assert_cmpstr (another_type->known_fingerprint, ==, sample_ed25519_fingerprint);
  g_assert_true (ferry_trust_accept (changed, &error));
  g_assert_true (is_pinned ("esx1", sample_other));
  g_assert_false (is_pinned ("esx1", sample_ed25519));
  g_assert_true (ferry_trust_forget (FERRY_TRUST_HOST_KEY, "esx1:22", &error));
  g_assert_no_error (error);
  assert_contents (fixture->hosts, "");
}

/* What somebody wrote into the file by hand stays, but for the name that changed. */
static void
test_host_file_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup_printf ("# mine\nesx1,esx2 %s note\n@revoked * %s\ndamaged\n",
                                             sample_ed25519, sample_other);
  g_autofree char *after =
      g_strdup_printf ("# mine\nesx2 %s note\n@revoked * %s\ndamaged\nesx1 %s\n", sample_ed25519,
                       sample_other, sample_rsa);

  g_assert_true (g_file_set_contents_full (fixture->hosts, before, -1,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_assert_true (is_pinned ("esx2", sample_ed25519));
  accept_host_key ("esx1", sample_rsa);
  assert_contents (fixture->hosts, after);
}

static void
test_host_file_binary (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->hosts, ".damaged", NULL);

  g_assert_true (g_file_set_contents_full (fixture->hosts, "a\0b", 3,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_assert_false (is_pinned ("esx1", sample_rsa));
  accept_host_key ("esx1", sample_rsa);
  g_assert_true (is_pinned ("esx1", sample_rsa));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

static void
assert_lines_refused (const char *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryTrustQuestion) question =
      ferry_trust_question_new_host_key ("esx1", lines, &error);

  g_assert_null (question);
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_false (ferry_trust_host_key_is_pinned ("esx1", lines));
}

static void
test_damaged_lines (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "",
    "\n\n# only this\n",
    "esx1",
    "esx1 ssh-ed25519",
    "esx1 ssh-ed25519 !!!!",
    "esx1 ssh-ed25519 AAAA",
    "esx1 ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1dHPIW5/GO",
    "esx1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
    "esx1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1dHPIW5/GO=",
    "esx1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1dHPI?5/GO",
    "esx1 ssh-ed25519 /////3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1dHPIW5/GO",
    "@cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1d",
  };
  g_autofree char *half = g_strdup_printf ("esx1 %s\nesx1 %.60s\n", sample_ed25519, sample_rsa);
  g_autofree char *endless = g_strnfill (1000000, 'A');
  g_autofree char *long_line = g_strdup_printf ("esx1 ssh-ed25519 %s\n", endless);
  g_autofree char *long_type = g_strdup_printf ("esx1 %s AAAA\n", endless);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_lines_refused (bad[i]);
  assert_lines_refused (half);
  assert_lines_refused (long_line);
  assert_lines_refused (long_type);
}

/* Another program of this test: pins and forgets, again and again. */
static int
write_much (const char *name)
{
  g_autoptr (GTlsCertificate) certificate =
      g_tls_certificate_new_from_pem (sample_pem_one, -1, NULL);
  g_autofree char *address = g_strdup_printf ("%s:443", name);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      accept_certificate (address, certificate);
      accept_host_key (name, sample_ed25519);
      if (i + 1 < N_ROUNDS)
        g_assert_true (ferry_trust_forget (FERRY_TRUST_CERTIFICATE, address, NULL));
    }

  return 0;
}

static GSubprocess *
start_writer (guint number)
{
  g_autofree char *name = g_strdup_printf ("host%u", number);
  g_autoptr (GError) error = NULL;
  GSubprocess *writer =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--write", name, NULL);

  g_assert_no_error (error);
  return writer;
}

/* A line of known_hosts that is whole, of one of the writers. */
static void
assert_hosts_whole (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      g_assert_true (g_str_has_prefix (lines[i], "host"));
      g_assert_true (g_str_has_suffix (lines[i], strchr (sample_ed25519, ' ')));
    }
}

static void
assert_certificates_whole (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  else
    g_assert_cmpint (g_key_file_get_integer (file, "Ferry", "Version", NULL), ==, 1);
}

/* Whoever reads while others write finds all of an old file or all of a new one. */
static void
test_writers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->certificates, ".damaged", NULL);
  GSubprocess *writers[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++)
    writers[i] = start_writer (i);
  for (guint i = 0; i < N_WRITERS; i++)
    {
      while (g_subprocess_get_identifier (writers[i]) != NULL)
        {
          assert_certificates_whole (fixture->certificates);
          assert_hosts_whole (fixture->hosts);
          g_main_context_iteration (NULL, FALSE);
        }
      g_assert_true (g_subprocess_wait_check (writers[i], NULL, NULL));
      g_object_unref (writers[i]);
    }
  assert_certificates_whole (fixture->certificates);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  accept_certificate ("last:443", fixture->two);
  g_assert_true (ferry_trust_certificate_is_pinned ("last:443", fixture->two));
}

#define ADD(name, function) g_test_add ("/trust/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_much (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  ADD ("certificate", test_certificate);
  ADD ("pin", test_pin);
  ADD ("changed", test_changed);
  ADD ("problems", test_problems);
  ADD ("ipv6", test_ipv6);
  ADD ("addresses", test_addresses);
  ADD ("material", test_material);
  ADD ("damaged-file", test_damaged_file);
  ADD ("newer-file", test_newer_file);
  ADD ("permissions", test_permissions);
  ADD ("host-key", test_host_key);
  ADD ("key-scan", test_key_scan);
  ADD ("host-key-changed", test_host_key_changed);
  ADD ("host-file-kept", test_host_file_kept);
  ADD ("host-file-binary", test_host_file_binary);
  ADD ("damaged-lines", test_damaged_lines);
  ADD ("writers", test_writers);

  return g_test_run ();
}
