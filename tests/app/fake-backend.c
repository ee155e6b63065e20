/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "fake-backend.h"

#include <string.h>

#define GIB (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define GB (G_GUINT64_CONSTANT (1000) * 1000 * 1000)

static const struct
{
  const char *name;
  const char *os;
  guint64 memory_gib;
  guint64 gigabytes;
  FerryPower power;
} many[] = {
  { "ad-01", "Windows Server 2022", 8, 80, FERRY_POWER_OFF },
  { "backup-gw", "Debian 12", 4, 40, FERRY_POWER_OFF },
  { "build-04", "Ubuntu 22.04", 32, 500, FERRY_POWER_OFF },
  { "db-prod-01", "Rocky Linux 8", 64, 340, FERRY_POWER_OFF },
  { "dns-01", "Debian 12", 2, 20, FERRY_POWER_RUNNING },
  { "dns-02", "Debian 12", 2, 20, FERRY_POWER_RUNNING },
  { "erp-app", "SLES 15 SP5", 32, 118, FERRY_POWER_OFF },
  { "git", "Rocky Linux 9", 16, 400, FERRY_POWER_OFF },
  { "intranet", "CentOS 7", 8, 120, FERRY_POWER_PAUSED },
  { "legacy-crm", "Windows Server 2008 R2", 8, 160, FERRY_POWER_OFF },
  { "mail", "Debian 12", 16, 250, FERRY_POWER_OFF },
  { "web-1", "Ubuntu 22.04", 8, 41, FERRY_POWER_OFF },
  { "web-2", "Ubuntu 22.04", 8, 41, FERRY_POWER_OFF },
  { "web-10", "Ubuntu 22.04", 8, 41, FERRY_POWER_OFF },
  { "win-fs-01", "Windows Server 2019", 16, 230, FERRY_POWER_OFF },
};

static void
add_disk (FerryGuest *guest, guint number, guint64 bytes)
{
  g_autofree char *name =
      g_strdup_printf ("[ssd-02] %s/%s_disk%u.vmdk", guest->name, guest->name, number);
  FerryDisk *disk = ferry_disk_new (name);

  disk->file = g_strdup (name);
  disk->storage = g_strdup ("ssd-02");
  disk->format = g_strdup ("vmdk");
  disk->capacity_bytes = bytes;
  disk->used_bytes = (gint64) (bytes / 2);
  disk->bus = FERRY_BUS_SCSI;
  g_ptr_array_add (guest->disks, disk);
}

static void
add_nic (FerryGuest *guest, guint number, const char *network)
{
  g_autofree char *name = g_strdup_printf ("Network adapter %u", number);
  FerryNic *nic = ferry_nic_new (name);
  guint hash = g_str_hash (guest->name);

  nic->network = g_strdup (network);
  nic->mac = g_strdup_printf ("00:50:56:%02x:%02x:%02x", hash & 0xff, (hash >> 8) & 0xff, number);
  nic->model = g_strdup ("vmxnet3");
  g_ptr_array_add (guest->nics, nic);
}

FerryGuest *
fake_backend_new_guest (const char *name,
                        const char *os,
                        guint64 memory_gib,
                        guint64 gigabytes,
                        const char *network)
{
  FerryGuest *guest = ferry_guest_new (name, name);

  guest->os = g_strdup (os);
  guest->memory_bytes = memory_gib * GIB;
  guest->vcpus = 4;
  guest->sockets = 1;
  guest->cores = 4;
  guest->threads = 1;
  guest->firmware = FERRY_FIRMWARE_BIOS;
  guest->power = FERRY_POWER_OFF;
  add_disk (guest, 1, gigabytes * GB);
  if (network != NULL)
    add_nic (guest, 1, network);

  return guest;
}

