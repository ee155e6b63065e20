/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-draft.h"

#include "ferry-bulk.h"

struct _FerryDraft
{
  GObject parent_instance;

  const FerryBackend *backend;
  FerryPlan *plan; /* (owned) */
  GPtrArray *guests; /* (owned) (nullable) */
  FerryHostFacts *host; /* (owned) (nullable) */
  FerryDestinationFacts *destination; /* (owned) (nullable) */
  GHashTable *work_bytes; /* (owned): id → guint64 * */
  GHashTable *findings; /* (owned): id → GPtrArray of FerryCheck */

  gboolean checks_stale;
  GPtrArray *plan_checks; /* (owned) */
  GHashTable *guest_checks; /* (owned): id → GPtrArray of FerryCheck */
  guint tell_id;

  FerryPlan *before; /* (owned) (nullable): what the last edit can be undone to */
  GPtrArray *edited_ids; /* (owned) (nullable): the guests that it was about */
};

G_DEFINE_FINAL_TYPE (FerryDraft, ferry_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  LOST,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
on_tell (gpointer data)
{
  FerryDraft *self = data;

  self->tell_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static guint64 *
list_work_bytes (FerryDraft *self)
{
  guint64 *list = g_new0 (guint64, self->plan->guests->len + 1);

  for (guint i = 0; i < self->plan->guests->len; i++)
    list[i] = ferry_draft_get_work_bytes (self, ferry_plan_get_guest (self->plan, i)->source->id);

  return list;
}

static void
run_checks (FerryDraft *self)
{
  g_autofree guint64 *work_bytes = list_work_bytes (self);
  g_autoptr (FerryUse) use = ferry_use_new (self->plan, self->destination);
  FerryCheckFacts facts = {
    .host = self->host,
    .destination = self->destination,
    .use = use,
    .work_bytes = work_bytes,
    .lacks_drivers = ferry_checks_lack_drivers (self->plan),
  };

  g_clear_pointer (&self->plan_checks, g_ptr_array_unref);
  self->plan_checks = ferry_checks_of_plan (self->plan, &facts);
  ferry_checks_sort (self->plan_checks);

  g_hash_table_remove_all (self->guest_checks);
  for (guint i = 0; i < self->plan->guests->len; i++)
    {
      const char *id = ferry_plan_get_guest (self->plan, i)->source->id;
      const GPtrArray *findings = g_hash_table_lookup (self->findings, id);
      GPtrArray *checks = ferry_checks_of_guest (self->plan, i, &facts);

      if (findings != NULL)
        ferry_checks_append_copies (checks, findings);
      ferry_checks_sort (checks);
      g_hash_table_insert (self->guest_checks, g_strdup (id), checks);
    }
}

static void
ensure_checks (FerryDraft *self)
{
  if (!self->checks_stale)
    return;

  self->checks_stale = FALSE;
  run_checks (self);
}

static void
ferry_draft_dispose (GObject *object)
{
  FerryDraft *self = FERRY_DRAFT (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);

  G_OBJECT_CLASS (ferry_draft_parent_class)->dispose (object);
}

static void
ferry_draft_finalize (GObject *object)
{
  FerryDraft *self = FERRY_DRAFT (object);

  ferry_draft_forget (self);
  g_clear_pointer (&self->plan, ferry_plan_free);
  g_clear_pointer (&self->guests, g_ptr_array_unref);
  g_clear_pointer (&self->host, ferry_host_facts_free);
  g_clear_pointer (&self->destination, ferry_destination_facts_free);
  g_clear_pointer (&self->work_bytes, g_hash_table_unref);
  g_clear_pointer (&self->findings, g_hash_table_unref);
  g_clear_pointer (&self->plan_checks, g_ptr_array_unref);
  g_clear_pointer (&self->guest_checks, g_hash_table_unref);

  G_OBJECT_CLASS (ferry_draft_parent_class)->finalize (object);
}

static void
ferry_draft_class_init (FerryDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ferry_draft_dispose;
  object_class->finalize = ferry_draft_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[LOST] = g_signal_new ("lost", FERRY_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
ferry_draft_init (FerryDraft *self)
{
  GDestroyNotify free_checks = (GDestroyNotify) g_ptr_array_unref;

  self->plan = ferry_plan_new ();
  self->work_bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->findings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_checks);
  self->guest_checks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_checks);
  self->plan_checks = ferry_checks_new ();
}

FerryDraft *
ferry_draft_new (const FerryBackend *backend)
{
  FerryDraft *self;

  g_return_val_if_fail (backend != NULL, NULL);

  self = g_object_new (FERRY_TYPE_DRAFT, NULL);
  self->backend = backend;

  return self;
}

FerryQuestion *
ferry_draft_ask (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  return ferry_question_new (self->backend, self->plan);
}

FerryPlan *
ferry_draft_get_plan (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  return self->plan;
}

void
ferry_draft_touch (FerryDraft *self)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  self->checks_stale = TRUE;
  if (self->tell_id == 0)
    self->tell_id = g_idle_add (on_tell, self);
}

void
ferry_draft_take_plan (FerryDraft *self, FerryPlan *plan)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));
  g_return_if_fail (plan != NULL);

  ferry_draft_forget (self);
  ferry_plan_free (self->plan);
  self->plan = plan;
  ferry_draft_touch (self);
}

