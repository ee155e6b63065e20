/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"

#include "ferry-ovf-units.h"

#define KIB (G_GUINT64_CONSTANT (1) << 10)
#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define TIB (G_GUINT64_CONSTANT (1) << 40)

static const struct
{
  const char *text;
  guint64 bytes; /* 0: refused */
} units[] = {
  { "byte", 1 },
  { "bytes", 1 },
  { "byte * 2^10", KIB },
  { "byte * 2^20", MIB },
  { "byte*2^30", GIB },
  { " Byte  *  2 ^ 40 ", TIB },
  { "byte * 1024 * 1024", MIB },
  { "byte * 10^9", 1000000000 },
  { "byte * 2^0", 1 },
  { "MegaBytes", MIB },
  { "MegaByte", MIB },
  { "Mega Bytes", MIB },
  { "MB", MIB },
  { "MiB", MIB },
  { "megabytes * 2", 2 * MIB },
  { "KiloBytes", KIB },
  { "KB", KIB },
  { "kib", KIB },
  { "GigaBytes", GIB },
  { "GB", GIB },
  { "TeraBytes", TIB },
  { "TB", TIB },
  { "", 0 },
  { "   ", 0 },
  { "count", 0 },
  { "hertz * 10^6", 0 },
  { "furlong", 0 },
  { "2^20", 0 },
  { "byte 2^20", 0 },
  { "byte *", 0 },
  { "byte * 2^", 0 },
  { "byte * ^20", 0 },
  { "byte * 2^-20", 0 },
  { "byte * 2^64", 0 },
  { "byte * 2^63 * 2", 0 },
  { "byte * 10^63", 0 },
  { "byte * 0", 0 },
  { "byte * -1", 0 },
  { "byte * 2^20^2", 0 },
  { "byte*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1", 0 },
};

static const struct
{
  const char *text;
  guint64 unit_bytes;
  gboolean accepted;
  guint64 bytes;
} quantities[] = {
  { "512", MIB, TRUE, 512 * MIB },
  { "0", MIB, TRUE, 0 },
  { "1.5", GIB, TRUE, 1536 * MIB },
  { "9223372036854775807", 1, TRUE, G_MAXINT64 },
  { "9223372036854775808", 1, FALSE, 0 },
  { "9223372036854775807", 2, FALSE, 0 },
  { "9223372036854775807", 3, FALSE, 0 },
  { "99999999999999999999.5", 1, FALSE, 0 },
  { "1.5.5", 1, FALSE, 0 },
  { "18446744073709551616", 1, FALSE, 0 },
  { "99999999999999999999999999", 1, FALSE, 0 },
  { "-1", 1, FALSE, 0 },
  { "+1", 1, FALSE, 0 },
  { "", 1, FALSE, 0 },
  { "much", 1, FALSE, 0 },
  { "12 MB", 1, FALSE, 0 },
  { "0x10", 1, FALSE, 0 },
  { "1e400", 1, FALSE, 0 },
  { "nan", 1, FALSE, 0 },
  { "inf", 1, FALSE, 0 },
};

static void
test_units (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      guint64 bytes = 0;
      gboolean accepted = ferry_ovf_parse_unit (units[i].text, &bytes);

      if (accepted != (units[i].bytes != 0) || bytes != units[i].bytes)
        g_error ("‘%s’ is %" G_GUINT64_FORMAT " bytes", units[i].text, bytes);
    }
}

static void
test_quantities (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
    {
      guint64 bytes = 0;
      gboolean accepted =
          ferry_ovf_parse_quantity (quantities[i].text, quantities[i].unit_bytes, &bytes);

      if (accepted != quantities[i].accepted || (accepted && bytes != quantities[i].bytes))
        g_error ("‘%s’ is %" G_GUINT64_FORMAT " bytes", quantities[i].text, bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ovf-units/units", test_units);
  g_test_add_func ("/ovf-units/quantities", test_quantities);

  return g_test_run ();
}
