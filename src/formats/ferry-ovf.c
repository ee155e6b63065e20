/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ovf-private.h"

#include "ferry-check.h"
#include "ferry-error.h"
#include "ferry-ovf-units.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
ovf_file_free (FerryOvfFile *file)
{
  g_free (file->id);
  g_free (file->href);
  g_free (file->compression);
  g_free (file);
}

void
ferry_ovf_system_free (FerryOvfSystem *system)
{
  g_free (system->id);
  g_clear_pointer (&system->guest, ferry_guest_free);
  g_clear_pointer (&system->files, g_ptr_array_unref);
  g_free (system);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOvfSystem, ferry_ovf_system_free)

static FerryOvfContext *
context_new (void)
{
  FerryOvfContext *context = g_new0 (FerryOvfContext, 1);

  context->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  context->disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  context->disks_of_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  context->used_disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  context->properties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return context;
}

static void
context_free (FerryOvfContext *context)
{
  g_hash_table_unref (context->files);
  g_hash_table_unref (context->disks);
  g_hash_table_unref (context->disks_of_files);
  g_hash_table_unref (context->used_disks);
  g_hash_table_unref (context->properties);
  g_free (context->configuration);
  g_free (context);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryOvfContext, context_free)

gboolean
ferry_ovf_is_section (const xmlNode *node, const char *name)
{
  g_autofree char *type = NULL;
  const char *local, *end;

  if (ferry_xml_is (node, name))
    return TRUE;
  if (!ferry_xml_is (node, "Section") && !ferry_xml_is (node, "Content"))
    return FALSE;
  type = ferry_xml_dup_attribute (node, "type");
  if (type == NULL)
    return FALSE;
  local = strchr (type, ':') != NULL ? strchr (type, ':') + 1 : type;
  end = g_str_has_suffix (local, "_Type") ? local + strlen (local) - strlen ("_Type")
                                          : local + strlen (local);

  return strlen (name) == (gsize) (end - local) && strncmp (local, name, strlen (name)) == 0;
}

const xmlNode *
ferry_ovf_get_section (const xmlNode *parent, const char *name)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE && ferry_ovf_is_section (node, name))
      return node;

  return NULL;
}

static guint64
read_chunk_bytes (const xmlNode *node)
{
  g_autofree char *text = ferry_xml_dup_attribute (node, "chunkSize");
  guint64 bytes = 0;

  if (text != NULL)
    ferry_ovf_parse_quantity (text, 1, &bytes);

  return bytes;
}

static FerryOvfFile *
read_file (const xmlNode *node)
{
  FerryOvfFile *file = g_new0 (FerryOvfFile, 1);
  g_autofree char *size = ferry_xml_dup_attribute (node, "size");
  guint64 bytes;

  file->id = ferry_xml_dup_attribute (node, "id");
  file->href = ferry_xml_dup_attribute (node, "href");
  file->compression = ferry_xml_dup_attribute (node, "compression");
  file->chunk_bytes = read_chunk_bytes (node);
  file->size_bytes = -1;
  if (size != NULL && ferry_ovf_parse_quantity (size, 1, &bytes) && bytes <= G_MAXINT64)
    file->size_bytes = (gint64) bytes;
  if (g_strcmp0 (file->compression, "identity") == 0)
    g_clear_pointer (&file->compression, g_free);

  return file;
}

static void
read_references (FerryOvfContext *context, FerryOvf *ovf, const xmlNode *envelope)
{
  const xmlNode *references = ferry_xml_get_child (envelope, "References");

  for (const xmlNode *node = ferry_xml_get_child (references, "File"); node != NULL;
       node = ferry_xml_get_next (node, "File"))
    {
      FerryOvfFile *file = read_file (node);

      g_ptr_array_add (ovf->files, file);
      if (file->id != NULL && file->href != NULL &&
          !g_hash_table_contains (context->files, file->id))
        g_hash_table_insert (context->files, g_strdup (file->id), file);
    }
}

static void
read_disk (FerryOvfContext *context, const xmlNode *node)
{
  g_autofree char *id = ferry_xml_dup_attribute (node, "diskId");
  g_autofree char *file = ferry_xml_dup_attribute (node, "fileRef");

  if (id == NULL || g_hash_table_contains (context->disks, id))
    return;
  if (file != NULL && !g_hash_table_contains (context->disks_of_files, file))
    g_hash_table_insert (context->disks_of_files, g_steal_pointer (&file), g_strdup (id));
  g_hash_table_insert (context->disks, g_steal_pointer (&id), (gpointer) node);
}

