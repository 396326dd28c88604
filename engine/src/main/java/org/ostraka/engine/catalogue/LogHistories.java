package org.ostraka.engine.catalogue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The stored histories of the streams and shards of all tables. Any thread.
 *
 * <p>Every request for a stream's shards or records reads its table's history, which has thousands
 * of shards where a table is large. So a history that was decoded is kept beside the version of its
 * row. It is never out of date: the row is read each time, and a version names one state of it.
 * Each component makes one of these, and must not make one for each shard or request.
 */
public final class LogHistories {
  /** How many shards the kept histories may have together: about 15 MB. */
  static final int SHARDS_KEPT = 50_000;

  private final Store store;
  private final Cache<RowKey, Decoded> decoded =
      Caffeine.newBuilder()
          .maximumWeight(SHARDS_KEPT)
          .weigher((RowKey _, Decoded each) -> 1 + each.history().shards().size())
          .executor(Runnable::run)
          .build();

  public LogHistories(Store store) {
    this.store = store;
  }

  /** What one version of a row holds. Immutable. */
  private record Decoded(Version version, LogHistory history) {}

  /** The history of the tables of one name. Immutable. */
  public record OfTable(TableArn arn, LogHistory history) {}

  /** Returns the history of the tables of a name as it is stored now. */
  public LogHistory of(TableArn arn) {
    return store
        .read(CatalogueRows.historyKey(arn), Consistency.STRONG)
        .map(this::decoded)
        .orElse(LogHistory.NONE);
  }

  private LogHistory decoded(Row row) {
    Decoded kept = decoded.getIfPresent(row.key());
    if (kept == null || !kept.version().equals(row.version())) {
      kept = new Decoded(row.version(), history(row));
      decoded.put(row.key(), kept);
    }
    return kept.history();
  }

  /** Returns an owner's histories in the order of the tables' names. */
  public List<OfTable> of(Owner owner, Optional<TableName> from) {
    Bytes least = from.map(CatalogueRows::name).orElse(Bytes.EMPTY);
    return read(
        new Range.OfPartition(
            CatalogueRows.SPACE,
            CatalogueRows.historyPartition(owner),
            least,
            Optional.empty(),
            Direction.FORWARD));
  }

  /** Returns all histories. */
  public List<OfTable> all() {
    return read(Range.OfSlice.all(CatalogueRows.SPACE));
  }

  private List<OfTable> read(Range range) {
    List<OfTable> histories = new ArrayList<>();
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        if (CatalogueEntry.of(row.get())
            instanceof CatalogueEntry.OfHistory(var arn, var history)) {
          histories.add(new OfTable(arn, history));
        }
        row = cursor.next();
      }
    }
    return histories;
  }

  /** Changes a history by one decision. */
  public void change(TableArn arn, List<Guard> guards, UnaryOperator<LogHistory> choice) {
    RowKey key = CatalogueRows.historyKey(arn);
    store.transact(
        List.of(key),
        guards,
        rows -> {
          LogHistory before = rows.row(key).map(LogHistories::history).orElse(LogHistory.NONE);
          LogHistory after = choice.apply(before);
          return after.equals(before)
              ? Verdict.unchanged(after)
              : new Verdict<>(after, List.of(write(arn, after)));
        });
  }

  /** Returns the write that stores a history. */
  static Write write(TableArn arn, LogHistory history) {
    RowKey key = CatalogueRows.historyKey(arn);
    return history.isEmpty()
        ? new Write.Delete(key)
        : new Write.Put(key, ItemEncoding.encode(LogHistoryItem.of(arn, history)));
  }

  static LogHistory history(Row row) {
    Item item = ItemEncoding.decode(row.value());
    return LogHistoryItem.history(item);
  }
}
