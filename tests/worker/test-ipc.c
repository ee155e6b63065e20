/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-ipc.h"

#include "ferry-error.h"
#include "ferry-fd.h"
#include "ferry-ipc-secrets.h"

#include <sys/mman.h>

static void
test_errors (void)
{
  ferry_ipc_init ();
  ferry_ipc_init ();

  for (guint i = 0; i < FERRY_N_ERRORS; i++)
    {
      g_autoptr (GError) error = g_error_new (FERRY_ERROR, (int) i, "x");
      g_autofree char *name = g_dbus_error_encode_gerror (error);
      g_autofree char *expected = g_strconcat ("io.github.ferryvm.Ferry.Error.",
                                               ferry_error_code_to_word (i), NULL);
      g_autoptr (GError) back = g_dbus_error_new_for_dbus_error (expected, "x");

      g_assert_cmpstr (name, ==, expected);
      g_assert_error (back, FERRY_ERROR, (int) i);
    }
}

static void
test_path (void)
{
  g_autofree char *path = ferry_ipc_dup_import_path ("01234567-89ab-cdef-0123-456789abcdef");

  g_assert_cmpstr (path, ==,
                   "/io/github/ferryvm/Ferry/Worker/Imports/01234567_89ab_cdef_0123_456789abcdef");
  g_assert_true (g_variant_is_object_path (path));
}

static void
test_round_trip (void)
{
  g_autoptr (FerryProgress) progress = ferry_progress_new ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (FerryProgress) back = NULL;
  FerryDiskProgress *disk;

  progress->message = g_strdup ("Copying “a”…");
  progress->fraction = 0.25;
  progress->rate_bytes = G_GUINT64_CONSTANT (1) << 40;
  progress->seconds_left = 17;
  progress->disk = 1;
  ferry_progress_add_disk (progress, "sda", 100);
  ferry_progress_add_disk (progress, "sdb", G_MAXUINT64);
  disk = g_ptr_array_index (progress->disks, 1);
  disk->done_bytes = G_MAXUINT64 - 1;
  disk->seconds = 3;

  variant = g_variant_ref_sink (ferry_ipc_progress_to_variant (progress));
  g_assert_cmpstr (g_variant_get_type_string (variant), ==, "a{sv}");
  back = ferry_ipc_progress_from_variant (variant, FERRY_IMPORT_COPYING);
  g_assert_cmpint (back->state, ==, FERRY_IMPORT_COPYING);
  g_assert_cmpstr (back->message, ==, progress->message);
  g_assert_cmpfloat_with_epsilon (back->fraction, 0.25, 1e-9);
  g_assert_cmpuint (back->rate_bytes, ==, progress->rate_bytes);
  g_assert_cmpint (back->seconds_left, ==, 17);
  g_assert_cmpint (back->disk, ==, 1);
  g_assert_cmpuint (back->disks->len, ==, 2);
  disk = g_ptr_array_index (back->disks, 1);
  g_assert_cmpstr (disk->name, ==, "sdb");
  g_assert_cmpuint (disk->done_bytes, ==, G_MAXUINT64 - 1);
  g_assert_cmpuint (disk->total_bytes, ==, G_MAXUINT64);
  g_assert_cmpint (disk->seconds, ==, 3);
}

typedef struct
{
  const char *text; /* of a variant; NULL: none */
  double fraction;
  gint64 seconds_left;
  int disk;
  guint disks;
  guint64 done_bytes; /* of the first */
} Odd;

static const Odd odds[] = {
  { NULL, 0, -1, -1, 0, 0 },
  { "@a{sv} {}", 0, -1, -1, 0, 0 },
  { "'text'", 0, -1, -1, 0, 0 },
  { "{'fraction': <'a lot'>, 'disk': <true>, 'disks': <[1]>, 'message': <7>}", 0, -1, -1, 0, 0 },
  { "{'fraction': <1.5>, 'seconds-left': <int64 5>}", 1, 5, -1, 0, 0 },
  { "{'fraction': <-0.5>, 'disk': <-7>}", 0, -1, -1, 0, 0 },
  { "{'fraction': <nan>}", 0, -1, -1, 0, 0 },
  { "{'fraction': <inf>}", 1, -1, -1, 0, 0 },
  { "{'disk': <1>, 'disks': <[('a', uint64 9, uint64 5, int64 -1)]>}", 0, -1, -1, 1, 5 },
  { "{'disk': <0>, 'disks': <[('a', uint64 3, uint64 5, int64 -1)]>}", 0, -1, 0, 1, 3 },
};

static void
test_odd (gconstpointer data)
{
  const Odd *odd = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant
      = odd->text != NULL ? g_variant_parse (NULL, odd->text, NULL, NULL, &error) : NULL;
  g_autoptr (FerryProgress) progress = NULL;

  g_assert_no_error (error);
  progress = ferry_ipc_progress_from_variant (variant, FERRY_IMPORT_COPYING);
  g_assert_cmpfloat_with_epsilon (progress->fraction, odd->fraction, 1e-9);
  g_assert_cmpint (progress->seconds_left, ==, odd->seconds_left);
  g_assert_cmpint (progress->disk, ==, odd->disk);
  g_assert_cmpuint (progress->disks->len, ==, odd->disks);
  if (odd->disks > 0)
    g_assert_cmpuint (((FerryDiskProgress *) g_ptr_array_index (progress->disks, 0))->done_bytes,
                      ==, odd->done_bytes);
}

