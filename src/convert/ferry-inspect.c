/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-inspect.h"

#include "ferry-advice.h"
#include "ferry-endpoint.h"
#include "ferry-input-overlay.h"
#include "ferry-inspect-leftovers.h"
#include "ferry-keys.h"
#include "ferry-paths.h"
#include "ferry-serve.h"
#include "ferry-v2v-args.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HELPER "ferry-guestfs-helper"

/* More than any answer: a name for each of a few systems. */
#define ANSWER_MAX ((gsize) 1024 * 1024)

/* One look into one guest; lives on the stack. */
typedef struct
{
  const FerryPlan *plan;
  const FerryGuest *guest;
  const FerryPlanGuest *planned; /* (nullable) */
  const FerryMonitor *monitor;
  GCancellable *cancellable;

  FerryHost *host;
  FerrySource *source;
  FerryHostFacts *facts;
  char *id; /* as an import's: names folder and processes */
  char *work_dir;
  GString *answer;
} Look;

static void
look_clear (Look *look)
{
  g_clear_object (&look->host);
  g_clear_object (&look->source);
  g_clear_pointer (&look->facts, ferry_host_facts_free);
  g_free (look->id);
  g_free (look->work_dir);
  g_string_free (look->answer, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
check_guest (const Look *look, GError **error)
{
  if (look->guest->hypervisor == FERRY_HYPERVISOR_KVM)
    return ferry_fail (error, FERRY_ERROR_UNSUPPORTED,
                       _ ("The disks of ‘%s’ are copied as they are: nothing has to be known of "
                          "what is in them."),
                       look->guest->name);
  if (look->guest->disks->len == 0)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND, _ ("‘%s’ has no disks to look into."),
                       look->guest->name);

  return TRUE;
}

static gboolean
open_endpoints (Look *look, GError **error)
{
  look->host = ferry_endpoint_open_host (look->plan, error);
  if (look->host == NULL)
    return FALSE;
  ferry_inspect_clear_leftovers (look->host);
  look->source = ferry_endpoint_open_source (look->plan, error);
  if (look->source == NULL)
    return FALSE;
  look->facts = ferry_host_inspect (look->host, look->cancellable, error);

  return look->facts != NULL;
}

static char **
make_overlays (Look *look, const GPtrArray *locations, GError **error)
{
  g_autoptr (GStrvBuilder) overlays = g_strv_builder_new ();

  for (guint i = 0; i < locations->len; i++)
    {
      const FerryInputDisk disk = { i, g_ptr_array_index (locations, i), look->work_dir, look->id };
      g_autofree char *overlay =
          ferry_input_make_overlay (look->host, &disk, look->cancellable, error);

      if (overlay == NULL)
        return NULL;
      g_strv_builder_add (overlays, overlay);
    }

  return g_strv_builder_end (overlays);
}

/* Disks that stay behind are not there for virt-v2v, either: the others' names depend on it. */
static char **
prepare_disks (Look *look, GError **error)
{
  g_autoptr (FerryGuest) wanted = look->planned != NULL
                                      ? ferry_plan_guest_dup_source (look->planned)
                                      : ferry_guest_copy (look->guest);
  g_autoptr (GPtrArray) locations = NULL;

  look->work_dir = ferry_host_make_work_dir (look->host, look->id, error);
  if (look->work_dir == NULL)
    return NULL;
  locations = ferry_source_prepare (look->source, wanted, look->work_dir, look->monitor,
                                    look->cancellable, error);

  return locations != NULL ? make_overlays (look, locations, error) : NULL;
}

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Look *look = user_data;

  if (stream == FERRY_STREAM_STDOUT)
    g_string_append_len (look->answer, bytes,
                         (gssize) MIN (length, ANSWER_MAX - look->answer->len));
}

static void
on_tick (gpointer user_data)
{
  Look *look = user_data;

  ferry_monitor_part (look->monitor, 0, 0);
}

static char **
make_argv (char *const *overlays)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_autofree char *helper = ferry_paths_dup_libexec (HELPER);

  g_strv_builder_add (argv, helper);
  g_strv_builder_addv (argv, (const char **) overlays);

  return g_strv_builder_end (argv);
}

static gboolean
run_helper (Look *look, char *const *overlays, GError **error)
{
  FerryV2vRun call = { .facts = look->facts, .work_dir = look->work_dir };
  g_auto (GStrv) argv = make_argv (overlays);
  g_auto (GStrv) environment = ferry_v2v_environment (&call);
  char *keys = ferry_keys_to_lines (look->plan, look->planned);
  int status = 0;
  FerryCommand command = {
    .argv = (const char *const *) argv,
    .environment = (const char *const *) environment,
    .marker = look->id,
    .input = keys,
    .on_data = on_data,
    .on_tick = on_tick,
    .user_data = look,
  };
  gboolean ran = ferry_host_run (look->host, &command, &status, look->cancellable, error);

  explicit_bzero (keys, strlen (keys));
  g_free (keys);
  if (ran && status != 0)
    return ferry_fail (error, FERRY_ERROR_CONVERSION,
                       _ ("The program that looks into disks ended early (exit status %d)."),
                       status);

  return ran;
}

/* Why a disk went away, its server knows better than libguestfs. */
static void
explain (const Look *look, GError **error)
{
  g_autofree char *said = NULL;
  FerryAdvice advice;

  if (error == NULL || *error == NULL || (*error)->domain != FERRY_ERROR ||
      (*error)->code != FERRY_ERROR_CONVERSION)
    return;
  said = ferry_serve_read_logs (look->work_dir, look->guest->disks->len);
  if (ferry_advice_find (said, &advice) || ferry_advice_find ((*error)->message, &advice))
    {
      g_clear_error (error);
      ferry_fail (error, advice.code, _ ("The disks of ‘%s’ cannot be looked into. %s %s"),
                  look->guest->name, advice.heading, advice.advice);
    }
}

static FerryInspection *
look_into (Look *look, GError **error)
{
  g_auto (GStrv) overlays = NULL;
  FerryInspection *inspection = NULL;

  if (!check_guest (look, error) || !open_endpoints (look, error))
    return NULL;
  overlays = prepare_disks (look, error);
  if (overlays == NULL)
    return NULL;
  if (run_helper (look, overlays, error))
    inspection = ferry_inspect_parse (look->answer->str, error);
  if (inspection == NULL)
    explain (look, error);

  return inspection;
}

/* In any case, also when it was cancelled. */
static gboolean
clean_up (Look *look, GError **error)
{
  g_autofree char *serve_marker = ferry_serve_dup_marker (look->id);

  if (look->work_dir == NULL)
    return TRUE;

  return ferry_host_end_marked (look->host, look->id, error) &&
         ferry_host_end_marked (look->host, serve_marker, error) &&
         ferry_host_remove_work_dir (look->host, look->work_dir, error);
}

FerryInspection *
ferry_inspect_guest (const FerryPlan *plan,
                     const FerryGuest *guest,
                     const FerryMonitor *monitor,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (Look) look = {
    .plan = plan,
    .guest = guest,
    .planned = ferry_plan_find_guest (plan, guest->id),
    .monitor = monitor,
    .cancellable = cancellable,
    .id = ferry_inspect_make_id (),
    .answer = g_string_new (NULL),
  };
  g_autoptr (GError) problem = NULL;
  g_autoptr (FerryInspection) inspection = look_into (&look, &problem);

  if (!clean_up (&look, problem == NULL ? &problem : NULL))
    g_clear_pointer (&inspection, ferry_inspection_free);
  if (inspection == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return g_steal_pointer (&inspection);
}