static GPtrArray *
list_many (void)
{
  GPtrArray *guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      FerryGuest *guest = fake_backend_new_guest (many[i].name, many[i].os, many[i].memory_gib,
                                                  many[i].gigabytes, "VM Network");

      guest->power = many[i].power;
      if (i % 3 == 0)
        add_disk (guest, 2, 150 * GB);
      if (i % 2 == 0)
        add_nic (guest, 2, "Backup");
      g_ptr_array_add (guests, guest);
    }

  return guests;
}

static gboolean
wait_until_cancelled (GCancellable *cancellable, GError **error)
{
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);

  return g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* What the made-up server knows; set anew by fake_backend_reset(). The thread reads, the tests
 * write while none runs. */
static struct
{
  gboolean trusted;
  gboolean changed;
  FakeKeyring keyring;
  GHashTable *passwords;
  GPtrArray *providers;
  guint n_logins;
} state;

static gboolean
log_in (const FerryPlanSource *source, GCancellable *cancellable, GError **error)
{
  const char *place = source->kind == FERRY_SOURCE_VSPHERE ? source->host : source->uri;

  if (strstr (place, "silent") != NULL)
    {
      wait_until_cancelled (cancellable, error);
      return FALSE;
    }
  if (strstr (place, "refused") != NULL)
    return ferry_fail (error, FERRY_ERROR_CONNECTION,
                       "‘%s’ refuses the connection. See whether its service runs.", place);
  g_assert_true (state.trusted || strstr (place, "strange") == NULL);
  if (source->kind == FERRY_SOURCE_VSPHERE)
    {
      state.n_logins++;
      if (g_strcmp0 (source->password, "secret") != 0)
        return ferry_fail (error, FERRY_ERROR_AUTH,
                           "‘%s’ does not accept this user name and password. Type them anew.",
                           place);
    }

  return TRUE;
}

static GPtrArray *
list_live (const FerryPlanSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) guests = NULL;

  if (!log_in (source, cancellable, error))
    return NULL;
  guests = list_many ();
  for (guint i = 0; i < guests->len; i++)
    {
      FerryGuest *guest = g_ptr_array_index (guests, i);

      g_ptr_array_set_size (guest->disks, 0);
      g_ptr_array_set_size (guest->nics, 0);
      guest->memory_bytes = 0;
      guest->place = g_strdup_printf (i % 2 == 0 ? "Frankfurt/Compute A/esx-%02u.example.com"
                                                 : "Berlin/esx-%02u.example.com",
                                      i % 4 + 1);
      guest->folder = g_strdup ("Web/Production");
    }

  return g_steal_pointer (&guests);
}

static GPtrArray *
list_guests (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  const char *path = plan->source.path;
  GPtrArray *guests;

  if (plan->source.kind != FERRY_SOURCE_OVA)
    return list_live (&plan->source, cancellable, error);
  if (g_str_equal (path, "/many"))
    return list_many ();
  if (g_str_equal (path, "/slow"))
    {
      wait_until_cancelled (cancellable, error);
      return NULL;
    }
  if (!g_str_equal (path, "/one") && !g_str_equal (path, "/none"))
    {
      ferry_fail (error, FERRY_ERROR_INVALID, "‘%s’ is not an appliance. Choose another file.",
                  path);
      return NULL;
    }

  guests = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_guest_free);
  if (g_str_equal (path, "/one"))
    g_ptr_array_add (guests,
                     fake_backend_new_guest ("tiny", "Debian GNU/Linux 12", 1, 2, "VM Network"));

  return guests;
}

static FerryGuest *
find_guest (const GPtrArray *guests, const char *id)
{
  for (guint i = 0; i < guests->len; i++)
    {
      const FerryGuest *guest = g_ptr_array_index (guests, i);

      if (g_str_equal (guest->id, id))
        return ferry_guest_copy (guest);
    }

  return NULL;
}

/* The backup server was removed since it was listed. */
static FerryGuest *
make_gone (const char *id)
{
  FerryGuest *guest = ferry_guest_new (id, id);

  g_ptr_array_add (guest->checks,
                   ferry_check_new ("guest.gone", FERRY_SEVERITY_BLOCKER, "Leave it out.",
                                    "It is no longer at the source."));

  return guest;
}

