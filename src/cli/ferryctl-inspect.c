/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-inspect.h"

#include "ferry-inspect.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

/* What would end ferryctl at once, and leave an appliance and its files behind. */
static const int ending_signals[] = { SIGINT, SIGTERM, SIGHUP };
static volatile sig_atomic_t wants_end = 0;

static void
on_signal (int number)
{
  wants_end = 1;
}

static void
catch_signals (struct sigaction *before)
{
  const struct sigaction caught = { .sa_handler = on_signal };

  wants_end = 0;
  for (guint i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    sigaction (ending_signals[i], &caught, &before[i]);
}

static void
restore_signals (const struct sigaction *before)
{
  for (guint i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    sigaction (ending_signals[i], &before[i], NULL);
}

static void
on_part (guint64 done, guint64 total, gpointer user_data)
{
  if (wants_end)
    g_cancellable_cancel (user_data);
}

gboolean
ferryctl_inspect_guest (const FerryPlan *plan, FerryGuest *guest, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const FerryMonitor monitor = { on_part, cancellable };
  g_autofree char *name = ferryctl_text_clean (guest->name);
  struct sigaction before[G_N_ELEMENTS (ending_signals)];
  FerryInspection *inspection;

  if (isatty (STDERR_FILENO) != 0)
    g_printerr (_ ("Looking into the disks of %s…\n"), name);
  catch_signals (before);
  inspection = ferry_inspect_guest (plan, guest, &monitor, cancellable, error);
  restore_signals (before);
  if (inspection == NULL)
    return FALSE;
  ferry_inspection_free (guest->inside);
  guest->inside = inspection;

  return TRUE;
}

gboolean
ferryctl_inspect_plan (FerryPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (!ferry_plan_guest_is_copied (guest) && ferry_plan_guest_count_included (guest) > 0 &&
          !ferryctl_inspect_guest (plan, guest->source, error))
        return FALSE;
    }

  return TRUE;
}

FerryctlExit
ferryctl_inspect_give_up (const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  return ferryctl_give_up (cancelled ? FERRYCTL_CANCELLED : FERRYCTL_UNREACHABLE, error);
}

static void
append_root (GString *text, const FerryRoot *root)
{
  g_autofree char *device = ferryctl_text_clean (root->device);
  g_autofree char *name =
      ferryctl_text_clean (root->name != NULL ? root->name : _ ("unknown system"));

  g_string_append_printf (text, "%s: %s", device, name);
  if (root->arch != NULL)
    g_string_append_printf (text, ", %s", root->arch);
  if (root->free_bytes >= 0)
    {
      g_autofree char *size = g_format_size ((guint64) root->free_bytes);

      /* Translators: after the name of an operating system: room in its file system */
      g_string_append_printf (text, _ (", %s free"), size);
    }
  if (root->hibernated)
    g_string_append (text, _ (", hibernated"));
  g_string_append_c (text, '\n');
}

char *
ferryctl_inspect_to_text (const FerryInspection *inspection)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (inspection == NULL)
    return g_strdup ("");
  for (guint i = 0; i < inspection->roots->len; i++)
    append_root (text, ferry_inspection_get_root (inspection, i));
  for (guint i = 0; inspection->encrypted[i] != NULL; i++)
    {
      g_autofree char *device = ferryctl_text_clean (inspection->encrypted[i]);

      g_string_append_printf (text, _ ("%s: encrypted, and no key opens it\n"), device);
    }
  if (text->len == 0)
    g_string_append (text, _ ("No operating system was found.\n"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