void
ferry_draft_remember (FerryDraft *self, GPtrArray *ids)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));
  g_return_if_fail (ids != NULL);

  ferry_draft_forget (self);
  self->before = ferry_plan_copy (self->plan);
  self->edited_ids = g_ptr_array_ref (ids);
}

gboolean
ferry_draft_undo (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), FALSE);

  if (self->before == NULL)
    return FALSE;

  ferry_bulk_restore (self->plan, self->before, self->edited_ids);
  ferry_draft_forget (self);
  ferry_draft_touch (self);

  return TRUE;
}

void
ferry_draft_forget (FerryDraft *self)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  g_clear_pointer (&self->before, ferry_plan_free);
  g_clear_pointer (&self->edited_ids, g_ptr_array_unref);
}

GPtrArray *
ferry_draft_get_guests (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  return self->guests;
}

static GHashTable *
list_ids (const GPtrArray *guests)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < guests->len; i++)
    g_hash_table_add (ids, ((FerryGuest *) g_ptr_array_index (guests, i))->id);

  return ids;
}

/* Takes those out of the plan that are gone, and says which. */
static void
drop_lost (FerryDraft *self)
{
  g_autoptr (GHashTable) ids = list_ids (self->guests);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->plan->guests->len;)
    {
      const FerryPlanGuest *guest = ferry_plan_get_guest (self->plan, i);

      if (g_hash_table_contains (ids, guest->source->id))
        {
          i++;
          continue;
        }
      g_ptr_array_add (names, g_strdup (guest->name));
      ferry_plan_remove_guest (self->plan, guest->source->id);
    }
  if (names->len == 0)
    return;

  g_ptr_array_add (names, NULL);
  g_signal_emit (self, signals[LOST], 0, names->pdata);
}

void
ferry_draft_take_guests (FerryDraft *self, GPtrArray *guests)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  g_clear_pointer (&self->guests, g_ptr_array_unref);
  self->guests = guests;
  g_hash_table_remove_all (self->findings);
  if (guests != NULL)
    drop_lost (self);
  ferry_draft_touch (self);
}

const FerryHostFacts *
ferry_draft_get_host (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  return self->host;
}

void
ferry_draft_take_host (FerryDraft *self, FerryHostFacts *facts)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  g_clear_pointer (&self->host, ferry_host_facts_free);
  self->host = facts;
  ferry_draft_touch (self);
}

const FerryDestinationFacts *
ferry_draft_get_destination (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  return self->destination;
}

void
ferry_draft_take_destination (FerryDraft *self, FerryDestinationFacts *facts)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  g_clear_pointer (&self->destination, ferry_destination_facts_free);
  self->destination = facts;
  ferry_draft_touch (self);
}

const FerryStorage *
ferry_draft_get_storage (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  if (self->destination == NULL)
    return NULL;

  switch (self->plan->destination.kind)
    {
    case FERRY_DESTINATION_FOLDER:
      return self->destination->storages->len > 0
                 ? g_ptr_array_index (self->destination->storages, 0)
                 : NULL;
    case FERRY_DESTINATION_LIBVIRT:
      return self->plan->destination.pool != NULL
                 ? ferry_destination_facts_find_storage (self->destination,
                                                         self->plan->destination.pool)
                 : NULL;
    }

  return NULL;
}

void
ferry_draft_set_format (FerryDraft *self, FerryFormat format)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  self->plan->format = format;
  for (guint i = 0; i < self->plan->guests->len; i++)
    ferry_plan_get_guest (self->plan, i)->format = format;
  ferry_draft_touch (self);
}

void
ferry_draft_set_allocation (FerryDraft *self, FerryAllocation allocation)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));

  self->plan->allocation = allocation;
  for (guint i = 0; i < self->plan->guests->len; i++)
    ferry_plan_get_guest (self->plan, i)->allocation = allocation;
  ferry_draft_touch (self);
}

