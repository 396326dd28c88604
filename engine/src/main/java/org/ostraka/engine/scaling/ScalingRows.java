package org.ostraka.engine.scaling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/**
 * The keys of the rows of auto scaling. Part of the format on disk. Stateless.
 *
 * <pre>
 * partition "targets"                        sort (account, region, resource, dimension)
 * partition ("activities", account, region)  sort (begin in milliseconds, id)
 * partition ("consumed", table's ARN)        sort (minute, server)
 * </pre>
 */
final class ScalingRows {
  /** The space of these rows, beyond those of tables. */
  static final Space SPACE = new Space(Long.MAX_VALUE - 5);

  private ScalingRows() {}

  static RowKey target(TargetKey key) {
    return new RowKey(
        SPACE,
        tuple("targets"),
        tuple(key.owner().account(), key.owner().region(), key.resource(), key.dimension().name()));
  }

  static Range targets() {
    return Range.OfPartition.all(SPACE, tuple("targets"), Direction.FORWARD);
  }

  static Range targets(Owner owner) {
    Bytes from = tuple(owner.account(), owner.region());
    return new Range.OfPartition(
        SPACE, tuple("targets"), from, Optional.of(end(from)), Direction.FORWARD);
  }

  static RowKey activity(ScalingActivity activity) {
    return new RowKey(
        SPACE,
        activityPartition(activity.target().owner()),
        tuple(activity.start().toEpochMilli(), activity.id()));
  }

  /** Returns the activities of an owner, the newest first. */
  static Range activities(Owner owner) {
    return Range.OfPartition.all(SPACE, activityPartition(owner), Direction.BACKWARD);
  }

  /** Returns the activities of the owner of one of them, the newest first. */
  static Range activities(RowKey activity) {
    return Range.OfPartition.all(SPACE, activity.partition(), Direction.BACKWARD);
  }

  /** Returns the activities of the owner of one of them that began before a time. */
  static Range activitiesBefore(RowKey activity, long millis) {
    return before(activity, millis);
  }

  private static Bytes activityPartition(Owner owner) {
    return tuple("activities", owner.account(), owner.region());
  }

  static RowKey consumed(TableArn table, long minute, String server) {
    return new RowKey(SPACE, tuple("consumed", table), tuple(minute, server));
  }

  /** Returns the consumption of a table in some minutes, the last one excluded. */
  static Range consumed(TableArn table, long from, long to) {
    return new Range.OfPartition(
        SPACE, tuple("consumed", table), tuple(from), Optional.of(tuple(to)), Direction.FORWARD);
  }

  /** Returns the consumption of the table of one of these rows before a minute. */
  static Range consumedBefore(RowKey consumed, long minute) {
    return before(consumed, minute);
  }

  private static Range before(RowKey key, long number) {
    return new Range.OfPartition(
        SPACE, key.partition(), Bytes.EMPTY, Optional.of(tuple(number)), Direction.FORWARD);
  }

  /** Returns the kind of a row, the first word of its partition; empty for none of these. */
  static Optional<String> kind(RowKey key) {
    return Stream.of("targets", "activities", "consumed")
        .filter(word -> startsWith(key.partition(), tuple(word)))
        .findFirst();
  }

  private static boolean startsWith(Bytes bytes, Bytes start) {
    byte[] all = bytes.array();
    byte[] first = start.array();
    return all.length >= first.length
        && Arrays.equals(all, 0, first.length, first, 0, first.length);
  }

  /** Returns the first bytes after those of all tuples that begin like this one. */
  private static Bytes end(Bytes tuple) {
    byte[] bytes = tuple.array().clone();
    bytes[bytes.length - 1]++;
    return Bytes.wrap(bytes);
  }

  private static Bytes tuple(Object... parts) {
    List<AttributeValue> values = new ArrayList<>();
    for (Object part : parts) {
      values.add(
          part instanceof Long number
              ? new AttributeValue.N(BigDecimal.valueOf(number))
              : new AttributeValue.S(part.toString()));
    }
    return KeyEncoding.encode(values);
  }
}
