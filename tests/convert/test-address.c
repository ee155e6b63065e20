/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-address.h"

#include "ferry-error.h"

#include <string.h>

static FerryPlanGuest *
make_guest (void)
{
  g_autoptr (FerryGuest) source = ferry_guest_new ("web", "web");
  g_autoptr (FerryPlan) plan = ferry_plan_new ();

  for (guint i = 0; i < 3; i++)
    {
      FerryNic *nic = ferry_nic_new ("Network adapter");

      nic->mac = i == 0 ? g_strdup ("00:50:56:01:02:03") : NULL;
      g_ptr_array_add (source->nics, nic);
    }
  source->os_id = g_strdup ("windows2019srv_64Guest");

  return ferry_plan_guest_copy (ferry_plan_add_guest (plan, source));
}

typedef struct
{
  const char *ip;
  guint prefix;
  const char *gateway;
  const char *dns;
  const char *value;   /* after "MAC:ip:" */
  const char *problem; /* NULL: none */
} Case;

/* virt-v2v 2.2 ends at an empty field: “doesn’t look like “” is an IP address”. */
static const Case cases[] = {
  { NULL, 0, NULL, NULL, NULL, NULL },
  { "192.0.2.10", 0, NULL, NULL, "192.0.2.10", NULL },
  { "192.0.2.10", 0, "192.0.2.1", NULL, "192.0.2.10,192.0.2.1", NULL },
  { "192.0.2.10", 24, "192.0.2.1", NULL, "192.0.2.10,192.0.2.1,24", NULL },
  { "192.0.2.10", 24, "192.0.2.1", "192.0.2.2 192.0.2.3",
    "192.0.2.10,192.0.2.1,24,192.0.2.2,192.0.2.3", NULL },
  { "2001:db8::a", 64, "2001:db8::1", "2001:db8::2", "2001:db8::a,2001:db8::1,64,2001:db8::2",
    NULL },
  { "192.0.2.10", 24, NULL, NULL, "192.0.2.10", "no gateway" },
  { "192.0.2.10", 0, "192.0.2.1", "192.0.2.2", "192.0.2.10,192.0.2.1", "no prefix" },
  { "192.0.2.10", 33, "192.0.2.1", NULL, "192.0.2.10,192.0.2.1,33", "" },
};

static void
set_address (FerryPlanNic *nic, const Case *c)
{
  nic->address.ip = g_strdup (c->ip);
  nic->address.prefix = c->prefix;
  nic->address.gateway = g_strdup (c->gateway);
  nic->address.dns = c->dns != NULL ? g_strsplit (c->dns, " ", -1) : NULL;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryPlanGuest) guest = make_guest ();
      g_autofree char *value = NULL;
      g_autofree char *wanted = cases[i].value != NULL
                                    ? g_strconcat ("00:50:56:01:02:03:ip:", cases[i].value, NULL)
                                    : NULL;
      FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, 0);
      g_autoptr (GError) error = NULL;

      set_address (nic, &cases[i]);
      value = ferry_address_dup_value (guest, 0);
      g_assert_cmpstr (value, ==, wanted);
      g_assert_cmpint (ferry_address_is_settable (&nic->address, &error), ==,
                       cases[i].problem == NULL);
      if (cases[i].problem == NULL)
        continue;
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].problem));
    }
}

static void
test_macs (void)
{
  g_autoptr (FerryPlanGuest) guest = make_guest ();
  const char *macs[3];

  for (guint i = 0; i < 3; i++)
    {
      FerryPlanNic *nic = ferry_plan_guest_get_nic (guest, i);

      nic->mac_kind = FERRY_MAC_NEW;
      if (i < 2)
        set_address (nic, &cases[1]);
    }
  ferry_address_settle_macs (guest, NULL);
  for (guint i = 0; i < 3; i++)
    macs[i] = ferry_plan_guest_get_nic (guest, i)->mac;
  g_assert_true (ferry_mac_is_valid (macs[0]) && g_str_has_prefix (macs[0], "52:54:00:"));
  g_assert_true (ferry_mac_is_valid (macs[1]));
  g_assert_cmpstr (macs[0], !=, macs[1]);
  g_assert_null (macs[2]);
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 0)->mac_kind, ==, FERRY_MAC_FIXED);
  g_assert_cmpint (ferry_plan_guest_get_nic (guest, 2)->mac_kind, ==, FERRY_MAC_NEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/cases", test_cases);
  g_test_add_func ("/address/macs", test_macs);

  return g_test_run ();
}
