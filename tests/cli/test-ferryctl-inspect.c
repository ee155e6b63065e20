/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-error.h"
#include "ferryctl-inspect.h"
#include "ferryctl-keys.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* --key-file and --inspect, with a stand-in for the program that starts an appliance. */

#define ANSWER                                                                                     \
  "{\"inside\":{\"roots\":[{\"device\":\"/dev/sda2\",\"name\":\"Windows Server 2019\","            \
  "\"family\":\"windows\",\"hibernated\":true,\"free_bytes\":2000000000}],"                        \
  "\"encrypted\":[\"/dev/sda3\"]}}"

static char *
put_file (const FerryctlSample *sample, const char *name, const char *text)
{
  char *path = g_build_filename (sample->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, &error);
  g_assert_no_error (error);

  return path;
}

static void
put_helper (const FerryctlSample *sample, const char *script)
{
  g_autofree char *text =
      g_strdup_printf ("#!/bin/sh\ncd '%s' || exit 9\n%s\n", sample->dir, script);
  G_GNUC_UNUSED g_autofree char *path = put_file (sample, "ferry-guestfs-helper", text);
  g_autofree char *tmp = g_build_filename (sample->dir, "tmp", NULL);

  g_mkdir (tmp, 0700);
  g_setenv ("FERRY_LIBEXECDIR", sample->dir, TRUE);
  g_setenv ("FERRY_TMPDIR", tmp, TRUE);
  g_setenv ("FERRY_KVM", "absent", TRUE);
}

static void
assert_nothing_left (const FerryctlSample *sample)
{
  g_autofree char *tmp = g_build_filename (sample->dir, "tmp", NULL);

  g_assert_cmpint (g_rmdir (tmp), ==, 0);
}

static void
test_show (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autofree char *key = put_file (sample, "key", "sesame\nmore\n");
  g_autofree char *given = g_strconcat ("web,/dev/sda3=", key, NULL);
  g_autofree char *keys = NULL;
  g_autofree char *note = g_build_filename (sample->dir, "keys", NULL);
  g_autoptr (FerryctlRun) text = NULL;
  g_autoptr (FerryctlRun) json = NULL;

  put_helper (sample, "cat > keys; echo '" ANSWER "'");
  text = ferryctl_run ("show", path, "--inspect", "--key-file", given, NULL);
  ferryctl_run_assert (text, 0, "/dev/sda2: Windows Server 2019, 2.0\xc2\xa0GB free, hibernated\n",
                       NULL);
  ferryctl_run_assert (text, 0, "/dev/sda3: encrypted, and no key opens it\n", NULL);
  g_assert_true (g_file_get_contents (note, &keys, NULL, NULL));
  g_assert_cmpstr (keys, ==, "/dev/sda3 sesame\n");

  json = ferryctl_run ("show", path, "--inspect", "--json", NULL);
  ferryctl_run_assert (json, 0, "\"hibernated\" : true", NULL);
  assert_nothing_left (sample);
}

static void
test_check_and_plan (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autofree char *key = put_file (sample, "key", "sesame");
  g_autoptr (FerryctlRun) check = NULL;
  g_autoptr (FerryctlRun) draft = NULL;
  g_autoptr (FerryctlRun) plan = NULL;

  put_helper (sample, "echo '" ANSWER "'");
  check = ferryctl_run ("check", path, "--inspect", NULL);
  g_assert_nonnull (strstr (check->out, "Inside the disks of web:\n    /dev/sda2: Windows"));
  draft = ferryctl_run ("check", path, "--to", "folder:/srv", "--inspect", NULL);
  g_assert_nonnull (strstr (draft->out, "Inside the disks of web:\n    /dev/sda2: Windows"));
  plan = ferryctl_run ("plan", path, "--to", "folder:/srv", "--inspect", "--key-file", key, NULL);
  ferryctl_run_assert (plan, 0, "\"encrypted\" : [\n            \"/dev/sda3\"", NULL);
  g_assert_null (strstr (plan->out, "sesame"));
  assert_nothing_left (sample);
}

static void
test_fails (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autoptr (FerryctlRun) show = NULL;
  g_autoptr (FerryctlRun) unknown = NULL;

  put_helper (sample, "echo '{\"error\":\"what is this\"}'");
  show = ferryctl_run ("show", path, "--inspect", NULL);
  ferryctl_run_assert (show, 4, NULL, "what is this");
  unknown = ferryctl_run ("show", path, "--inspect", "--key-file", "nobody=/etc/hostname", NULL);
  ferryctl_run_assert (unknown, 4, NULL, "no virtual machine ‘nobody’");
  assert_nothing_left (sample);
}

/* Whoever ends ferryctl ends what it has started, and all of its files are gone. */
static void
test_interrupted (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = ferryctl_sample_add (sample, "web.ova", "web");
  g_autofree char *note = g_build_filename (sample->dir, "running", NULL);
  g_autoptr (FerryctlRun) run = NULL;

  put_helper (sample, "touch running; exec sleep 600");
  run = ferryctl_run_start ("show", path, "--inspect", NULL);
  while (!g_file_test (note, G_FILE_TEST_EXISTS))
    g_usleep (20000);
  g_subprocess_send_signal (run->child, SIGINT);
  ferryctl_run_finish (run);
  g_assert_cmpint (run->exit_code, ==, 3);
  assert_nothing_left (sample);
}