static GPtrArray *
read_guests (const FerryPlan *plan,
             const char *const *ids,
             const FerryMonitor *monitor,
             GCancellable *cancellable,
             GError **error)
{
  gboolean live = plan->source.kind != FERRY_SOURCE_OVA;
  guint n_ids = g_strv_length ((char **) ids);
  g_autoptr (GPtrArray) guests = live ? list_many () : list_guests (plan, cancellable, error);
  g_autoptr (GPtrArray) readings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_reading_free);

  if (guests == NULL)
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      FerryGuest *guest =
          live && g_str_equal (ids[i], "backup-gw") ? NULL : find_guest (guests, ids[i]);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_clear_pointer (&guest, ferry_guest_free);
          return NULL;
        }
      g_ptr_array_add (readings, ferry_reading_new (guest != NULL ? guest : make_gone (ids[i]), 0));
      ferry_monitor_part (monitor, i + 1, n_ids);
      if (live && strstr (plan->source.host != NULL ? plan->source.host : "", "slowly") != NULL)
        g_usleep (100 * 1000);
    }

  return g_steal_pointer (&readings);
}

#define FINGERPRINT                                                                                \
  "8F:3A:52:C9:0B:7E:44:D1:6A:F0:91:2C:E7:58:B3:0D:"                                               \
  "4E:A6:17:F2:9B:C8:35:60:DD:82:1F:74:0A:E9:63:B5"

FerryTrustQuestion *
fake_backend_new_question (FerryTrustKind kind, gboolean changed)
{
  FerryTrustQuestion *question = g_new0 (FerryTrustQuestion, 1);
  gboolean is_key = kind == FERRY_TRUST_HOST_KEY;

  question->kind = kind;
  question->address = g_strdup (is_key ? "strange.example.com:22" : "strange.example.com:443");
  question->fingerprint =
      g_strdup (is_key ? "SHA256:mPv7kI0nV4GLvSNUv0Xz6xkM8dTzZ3nJb1J4m0w2Q9E" : FINGERPRINT);
  question->problem = g_strdup ("It is not signed by an authority that this computer knows.");
  question->material = g_strdup ("PEM");
  if (is_key)
    question->key_type = g_strdup ("ED25519");
  else
    {
      question->subject = g_strdup ("CN=strange.example.com,O=Example");
      question->issuer = g_strdup ("CN=VMware Engineering CA,O=VMware");
      question->not_before = 1710201600;
      question->not_after = 2025648000;
    }
  if (changed)
    question->known_fingerprint =
        g_strdup (is_key ? "SHA256:9yQxq1n0f0Q5zvKcLwZb9t8vH1rU7pYjT2sXeGmWd4o"
                         : "11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:"
                           "11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00");

  return question;
}

static gboolean
examine (const FerryPlan *plan,
         FerryTrustQuestion **out_question,
         GCancellable *cancellable,
         GError **error)
{
  const FerryPlanSource *source = &plan->source;
  const char *place = source->kind == FERRY_SOURCE_VSPHERE   ? source->host
                      : source->kind == FERRY_SOURCE_LIBVIRT ? source->uri
                                                             : source->path;

  /* Nothing secret is at hand before the server is trusted, but what was typed. */
  *out_question = NULL;
  if (strstr (place, "nowhere") != NULL)
    return ferry_fail (error, FERRY_ERROR_NOT_FOUND,
                       "There is no host ‘%s’. Check the name for typing errors.", place);
  if (strstr (place, "strange") != NULL && !state.trusted)
    *out_question =
        fake_backend_new_question (source->kind == FERRY_SOURCE_VSPHERE ? FERRY_TRUST_CERTIFICATE
                                                                        : FERRY_TRUST_HOST_KEY,
                                   state.changed);

  return TRUE;
}

