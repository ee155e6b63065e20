/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "vcenter-peer.h"

#include "ferry-source-vsphere.h"
#include "ferry-trust.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
build (const char *program)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "peers", "vcenter", "build", NULL);
  const char *argv[] = { script, program, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, &error))
    return TRUE;
  if (error->code != 77)
    g_error ("The vCenter peer cannot be built: %s", error->message);
  g_test_skip ("Go or govmomi is not installed");

  return FALSE;
}

static void
read_port (VcenterPeer *peer)
{
  g_autofree char *line = g_data_input_stream_read_line (peer->answers, NULL, NULL, NULL);

  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready "));
  peer->port = (guint) g_ascii_strtoull (line + strlen ("ready "), NULL, 10);
}

VcenterPeer *
vcenter_peer_start (const char *options)
{
  g_autofree char *program =
      g_test_build_filename (G_TEST_BUILT, "peers", "vcenter", "vcenter", NULL);
  VcenterPeer *peer;
  g_autofree char *command = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  if (!build (program))
    return NULL;
  peer = g_new0 (VcenterPeer, 1);
  peer->dir = g_dir_make_tmp ("ferry-vcenter.XXXXXX", NULL);
  g_setenv ("FERRY_CONFIG_DIR", peer->dir, TRUE);
  command = g_strdup_printf ("'%s' -dir '%s' %s", program, peer->dir, options);
  g_shell_parse_argv (command, NULL, &argv, &error);
  g_assert_no_error (error);
  peer->process =
      g_subprocess_newv ((const char *const *) argv,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                         &error);
  g_assert_no_error (error);
  peer->commands = g_subprocess_get_stdin_pipe (peer->process);
  peer->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (peer->process));
  read_port (peer);

  return peer;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
vcenter_peer_stop (VcenterPeer *peer)
{
  if (peer == NULL)
    return;
  g_output_stream_close (peer->commands, NULL, NULL);
  g_subprocess_wait (peer->process, NULL, NULL);
  g_object_unref (peer->answers);
  g_object_unref (peer->process);
  remove_folder (peer->dir);
  g_free (peer->dir);
  g_free (peer);
}

char *
vcenter_peer_command (VcenterPeer *peer, const char *command)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  char *answer;

  g_assert_true (g_output_stream_write_all (peer->commands, line, strlen (line), NULL, NULL, NULL));
  answer = g_data_input_stream_read_line (peer->answers, NULL, NULL, NULL);
  g_assert_nonnull (answer);

  return answer;
}

gint64
vcenter_peer_get_count (const char *stats, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (stats, NULL);
  JsonObject *object = json_node_get_object (node);

  return json_object_has_member (object, name) ? json_object_get_int_member (object, name) : 0;
}

FerryPlanSource *
vcenter_peer_make_source (VcenterPeer *peer)
{
  FerryPlanSource *source = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", peer->port);

  ferry_plan_source_set (&source->host, host);
  ferry_plan_source_set (&source->user, "administrator@vsphere.local");
  ferry_plan_source_set_password (&source->password, "secret");

  return source;
}

void
vcenter_peer_trust (VcenterPeer *peer)
{
  g_autoptr (FerryPlanSource) plan_source = vcenter_peer_make_source (peer);
  g_autoptr (FerrySource) source = ferry_source_vsphere_new (plan_source);
  g_autoptr (FerryTrustQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  ferry_source_examine (source, &question, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (question);
  ferry_trust_accept (question, &error);
  g_assert_no_error (error);
}

/* --- where a password must not be --- */

static gboolean
holds (const char *path, const char *password)
{
  g_autofree char *content = NULL;
  gsize length;

  return g_file_get_contents (path, &content, &length, NULL) &&
         memmem (content, length, password, strlen (password)) != NULL;
}

void
vcenter_peer_assert_hidden (VcenterPeer *peer, const char *password)
{
  const char *peer_pid = g_subprocess_get_identifier (peer->process);
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *pid;

  while ((pid = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *command = g_build_filename ("/proc", pid, "cmdline", NULL);
      g_autofree char *environment = g_build_filename ("/proc", pid, "environ", NULL);

      if (!g_ascii_isdigit (*pid) || g_strcmp0 (pid, peer_pid) == 0)
        continue;
      if (holds (command, password) || holds (environment, password))
        {
          g_autofree char *name = NULL;

          g_file_get_contents (command, &name, NULL, NULL);
          g_error ("process %s, ‘%s’, shows the password", pid, name);
        }
    }
}

void
vcenter_peer_assert_in_no_file (const char *password, const char *folder)
{
  const char *argv[] = { "grep", "-rlF", "--", password, folder, NULL };
  g_autofree char *found = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &found, NULL, NULL,
                NULL);
  g_assert_cmpstr (found, ==, "");
}

/* --- rigs --- */

void
vcenter_rig_clear (VcenterRig *rig)
{
  g_clear_object (&rig->source);
  g_clear_pointer (&rig->settings, ferry_plan_source_free);
  g_clear_pointer (&rig->peer, vcenter_peer_stop);
}

void
vcenter_rig_renew (VcenterRig *rig)
{
  g_clear_object (&rig->source);
  rig->source = ferry_source_vsphere_new (rig->settings);
}

gboolean
vcenter_rig_start (VcenterRig *rig, const char *options)
{
  rig->peer = vcenter_peer_start (options);
  if (rig->peer == NULL)
    return FALSE;
  rig->settings = vcenter_peer_make_source (rig->peer);
  vcenter_rig_renew (rig);

  return TRUE;
}

gboolean
vcenter_rig_start_trusted (VcenterRig *rig, const char *options)
{
  if (!vcenter_rig_start (rig, options))
    return FALSE;
  vcenter_peer_trust (rig->peer);

  return TRUE;
}

GPtrArray *
vcenter_rig_list (VcenterRig *rig)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *guests = ferry_source_list (rig->source, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (guests);

  return guests;
}

const FerryGuest *
vcenter_find (const GPtrArray *guests, const char *name)
{
  for (guint i = 0; i < guests->len; i++)
    if (g_str_equal (((FerryGuest *) guests->pdata[i])->name, name))
      return guests->pdata[i];
  g_error ("There is no guest %s", name);
}

FerryGuest *
vcenter_rig_read (VcenterRig *rig, const char *name)
{
  g_autoptr (GPtrArray) guests = vcenter_rig_list (rig);
  g_autoptr (GError) error = NULL;
  FerryGuest *guest =
      ferry_source_read (rig->source, vcenter_find (guests, name)->id, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (guest);
  g_assert_cmpstr (guest->name, ==, name);

  return guest;
}
