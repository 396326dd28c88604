package org.ostraka.engine.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ostraka.model.Bytes;
import org.ostraka.model.StreamViewType;
import org.ostraka.storage.LogId;

/**
 * The logs in which a table records the changes of its items, each for a part of them. All changes
 * of an item, and of all items with its partition key, are in one log. Immutable.
 *
 * @param shards the open shards by their first hashes, at least one; together they take all hashes
 * @param images what a record shows of the item besides its key
 */
public record ChangeLog(List<LogShard> shards, StreamViewType images) {
  public ChangeLog {
    shards = shards.stream().sorted(Comparator.comparingLong(LogShard::first)).toList();
    if (shards.isEmpty() || shards.getFirst().first() != 0) {
      throw new IllegalArgumentException("the shards of a log take all hashes");
    }
  }

  /** Returns the log that takes the changes of items with a partition key. */
  public LogId of(Bytes partition) {
    return covering(shards, LogShard.hash(partition)).id();
  }

  /** Returns the shard that takes a hash. */
  static LogShard covering(List<LogShard> shards, long hash) {
    int at = shards.size() - 1;
    while (shards.get(at).first() > hash) {
      at--;
    }
    return shards.get(at);
  }

  /** Returns the lowest hashes of a number of shards of equal parts. */
  public static List<Long> parts(int shards) {
    List<Long> firsts = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      firsts.add(LogShard.HASHES / shards * i);
    }
    return firsts;
  }

  /** Returns the lowest hashes of the shards. */
  public List<Long> firsts() {
    return shards.stream().map(LogShard::first).toList();
  }

  /** Returns the lowest hashes of shards twice as many: each takes half of what one takes here. */
  public List<Long> halves() {
    List<Long> firsts = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      long first = shards.get(i).first();
      long end = i + 1 < shards.size() ? shards.get(i + 1).first() : LogShard.HASHES;
      firsts.add(first);
      if (end - first > 1) {
        firsts.add(first + (end - first) / 2);
      }
    }
    return firsts;
  }
}
