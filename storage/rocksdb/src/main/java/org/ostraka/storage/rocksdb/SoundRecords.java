package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the sound records of a damaged file in the format of {@link LogWalk}, those behind the
 * damage too. One thread.
 *
 * <p>Where a fragment is not sound, the rest of its block is passed over: what follows could be the
 * content of a record, which a client chose. Each block begins with the head of a fragment, so the
 * next one is read again.
 */
final class SoundRecords {
  private final FileChannel file;
  private final Consumer<byte[]> records;
  private final List<Gap> gaps = new ArrayList<>();
  private final byte[] block = new byte[LogWalk.BLOCK_BYTES];
  private final RecordParts parts = new RecordParts();
  private long gapFrom = -1;

  private SoundRecords(FileChannel file, Consumer<byte[]> records) {
    this.file = file;
    this.records = records;
  }

  /** Bytes of a file that are no sound record. */
  record Gap(long from, long to) {}

  /** Reads a file to its end, and returns the gaps between its sound records. */
  static List<Gap> read(Path path, Consumer<byte[]> records) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new SoundRecords(file, records).run();
    }
  }

  private List<Gap> run() throws IOException {
    long end = file.size();
    for (long start = 0; start < end; start += LogWalk.BLOCK_BYTES) {
      readBlock(start, LogWalk.read(file, start, block));
    }
    if (parts.isOpen()) {
      breakAt(parts.offset);
    }
    closeGap(end);
    return gaps;
  }

  private void readBlock(long start, int limit) {
    int at = 0;
    while (at < limit && LogWalk.BLOCK_BYTES - at >= LogWalk.HEAD_BYTES) {
      Fragment fragment = Fragment.at(block, at, limit);
      if (!fragment.isSound()) {
        breakAt(parts.isOpen() ? parts.offset : start + at);
        return;
      }
      if (parts.outOfPlace(fragment).isPresent()) {
        breakAt(parts.isOpen() ? parts.offset : start + at);
      }
      if (parts.outOfPlace(fragment).isEmpty()) {
        add(fragment, start);
      }
      at = fragment.end();
    }
  }

  private void add(Fragment fragment, long blockStart) {
    Optional<LogWalk.Entry> complete = parts.add(fragment, blockStart);
    if (complete.isPresent()) {
      closeGap(complete.get().offset());
      records.accept(complete.get().content());
    }
  }

  private void breakAt(long offset) {
    parts.abandon();
    if (gapFrom < 0) {
      gapFrom = offset;
    }
  }

  private void closeGap(long end) {
    if (gapFrom >= 0 && gapFrom < end) {
      gaps.add(new Gap(gapFrom, end));
    }
    gapFrom = -1;
  }
}
