/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "import-rig.h"

#include "ferry-source-ova.h"
#include "ferry-tree.h"

#include <string.h>
#include <unistd.h>

#define PARTITION_OFFSET "1048576"

/** import_rig_run: a command that must succeed; @out_stdout: (out) (optional): what it printed */
void
import_rig_run (const char *const *argv, char **out_stdout)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out_stdout, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s failed", argv[0]);
}

/** import_rig_virsh: what virsh answers to @command about the tests' own libvirt */
char *
import_rig_virsh (const char *command, const char *argument)
{
  const char *argv[] = { "virsh", "-q",     "-c", g_getenv ("FERRY_TEST_LIBVIRT_URI"),
                         command, argument, NULL };
  char *out = NULL;

  import_rig_run (argv, &out);

  return g_strstrip (out);
}

/**
 * import_rig_assert_domain: the XML of the guest @name of the tests' own libvirt
 *
 * @has: (array zero-terminated=1): regular expressions; libvirt writes the parts of an element in an
 *   order of its own
 * @lacks: (array zero-terminated=1): plain text
 */
void
import_rig_assert_domain (const char *name, const char *const *has, const char *const *lacks)
{
  g_autofree char *xml = import_rig_virsh ("dumpxml", name);

  g_test_message ("%s", xml);
  for (guint i = 0; has[i] != NULL; i++)
    if (!g_regex_match_simple (has[i], xml, G_REGEX_DOTALL, 0))
      g_error ("%s has no %s:\n%s", name, has[i], xml);
  for (guint i = 0; lacks[i] != NULL; i++)
    if (strstr (xml, lacks[i]) != NULL)
      g_error ("%s has %s:\n%s", name, lacks[i], xml);
}

/** import_rig_sample: path of a file of the sample appliance, which is made when it is not there */
char *
import_rig_sample (const char *name)
{
  const char *folder = g_getenv ("FERRY_SAMPLE_DIR");
  g_autofree char *path = NULL;

  g_assert_nonnull (folder);
  path = g_build_filename (folder, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_error ("there is no %s: make it with ‘./dev sample’", path);

  return g_steal_pointer (&path);
}

static void
slow_down (const char *rate)
{
  g_autofree char *slow = g_test_build_filename (G_TEST_DIST, "integration", "slow", NULL);

  if (rate == NULL)
    {
      g_unsetenv ("FERRY_TOOL_PATH");
      return;
    }
  g_setenv ("FERRY_TOOL_PATH", slow, TRUE);
  g_setenv ("FERRY_TEST_RATE", rate, TRUE);
}

ImportRig *
import_rig_new_bare (void)
{
  ImportRig *rig = g_new0 (ImportRig, 1);
  g_autoptr (GError) error = NULL;

  rig->destination = g_dir_make_tmp ("ferry-destination-XXXXXX", &error);
  g_assert_no_error (error);
  rig->fixture = worker_fixture_new (g_getenv ("FERRY_TEST_WORKER"));
  worker_fixture_start_bus (rig->fixture);
  worker_fixture_activate (rig->fixture);

  return rig;
}

/** import_rig_new: @rate: (nullable): bits a second that disks are copied with */
ImportRig *
import_rig_new (const char *rate)
{
  ImportRig *rig;

  slow_down (rate);
  rig = import_rig_new_bare ();
  rig->ova = import_rig_sample ("ferry-sample.ova");

  return rig;
}

void
import_rig_free (ImportRig *rig)
{
  g_clear_pointer (&rig->fixture, worker_fixture_free);
  ferry_tree_remove (rig->destination, NULL);
  g_free (rig->destination);
  g_free (rig->ova);
  g_free (rig);
}

/** import_rig_plan: the sample guest as @name into the rig's folder */
FerryPlan *
import_rig_plan (ImportRig *rig, const char *name)
{
  g_autoptr (FerrySource) source = ferry_source_ova_new (rig->ova);
  g_autoptr (GPtrArray) guests = NULL;
  FerryPlan *plan = ferry_plan_new ();
  FerryPlanNetwork network = { FERRY_NETWORK_NETWORK, (char *) "default" };
  FerryPlanGuest *guest;
  g_autoptr (GError) error = NULL;

  guests = ferry_source_list (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (guests->len, ==, 1);

  ferry_plan_set_ova_source (plan, rig->ova);
  ferry_plan_set_folder_destination (plan, rig->destination);
  ferry_plan_set_mapping (plan, "VM Network", &network);
  ferry_plan_set_mapping (plan, "Backup", &(FerryPlanNetwork){ FERRY_NETWORK_NONE, NULL });
  guest = ferry_plan_add_guest (plan, g_ptr_array_index (guests, 0));
  g_free (guest->name);
  guest->name = g_strdup (name);

  return plan;
}

/** import_rig_start: hands @plan to the worker; the import's object path */
char *
import_rig_start (ImportRig *rig, const FerryPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) imports = worker_fixture_import (rig->fixture, plan, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (imports), ==, 1);

  return g_strdup (imports[0]);
}

static void
assert_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  if (name != NULL)
    g_error ("left behind in %s: %s", folder, name);
}

