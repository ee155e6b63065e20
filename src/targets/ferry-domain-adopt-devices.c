/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-domain-adopt.h"

#include "ferry-domain-choices.h"
#include "ferry-domain.h"
#include "ferry-domain-nodes.h"
#include "ferry-error.h"

#include <glib/gi18n-lib.h>

/* What is being gone through: devices are numbered as the plan has them.
 * @n_kept: disks that do not stay behind
 * @first: of them
 * @keeps_boot: @loses_boot: one of those that are kept, or stay behind, says when it is tried */
typedef struct
{
  const FerryDomainAdoption *adoption;
  guint n_disks;
  guint n_nics;
  guint n_kept;
  xmlNode *first;
  gboolean keeps_boot;
  gboolean loses_boot;
} Adopting;

static gboolean
attribute_is_one_of (const xmlNode *node, const char *name, const char *const *values)
{
  g_autofree char *is = ferry_xml_dup_attribute (node, name);

  return is != NULL && g_strv_contains (values, is);
}

/* --- disks --- */

static void
eject (xmlNode *disk, const Adopting *adopting)
{
  static const char *const kept[] = { "driver", "target", "readonly", "serial",
                                      "boot",   "alias",  "address",  NULL };
  xmlNode *source = ferry_node_get_child (disk, "source");
  g_autofree char *file = source != NULL ? ferry_xml_dup_attribute (source, "file") : NULL;
  g_autofree char *name = file != NULL ? g_path_get_basename (file) : NULL;

  if (source != NULL)
    ferry_domain_adoption_warn (adopting->adoption,
                                _("The medium ‘%s’ in one of its drives stays behind."),
                                name != NULL ? name : "?");
  ferry_node_keep_only (disk, kept);
  ferry_node_set_attribute (disk, "type", "file");
}

static void
point_to (xmlNode *disk, const FerryDomainAdoption *adoption, guint index, guint number)
{
  const char *file = adoption->files[number];
  FerryFormat format = ferry_plan_guest_get_format (adoption->guest, index);
  xmlNode *driver = ferry_node_get_or_insert (disk, "driver");
  xmlNode *source = ferry_node_insert_after (driver, "source");
  g_autofree char *volume = g_path_get_basename (file);

  ferry_node_set_attribute (driver, "name", "qemu");
  ferry_node_set_attribute (driver, "type", ferry_format_to_word (format));
  ferry_node_set_attribute (disk, "type", adoption->pools != NULL ? "volume" : "file");
  if (adoption->pools == NULL)
    {
      ferry_node_set_attribute (source, "file", file);
      return;
    }
  ferry_node_set_attribute (source, "pool", adoption->pools[number]);
  ferry_node_set_attribute (source, "volume", volume);
}

/* @index: among those that the source has */
static void
keep_disk (xmlNode *disk, Adopting *adopting, guint index)
{
  static const char *const kept[] = { "driver",  "target", "iotune", "readonly", "serial",
                                      "wwn",     "vendor", "product", "boot",    "alias",
                                      "address", "geometry", "blockio", NULL };
  guint number = adopting->n_kept++;

  if (number >= g_strv_length ((char **) adopting->adoption->files))
    return; /* told of when all are counted */
  if (number == 0)
    adopting->first = disk;
  adopting->keeps_boot |= ferry_node_get_child (disk, "boot") != NULL;
  ferry_node_keep_only (disk, kept);
  ferry_node_set_attribute (disk, "device", "disk");
  ferry_node_unset_attribute (disk, "rawio");
  ferry_node_unset_attribute (disk, "sgio");
  point_to (disk, adopting->adoption, index, number);
}

static void
adopt_hard_disk (xmlNode *disk, Adopting *adopting)
{
  guint index = adopting->n_disks++;

  /* Those that nobody planned for are counted only. */
  if (index >= adopting->adoption->guest->source->disks->len)
    return;
  if (ferry_plan_guest_includes (adopting->adoption->guest, index))
    {
      keep_disk (disk, adopting, index);
      return;
    }
  adopting->loses_boot |= ferry_node_get_child (disk, "boot") != NULL;
  ferry_node_remove (disk);
}

static gboolean
adopt_disk (xmlNode *disk, Adopting *adopting)
{
  if (ferry_domain_is_hard_disk (disk))
    adopt_hard_disk (disk, adopting);
  else
    eject (disk, adopting);

  return TRUE;
}

/* The disk that it booted from stays behind: the first one takes its turn, before whatever else it
 * may start from. Which number that had, others may have by now. */
static void
settle_boot (const Adopting *adopting)
{
  if (adopting->loses_boot && !adopting->keeps_boot && adopting->first != NULL)
    ferry_domain_boot_first (adopting->first);
}

/* --- network adapters --- */

