package org.ostraka.engine.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.expression.KeyCondition;
import org.ostraka.expression.KeyTest;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * The rows that a key condition selects: those of one partition whose sort bytes are between two
 * bounds. Immutable.
 *
 * @param from the least sort bytes, inclusive
 * @param to the end of the sort bytes, exclusive; absent for no end
 */
public record KeyRange(Bytes partition, Bytes from, Optional<Bytes> to) {

  public static KeyRange of(KeyCondition condition) {
    Bytes partition = KeyEncoding.encode(condition.partition());
    List<KeyTest> tests = condition.sort();
    if (tests.isEmpty()) {
      return new KeyRange(partition, Bytes.EMPTY, Optional.empty());
    }
    // All tests but the last are equalities: their values precede the bounds of the last one.
    Bytes before =
        KeyEncoding.encode(
            tests.subList(0, tests.size() - 1).stream()
                .flatMap(test -> test.values().stream())
                .toList());
    return switch (tests.getLast()) {
      case KeyTest.Compare(var comparison, AttributeValue value) -> {
        Bytes bytes = joined(before, KeyEncoding.encode(value));
        Bytes least = before;
        yield switch (comparison) {
          case EQUAL -> new KeyRange(partition, bytes, behind(bytes));
          case LESS -> new KeyRange(partition, least, Optional.of(bytes));
          case LESS_OR_EQUAL -> new KeyRange(partition, least, behind(bytes));
          case GREATER -> new KeyRange(partition, behind(bytes).orElseThrow(), behind(before));
          case GREATER_OR_EQUAL -> new KeyRange(partition, bytes, behind(before));
          case NOT_EQUAL -> throw new AssertionError("no key test");
        };
      }
      case KeyTest.Between(AttributeValue lower, AttributeValue upper) ->
          new KeyRange(
              partition,
              joined(before, KeyEncoding.encode(lower)),
              behind(joined(before, KeyEncoding.encode(upper))));
      case KeyTest.BeginsWith(AttributeValue prefix) -> {
        Bytes bytes = joined(before, KeyEncoding.encodeBeginning(prefix));
        yield new KeyRange(partition, bytes, behind(bytes));
      }
      case KeyTest.NotIndexable _ -> throw new AssertionError("refused when it was resolved");
    };
  }

  /** Returns whether a row of the partition is between the bounds. */
  boolean contains(RowKey key) {
    return from.compareTo(key.sort()) <= 0
        && to.map(end -> key.sort().compareTo(end) < 0).orElse(true);
  }

  /** Returns whether a row belongs to the partition and is between the bounds. */
  public boolean holds(RowKey key) {
    return partition.equals(key.partition()) && contains(key);
  }

  /** Returns the rows after one key in a direction; all of them without a key. */
  public Range range(Space space, Direction direction, Optional<RowKey> after) {
    if (after.isEmpty()) {
      return new Range.OfPartition(space, partition, from, to, direction);
    }
    Bytes sort = after.get().sort();
    return switch (direction) {
      case FORWARD ->
          new Range.OfPartition(space, partition, larger(from, next(sort)), to, direction);
      case BACKWARD ->
          new Range.OfPartition(
              space,
              partition,
              from,
              Optional.of(to.filter(end -> end.compareTo(sort) < 0).orElse(sort)),
              direction);
    };
  }

  private static Bytes larger(Bytes first, Bytes second) {
    return first.compareTo(second) < 0 ? second : first;
  }

  /** Returns the least bytes that are greater than these. */
  private static Bytes next(Bytes bytes) {
    return joined(bytes, Bytes.of(0));
  }

  /**
   * Returns the least bytes that are greater than all that begin with these; empty when there are
   * none.
   */
  private static Optional<Bytes> behind(Bytes prefix) {
    byte[] bytes = prefix.array();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return Optional.empty();
    }
    byte[] end = Arrays.copyOf(bytes, length);
    end[length - 1]++;
    return Optional.of(Bytes.wrap(end));
  }

  private static Bytes joined(Bytes first, Bytes second) {
    if (first.isEmpty()) {
      return second;
    }
    byte[] both = Arrays.copyOf(first.array(), first.sizeBytes() + second.sizeBytes());
    System.arraycopy(second.array(), 0, both, first.sizeBytes(), second.sizeBytes());
    return Bytes.wrap(both);
  }
}
