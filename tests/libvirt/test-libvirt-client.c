/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-client.h"

#include "ferry-error.h"
#include "ferry-tree.h"

#include <glib/gstdio.h>
#include <string.h>

#define NODE                                                                                       \
  "<node>"                                                                                         \
  "<network><name>default</name><bridge name='virbr0'/></network>"                                 \
  "<network><name>Büro &amp; Lager</name><bridge name='virbr1'/></network>"                       \
  "<pool type='dir'><name>images</name><target><path>/srv/images</path></target>"                  \
  "<volume><name>old-sda</name><capacity>1048576</capacity>"                                       \
  "<target><format type='qcow2'/></target></volume></pool>"                                        \
  "<pool type='logical'><name>lvm</name><source><name>vg</name></source>"                          \
  "<target><path>/dev/vg</path></target></pool>"                                                   \
  "<domain type='kvm'><name>web é</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>"             \
  "<os><type arch='x86_64'>hvm</type></os><devices>"                                               \
  "<interface type='network'><mac address='52:54:00:AB:00:01'/><source network='default'/>"        \
  "</interface>"                                                                                   \
  "<interface type='network'><mac address='52:54:00:ab:00:02'/><source network='default'/>"        \
  "</interface></devices></domain>"                                                                \
  "</node>"

/* @dir: with node.xml and, where a test makes one, a ferry-libvirt-helper that is not ours */
typedef struct
{
  char *dir;
  char *uri;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *real = g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", NULL);

  fixture->dir = g_dir_make_tmp ("ferry-libvirt-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->dir, "node.xml", NULL);
  g_file_set_contents (path, NODE, -1, &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("test://%s", path);
  g_setenv ("FERRY_LIBEXECDIR", real, TRUE);
  g_unsetenv ("FERRY_LIBVIRT_TIMEOUT");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ferry_tree_remove (fixture->dir, NULL));
  g_free (fixture->dir);
  g_free (fixture->uri);
}

static void
put_stand_in (Fixture *fixture, const char *script)
{
  g_autofree char *path = g_build_filename (fixture->dir, "ferry-libvirt-helper", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
  g_assert_no_error (error);
  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);
}

static void
test_inspect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryDestinationFacts) facts = ferry_libvirt_inspect (fixture->uri, NULL, &error);
  const FerryStorage *storage;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (facts->version, "libvirt "));
  g_assert_nonnull (strstr (facts->version, ", TEST "));
  g_assert_true (g_strv_contains ((const char *const *) facts->networks, "default"));
  g_assert_true (g_strv_contains ((const char *const *) facts->networks, "Büro & Lager"));
  g_assert_cmpstr (facts->guest_names[0], ==, "web é");
  g_assert_null (facts->guest_names[1]);
  g_assert_cmpstr (facts->macs[0], ==, "52:54:00:ab:00:01");
  g_assert_cmpstr (facts->macs[1], ==, "52:54:00:ab:00:02");
  g_assert_null (facts->macs[2]);
  g_assert_false (facts->any_network);
  g_assert_cmpuint (facts->storages->len, ==, 2);

  storage = ferry_destination_facts_find_storage (facts, "images");
  g_assert_true (storage->usable);
  g_assert_cmpstr (storage->kind, ==, "dir");
  g_assert_cmpstr (storage->path, ==, "/srv/images");
  g_assert_cmpuint (storage->free_bytes, >, 0);
  g_assert_cmpuint (storage->free_bytes, !=, G_MAXUINT64);

  storage = ferry_destination_facts_find_storage (facts, "lvm");
  g_assert_false (storage->usable);
  g_assert_nonnull (strstr (storage->why_not, "logical"));
}

static void
test_domain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = ferry_libvirt_read_domain (fixture->uri, "web é", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (xml, "<name>web é</name>"));
  g_assert_true (ferry_libvirt_undefine_domain (fixture->uri, "web é", &error));
  g_assert_no_error (error);

  g_assert_null (ferry_libvirt_read_domain (fixture->uri, "other", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "‘other’"));
}

static void
test_define (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    int code; /* -1: fine */
  } cases[] = {
    { "<domain type='kvm'><name>new</name><memory>65536</memory><os><type>hvm</type></os></domain>",
      -1 },
    { "<domain type='kvm'><name>web é</name><memory>65536</memory><os><type>hvm</type></os>"
      "</domain>",
      FERRY_ERROR_EXISTS },
    { "<domain type='kvm'><name>new", FERRY_ERROR_INVALID },
    { "<network/>", FERRY_ERROR_INVALID },
    { "", FERRY_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done = ferry_libvirt_define_domain (fixture->uri, cases[i].xml, NULL, &error);

      g_test_message ("%s: %s", cases[i].xml, error != NULL ? error->message : "fine");
      g_assert_true (done == (cases[i].code < 0));
      if (!done)
        g_assert_error (error, FERRY_ERROR, cases[i].code);
    }
}

static void
test_volumes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = ferry_libvirt_list_volumes (fixture->uri, "images", NULL, &error);
  g_autoptr (FerryVolume) volume = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (names[0], ==, "old-sda");
  g_assert_null (names[1]);

  volume = ferry_libvirt_get_volume (fixture->uri, "images", "old-sda", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (volume->path, ==, "/srv/images/old-sda");
  g_assert_cmpuint (volume->capacity_bytes, ==, 1048576);

  g_assert_true (ferry_libvirt_refresh_pool (fixture->uri, "images", NULL, &error));
  g_assert_true (ferry_libvirt_delete_volume (fixture->uri, "images", "old-sda", &error));
  g_assert_no_error (error);
  g_assert_false (ferry_libvirt_delete_volume (fixture->uri, "images", "none-sda", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ferry_libvirt_list_volumes (fixture->uri, "nopool", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "‘nopool’"));
}

static void
test_no_connection (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *uri;
    FerryError code;
  } cases[] = {
    { "qemu+tcp://127.0.0.1:1/system", FERRY_ERROR_CONNECTION },
    { "qemu+unix:///system?socket=/nonexistent/socket", FERRY_ERROR_CONNECTION },
    { "test:///nonexistent.xml", FERRY_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ferry_libvirt_inspect (cases[i].uri, NULL, &error));
      g_test_message ("%s: %s", cases[i].uri, error->message);
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
    }
}

