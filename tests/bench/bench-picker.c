/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * bench-picker: the page Virtual Machines with 10,000 of them, in a window: how long until what was
 * done is on the screen; one figure a line, "fill S", "filter S" and "move S". Run by tests/session. */
#include "config.h"

#include "ferry-guest-pane.h"
#include "ferry-guests-page.h"

#include <stdio.h>

#define N_GUESTS 10000

typedef struct
{
  GtkWindow *window;
  FerryPage *page;
} Picker;

static GPtrArray *
make_guests (void)
{
  static const char *const systems[] = { "Debian 12", "Rocky Linux 9", "Windows Server 2022" };
  GPtrArray *guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);

  for (guint i = 0; i < N_GUESTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("vm-%u", i);
      g_autofree char *name =
          g_strdup_printf ("%s-%u", i % 3 == 0 ? "web" : "db", i * 7919 % 10007);
      FerryGuest *guest = ferry_guest_new (id, name);

      guest->os = g_strdup (systems[i % G_N_ELEMENTS (systems)]);
      guest->power = i % 2 == 0 ? FERRY_POWER_OFF : FERRY_POWER_RUNNING;
      guest->place = g_strdup_printf ("DC0/Cluster %u/esx-%02u.example.com", i % 4, i % 40);
      g_ptr_array_add (guests, guest);
    }

  return guests;
}

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* A frame that was asked for in the middle of another one may be forgotten. */
static gboolean
on_nothing_painted (gpointer user_data)
{
  gtk_widget_queue_draw (user_data);

  return G_SOURCE_CONTINUE;
}

static void
wait_for_frame (Picker *picker)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (picker->window));
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &painted);

  guint again = g_timeout_add (250, on_nothing_painted, picker->window);

  gtk_widget_queue_draw (GTK_WIDGET (picker->window));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (again);
  g_signal_handler_disconnect (clock, handler);
}

/* Until nothing is left to be drawn. */
static void
settle (Picker *picker)
{
  for (guint i = 0; i < 5; i++)
    wait_for_frame (picker);
}

static gpointer
get_part (gpointer widget, const char *name)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
}

static void
fill (Picker *picker)
{
  ferry_page_enter (picker->page);
}

static void
filter (Picker *picker)
{
  gtk_editable_set_text (get_part (get_part (picker->page, "source_pane"), "search"), "web-1");
}

static void
move (Picker *picker)
{
  GtkSelectionModel *selection = get_part (get_part (picker->page, "source_pane"), "selection");

  gtk_selection_model_select_range (selection, 0, N_GUESTS / 2, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (picker->page), "guests.add", NULL);
}

static void
measure (Picker *picker, const char *name, void (*act) (Picker *picker))
{
  gint64 before_usec;

  settle (picker);
  before_usec = g_get_monotonic_time ();
  act (picker);
  wait_for_frame (picker);
  printf ("%s %.6f\n", name, (double) (g_get_monotonic_time () - before_usec) / G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  static const FerryBackend backend = { 0 };
  g_autoptr (FerryDraft) draft = ferry_draft_new (&backend);
  Picker picker = { 0 };

  gtk_init ();
  adw_init ();
  picker.page = g_object_new (FERRY_TYPE_GUESTS_PAGE, "draft", draft, NULL);
  picker.window = g_object_new (ADW_TYPE_WINDOW, "content", picker.page, "default-width", 1000,
                                "default-height", 720, NULL);
  gtk_window_present (picker.window);
  settle (&picker);

  ferry_draft_take_guests (draft, make_guests ());
  measure (&picker, "fill", fill);
  measure (&picker, "filter", filter);
  gtk_editable_set_text (get_part (get_part (picker.page, "source_pane"), "search"), "");
  measure (&picker, "move", move);
  if (g_list_model_get_n_items (G_LIST_MODEL (
          ferry_guest_pane_get_store (get_part (picker.page, "chosen_pane")))) < N_GUESTS / 2)
    g_error ("they did not move");
  gtk_window_destroy (picker.window);

  return 0;
}
