/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-watch.h"

#include "ferry-json.h"
#include "ferryctl-bars.h"
#include "ferryctl-outcome.h"
#include "ferryctl-screen.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

/* One import that is watched. */
typedef struct
{
  char *id;
  FerryctlSnapshot *snapshot; /* (nullable): the last one seen */
  FerryctlSpoken spoken;
  gboolean has_ended;
} Watched;

typedef struct
{
  FerryctlWorker *worker;
  FerryctlWatchFlags flags;
  gboolean all; /* new imports are watched as well */
  GMainLoop *loop;
  GPtrArray *watched;
  FerryctlLook look;
  FerryctlScreen *screen;
  guint redraw_id;
  guint interrupts;
  guint n_asked; /* to cancel, and has not answered yet */
  gboolean leaving; /* once all have answered */
  gboolean is_there; /* the worker, as far as was noticed */
  gboolean revived; /* the worker was started again once */
  gboolean lost; /* nothing more can be heard */
  guint signals[2];
} Watch;

static void
watched_free (Watched *watched)
{
  g_free (watched->id);
  g_clear_pointer (&watched->snapshot, ferryctl_snapshot_free);
  g_free (watched);
}

static Watched *
find_watched (Watch *watch, const char *id)
{
  for (guint i = 0; i < watch->watched->len; i++)
    {
      Watched *watched = g_ptr_array_index (watch->watched, i);

      if (g_str_equal (watched->id, id))
        return watched;
    }

  return NULL;
}

static Watched *
add_watched (Watch *watch, const char *id)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->id = g_strdup (id);
  g_ptr_array_add (watch->watched, watched);
  return watched;
}

static gboolean
draws_bars (const Watch *watch)
{
  return watch->look.moves && (watch->flags & FERRYCTL_WATCH_JSON) == 0;
}

static void
draw (Watch *watch)
{
  g_autoptr (GPtrArray) snapshots = g_ptr_array_new ();
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < watch->watched->len; i++)
    {
      Watched *watched = g_ptr_array_index (watch->watched, i);

      if (watched->snapshot != NULL && !watched->has_ended)
        g_ptr_array_add (snapshots, watched->snapshot);
    }

  lines = ferryctl_bars_render (snapshots, &watch->look);
  text = ferryctl_screen_draw (watch->screen, (const char *const *) lines, watch->look.columns);
  g_print ("%s", text);
}

static gboolean
on_redraw (gpointer user_data)
{
  Watch *watch = user_data;

  watch->redraw_id = 0;
  draw (watch);
  return G_SOURCE_REMOVE;
}

/* Takes the bars away, so that something lasting can be written; they come back by themselves. */
static void
make_room (Watch *watch)
{
  g_autofree char *text = NULL;

  if (!draws_bars (watch))
    return;
  text = ferryctl_screen_clear (watch->screen, watch->look.columns);
  g_print ("%s", text);
  if (watch->redraw_id == 0)
    watch->redraw_id = g_idle_add (on_redraw, watch);
}

static gboolean
all_ended (const Watch *watch)
{
  for (guint i = 0; i < watch->watched->len; i++)
    {
      const Watched *watched = g_ptr_array_index (watch->watched, i);

      if (!watched->has_ended)
        return FALSE;
    }

  return TRUE;
}

static void
print_event (const FerryctlSnapshot *before, const FerryctlSnapshot *now)
{
  g_autoptr (JsonNode) node = ferryctl_snapshot_to_json (now);
  g_autofree char *text = NULL;
  gboolean is_new =
      before == NULL || before->state != now->state || before->cancelling != now->cancelling;

  json_object_set_string_member (json_node_get_object (node), "event",
                                 is_new ? "state" : "progress");
  text = ferry_json_to_text (node, FALSE);
  ferryctl_screen_write_raw (text);
}

static void
tell_end (Watch *watch, const FerryctlSnapshot *snapshot)
{
  g_autofree char *line = ferryctl_outcome_to_line (snapshot, &watch->look);

  make_room (watch);
  g_print ("%s\n", line);
}

static void
tell (Watch *watch, Watched *watched, const FerryctlSnapshot *now)
{
  gboolean ends = ferry_import_state_is_end (now->state);

  if (watch->flags & FERRYCTL_WATCH_JSON)
    {
      print_event (watched->snapshot, now);
    }
  else if (ends)
    {
      tell_end (watch, now);
    }
  else if (draws_bars (watch))
    {
      if (watch->redraw_id == 0)
        watch->redraw_id = g_idle_add (on_redraw, watch);
    }
  else
    {
      g_autofree char *line = ferryctl_bars_speak (&watched->spoken, now);

      if (line != NULL)
        g_print ("%s\n", line);
    }
}