static void
read_disks (FerryOvfContext *context, const xmlNode *envelope)
{
  const xmlNode *section = ferry_ovf_get_section (envelope, "DiskSection");

  for (const xmlNode *node = ferry_xml_get_child (section, "Disk"); node != NULL;
       node = ferry_xml_get_next (node, "Disk"))
    read_disk (context, node);
}

/* The option that is used when nobody chooses: the one marked so, or the first. */
static void
read_deployment_options (FerryOvfContext *context, const xmlNode *envelope)
{
  const xmlNode *section = ferry_ovf_get_section (envelope, "DeploymentOptionSection");

  for (const xmlNode *node = ferry_xml_get_child (section, "Configuration"); node != NULL;
       node = ferry_xml_get_next (node, "Configuration"))
    {
      g_autofree char *is_default = ferry_xml_dup_attribute (node, "default");
      gboolean chosen = g_strcmp0 (is_default, "true") == 0 || g_strcmp0 (is_default, "1") == 0;

      if (context->configuration != NULL && !chosen)
        continue;
      g_free (context->configuration);
      context->configuration = ferry_xml_dup_attribute (node, "id");
      if (chosen)
        return;
    }
}

static char *
dup_property_value (const xmlNode *node)
{
  char *value = ferry_xml_dup_attribute (node, "value");
  const xmlNode *first = ferry_xml_get_child (node, "Value");

  if (value == NULL && first != NULL)
    value = ferry_xml_dup_attribute (first, "value");

  return value;
}

/* A property is called [class.]key[.instance], class and instance being the section's. */
static char *
dup_property_key (const xmlNode *section, const char *key)
{
  g_autofree char *class = ferry_xml_dup_attribute (section, "class");
  g_autofree char *instance = ferry_xml_dup_attribute (section, "instance");

  return g_strconcat (class != NULL ? class : "", class != NULL ? "." : "", key,
                      instance != NULL ? "." : "", instance, NULL);
}

static void
read_product (FerryOvfContext *context, const xmlNode *section)
{
  for (const xmlNode *node = ferry_xml_get_child (section, "Property"); node != NULL;
       node = ferry_xml_get_next (node, "Property"))
    {
      g_autofree char *key = ferry_xml_dup_attribute (node, "key");
      g_autofree char *value = dup_property_value (node);

      if (key == NULL || value == NULL)
        continue;
      g_hash_table_insert (context->properties, dup_property_key (section, key), g_strdup (value));
    }
}

static void
read_products (FerryOvfContext *context, const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next)
    if (node->type == XML_ELEMENT_NODE && ferry_ovf_is_section (node, "ProductSection"))
      read_product (context, node);
}

char *
ferry_ovf_resolve (const FerryOvfContext *context, const char *text)
{
  g_autofree char *key = NULL;

  if (!g_str_has_prefix (text, "${") || !g_str_has_suffix (text, "}"))
    return g_strdup (text);
  key = g_strndup (text + 2, strlen (text) - 3);

  return g_strdup (g_hash_table_lookup (context->properties, key));
}

void
ferry_ovf_warn (FerryGuest *guest, const char *id, const char *advice, const char *text_format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, text_format);
  text = g_strdup_vprintf (text_format, args);
  va_end (args);
  g_ptr_array_add (guest->checks, ferry_check_new (id, FERRY_SEVERITY_WARNING, advice, "%s", text));
}

static void
read_name (const xmlNode *node, FerryOvfSystem *system, const char *base_name)
{
  FerryGuest *guest = system->guest;
  g_autofree char *name = ferry_xml_dup_child_text (node, "Name");

  if (name == NULL && *system->id != '\0')
    name = g_strdup (system->id);
  if (name == NULL)
    {
      name = g_strdup (base_name);
      g_ptr_array_add (guest->checks,
                       ferry_check_new ("guest.no-name", FERRY_SEVERITY_NOTE,
                                        _("Give it another name in Settings if you like."),
                                        _("The description gives no name; the file’s name ‘%s’ "
                                          "stands in for it."),
                                        base_name));
    }
  g_free (guest->name);
  guest->name = g_steal_pointer (&name);
}

