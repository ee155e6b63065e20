/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#include "config.h"
#include "ferry-libvirt-question.h"

#include "ferry-domain.h"
#include "ferry-fd.h"
#include "ferry-libvirt-sink.h"
#include "ferry-libvirt-uri.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Within what libvirt's protocol lets a peek be, whatever the version. */
#define PEEK_BYTES (1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virStream, virStreamFree)

typedef enum
{
  COPY_DONE,
  COPY_REFUSED, /* and told so */
  COPY_NOT_THIS_WAY,
} Copy;

static Copy
end_copy (FerrySink *sink, const FerryQuestion *question)
{
  if (ferry_sink_finish (sink))
    return COPY_DONE;
  ferry_sink_refuse (sink, question->path);

  return COPY_REFUSED;
}

/* --- a file of this computer --- */

static gboolean
copy_data (int fd, guint64 from, guint64 to, FerrySink *sink)
{
  g_autofree char *buffer = g_malloc (PEEK_BYTES);

  while (from < to)
    {
      gssize n = pread (fd, buffer, MIN (PEEK_BYTES, to - from), (off_t) from);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          sink->number = n < 0 ? errno : EIO;
          return FALSE;
        }
      if (!ferry_sink_write (sink, buffer, (gsize) n))
        return FALSE;
      from += (guint64) n;
    }

  return TRUE;
}

/* From one piece of data to the next; what cannot tell its holes is read whole. */
static gboolean
copy_pieces (int fd, FerrySink *sink)
{
  while (sink->position < sink->total_bytes)
    {
      off_t data = lseek (fd, (off_t) sink->position, SEEK_DATA);
      off_t hole;

      if (data < 0 && errno == ENXIO)
        return ferry_sink_skip (sink, sink->total_bytes - sink->position);
      if (data < 0)
        return copy_data (fd, sink->position, sink->total_bytes, sink);
      hole = lseek (fd, data, SEEK_HOLE);
      if (hole <= data)
        hole = (off_t) sink->total_bytes;
      if (!ferry_sink_skip (sink, (guint64) data - sink->position) ||
          !copy_data (fd, (guint64) data, MIN ((guint64) hole, sink->total_bytes), sink))
        return FALSE;
    }

  return TRUE;
}

/* What this user may read here need not go through the daemon. */
static Copy
copy_file (const FerryQuestion *question, const char *file, FerrySink *sink)
{
  g_autoptr (FerryLibvirtUri) uri = ferry_libvirt_uri_parse (question->uri, NULL);
  g_auto (FerryFd) fd = -1;
  off_t end;

  if (uri == NULL || !ferry_libvirt_uri_is_local (uri) || *file != '/')
    return COPY_NOT_THIS_WAY;
  fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  end = fd >= 0 ? lseek (fd, 0, SEEK_END) : -1;
  if (end < 0)
    return COPY_NOT_THIS_WAY;
  sink->total_bytes = (guint64) end;
  if (copy_pieces (fd, sink))
    return end_copy (sink, question);
  ferry_sink_refuse (sink, question->path);

  return COPY_REFUSED;
}

/* --- a volume --- */

static int
on_stream_data (virStreamPtr stream, const char *data, size_t length, void *user_data)
{
  return ferry_sink_write (user_data, data, length) ? (int) length : -1;
}

static int
on_stream_hole (virStreamPtr stream, long long length, void *user_data)
{
  return length >= 0 && ferry_sink_skip (user_data, (guint64) length) ? 0 : -1;
}

static gboolean
receive (virStreamPtr stream, virStorageVolPtr volume, gboolean sparse, FerrySink *sink)
{
  if (virStorageVolDownload (volume, stream, 0, 0,
                             sparse ? VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM : 0) != 0)
    return FALSE;
  if (sparse ? virStreamSparseRecvAll (stream, on_stream_data, on_stream_hole, sink) != 0
             : virStreamRecvAll (stream, on_stream_data, sink) != 0)
    return FALSE;

  return virStreamFinish (stream) == 0;
}

static Copy
receive_to_end (virConnectPtr connection,
                virStorageVolPtr volume,
                const FerryQuestion *question,
                gboolean sparse,
                FerrySink *sink)
{
  g_autoptr (virStream) stream = virStreamNew (connection, 0);

  if (stream != NULL && receive (stream, volume, sparse, sink))
    return end_copy (sink, question);
  if (sink->number != 0)
    {
      ferry_sink_refuse (sink, question->path);
      return COPY_REFUSED;
    }
  /* Neither every daemon nor every kind of pool can do it. */
  if (sink->position == 0)
    return COPY_NOT_THIS_WAY;
  ferry_answer_refuse_last ();

  return COPY_REFUSED;
}

