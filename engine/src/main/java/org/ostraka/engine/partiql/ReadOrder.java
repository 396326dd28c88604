package org.ostraka.engine.partiql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.query.KeyRange;
import org.ostraka.expression.partiql.Ordering;
import org.ostraka.expression.partiql.ReadPlan;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.TableKey;
import org.ostraka.storage.Direction;

/**
 * In which order the partitions of a statement are read, and in which direction. Immutable.
 *
 * <p>Partitions come first, whatever the order in which ORDER BY names attributes; a sort key that
 * it does not name comes in descending order (both are floci's, {@code DynamoDbPartiQLHandler}).
 * Without ORDER BY partitions are read as the statement names them.
 *
 * @param orderBy attributes of the key
 */
record ReadOrder(List<Ordering> orderBy, TableKey key) {

  Direction direction() {
    if (orderBy.isEmpty() || key.sort().isEmpty()) {
      return Direction.FORWARD;
    }
    return isDescending(key.sort().get()).orElse(true) ? Direction.BACKWARD : Direction.FORWARD;
  }

  /** The reads as their items follow one another. */
  List<ReadPlan.Read> sorted(List<ReadPlan.Read> reads) {
    if (orderBy.isEmpty()) {
      return reads;
    }
    boolean backward = isDescending(key.partition()).orElse(false);
    Comparator<ReadPlan.Read> partitions =
        Comparator.comparing(read -> KeyEncoding.encode(read.key().partition().getFirst()));
    Comparator<ReadPlan.Read> ranges = Comparator.comparing(read -> KeyRange.of(read.key()).from());
    return reads.stream()
        .sorted(
            (backward ? partitions.reversed() : partitions)
                .thenComparing(direction() == Direction.FORWARD ? ranges : ranges.reversed()))
        .toList();
  }

  private Optional<Boolean> isDescending(AttributeDefinition attribute) {
    return orderBy.stream()
        .filter(ordering -> ordering.attribute().equals(attribute.name()))
        .findFirst()
        .map(Ordering::descending);
  }
}