/* --- what is given for keys --- */

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();
  g_autoptr (FerryGuest) web = ferry_guest_new ("vm-1", "web");
  g_autoptr (FerryGuest) odd = ferry_guest_new ("vm-2", "a,b");

  ferry_plan_add_guest (plan, web);
  ferry_plan_add_guest (plan, odd);

  return plan;
}

static void
assert_key (const GPtrArray *keys, guint index, const char *device)
{
  const FerryPlanKey *key = g_ptr_array_index (keys, index);

  g_assert_cmpstr (key->device, ==, device);
  g_assert_cmpstr (key->key, ==, "secret");
}

static void
test_keys (void)
{
  static const char *const what[] = { "",
                                      "=",
                                      "/dev/sda2=",
                                      "web=",
                                      "vm-2=",
                                      ",/dev/vg/root=",
                                      "a,b,/dev/sda3=",
                                      "3c2bbd39-b56f-438a-999d-b21fd2114552=" };
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *path = put_file (sample, "key", "secret\r\n");
  g_autoptr (FerryPlan) plan = make_plan ();
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (GError) error = NULL;
  FerryPlanGuest *web = ferry_plan_get_guest (plan, 0);
  FerryPlanGuest *odd = ferry_plan_get_guest (plan, 1);

  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    {
      g_autofree char *file = g_strconcat (what[i], path, NULL);

      g_strv_builder_add (files, file);
    }
  all = g_strv_builder_end (files);
  g_assert_true (ferryctl_keys_read (all, plan, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (plan->keys->len, ==, 5);
  assert_key (plan->keys, 0, NULL);
  assert_key (plan->keys, 1, NULL);
  assert_key (plan->keys, 2, "/dev/sda2");
  assert_key (plan->keys, 3, "/dev/vg/root");
  assert_key (plan->keys, 4, "3c2bbd39-b56f-438a-999d-b21fd2114552");
  g_assert_cmpuint (web->keys->len, ==, 1);
  assert_key (web->keys, 0, NULL);
  g_assert_cmpuint (odd->keys->len, ==, 2);
  assert_key (odd->keys, 0, NULL);
  assert_key (odd->keys, 1, "/dev/sda3");
}

static void
test_bad_keys (void)
{
  g_autoptr (FerryctlSample) sample = ferryctl_sample_new ();
  g_autofree char *many = g_strnfill (600, 'x');
  g_autofree char *empty = put_file (sample, "empty", "\n");
  g_autofree char *long_one = put_file (sample, "long", many);
  g_autofree char *bad_device = g_strconcat ("/dev/sda 1=", long_one, NULL);
  g_autofree char *nobody = g_strconcat ("nobody=", long_one, NULL);
  const struct
  {
    const char *file;
    FerryError code;
  } cases[] = {
    { "/nowhere", FERRY_ERROR_NOT_FOUND }, { empty, FERRY_ERROR_INVALID },
    { long_one, FERRY_ERROR_INVALID },     { bad_device, FERRY_ERROR_INVALID },
    { nobody, FERRY_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryPlan) plan = make_plan ();
      const char *files[] = { cases[i].file, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_false (ferryctl_keys_read ((char *const *) files, plan, &error));
      g_assert_error (error, FERRY_ERROR, (int) cases[i].code);
      g_assert_cmpuint (plan->keys->len, ==, 0);
      g_assert_null (strstr (error->message, "xxx"));
    }
}

static void
test_text (void)
{
  g_autoptr (FerryInspection) inspection = ferry_inspection_new ();
  g_autofree char *nobody = ferryctl_inspect_to_text (NULL);
  g_autofree char *nothing = ferryctl_inspect_to_text (inspection);
  FerryRoot *root = ferry_root_new ("/dev/sda1");
  g_autofree char *evil = NULL;

  g_assert_cmpstr (nobody, ==, "");
  g_assert_cmpstr (nothing, ==, "No operating system was found.\n");
  root->name = g_strdup ("x\033[2J\ny");
  root->arch = g_strdup ("x86_64");
  g_ptr_array_add (inspection->roots, root);
  evil = ferryctl_inspect_to_text (inspection);
  g_assert_null (strchr (evil, '\033'));
  g_assert_true (strchr (evil, '\n') == strrchr (evil, '\n'));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ferryctl/inspect/show", test_show);
  g_test_add_func ("/ferryctl/inspect/check-and-plan", test_check_and_plan);
  g_test_add_func ("/ferryctl/inspect/fails", test_fails);
  g_test_add_func ("/ferryctl/inspect/interrupted", test_interrupted);
  g_test_add_func ("/ferryctl/inspect/keys", test_keys);
  g_test_add_func ("/ferryctl/inspect/bad-keys", test_bad_keys);
  g_test_add_func ("/ferryctl/inspect/text", test_text);

  return g_test_run ();
}