/* Where it goes is the plan's; filters, VLANs and ports are those of the old host's networks. */
static gboolean
adopt_nic (xmlNode *nic, Adopting *adopting)
{
  static const char *const kept[] = { "mac",   "model",   "driver", "boot",
                                      "alias", "address", "link",   "mtu",  NULL };
  static const char *const lost[] = { "vlan", "filterref", "virtualport", NULL };

  adopting->n_nics++;
  for (guint i = 0; lost[i] != NULL; i++)
    if (ferry_node_get_child (nic, lost[i]) != NULL)
      ferry_domain_adoption_warn (adopting->adoption,
                                  _("The setting ‘%s’ of network adapter %u stays behind: it is "
                                    "about networks of its old host."),
                                  lost[i], adopting->n_nics);
  if (ferry_node_has_attribute (nic, "type", "hostdev"))
    ferry_node_remove_child (nic, "driver");
  ferry_node_keep_only (nic, kept);
  ferry_node_unset_attribute (nic, "managed");
  ferry_node_unset_attribute (nic, "trustGuestRxFilters");
  ferry_node_set_attribute (nic, "type", "user");

  return TRUE;
}

/* --- consoles and ports --- */

static gboolean
is_local_address (const xmlNode *node, const char *attribute)
{
  static const char *const local[] = { "127.0.0.1", "::1", "localhost", NULL };
  g_autofree char *address = ferry_xml_dup_attribute (node, attribute);

  return address == NULL || g_strv_contains (local, address);
}

static gboolean
is_open_to_others (const xmlNode *graphics)
{
  const xmlNode *listen = ferry_xml_get_child (graphics, "listen");

  for (; listen != NULL; listen = ferry_xml_get_next (listen, "listen"))
    if (ferry_node_has_attribute (listen, "type", "network") ||
        !is_local_address (listen, "address"))
      return TRUE;

  return !is_local_address (graphics, "listen");
}

/* A console that others could reach had a password, maybe; that is never told, so that it must not
 * be open without one. */
static gboolean
adopt_graphics (xmlNode *graphics, Adopting *adopting)
{
  static const char *const kept[] = { "image", "jpeg",      "zlib",      "playback",     "streaming",
                                      "mouse", "clipboard", "filetransfer", NULL };
  static const char *const dropped[] = { "listen", "socket", "port", "tlsPort", "websocket", NULL };
  static const char *const types[] = { "vnc", "spice", NULL };

  if (!attribute_is_one_of (graphics, "type", types))
    return FALSE;
  if (is_open_to_others (graphics))
    ferry_domain_adoption_warn (adopting->adoption,
                                _("Its console can be reached from the destination’s own host "
                                  "only, and has no password; change that there if need be."));
  ferry_node_keep_only (graphics, kept);
  for (guint i = 0; dropped[i] != NULL; i++)
    ferry_node_unset_attribute (graphics, dropped[i]);
  ferry_node_set_attribute (graphics, "autoport", "yes");

  return TRUE;
}

/* Ports that lead to a file, device or socket of the host become terminals. */
static gboolean
adopt_port (xmlNode *port, Adopting *adopting)
{
  static const char *const kept[] = { "target", "protocol", "alias", "address", NULL };
  static const char *const plain[] = { "pty", "null", "vc", NULL };

  if (!attribute_is_one_of (port, "type", plain))
    {
      ferry_domain_adoption_warn (adopting->adoption,
                                  _("A serial or parallel port of it led to something of its old "
                                    "host, and is a terminal now (‘virsh console’)."));
      ferry_node_set_attribute (port, "type", "pty");
    }
  ferry_node_keep_only (port, kept);
  ferry_node_unset_attribute (port, "tty");

  return TRUE;
}

/* libvirt makes the sockets of channels by itself where none are named. */
static gboolean
adopt_channel (xmlNode *channel, Adopting *adopting)
{
  static const char *const kept[] = { "target", "alias", "address", NULL };
  static const char *const types[] = { "unix", "spicevmc", "pty", "qemu-vdagent", NULL };

  if (!attribute_is_one_of (channel, "type", types))
    return FALSE;
  ferry_node_keep_only (channel, kept);

  return TRUE;
}

/* --- others --- */

static gboolean
adopt_input (xmlNode *input, Adopting *adopting)
{
  static const char *const types[] = { "mouse", "tablet", "keyboard", NULL };
  static const char *const kept[] = { "driver", "alias", "address", NULL };

  ferry_node_keep_only (input, kept);

  return attribute_is_one_of (input, "type", types);
}