static void
update_import (Watch *watch, FerryDBusImport1 *import)
{
  g_autoptr (FerryctlSnapshot) now = ferryctl_snapshot_new (import);
  Watched *watched = now->id != NULL ? find_watched (watch, now->id) : NULL;
  gboolean ends = ferry_import_state_is_end (now->state);

  if (watched == NULL && watch->all && !ends && now->id != NULL)
    watched = add_watched (watch, now->id);
  if (watched == NULL || watched->has_ended)
    return;

  tell (watch, watched, now);
  g_clear_pointer (&watched->snapshot, ferryctl_snapshot_free);
  watched->snapshot = g_steal_pointer (&now);
  watched->has_ended = ends;
  if (all_ended (watch))
    g_main_loop_quit (watch->loop);
}

static void
update_object (Watch *watch, GDBusObject *object)
{
  g_autoptr (FerryDBusImport1) import = ferry_dbus_object_get_import1 (FERRY_DBUS_OBJECT (object));

  if (import != NULL)
    update_import (watch, import);
}

static void
on_object_added (GDBusObjectManager *objects, GDBusObject *object, gpointer user_data)
{
  update_object (user_data, object);
}

static void
on_properties_changed (GDBusObjectManagerClient *client,
                       GDBusObjectProxy *object,
                       GDBusProxy *interface,
                       GVariant *changed,
                       const char *const *invalidated,
                       gpointer user_data)
{
  update_object (user_data, G_DBUS_OBJECT (object));
}

static void
give_up (Watch *watch, const GError *error)
{
  make_room (watch);
  ferryctl_give_up (FERRYCTL_UNREACHABLE, error);
  watch->lost = TRUE;
  g_main_loop_quit (watch->loop);
}

/* The worker was killed or has crashed. A new one reads the journal, and says what it found of the
 * imports that were under way. */
static gboolean
on_worker_gone (gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GError) error = NULL;

  if (watch->revived)
    {
      ferry_fail (&error, FERRY_ERROR_CONNECTION,
                  _("Ferry’s worker has stopped again. ‘ferryctl imports’ tells what became of "
                    "the "
                    "imports."));
      give_up (watch, error);
      return G_SOURCE_REMOVE;
    }

  make_room (watch);
  g_printerr ("%s\n", _("ferryctl: Ferry’s worker has stopped; it is being started again."));
  watch->revived = TRUE;
  if (!ferryctl_worker_activate (watch->worker, &error))
    give_up (watch, error);

  return G_SOURCE_REMOVE;
}

/* The property is notified more than once of the same owner. */
static void
on_owner_changed (GObject *client, GParamSpec *pspec, gpointer user_data)
{
  Watch *watch = user_data;
  gboolean was_there = watch->is_there;

  watch->is_there = ferryctl_worker_is_there (watch->worker);
  if (was_there && !watch->is_there && !watch->lost)
    g_idle_add (on_worker_gone, watch);
}

/* Only an import that has ended can be removed; when its end was not heard, then somebody else was
 * quicker to remove it. */
static void
on_object_removed (GDBusObjectManager *objects, GDBusObject *object, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (FerryDBusImport1) import = ferry_dbus_object_get_import1 (FERRY_DBUS_OBJECT (object));
  const char *id = import != NULL ? ferry_dbus_import1_get_id (import) : NULL;
  Watched *watched = id != NULL ? find_watched (watch, id) : NULL;

  if (watched == NULL || !ferryctl_worker_is_there (watch->worker))
    return;
  watched->has_ended = TRUE;
  if (all_ended (watch))
    g_main_loop_quit (watch->loop);
}

static void
on_closed (GDBusConnection *connection, gboolean remote, GError *cause, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  ferry_fail (&error, FERRY_ERROR_CONNECTION,
              _("The session bus has gone. What the worker does not finish, ‘ferryctl imports’ "
                "tells in a new session."));
  give_up (user_data, error);
}

/* What has ended in between refuses, and that is fine. */
static void
on_cancel_answered (GObject *import, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  ferry_dbus_import1_call_cancel_finish (FERRY_DBUS_IMPORT1 (import), result, NULL);
  watch->n_asked--;
  if (watch->leaving && watch->n_asked == 0)
    g_main_loop_quit (watch->loop);
}

static void
cancel_all (Watch *watch)
{
  for (guint i = 0; i < watch->watched->len; i++)
    {
      const Watched *watched = g_ptr_array_index (watch->watched, i);
      g_autoptr (FerryDBusImport1) import = ferryctl_worker_get (watch->worker, watched->id);

      if (import == NULL || watched->has_ended)
        continue;
      ferry_dbus_import1_call_cancel (import, NULL, on_cancel_answered, watch);
      watch->n_asked++;
    }
}

