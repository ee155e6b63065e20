/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-run.h"
#include "ferryctl-sample.h"

#include "ferry-provider.h"

#include <string.h>

/* ferryctl provider …, each as a real process without a terminal, a session or a keyring. */

typedef struct
{
  FerryctlSample *sample;
  char *uri;
  char *password;
  char *wrong;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sample = ferryctl_sample_new ();
  fixture->uri = ferryctl_sample_add_libvirt (fixture->sample);
  fixture->password = ferryctl_sample_write (fixture->sample, "password", "sehr geheim\nrest\n");
  fixture->wrong = ferryctl_sample_write (fixture->sample, "wrong", "falsch");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferryctl_sample_free (fixture->sample);
  g_free (fixture->uri);
  g_free (fixture->password);
  g_free (fixture->wrong);
}

static FerryProvider *
find (const char *name)
{
  g_autoptr (GError) error = NULL;
  FerryProvider *provider = ferry_provider_find (name, &error);

  g_assert_no_error (error);
  return provider;
}

/* Runs a command that must succeed and say nothing on standard error. */
#define RUN_WELL(...)                                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (FerryctlRun) run_ = ferryctl_run (__VA_ARGS__, NULL);                               \
    ferryctl_run_assert (run_, 0, "", NULL);                                                       \
  }                                                                                                \
  G_STMT_END

#define RUN_BADLY(exit_code, sentence, ...)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (FerryctlRun) run_ = ferryctl_run (__VA_ARGS__, NULL);                               \
    ferryctl_run_assert (run_, exit_code, NULL, sentence);                                         \
    g_assert_null (strstr (run_->err, "geheim"));                                                  \
  }                                                                                                \
  G_STMT_END

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) vmware = NULL;
  g_autoptr (FerryProvider) kvm = NULL;

  RUN_WELL ("provider", "add", "Büro", "vsphere://vc.example.com", "--user", "a@b", "--datacenter",
            "DC 1", "--cluster", "C", "--esx", "esx1", "--transport", "vddk", "--vddk-dir",
            "/opt/v", "--ssh-user", "root", "--no-verify");
  vmware = find ("büro");
  g_assert_cmpint (vmware->source.kind, ==, FERRY_SOURCE_VSPHERE);
  g_assert_cmpstr (vmware->source.host, ==, "vc.example.com");
  g_assert_cmpstr (vmware->source.user, ==, "a@b");
  g_assert_cmpstr (vmware->source.datacenter, ==, "DC 1");
  g_assert_cmpstr (vmware->source.cluster, ==, "C");
  g_assert_cmpstr (vmware->source.esx, ==, "esx1");
  g_assert_cmpint (vmware->source.transport, ==, FERRY_TRANSPORT_VDDK);
  g_assert_cmpstr (vmware->source.vddk_dir, ==, "/opt/v");
  g_assert_cmpstr (vmware->source.ssh_user, ==, "root");
  g_assert_false (vmware->source.verify);
  g_assert_false (vmware->remember);

  RUN_WELL ("provider", "add", "kvm", "qemu+ssh://root@kvm1/system");
  kvm = find ("kvm");
  g_assert_cmpstr (kvm->source.uri, ==, "qemu+ssh://root@kvm1/system");
  g_assert_true (kvm->source.verify);
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) before = NULL;
  g_autoptr (FerryProvider) after = NULL;

  RUN_WELL ("provider", "add", "a", "vsphere://me@vc", "--datacenter", "DC1", "--no-verify");
  before = find ("a");
  RUN_WELL ("provider", "edit", "A", "--name", "b", "--datacenter", "", "--esx", "e", "--verify");
  after = find ("b");
  g_assert_cmpstr (after->id, ==, before->id);
  g_assert_cmpstr (after->source.user, ==, "me");
  g_assert_null (after->source.datacenter);
  g_assert_cmpstr (after->source.esx, ==, "e");
  g_assert_true (after->source.verify);
  g_clear_pointer (&after, ferry_provider_free);
  RUN_WELL ("provider", "edit", "b", "--source", "qemu:///system");
  after = find ("b");
  g_assert_cmpstr (after->id, ==, before->id);
  g_assert_cmpint (after->source.kind, ==, FERRY_SOURCE_LIBVIRT);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) none = ferryctl_run ("provider", "list", NULL);
  g_autoptr (FerryctlRun) text = NULL;
  g_autoptr (FerryctlRun) json = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *broken = NULL;
  JsonObject *object;

  ferryctl_run_assert (none, 0, "No source is saved", NULL);
  RUN_WELL ("provider", "add", "z", "vsphere://me@vc", "--cluster", "C");
  RUN_WELL ("provider", "add", "a\"b", "qemu:///system");
  text = ferryctl_run ("provider", "list", NULL);
  ferryctl_run_assert (text, 0, "vsphere://me@vc", NULL);
  json = ferryctl_run ("provider", "list", "--json", NULL);
  node = json_from_string (json->out, NULL);
  object = json_array_get_object_element (json_node_get_array (node), 1);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "z");
  g_assert_cmpstr (json_object_get_string_member (object, "source"), ==, "vsphere://me@vc");
  g_assert_true (json_object_get_null_member (object, "test"));
  object = json_object_get_object_member (object, "settings");
  g_assert_cmpstr (json_object_get_string_member (object, "cluster"), ==, "C");

  broken = ferryctl_sample_write (fixture->sample,
                                  "config/providers/0a0b0c0d-1111-4222-8333-444455556666.ini",
                                  "garbage");
  g_clear_pointer (&text, ferryctl_run_free);
  text = ferryctl_run ("provider", "list", NULL);
  ferryctl_run_assert (text, 0, "vsphere://me@vc", "1 provider cannot be read");
}

