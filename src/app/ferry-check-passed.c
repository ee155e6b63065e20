/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

/* What is looked at of each guest; a finding whose id begins with one of the prefixes is about it. */
static const struct
{
  const char *title;
  const char *prefixes[4];
} subjects[] = {
  /* Translators: each of these stands after "Passed:", between commas */
  { N_ ("name"), { "guest.name-", "guest.no-name" } },
  { N_ ("power state"), { "guest.running", "guest.shut" } },
  { N_ ("memory and CPUs"), { "guest.no-memory", "guest.no-vcpus", "domain.", "ovf." } },
  { N_ ("disks"), { "disk." } },
  { N_ ("network adapters"), { "nic.", "destination.no-network", "destination.no-bridge" } },
  { N_ ("snapshots"), { "guest.snapshots" } },
  { N_ ("firmware"), { "guest.firmware", "guest.secure-boot", "guest.tpm" } },
};

static gboolean
is_found (const GPtrArray *checks, const char *const *prefixes, guint n)
{
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    for (guint p = 0; p < n && prefixes[p] != NULL; p++)
      if (g_str_has_prefix (((const FerryCheck *) g_ptr_array_index (checks, i))->id, prefixes[p]))
        return TRUE;

  return FALSE;
}

char *
ferry_text_passed (const GPtrArray *checks)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) passed = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (!is_found (checks, subjects[i].prefixes, G_N_ELEMENTS (subjects[i].prefixes)))
      g_strv_builder_add (builder, _ (subjects[i].title));
  passed = g_strv_builder_end (builder);
  if (passed[0] == NULL)
    return NULL;

  list = g_strjoinv (", ", passed);

  /* Translators: a list of what was checked without a finding: "name, disks" */
  return g_strdup_printf (_("Passed: %s"), list);
}
