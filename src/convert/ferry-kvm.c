/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-kvm.h"

#include "ferry-fd.h"
#include "ferry-json.h"
#include "ferry-paths.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* A kernel starts in a second where KVM works, and says a line every moment; where KVM does not, it
 * says nothing more for ever. */
#define TIME_LIMIT_USEC (10 * G_TIME_SPAN_SECOND)
#define SILENCE_LIMIT_USEC (4 * G_TIME_SPAN_SECOND)
#define TAIL_MAX 4096

/* The end of a start without a disk: the processor was brought up and all drivers were set up. The
 * first line, "Linux version", would be too early: where KVM is broken, it is often later. */
#define STARTED_TEXT "Unable to mount root fs"
#define BROKEN_TEXT "KVM internal error"
#define KERNEL_ARGUMENTS "earlyprintk=serial,ttyS0 console=ttyS0 panic=-1"

typedef struct
{
  GString *tail;
  GCancellable *stop;
  gint64 deadline_usec;
  gint64 silent_until_usec;
  gboolean has_started;
} Probe;

static gboolean
has_said (const Probe *probe, const char *text)
{
  return memmem (probe->tail->str, probe->tail->len, text, strlen (text)) != NULL;
}

static void
on_data (FerryStream stream, const char *bytes, gsize length, gpointer user_data)
{
  Probe *probe = user_data;

  probe->silent_until_usec = g_get_monotonic_time () + SILENCE_LIMIT_USEC;
  g_string_append_len (probe->tail, bytes, (gssize) length);
  probe->has_started = probe->has_started || has_said (probe, STARTED_TEXT);
  if (probe->has_started || has_said (probe, BROKEN_TEXT))
    g_cancellable_cancel (probe->stop);
  if (probe->tail->len > TAIL_MAX)
    g_string_erase (probe->tail, 0, (gssize) (probe->tail->len - TAIL_MAX / 2));
}

static void
on_tick (gpointer user_data)
{
  Probe *probe = user_data;

  if (g_get_monotonic_time () >= MIN (probe->deadline_usec, probe->silent_until_usec))
    g_cancellable_cancel (probe->stop);
}

static void
pass_cancel_on (GCancellable *cancellable, gpointer stop)
{
  g_cancellable_cancel (stop);
}

/* Same processor and machine as libguestfs has, so that the answer is the same. */
static gboolean
start_kernel (FerryHost *host, const char *qemu, const char *kernel, GCancellable *cancellable)
{
  const char *const argv[] = { qemu,      "-nodefaults", "-no-user-config",  "-no-reboot",
                               "-machine", "accel=kvm",  "-cpu",             "max",
                               "-m",       "256",        "-display",         "none",
                               "-serial",  "stdio",      "-kernel",          kernel,
                               "-append",  KERNEL_ARGUMENTS, NULL };
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GString) tail = g_string_new (NULL);
  gint64 now = g_get_monotonic_time ();
  Probe probe = { tail, stop, now + TIME_LIMIT_USEC, now + SILENCE_LIMIT_USEC, FALSE };
  const FerryCommand command = { .argv = argv, .on_data = on_data, .on_tick = on_tick,
                                 .user_data = &probe };
  gulong id = 0;
  int status;

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (pass_cancel_on), stop, NULL);
  /* That it cannot even be run is an answer too. */
  ferry_host_run (host, &command, &status, stop, NULL);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, id);

  return probe.has_started;
}

/* --- the answer of this boot --- */

static char *
describe_file (const char *path)
{
  struct stat info;

  if (path == NULL || stat (path, &info) != 0)
    return g_strdup ("");

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, path, (gint64) info.st_size,
                          (gint64) info.st_mtime);
}

/* Everything whose change could change the answer. */
static char *
make_key (const char *qemu, const char *kernel)
{
  g_autofree char *boot = NULL;
  g_autofree char *qemu_text = describe_file (qemu);
  g_autofree char *kernel_text = describe_file (kernel);

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL))
    return NULL;

  return g_strdup_printf ("%s|%s|%s", g_strchomp (boot), qemu_text, kernel_text);
}

static char *
dup_cache_path (void)
{
  g_autofree char *folder = ferry_paths_dup_cache_dir (NULL);

  return folder == NULL ? NULL : g_build_filename (folder, "kvm.json", NULL);
}

static gboolean
load_answer (const char *key, gboolean *out_works)
{
  g_autofree char *path = dup_cache_path ();
  g_autofree char *text = NULL;
  g_autofree char *known_key = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (path == NULL || key == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  node = ferry_json_parse (text, -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);

  return ferry_json_get_string (object, "key", &known_key, NULL)
         && g_strcmp0 (known_key, key) == 0 && json_object_has_member (object, "works")
         && ferry_json_get_boolean (object, "works", out_works, NULL);
}

/* Without a cache it is asked again each time, no more. */
static void
save_answer (const char *key, gboolean works)
{
  g_autofree char *path = dup_cache_path ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (path == NULL || key == NULL)
    return;

  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "key", key);
  json_object_set_boolean_member (json_node_get_object (node), "works", works);
  text = ferry_json_to_text (node, TRUE);
  ferry_paths_write_atomic (path, text, -1, NULL);
}

/* --- asking --- */

static gboolean
is_openable (void)
{
  g_auto (FerryFd) fd = open ("/dev/kvm", O_RDWR | O_CLOEXEC);

  return fd >= 0;
}

static gboolean
take_override (FerryKvm *out_kvm)
{
  static const char *const words[] = { "absent", "broken", "works" };
  const char *word = g_getenv ("FERRY_KVM");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *out_kvm = (FerryKvm) (FERRY_KVM_ABSENT + i);
        return TRUE;
      }

  return FALSE;
}

static char *
find_qemu (void)
{
  const char *chosen = g_getenv ("LIBGUESTFS_HV");

  return ferry_paths_dup_tool (chosen != NULL && chosen[0] != '\0' ? chosen : "qemu-system-x86_64");
}

/**
 * ferry_kvm_probe:
 * @kernel: (nullable): the one that the appliance starts
 * @out_kvm: (out):
 *
 * Whether KVM really works: /dev/kvm that can be opened says little (inside another virtual machine
 * a guest may hang or crash at once), so @kernel is started for a moment, once per boot of this
 * computer. FERRY_KVM=absent|broken|works answers instead.
 *
 * Returns: %FALSE only when cancelled
 */
gboolean
ferry_kvm_probe (FerryHost *host,
                 const char *kernel,
                 FerryKvm *out_kvm,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *qemu = find_qemu ();
  g_autofree char *key = make_key (qemu, kernel);
  gboolean works = FALSE;

  if (take_override (out_kvm))
    return TRUE;
  if (!is_openable ())
    {
      *out_kvm = FERRY_KVM_ABSENT;
      return TRUE;
    }

  if (qemu != NULL && kernel != NULL && !load_answer (key, &works))
    {
      works = start_kernel (host, qemu, kernel, cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      save_answer (key, works);
    }
  *out_kvm = works ? FERRY_KVM_WORKS : FERRY_KVM_BROKEN;

  return TRUE;
}
