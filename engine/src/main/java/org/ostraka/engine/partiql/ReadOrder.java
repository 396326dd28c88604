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
 * The order in which the partitions of a statement are read, and the direction of each read.
 * Immutable.
 *
 * <p>Partitions are ordered first, whatever the order in which ORDER BY names attributes; a sort
 * key that it does not name is read in descending order (both are floci's, {@code
 * DynamoDbPartiQLHandler}). Without ORDER BY partitions are read in the order in which the
 * statement names them.
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

  /** Returns the reads in the order in which their items are returned. */
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
