/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-choices.h"

#include "ferry-guest-sorter.h"

void
ferry_choices_set_start (FerryDraft *draft, gboolean start)
{
  FerryPlan *plan = ferry_draft_get_plan (draft);

  plan->start = start;
  for (guint i = 0; i < plan->guests->len; i++)
    ferry_plan_get_guest (plan, i)->start = start;
  ferry_draft_touch (draft);
}

void
ferry_choices_set_shut_down (FerryDraft *draft, gboolean shut_down)
{
  FerryPlan *plan = ferry_draft_get_plan (draft);

  plan->shut_down = shut_down;
  for (guint i = 0; i < plan->guests->len; i++)
    ferry_plan_get_guest (plan, i)->shut_down = shut_down;
  ferry_draft_touch (draft);
}

void
ferry_choices_set_pool (FerryDraft *draft, const char *pool)
{
  FerryPlan *plan = ferry_draft_get_plan (draft);

  g_return_if_fail (plan->destination.kind == FERRY_DESTINATION_LIBVIRT);

  g_free (plan->destination.pool);
  plan->destination.pool = g_strdup (pool);
  ferry_draft_touch (draft);
}

void
ferry_choices_set_storing (FerryDraft *draft, const char *source, const char *storage)
{
  FerryPlan *plan = ferry_draft_get_plan (draft);

  ferry_plan_set_storing (plan, source, storage);
  ferry_plan_apply_storing (plan, source, storage);
  ferry_draft_touch (draft);
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

void
ferry_choices_set_name_rule (FerryDraft *draft, const FerryNameRule *rule)
{
  FerryPlan *plan = ferry_draft_get_plan (draft);

  g_return_if_fail (ferry_name_rule_is_valid (rule, NULL));

  set_text (&plan->name_rule.pattern, rule->pattern);
  set_text (&plan->name_rule.find, rule->find);
  set_text (&plan->name_rule.replace, rule->replace);
  plan->name_rule.lower_case = rule->lower_case;
  ferry_plan_rename_all (plan);
  ferry_draft_touch (draft);
}

guint
ferry_choices_apply_map (FerryDraft *draft, const FerryMap *map)
{
  guint n_changed = ferry_map_apply (map, ferry_draft_get_plan (draft));

  ferry_draft_touch (draft);

  return n_changed;
}

const char *
ferry_choices_get_key (const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const FerryPlanKey *key = g_ptr_array_index (keys, i);

      if (key->device == NULL)
        return key->key;
    }

  return NULL;
}

void
ferry_choices_set_key (GPtrArray *keys, const char *key)
{
  for (guint i = keys->len; i > 0; i--)
    if (((const FerryPlanKey *) g_ptr_array_index (keys, i - 1))->device == NULL)
      g_ptr_array_remove_index (keys, i - 1);
  if (*key != '\0')
    ferry_plan_add_key (keys, NULL, key);
}

FerryChoiceCount
ferry_choices_count_start (const FerryPlan *plan)
{
  FerryChoiceCount count = { .n_guests = plan->guests->len };

  for (guint i = 0; i < plan->guests->len; i++)
    count.n_set += ferry_plan_get_guest (plan, i)->start ? 1 : 0;

  return count;
}

FerryChoiceCount
ferry_choices_count_shut_down (const FerryPlan *plan)
{
  FerryChoiceCount count = { 0 };

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      if (guest->source->power != FERRY_POWER_RUNNING)
        continue;
      count.n_guests++;
      count.n_set += guest->shut_down ? 1 : 0;
    }

  return count;
}

static void
add_use (FerryStoringUse *use, const FerryPlanDisk *disk)
{
  if (use->n_disks > 0 && g_strcmp0 (use->storage, disk->storage) != 0)
    use->mixed = TRUE;
  if (use->n_disks == 0)
    use->storage = disk->storage;
  use->n_disks++;
}

FerryStoringUse
ferry_choices_find_storing_use (const FerryPlan *plan, const char *source)
{
  FerryStoringUse use = { 0 };

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->disks->len; n++)
        if (g_strcmp0 (ferry_guest_get_disk (guest->source, n)->storage, source) == 0)
          add_use (&use, ferry_plan_guest_get_disk (guest, n));
    }

  return use;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return ferry_lexo_compare (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
ferry_choices_list_storages (const FerryPlan *plan)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < plan->guests->len; i++)
    {
      const FerryGuest *guest = ferry_plan_get_guest (plan, i)->source;

      for (guint n = 0; n < guest->disks->len; n++)
        {
          const char *name = ferry_guest_get_disk (guest, n)->storage;

          if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, g_strdup (name));
        }
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}
