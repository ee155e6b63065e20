/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-v2v-output.h"
#include "ferry-v2v-phases.h"

#include <string.h>

/* Everything that was told, one event a line. */
typedef struct
{
  GString *events;
  GString *percents[8];
  guint n_disks;
  guint last_disk;
  guint last_percent;
  FerryV2vStage stage;
  guint done;
  GPtrArray *warnings;
} Heard;

static void
on_phase (const FerryV2vPhase *phase, gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_true (g_utf8_validate (phase->sentence, -1, NULL));
  g_assert_true (g_utf8_validate (phase->text, -1, NULL));
  g_assert_cmpuint (phase->stage, >=, heard->stage);
  g_assert_cmpuint (phase->done, <=, phase->total);
  if (phase->stage == heard->stage && phase->stage != FERRY_V2V_COPYING)
    g_assert_cmpuint (phase->done, >=, heard->done);
  heard->stage = phase->stage;
  heard->done = phase->done;
  g_string_append_printf (heard->events, "phase %u %s\n", (guint) phase->stage, phase->sentence);
}

static void
on_warning (const char *text, gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_ptr_array_add (heard->warnings, g_strdup (text));
  g_string_append_printf (heard->events, "warning %s\n", text);
}

static void
on_info (const char *text, gpointer user_data)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
on_disk (guint disk, guint n_disks, gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_cmpuint (disk, <, n_disks);
  heard->n_disks = n_disks;
  heard->last_disk = disk;
  heard->last_percent = 0;
  g_string_append_printf (heard->events, "disk %u/%u\n", disk, n_disks);
}

static void
on_percent (guint disk, guint percent, gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_cmpuint (disk, ==, heard->last_disk);
  g_assert_cmpuint (percent, >, heard->last_percent);
  g_assert_cmpuint (percent, <=, 100);
  heard->last_percent = percent;
  if (disk < G_N_ELEMENTS (heard->percents))
    g_string_append_printf (heard->percents[disk], "%u ", percent);
}

static Heard *
heard_new (void)
{
  Heard *heard = g_new0 (Heard, 1);

  heard->events = g_string_new (NULL);
  heard->warnings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (heard->percents); i++)
    heard->percents[i] = g_string_new (NULL);
  return heard;
}

static void
heard_free (Heard *heard)
{
  g_string_free (heard->events, TRUE);
  g_ptr_array_unref (heard->warnings);
  for (guint i = 0; i < G_N_ELEMENTS (heard->percents); i++)
    g_string_free (heard->percents[i], TRUE);
  g_free (heard);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static FerryV2vOutput *
make_output (Heard *heard)
{
  const FerryV2vEvents events = { on_phase, on_warning, on_info, on_disk, on_percent, heard };

  return ferry_v2v_output_new (&events);
}

/* A piece of a stream, as it was read from a real virt-v2v. */
typedef struct
{
  FerryStream stream;
  char *bytes;
  gsize length;
} Piece;

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_free (piece->bytes);
  g_free (piece);
}

static FerryStream
parse_stream (const char *word)
{
  if (g_str_has_prefix (word, "out "))
    return FERRY_STREAM_STDOUT;
  return g_str_has_prefix (word, "err ") ? FERRY_STREAM_STDERR : FERRY_STREAM_MESSAGES;
}

static GPtrArray *
load_capture (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".capture", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "v2v", file, NULL);
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (piece_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      {
        Piece *piece = g_new0 (Piece, 1);

        piece->stream = parse_stream (lines[i]);
        piece->bytes = g_strcompress (strchr (lines[i], ' ') + 1);
        piece->length = strlen (piece->bytes);
        g_ptr_array_add (pieces, piece);
      }

  return g_steal_pointer (&pieces);
}

/* @size: 0: as it was read; otherwise pieces of at most that many bytes */
static FerryV2vOutput *
play (const char *name, Heard *heard, guint size)
{
  g_autoptr (GPtrArray) pieces = load_capture (name);
  FerryV2vOutput *output = make_output (heard);

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (pieces, i);
      gsize step = size == 0 ? piece->length : size;

      for (gsize at = 0; at < piece->length; at += step)
        ferry_v2v_output_feed (output, piece->stream, piece->bytes + at,
                               MIN (step, piece->length - at));
    }
  ferry_v2v_output_finish (output);
  return output;
}

