/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-plan-commands.h"

#include "ferry-v2v-args.h"

#include <glib/gi18n-lib.h>

/* The pool that all disks of @guest go to; NULL: there are several */
static const char *
find_pool (const FerryPlan *plan, const FerryPlanGuest *guest)
{
  const char *pool = NULL;

  for (guint i = 0; i < guest->source->disks->len; i++)
    {
      const char *other = ferry_plan_get_storage (plan, guest, i);

      if (pool != NULL && g_strcmp0 (pool, other) != 0)
        return NULL;
      pool = other;
    }

  return pool != NULL ? pool : plan->destination.pool;
}

/* As the targets do it: virt-v2v knows one pool, so that several are links in a folder. */
static FerryOutput *
make_output (const FerryPlan *plan, const FerryPlanGuest *guest, const char *tmp_dir)
{
  const FerryPlanDestination *destination = &plan->destination;
  const char *pool = find_pool (plan, guest);

  switch (destination->kind)
    {
    case FERRY_DESTINATION_FOLDER:
      return ferry_output_new ("local", NULL, destination->path);
    case FERRY_DESTINATION_LIBVIRT:
      return pool != NULL || destination->pool == NULL
                 ? ferry_output_new ("libvirt", destination->uri, pool)
                 : ferry_output_new ("local", NULL, tmp_dir);
    }

  return NULL;
}

/* Who types the command reads its messages: the descriptor for them is there for Ferry only. */
static void
drop_machine_readable (char **argv)
{
  guint kept = 0;

  for (guint i = 0; argv[i] != NULL; i++)
    {
      if (g_str_has_prefix (argv[i], "--machine-readable"))
        g_free (argv[i]);
      else
        argv[kept++] = argv[i];
    }
  argv[kept] = NULL;
}

static void
append_command (GString *text,
                const FerryPlan *plan,
                const FerryPlanGuest *planned,
                const FerryHostFacts *host)
{
  g_autoptr (FerryPlanGuest) guest = ferry_plan_guest_dup_included (planned);
  g_autoptr (FerryOutput) output = make_output (plan, guest, host->tmp_dir);
  g_autofree char *input = g_strdup_printf ("%s.xml", guest->name);
  FerryV2vRun run = {
    .facts = host,
    .output = output,
    .guest = guest,
    .input = input,
    .work_dir = host->tmp_dir,
    .plan = plan,
  };
  g_auto (GStrv) argv = ferry_v2v_args (&run);
  g_auto (GStrv) environment = ferry_v2v_environment (&run);
  g_autofree char *command = NULL;

  drop_machine_readable (argv);
  command =
      ferry_v2v_command_to_text ((const char *const *) argv, (const char *const *) environment);

  g_string_append (text, command);
  if (!g_str_has_suffix (command, "\n"))
    g_string_append_c (text, '\n');
}

/* A comment that ends where the line does, whatever a name holds. */
static void
append_comment (GString *text, const char *comment)
{
  g_autofree char *line = g_strdup (comment);

  g_strdelimit (line, "\r\n", ' ');
  g_string_append_printf (text, "# %s\n", line);
}

static void
append_guest (GString *text,
              const FerryPlan *plan,
              const FerryPlanGuest *guest,
              const FerryHostFacts *host)
{
  g_autofree char *comment = NULL;

  if (!ferry_plan_guest_is_copied (guest))
    {
      append_command (text, plan, guest, host);
      return;
    }

  comment =
      g_strdup_printf (_("‘%s’ is made for KVM: Ferry copies its disks itself, without virt-v2v."),
                       guest->name);
  append_comment (text, comment);
}

static void
use_default (char **folder)
{
  if (*folder != NULL && **folder != '\0')
    return;

  g_free (*folder);
  *folder = g_strdup ("/var/tmp");
}

char *
ferry_plan_commands_to_text (const FerryPlan *plan, const FerryHostFacts *host)
{
  g_autoptr (FerryHostFacts) facts =
      host != NULL ? ferry_host_facts_copy (host) : ferry_host_facts_new ();
  GString *text = g_string_new (NULL);

  if (plan->guests->len == 0)
    return g_string_free (text, FALSE);

  append_comment (text, _("The whole import, with the plan saved as a file:"));
  g_string_append (text, "ferryctl import import.ferry-plan.json\n");
  append_comment (text, _("What it runs for each virtual machine:"));
  use_default (&facts->tmp_dir);
  use_default (&facts->cache_dir);
  for (guint i = 0; i < plan->guests->len; i++)
    append_guest (text, plan, ferry_plan_get_guest (plan, i), facts);

  return g_string_free (text, FALSE);
}