static void
read_description (const xmlNode *node, FerryGuest *guest)
{
  const xmlNode *section = ferry_ovf_get_section (node, "AnnotationSection");

  guest->description = section != NULL ? ferry_xml_dup_child_text (section, "Annotation") : NULL;
  if (guest->description == NULL)
    guest->description = ferry_xml_dup_child_text (node, "Description");
}

static FerryOvfSystem *
read_system (FerryOvfContext *context, const xmlNode *node, const char *base_name)
{
  g_autoptr (FerryOvfSystem) system = g_new0 (FerryOvfSystem, 1);
  g_autofree char *id = ferry_xml_dup_attribute (node, "id");
  const xmlNode *hardware = ferry_ovf_get_section (node, "VirtualHardwareSection");

  system->id = g_strdup (id != NULL ? id : "");
  system->guest = ferry_guest_new (system->id, system->id);
  system->guest->power = FERRY_POWER_OFF;
  system->files = g_ptr_array_new ();
  read_products (context, node);
  read_name (node, system, base_name);
  read_description (node, system->guest);
  ferry_ovf_read_os (node, system->guest);
  ferry_ovf_read_firmware (node, system->guest);
  if (hardware != NULL)
    ferry_ovf_read_hardware (context, hardware, system);

  return g_steal_pointer (&system);
}

/* Depth is bounded by the XML reader. */
static void
read_systems (FerryOvfContext *context, FerryOvf *ovf, const xmlNode *parent, const char *base_name)
{
  read_products (context, parent);
  for (const xmlNode *node = parent->children; node != NULL; node = node->next)
    {
      if (node->type != XML_ELEMENT_NODE)
        continue;
      if (ferry_ovf_is_section (node, "VirtualSystem"))
        g_ptr_array_add (ovf->systems, read_system (context, node, base_name));
      else if (ferry_ovf_is_section (node, "VirtualSystemCollection"))
        read_systems (context, ovf, node, base_name);
    }
}

/* Only told when there is one system: in a collection nobody knows whose it would be. */
static void
check_unused_disks (const FerryOvfContext *context, const FerryOvf *ovf)
{
  const FerryOvfSystem *system = g_ptr_array_index (ovf->systems, 0);
  guint n_unused = g_hash_table_size (context->disks) - g_hash_table_size (context->used_disks);

  if (ovf->systems->len == 1 && n_unused > 0)
    ferry_ovf_warn (system->guest, "disk.unused",
                    _("Look at the original virtual machine whether it needs them."),
                    ngettext ("The description lists %u disk that the virtual machine does not "
                              "use; it is left out.",
                              "The description lists %u disks that the virtual machine does not "
                              "use; they are left out.",
                              n_unused),
                    n_unused);
}

void
ferry_ovf_free (FerryOvf *ovf)
{
  if (ovf == NULL)
    return;
  g_ptr_array_unref (ovf->files);
  g_ptr_array_unref (ovf->systems);
  g_free (ovf);
}

FerryOvf *
ferry_ovf_parse (GBytes *text, const char *base_name, GError **error)
{
  g_autoptr (FerryOvfContext) context = context_new ();
  g_autoptr (FerryOvf) ovf = g_new0 (FerryOvf, 1);
  g_autoptr (xmlDoc) document = ferry_xml_parse (text, error);
  const xmlNode *envelope;

  ovf->files = g_ptr_array_new_with_free_func ((GDestroyNotify) ovf_file_free);
  ovf->systems = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_ovf_system_free);
  if (document == NULL)
    return NULL;
  envelope = xmlDocGetRootElement (document);
  if (!ferry_xml_is (envelope, "Envelope"))
    {
      ferry_fail (error, FERRY_ERROR_INVALID,
                  _("It is XML, but not an OVF description: it begins with ‘%s’."),
                  (const char *) envelope->name);
      return NULL;
    }

  read_references (context, ovf, envelope);
  read_disks (context, envelope);
  read_deployment_options (context, envelope);
  read_systems (context, ovf, envelope, base_name);
  if (ovf->systems->len == 0)
    {
      ferry_fail (error, FERRY_ERROR_INVALID, _("It describes no virtual machine."));
      return NULL;
    }
  check_unused_disks (context, ovf);

  return g_steal_pointer (&ovf);
}
