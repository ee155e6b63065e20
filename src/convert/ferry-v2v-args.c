/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-v2v-args.h"

#include "ferry-address.h"
#include "ferry-host.h"
#include "ferry-reshape.h"

#include <string.h>

static void
add (GPtrArray *args, const char *arg)
{
  g_ptr_array_add (args, g_strdup (arg));
}

static void
add_option (GPtrArray *args, const char *option, const char *value)
{
  if (value == NULL)
    return;

  add (args, option);
  add (args, value);
}

/* virt-v2v 2.8 renamed -o local to -o disk. Both keep working there, but which one is to stay says
 * the list of words, not the version. */
static const char *
get_mode (const FerryV2vRun *run)
{
  const char *mode = run->output->mode;

  if (strcmp (mode, "local") == 0 && ferry_host_facts_has_word (run->facts, "output:disk")
      && !ferry_host_facts_has_word (run->facts, "output:local"))
    return "disk";

  return mode;
}

/* "ask" instead of "single": with nobody at its standard input it fails just like that when there
 * are several operating systems, but lists them first; with one there is nothing to ask. */
static const char *
get_root (const FerryV2vRun *run)
{
  const char *root = run->guest->root;

  return root == NULL || strcmp (root, "single") == 0 ? "ask" : root;
}

/* What a virt-v2v does not know it would end at; the checks have told of it. */
static void
add_block_driver (GPtrArray *args, const FerryV2vRun *run)
{
  if (run->plan != NULL && ferry_host_facts_has_word (run->facts, "block-driver-option"))
    add_option (args, "--block-driver", run->plan->block_driver);
}

static void
add_addresses (GPtrArray *args, const FerryV2vRun *run)
{
  guint n_nics = run->guest->nics->len;

  if (!ferry_host_facts_has_word (run->facts, "mac-ip-option"))
    return;
  for (guint i = 0; i < n_nics; i++)
    {
      g_autofree char *value = ferry_address_dup_value (run->guest, i);

      add_option (args, "--mac", value);
    }
}

/**
 * ferry_v2v_args:
 *
 * Returns: (transfer full): how virt-v2v is to be called, for ferry_host_run(); it needs
 *   with_messages and no input
 */
char **
ferry_v2v_args (const FerryV2vRun *run)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();

  add (args, "virt-v2v");
  add (args, "--machine-readable=fd:" FERRY_MESSAGES_FD_TEXT);
  add_option (args, "--root", get_root (run));
  add_option (args, "-i", "libvirtxml");
  add_option (args, "-o", get_mode (run));
  add_option (args, "-oc", run->output->connection);
  add_option (args, "-os", run->output->storage);
  add_option (args, "-of", ferry_format_to_word (ferry_reshape_get_format (run->guest)));
  add_option (args, "-oa", ferry_allocation_to_word (ferry_reshape_get_allocation (run->guest)));
  add_option (args, "-on", run->guest->name);
  add_block_driver (args, run);
  add_addresses (args, run);
  for (guint i = 0; run->keys != NULL && run->keys[i] != NULL; i++)
    add_option (args, "--key", run->keys[i]);
  add (args, run->input);
  g_ptr_array_add (args, NULL);

  return (char **) g_ptr_array_steal (args, NULL);
}

/**
 * ferry_v2v_environment:
 *
 * The appliance without libvirt, and without KVM where that does not work: libguestfs would wait
 * for ever for a kernel that hangs. What is temporary goes into the import's own folder, the
 * appliance (some 370 MB) stays in the one that all imports share. VirtIO drivers for Windows where
 * the plan says, else where virt-v2v itself finds some.
 *
 * Returns: (transfer full): for FerryCommand.environment
 */
char **
ferry_v2v_environment (const FerryV2vRun *run)
{
  char **environment = NULL;

  environment = g_environ_setenv (environment, "LIBGUESTFS_BACKEND", "direct", TRUE);
  if (run->facts->kvm != FERRY_KVM_WORKS)
    environment =
      g_environ_setenv (environment, "LIBGUESTFS_BACKEND_SETTINGS", "force_tcg", TRUE);
  environment = g_environ_setenv (environment, "TMPDIR", run->work_dir, TRUE);
  environment = g_environ_setenv (environment, "VIRT_V2V_TMPDIR", run->work_dir, TRUE);
  environment = g_environ_setenv (environment, "LIBGUESTFS_CACHEDIR", run->facts->cache_dir, TRUE);
  if (run->plan != NULL && run->plan->drivers != NULL)
    environment = g_environ_setenv (environment, "VIRTIO_WIN", run->plan->drivers, TRUE);

  return environment;
}

static gboolean
is_plain (const char *word)
{
  return word[0] != '\0'
         && strspn (word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_=/.,:+@%") == strlen (word);
}

static void
append_quoted (GString *text, const char *word)
{
  g_autofree char *quoted = is_plain (word) ? g_strdup (word) : g_shell_quote (word);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, quoted);
}

/* NAME='value', not 'NAME=value', which a shell would take for a command. */
static void
append_assignment (GString *text, const char *entry)
{
  const char *value = strchr (entry, '=');
  g_autofree char *quoted = NULL;

  if (value == NULL)
    return;

  value++;
  quoted = is_plain (value) || value[0] == '\0' ? g_strdup (value) : g_shell_quote (value);
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_len (text, entry, value - entry);
  g_string_append (text, quoted);
}

/**
 * ferry_v2v_command_to_text:
 * @environment: (nullable): what differs from the usual
 *
 * Returns: (transfer full): the command as it can be given to a shell, on one line
 */
char *
ferry_v2v_command_to_text (const char *const *argv, const char *const *environment)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; environment != NULL && environment[i] != NULL; i++)
    append_assignment (text, environment[i]);
  for (guint i = 0; argv[i] != NULL; i++)
    append_quoted (text, argv[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
