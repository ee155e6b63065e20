/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-source-vsphere.h"
#include "ferry-vsphere.h"

#include <stdio.h>

/* bench-vsphere HOST:PORT USER PASSWORD: accepts the certificate of a server of the tests (into
 * FERRY_CONFIG_DIR), then prints how long it takes to log in, and to list everything: the best of
 * some, since noise only adds. */

#define ROUNDS 5

static G_NORETURN void
fail (const GError *error)
{
  fprintf (stderr, "bench-vsphere: %s\n", error->message);
  exit (1);
}

static void
trust (FerrySource *source)
{
  g_autoptr (FerryTrustQuestion) question = NULL;
  GError *error = NULL;

  if (!ferry_source_examine (source, &question, NULL, &error) ||
      (question != NULL && !ferry_trust_accept (question, &error)))
    fail (error);
}

static double
get_seconds_since (gint64 began_usec)
{
  return (double) (g_get_monotonic_time () - began_usec) / G_USEC_PER_SEC;
}

static double
time_login (const FerryPlanSource *settings)
{
  gint64 began_usec = g_get_monotonic_time ();
  GError *error = NULL;
  FerryVsphere *server = ferry_vsphere_open (settings, NULL, &error);
  double seconds = get_seconds_since (began_usec);

  if (server == NULL)
    fail (error);
  ferry_vsphere_close (server);

  return seconds;
}

static double
time_list (const FerryPlanSource *settings, guint *out_guests)
{
  g_autoptr (FerrySource) source = ferry_source_vsphere_new (settings);
  gint64 began_usec = g_get_monotonic_time ();
  GError *error = NULL;
  g_autoptr (GPtrArray) guests = ferry_source_list (source, NULL, &error);

  if (guests == NULL)
    fail (error);
  *out_guests = guests->len;

  return get_seconds_since (began_usec);
}

int
main (int argc, char **argv)
{
  g_autoptr (FerryPlanSource) settings = ferry_plan_source_new (FERRY_SOURCE_VSPHERE);
  g_autoptr (FerrySource) source = NULL;
  double login = G_MAXDOUBLE, list = G_MAXDOUBLE;
  guint n_guests = 0;

  if (argc != 4)
    return 2;
  ferry_plan_source_set (&settings->host, argv[1]);
  ferry_plan_source_set (&settings->user, argv[2]);
  ferry_plan_source_set_password (&settings->password, argv[3]);
  source = ferry_source_vsphere_new (settings);
  trust (source);
  for (guint i = 0; i < ROUNDS; i++)
    {
      login = MIN (login, time_login (settings));
      list = MIN (list, time_list (settings, &n_guests));
    }
  printf ("login %f\nlist %f\nguests %u\n", login, list, n_guests);

  return 0;
}
