/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers
 *
 * bench-settings: the page Settings with a plan of 500 guests, in a window: how long until what was
 * done is on the screen, with the checks that follow from it; one figure a line, "NAME S". Run by
 * tests/session. */
#include "config.h"

#include "ferry-review-page.h"
#include "ferry-settings-page.h"

#include <stdio.h>

#define N_GUESTS 500

typedef struct
{
  GtkWindow *window;
  FerryDraft *draft;
  FerryPage *page;
} Settings;

static void
add_parts (FerryGuest *guest, guint number)
{
  static const char *const networks[] = { "VM Network", "Backup", "DMZ", "Management" };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("Hard disk %u", i + 1);
      FerryDisk *disk = ferry_disk_new (name);

      disk->file = g_strdup_printf ("[datastore%u] %s/%u.vmdk", number % 5, guest->name, i);
      disk->storage = g_strdup_printf ("datastore%u", number % 5);
      disk->format = g_strdup ("vmdk");
      disk->capacity_bytes = 40 * G_GUINT64_CONSTANT (1000000000);
      disk->used_bytes = 10 * G_GINT64_CONSTANT (1000000000);
      g_ptr_array_add (guest->disks, disk);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("Network adapter %u", i + 1);
      FerryNic *nic = ferry_nic_new (name);

      nic->mac = g_strdup_printf ("00:50:56:%02x:%02x:%02x", number / 256, number % 256, i);
      nic->network = g_strdup (networks[(number + i) % G_N_ELEMENTS (networks)]);
      nic->model = g_strdup ("vmxnet3");
      g_ptr_array_add (guest->nics, nic);
    }
}

static FerryPlan *
make_plan (void)
{
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "images");
  for (guint i = 0; i < N_GUESTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("vm-%u", i);
      g_autofree char *name = g_strdup_printf ("%s-%u", i % 3 == 0 ? "web" : "db", i);
      g_autoptr (FerryGuest) guest = ferry_guest_new (id, name);

      guest->os = g_strdup (i % 2 == 0 ? "Debian 12" : "Windows Server 2022");
      guest->power = i % 4 == 0 ? FERRY_POWER_RUNNING : FERRY_POWER_OFF;
      guest->memory_bytes = 4 * G_GUINT64_CONSTANT (1073741824);
      guest->vcpus = 2;
      guest->n_snapshots = i % 5 == 0 ? 2 : 0;
      add_parts (guest, i);
      ferry_plan_add_guest (plan, guest);
    }

  return plan;
}

static FerryDestinationFacts *
make_destination (void)
{
  FerryDestinationFacts *facts = ferry_destination_facts_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup ("images") : g_strdup_printf ("pool%u", i);
      FerryStorage *storage = ferry_storage_new (name, "dir");

      storage->usable = TRUE;
      storage->free_bytes = storage->total_bytes = 90000 * G_GUINT64_CONSTANT (1000000000);
      g_ptr_array_add (facts->storages, storage);
    }
  g_strfreev (facts->networks);
  facts->networks = g_strsplit ("default prod-120 prod-130", " ", 0);

  return facts;
}

static FerryHostFacts *
make_host (void)
{
  FerryHostFacts *facts = ferry_host_facts_new ();

  g_free (facts->virt_v2v_version);
  facts->virt_v2v_version = g_strdup ("2.2.0");
  facts->has_nbdkit = facts->has_nbdcopy = facts->has_qemu_img = facts->has_kernel = TRUE;
  facts->tmp_free_bytes = facts->cache_free_bytes = 800 * G_GUINT64_CONSTANT (1000000000);

  return facts;
}

static FerryDestinationFacts *
inspect_destination (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  return make_destination ();
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
wait_for_frame (Settings *settings)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (settings->window));
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &painted);
  guint again = g_timeout_add (250, on_nothing_painted, settings->window);

  gtk_widget_queue_draw (GTK_WIDGET (settings->window));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (again);
  g_signal_handler_disconnect (clock, handler);
}

/* Until nothing is left to be drawn. */
static void
settle (Settings *settings)
{
  for (guint i = 0; i < 5; i++)
    wait_for_frame (settings);
}

static gboolean
on_idle (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* The draft tells of a change when nothing more urgent is left to do. */
static void
wait_for_change (void)
{
  gboolean idle = FALSE;

  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE + 1, on_idle, &idle, NULL);
  while (!idle)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
get_part (gpointer widget, const char *name)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
}

static GtkSelectionModel *
get_selection (Settings *settings)
{
  return get_part (get_part (settings->page, "sidebar"), "selection");
}

