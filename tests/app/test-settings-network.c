/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "fake-backend.h"
#include "ferry-address-form.h"
#include "ferry-nic-group.h"
#include "settings-test.h"
#include "ui-test.h"

/* The tab Network of the Settings page. */

static GtkWindow *
open_network (FerryDestinationKind kind)
{
  GtkWindow *wizard = settings_test_open (kind, settings_test_list ("web", "mail", "git", NULL));

  settings_test_show (wizard, "web", "network");

  return wizard;
}

static FerryPlanNic *
get_nic (GtkWindow *wizard, const char *id)
{
  return ferry_plan_guest_get_nic (settings_test_get_guest (wizard, id), 0);
}

static GtkWidget *
get_group (GtkWindow *wizard)
{
  return settings_test_find (wizard, "FerryNicGroup");
}

static void
test_unmapped (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *group = get_group (wizard);

  /* Nothing is mapped by being looked at. */
  g_assert_cmpint (get_nic (wizard, "web")->network.kind, ==, FERRY_NETWORK_UNMAPPED);
  g_assert_nonnull (settings_test_get_problem (group, "network_note"));
  settings_test_choose (group, "network_row", "Not connected");
  g_assert_cmpint (get_nic (wizard, "web")->network.kind, ==, FERRY_NETWORK_NONE);
  g_assert_null (settings_test_get_problem (group, "network_note"));
  ui_test_settle (wizard);
  g_assert_false (gtk_widget_get_sensitive (settings_test_get (group, "connected_row")));
  settings_test_choose (group, "network_row", "Bridge br0");
  g_assert_cmpint (get_nic (wizard, "web")->network.kind, ==, FERRY_NETWORK_BRIDGE);
  ui_test_drop (wizard);
}

static void
test_by_name (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_FOLDER);
  GtkWidget *group = get_group (wizard);

  settings_test_choose (group, "network_row", "Bridge, by Name");
  settings_test_type (group, "network_name_row", "  ");
  g_assert_cmpint (get_nic (wizard, "web")->network.kind, ==, FERRY_NETWORK_UNMAPPED);
  ui_test_settle (wizard);
  g_assert_nonnull (settings_test_get_problem (group, "network_note"));
  settings_test_type (group, "network_name_row", " br7 ");
  g_assert_cmpstr (get_nic (wizard, "web")->network.name, ==, "br7");
  g_assert_null (settings_test_get_problem (group, "network_note"));
  ui_test_drop (wizard);
}

static void
test_offer (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *group = get_group (wizard);

  settings_test_choose (group, "network_row", "prod-120");
  g_assert_true (ui_test_shows (group, "Apply to 2 other network adapters on ‘VM Network’?"));
  g_assert_true (ui_test_shows (group, "No network is chosen for them yet."));
  ui_test_shoot (wizard, "settings-network");
  ui_test_click (group, "Apply");
  g_assert_cmpstr (get_nic (wizard, "git")->network.name, ==, "prod-120");

  settings_test_choose (group, "network_row", "default");
  g_assert_true (ui_test_shows (group, "They now go to ‘prod-120’."));
  ui_test_click (group, "Not Now");
  g_assert_cmpstr (get_nic (wizard, "git")->network.name, ==, "prod-120");
  ferry_plan_network_set (&get_nic (wizard, "git")->network, FERRY_NETWORK_NONE, NULL);
  settings_test_choose (group, "network_row", "Bridge br0");
  g_assert_true (ui_test_shows (group, "They now go to several networks."));
  ui_test_drop (wizard);
}

static void
test_mac (void)
{
  static const char *const bad[] = {
    "",  "52:54:00:12:34", "52:54:00:12:34:zz", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff",
    "x", "53:54:00:12:34:56", "52:54:00:12:34:56:78",
  };
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *group = get_group (wizard);
  GtkWidget *entry = settings_test_get (group, "mac_entry_row");

  settings_test_choose (group, "mac_row", "Another…");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      settings_test_type (group, "mac_entry_row", bad[i]);
      g_assert_nonnull (settings_test_get_problem (group, "mac_note"));
      g_assert_true (gtk_widget_has_css_class (entry, "error"));
    }
  settings_test_type (group, "mac_entry_row", "5254.0012.34AB");
  g_assert_null (settings_test_get_problem (group, "mac_note"));
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (get_nic (wizard, "web")->mac, ==, "52:54:00:12:34:ab");
  ui_test_drop (wizard);
}

static void
test_mac_twice (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *group = get_group (wizard);
  FerryPlanGuest *mail = settings_test_get_guest (wizard, "mail");
  g_autofree char *taken = g_ascii_strup (ferry_guest_get_nic (mail->source, 0)->mac, -1);

  settings_test_choose (group, "mac_row", "Another…");
  settings_test_type (group, "mac_entry_row", taken);
  g_assert_nonnull (strstr (settings_test_get_problem (group, "mac_note"), "‘mail’"));
  ui_test_shoot (wizard, "settings-network-mac");

  /* It is told where it is kept, too, and at the field that is in sight. */
  settings_test_show (wizard, "mail", "network");
  group = get_group (wizard);
  g_assert_nonnull (strstr (settings_test_get_problem (group, "mac_note"), "‘web’"));
  g_assert_true (gtk_widget_has_css_class (settings_test_get (group, "mac_row"), "warning"));
  settings_test_choose (group, "mac_row", "A new one");
  g_assert_null (settings_test_get_problem (group, "mac_note"));
  settings_test_choose (group, "mac_row", "Another…");
  settings_test_type (group, "mac_entry_row", "52:54:00:AA:BB:CC");
  g_assert_nonnull (strstr (settings_test_get_problem (group, "mac_note"), "at the destination"));
  ui_test_drop (wizard);
}

