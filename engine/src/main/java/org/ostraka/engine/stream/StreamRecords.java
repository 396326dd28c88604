package org.ostraka.engine.stream;

import java.util.Optional;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Space;

/**
 * Makes a stream's records from those of a table's log, which may have more than the stream shows.
 * Keys and images stay the stored bytes, which are written as JSON when the answer is made. One
 * thread.
 */
final class StreamRecords {
  /** Room that the answer needs for each byte of a stored record: for the record and its parts. */
  static final int ANSWER_TIMES = 2;

  /** The work of a record's id, of its objects, and of fetching it. */
  private static final int UNITS_OF_A_RECORD = 6;

  private final Space shard;
  private final StreamViewType viewType;
  private final ChangeRecord.Reader reader = new ChangeRecord.Reader();
  private final EventIds ids = new EventIds();

  /**
   * Makes records of a shard.
   *
   * @param shard the space of the shard that has the records
   */
  StreamRecords(Space shard, StreamViewType viewType) {
    this.shard = shard;
    this.viewType = viewType;
  }

  /** Returns the work of showing a record, in the units of an allowance. */
  static long work(LogRecord record) {
    return (long) UNITS_OF_A_RECORD + record.value().sizeBytes() / Allowance.READ_BYTES_PER_UNIT;
  }

  GetRecords.StreamRecord of(LogRecord record) {
    ChangeRecord change = reader.read(record.value());
    Optional<Bytes> before = viewType.hasOld() ? change.before() : Optional.empty();
    Optional<Bytes> after = viewType.hasNew() ? change.after() : Optional.empty();
    String number = new SequenceNumber(shard, record.position()).digits();
    return new GetRecords.StreamRecord(
        ids.of(change.table(), number),
        name(change.kind()),
        change.table().owner().region(),
        service(change.actor()),
        record.version().stamp().moment(),
        ItemEncoding.ofStored(change.key()),
        before.map(ItemEncoding::ofStored),
        after.map(ItemEncoding::ofStored),
        number,
        (long) ItemEncoding.sizeBytes(change.key()) + sizeBytes(before) + sizeBytes(after),
        viewType);
  }

  private static long sizeBytes(Optional<Bytes> image) {
    return image.map(ItemEncoding::sizeBytes).orElse(0);
  }

  private static GetRecords.EventName name(ChangeRecord.Kind kind) {
    return switch (kind) {
      case INSERT -> GetRecords.EventName.INSERT;
      case MODIFY -> GetRecords.EventName.MODIFY;
      case REMOVE -> GetRecords.EventName.REMOVE;
    };
  }

  private static Optional<String> service(Principal actor) {
    return actor.equals(Principal.Service.EXPIRY)
        ? Optional.of(Principal.Service.EXPIRY.name())
        : Optional.empty();
  }
}