/* Whatever the helper does, it is an error with a sentence, in time. */
static void
test_bad_helper (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *script;
    FerryError code;
    const char *word;
  } cases[] = {
    { "exec sleep 1000", FERRY_ERROR_CONNECTION, "in time" },
    { "echo '{\"item\":\"version\"}'; exec sleep 1000", FERRY_ERROR_CONNECTION, "in time" },
    { "kill -SEGV $$", FERRY_ERROR_FAILED, "crashed" },
    { "echo '{\"item\":\"done\"'", FERRY_ERROR_FAILED, "sensible" },
    { "head -c 100000 /dev/zero", FERRY_ERROR_FAILED, "sensible" },
    { "echo '[]'; echo 3; echo null; echo '{}'", FERRY_ERROR_FAILED, "sensible" },
    { "echo '{\"item\":7}'", FERRY_ERROR_FAILED, "sensible" },
    { "echo oh no >&2; exit 9", FERRY_ERROR_FAILED, "oh no" },
    { "echo '{\"item\":\"error\"}'", FERRY_ERROR_FAILED, "libvirt failed" },
    { "echo '{\"item\":\"error\",\"reason\":\"martians\",\"message\":\"Land!\"}'",
      FERRY_ERROR_FAILED, "Land!" },
    { "echo '{\"item\":\"error\",\"reason\":[],\"message\":\"\"}'", FERRY_ERROR_INVALID, "reason" },
    { "echo '{\"item\":\"error\",\"reason\":\"denied\",\"message\":\"no\"}'",
      FERRY_ERROR_PERMISSION, "may not" },
    { "echo '{\"item\":\"error\",\"reason\":\"auth\",\"message\":\"no\"}'", FERRY_ERROR_AUTH,
      "let you in" },
    { "echo '{\"item\":\"error\",\"reason\":\"no-daemon\",\"message\":\"gone\"}'",
      FERRY_ERROR_CONNECTION, "systemctl start libvirtd" },
    { "echo '{\"item\":\"version\",\"libvirt\":\"new\"}'; echo '{\"item\":\"done\"}'",
      FERRY_ERROR_INVALID, "libvirt" },
    { "echo '{\"item\":\"pool\",\"free\":-1}'; echo '{\"item\":\"done\"}'", FERRY_ERROR_INVALID,
      "free" },
  };

  g_setenv ("FERRY_LIBVIRT_TIMEOUT", "0.3", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      put_stand_in (fixture, cases[i].script);
      if (strstr (cases[i].word, "in time") == NULL)
        g_unsetenv ("FERRY_LIBVIRT_TIMEOUT");
      g_assert_null (ferry_libvirt_inspect ("qemu:///system", NULL, &error));
      g_test_message ("%s: %s", cases[i].script, error->message);
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

/* An answer without what was asked for. */
static void
test_poor_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put_stand_in (fixture, "echo '{\"item\":\"done\"}'");
  g_assert_null (ferry_libvirt_read_domain ("test:///default", "test", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
  g_clear_error (&error);

  put_stand_in (fixture, "echo '{\"item\":\"domain\"}'; echo '{\"item\":\"done\"}'");
  g_assert_null (ferry_libvirt_read_domain ("test:///default", "test", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_FAILED);
}

static void
test_no_helper (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("FERRY_LIBEXECDIR", fixture->dir, TRUE);
  g_assert_null (ferry_libvirt_inspect ("test:///default", NULL, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_MISSING_TOOL);
}

/* The helper itself, asked nonsense: an error line, and a good end. */
static void
test_bad_question (Fixture *fixture, gconstpointer data)
{
  static const char *const questions[] = {
    "",
    "{",
    "[]",
    "null",
    "{}",
    "\xff\xfe",
    "{\"request\":\"dance\",\"uri\":\"test:///default\"}",
    "{\"request\":\"inspect\"}",
    "{\"request\":\"inspect\",\"uri\":{}}",
    "{\"request\":\"read-domain\",\"uri\":\"test:///default\"}",
    "{\"request\":\"define-domain\",\"uri\":\"test:///default\"}",
    "{\"request\":\"get-volume\",\"uri\":\"test:///default\",\"pool\":\"default-pool\"}",
  };
  g_autofree char *helper =
      g_test_build_filename (G_TEST_BUILT, "..", "src", "libvirt", "ferry-libvirt-helper", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process =
          g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                            helper, NULL);
      g_autoptr (GBytes) input = g_bytes_new_static (questions[i], strlen (questions[i]));
      g_autoptr (GBytes) output = NULL;

      g_assert_no_error (error);
      g_subprocess_communicate (process, input, NULL, &output, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_get_successful (process));
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (output, NULL),
                                      (gssize) g_bytes_get_size (output), "\"bad-request\""));
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/libvirt-client/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("inspect", test_inspect);
  ADD ("domain", test_domain);
  ADD ("define", test_define);
  ADD ("volumes", test_volumes);
  ADD ("no-connection", test_no_connection);
  ADD ("bad-helper", test_bad_helper);
  ADD ("poor-answer", test_poor_answer);
  ADD ("no-helper", test_no_helper);
  ADD ("bad-question", test_bad_question);

  return g_test_run ();
}
