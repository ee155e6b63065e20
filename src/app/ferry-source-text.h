/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-facts.h"
#include "ferry-provider.h"
#include "ferry-source-input.h"
#include "ferry-trust.h"

G_BEGIN_DECLS

/* What is said about sources and providers: pure functions; what they return is (transfer full)
 * unless it is const. */

/** ferry_text_kind: "VMware vCenter or ESXi"; ferry_text_kind_group: "VMware" */
const char *ferry_text_kind (FerryKind kind);
const char *ferry_text_kind_group (FerryKind kind);
/** ferry_text_source: "administrator@vsphere.local · vcenter.example.com", a URI, a path */
char *ferry_text_source (const FerryPlanSource *source);
/** ferry_text_suggest_name: what a provider of it may be called: its host; "": nothing is known */
char *ferry_text_suggest_name (const FerryPlanSource *source);
/** ferry_text_source_icon: of its tile: a server, or this computer */
const char *ferry_text_source_icon (const FerryPlanSource *source);

/* The one thing to do next with a provider. */
typedef enum
{
  FERRY_PROVIDER_TEST = 1,
  FERRY_PROVIDER_EDIT,
  FERRY_PROVIDER_REVIEW, /* look at its new certificate or host key */
  FERRY_PROVIDER_STOP,
} FerryProviderAction;

/** FerryProviderStatus: @icon: (nullable): NULL: being tested; @hint: (owned) (nullable): all of
 * it */
typedef struct
{
  const char *icon;
  const char *style;
  char *text; /* (owned) */
  char *hint;
  FerryProviderAction action;
} FerryProviderStatus;

void ferry_provider_status_clear (FerryProviderStatus *status);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FerryProviderStatus, ferry_provider_status_clear)
/** ferry_text_provider_lacks_password: fills @status; @message: of the test that could not be */
void ferry_text_provider_lacks_password (const char *message, FerryProviderStatus *status);
/** ferry_text_provider_status: fills @status; @now_usec: µs since 1970 */
void ferry_text_provider_status (const FerryProvider *provider,
                                 gboolean testing,
                                 gint64 now_usec,
                                 FerryProviderStatus *status);
const char *ferry_text_provider_action (FerryProviderAction action);
/** ferry_text_failure: the cause in two or three words: "Password rejected" */
const char *ferry_text_failure (const FerryPlanSource *source, int code);

/** ferry_text_fingerprint: in two lines of about the same length */
char *ferry_text_fingerprint (const char *fingerprint);
/** ferry_text_validity: "12 Mar 2024 – 11 Mar 2034", and whether that is over */
char *ferry_text_validity (gint64 not_before, gint64 not_after, gint64 now);
const char *ferry_text_trust_heading (const FerryTrustQuestion *question);
char *ferry_text_trust_body (const FerryTrustQuestion *question);
/** ferry_text_issuer: "VMware Engineering CA", or "VMware Engineering CA · self-signed" */
char *ferry_text_issuer (const FerryTrustQuestion *question);
/** ferry_text_distinguished_name: "CN=vc.example.com,O=…": the common name, or all of it */
char *ferry_text_distinguished_name (const char *name);

const char *ferry_text_transport (FerryTransport transport);
/** ferry_text_transport_problem: (nullable): why it cannot be chosen on that conversion host;
 * @facts: (nullable): nothing is known of it yet */
char *ferry_text_transport_problem (FerryTransport transport, const FerryHostFacts *facts);
/** ferry_text_advanced: "HTTPS transport · certificate verified" */
char *ferry_text_advanced (const FerryPlanSource *source);

/** FerryPlaces: names that exist at a VMware source, sorted; each (owned) */
typedef struct
{
  char **datacenters;
  char **clusters;
  char **hosts;
} FerryPlaces;

void ferry_places_free (FerryPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryPlaces, ferry_places_free)
/** ferry_places_new: @guests: (element-type FerryGuest): where they lie; @datacenter: (nullable):
 * clusters and hosts of this one only */
FerryPlaces *ferry_places_new (const GPtrArray *guests, const char *datacenter);

G_END_DECLS
