/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-hardware-group.h"

#include "ferry-settings-text.h"
#include "ferry-wizard-text.h"

#include <glib/gi18n-lib.h>

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)
#define MAX_VCPUS 65536

/* The factors of the number of CPUs. */
typedef enum
{
  FACTOR_SOCKETS,
  FACTOR_CORES,
  FACTOR_THREADS,
} Factor;
#define N_FACTORS (FACTOR_THREADS + 1)

struct _FerryHardwareGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean filling;
  guint source_vcpus; /* 0: the source does not say */
  FerryGuest *topology; /* (owned): the source's, for when the user wants one */

  GtkSpinButton *memory;
  AdwActionRow *memory_row;
  GtkSpinButton *vcpus;
  AdwActionRow *vcpus_row;
  AdwActionRow *topology_row;
  GtkSwitch *has_topology;
  GtkSpinButton *sockets;
  GtkSpinButton *cores;
  GtkSpinButton *threads;
  GtkWidget *sockets_row;
  GtkWidget *cores_row;
  GtkWidget *threads_row;
  AdwComboRow *firmware_row;
};

G_DEFINE_FINAL_TYPE (FerryHardwareGroup, ferry_hardware_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
list_factors (FerryHardwareGroup *self, GtkSpinButton *spins[N_FACTORS])
{
  spins[FACTOR_SOCKETS] = self->sockets;
  spins[FACTOR_CORES] = self->cores;
  spins[FACTOR_THREADS] = self->threads;
}

static guint
get_number (GtkSpinButton *spin)
{
  return (guint) gtk_spin_button_get_value_as_int (spin);
}

static guint
get_product (FerryHardwareGroup *self)
{
  return get_number (self->sockets) * get_number (self->cores) * get_number (self->threads);
}

/* None may grow so much that their product is beyond what there can be. */
static void
limit_factors (FerryHardwareGroup *self)
{
  GtkSpinButton *spins[N_FACTORS];
  guint product = get_product (self);

  list_factors (self, spins);
  for (guint i = 0; i < N_FACTORS; i++)
    {
      guint others = product / MAX (get_number (spins[i]), 1);

      gtk_adjustment_set_upper (gtk_spin_button_get_adjustment (spins[i]),
                                MAX (MAX_VCPUS / MAX (others, 1), 1));
    }
}

static void
describe_vcpus (FerryHardwareGroup *self, gboolean has_topology)
{
  g_autofree char *source = NULL;
  g_autofree char *topology = NULL;

  if (has_topology)
    topology = ferry_text_topology (get_number (self->sockets), get_number (self->cores),
                                    get_number (self->threads));
  if (self->source_vcpus != 0)
    source = g_strdup_printf (_("%u at the source"), self->source_vcpus);
  adw_action_row_set_subtitle (self->vcpus_row,
                               source != NULL ? source : _("The source does not say"));
  adw_action_row_set_subtitle (self->topology_row,
                               topology != NULL ? topology : _("As the destination does it"));
}

static void
update (FerryHardwareGroup *self)
{
  gboolean has_topology = gtk_switch_get_active (self->has_topology);
  gboolean filling = self->filling;

  self->filling = TRUE;
  if (has_topology)
    {
      limit_factors (self);
      gtk_spin_button_set_value (self->vcpus, get_product (self));
    }
  self->filling = filling;
  gtk_widget_set_sensitive (GTK_WIDGET (self->vcpus), !has_topology);
  gtk_widget_set_visible (self->sockets_row, has_topology);
  gtk_widget_set_visible (self->cores_row, has_topology);
  gtk_widget_set_visible (self->threads_row, has_topology);
  describe_vcpus (self, has_topology);
}

static void
on_changed (FerryHardwareGroup *self)
{
  if (self->filling)
    return;

  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_factors (FerryHardwareGroup *self, guint sockets, guint cores, guint threads)
{
  GtkSpinButton *spins[N_FACTORS];
  const guint values[N_FACTORS] = { sockets, cores, threads };

  list_factors (self, spins);
  for (guint i = 0; i < N_FACTORS; i++)
    {
      gtk_adjustment_set_upper (gtk_spin_button_get_adjustment (spins[i]), MAX_VCPUS);
      gtk_spin_button_set_value (spins[i], values[i]);
    }
}

/* Begins with what makes the same number of CPUs: the source's, or one socket. */
static void
on_topology_changed (FerryHardwareGroup *self)
{
  guint vcpus = MAX (get_number (self->vcpus), 1);

  if (self->filling)
    return;

  self->filling = TRUE;
  if (self->topology != NULL && self->topology->threads != 0 && self->source_vcpus == vcpus)
    set_factors (self, self->topology->sockets, self->topology->cores, self->topology->threads);
  else
    set_factors (self, 1, vcpus, 1);
  self->filling = FALSE;
  on_changed (self);
}

static void
ferry_hardware_group_dispose (GObject *object)
{
  FERRY_HARDWARE_GROUP (object)->filling = TRUE; /* the rows change once more while they go */

  G_OBJECT_CLASS (ferry_hardware_group_parent_class)->dispose (object);
}

static void
ferry_hardware_group_finalize (GObject *object)
{
  g_clear_pointer (&FERRY_HARDWARE_GROUP (object)->topology, ferry_guest_free);

  G_OBJECT_CLASS (ferry_hardware_group_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ferryvm/Ferry/widgets/"
                                                             "ferry-hardware-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, memory);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, memory_row);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, vcpus);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, vcpus_row);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, topology_row);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, has_topology);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, sockets);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, cores);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, threads);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, sockets_row);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, cores_row);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, threads_row);
  gtk_widget_class_bind_template_child (widget_class, FerryHardwareGroup, firmware_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_topology_changed);
}

static void
ferry_hardware_group_class_init (FerryHardwareGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_hardware_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_hardware_group_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERRY_TYPE_HARDWARE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ferry_hardware_group_init (FerryHardwareGroup *self)
{
  g_autoptr (GtkStringList) firmwares = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = FERRY_FIRMWARE_UNKNOWN; i <= FERRY_FIRMWARE_UEFI; i++)
    gtk_string_list_append (firmwares, ferry_text_firmware ((FerryFirmware) i));
  adw_combo_row_set_model (self->firmware_row, G_LIST_MODEL (firmwares));
  self->filling = FALSE;
}

/* What the source says stays in sight beside what is chosen. */
static void
describe_memory (FerryHardwareGroup *self, const FerryGuest *source)
{
  g_autofree char *memory = ferry_text_memory (source->memory_bytes);
  g_autofree char *text = NULL;

  if (source->memory_bytes != 0)
    /* Translators: the value that the virtual machine has at the source */
    text = g_strdup_printf (_("MiB · %s at the source"), memory);
  else
    text = g_strdup (_("MiB · the source does not say"));
  adw_action_row_set_subtitle (self->memory_row, text);
}

void
ferry_hardware_group_show (FerryHardwareGroup *self, const FerryPlanGuest *guest)
{
  gboolean has_topology;

  g_return_if_fail (FERRY_IS_HARDWARE_GROUP (self));

  has_topology = guest->sockets != 0 && guest->cores != 0 && guest->threads != 0;
  self->filling = TRUE;
  self->source_vcpus = guest->source->vcpus;
  g_clear_pointer (&self->topology, ferry_guest_free);
  self->topology = ferry_guest_copy (guest->source);
  gtk_spin_button_set_value (self->memory, (double) (guest->memory_bytes / MIB));
  gtk_spin_button_set_value (self->vcpus, guest->vcpus);
  gtk_switch_set_active (self->has_topology, has_topology);
  if (has_topology)
    set_factors (self, guest->sockets, guest->cores, guest->threads);
  adw_combo_row_set_selected (self->firmware_row, (guint) guest->firmware - FERRY_FIRMWARE_UNKNOWN);
  describe_memory (self, guest->source);
  update (self);
  self->filling = FALSE;
}

/* Less than a MiB is not in sight, and is not lost because something else changes. */
static void
take_memory (FerryHardwareGroup *self, FerryPlanGuest *guest)
{
  guint64 mib = (guint64) get_number (self->memory);

  if (guest->memory_bytes / MIB != mib)
    guest->memory_bytes = mib * MIB;
}

void
ferry_hardware_group_take (FerryHardwareGroup *self, FerryPlanGuest *guest)
{
  gboolean has_topology;

  g_return_if_fail (FERRY_IS_HARDWARE_GROUP (self));

  has_topology = gtk_switch_get_active (self->has_topology);
  take_memory (self, guest);
  guest->vcpus = get_number (self->vcpus);
  guest->sockets = has_topology ? get_number (self->sockets) : 0;
  guest->cores = has_topology ? get_number (self->cores) : 0;
  guest->threads = has_topology ? get_number (self->threads) : 0;
  guest->firmware =
      (FerryFirmware) (FERRY_FIRMWARE_UNKNOWN + adw_combo_row_get_selected (self->firmware_row));
}
