package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.ScanOrder;
import org.ostraka.storage.Space;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/**
 * Does the same operations on a store and on its model, and compares the answers. One thread, one
 * run.
 */
final class ModelRun {
  private static final int MAX_SPACES = 100;

  private final StoreFixture fixture;
  private final StoreModel model;
  private final Map<Space, Integer> drops = new HashMap<>();

  ModelRun(StoreFixture fixture) {
    this.fixture = fixture;
    this.model = new StoreModel(new OrderOfOpenStore(fixture));
  }

  void all(List<StoreOperation> operations) {
    operations.forEach(this::one);
    fixture.reopen();
    for (long id = 0; id < MAX_SPACES; id++) {
      Range everything = Range.OfSlice.all(new Space(id));
      assertThat(client().entries(everything)).isEqualTo(model.entries(everything));
      LogId log = new LogId(new Space(id));
      assertThat(client().records(log, fixture.store().oldest(log)))
          .extracting(LogRecord::value)
          .isEqualTo(model.records(log));
    }
  }

  private void one(StoreOperation operation) {
    switch (operation) {
      case StoreOperation.Transact(List<Write> writes) ->
          transact(writes.stream().map(this::now).toList());
      case StoreOperation.Refuse(List<Write> writes) ->
          refuse(writes.stream().map(this::now).toList());
      case StoreOperation.Read(RowKey key) ->
          assertThat(client().read(now(key))).isEqualTo(model.read(now(key)));
      case StoreOperation.Scan(Range range) ->
          assertThat(client().entries(now(range))).isEqualTo(model.entries(now(range)));
      case StoreOperation.ReadLog(LogId log, int after, int limit) ->
          readLog(now(log), after, limit);
      case StoreOperation.Trim(LogId log, int records) -> trim(now(log), records);
      case StoreOperation.Drop(Space space) -> {
        fixture.store().drop(now(space));
        model.drop(now(space));
        drops.merge(space, 1, Integer::sum);
      }
      case StoreOperation.Reopen() -> fixture.reopen();
      case StoreOperation.Crash() -> fixture.crash();
    }
  }

  private StoreClient client() {
    return new StoreClient(fixture.store());
  }

  private void transact(List<Write> writes) {
    Set<RowKey> keys = StoreClient.keysOf(writes);
    Map<RowKey, Optional<Bytes>> seen =
        fixture
            .store()
            .transact(
                keys,
                rows -> {
                  Map<RowKey, Optional<Bytes>> found = new HashMap<>();
                  keys.forEach(key -> found.put(key, rows.row(key).map(row -> row.value())));
                  return new Verdict<>(found, writes);
                });
    seen.forEach((key, value) -> assertThat(value).isEqualTo(model.read(key)));
    writes.forEach(model::write);
  }

  private void refuse(List<Write> writes) {
    IllegalStateException refusal = new IllegalStateException("refused");
    assertThatThrownBy(() ->
            fixture
                .store()
                .transact(
                    StoreClient.keysOf(writes),
                    _ -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
  }

  /** Reads on after the given number of the records that are still there. */
  private void readLog(LogId log, int after, int limit) {
    List<Bytes> all = model.records(log);
    int from = Math.min(after, all.size());
    LogPage page = fixture.store().readLog(log, position(log, from), limit, Long.MAX_VALUE);

    List<Bytes> expected = all.subList(from, all.size());
    // A page may end early, but not before its first record.
    assertThat(page.records()).hasSizeBetween(Math.min(1, expected.size()), limit);
    assertThat(page.records().stream().map(LogRecord::value).toList())
        .isEqualTo(expected.subList(0, page.records().size()));
    assertThat(page.next()).isEqualTo(position(log, from + page.records().size()));
  }

  private void trim(LogId log, int records) {
    int trimmed = Math.min(records, model.records(log).size());
    Position newest = fixture.store().newest(log);
    Position upTo = position(log, trimmed);
    fixture.store().trim(log, upTo);
    model.trim(log, trimmed);

    assertThat(fixture.store().oldest(log)).isEqualTo(upTo);
    assertThat(fixture.store().newest(log)).isEqualTo(newest);
  }

  /** Returns the position of one of the records that are still there, counted from 1. */
  private Position position(LogId log, int record) {
    Position oldest = fixture.store().oldest(log);
    return record == 0 ? oldest : client().records(log, oldest).get(record - 1).position();
  }

  private Space now(Space space) {
    return new Space(space.id() + 3L * drops.getOrDefault(space, 0));
  }

  private LogId now(LogId log) {
    return new LogId(now(log.space()));
  }

  private RowKey now(RowKey key) {
    return new RowKey(now(key.space()), key.partition(), key.sort());
  }

  private Write now(Write write) {
    return switch (write) {
      case Write.Put(RowKey key, Bytes value) -> new Write.Put(now(key), value);
      case Write.Delete(RowKey key) -> new Write.Delete(now(key));
      case Write.Derive(RowKey owner, RowKey key, Optional<Bytes> value) ->
          new Write.Derive(now(owner), key, value);
      case Write.Append(LogId log, Bytes record) -> new Write.Append(now(log), record);
      case Write.Replicated(Version version, Write change) ->
          new Write.Replicated(version, now(change));
    };
  }

  private Range now(Range range) {
    return switch (range) {
      case Range.OfPartition part ->
          new Range.OfPartition(
              now(part.space()), part.partition(), part.from(), part.to(), part.direction());
      case Range.OfSlice slice ->
          new Range.OfSlice(
              now(slice.space()), slice.slice(), slice.after().map(this::now), slice.direction());
    };
  }

  /** The order of the store that is open: that of a closed one may need what it closed. */
  private record OrderOfOpenStore(StoreFixture fixture) implements ScanOrder {
    @Override
    public int compare(RowKey left, RowKey right) {
      return fixture.store().scanOrder().compare(left, right);
    }

    @Override
    public int sliceOf(RowKey key, int total) {
      return fixture.store().scanOrder().sliceOf(key, total);
    }
  }
}
