package org.ostraka.storage.rocksdb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a MANIFEST says about logs and table files, edit by edit. One thread.
 *
 * <p>An edit is a sequence of fields, each a tag and what belongs to it ("MANIFEST" in RocksDB's
 * wiki). Numbers have seven bits a byte, lowest first; texts have their length in front.
 */
final class ManifestState {
  private static final int LOG_NUMBER = 2;
  private static final int LAST_SEQUENCE = 4;
  private static final int LEAST_LOG = 10;
  private static final int LOG_ADDITION = 8199;
  private static final int LOG_DELETION = 8200;
  private static final int SYNCED_SIZE = 2;
  private static final int END_OF_PARTS = 1;

  /** Tags from here on have a text, whatever they mean. */
  private static final int FIRST_TAG_OF_TEXT = 1 << 13;

  private final NavigableMap<Long, Long> syncedBytes = new TreeMap<>();
  private final ManifestTables tables = new ManifestTables();
  private long leastLog;
  private long logNumber;
  private long lastSequence;

  /** An edit is not made as RocksDB makes them. */
  static final class BadEditException extends Exception {
    private static final long serialVersionUID = 1;

    BadEditException(String message) {
      super(message);
    }
  }

  /** Everything in logs with smaller numbers is in table files. */
  long logNumber() {
    return logNumber;
  }

  /** Writes up to this sequence number were durable. */
  long lastSequence() {
    return lastSequence;
  }

  /** How many bytes of a log that is complete were durable, by the log's number. */
  NavigableMap<Long, Long> syncedBytes() {
    return syncedBytes;
  }

  /** The table files. */
  ManifestTables tables() {
    return tables;
  }

  void apply(byte[] edit) throws BadEditException {
    ByteBuffer fields = ByteBuffer.wrap(edit);
    try {
      while (fields.hasRemaining()) {
        field((int) number(fields), fields);
      }
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      throw new BadEditException("an edit ends within a field");
    }
  }

  private void field(int tag, ByteBuffer fields) throws BadEditException {
    switch (tag) {
      case LOG_NUMBER -> logNumber = Math.max(logNumber, number(fields));
      case LAST_SEQUENCE -> lastSequence = Math.max(lastSequence, number(fields));
      // Comparator, and name of a column family.
      case 1, 201 -> text(fields);
      // Next file, previous log, column family, greatest one, rest of a group.
      case 3, 9, 200, 203, 300 -> number(fields);
      // The column family goes.
      case 202 -> {}
      case 5 -> skip(fields, 1, 1);
      case 6 -> {
        number(fields);
        tables.remove(number(fields));
      }
      case 7 -> addTable(fields);
      case 100 -> {
        addTable(fields);
        skip(fields, 2, 0);
      }
      case 102 -> {
        skip(fields, 4, 2);
        skip(fields, 2, 0);
      }
      case 103 -> {
        addTable(fields);
        skip(fields, 2, 0);
        skipParts(fields);
      }
      case LOG_ADDITION -> addLog(text(fields));
      case LEAST_LOG -> dropLogsBefore(number(fields));
      case LOG_DELETION -> dropLogsBefore(number(text(fields)));
      default -> {
        if (tag < FIRST_TAG_OF_TEXT) {
          throw new BadEditException("an edit has a field that is not known, " + tag);
        }
        text(fields);
      }
    }
  }

  private void addTable(ByteBuffer fields) {
    int level = (int) number(fields);
    long number = number(fields);
    long bytes = number(fields);
    byte[] smallest = ManifestTables.userKey(text(fields));
    byte[] largest = ManifestTables.userKey(text(fields));
    tables.add(new ManifestTables.Table(number, level, bytes, smallest, largest));
  }

  private void addLog(ByteBuffer log) {
    long number = number(log);
    long bytes = 0;
    int part = (int) number(log);
    while (part != END_OF_PARTS) {
      bytes = part == SYNCED_SIZE ? number(log) : bytes;
      part = (int) number(log);
    }
    if (number >= leastLog) {
      syncedBytes.put(number, bytes);
    }
  }

  /** A log may be added after it was dropped: it stays dropped. */
  private void dropLogsBefore(long number) {
    leastLog = Math.max(leastLog, number);
    syncedBytes.headMap(leastLog, false).clear();
  }

  private static void skip(ByteBuffer fields, int numbers, int texts) {
    for (int i = 0; i < numbers; i++) {
      number(fields);
    }
    for (int i = 0; i < texts; i++) {
      text(fields);
    }
  }

  /** Parts of a new file: tag and text, until the tag that ends them. */
  private static void skipParts(ByteBuffer fields) {
    while (number(fields) != END_OF_PARTS) {
      text(fields);
    }
  }

  private static ByteBuffer text(ByteBuffer fields) {
    int length = (int) number(fields);
    ByteBuffer text = fields.slice(fields.position(), Math.min(length, fields.remaining()));
    fields.position(fields.position() + length);
    return text;
  }

  private static long number(ByteBuffer fields) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = fields.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number has more than 64 bits");
  }
}