static const char two_disks[] =
  "phase 1 Preparing the source disks\n"
  "phase 1 Starting the conversion appliance\n"
  "phase 1 Inspecting the operating system\n"
  "phase 1 Checking the free space inside the virtual machine\n"
  "phase 1 Installing drivers\n"
  "warning could not determine a way to update the configuration of Grub2\n"
  "phase 1 Finding unused disk areas\n"
  "phase 1 Closing the conversion appliance\n"
  "phase 1 Connecting disks to controllers\n"
  "phase 1 Choosing the firmware\n"
  "phase 1 Preparing the destination\n"
  "phase 2 Copying disk 1 of 2\n"
  "disk 0/2\n"
  "phase 2 Copying disk 2 of 2\n"
  "disk 1/2\n"
  "phase 3 Writing the configuration of the virtual machine\n"
  "phase 3 Cleaning up\n";

/* With messages and without, whole and byte by byte, the same is understood. */
static void
test_two_disks (gconstpointer data)
{
  static const guint sizes[] = { 0, 1, 2, 3, 7, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Heard) heard = heard_new ();
      g_autoptr (FerryV2vOutput) output = play (data, heard, sizes[i]);
      g_autofree char *tail = ferry_v2v_output_dup_tail (output);

      g_assert_cmpstr (heard->events->str, ==, two_disks);
      g_assert_cmpstr (heard->percents[0]->str, ==, "66 100 ");
      g_assert_cmpstr (heard->percents[1]->str, ==, "12 25 37 50 62 75 87 100 ");
      g_assert_cmpstr (tail, ==, "");
      g_assert_null (ferry_v2v_output_get_error (output));
      g_assert_cmpuint (ferry_v2v_output_get_roots (output)->len, ==, 0);
    }
}

/* The streams are pipes of their own: what is written at once may be read in any order. */
static void
test_any_order (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) pieces = load_capture ("two-disks");
      g_autoptr (Heard) heard = heard_new ();
      g_autoptr (FerryV2vOutput) output = make_output (heard);
      guint next[4] = { 0 };

      for (guint n_left = pieces->len; n_left > 0;)
        {
          FerryStream stream = (FerryStream) g_test_rand_int_range (1, 4);
          guint i = next[stream];

          while (i < pieces->len && ((Piece *) g_ptr_array_index (pieces, i))->stream != stream)
            i++;
          next[stream] = i + 1;
          if (i < pieces->len)
            {
              const Piece *piece = g_ptr_array_index (pieces, i);

              ferry_v2v_output_feed (output, stream, piece->bytes, piece->length);
              n_left--;
            }
        }
      ferry_v2v_output_finish (output);

      g_assert_true (g_str_has_suffix (heard->percents[0]->str, "100 "));
      g_assert_true (g_str_has_suffix (heard->percents[1]->str, "100 "));
      g_assert_cmpuint (heard->n_disks, ==, 2);
      g_assert_cmpuint (heard->warnings->len, ==, 1);
    }
}

static void
test_no_system (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = play ("no-system", heard, 1);

  g_assert_true (g_str_has_prefix (ferry_v2v_output_get_error (output),
                                   "inspection could not detect the source guest"));
  g_assert_true (g_str_has_suffix (ferry_v2v_output_get_error (output),
                                   "\n\nNo root device found in this operating system image."));
}

static void
test_two_systems (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = play ("two-systems", heard, 1);
  const GPtrArray *roots = ferry_v2v_output_get_roots (output);
  const FerryV2vRoot *first, *second;

  g_assert_cmpuint (roots->len, ==, 2);
  first = g_ptr_array_index (roots, 0);
  second = g_ptr_array_index (roots, 1);
  g_assert_cmpstr (first->device, ==, "/dev/sda1");
  g_assert_cmpstr (first->name, ==, "12.0");
  g_assert_cmpstr (second->device, ==, "/dev/sdb1");
  g_assert_cmpstr (ferry_v2v_output_get_error (output), ==, "exception: End_of_file");
}

