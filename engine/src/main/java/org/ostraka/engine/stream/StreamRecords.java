package org.ostraka.engine.stream;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Principal;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Space;

/**
 * Makes a stream's records from those of a table's log, which may have more than the stream shows.
 * Immutable.
 *
 * @param shard the space of the shard that has the records
 */
record StreamRecords(Space shard, StreamViewType viewType) {
  /** Room that the answer needs for each byte of a stored record. */
  static final int ANSWER_TIMES = 4;

  private static final int BYTES_OF_A_UNIT = 128;

  /** Returns the work of showing a record, in the units of an allowance. */
  static long work(LogRecord record) {
    return 1L + record.value().sizeBytes() / BYTES_OF_A_UNIT;
  }

  GetRecords.StreamRecord of(LogRecord record) {
    ChangeRecord change = ChangeRecord.of(record.value());
    Item key = ItemEncoding.decode(change.key());
    Optional<Item> before = shown(viewType.hasOld(), change.before());
    Optional<Item> after = shown(viewType.hasNew(), change.after());
    SequenceNumber number = new SequenceNumber(shard, record.position());
    return new GetRecords.StreamRecord(
        eventId(change, number),
        name(change.kind()),
        change.table().owner().region(),
        service(change.actor()),
        record.version().stamp().moment(),
        key,
        before,
        after,
        number.value(),
        key.sizeBytes() + sizeBytes(before) + sizeBytes(after),
        viewType);
  }

  private static Optional<Item> shown(boolean isShown, Optional<Bytes> image) {
    return isShown ? image.map(ItemEncoding::decode) : Optional.empty();
  }

  private static long sizeBytes(Optional<Item> image) {
    return image.map(Item::sizeBytes).orElse(0);
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

  /** Returns an id that every reading of the record gives it. */
  private static String eventId(ChangeRecord change, SequenceNumber number) {
    String name = change.table() + "/" + number.value();
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(id.getMostSignificantBits())
        + hex.toHexDigits(id.getLeastSignificantBits());
  }
}
