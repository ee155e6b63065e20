/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-address-form.h"

#include "ferry-field-note.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#define UI_RESOURCE "/io/github/ferryvm/Ferry/widgets/ferry-address-form.ui"

/* In the order in which they are shown, and are judged. */
typedef enum
{
  FIELD_IP,
  FIELD_PREFIX,
  FIELD_GATEWAY,
  FIELD_DNS,
} Field;
#define N_FIELDS (FIELD_DNS + 1)

static const char *const field_names[N_FIELDS] = { "ip", "prefix", "gateway", "dns" };

struct _FerryAddressForm
{
  GObject parent_instance;

  GtkBuilder *builder; /* (owned): its rows */
  GtkSwitch *active; /* (unowned) (nullable): NULL: ended */
  GtkEditable *rows[N_FIELDS]; /* (unowned) */
  FerryFieldNote *notes[N_FIELDS]; /* (unowned) */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (FerryAddressForm, ferry_address_form, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
dup_text (FerryAddressForm *self, Field field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->rows[field])));
}

/* 0: not given; what is no number is beyond every prefix, and so is told. */
static guint
parse_prefix (const char *text)
{
  guint64 prefix;

  if (*text == '\0')
    return 0;
  if (!g_ascii_string_to_unsigned (text, 10, 1, 128, &prefix, NULL))
    return G_MAXUINT16;

  return (guint) prefix;
}

static char **
split_servers (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",; \t", -1);
  g_autoptr (GPtrArray) servers = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (servers, g_strdup (words[i]));
  if (servers->len == 0)
    return NULL;
  g_ptr_array_add (servers, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&servers), FALSE);
}

/* The first field that is wrong is told; the others cannot be judged before it is right. */
static void
tell_field (FerryAddressForm *self, const FerryPlanAddress *address, Field field, gboolean *told)
{
  FerryPlanAddress part = *address;
  g_autoptr (GError) error = NULL;

  part.prefix = field >= FIELD_PREFIX ? part.prefix : 0;
  part.gateway = field >= FIELD_GATEWAY ? part.gateway : NULL;
  part.dns = field >= FIELD_DNS ? part.dns : NULL;
  if (!*told && address->ip != NULL)
    ferry_plan_address_is_valid (&part, &error);
  ferry_field_note_tell (self->notes[field], GTK_WIDGET (self->rows[field]),
                         error != NULL ? error->message : NULL);
  *told = *told || error != NULL;
}

static void
update (FerryAddressForm *self)
{
  gboolean active = gtk_switch_get_active (self->active);
  FerryPlanAddress address = { 0 };
  gboolean told = FALSE;

  ferry_address_form_get (self, &address);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), active);
      tell_field (self, &address, (Field) i, &told);
    }
  g_free (address.ip);
  g_free (address.gateway);
  g_strfreev (address.dns);
}