static void
test_root_lines (void)
{
  static const char text[] =
    "***\nDual- or multi-boot operating system detected.  Choose the root filesystem\n"
    "that contains the main operating system from the list below:\n\n"
    " [1] /dev/sda2\n [2] btrfsvol:/dev/sda3/root (Fedora (KDE) 40)\n [x] no\n [3] \n [4\n";
  static const char chosen[] =
    "{ \"message\": \"root device /dev/sdz1 not found.  Roots found were: /dev/sda1 /dev/sdb2\","
    " \"type\": \"error\" }\n";
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);
  g_autoptr (FerryV2vOutput) other = make_output (heard);
  const FerryV2vRoot *root;

  ferry_v2v_output_feed (output, FERRY_STREAM_STDOUT, text, strlen (text));
  g_assert_cmpuint (ferry_v2v_output_get_roots (output)->len, ==, 2);
  root = g_ptr_array_index (ferry_v2v_output_get_roots (output), 0);
  g_assert_cmpstr (root->device, ==, "/dev/sda2");
  g_assert_null (root->name);
  root = g_ptr_array_index (ferry_v2v_output_get_roots (output), 1);
  g_assert_cmpstr (root->device, ==, "btrfsvol:/dev/sda3/root");
  g_assert_cmpstr (root->name, ==, "Fedora (KDE) 40");

  ferry_v2v_output_feed (other, FERRY_STREAM_MESSAGES, chosen, strlen (chosen));
  g_assert_cmpuint (ferry_v2v_output_get_roots (other)->len, ==, 2);
  root = g_ptr_array_index (ferry_v2v_output_get_roots (other), 1);
  g_assert_cmpstr (root->device, ==, "/dev/sdb2");
}

/* No messages: the verdict is taken from standard error; the reason stands before it. */
static void
test_no_space (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = play ("no-space", heard, 1);
  g_autofree char *tail = ferry_v2v_output_dup_tail (output);

  g_assert_cmpstr (ferry_v2v_output_get_error (output), ==,
                   "nbdcopy command failed, see earlier error messages");
  g_assert_true (g_str_has_prefix (tail, "nbdkit: file.0: error: pwrite: No space left on device\n"
                                         "nbdcopy: write at offset 50593792 failed: "));
  g_assert_cmpstr (heard->percents[0]->str, ==, "66 100 ");
  g_assert_cmpstr (heard->percents[1]->str, ==, "42 85 ");
}

static void
test_not_defined (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = play ("not-defined", heard, 1);

  g_assert_cmpuint (heard->warnings->len, ==, 3);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (heard->warnings, 2),
                                   "could not define libvirt domain"));
  g_assert_null (ferry_v2v_output_get_error (output));
}

static void
feed (FerryV2vOutput *output, FerryStream stream, const char *text)
{
  ferry_v2v_output_feed (output, stream, text, strlen (text));
}

static void
test_odd_messages (void)
{
  static const char *const lines[] = {
    "\n", "{\n", "{}\n", "[]\n", "null\n", "\"x\"\n", "garbage\n",
    "{ \"type\": \"error\" }\n", "{ \"message\": \"x\" }\n",
    "{ \"message\": 5, \"type\": \"error\" }\n",
    "{ \"message\": \"x\", \"type\": [] }\n",
    "{ \"message\": \"x\", \"type\": \"new-type\" }\n",
    "{ \"message\": null, \"type\": \"error\" }\n",
    "{ \"message\": \"Copying disk 0/0\", \"type\": \"message\" }\n",
    "{ \"message\": \"Copying disk 3/2\", \"type\": \"message\" }\n",
    "{ \"message\": \"Copying disk 1/99999999\", \"type\": \"message\" }\n",
    "{ \"message\": \"Copying disk -1/-1\", \"type\": \"message\" }\n",
    "{ \"message\": \"\xff\xfe half \xe2\x96\", \"type\": \"warning\" }\n",
  };
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    feed (output, FERRY_STREAM_MESSAGES, lines[i]);
  ferry_v2v_output_finish (output);

  g_assert_null (ferry_v2v_output_get_error (output));
  g_assert_cmpuint (heard->n_disks, ==, 0);
  g_assert_cmpuint (heard->warnings->len, ==, 1);
}

static void
test_unknown_phase (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);

  feed (output, FERRY_STREAM_STDOUT, "[   0.0] Setting up the source: x\n");
  feed (output, FERRY_STREAM_STDOUT, "[   1.0] Something of version 9\n");
  feed (output, FERRY_STREAM_STDOUT, "[ 100.0] Copying disk 1/1\n");
  feed (output, FERRY_STREAM_STDOUT, "[ 110.0] Opening the source\n"); /* does not go back */
  feed (output, FERRY_STREAM_STDOUT, "[not a time] Finishing off\n");
  g_assert_cmpstr (heard->events->str, ==,
                   "phase 1 Preparing the source disks\n"
                   "phase 1 Something of version 9\n"
                   "phase 2 Copying disk 1 of 1\ndisk 0/1\n"
                   "phase 2 Opening the source\n");
}

