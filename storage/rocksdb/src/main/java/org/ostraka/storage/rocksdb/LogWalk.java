package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads a file in the format of RocksDB's logs, which is also that of its MANIFEST, and says where
 * it stops being sound. One thread.
 *
 * <p>The file consists of blocks of 32 KB. A fragment has a head of seven bytes and lies within one
 * block; a record is one fragment, or several in consecutive blocks. What is left of a block that
 * has no room for a head is zero ("Write Ahead Log File Format" in RocksDB's wiki).
 *
 * <pre>
 * fragment   masked CRC-32C of type and content(4) length of content(2) type(1) content
 * </pre>
 *
 * Numbers are little-endian. Other types of fragments exist, which need options that Ostraka does
 * not set: they count as damage.
 */
final class LogWalk {
  static final int BLOCK_BYTES = 32 << 10;
  static final int HEAD_BYTES = 7;

  private static final int CRC_ROTATION = 15;
  private static final int CRC_DELTA = 0xa282ead8;

  private final FileChannel file;
  private final long fileBytes;
  private final Consumer<Entry> records;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final RecordParts parts = new RecordParts();
  private long blockStart;
  private int blockBytes;

  private LogWalk(FileChannel file, Consumer<Entry> records) throws IOException {
    this.file = file;
    this.fileBytes = file.size();
    this.records = records;
  }

  /**
   * A record that is sound.
   *
   * @param offset where its first fragment begins
   * @param end where its last fragment ends
   */
  record Entry(long offset, long end, byte[] content) {}

  /**
   * The place at which a file stops being sound.
   *
   * @param offset where the first record begins that is not sound
   * @param what is wrong with it
   * @param mayBeTorn whether a crash while this record was written, and nothing else, may have left
   *     it so
   */
  record Break(long offset, String what, boolean mayBeTorn) {}

  /**
   * What a walk came to.
   *
   * @param soundBytes where the last sound record ends
   * @param fileBytes the length of the file
   */
  record Outcome(long soundBytes, long fileBytes, Optional<Break> broken) {}

  /** Reads a file from its beginning to its end, or to the first record that is not sound. */
  static Outcome walk(Path path, Consumer<Entry> records) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new LogWalk(file, records).run();
    }
  }

  /** The checksum as the format stores it, of a fragment's type and content. */
  static int checksum(byte[] bytes, int typeAt, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, typeAt, length);
    return Integer.rotateRight((int) crc.getValue(), CRC_ROTATION) + CRC_DELTA;
  }

  /** Reads up to a block from a place in a file; the number of bytes that there were. */
  static int read(FileChannel file, long from, byte[] into) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into);
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
      // A read may return less than it was asked for.
    }
    return buffer.position();
  }

  private Outcome run() throws IOException {
    for (blockStart = 0; blockStart < fileBytes; blockStart += BLOCK_BYTES) {
      blockBytes = read(file, blockStart, block);
      Optional<String> wrong = walkBlock();
      if (wrong.isPresent()) {
        return brokenAt(blockStart + parts.badAt, wrong.get());
      }
    }
    return parts.isOpen()
        ? brokenAt(fileBytes, "the file ends within a record")
        : new Outcome(parts.soundBytes, fileBytes, Optional.empty());
  }

  /** Takes the block's fragments; what is wrong with the first that is not sound. */
  private Optional<String> walkBlock() {
    int at = 0;
    while (at < blockBytes) {
      parts.badAt = at;
      if (BLOCK_BYTES - at < HEAD_BYTES) {
        boolean empty = Fragment.isZero(block, at, blockBytes);
        return empty ? Optional.empty() : Optional.of("the end of a block is not zero");
      }
      Fragment fragment = Fragment.at(block, at, blockBytes);
      Optional<String> wrong = fragment.wrong().or(() -> parts.outOfPlace(fragment));
      if (wrong.isPresent()) {
        return wrong;
      }
      parts.add(fragment, blockStart).ifPresent(records);
      at = fragment.end();
    }
    return Optional.empty();
  }

  private Outcome brokenAt(long badAt, String what) throws IOException {
    long record = parts.isOpen() ? parts.offset : badAt;
    boolean mayBeTorn = new TornTail(file, fileBytes).mayBegin(badAt);
    return new Outcome(
        parts.soundBytes, fileBytes, Optional.of(new Break(record, what, mayBeTorn)));
  }
}