static void
on_changed (FerryAddressForm *self)
{
  if (self->filling)
    return;

  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ferry_address_form_dispose (GObject *object)
{
  FerryAddressForm *self = FERRY_ADDRESS_FORM (object);

  ferry_address_form_end (self);
  g_clear_object (&self->builder);

  G_OBJECT_CLASS (ferry_address_form_parent_class)->dispose (object);
}

static void
ferry_address_form_class_init (FerryAddressFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_address_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_ADDRESS_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
find_rows (FerryAddressForm *self, AdwExpanderRow *expander)
{
  adw_expander_row_add_row (expander,
                            GTK_WIDGET (ferry_address_form_get_row (self, "active_row")));
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *row = g_strconcat (field_names[i], "_row", NULL);
      g_autofree char *note = g_strconcat (field_names[i], "_note", NULL);

      self->rows[i] = GTK_EDITABLE (ferry_address_form_get_row (self, row));
      self->notes[i] = FERRY_FIELD_NOTE (ferry_address_form_get_row (self, note));
      adw_expander_row_add_row (expander, GTK_WIDGET (self->rows[i]));
      adw_expander_row_add_row (expander, GTK_WIDGET (self->notes[i]));
      g_signal_connect_swapped (self->rows[i], "changed", G_CALLBACK (on_changed), self);
    }
}

static void
ferry_address_form_init (FerryAddressForm *self)
{
  g_type_ensure (FERRY_TYPE_FIELD_NOTE);
  self->builder = gtk_builder_new_from_resource (UI_RESOURCE);
  self->active = GTK_SWITCH (ferry_address_form_get_row (self, "active"));
}

FerryAddressForm *
ferry_address_form_new (AdwExpanderRow *expander)
{
  FerryAddressForm *self = g_object_new (FERRY_TYPE_ADDRESS_FORM, NULL);

  find_rows (self, expander);
  g_signal_connect_swapped (self->active, "notify::active", G_CALLBACK (on_changed), self);

  return self;
}

static void
set_field (FerryAddressForm *self, Field field, const char *text)
{
  gtk_editable_set_text (self->rows[field], text != NULL ? text : "");
}

void
ferry_address_form_set (FerryAddressForm *self, const FerryPlanAddress *address)
{
  g_autofree char *prefix = NULL;
  g_autofree char *dns = NULL;

  g_return_if_fail (FERRY_IS_ADDRESS_FORM (self));
  g_return_if_fail (self->active != NULL);

  prefix = address->prefix != 0 ? g_strdup_printf ("%u", address->prefix) : NULL;
  dns = address->dns != NULL ? g_strjoinv (", ", address->dns) : NULL;
  self->filling = TRUE;
  gtk_switch_set_active (self->active, address->ip != NULL);
  set_field (self, FIELD_IP, address->ip);
  set_field (self, FIELD_PREFIX, prefix);
  set_field (self, FIELD_GATEWAY, address->gateway);
  set_field (self, FIELD_DNS, dns);
  update (self);
  self->filling = FALSE;
}

void
ferry_address_form_get (FerryAddressForm *self, FerryPlanAddress *out_address)
{
  g_autofree char *prefix = NULL;
  g_autofree char *dns = NULL;
  gboolean active;

  g_return_if_fail (FERRY_IS_ADDRESS_FORM (self));
  g_return_if_fail (self->active != NULL);

  active = gtk_switch_get_active (self->active);
  prefix = dup_text (self, FIELD_PREFIX);
  dns = dup_text (self, FIELD_DNS);
  g_free (out_address->ip);
  g_free (out_address->gateway);
  g_strfreev (out_address->dns);
  out_address->ip = active ? dup_text (self, FIELD_IP) : NULL;
  out_address->prefix = active ? parse_prefix (prefix) : 0;
  out_address->gateway = active ? dup_text (self, FIELD_GATEWAY) : NULL;
  if (out_address->gateway != NULL && *out_address->gateway == '\0')
    g_clear_pointer (&out_address->gateway, g_free);
  out_address->dns = active ? split_servers (dns) : NULL;
}

void
ferry_address_form_set_reason (FerryAddressForm *self, const char *reason)
{
  AdwActionRow *row;

  g_return_if_fail (FERRY_IS_ADDRESS_FORM (self));
  g_return_if_fail (self->active != NULL);

  row = ADW_ACTION_ROW (ferry_address_form_get_row (self, "active_row"));
  /* One that is set can be taken back in every case. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->active),
                            reason == NULL || gtk_switch_get_active (self->active));
  adw_action_row_set_subtitle (row, reason != NULL
                                        ? reason
                                        : _("Set inside the guest, from its first start on"));
}

GObject *
ferry_address_form_get_row (FerryAddressForm *self, const char *id)
{
  g_return_val_if_fail (FERRY_IS_ADDRESS_FORM (self), NULL);

  return gtk_builder_get_object (self->builder, id);
}

void
ferry_address_form_end (FerryAddressForm *self)
{
  g_return_if_fail (FERRY_IS_ADDRESS_FORM (self));

  if (self->active == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->active, self);
  for (guint i = 0; i < N_FIELDS; i++)
    g_signal_handlers_disconnect_by_data (self->rows[i], self);
  self->active = NULL;
}