static void
test_test (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) provider = NULL;

  RUN_WELL ("provider", "add", "bob", fixture->uri, "--user", "bob");
  RUN_WELL ("provider", "test", "bob", "--password-file", fixture->password);
  provider = find ("bob");
  g_assert_cmpint (provider->tested_usec, >, 0);
  g_assert_false (provider->test_failed);
  g_assert_nonnull (strstr (provider->test_result, "1 virtual machine"));
  g_clear_pointer (&provider, ferry_provider_free);

  RUN_BADLY (4, "bob: ", "provider", "test", "bob", "--password-file", fixture->wrong);
  provider = find ("bob");
  g_assert_true (provider->test_failed);
  g_assert_cmpint (provider->test_code, ==, FERRY_ERROR_AUTH);
  g_clear_pointer (&provider, ferry_provider_free);

  /* What is changed for once is not what is saved. */
  RUN_BADLY (4, "bob: ", "provider", "test", "bob", "--user", "eve", "--password-file",
             fixture->password);
  RUN_WELL ("provider", "test", fixture->uri, "--user", "bob", "--password-file",
            fixture->password);
  RUN_WELL ("provider", "edit", "bob", "--user", "eve");
  provider = find ("bob");
  g_assert_cmpint (provider->tested_usec, ==, 0);
}

/* A provider's name is a SOURCE of every command; its password is in no plan. */
static void
test_source (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) provider = NULL;
  g_autoptr (FerryctlRun) plan = NULL;
  g_autofree char *path = NULL;

  RUN_WELL ("provider", "add", "bob", fixture->uri, "--user", "bob");
  provider = find ("bob");
  RUN_WELL ("list", "BOB", "--password-file", fixture->password);
  RUN_WELL ("show", provider->id, "web", "--password-file", fixture->password);
  plan = ferryctl_run ("plan", "bob", "--to", fixture->sample->destination, "--password-file",
                       fixture->password, NULL);
  ferryctl_run_assert (plan, 0, provider->id, NULL);
  g_assert_null (strstr (plan->out, "geheim"));

  path = ferryctl_sample_write (fixture->sample, "plan.json", plan->out);
  RUN_BADLY (4, "wants a user name and a password", "check", path);
  RUN_BADLY (4, "wrong", "check", path, "--password-file", fixture->wrong);
  RUN_BADLY (4, "wrong", "import", path, "--password-file", fixture->wrong);
  RUN_BADLY (2, "A plan says everything itself", "import", path, "--user", "eve");
  RUN_BADLY (4, "There is no provider ‘bop’; did you mean ‘bob’? There is no file", "list", "bop");
}

static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) add = NULL;
  g_autoptr (FerryctlRun) run = NULL;
  g_autoptr (FerryProvider) provider = NULL;
  const char *first;

  add = ferryctl_run ("provider", "add", "bob", fixture->uri, "--user", "bob", "--remember",
                      "--password-file", fixture->password, NULL);
  ferryctl_run_assert (add, 0, "Saved ‘bob’", "There is no keyring");
  provider = find ("bob");
  g_assert_true (provider->remember);
  run = ferryctl_run ("list", "bob", NULL);
  g_assert_cmpint (run->exit_code, ==, 4);
  first = strstr (run->err, "There is no keyring");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "There is no keyring"));
  RUN_BADLY (4, "refuses connections", "list", "vsphere://me@127.0.0.1:1");
}