static FerryPlan *
make_plan (guint n_guests)
{
  FerryPlan *plan = ferry_plan_new ();

  for (guint i = 0; i < n_guests; i++)
    {
      g_autofree char *id = g_strdup_printf ("guest-%u", i);
      g_autoptr (FerryGuest) guest = ferry_guest_new (id, id);

      ferry_plan_add_guest (plan, guest);
    }

  return plan;
}

static void
test_secrets (void)
{
  g_autoptr (FerryPlan) plan = make_plan (0);
  g_autoptr (FerryPlan) back = make_plan (1);
  g_autoptr (GError) error = NULL;
  g_auto (FerryFd) fd = -1;

  ferry_plan_source_set_password (&plan->source.password, "päss wörd\n");
  ferry_plan_add_key (back->keys, NULL, "stays");
  fd = ferry_ipc_write_secrets (plan, &error);
  g_assert_no_error (error);
  ferry_plan_source_set_password (&back->source.ssh_password, "stays");
  g_assert_true (ferry_ipc_read_secrets (fd, back, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (back->source.password, ==, "päss wörd\n");
  g_assert_cmpstr (back->source.ssh_password, ==, "stays");
  g_assert_cmpuint (back->keys->len, ==, 1);
}

static void
assert_key (const GPtrArray *keys, guint index, const char *device, const char *text)
{
  const FerryPlanKey *key = g_ptr_array_index (keys, index);

  g_assert_cmpuint (keys->len, >, index);
  g_assert_cmpstr (key->device, ==, device);
  g_assert_cmpstr (key->key, ==, text);
}

static void
test_keys (void)
{
  g_autoptr (FerryPlan) plan = make_plan (2);
  g_autoptr (FerryPlan) back = make_plan (2);
  g_autoptr (GError) error = NULL;
  g_auto (FerryFd) fd = -1;

  ferry_plan_add_key (plan->keys, NULL, "for:all ü");
  ferry_plan_add_key (plan->keys, "/dev/sda2", "key:x");
  ferry_plan_add_key (ferry_plan_get_guest (plan, 1)->keys, NULL, "own");
  fd = ferry_ipc_write_secrets (plan, &error);
  g_assert_no_error (error);
  ferry_plan_add_key (back->keys, NULL, "of the last attempt");
  ferry_plan_add_key (ferry_plan_get_guest (back, 0)->keys, NULL, "of the last attempt");
  g_assert_true (ferry_ipc_read_secrets (fd, back, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (back->keys->len, ==, 2);
  assert_key (back->keys, 0, NULL, "for:all ü");
  assert_key (back->keys, 1, "/dev/sda2", "key:x");
  g_assert_cmpuint (ferry_plan_get_guest (back, 0)->keys->len, ==, 0);
  assert_key (ferry_plan_get_guest (back, 1)->keys, 0, NULL, "own");
}

/* Of a guest that is not there, or of a newer version: passed over. */
static void
test_strange_keys (void)
{
  static const char bytes[] = "guest-key:2:\0a\0guest-key:x:\0b\0guest-key:\0c\0"
                              "guest-key:99999999999999999999:\0d\0guest-key:-1:\0e\0"
                              "guest-key:0\0f\0other\0g";
  g_autoptr (FerryPlan) plan = make_plan (1);
  g_auto (FerryFd) fd = memfd_create ("test", MFD_CLOEXEC);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (write (fd, bytes, sizeof bytes), ==, sizeof bytes);
  g_assert_true (ferry_ipc_read_secrets (fd, plan, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (plan->keys->len, ==, 0);
  g_assert_cmpuint (ferry_plan_get_guest (plan, 0)->keys->len, ==, 0);
}

#define CASE(text) { text, sizeof text - 1 }

static void
test_bad_secrets (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } cases[] = {
    { "", 0 },
    CASE ("password"),
    CASE ("password\0"),
    CASE ("password\0abc"),
    CASE ("key:\0two\nlines\0"),
    CASE ("key:\0\0"),
    CASE ("key:/dev/sda1:file:x\0a\0"),
    CASE ("key:/dev/sda 1\0a\0"),
    CASE ("guest-key:0:--x\0a\0"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FerryPlan) plan = make_plan (1);
      g_auto (FerryFd) fd = memfd_create ("test", MFD_CLOEXEC);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (write (fd, cases[i].bytes, cases[i].length), ==, (gssize) cases[i].length);
      g_assert_false (ferry_ipc_read_secrets (fd, plan, &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

static void
test_huge_secrets (void)
{
  g_autoptr (FerryPlan) plan = make_plan (0);
  g_auto (FerryFd) fd = memfd_create ("test", MFD_CLOEXEC);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ftruncate (fd, 1 << 30), ==, 0);
  g_assert_false (ferry_ipc_read_secrets (fd, plan, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ipc/errors", test_errors);
  g_test_add_func ("/ipc/path", test_path);
  g_test_add_func ("/ipc/round-trip", test_round_trip);
  for (guint i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ipc/odd/%u", i);

      g_test_add_data_func (path, &odds[i], test_odd);
    }

  g_test_add_func ("/ipc/secrets", test_secrets);
  g_test_add_func ("/ipc/keys", test_keys);
  g_test_add_func ("/ipc/strange-keys", test_strange_keys);
  g_test_add_func ("/ipc/bad-secrets", test_bad_secrets);
  g_test_add_func ("/ipc/huge-secrets", test_huge_secrets);

  return g_test_run ();
}
