/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-vsphere-query.h"

#include "ferry-soap.h"

#include <string.h>

/* Types and the properties that are asked of them. */
typedef struct
{
  const char *type;
  const char *properties; /* with blanks between them */
} Wanted;

static const Wanted inventory[] = {
  { "Folder", "name parent" },          { "Datacenter", "name parent" },
  { "ComputeResource", "name parent" }, /* and clusters, which are some */
  { "HostSystem", "name parent" },      { "VirtualApp", "name parent parentFolder" },
};

static const Wanted networks[] = {
  { "Network", "name" }, /* and distributed port groups */
  { "OpaqueNetwork", "summary" },
};

static const char listed[] =
    "name parent parentVApp runtime.host runtime.powerState runtime.connectionState"
    " summary.config.template summary.config.uuid summary.config.instanceUuid"
    " summary.config.guestId summary.config.guestFullName summary.config.memorySizeMB"
    " summary.config.numCpu summary.storage.committed summary.storage.uncommitted";

static const char described[] =
    "name parent parentVApp runtime.host runtime.powerState runtime.connectionState"
    " config.template config.uuid config.instanceUuid config.guestId config.guestFullName"
    " config.annotation config.firmware config.bootOptions config.hardware"
    " guest.toolsRunningStatus snapshot layoutEx";

/* How to get from one object to others: its type, the property that leads there, and from there
 * on. */
typedef struct
{
  const char *name;
  const char *type;
  const char *path;
  const char *next; /* names, with blanks between them */
} Step;

static const Step down[] = {
  { "children", "Folder", "childEntity", "children guests hosts machines members" },
  { "guests", "Datacenter", "vmFolder", "children" },
  { "hosts", "Datacenter", "hostFolder", "children" },
  { "machines", "ComputeResource", "host", "registered" },
  { "members", "VirtualApp", "vm", "" },
  { "registered", "HostSystem", "vm", "" }, /* those in a vApp in a vApp are in no folder */
};

static const Step up[] = {
  { "above", "ManagedEntity", "parent", "above" },
  { "app-folder", "VirtualApp", "parentFolder", "above" },
  { "host", "VirtualMachine", "runtime.host", "above" },
  { "folder", "VirtualMachine", "parent", "above" },
  { "app", "VirtualMachine", "parentVApp", "above app-folder" },
  { "network", "VirtualMachine", "network", "" },
};

static void
append_wanted (GString *spec, const char *type, const char *properties)
{
  g_auto (GStrv) paths = g_strsplit (properties, " ", -1);

  g_string_append (spec, "<propSet>");
  ferry_soap_append (spec, "type", type);
  for (guint i = 0; paths[i] != NULL; i++)
    ferry_soap_append (spec, "pathSet", paths[i]);
  g_string_append (spec, "</propSet>");
}

/* @number: makes the names unique, as they must be in all of a question */
static void
append_step (GString *spec, const Step *step, guint number)
{
  g_auto (GStrv) next = g_strsplit (step->next, " ", -1);

  g_string_append_printf (spec,
                          "<selectSet xsi:type=\"TraversalSpec\"><name>%s%u</name><type>%s</type>"
                          "<path>%s</path><skip>false</skip>",
                          step->name, number, step->type, step->path);
  for (guint i = 0; next[i] != NULL && *next[i] != '\0'; i++)
    g_string_append_printf (spec,
                            "<selectSet xsi:type=\"SelectionSpec\"><name>%s%u</name></selectSet>",
                            next[i], number);
  g_string_append (spec, "</selectSet>");
}

static void
append_object (GString *spec, const char *type, const char *id)
{
  g_string_append (spec, "<objectSet>");
  ferry_soap_append_reference (spec, "obj", type, id);
  g_string_append (spec, "<skip>false</skip>");
}

static void
append_inventory (GString *spec)
{
  for (guint i = 0; i < G_N_ELEMENTS (inventory); i++)
    append_wanted (spec, inventory[i].type, inventory[i].properties);
}

static void
append_view (GString *spec, const char *view)
{
  g_string_append (spec, "<objectSet>");
  ferry_soap_append_reference (spec, "obj", "ContainerView", view);
  g_string_append (spec, "<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>view</name>"
                         "<type>ContainerView</type><path>view</path><skip>false</skip></selectSet>"
                         "</objectSet>");
}

char *
ferry_vsphere_query_list (const FerryVsphereAbout *about, const char *view)
{
  GString *spec = g_string_new ("<specSet>");

  append_wanted (spec, "VirtualMachine", listed);
  append_inventory (spec);
  if (view != NULL)
    {
      append_view (spec, view);
    }
  else
    {
      append_object (spec, "Folder", about->root);
      for (guint i = 0; i < G_N_ELEMENTS (down); i++)
        append_step (spec, &down[i], 0);
      g_string_append (spec, "</objectSet>");
    }
  g_string_append (spec, "</specSet>");

  return g_string_free (spec, FALSE);
}

char *
ferry_vsphere_query_guests (const FerryVsphereAbout *about, const char *const *ids, guint n_ids)
{
  GString *spec = g_string_new ("<specSet>");
  /* A property that the server's version does not know makes the whole question fail. */
  gboolean knows_keys = strcmp (about->api, "6.5") >= 0;
  g_autofree char *properties = g_strconcat (described, knows_keys ? " config.keyId" : "", NULL);

  append_wanted (spec, "VirtualMachine", properties);
  append_inventory (spec);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    append_wanted (spec, networks[i].type, networks[i].properties);
  for (guint i = 0; i < n_ids; i++)
    {
      append_object (spec, "VirtualMachine", ids[i]);
      for (guint n = 0; n < G_N_ELEMENTS (up); n++)
        append_step (spec, &up[n], i);
      g_string_append (spec, "</objectSet>");
    }
  g_string_append (spec, "<reportMissingObjectsInResults>true</reportMissingObjectsInResults>"
                         "</specSet>");

  return g_string_free (spec, FALSE);
}

char *
ferry_vsphere_query_one (const char *type, const char *id, const char *properties)
{
  GString *spec = g_string_new ("<specSet>");

  append_wanted (spec, type, properties);
  append_object (spec, type, id);
  g_string_append (spec, "</objectSet></specSet>");

  return g_string_free (spec, FALSE);
}

void
ferry_vsphere_query_append_view_types (GString *request)
{
  ferry_soap_append (request, "type", "VirtualMachine");
  for (guint i = 0; i < G_N_ELEMENTS (inventory); i++)
    ferry_soap_append (request, "type", inventory[i].type);
}