static void
enter (Settings *settings)
{
  ferry_page_enter (settings->page);
}

static void
search (Settings *settings)
{
  gtk_editable_set_text (get_part (get_part (settings->page, "sidebar"), "search"), "web-1");
}

static void
filter (Settings *settings)
{
  gtk_drop_down_set_selected (get_part (get_part (settings->page, "sidebar"), "filter_choice"), 1);
}

static void
choose_one (Settings *settings)
{
  gtk_selection_model_select_item (get_selection (settings), N_GUESTS / 2, TRUE);
}

static void
choose_all (Settings *settings)
{
  gtk_selection_model_select_all (get_selection (settings));
}

/* Every NIC on the first source network of all that are selected. */
static void
set_network (Settings *settings)
{
  GtkWidget *group =
      gtk_widget_get_first_child (get_part (get_part (settings->page, "bulk"), "networks_box"));

  adw_combo_row_set_selected (get_part (group, "combo"), 2);
}

static void
set_format (Settings *settings)
{
  adw_combo_row_set_selected (get_part (get_part (settings->page, "bulk"), "format_row"), 2);
}

static void
undo (Settings *settings)
{
  gtk_widget_activate_action (GTK_WIDGET (settings->page), "settings.undo", NULL);
}

static void
rename_one (Settings *settings)
{
  gtk_editable_set_text (get_part (get_part (settings->page, "general"), "name_row"), "renamed");
}

static void
check_again (Settings *settings)
{
  ferry_draft_touch (settings->draft);
}

static void
measure (Settings *settings, const char *name, void (*act) (Settings *settings))
{
  gint64 before_usec;

  settle (settings);
  before_usec = g_get_monotonic_time ();
  act (settings);
  wait_for_change ();
  wait_for_frame (settings);
  printf ("%s %.6f\n", name, (double) (g_get_monotonic_time () - before_usec) / G_USEC_PER_SEC);
  fflush (stdout);
}

static void
show (Settings *settings, FerryPage *page)
{
  settings->page = page;
  adw_window_set_content (ADW_WINDOW (settings->window), GTK_WIDGET (page));
}

static void
measure_settings (Settings *settings, FerryVerifier *verifier)
{
  const FerryPlan *plan = ferry_draft_get_plan (settings->draft);

  show (settings, g_object_new (FERRY_TYPE_SETTINGS_PAGE, "draft", settings->draft, NULL));
  ferry_settings_page_set_verifier (FERRY_SETTINGS_PAGE (settings->page), verifier);
  ferry_draft_touch (settings->draft);
  measure (settings, "open", enter);
  measure (settings, "select", choose_one);
  measure (settings, "rename", rename_one);
  measure (settings, "check", check_again);
  measure (settings, "search", search);
  gtk_editable_set_text (get_part (get_part (settings->page, "sidebar"), "search"), "");
  measure (settings, "filter", filter);
  gtk_drop_down_set_selected (get_part (get_part (settings->page, "sidebar"), "filter_choice"), 0);
  measure (settings, "select-all", choose_all);
  measure (settings, "network", set_network);
  measure (settings, "format", set_format);
  if (ferry_plan_get_guest (plan, N_GUESTS - 1)->format != FERRY_FORMAT_RAW)
    g_error ("they were not changed");
  measure (settings, "undo", undo);
  if (ferry_plan_get_guest (plan, N_GUESTS - 1)->format == FERRY_FORMAT_RAW)
    g_error ("that was not undone");
}

int
main (int argc, char **argv)
{
  static const FerryBackend backend = { .inspect_destination = inspect_destination };
  g_autoptr (FerryDraft) draft = ferry_draft_new (&backend);
  g_autoptr (FerryVerifier) verifier = ferry_verifier_new (draft);
  Settings settings = { .draft = draft };

  gtk_init ();
  adw_init ();
  settings.window =
      g_object_new (ADW_TYPE_WINDOW, "default-width", 1000, "default-height", 720, NULL);
  gtk_window_present (settings.window);
  settle (&settings);
  ferry_draft_take_plan (draft, make_plan ());
  ferry_draft_take_destination (draft, make_destination ());
  ferry_draft_take_host (draft, make_host ());
  measure_settings (&settings, verifier);

  show (&settings, g_object_new (FERRY_TYPE_REVIEW_PAGE, "draft", draft, NULL));
  ferry_review_page_set_verifier (FERRY_REVIEW_PAGE (settings.page), verifier);
  measure (&settings, "review", enter);
  gtk_window_destroy (settings.window);

  return 0;
}
