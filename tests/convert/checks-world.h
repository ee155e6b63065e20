/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-checks.h"
#include "ferry-error.h"

#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* A plan of two guests about which there is nothing to say, and what is known of host and
 * destination; each row of the tables changes one thing. */
typedef struct
{
  FerryPlan *plan;
  FerryHostFacts *host;
  FerryDestinationFacts *destination;
  guint64 work_bytes[2];
  gboolean shares_disk;
  gboolean lacks_drivers;
} World;

World make_world (void);
void world_clear (World *world);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

void set (char **text, const char *value);
/* @value: with a space between two */
void set_names (char ***names, const char *value);
/* The guest that is changed, its first disk and network adapter, and the only storage. */
FerryPlanGuest *mail (World *world);
FerryDisk *disk (World *world);
FerryPlanNic *nic (World *world);
FerryStorage *storage (World *world);
/* Another one like the first. */
FerryDisk *add_disk (World *world);
void use_folder (World *world);
void make_unusable (World *world, FerryError code);
/* Both guests are made for KVM, and keep the format of their disks. */
void both_from_kvm (World *world);

#define BLOCKER FERRY_SEVERITY_BLOCKER
#define WARNING FERRY_SEVERITY_WARNING
#define NOTE FERRY_SEVERITY_NOTE

/* What is found when one thing is changed, and whether it is about the guest "mail". */
typedef struct
{
  const char *id;
  FerrySeverity severity;
  gboolean of_guest;
  void (*change) (World *world);
  const char *words; /* that text and advice must have */
} Found;

/* What is just not so. */
typedef struct
{
  const char *id;
  void (*change) (World *world);
} NotFound;

/* What can be done about it, and to which disk or network adapter. */
typedef struct
{
  const char *id;
  void (*change) (World *world);
  FerryRemedy remedy;
  int part;
} Remedied;

GPtrArray *check_world (World *world);
const FerryCheck *must_find (const GPtrArray *checks, const char *id);
void assert_found (const Found *cases, guint n);
void assert_not_found (const NotFound *cases, guint n);
void assert_remedied (const Remedied *cases, guint n);
/* Each id is described in docs/checks.md. */
void assert_documented (const Found *cases, guint n);