static void
test_model (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  GtkWidget *group = get_group (wizard);

  g_assert_null (get_nic (wizard, "web")->model);
  settings_test_choose (group, "model_row", "E1000E");
  g_assert_cmpstr (get_nic (wizard, "web")->model, ==, "e1000e");
  settings_test_choose (group, "model_row", "Automatic");
  g_assert_null (get_nic (wizard, "web")->model);

  /* One that only the plan knows stays. */
  get_nic (wizard, "web")->model = g_strdup ("ne2k_pci");
  settings_test_show (wizard, "web", "network");
  settings_test_choose (get_group (wizard), "model_row", "ne2k_pci");
  g_assert_cmpstr (get_nic (wizard, "web")->model, ==, "ne2k_pci");
  ui_test_drop (wizard);
}

static void
test_cable (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  GtkSwitch *connected = settings_test_get (get_group (wizard), "connected");

  g_assert_true (gtk_switch_get_active (connected));
  gtk_switch_set_active (connected, FALSE);
  g_assert_false (get_nic (wizard, "web")->connected);
  ui_test_drop (wizard);
}

static FerryAddressForm *
get_form (GtkWindow *wizard)
{
  return ferry_nic_group_get_address_form (FERRY_NIC_GROUP (get_group (wizard)));
}

static void
type_address (GtkWindow *wizard, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ferry_address_form_get_row (get_form (wizard), row)), text);
}

/* The note of which something is said; NULL: of none. */
static const char *
find_told (GtkWindow *wizard)
{
  static const char *const notes[] = { "ip_note", "prefix_note", "gateway_note", "dns_note" };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (gtk_widget_get_visible (
            GTK_WIDGET (ferry_address_form_get_row (get_form (wizard), notes[i]))))
      return notes[i];

  return NULL;
}

static void
test_address (void)
{
  static const struct
  {
    const char *ip;
    const char *prefix;
    const char *gateway;
    const char *dns;
    const char *told;
  } cases[] = {
    { "", "", "", "", "ip_note" },
    { "192.0.2", "", "", "", "ip_note" },
    { "192.0.2.10", "", "", "", NULL },
    { "192.0.2.10", "33", "", "", "prefix_note" },
    { "192.0.2.10", "0", "", "", "prefix_note" },
    { "192.0.2.10", "-1", "", "", "prefix_note" },
    { "192.0.2.10", "a lot", "", "", "prefix_note" },
    { "192.0.2.10", "24", "2001:db8::1", "", "gateway_note" },
    { "192.0.2.10", "24", "the router", "", "gateway_note" },
    { "192.0.2.10", " 24 ", "192.0.2.1", "192.0.2.2 dns", "dns_note" },
    { "2001:db8::10", "64", "2001:db8::1", "2001:db8::2, 192.0.2.2;", NULL },
  };
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  const FerryPlanAddress *address = &get_nic (wizard, "web")->address;

  gtk_switch_set_active (GTK_SWITCH (ferry_address_form_get_row (get_form (wizard), "active")),
                         TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      type_address (wizard, "ip_row", cases[i].ip);
      type_address (wizard, "prefix_row", cases[i].prefix);
      type_address (wizard, "gateway_row", cases[i].gateway);
      type_address (wizard, "dns_row", cases[i].dns);
      g_assert_cmpstr (find_told (wizard), ==, cases[i].told);
      g_assert_cmpstr (address->ip, ==, cases[i].ip);
    }
  g_assert_cmpuint (address->prefix, ==, 64);
  g_assert_cmpstr (address->gateway, ==, "2001:db8::1");
  g_assert_cmpuint (g_strv_length (address->dns), ==, 2);
  ui_test_settle (wizard);
  ui_test_shoot (wizard, "settings-network-address");

  gtk_switch_set_active (GTK_SWITCH (ferry_address_form_get_row (get_form (wizard), "active")),
                         FALSE);
  g_assert_null (address->ip);
  g_assert_null (address->dns);
  g_assert_cmpuint (address->prefix, ==, 0);
  ui_test_drop (wizard);
}

/* A virt-v2v that cannot: it says so, and what was planned elsewhere can be taken back. */
static void
test_no_address (void)
{
  GtkWindow *wizard = open_network (FERRY_DESTINATION_LIBVIRT);
  FerryHostFacts *host = ferry_host_facts_new ();
  GtkWidget *active = GTK_WIDGET (ferry_address_form_get_row (get_form (wizard), "active"));

  g_assert_true (gtk_widget_get_sensitive (active));
  ferry_draft_take_host (settings_test_get_draft (wizard), host);
  ui_test_settle (wizard);
  g_assert_false (gtk_widget_get_sensitive (active));
  g_assert_true (ui_test_shows (get_group (wizard), "The virt-v2v of the conversion host cannot "
                                                    "set one; a newer one can"));

  get_nic (wizard, "web")->address.ip = g_strdup ("192.0.2.10");
  settings_test_show (wizard, "web", "network");
  active = GTK_WIDGET (ferry_address_form_get_row (get_form (wizard), "active"));
  g_assert_true (gtk_widget_get_sensitive (active));
  ui_test_drop (wizard);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/settings-network/unmapped", test_unmapped);
  g_test_add_func ("/settings-network/by-name", test_by_name);
  g_test_add_func ("/settings-network/offer", test_offer);
  g_test_add_func ("/settings-network/mac", test_mac);
  g_test_add_func ("/settings-network/mac-twice", test_mac_twice);
  g_test_add_func ("/settings-network/model", test_model);
  g_test_add_func ("/settings-network/cable", test_cable);
  g_test_add_func ("/settings-network/address", test_address);
  g_test_add_func ("/settings-network/no-address", test_no_address);

  return g_test_run ();
}
