package org.ostraka.storage.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How far RocksDB's files were durable at some moment: part of the format on disk. Immutable.
 *
 * <pre>
 * magic(8) moment(8) last sequence(8) MANIFEST's number(8) its bytes(8) number of logs(4)
 * for each log: number(8) bytes(8) last sequence(8)
 * CRC-32C of all that(4)
 * </pre>
 *
 * Numbers are big-endian.
 *
 * @param moment grows with every state
 * @param lastSequence the greatest sequence number of a write that was acknowledged
 * @param manifestNumber the MANIFEST in use
 * @param manifestBytes how many bytes of it were durable
 * @param logs the logs that may still be needed, in the order of their numbers
 */
record DurableState(
    long moment, long lastSequence, long manifestNumber, long manifestBytes, List<Log> logs) {

  /** Logs that a state holds, at most; RocksDB needs two or three. */
  static final int MAX_LOGS = 100;

  /** Bytes of a state, at most. */
  static final int MAX_BYTES = 4096;

  private static final long MAGIC = 0x4f53_5452_4455_5201L;
  private static final int HEAD_BYTES = 5 * Long.BYTES + Integer.BYTES;
  private static final int LOG_BYTES = 3 * Long.BYTES;

  DurableState {
    logs = List.copyOf(logs.subList(Math.max(0, logs.size() - MAX_LOGS), logs.size()));
  }

  /**
   * One log.
   *
   * @param bytes how many of its bytes were durable
   * @param lastSequence the greatest sequence number in it, or in front of it
   */
  record Log(long number, long bytes, long lastSequence) {}

  byte[] encode() {
    int bytes = HEAD_BYTES + logs.size() * LOG_BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(bytes + Integer.BYTES);
    buffer.putLong(MAGIC).putLong(moment).putLong(lastSequence);
    buffer.putLong(manifestNumber).putLong(manifestBytes).putInt(logs.size());
    logs.forEach(
        log -> buffer.putLong(log.number()).putLong(log.bytes()).putLong(log.lastSequence()));
    return buffer.putInt(checksum(buffer.array(), bytes)).array();
  }

  /** Reads a state back; empty where the bytes hold none. */
  static Optional<DurableState> decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < HEAD_BYTES || buffer.getInt(HEAD_BYTES - Integer.BYTES) < 0) {
      return Optional.empty();
    }
    int logCount = Math.min(MAX_LOGS + 1, buffer.getInt(HEAD_BYTES - Integer.BYTES));
    int end = HEAD_BYTES + logCount * LOG_BYTES;
    boolean whole = logCount <= MAX_LOGS && end + Integer.BYTES <= bytes.length;
    if (!whole || buffer.getLong() != MAGIC || buffer.getInt(end) != checksum(bytes, end)) {
      return Optional.empty();
    }
    long moment = buffer.getLong();
    long lastSequence = buffer.getLong();
    long manifestNumber = buffer.getLong();
    long manifestBytes = buffer.getLong();
    buffer.position(HEAD_BYTES);
    List<Log> logs = new ArrayList<>();
    for (int i = 0; i < logCount; i++) {
      logs.add(new Log(buffer.getLong(), buffer.getLong(), buffer.getLong()));
    }
    return Optional.of(new DurableState(moment, lastSequence, manifestNumber, manifestBytes, logs));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
