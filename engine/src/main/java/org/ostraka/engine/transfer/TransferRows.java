package org.ostraka.engine.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.TransferArn;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The rows that say what is exported and imported. Part of the format on disk. Any thread.
 *
 * <pre>
 * partition (kind, account, region)            sort (id, table)  an export, import or bulk operation
 * partition ("jobs", kind)                     sort ARN          how far one in progress has come
 * partition ("parts", ARN)                     sort number       a file of an export
 * partition ("reports", ARN)                   sort number       what a bulk operation reports
 * partition ("tokens", kind, account, region)  sort token        the ARN that a token stands for
 * </pre>
 */
final class TransferRows {
  /** The space of these rows, beyond those of tables. */
  static final Space SPACE = new Space(Long.MAX_VALUE - 4);

  private final Store store;

  TransferRows(Store store) {
    this.store = store;
  }

  <T> Optional<T> read(RowKey key, Function<Bytes, T> reading) {
    return store.read(key, Consistency.STRONG).map(row -> reading.apply(row.value()));
  }

  <T> List<T> all(Bytes partition, Function<Bytes, T> reading) {
    return some(partition, reading, Long.MAX_VALUE);
  }

  /** Returns rows from the first one on, until they have so many bytes; at least one of them. */
  <T> List<T> some(Bytes partition, Function<Bytes, T> reading, long maxBytes) {
    List<T> found = new ArrayList<>();
    long bytes = 0;
    Range range = Range.OfPartition.all(SPACE, partition, Direction.FORWARD);
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent() && bytes < maxBytes) {
        bytes += row.get().value().sizeBytes();
        found.add(reading.apply(row.get().value()));
        row = cursor.next();
      }
    }
    return found;
  }

  /** Writes rows by one decision. */
  void write(List<Guard> guards, List<Write> writes) {
    List<RowKey> keys = writes.stream().map(TransferRows::keyOf).toList();
    store.transact(keys, guards, _ -> new Verdict<>(true, writes));
  }

  /** Removes rows by as few decisions as the store allows. */
  void delete(List<Guard> guards, List<RowKey> keys) {
    int most = Math.min(store.limits().declaredKeys(), store.limits().writes());
    for (int from = 0; from < keys.size(); from += most) {
      List<RowKey> next = keys.subList(from, Math.min(keys.size(), from + most));
      write(guards, next.stream().map(key -> (Write) new Write.Delete(key)).toList());
    }
  }

  private static RowKey keyOf(Write write) {
    return switch (write) {
      case Write.Put put -> put.key();
      case Write.Delete delete -> delete.key();
      case Write.Derive _, Write.Append _, Write.Replicated _ ->
          throw new IllegalArgumentException("rows of transfers are put and deleted");
    };
  }

  static Bytes listed(TransferArn.Kind kind, Owner owner) {
    return partition(kind, owner.account(), owner.region());
  }

  static RowKey listedKey(TransferArn arn) {
    return new RowKey(
        SPACE,
        listed(arn.kind(), arn.table().owner()),
        KeyEncoding.encode(List.of(text(arn.id()), text(arn.table().table()))));
  }

  static Bytes jobs(TransferArn.Kind kind) {
    return partition("jobs", kind);
  }

  static RowKey jobKey(TransferArn arn) {
    return new RowKey(SPACE, jobs(arn.kind()), KeyEncoding.encode(text(arn)));
  }

  static Bytes parts(TransferArn arn) {
    return partition("parts", arn);
  }

  static RowKey partKey(TransferArn arn, long number) {
    byte[] sort = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return new RowKey(SPACE, parts(arn), Bytes.wrap(sort));
  }

  static Bytes reports(TransferArn arn) {
    return partition("reports", arn);
  }

  static RowKey reportKey(TransferArn arn, long number) {
    byte[] sort = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return new RowKey(SPACE, reports(arn), Bytes.wrap(sort));
  }

  static RowKey tokenKey(TransferArn.Kind kind, Owner owner, String token) {
    return new RowKey(
        SPACE,
        partition("tokens", kind, owner.account(), owner.region()),
        KeyEncoding.encode(text(token)));
  }

  private static Bytes partition(Object... parts) {
    return KeyEncoding.encode(Stream.of(parts).map(TransferRows::text).toList());
  }

  private static AttributeValue text(Object value) {
    return new AttributeValue.S(value.toString());
  }
}
