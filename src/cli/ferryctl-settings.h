/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-plan.h"

G_BEGIN_DECLS

/* The grammar of --guest, --disk and --nic: KEY=VALUE,KEY,… as virt-install has it, behind what it is
 * about: GUEST: and the number of a disk or network adapter. A comma in a value is written twice. */

typedef struct
{
  char *key;
  char *value; /* (nullable): a word without “=” */
} FerryctlSetting;

/**
 * FerryctlPlace: what a setting is about
 * @index: of a disk or NIC
 * @is_one: the user has named it, or there is no other
 * @renamed: (unowned): set of guests whose name was given
 */
typedef struct
{
  FerryPlan *plan;
  FerryPlanGuest *guest;
  guint index;
  gboolean is_one;
  GHashTable *renamed;
} FerryctlPlace;

typedef gboolean (*FerryctlSetter) (const FerryctlPlace *place, const char *value, GError **error);

/** FerryctlKey: @is_word: stands alone, without “=”; @repeats: may be given more than once */
typedef struct
{
  const char *key;
  FerryctlSetter set;
  gboolean is_word;
  gboolean repeats;
} FerryctlKey;

/** ferryctl_settings_new: (element-type FerryctlSetting): none yet */
GPtrArray *ferryctl_settings_new (void);
void ferryctl_settings_add (GPtrArray *settings, const char *key, const char *value);
/** ferryctl_settings_find: (nullable): its value */
const char *ferryctl_settings_find (const GPtrArray *settings, const char *key);
/**
 * ferryctl_settings_parse:
 * @keys: those that may be in it, up to one without a key
 *
 * Errors: FERRY_ERROR_INVALID
 */
GPtrArray *ferryctl_settings_parse (const char *text, const FerryctlKey *keys, GError **error);
gboolean ferryctl_settings_apply (const GPtrArray *settings,
                                  const FerryctlKey *keys,
                                  const FerryctlPlace *place,
                                  GError **error);

/** ferryctl_settings_find_guest: (nullable): whose name or id and @separator @text begins with, the
 * longest; @out_rest: (out): what follows. FERRY_ERROR_INVALID: several are called so */
FerryPlanGuest *ferryctl_settings_find_guest (const FerryPlan *plan,
                                              const char *text,
                                              char separator,
                                              const char **out_rest,
                                              GError **error);
/** ferryctl_settings_refuse_guest: @name: what should have been one of @plan */
gboolean ferryctl_settings_refuse_guest (const FerryPlan *plan, const char *name, GError **error);

G_END_DECLS
