/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-guest-item.h"

#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FerryGuestItem
{
  GObject parent_instance;

  GPtrArray *guests; /* (owned): that @guest is one of */
  const FerryGuest *guest;
  char *folded_name; /* (owned): for sorting without folding at each comparison */
  char *folded; /* (owned) (nullable): what is searched in; made when it is needed first */
  guint64 capacity_bytes;
};

G_DEFINE_FINAL_TYPE (FerryGuestItem, ferry_guest_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_NAME = 1,
  PROP_SYSTEM,
  PROP_STATE,
  PROP_MEMORY,
  PROP_DISKS,
  PROP_PLACE,
  PROP_ICON_NAME,
  PROP_ICON_STYLES,
  PROP_HINT,
} Property;
static GParamSpec *properties[PROP_HINT + 1];

static gboolean
is_unreadable (const FerryGuest *guest)
{
  return ferry_text_worst (guest->checks) == FERRY_SEVERITY_BLOCKER;
}

static const char *
get_icon_name (const FerryGuest *guest)
{
  return is_unreadable (guest) ? ferry_text_severity_icon (FERRY_SEVERITY_BLOCKER)
                               : ferry_text_power_icon (guest->power);
}

static char **
dup_icon_styles (const FerryGuest *guest)
{
  const char *style = "dim-label";

  if (is_unreadable (guest))
    style = ferry_text_severity_style (FERRY_SEVERITY_BLOCKER);
  else if (guest->power == FERRY_POWER_RUNNING)
    style = "success";
  else if (guest->power == FERRY_POWER_PAUSED || guest->power == FERRY_POWER_SUSPENDED)
    style = "warning";

  return g_strdupv ((char *[]){ (char *) style, NULL });
}

/* What the icon means, in words, and what the columns may have no room for. */
static char *
dup_hint (const FerryGuest *guest)
{
  g_autofree char *why_not = ferry_text_why_not (guest);
  GString *hint = g_string_new (why_not != NULL ? why_not : ferry_text_power (guest->power));

  if (guest->os != NULL)
    g_string_append_printf (hint, "\n%s", guest->os);
  if (guest->place != NULL)
    g_string_append_printf (hint, "\n%s", guest->place);
  if (guest->folder != NULL)
    /* Translators: the folder that a virtual machine was sorted into */
    g_string_append_printf (hint, _("\nFolder %s"), guest->folder);

  return g_string_free (hint, FALSE);
}

static void
ferry_guest_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerryGuestItem *self = FERRY_GUEST_ITEM (object);

  switch ((Property) id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->guest->name);
      break;
    case PROP_SYSTEM:
      g_value_set_string (value, ferry_text_system (self->guest));
      break;
    case PROP_STATE:
      g_value_take_string (value, ferry_text_guest_state (self->guest));
      break;
    case PROP_MEMORY:
      g_value_take_string (value, ferry_text_memory (self->guest->memory_bytes));
      break;
    case PROP_DISKS:
      g_value_take_string (value, ferry_text_capacity (self->guest));
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->guest->place);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, get_icon_name (self->guest));
      break;
    case PROP_ICON_STYLES:
      g_value_take_boxed (value, dup_icon_styles (self->guest));
      break;
    case PROP_HINT:
      g_value_take_string (value, dup_hint (self->guest));
      break;
    }
}

static void
ferry_guest_item_finalize (GObject *object)
{
  FerryGuestItem *self = FERRY_GUEST_ITEM (object);

  g_clear_pointer (&self->guests, g_ptr_array_unref);
  g_free (self->folded_name);
  g_free (self->folded);

  G_OBJECT_CLASS (ferry_guest_item_parent_class)->finalize (object);
}

static void
ferry_guest_item_class_init (FerryGuestItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_guest_item_get_property;
  object_class->finalize = ferry_guest_item_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_SYSTEM] = g_param_spec_string ("system", NULL, NULL, "", flags);
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, "", flags);
  properties[PROP_MEMORY] = g_param_spec_string ("memory", NULL, NULL, "", flags);
  properties[PROP_DISKS] = g_param_spec_string ("disks", NULL, NULL, "", flags);
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, "", flags);
  properties[PROP_ICON_STYLES] = g_param_spec_boxed ("icon-styles", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ferry_guest_item_init (FerryGuestItem *self)
{
}

FerryGuestItem *
ferry_guest_item_new (GPtrArray *guests, guint index)
{
  FerryGuestItem *self;

  g_return_val_if_fail (guests != NULL && index < guests->len, NULL);

  self = g_object_new (FERRY_TYPE_GUEST_ITEM, NULL);
  self->guests = g_ptr_array_ref (guests);
  self->guest = g_ptr_array_index (guests, index);
  self->folded_name = ferry_guest_item_fold (self->guest->name);
  self->capacity_bytes = ferry_guest_get_capacity_bytes (self->guest);

  return self;
}

/* Most names are ASCII, which takes a tenth of the time. */
char *
ferry_guest_item_fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

gboolean
ferry_guest_item_matches (FerryGuestItem *self, const char *folded)
{
  g_return_val_if_fail (FERRY_IS_GUEST_ITEM (self), FALSE);

  if (self->folded == NULL)
    {
      g_autofree char *text =
          g_strjoin ("\n", self->guest->name, ferry_text_system (self->guest),
                     self->guest->place != NULL ? self->guest->place : "", NULL);

      self->folded = ferry_guest_item_fold (text);
    }

  return strstr (self->folded, folded) != NULL;
}

const FerryGuest *
ferry_guest_item_get_guest (FerryGuestItem *self)
{
  g_return_val_if_fail (FERRY_IS_GUEST_ITEM (self), NULL);

  return self->guest;
}

const char *
ferry_guest_item_get_name (FerryGuestItem *self)
{
  g_return_val_if_fail (FERRY_IS_GUEST_ITEM (self), NULL);

  return self->guest->name;
}

const char *
ferry_guest_item_get_folded_name (FerryGuestItem *self)
{
  g_return_val_if_fail (FERRY_IS_GUEST_ITEM (self), NULL);

  return self->folded_name;
}

guint64
ferry_guest_item_get_capacity_bytes (FerryGuestItem *self)
{
  g_return_val_if_fail (FERRY_IS_GUEST_ITEM (self), 0);

  return self->capacity_bytes;
}

static gboolean
find_range (GListModel *list, GHashTable *wanted, guint *out_first, guint *out_last)
{
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (FerryGuestItem) item = g_list_model_get_item (list, i);

      if (!g_hash_table_contains (wanted, item))
        continue;
      if (!found)
        *out_first = i;
      *out_last = i;
      found = TRUE;
    }

  return found;
}

void
ferry_guest_items_move (GListStore *from, GListStore *to, GPtrArray *items)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) stay = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = 0;
  guint last = 0;

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (wanted, g_ptr_array_index (items, i));
  if (!find_range (G_LIST_MODEL (from), wanted, &first, &last))
    return;

  for (guint i = first; i <= last; i++)
    {
      g_autoptr (FerryGuestItem) item = g_list_model_get_item (G_LIST_MODEL (from), i);

      if (!g_hash_table_contains (wanted, item))
        g_ptr_array_add (stay, g_steal_pointer (&item));
    }

  g_list_store_splice (to, g_list_model_get_n_items (G_LIST_MODEL (to)), 0, items->pdata,
                       items->len);
  g_list_store_splice (from, first, last - first + 1, stay->pdata, stay->len);
}