static void
test_duplicate_and_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryProvider) copy = NULL;
  g_autoptr (GPtrArray) left = NULL;

  RUN_WELL ("provider", "add", "a", "vsphere://me@vc", "--cluster", "C");
  RUN_WELL ("provider", "duplicate", "a");
  RUN_WELL ("provider", "duplicate", "a");
  RUN_WELL ("provider", "duplicate", "a", "other");
  copy = find ("a (3)");
  g_assert_cmpstr (copy->source.cluster, ==, "C");
  RUN_BADLY (2, "There is a provider ‘other’ already", "provider", "duplicate", "a", "OTHER");
  RUN_BADLY (2, "There is no provider ‘nobody’", "provider", "remove", "a", "nobody");
  RUN_WELL ("provider", "remove", "a", "a (2)");
  left = ferry_provider_list (NULL, NULL);
  g_assert_cmpuint (left->len, ==, 2);
}

static void
test_export_and_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryctlRun) all = NULL;
  g_autoptr (FerryctlRun) one = NULL;
  g_autoptr (FerryctlRun) imported = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bad = ferryctl_sample_write (fixture->sample, "bad", "garbage");

  RUN_WELL ("provider", "add", "a", "vsphere://me@vc");
  RUN_WELL ("provider", "add", "b", "qemu:///system");
  one = ferryctl_run ("provider", "export", "b", NULL);
  ferryctl_run_assert (one, 0, "uri=qemu:///system", NULL);
  g_assert_null (strstr (one->out, "host="));
  all = ferryctl_run ("provider", "export", NULL);
  path = ferryctl_sample_write (fixture->sample, "providers.txt", all->out);
  imported = ferryctl_run ("provider", "import", path, NULL);
  ferryctl_run_assert (imported, 0, "Saved ‘a (2)’.\nSaved ‘b (2)’.\n", NULL);
  RUN_BADLY (4, "not a text with providers", "provider", "import", bad);
  RUN_BADLY (4, "cannot be read", "provider", "import", "/nonexistent/file");
  RUN_BADLY (4, "cannot be read", "provider", "import", fixture->sample->dir);
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autofree char *empty = ferryctl_sample_write (fixture->sample, "empty", "\n");
  g_autofree char *endless_text = g_strnfill (5000, 'x');
  g_autofree char *endless = ferryctl_sample_write (fixture->sample, "endless", endless_text);
  g_autofree char *ova = ferryctl_sample_add (fixture->sample, "web.ova", "web");

  RUN_BADLY (2, "needs a command", "provider");
  RUN_BADLY (2, "did you mean ‘export’", "provider", "exprt");
  RUN_BADLY (2, "takes a name and a source", "provider", "add", "a");
  RUN_BADLY (2, "provider add --help", "provider", "add", "a", "b", "c");
  RUN_BADLY (2, "takes no arguments", "provider", "list", "a");
  RUN_BADLY (2, "There is no file", "provider", "add", "a", "/nonexistent");
  RUN_BADLY (2, "needs a name", "provider", "add", " ", "qemu:///system");
  RUN_BADLY (2, "control character", "provider", "add", "a\nb", "qemu:///system");
  RUN_BADLY (2, "--datacenter is for VMware", "provider", "add", "a", "qemu:///system",
             "--datacenter", "x");
  RUN_BADLY (2, "--user is for a server", "list", ova, "--user", "x");
  RUN_BADLY (2, "--trust is for a server", "list", ova, "--trust", "x");
  RUN_BADLY (2, "--transport is https", "provider", "add", "a", "vsphere://vc", "--transport",
             "pigeon");
  RUN_WELL ("provider", "add", "v", "vsphere://vc");
  RUN_BADLY (2, "at once", "provider", "edit", "v", "--verify", "--no-verify");
  RUN_BADLY (2, "at once", "provider", "add", "a", "vsphere://vc", "--remember", "--no-remember");
  RUN_BADLY (2, "--remember only", "provider", "add", "a", "vsphere://vc", "--password-file",
             fixture->password);
  RUN_BADLY (2, "There is no provider", "provider", "edit", "nobody", "--name", "x");
  RUN_BADLY (2, "no password in the first line", "provider", "add", "a", "vsphere://vc",
             "--remember", "--password-file", empty);
  RUN_BADLY (2, "cannot be a password", "provider", "add", "a", "vsphere://vc", "--remember",
             "--password-file", endless);
  RUN_BADLY (2, "cannot be read", "provider", "add", "a", "vsphere://vc", "--remember",
             "--password-file", "/nonexistent/password");
  RUN_WELL ("provider", "--help");
  RUN_WELL ("provider", "add", "--help");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ferryctl/provider/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  ADD ("add", test_add);
  ADD ("edit", test_edit);
  ADD ("list", test_list);
  ADD ("test", test_test);
  ADD ("source", test_source);
  ADD ("no-keyring", test_no_keyring);
  ADD ("duplicate-and-remove", test_duplicate_and_remove);
  ADD ("export-and-import", test_export_and_import);
  ADD ("wrong", test_wrong);

  return g_test_run ();
}