/* The worker asks the bus who wants to cancel: it could not when this process were gone before. */
static void
leave (Watch *watch)
{
  watch->leaving = TRUE;
  if (watch->n_asked == 0 || watch->interrupts > 2)
    g_main_loop_quit (watch->loop);
}

static gboolean
on_interrupt (gpointer user_data)
{
  Watch *watch = user_data;

  watch->interrupts++;
  make_room (watch);
  if ((watch->flags & FERRYCTL_WATCH_OWNS) == 0)
    {
      leave (watch);
    }
  else if (watch->interrupts == 1)
    {
      g_printerr ("%s\n", _("ferryctl: Cancelling, and undoing what was made. Press Ctrl+C again "
                            "to leave that to the worker."));
      cancel_all (watch);
    }
  else
    {
      g_printerr ("%s\n", _("ferryctl: The worker goes on cancelling by itself."));
      leave (watch);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
on_resize (gpointer user_data)
{
  Watch *watch = user_data;

  ferryctl_look_detect (&watch->look);
  if (draws_bars (watch))
    draw (watch);
  return G_SOURCE_CONTINUE;
}

static void
start_listening (Watch *watch)
{
  GDBusObjectManager *objects = ferryctl_worker_get_objects (watch->worker);

  g_signal_connect (objects, "object-added", G_CALLBACK (on_object_added), watch);
  g_signal_connect (objects, "object-removed", G_CALLBACK (on_object_removed), watch);
  g_signal_connect (objects, "interface-proxy-properties-changed",
                    G_CALLBACK (on_properties_changed), watch);
  g_signal_connect (objects, "notify::name-owner", G_CALLBACK (on_owner_changed), watch);
  g_signal_connect (ferryctl_worker_get_connection (watch->worker), "closed",
                    G_CALLBACK (on_closed), watch);
  watch->signals[0] = g_unix_signal_add (SIGINT, on_interrupt, watch);
  watch->signals[1] = g_unix_signal_add (SIGWINCH, on_resize, watch);
}

static void
stop_listening (Watch *watch)
{
  g_signal_handlers_disconnect_by_data (ferryctl_worker_get_objects (watch->worker), watch);
  g_signal_handlers_disconnect_by_data (ferryctl_worker_get_connection (watch->worker), watch);
  for (guint i = 0; i < G_N_ELEMENTS (watch->signals); i++)
    g_source_remove (watch->signals[i]);
  while (g_source_remove_by_user_data (watch))
    ;
}

static void
look_at_all (Watch *watch)
{
  g_autoptr (GPtrArray) imports = ferryctl_worker_list (watch->worker);

  for (guint i = 0; i < imports->len; i++)
    update_import (watch, g_ptr_array_index (imports, i));
}

static FerryctlExit
sum_up (Watch *watch)
{
  FerryctlExit worst = FERRYCTL_OK;
  g_autofree char *clear = NULL;

  if (draws_bars (watch))
    {
      clear = ferryctl_screen_clear (watch->screen, watch->look.columns);
      g_print ("%s", clear);
    }
  if (watch->lost)
    return FERRYCTL_UNREACHABLE;
  if (!all_ended (watch))
    return watch->flags & FERRYCTL_WATCH_OWNS ? FERRYCTL_CANCELLED : FERRYCTL_OK;

  for (guint i = 0; i < watch->watched->len; i++)
    {
      const Watched *watched = g_ptr_array_index (watch->watched, i);
      FerryctlExit outcome = FERRYCTL_FAILED;

      if (watched->snapshot != NULL)
        outcome = ferryctl_outcome_tell (watched->snapshot, watch->flags);
      if (outcome == FERRYCTL_FAILED || worst == FERRYCTL_OK)
        worst = outcome;
    }

  return worst;
}

/**
 * ferryctl_watch:
 * @ids: (nullable): which imports; NULL: all that run or wait
 *
 * Shows their progress until all of them have ended, then what became of them.
 */
FerryctlExit
ferryctl_watch (FerryctlWorker *worker, char *const *ids, FerryctlWatchFlags flags)
{
  Watch watch = { .worker = worker, .flags = flags, .all = ids == NULL, .is_there = TRUE };
  FerryctlExit exit_code;

  watch.loop = g_main_loop_new (NULL, FALSE);
  watch.watched = g_ptr_array_new_with_free_func ((GDestroyNotify) watched_free);
  watch.screen = ferryctl_screen_new ();
  ferryctl_look_detect (&watch.look);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    add_watched (&watch, ids[i]);

  start_listening (&watch);
  look_at_all (&watch);
  if (!all_ended (&watch))
    g_main_loop_run (watch.loop);
  stop_listening (&watch);
  exit_code = sum_up (&watch);

  ferryctl_screen_free (watch.screen);
  g_ptr_array_unref (watch.watched);
  g_main_loop_unref (watch.loop);
  return exit_code;
}