/* nbdcopy that draws no bar, or half of one. */
static void
test_odd_bars (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);

  feed (output, FERRY_STREAM_STDERR, "% [***]\n999% [***]x\n 5% []\n5% [**\n");
  feed (output, FERRY_STREAM_STDOUT, "[ 1.0] Copying disk 1/3\n[ 2.0] Copying disk 2/3\n");
  feed (output, FERRY_STREAM_STDERR, "x   0% [--]\rx  50% [*-]\r");
  feed (output, FERRY_STREAM_STDOUT, "[ 3.0] Copying disk 3/3\n");
  feed (output, FERRY_STREAM_STDERR, "x 100% [**]\n"); /* late: of the second */
  g_assert_cmpstr (heard->percents[0]->str, ==, "100 ");
  g_assert_cmpstr (heard->percents[1]->str, ==, "50 100 ");
  g_assert_cmpstr (heard->percents[2]->str, ==, "");
  feed (output, FERRY_STREAM_STDERR, "x   0% [--]\rx 999% [*-]\r");
  g_assert_cmpstr (heard->percents[2]->str, ==, "100 ");
}

static void
test_long_line (void)
{
  g_autofree char *mega = g_strnfill (1 << 20, 'x');
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);
  g_autofree char *tail = NULL;

  for (FerryStream stream = FERRY_STREAM_STDOUT; stream <= FERRY_STREAM_MESSAGES; stream++)
    for (guint i = 0; i < 10; i++)
      ferry_v2v_output_feed (output, stream, mega, 1 << 20);
  feed (output, FERRY_STREAM_STDERR, "\nthe end");
  ferry_v2v_output_finish (output);

  tail = ferry_v2v_output_dup_tail (output);
  g_assert_cmpuint (strlen (tail), <=, 64 * 1024);
  g_assert_true (g_str_has_suffix (tail, "\nthe end\n"));
}

/* A bomb for readers that call themselves. */
static void
test_deep_message (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);

  feed (output, FERRY_STREAM_MESSAGES, deep);
  feed (output, FERRY_STREAM_MESSAGES, "\n");
  g_assert_cmpstr (heard->events->str, ==, "");
}

static void
test_tail (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);
  g_autofree char *tail = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *line = g_strdup_printf ("é %u ▝▐\n", i);

      feed (output, FERRY_STREAM_STDERR, line);
    }
  tail = ferry_v2v_output_dup_tail (output);
  g_assert_true (g_utf8_validate (tail, -1, NULL));
  g_assert_null (strstr (tail, "\xef\xbf\xbd")); /* cut between characters */
  g_assert_cmpuint (strlen (tail), <=, 64 * 1024);
  g_assert_cmpuint (strlen (tail), >, 60 * 1024);
  g_assert_true (g_str_has_suffix (tail, "é 19999 ▝▐\n"));
}

static void
test_noise (void)
{
  g_autoptr (Heard) heard = heard_new ();
  g_autoptr (FerryV2vOutput) output = make_output (heard);
  g_autofree char *tail = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      char bytes[200];

      for (guint n = 0; n < sizeof bytes; n++)
        bytes[n] = (char) g_test_rand_int_range (0, 256);
      ferry_v2v_output_feed (output, (FerryStream) g_test_rand_int_range (1, 4), bytes,
                             (gsize) g_test_rand_int_range (0, sizeof bytes));
    }
  ferry_v2v_output_finish (output);
  tail = ferry_v2v_output_dup_tail (output);
  g_assert_true (g_utf8_validate (tail, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/v2v-output/two-disks", "two-disks", test_two_disks);
  g_test_add_data_func ("/v2v-output/two-disks-plain", "two-disks-plain", test_two_disks);
  g_test_add_func ("/v2v-output/any-order", test_any_order);
  g_test_add_func ("/v2v-output/no-system", test_no_system);
  g_test_add_func ("/v2v-output/two-systems", test_two_systems);
  g_test_add_func ("/v2v-output/root-lines", test_root_lines);
  g_test_add_func ("/v2v-output/no-space", test_no_space);
  g_test_add_func ("/v2v-output/not-defined", test_not_defined);
  g_test_add_func ("/v2v-output/odd-messages", test_odd_messages);
  g_test_add_func ("/v2v-output/unknown-phase", test_unknown_phase);
  g_test_add_func ("/v2v-output/odd-bars", test_odd_bars);
  g_test_add_func ("/v2v-output/long-line", test_long_line);
  g_test_add_func ("/v2v-output/deep-message", test_deep_message);
  g_test_add_func ("/v2v-output/tail", test_tail);
  g_test_add_func ("/v2v-output/noise", test_noise);

  return g_test_run ();
}
