/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-steps.h"

/** fake_fixture_new: of fake-worker; without a bus yet */
WorkerFixture *
fake_fixture_new (void)
{
  WorkerFixture *worker = worker_fixture_new (g_getenv ("FERRY_TEST_WORKER"));

  g_setenv ("FERRY_FAKE_DIR", worker_fixture_get_dir (worker), TRUE);
  return worker;
}

/** fake_make_plan: @names: of the guests, with spaces between */
FerryPlan *
fake_make_plan (const char *names)
{
  g_auto (GStrv) each = g_strsplit (names, " ", -1);
  FerryPlan *plan = ferry_plan_new ();

  ferry_plan_set_ova_source (plan, "/srv/appliances/tiny.ova");
  ferry_plan_set_folder_destination (plan, "/srv/guests");
  for (guint i = 0; each[i] != NULL; i++)
    {
      g_autoptr (FerryGuest) guest = ferry_guest_new (each[i], each[i]);
      FerryDisk *disk = ferry_disk_new ("Hard disk 1");

      disk->capacity_bytes = 1000;
      g_ptr_array_add (guest->disks, disk);
      ferry_plan_add_guest (plan, guest);
    }

  return plan;
}

/** fake_import: the objects of the imports of @names */
char **
fake_import (WorkerFixture *worker, const char *names)
{
  g_autoptr (FerryPlan) plan = fake_make_plan (names);
  g_autoptr (GError) error = NULL;
  char **paths = worker_fixture_import (worker, plan, &error);

  g_assert_no_error (error);
  return paths;
}

/** fake_touch: makes a file that a fake import waits for */
void
fake_touch (WorkerFixture *worker, const char *prefix, const char *name)
{
  g_autofree char *file = g_strconcat (prefix, name, NULL);
  g_autofree char *path = g_build_filename (worker_fixture_get_dir (worker), file, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

/** fake_read_order: what the fake imports have noted so far */
char *
fake_read_order (WorkerFixture *worker)
{
  g_autofree char *path = g_build_filename (worker_fixture_get_dir (worker), "order", NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

typedef struct
{
  WorkerFixture *worker;
  const char *line;
} Line;

static gboolean
has_line (gpointer user_data)
{
  const Line *line = user_data;
  g_autofree char *order = fake_read_order (line->worker);

  return strstr (order, line->line) != NULL;
}

/** fake_await_line: until a fake import has noted @line */
void
fake_await_line (WorkerFixture *worker, const char *line)
{
  Line awaited = { worker, line };

  worker_fixture_wait (worker, has_line, &awaited, WORKER_WAIT_SECONDS);
}