static gboolean
adopt_rng (xmlNode *rng, Adopting *adopting)
{
  static const char *const models[] = { "random", "builtin", NULL };
  static const char *const kept[] = { "rate", "backend", "driver", "alias", "address", NULL };
  xmlNode *backend = ferry_node_get_child (rng, "backend");

  if (backend == NULL || !attribute_is_one_of (backend, "model", models))
    return FALSE;
  ferry_node_keep_only (rng, kept);
  if (ferry_node_has_attribute (backend, "model", "random"))
    ferry_node_set_text (backend, "/dev/urandom");

  return TRUE;
}

static gboolean
adopt_tpm (xmlNode *tpm, Adopting *adopting)
{
  static const char *const kept[] = { "backend", "alias", "address", NULL };
  static const char *const kept_below[] = { "active_pcr_banks", NULL };
  xmlNode *backend = ferry_node_get_child (tpm, "backend");

  if (backend == NULL || !ferry_node_has_attribute (backend, "type", "emulator"))
    return FALSE;
  ferry_node_keep_only (tpm, kept);
  ferry_node_keep_only (backend, kept_below);

  return TRUE;
}

static gboolean
adopt_redirection (xmlNode *device, Adopting *adopting)
{
  static const char *const kept[] = { "boot", "alias", "address", NULL };

  ferry_node_keep_only (device, kept);

  return ferry_node_has_attribute (device, "type", "spicevmc");
}

static gboolean
adopt_audio (xmlNode *audio, Adopting *adopting)
{
  static const char *const none[] = { NULL };

  ferry_node_keep_only (audio, none);
  if (!ferry_node_has_attribute (audio, "type", "spice"))
    ferry_node_set_attribute (audio, "type", "none");
  ferry_node_unset_attribute (audio, "path");
  ferry_node_unset_attribute (audio, "serverName");
  ferry_node_unset_attribute (audio, "runtimeDir");

  return TRUE;
}

static gboolean
adopt_video (xmlNode *video, Adopting *adopting)
{
  static const char *const kept[] = { "model", "alias", "address", NULL };

  ferry_node_keep_only (video, kept);

  return TRUE;
}

static gboolean
adopt_plainly (xmlNode *device, Adopting *adopting)
{
  return TRUE;
}

static gboolean
drop_silently (xmlNode *device, Adopting *adopting)
{
  return FALSE;
}

/* FALSE: it stays behind. */
static const struct
{
  const char *name;
  gboolean (*adopt) (xmlNode *device, Adopting *adopting);
} kinds[] = {
  { "disk", adopt_disk },
  { "interface", adopt_nic },
  { "graphics", adopt_graphics },
  { "serial", adopt_port },
  { "parallel", adopt_port },
  { "console", adopt_port },
  { "channel", adopt_channel },
  { "input", adopt_input },
  { "rng", adopt_rng },
  { "tpm", adopt_tpm },
  { "redirdev", adopt_redirection },
  { "audio", adopt_audio },
  { "video", adopt_video },
  { "controller", adopt_plainly },
  { "hub", adopt_plainly },
  { "iommu", adopt_plainly },
  { "memballoon", adopt_plainly },
  { "panic", adopt_plainly },
  { "sound", adopt_plainly },
  { "vsock", adopt_plainly },
  { "watchdog", adopt_plainly },
  { "emulator", drop_silently },
  { "redirfilter", drop_silently },
};

static void
adopt_device (xmlNode *device, Adopting *adopting)
{
  const char *name = (const char *) device->name;

  for (guint i = 0; device->ns == NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      {
        if (kinds[i].adopt (device, adopting))
          return;
        if (kinds[i].adopt == drop_silently)
          {
            ferry_node_remove (device);
            return;
          }
      }
  /* Translators: the name of an element of libvirt's XML, such as “hostdev” */
  ferry_domain_adoption_warn (adopting->adoption,
                              _("A device of the kind ‘%s’ stays behind: it belongs to its old "
                                "host."),
                              name);
  ferry_node_remove (device);
}

static gboolean
check_counts (const Adopting *adopting, GError **error)
{
  const FerryGuest *source = adopting->adoption->guest->source;

  if (adopting->n_disks == source->disks->len && adopting->n_nics == source->nics->len)
    return TRUE;

  return ferry_fail (error, FERRY_ERROR_INVALID,
                     _("‘%s’ has other disks or network adapters than when the plan was made. Make "
                       "a new plan with it."),
                     source->name);
}

gboolean
ferry_domain_adopt_devices (xmlNode *devices, const FerryDomainAdoption *adoption, GError **error)
{
  Adopting adopting = { .adoption = adoption };
  xmlNode *device = xmlFirstElementChild (devices);

  while (device != NULL)
    {
      xmlNode *next = xmlNextElementSibling (device);

      adopt_device (device, &adopting);
      device = next;
    }

  settle_boot (&adopting);

  return check_counts (&adopting, error);
}
