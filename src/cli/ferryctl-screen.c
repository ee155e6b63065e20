/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferryctl-screen.h"

#include "ferryctl-text.h"
#include "ferryctl.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80
#define DEFAULT_ROWS 24

struct _FerryctlScreen
{
  GArray *widths; /* (owned) (element-type guint): of the lines that stand there now */
};

static void
detect_size (FerryctlLook *look)
{
  struct winsize size = { 0 };

  look->columns = DEFAULT_COLUMNS;
  look->rows = DEFAULT_ROWS;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return;
  if (size.ws_col > 0)
    look->columns = size.ws_col;
  if (size.ws_row > 0)
    look->rows = size.ws_row;
}

/** ferryctl_look_detect: asks the terminal and the environment; again after SIGWINCH */
void
ferryctl_look_detect (FerryctlLook *look)
{
  const char *no_color = g_getenv ("NO_COLOR");
  gboolean is_terminal = isatty (STDOUT_FILENO) != 0;

  *look = (FerryctlLook){ 0 };
  look->has_utf8 = g_get_charset (NULL);
  look->moves =
      is_terminal && g_getenv ("TERM") != NULL && !g_str_equal (g_getenv ("TERM"), "dumb");
  look->has_color = look->moves && (no_color == NULL || *no_color == '\0');
  if (is_terminal)
    detect_size (look);
}

/** ferryctl_look_paint: @text in @style, where colours are wanted */
char *
ferryctl_look_paint (const FerryctlLook *look, FerryctlStyle style, const char *text)
{
  static const char *const codes[] = {
    [FERRYCTL_STYLE_BOLD] = "1",     [FERRYCTL_STYLE_DIM] = "2",  [FERRYCTL_STYLE_GOOD] = "32",
    [FERRYCTL_STYLE_WARNING] = "33", [FERRYCTL_STYLE_BAD] = "31",
  };

  if (!look->has_color)
    return g_strdup (text);

  return g_strdup_printf ("\033[%sm%s\033[0m", codes[style], text);
}

/* Whoever reads has gone, or the disk is full: neither may pass for success. GLib's sockets ignore
 * SIGPIPE for the whole process. */
G_NORETURN static void
end_unwritten (void)
{
  int problem = errno;

  if (problem == EPIPE)
    {
      signal (SIGPIPE, SIG_DFL);
      raise (SIGPIPE);
    }
  fprintf (stderr, "ferryctl: %s\n", g_strerror (problem));
  _exit (FERRYCTL_UNREACHABLE);
}

/* Typographic quotes and the like become their nearest relatives where the locale has none; GLib
 * itself would print question marks. */
static void
write_in_locale (FILE *stream, const char *text)
{
  const char *charset = NULL;
  g_autofree char *to = NULL;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset))
    {
      to = g_strconcat (charset, "//TRANSLIT", NULL);
      converted = g_convert_with_fallback (text, -1, to, "UTF-8", "?", NULL, NULL, NULL);
    }

  errno = 0;
  fputs (converted != NULL ? converted : text, stream);
  if (fflush (stream) != 0 && stream == stdout)
    end_unwritten ();
}

static void
on_print (const char *text)
{
  write_in_locale (stdout, text);
}

static void
on_printerr (const char *text)
{
  write_in_locale (stderr, text);
}

void
ferryctl_screen_init (void)
{
  g_set_print_handler (on_print);
  g_set_printerr_handler (on_printerr);
}

void
ferryctl_screen_write_raw (const char *line)
{
  ferryctl_screen_write_bytes (line, strlen (line));
  if (!g_str_has_suffix (line, "\n"))
    ferryctl_screen_write_bytes ("\n", 1);
}

void
ferryctl_screen_write_bytes (const char *bytes, gsize length)
{
  fwrite (bytes, 1, length, stdout);
  if (fflush (stdout) != 0)
    end_unwritten ();
}

FerryctlScreen *
ferryctl_screen_new (void)
{
  FerryctlScreen *screen = g_new0 (FerryctlScreen, 1);

  screen->widths = g_array_new (FALSE, FALSE, sizeof (guint));
  return screen;
}

void
ferryctl_screen_free (FerryctlScreen *screen)
{
  g_array_unref (screen->widths);
  g_free (screen);
}

/* Columns of a line that may hold the escape sequences of ferryctl_look_paint. */
static guint
painted_width (const char *line)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p++)
    {
      if (*p != '\033')
        {
          g_string_append_c (plain, *p);
          continue;
        }
      while (*p != 'm' && p[1] != '\0')
        p++;
    }

  return ferryctl_text_width (plain->str);
}

/**
 * ferryctl_screen_clear: what takes the block away and leaves the cursor where it began
 * @columns: of the terminal now: lines wrap when it has become narrower since they were drawn
 */
char *
ferryctl_screen_clear (FerryctlScreen *screen, guint columns)
{
  guint rows = 0;

  for (guint i = 0; i < screen->widths->len; i++)
    {
      guint width = g_array_index (screen->widths, guint, i);

      rows += columns > 0 && width > columns ? (width + columns - 1) / columns : 1;
    }
  g_array_set_size (screen->widths, 0);

  return rows > 0 ? g_strdup_printf ("\033[%uA\r\033[J", rows) : g_strdup ("");
}

/** ferryctl_screen_draw: what replaces the block by @lines */
char *
ferryctl_screen_draw (FerryctlScreen *screen, const char *const *lines, guint columns)
{
  g_autofree char *clear = ferryctl_screen_clear (screen, columns);
  GString *text = g_string_new (clear);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint width = painted_width (lines[i]);

      g_string_append (text, lines[i]);
      g_string_append_c (text, '\n');
      g_array_append_val (screen->widths, width);
    }

  return g_string_free (text, FALSE);
}