/* Calls @visit for every NIC of the plan on @source. */
static void
visit_nics (FerryPlan *plan,
            const char *source,
            void (*visit) (FerryPlanNic *nic, gpointer data),
            gpointer data)
{
  for (guint i = 0; i < plan->guests->len; i++)
    {
      FerryPlanGuest *guest = ferry_plan_get_guest (plan, i);

      for (guint n = 0; n < guest->nics->len; n++)
        if (g_strcmp0 (ferry_guest_get_nic (guest->source, n)->network, source) == 0)
          visit (ferry_plan_guest_get_nic (guest, n), data);
    }
}

static void
set_network (FerryPlanNic *nic, gpointer data)
{
  ferry_plan_network_copy (data, &nic->network);
}

void
ferry_draft_map_network (FerryDraft *self, const char *source, const FerryPlanNetwork *network)
{
  FerryPlanNetwork copy = { 0 };

  g_return_if_fail (FERRY_IS_DRAFT (self));
  g_return_if_fail (network != NULL);

  ferry_plan_network_copy (network, &copy);
  if (source != NULL)
    ferry_plan_set_mapping (self->plan, source, copy.kind != FERRY_NETWORK_UNMAPPED ? &copy : NULL);
  visit_nics (self->plan, source, set_network, &copy);
  ferry_plan_network_clear (&copy);
  ferry_draft_touch (self);
}

typedef struct
{
  const FerryPlanNetwork *network;
  guint count;
} Others;

static void
count_other (FerryPlanNic *nic, gpointer data)
{
  Others *others = data;

  if (nic->network.kind != others->network->kind ||
      g_strcmp0 (nic->network.name, others->network->name) != 0)
    others->count++;
}

guint
ferry_draft_count_others (FerryDraft *self, const char *source, const FerryPlanNetwork *network)
{
  Others others = { .network = network };

  g_return_val_if_fail (FERRY_IS_DRAFT (self), 0);
  g_return_val_if_fail (network != NULL, 0);

  visit_nics (self->plan, source, count_other, &others);

  return others.count;
}

void
ferry_draft_set_work_bytes (FerryDraft *self, const char *id, guint64 bytes)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));
  g_return_if_fail (id != NULL);

  g_hash_table_insert (self->work_bytes, g_strdup (id), g_memdup2 (&bytes, sizeof bytes));
  ferry_draft_touch (self);
}

guint64
ferry_draft_get_work_bytes (FerryDraft *self, const char *id)
{
  const guint64 *bytes;

  g_return_val_if_fail (FERRY_IS_DRAFT (self), 0);

  bytes = g_hash_table_lookup (self->work_bytes, id);

  return bytes != NULL ? *bytes : 0;
}

void
ferry_draft_take_findings (FerryDraft *self, const char *id, GPtrArray *checks)
{
  g_return_if_fail (FERRY_IS_DRAFT (self));
  g_return_if_fail (id != NULL && checks != NULL);

  g_hash_table_insert (self->findings, g_strdup (id), checks);
  ferry_draft_touch (self);
}

gboolean
ferry_draft_is_verified (FerryDraft *self, const char *id)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), FALSE);

  return g_hash_table_contains (self->findings, id);
}

GPtrArray *
ferry_draft_get_plan_checks (FerryDraft *self)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  ensure_checks (self);

  return self->plan_checks;
}

GPtrArray *
ferry_draft_get_guest_checks (FerryDraft *self, const char *id)
{
  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  ensure_checks (self);

  return g_hash_table_lookup (self->guest_checks, id);
}

gboolean
ferry_draft_is_blocked (FerryDraft *self, const char *id)
{
  const GPtrArray *checks;

  g_return_val_if_fail (FERRY_IS_DRAFT (self), TRUE);

  ensure_checks (self);
  if (ferry_checks_count (self->plan_checks, FERRY_SEVERITY_BLOCKER) > 0)
    return TRUE;

  checks = g_hash_table_lookup (self->guest_checks, id);

  return checks != NULL && ferry_checks_count (checks, FERRY_SEVERITY_BLOCKER) > 0;
}

FerryPlan *
ferry_draft_dup_ready_plan (FerryDraft *self)
{
  FerryPlan *plan;

  g_return_val_if_fail (FERRY_IS_DRAFT (self), NULL);

  plan = ferry_plan_copy (self->plan);
  for (guint i = 0; i < self->plan->guests->len; i++)
    {
      const char *id = ferry_plan_get_guest (self->plan, i)->source->id;

      if (ferry_draft_is_blocked (self, id))
        ferry_plan_remove_guest (plan, id);
    }

  return plan;
}
