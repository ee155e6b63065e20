/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl.h"

#include "ferry-nearest.h"
#include "ferryctl-text.h"

#include <glib/gi18n-lib.h>

static const FerryctlCommand commands[] = {
  { "list", N_ ("SOURCE"), N_ ("List the virtual machines of a source"), NULL, ferryctl_list },
  { "show", N_ ("SOURCE [GUEST…]"),
    N_ ("Show everything that a source says of its virtual machines"), NULL, ferryctl_show },
  { "plan", N_ ("SOURCE [GUEST…] --to DESTINATION"), N_ ("Write a plan for an import"),
    N_ ("The plan goes to standard output: look at it, change it, check it, import it."),
    ferryctl_plan },
  { "check", N_ ("PLAN|SOURCE… | SOURCE [GUEST…] --to DESTINATION"), N_ ("Check a plan or a source without importing anything"),
    N_ ("The exit code is 1 when anything found stands in the way of the import."),
    ferryctl_check },
  { "import", N_ ("PLAN|SOURCE [GUEST…] --to DESTINATION"), N_ ("Import virtual machines"),
    N_ ("The first Ctrl+C cancels the imports and waits until nothing is left of them; "
        "the second one leaves that to the worker."),
    ferryctl_import },
  { "imports", "", N_ ("List the imports"), NULL, ferryctl_imports },
  { "cancel", N_ ("ID…"), N_ ("Cancel imports and undo what they made"),
    N_ ("An ID may be cut short as long as it is unique; a virtual machine’s name will do too."),
    ferryctl_cancel },
  { "retry", N_ ("ID…"), N_ ("Run imports again that failed or were cancelled"),
    N_ ("An ID may be cut short as long as it is unique; a virtual machine’s name will do too."),
    ferryctl_retry },
  { "start-source", N_ ("ID…"), N_ ("Start a virtual machine at its source again"),
    N_ ("For imports that have shut it down and then failed or were cancelled. "
        "An ID may be cut short as long as it is unique; a virtual machine’s name will do too."),
    ferryctl_start_source },
  { "log", N_ ("ID…"), N_ ("Show the log of imports"),
    N_ ("An ID may be cut short as long as it is unique; a virtual machine’s name will do too."),
    ferryctl_log },
  { "remove", N_ ("ID…"), N_ ("Forget imports that have ended"),
    N_ ("What was imported stays where it is. "
        "An ID may be cut short as long as it is unique; a virtual machine’s name will do too."),
    ferryctl_remove },
  { "provider", N_ ("COMMAND [OPTION…]"), N_ ("Save sources under a name, test and change them"),
    NULL, ferryctl_provider },
  { "map", N_ ("COMMAND [OPTION…]"), N_ ("Save which network and storage goes where"), NULL,
    ferryctl_map },
  { "complete", "", NULL, NULL, ferryctl_complete },
};

static const char *
translate_arguments (const FerryctlCommand *command)
{
  return *command->arguments != '\0' ? _ (command->arguments) : "";
}

/** ferryctl_get_command_names: those that are for people; NULL-terminated */
const char *const *
ferryctl_get_command_names (void)
{
  static const char *names[G_N_ELEMENTS (commands) + 1];
  guint n_names = 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].summary != NULL)
      names[n_names++] = commands[i].name;

  return names;
}

static const FerryctlCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

static void
print_help (void)
{
  g_print ("%s\n\n%s\n", _("Usage: ferryctl COMMAND [OPTION…]"),
           _("Imports virtual machines into KVM."));
  g_print ("\n%s\n", _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].summary != NULL)
      g_print ("  %-12s %s\n", commands[i].name, _ (commands[i].summary));

  g_print ("\n%s\n", _("Sources and destinations:"));
  g_print ("  %-13s %s\n", "SOURCE",
           _("a provider’s name, vsphere://HOST, a libvirt URI, an OVA file, or a folder with "
              "some"));
  g_print ("  %-13s %s\n", "DESTINATION", _("folder:DIR or libvirt:URI[,pool=NAME]"));
  g_print ("\n%s\n", _("‘ferryctl COMMAND --help’ tells the options of a command, "
                        "‘man ferryctl’ everything."));
}

