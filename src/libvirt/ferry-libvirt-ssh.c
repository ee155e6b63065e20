/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-ssh.h"

#include <string.h>

#define SYSTEM_FILES "/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2"

static const char *const options[] = {
  "-oStrictHostKeyChecking=yes", "-oBatchMode=yes",     "-oConnectTimeout=15",
  "-oUpdateHostKeys=no",         "-oControlMaster=no",  "-oControlPath=none",
  "-oClearAllForwardings=yes",   "-oForwardAgent=no",   "-oPermitLocalCommand=no",
};

/* As ssh reads it: quoted, and with its own placeholders kept out. */
static char *
quote (const char *path)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *at = path; *at != '\0'; at++)
    {
      if (strchr ("\"\\", *at) != NULL)
        g_string_append_c (quoted, '\\');
      if (*at == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *at);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* Ferry's file goes with the system's, so that the user's own, whatever its configuration calls it,
 * stays in force. */
char **
ferry_ssh_make_argv (const char *known_hosts, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_autofree char *quoted = known_hosts != NULL && *known_hosts == '/' ? quote (known_hosts) : NULL;
  g_autofree char *files = g_strdup_printf ("-oGlobalKnownHostsFile=" SYSTEM_FILES " %s",
                                            quoted != NULL ? quoted : "");

  g_strv_builder_add (argv, "ssh");
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_strv_builder_add (argv, options[i]);
  g_strv_builder_add (argv, files);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_strv_builder_add (argv, arguments[i]);

  return g_strv_builder_end (argv);
}