static char *
test (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  if (plan->source.kind == FERRY_SOURCE_OVA)
    return g_strdup ("2 virtual machines");
  if (!log_in (&plan->source, cancellable, error))
    return NULL;

  return g_strdup (plan->source.kind == FERRY_SOURCE_VSPHERE
                       ? "VMware vCenter 7.0.3 · 2 data centers · 15 virtual machines"
                       : "QEMU 7.2.0 · 15 virtual machines");
}

static gboolean
trust (const FerryTrustQuestion *question, GError **error)
{
  g_assert_nonnull (question->material);
  state.trusted = TRUE;

  return TRUE;
}

/* --- a keyring --- */

#define FAKE_TYPE_SECRETS (fake_secrets_get_type ())
G_DECLARE_FINAL_TYPE (FakeSecrets, fake_secrets, FAKE, SECRETS, GObject)

struct _FakeSecrets
{
  GObject parent_instance;
};

static void fake_secrets_iface_init (FerrySecretsInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FakeSecrets,
                               fake_secrets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERRY_TYPE_SECRETS, fake_secrets_iface_init))

static gboolean
check_keyring (GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (state.keyring == FAKE_KEYRING_ABSENT)
    return ferry_fail (error, FERRY_ERROR_MISSING_TOOL, "There is no keyring in this session.");
  if (state.keyring == FAKE_KEYRING_LOCKED)
    return ferry_fail (error, FERRY_ERROR_PERMISSION, "The keyring is locked.");

  return TRUE;
}

static char *
make_key (const FerrySecret *secret)
{
  return g_strdup_printf ("%s %d", secret->provider, (int) secret->kind);
}

static gboolean
look_up (FerrySecrets *self,
         const FerrySecret *secret,
         char **out_password,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *key = make_key (secret);

  if (!check_keyring (cancellable, error))
    return FALSE;
  *out_password = g_strdup (g_hash_table_lookup (state.passwords, key));

  return TRUE;
}

static gboolean
keep (FerrySecrets *self,
      const FerrySecret *secret,
      const char *password,
      GCancellable *cancellable,
      GError **error)
{
  if (!check_keyring (cancellable, error))
    return FALSE;
  g_hash_table_insert (state.passwords, make_key (secret), g_strdup (password));

  return TRUE;
}

static gboolean
forget (FerrySecrets *self, const FerrySecret *secret, GCancellable *cancellable, GError **error)
{
  g_autofree char *key = make_key (secret);

  if (!check_keyring (cancellable, error))
    return FALSE;
  g_hash_table_remove (state.passwords, key);

  return TRUE;
}

static void
fake_secrets_iface_init (FerrySecretsInterface *iface)
{
  iface->look_up = look_up;
  iface->keep = keep;
  iface->forget = forget;
}

static void
fake_secrets_class_init (FakeSecretsClass *klass)
{
}

static void
fake_secrets_init (FakeSecrets *self)
{
}

static FerrySecrets *
open_secrets (void)
{
  return g_object_new (FAKE_TYPE_SECRETS, NULL);
}

/* --- providers --- */

static GPtrArray *
list_providers (guint *out_damaged, GError **error)
{
  GPtrArray *providers = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_provider_free);

  for (guint i = 0; i < state.providers->len; i++)
    g_ptr_array_add (providers, ferry_provider_copy (g_ptr_array_index (state.providers, i)));
  *out_damaged = 0;

  return providers;
}

static gboolean
remove_provider (const char *id, GError **error)
{
  for (guint i = 0; i < state.providers->len; i++)
    if (g_str_equal (((FerryProvider *) g_ptr_array_index (state.providers, i))->id, id))
      {
        g_ptr_array_remove_index (state.providers, i);
        return TRUE;
      }

  return ferry_fail (error, FERRY_ERROR_NOT_FOUND, "There is no such provider.");
}

static gboolean
save_provider (const FerryProvider *provider, GError **error)
{
  FerryProvider *copy = ferry_provider_copy (provider);

  /* As in a file. */
  ferry_plan_source_set_password (&copy->source.password, NULL);
  ferry_plan_source_set_password (&copy->source.ssh_password, NULL);
  remove_provider (provider->id, NULL);
  g_ptr_array_add (state.providers, copy);

  return TRUE;
}