static FerryctlExit
refuse_command (const char *name)
{
  const char *nearest = ferry_nearest_word (name, ferryctl_get_command_names ());
  g_autofree char *clean = ferryctl_text_clean (name);

  if (nearest != NULL)
    g_printerr (_("ferryctl: There is no command ‘%s’; did you mean ‘%s’?\n"), clean, nearest);
  else
    g_printerr (_("ferryctl: There is no command ‘%s’; ‘ferryctl --help’ lists them.\n"), clean);

  return FERRYCTL_USAGE;
}

static void
line_clear (FerryctlLine *line)
{
  g_clear_pointer (&line->context, g_option_context_free);
  g_clear_pointer (&line->argv, g_strfreev);
  g_clear_pointer (&line->words, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryctlLine, line_clear)

/** ferryctl_command_run: @argv: the command’s name, and what follows it */
FerryctlExit
ferryctl_command_run (const FerryctlCommand *command, char **argv)
{
  g_auto (FerryctlLine) line = { .command = command, .argv = g_strdupv (argv) };

  line.context = g_option_context_new (translate_arguments (command));
  g_option_context_set_help_enabled (line.context, FALSE);
  if (command->summary != NULL)
    g_option_context_set_summary (line.context, _ (command->summary));
  if (command->description != NULL)
    g_option_context_set_description (line.context, _ (command->description));

  return command->run (&line);
}

/** ferryctl_main: the whole of the program */
FerryctlExit
ferryctl_main (int argc, char **argv)
{
  const FerryctlCommand *command;

  if (argc < 2)
    {
      g_printerr ("%s\n", _("ferryctl: Which command? ‘ferryctl --help’ lists them."));
      return FERRYCTL_USAGE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") ||
      g_str_equal (argv[1], "help"))
    {
      print_help ();
      return FERRYCTL_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("ferryctl %s\n", FERRY_VERSION);
      return FERRYCTL_OK;
    }

  command = find_command (argv[1]);
  return command != NULL ? ferryctl_command_run (command, argv + 1) : refuse_command (argv[1]);
}

static void
add_common_options (FerryctlLine *line)
{
  const GOptionEntry common[] = {
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &line->verbose, N_ ("Tell the details of a failure"),
      NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &line->help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &line->words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (line->context, common, GETTEXT_PACKAGE);
}

/**
 * ferryctl_line_parse:
 * @entries: (nullable): the command's own options
 * @out_exit: (out): set when this returns %FALSE
 *
 * Returns: %TRUE when the command is to go on; %FALSE when its help was shown or it was misused
 */
gboolean
ferryctl_line_parse (FerryctlLine *line, const GOptionEntry *entries, FerryctlExit *out_exit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strconcat ("ferryctl ", line->command->name, NULL);

  if (entries != NULL)
    g_option_context_add_main_entries (line->context, entries, GETTEXT_PACKAGE);
  add_common_options (line);

  if (!g_option_context_parse_strv (line->context, &line->argv, &error))
    {
      *out_exit = ferryctl_misuse (line, "%s.", error->message);
      return FALSE;
    }
  if (line->help)
    {
      g_autofree char *help = NULL;

      g_set_prgname (program);
      help = g_option_context_get_help (line->context, TRUE, NULL);
      g_print ("%s", help);
      *out_exit = FERRYCTL_OK;
      return FALSE;
    }
  if (line->words == NULL)
    line->words = g_new0 (char *, 1);

  return TRUE;
}

/** ferryctl_misuse: one sentence about a wrong command line, and where help is */
FerryctlExit
ferryctl_misuse (const FerryctlLine *line, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  g_autofree char *clean = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);

  clean = ferryctl_text_clean (sentence);
  g_printerr (_("ferryctl: %s See ‘ferryctl %s --help’.\n"), clean, line->command->name);
  return FERRYCTL_USAGE;
}

/** ferryctl_give_up: the program's last words */
FerryctlExit
ferryctl_give_up (FerryctlExit exit_code, const GError *error)
{
  g_autofree char *clean = ferryctl_text_clean (error->message);

  g_printerr ("ferryctl: %s\n", clean);
  return exit_code;
}
