/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-host-facts.h"

#include "ferry-capture.h"
#include "ferry-host-data.h"
#include "ferry-kernel.h"
#include "ferry-kvm.h"
#include "ferry-paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static gboolean
has_tool (const char *name)
{
  g_autofree char *path = ferry_paths_dup_tool (name);

  return path != NULL;
}

/* What df says: the blocks that some file systems keep back are no room to plan with, even for root. */
static guint64
get_free_bytes (const char *path)
{
  struct statvfs info;

  if (statvfs (path, &info) != 0)
    return 0;

  return (guint64) info.f_bavail * info.f_frsize;
}

static void
take_string (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

/** ferry_host_facts_parse_version: "virt-v2v 2.4.0rhel=9,release=4" is "2.4.0"; else %NULL */
char *
ferry_host_facts_parse_version (const char *text)
{
  const char *start = text + strlen ("virt-v2v ");
  gsize length;

  if (!g_str_has_prefix (text, "virt-v2v "))
    return NULL;

  length = strspn (start, "0123456789.");
  while (length > 0 && start[length - 1] == '.')
    length--;

  return length == 0 ? NULL : g_strndup (start, length);
}

/** ferry_host_facts_parse_words: one word a line; never %NULL */
char **
ferry_host_facts_parse_words (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strstrip (lines[i])[0] != '\0')
      g_strv_builder_add (words, lines[i]);

  return g_strv_builder_end (words);
}

/** ferry_host_facts_parse_plugin_dir: of what `nbdkit --dump-config` says; else %NULL */
char *
ferry_host_facts_parse_plugin_dir (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "plugindir="))
      return g_strdup (lines[i] + strlen ("plugindir="));

  return NULL;
}

/* "nbdkit-curl-plugin.so" is "curl"; NULL: no plugin */
static char *
parse_plugin (const char *file)
{
  static const char prefix[] = "nbdkit-";
  static const char suffix[] = "-plugin.so";

  if (!g_str_has_prefix (file, prefix) || !g_str_has_suffix (file, suffix)
      || strlen (file) <= strlen (prefix) + strlen (suffix))
    return NULL;

  return g_strndup (file + strlen (prefix), strlen (file) - strlen (prefix) - strlen (suffix));
}

static char **
list_plugins (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GStrvBuilder) plugins = g_strv_builder_new ();
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *plugin = parse_plugin (file);

      if (plugin != NULL)
        g_strv_builder_add (plugins, plugin);
    }

  return g_strv_builder_end (plugins);
}

/* Returns NULL when it cannot be run at all; FALSE only when cancelled. */
static gboolean
ask (FerryHost *host,
     const char *const *argv,
     char **out_answer,
     GCancellable *cancellable,
     GError **error)
{
  const FerryCommand command = { .argv = argv };
  g_auto (FerryCapture) capture = { NULL, NULL, 0 };

  *out_answer = NULL;
  if (ferry_capture_run (host, &command, &capture, cancellable, NULL) && capture.exit_status == 0)
    *out_answer = g_steal_pointer (&capture.output);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
ask_nbdkit (FerryHostFacts *facts, FerryHost *host, GCancellable *cancellable, GError **error)
{
  static const char *const argv[] = { "nbdkit", "--dump-config", NULL };
  g_autofree char *config = NULL;
  g_autofree char *folder = NULL;

  if (!ask (host, argv, &config, cancellable, error))
    return FALSE;

  folder = config != NULL ? ferry_host_facts_parse_plugin_dir (config) : NULL;
  if (folder != NULL)
    {
      g_strfreev (facts->nbdkit_plugins);
      facts->nbdkit_plugins = list_plugins (folder);
    }

  return TRUE;
}

static gboolean
ask_virt_v2v (FerryHostFacts *facts, FerryHost *host, GCancellable *cancellable, GError **error)
{
  static const char *const version_argv[] = { "virt-v2v", "--version", NULL };
  static const char *const words_argv[] = { "virt-v2v", "--machine-readable", NULL };
  g_autofree char *version = NULL;
  g_autofree char *words = NULL;

  if (!ask (host, version_argv, &version, cancellable, error))
    return FALSE;
  if (version == NULL)
    return TRUE;
  if (!ask (host, words_argv, &words, cancellable, error))
    return FALSE;

  take_string (&facts->virt_v2v_version, ferry_host_facts_parse_version (version));
  g_strfreev (facts->words);
  facts->words = ferry_host_facts_parse_words (words == NULL ? "" : words);

  return TRUE;
}

static void
look_around (FerryHostFacts *facts)
{
  take_string (&facts->name, g_strdup (_("This computer")));
  take_string (&facts->user, g_strdup (g_get_user_name ()));
  facts->has_nbdkit = has_tool ("nbdkit");
  facts->has_nbdcopy = has_tool ("nbdcopy");
  facts->has_qemu_img = has_tool ("qemu-img");
  take_string (&facts->tmp_dir, ferry_paths_dup_tmp_dir ());
  facts->tmp_free_bytes = get_free_bytes (facts->tmp_dir);
  take_string (&facts->cache_dir, ferry_paths_dup_appliance_dir ());
  facts->cache_free_bytes = get_free_bytes (facts->cache_dir);
}

static void
look_for_data (FerryHostFacts *facts)
{
  take_string (&facts->virtio_win, ferry_host_data_find_virtio_win ("/"));
  facts->has_virtio_win = facts->virtio_win != NULL;
  facts->has_rhsrvany = ferry_host_data_has_rhsrvany ("/");
  facts->has_ovmf = ferry_host_data_has_ovmf ("/");
  facts->behind_seconds =
      ferry_host_data_get_behind ("/", g_get_real_time () / G_USEC_PER_SEC);
}

/**
 * ferry_host_facts_gather:
 * @host: this computer
 *
 * Returns: (transfer full): %NULL only when cancelled
 */
FerryHostFacts *
ferry_host_facts_gather (FerryHost *host, GCancellable *cancellable, GError **error)
{
  g_autoptr (FerryHostFacts) facts = ferry_host_facts_new ();
  g_autofree char *kernel = ferry_kernel_find ("/");

  look_around (facts);
  look_for_data (facts);
  facts->has_kernel = kernel != NULL;
  if (!ask_virt_v2v (facts, host, cancellable, error)
      || !ask_nbdkit (facts, host, cancellable, error)
      || !ferry_kvm_probe (host, kernel, &facts->kvm, cancellable, error))
    return NULL;

  return g_steal_pointer (&facts);
}