static Copy
copy_volume (virConnectPtr connection,
             virStorageVolPtr volume,
             const FerryQuestion *question,
             FerrySink *sink)
{
  virStorageVolInfo info;
  Copy copy;

  if (virStorageVolGetInfoFlags (volume, &info, VIR_STORAGE_VOL_GET_PHYSICAL) == 0)
    sink->total_bytes = info.allocation;
  copy = receive_to_end (connection, volume, question, TRUE, sink);
  if (copy != COPY_NOT_THIS_WAY)
    return copy;
  if (!ferry_sink_restart (sink))
    {
      ferry_sink_refuse (sink, question->path);
      return COPY_REFUSED;
    }

  return receive_to_end (connection, volume, question, FALSE, sink);
}

/* --- a disk in no pool --- */

static gboolean
peek_all (virDomainPtr domain, const char *file, FerrySink *sink)
{
  g_autofree char *buffer = g_malloc (PEEK_BYTES);

  while (sink->position < sink->total_bytes)
    {
      gsize part = MIN (PEEK_BYTES, sink->total_bytes - sink->position);

      if (virDomainBlockPeek (domain, file, sink->position, part, buffer, 0) != 0 ||
          !ferry_sink_write (sink, buffer, part))
        return FALSE;
    }

  return TRUE;
}

static gboolean
copy_by_peeking (virDomainPtr domain, const FerryQuestion *question, FerrySink *sink)
{
  virDomainBlockInfo info;

  if (virDomainGetBlockInfo (domain, question->file, &info, 0) != 0)
    return ferry_answer_refuse_last ();
  sink->total_bytes = info.physical;
  if (peek_all (domain, question->file, sink))
    return end_copy (sink, question) == COPY_DONE;

  return sink->number != 0 ? ferry_sink_refuse (sink, question->path) : ferry_answer_refuse_last ();
}

/* --- the whole --- */

static gboolean
is_asked_for (virDomainPtr domain, const FerryQuestion *question)
{
  char uuid[VIR_UUID_STRING_BUFLEN] = "";

  virDomainGetUUIDString (domain, uuid);

  return (question->uuid == NULL || g_ascii_strcasecmp (uuid, question->uuid) == 0) &&
         g_strcmp0 (virDomainGetName (domain), question->name) == 0;
}

/* That the disk is (still) the guest's: a path of anything else is not handed out. */
static gboolean
has_disk (virDomainPtr domain, const char *file)
{
  g_autofree char *xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
  g_autoptr (GBytes) bytes = xml != NULL ? g_bytes_new_static (xml, strlen (xml)) : NULL;
  g_autoptr (FerryGuest) guest = bytes != NULL ? ferry_domain_parse (bytes, NULL) : NULL;

  for (guint i = 0; guest != NULL && i < guest->disks->len; i++)
    if (g_strcmp0 (ferry_guest_get_disk (guest, i)->file, file) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
download_from (virConnectPtr connection,
               virDomainPtr domain,
               const FerryQuestion *question,
               FerrySink *sink)
{
  g_autoptr (virStorageVol) volume = ferry_libvirt_find_volume (connection, question->file);
  g_autofree char *path = volume != NULL ? virStorageVolGetPath (volume) : NULL;
  Copy copy = copy_file (question, path != NULL ? path : question->file, sink);

  if (copy == COPY_NOT_THIS_WAY && volume != NULL)
    copy = copy_volume (connection, volume, question, sink);
  if (copy != COPY_NOT_THIS_WAY)
    return copy == COPY_DONE;
  if (*question->file != '/')
    return ferry_answer_refuse_last ();
  if (!ferry_sink_restart (sink))
    return ferry_sink_refuse (sink, question->path);

  return copy_by_peeking (domain, question, sink);
}

/** ferry_libvirt_download: a disk, as it is stored, into a file of this computer */
gboolean
ferry_libvirt_download (virConnectPtr connection, const FerryQuestion *question)
{
  g_autoptr (virDomain) domain = virDomainLookupByName (connection, question->name);
  g_auto (FerrySink) sink = { .fd = -1 };

  if (domain == NULL)
    return ferry_answer_refuse_last ();
  if (!is_asked_for (domain, question) || !has_disk (domain, question->file))
    return ferry_answer_refuse (FERRY_LIBVIRT_NO_DOMAIN, "It is another one by now.");
  if (!ferry_sink_open (&sink, question->path))
    return ferry_sink_refuse (&sink, question->path);

  return download_from (connection, domain, question, &sink);
}
