/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "page-test.h"

#include "fake-backend.h"
#include "ui-test.h"

static FerryPlan *
make_plan (void)
{
  static const struct
  {
    const char *name;
    const char *os;
    guint64 gigabytes;
    const char *network;
  } guests[] = {
    { "db-prod-01", "Rocky Linux 8", 340, "Backup" }, { "erp-app", "Debian 12", 118, "VM Network" },
    { "mail", "Debian 12", 250, "VM Network" },       { "web-01", "Ubuntu 22.04", 41, "DMZ" },
    { "web-02", "Ubuntu 22.04", 41, "DMZ" },
  };
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, "/many");
  ferry_plan_set_libvirt_destination (plan, "qemu:///system", "vm-data-01");
  for (guint i = 0; i < G_N_ELEMENTS (guests); i++)
    {
      g_autoptr (FerryGuest) guest =
          fake_backend_new_guest (guests[i].name, guests[i].os, 8, guests[i].gigabytes,
                                  guests[i].network);

      guest->power = i == 4 ? FERRY_POWER_RUNNING : FERRY_POWER_OFF;
      ferry_plan_add_guest (plan, guest);
    }

  return plan;
}

void
page_test_init (PageTest *test)
{
  const FerryBackend *backend = fake_backend_get ();
  FerryPlan *plan = make_plan ();

  *test = (PageTest){ 0 };
  test->draft = ferry_draft_new (backend);
  ferry_draft_take_host (test->draft, backend->inspect_host (plan, NULL, NULL));
  ferry_draft_take_destination (test->draft, backend->inspect_destination (plan, NULL, NULL));
  ferry_draft_take_plan (test->draft, plan);
  test->verifier = ferry_verifier_new (test->draft);
  test->window = g_object_new (ADW_TYPE_WINDOW, "default-width", 1000, "default-height", 720, NULL);
}

void
page_test_show (PageTest *test, FerryPage *page)
{
  test->page = page;
  adw_window_set_content (ADW_WINDOW (test->window), GTK_WIDGET (page));
  ferry_page_enter (page);
  gtk_window_present (test->window);
  page_test_settle (test);
}

gpointer
page_test_get (PageTest *test, const char *part, const char *name)
{
  GtkWidget *widget = GTK_WIDGET (test->page);
  GObject *child;

  if (part != NULL)
    widget = page_test_get (test, NULL, part);
  child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
  g_assert_nonnull (child);

  return child;
}

static gboolean
on_idle (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

void
page_test_settle (PageTest *test)
{
  gboolean idle = FALSE;

  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE + 1, on_idle, &idle, NULL);
  while (!idle)
    g_main_context_iteration (NULL, TRUE);
  ui_test_settle (test->window);
}

void
page_test_shoot (PageTest *test, const char *name)
{
  page_test_settle (test);
  ui_test_shoot (test->window, name);
}

FerryPlanGuest *
page_test_find_guest (PageTest *test, const char *id)
{
  FerryPlanGuest *guest = ferry_plan_find_guest (ferry_draft_get_plan (test->draft), id);

  g_assert_nonnull (guest);

  return guest;
}

void
page_test_map_all (PageTest *test)
{
  const FerryPlanNetwork network = { .kind = FERRY_NETWORK_NETWORK, .name = (char *) "prod-120" };

  ferry_draft_map_network (test->draft, "VM Network", &network);
  ferry_draft_map_network (test->draft, "Backup", &network);
  ferry_draft_map_network (test->draft, "DMZ", &network);
}

void
page_test_end (PageTest *test)
{
  ferry_verifier_stop (test->verifier);
  ui_test_drop (test->window);
  g_clear_object (&test->verifier);
  g_clear_object (&test->draft);
}
