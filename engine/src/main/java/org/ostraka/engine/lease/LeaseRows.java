package org.ostraka.engine.lease;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;

/**
 * The rows by which servers know each other. Part of the format on disk. Stateless.
 *
 * <pre>
 * partition ("member")  sort server   the server has a term; no value
 * partition ("beat")    sort server   a count that the server raises, and the position of the
 *                                     catalogue's log up to which it has seen changes, 8 bytes
 *                                     each, then its name
 * partition ("duty")    sort duty     the server that does the duty
 * partition ("format")  no sort       the format that servers write, 4 bytes; absent: 1. Every
 *                                     server that joins writes the row
 * partition ("reads")   sort server   the newest format that the server reads, 4 bytes; absent: 1
 * </pre>
 */
final class LeaseRows {
  private static final Bytes MEMBERS = text("member");
  private static final Bytes BEATS = text("beat");
  private static final Bytes DUTIES = text("duty");
  private static final Bytes FORMATS = text("format");
  private static final Bytes READS = text("reads");
  private static final int NUMBER_BYTES = 2 * Long.BYTES;

  private LeaseRows() {}

  /**
   * A server's beat as it is stored.
   *
   * @param version changes with each beat
   */
  record Beat(String server, long count, Position seen, Version version) {}

  /** Returns the rows that a server has while its term lasts. */
  static List<RowKey> ofServer(String server) {
    return List.of(member(server), beat(server), reads(server));
  }

  static RowKey member(String server) {
    return new RowKey(SharedServers.SPACE, MEMBERS, text(server));
  }

  static RowKey beat(String server) {
    return new RowKey(SharedServers.SPACE, BEATS, text(server));
  }

  static RowKey duty(Duty duty) {
    return new RowKey(SharedServers.SPACE, DUTIES, text(duty.name()));
  }

  static RowKey format() {
    return new RowKey(SharedServers.SPACE, FORMATS, Bytes.EMPTY);
  }

  static RowKey reads(String server) {
    return new RowKey(SharedServers.SPACE, READS, text(server));
  }

  static Bytes format(int version) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
  }

  /** Returns the format in a row; the first one when there is none. */
  static int format(Optional<Row> row) {
    if (row.isEmpty()) {
      return SharedFormat.FIRST;
    }
    byte[] value = row.get().value().array();
    if (value.length != Integer.BYTES) {
      throw new CorruptDataException("a format of servers has " + value.length + " bytes");
    }
    return ByteBuffer.wrap(value).getInt();
  }

  static Bytes beat(String server, long count, Position seen) {
    byte[] name = server.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(NUMBER_BYTES + name.length)
            .putLong(count)
            .putLong(seen.value())
            .put(name)
            .array());
  }

  static Bytes holder(String server) {
    return Bytes.wrap(server.getBytes(StandardCharsets.UTF_8));
  }

  static String holder(Row row) {
    return new String(row.value().array(), StandardCharsets.UTF_8);
  }

  /** Returns the beats of all servers that have a term. */
  static List<Beat> beats(Store store) {
    List<Beat> beats = new ArrayList<>();
    Range all = Range.OfPartition.all(SharedServers.SPACE, BEATS, Direction.FORWARD);
    try (Cursor cursor = store.scan(all, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        beats.add(beat(row.get()));
        row = cursor.next();
      }
    }
    return beats;
  }

  private static Beat beat(Row row) {
    byte[] value = row.value().array();
    if (value.length <= NUMBER_BYTES) {
      throw new CorruptDataException("a server's beat is too short");
    }
    ByteBuffer numbers = ByteBuffer.wrap(value);
    String server =
        new String(value, NUMBER_BYTES, value.length - NUMBER_BYTES, StandardCharsets.UTF_8);
    return new Beat(server, numbers.getLong(), new Position(numbers.getLong()), row.version());
  }

  private static Bytes text(String value) {
    return KeyEncoding.encode(new AttributeValue.S(value));
  }
}