void
fake_backend_reset (void)
{
  g_clear_pointer (&state.passwords, g_hash_table_unref);
  g_clear_pointer (&state.providers, g_ptr_array_unref);
  state.trusted = state.changed = FALSE;
  state.n_logins = 0;
  state.keyring = FAKE_KEYRING_OPEN;
  state.passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  state.providers = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_provider_free);
}

void
fake_backend_set_keyring (FakeKeyring keyring)
{
  state.keyring = keyring;
}

void
fake_backend_set_changed (void)
{
  state.changed = TRUE;
  state.trusted = FALSE;
}

guint
fake_backend_get_n_logins (void)
{
  return state.n_logins;
}

const char *
fake_backend_get_password (const char *provider)
{
  FerrySecret secret = { FERRY_SECRET_PASSWORD, provider, NULL };
  g_autofree char *key = make_key (&secret);

  return g_hash_table_lookup (state.passwords, key);
}

const char *
fake_backend_add_vcenter (const char *name, const char *host, const char *password)
{
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (FerryProvider) provider = NULL;
  const FerryProvider *saved;

  ferry_plan_source_init (&source, FERRY_SOURCE_VSPHERE);
  ferry_plan_source_set (&source.host, host);
  ferry_plan_source_set (&source.user, "administrator@vsphere.local");
  provider = ferry_provider_new (name, &source);
  provider->remember = TRUE;
  save_provider (provider, NULL);
  saved = g_ptr_array_index (state.providers, state.providers->len - 1);
  if (password != NULL)
    {
      FerrySecret secret = { FERRY_SECRET_PASSWORD, saved->id, name };

      keep (NULL, &secret, password, NULL, NULL);
    }

  return saved->id;
}

const char *
fake_backend_add_libvirt (const char *name, const char *uri)
{
  g_auto (FerryPlanSource) source = { 0 };
  g_autoptr (FerryProvider) provider = NULL;

  ferry_plan_source_init (&source, FERRY_SOURCE_LIBVIRT);
  ferry_plan_source_set (&source.uri, uri);
  provider = ferry_provider_new (name, &source);
  save_provider (provider, NULL);

  return ((FerryProvider *) g_ptr_array_index (state.providers, state.providers->len - 1))->id;
}

FerryProvider *
fake_backend_get_provider (const char *id)
{
  for (guint i = 0; i < state.providers->len; i++)
    if (g_str_equal (((FerryProvider *) g_ptr_array_index (state.providers, i))->id, id))
      return g_ptr_array_index (state.providers, i);

  return NULL;
}

guint
fake_backend_get_n_providers (void)
{
  return state.providers->len;
}