static gboolean
is_of_an_import (const char *pid, const char *tmp_dir)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "environ", NULL);
  g_autofree char *environment = NULL;
  g_autofree char *ours = g_strconcat ("TMPDIR=", tmp_dir, NULL);
  gsize length = 0;

  if (!g_file_get_contents (path, &environment, &length, NULL))
    return FALSE;

  return memmem (environment, length, "FERRY_IMPORT=", strlen ("FERRY_IMPORT=")) != NULL
         && memmem (environment, length, ours, strlen (ours)) != NULL;
}

static void
assert_no_process (const char *tmp_dir)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_ascii_isdigit (*name) && is_of_an_import (name, tmp_dir))
      {
        g_autofree char *path = g_build_filename ("/proc", name, "cmdline", NULL);
        g_autofree char *command = NULL;

        g_file_get_contents (path, &command, NULL, NULL);
        g_error ("still running: %s %s", name, command);
      }
}

/** import_rig_assert_clean: no file, no folder, no process of any import is left */
void
import_rig_assert_clean (ImportRig *rig)
{
  g_autofree char *tmp_dir
      = g_build_filename (worker_fixture_get_dir (rig->fixture), "tmp", NULL);

  assert_empty (rig->destination);
  assert_empty (tmp_dir);
  assert_no_process (tmp_dir);
}

/** import_rig_assert_succeeded: waits for the end, which must be a good one; else says why not */
void
import_rig_assert_succeeded (ImportRig *rig, const char *import)
{
  FerryDBusImport1 *proxy = worker_fixture_get_import (rig->fixture, import);
  gint64 until = g_get_monotonic_time () + IMPORT_RIG_PATIENCE * G_USEC_PER_SEC;
  FerryImportState state = FERRY_IMPORT_QUEUED;

  while (!ferry_import_state_is_end (state) && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, TRUE);
      ferry_import_state_from_word (ferry_dbus_import1_get_state (proxy), &state);
    }
  if (state != FERRY_IMPORT_SUCCEEDED)
    {
      g_autofree char *failure = g_variant_print (ferry_dbus_import1_get_failure (proxy), FALSE);

      g_error ("the import is %s: %s", ferry_import_state_to_word (state), failure);
    }
}

char *
import_rig_digest (const char *image, const char *format, const char *path)
{
  g_autofree char *raw = g_strconcat (image, ".raw", NULL);
  g_autofree char *device = g_strdup_printf ("%s?offset=" PARTITION_OFFSET, raw);
  g_autofree char *request = g_strdup_printf ("cat %s", path);
  const char *convert[] = { "qemu-img", "convert", "-f", format, "-O", "raw", image, raw, NULL };
  const char *cat[] = { "/sbin/debugfs", "-R", request, device, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  import_rig_run (convert, NULL);
  process = g_subprocess_newv (
      cat, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (content), >, 0);
  g_assert_cmpint (unlink (raw), ==, 0);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
}

/** import_rig_assert_same_content: the file @path is in the qcow2 @image as in the disk @sample */
void
import_rig_assert_same_content (const char *image, const char *sample, const char *path)
{
  g_autofree char *original = import_rig_sample (sample);
  g_autofree char *copy = g_strconcat (image, ".source", NULL);
  const char *cp[] = { "cp", "--sparse=always", original, copy, NULL };
  g_autofree char *after = import_rig_digest (image, "qcow2", path);
  g_autofree char *before = NULL;

  import_rig_run (cp, NULL);
  before = import_rig_digest (copy, "raw", path);
  g_assert_cmpint (unlink (copy), ==, 0);
  g_assert_cmpstr (after, ==, before);
}
