/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

#include "ferry-host.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_V2V_CONVERTING = 1,
  FERRY_V2V_COPYING,
  FERRY_V2V_FINISHING,
} FerryV2vStage;

/**
 * FerryV2vPhase: virt-v2v began something
 * @sentence: for people, translated; virt-v2v's own text where Ferry does not know it
 * @text: virt-v2v's own text
 * @done: @total: how much of the whole stage usually lies before it, for a progress bar
 */
typedef struct
{
  FerryV2vStage stage;
  const char *sentence;
  const char *text;
  guint done;
  guint total;
} FerryV2vPhase;

/**
 * FerryV2vEvents: what is heard, told while it is fed; each may be NULL
 * @phase: also told, with stage COPYING, before each @disk
 * @warning: @info: one text each, of one or more lines
 * @disk: disk number @disk (from 0) of @n_disks is being copied now
 * @percent: of disk @disk; never goes back within a disk
 */
typedef struct
{
  void (*phase) (const FerryV2vPhase *phase, gpointer user_data);
  void (*warning) (const char *text, gpointer user_data);
  void (*info) (const char *text, gpointer user_data);
  void (*disk) (guint disk, guint n_disks, gpointer user_data);
  void (*percent) (guint disk, guint percent, gpointer user_data);
  gpointer user_data;
} FerryV2vEvents;

/** FerryV2vRoot: an operating system that virt-v2v found; @name is (nullable) */
typedef struct
{
  char *device;
  char *name;
} FerryV2vRoot;

/**
 * FerryV2vOutput:
 *
 * Makes sense of the three streams of a running virt-v2v, in any fragments. Whatever comes in, it
 * is safe, its texts are valid UTF-8 and its memory is bounded.
 */
typedef struct _FerryV2vOutput FerryV2vOutput;

FerryV2vOutput *ferry_v2v_output_new (const FerryV2vEvents *events);
void ferry_v2v_output_free (FerryV2vOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryV2vOutput, ferry_v2v_output_free)

void ferry_v2v_output_feed (FerryV2vOutput *self,
                            FerryStream stream,
                            const char *bytes,
                            gsize length);
void ferry_v2v_output_finish (FerryV2vOutput *self);

const char *ferry_v2v_output_get_error (FerryV2vOutput *self);
const GPtrArray *ferry_v2v_output_get_roots (FerryV2vOutput *self);
char *ferry_v2v_output_dup_tail (FerryV2vOutput *self);

G_END_DECLS
