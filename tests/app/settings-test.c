/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "settings-test.h"

#include "fake-backend.h"
#include "ferry-choice.h"
#include "ferry-field-note.h"
#include "ferry-settings-page.h"
#include "ferry-wizard.h"
#include "ui-test.h"

#include <stdarg.h>

static void
take_facts (FerryDraft *draft)
{
  const FerryBackend *backend = fake_backend_get ();
  const FerryPlan *plan = ferry_draft_get_plan (draft);

  ferry_draft_take_host (draft, backend->inspect_host (plan, NULL, NULL));
  ferry_draft_take_destination (draft, backend->inspect_destination (plan, NULL, NULL));
}

GtkWindow *
settings_test_open (FerryDestinationKind kind, GPtrArray *guests)
{
  g_autoptr (FerryWorkerClient) client = ferry_worker_client_new ();
  g_autoptr (FerryProviders) providers = ferry_providers_new (fake_backend_get ());
  GtkWindow *wizard = ferry_wizard_new (NULL, client, providers);
  FerryPlan *plan = settings_test_get_plan (wizard);

  ferry_plan_set_ova_source (plan, "/many");
  if (kind == FERRY_DESTINATION_LIBVIRT)
    ferry_plan_set_libvirt_destination (plan, "qemu:///system", "vm-data-01");
  else
    ferry_plan_set_folder_destination (plan, "/srv/vms");
  for (guint i = 0; i < guests->len; i++)
    ferry_plan_add_guest (plan, g_ptr_array_index (guests, i));
  take_facts (settings_test_get_draft (wizard));
  ferry_draft_take_guests (settings_test_get_draft (wizard), guests);
  gtk_window_present (wizard);
  ferry_page_jump (ferry_wizard_get_page (FERRY_WIZARD (wizard)), "settings", NULL);
  ui_test_settle (wizard);

  return wizard;
}

GPtrArray *
settings_test_list (const char *name, ...)
{
  GPtrArray *guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  va_list names;

  va_start (names, name);
  for (; name != NULL; name = va_arg (names, const char *))
    g_ptr_array_add (guests, fake_backend_new_guest (name, "Debian 12", 4, 80, "VM Network"));
  va_end (names);

  return guests;
}

FerryDraft *
settings_test_get_draft (GtkWindow *wizard)
{
  return ferry_wizard_get_draft (FERRY_WIZARD (wizard));
}

FerryPlan *
settings_test_get_plan (GtkWindow *wizard)
{
  return ferry_draft_get_plan (settings_test_get_draft (wizard));
}

FerryPlanGuest *
settings_test_get_guest (GtkWindow *wizard, const char *id)
{
  FerryPlanGuest *guest = ferry_plan_find_guest (settings_test_get_plan (wizard), id);

  g_assert_nonnull (guest);

  return guest;
}

static FerryPage *
get_page (GtkWindow *wizard)
{
  FerryPage *page = ferry_wizard_get_page (FERRY_WIZARD (wizard));

  g_assert_true (FERRY_IS_SETTINGS_PAGE (page));

  return page;
}

void
settings_test_show (GtkWindow *wizard, const char *id, const char *tab)
{
  ferry_page_show_guest (get_page (wizard), id != NULL ? id : "");
  if (tab != NULL)
    ferry_settings_page_show_tab (FERRY_SETTINGS_PAGE (get_page (wizard)), tab);
  ui_test_settle (wizard);
}

GtkWidget *
settings_test_find (GtkWindow *wizard, const char *type)
{
  GtkWidget *widget = ui_test_find (GTK_WIDGET (get_page (wizard)), g_type_from_name (type), NULL);

  g_assert_nonnull (widget);

  return widget;
}

gpointer
settings_test_get (GtkWidget *widget, const char *name)
{
  GObject *child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (child);

  return child;
}

static char *
dup_title (gpointer item)
{
  char *title = NULL;

  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));
  g_object_get (item, "title", &title, NULL);

  return title;
}

void
settings_test_choose (GtkWidget *widget, const char *row, const char *title)
{
  AdwComboRow *combo = settings_test_get (widget, row);
  GListModel *model = adw_combo_row_get_model (combo);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *text = dup_title (item);

      if (g_str_equal (text, title))
        {
          adw_combo_row_set_selected (combo, i);
          return;
        }
    }
  g_test_message ("%s has no entry ‘%s’", row, title);
  g_assert_not_reached ();
}

void
settings_test_type (GtkWidget *widget, const char *row, const char *text)
{
  gtk_editable_set_text (settings_test_get (widget, row), text);
}

const char *
settings_test_get_problem (GtkWidget *widget, const char *name)
{
  return ferry_field_note_get_text (settings_test_get (widget, name));
}
