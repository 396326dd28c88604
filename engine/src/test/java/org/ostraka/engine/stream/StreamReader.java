package org.ostraka.engine.stream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.error.ExpiredIteratorException;
import org.ostraka.model.operation.DescribeStream;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.model.operation.GetShardIterator;

/**
 * A client that reads a stream as the API's documents say: a shard after its parent, from its
 * oldest record, until it is closed and has no more. One thread.
 */
final class StreamReader {
  private final String arn;
  private final int limit;
  private final Map<String, Optional<String>> iterators = new HashMap<>();
  private final Map<String, BigInteger> last = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final List<GetRecords.StreamRecord> records = new ArrayList<>();

  /**
   * Makes a reader that has read nothing.
   *
   * @param limit records of a page
   */
  StreamReader(String arn, int limit) {
    this.arn = arn;
    this.limit = limit;
  }

  /** Returns all records that were read, in the order in which they were read. */
  List<GetRecords.StreamRecord> records() {
    return records;
  }

  /** Returns the number of shards that were read to their end. */
  int finished() {
    return finished.size();
  }

  /** Reads all that there is now. */
  void read(TestEngine engine) {
    boolean more = true;
    while (more) {
      more = false;
      for (DescribeStream.Shard shard : shards(engine, arn)) {
        boolean ready = shard.parent() == null || finished.contains(shard.parent());
        if (ready && !finished.contains(shard.id())) {
          more |= read(engine, shard);
        }
      }
    }
  }

  /** Reads a shard as far as it goes; returns whether that was its end. */
  private boolean read(TestEngine engine, DescribeStream.Shard shard) {
    Optional<String> iterator =
        iterators.computeIfAbsent(
            shard.id(),
            id -> Optional.of(iterator(engine, arn, id, GetShardIterator.Type.TRIM_HORIZON, null)));
    while (iterator.isPresent()) {
      GetRecords.Response page = page(engine, shard, iterator.get());
      page.records().forEach(record -> take(shard, record));
      iterator = Optional.ofNullable(page.nextShardIterator());
      iterators.put(shard.id(), iterator);
      if (iterator.isPresent() && page.records().isEmpty()) {
        return false;
      }
    }
    finished.add(shard.id());
    return true;
  }

  /** Reads a page, with a new iterator when this one is too old. */
  private GetRecords.Response page(TestEngine engine, DescribeStream.Shard shard, String iterator) {
    try {
      return page(engine, iterator, limit);
    } catch (ExpiredIteratorException _) {
      BigInteger seen = last.get(shard.id());
      String renewed =
          seen == null
              ? iterator(engine, arn, shard.id(), GetShardIterator.Type.TRIM_HORIZON, null)
              : iterator(
                  engine,
                  arn,
                  shard.id(),
                  GetShardIterator.Type.AFTER_SEQUENCE_NUMBER,
                  seen.toString());
      return page(engine, renewed, limit);
    }
  }

  private void take(DescribeStream.Shard shard, GetRecords.StreamRecord record) {
    BigInteger before = last.getOrDefault(shard.id(), shard.first());
    BigInteger number = new BigInteger(record.sequenceNumber());
    if (number.compareTo(before) <= 0) {
      throw new AssertionError("not in order: " + record + " after " + before);
    }
    if (shard.last() != null && number.compareTo(shard.last()) > 0) {
      throw new AssertionError("beyond the end of its shard: " + record);
    }
    last.put(shard.id(), number);
    records.add(record);
  }

  /** Returns all shards of a stream, a few at a time. */
  static List<DescribeStream.Shard> shards(TestEngine engine, String arn) {
    List<DescribeStream.Shard> shards = new ArrayList<>();
    String start = null;
    do {
      DescribeStream.Response page =
          describe(engine, new DescribeStream.Request(arn, 2, start, null));
      shards.addAll(page.shards());
      start = page.lastEvaluated();
    } while (start != null);
    return shards;
  }

  static DescribeStream.Response describe(TestEngine engine, DescribeStream.Request request) {
    return engine.operations().describeStream().handle(TestEngine.CALLER, request);
  }

  static String iterator(
      TestEngine engine,
      String arn,
      String shard,
      GetShardIterator.Type type,
      @Nullable String sequenceNumber) {
    return engine
        .operations()
        .getShardIterator()
        .handle(TestEngine.CALLER, new GetShardIterator.Request(arn, shard, type, sequenceNumber))
        .shardIterator();
  }

  static GetRecords.Response page(TestEngine engine, String iterator, @Nullable Integer limit) {
    return engine
        .operations()
        .getRecords()
        .handle(TestEngine.CALLER, new GetRecords.Request(iterator, limit));
  }
}