static gboolean
verify_guest (const FerryPlanGuest *guest,
              const FerryPlan *plan,
              GPtrArray *checks,
              const FerryMonitor *monitor,
              GCancellable *cancellable,
              GError **error)
{
  ferry_monitor_part (monitor, 1, 2);
  if (g_str_equal (guest->source->name, "mail"))
    g_ptr_array_add (checks,
                     ferry_check_new ("manifest.mismatch", FERRY_SEVERITY_BLOCKER,
                                      "Get the appliance again.",
                                      "‘%s’ is not what its manifest says.", guest->source->name));

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* What virt-v2v 2.2.0 says. */
#define HOST_WORDS                                                                                 \
  "virt-v2v virt-v2v-2.0 libguestfs-rewrite vcenter-https xen-ssh vddk colours-option io/oo "      \
  "mac-option bandwidth-option mac-ip-option input:disk input:libvirt input:libvirtxml "           \
  "input:ova output:libvirt output:local convert:linux convert:windows"

static FerryHostFacts *
inspect_host (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  FerryHostFacts *facts = ferry_host_facts_new ();

  g_free (facts->virt_v2v_version);
  facts->virt_v2v_version = g_strdup ("2.2.0");
  facts->has_nbdkit = facts->has_nbdcopy = facts->has_qemu_img = facts->has_kernel = TRUE;
  facts->kvm = FERRY_KVM_BROKEN;
  facts->has_virtio_win = facts->has_rhsrvany = facts->has_ovmf = TRUE;
  facts->virtio_win = g_strdup ("/usr/share/virtio-win");
  g_strfreev (facts->nbdkit_plugins);
  facts->nbdkit_plugins = g_strdupv ((char *[]){ (char *) "curl", (char *) "ssh", NULL });
  g_strfreev (facts->words);
  facts->words = g_strsplit (HOST_WORDS, " ", -1);
  facts->tmp_free_bytes = 812 * GB;
  facts->cache_free_bytes = 812 * GB;

  return facts;
}

static void
add_storage (FerryDestinationFacts *facts, const char *name, const char *kind, guint64 free_bytes)
{
  FerryStorage *storage = ferry_storage_new (name, kind);

  storage->usable = free_bytes != 0;
  storage->why_not = storage->usable ? NULL : g_strdup ("The pool is not active.");
  storage->free_bytes = free_bytes;
  storage->total_bytes = 12000 * GB;
  g_ptr_array_add (facts->storages, storage);
}

static void
set_names (char ***names, const char *first, const char *second)
{
  g_strfreev (*names);
  *names = g_strdupv ((char *[]){ (char *) first, (char *) second, NULL });
}

static FerryDestinationFacts *
inspect_destination (const FerryPlan *plan, GCancellable *cancellable, GError **error)
{
  const FerryPlanDestination *destination = &plan->destination;
  FerryDestinationFacts *facts;

  if (g_strcmp0 (destination->path, "/broken") == 0 ||
      g_strcmp0 (destination->uri, "qemu+ssh://broken/system") == 0)
    {
      ferry_fail (error, FERRY_ERROR_CONNECTION, "There is no answer. See whether it runs.");
      return NULL;
    }

  facts = ferry_destination_facts_new ();
  facts->has_kvm = TRUE;
  if (destination->kind == FERRY_DESTINATION_FOLDER)
    {
      facts->any_network = TRUE;
      add_storage (facts, destination->path, "folder",
                   g_str_equal (destination->path, "/full") ? GB : 4600 * GB);
    }
  else
    {
      facts->version = g_strdup ("libvirt 9.0.0, QEMU 7.2.0");
      add_storage (facts, "iso", "dir", 0);
      add_storage (facts, "vm-data-01", "dir", 4600 * GB);
      add_storage (facts, "vm-fast", "dir", 200 * GB);
      set_names (&facts->networks, "default", "prod-120");
      set_names (&facts->bridges, "br0", "br1");
      set_names (&facts->guest_names, "erp-app", NULL);
      set_names (&facts->macs, "52:54:00:aa:bb:cc", NULL);
    }

  return facts;
}

static FerryInspection *
inspect_guest (const FerryPlan *plan,
               const FerryGuest *guest,
               const FerryMonitor *monitor,
               GCancellable *cancellable,
               GError **error)
{
  FerryInspection *inspection = ferry_inspection_new ();
  FerryRoot *root = ferry_root_new ("/dev/sda1");

  root->name = g_strdup ("Debian 12");
  root->os = g_strdup ("debian12");
  root->family = g_strdup ("linux");
  g_ptr_array_add (inspection->roots, root);

  return inspection;
}

const FerryBackend *
fake_backend_get (void)
{
  static const FerryBackend backend = {
    .examine = examine,
    .test = test,
    .list_guests = list_guests,
    .read_guests = read_guests,
    .verify_guest = verify_guest,
    .inspect_guest = inspect_guest,
    .inspect_host = inspect_host,
    .inspect_destination = inspect_destination,
    .trust = trust,
    .open_secrets = open_secrets,
    .list_providers = list_providers,
    .save_provider = save_provider,
    .remove_provider = remove_provider,
  };

  if (state.providers == NULL)
    fake_backend_reset ();

  return &backend;
}
