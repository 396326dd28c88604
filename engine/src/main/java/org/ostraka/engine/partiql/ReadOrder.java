package org.ostraka.engine.partiql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.query.KeyRange;
import org.ostraka.expression.KeyTest;
import org.ostraka.expression.partiql.Ordering;
import org.ostraka.expression.partiql.ReadPlan;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.IndexKey;
import org.ostraka.model.error.ValidationException;
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
record ReadOrder(List<Ordering> orderBy, IndexKey key) {

  Direction direction(List<ReadPlan.Read> reads) {
    if (orderBy.isEmpty() || key.sort().isEmpty()) {
      return Direction.FORWARD;
    }
    List<String> open =
        key.sort().stream()
            .map(AttributeDefinition::name)
            .filter(name -> !isGiven(name, reads))
            .toList();
    List<Ordering> named =
        orderBy.stream().filter(ordering -> open.contains(ordering.attribute())).toList();
    refuseUnlikeKey(open, named);
    Optional<Ordering> leading =
        named.stream()
            .findFirst()
            .or(() -> orderBy.stream().filter(each -> isSort(each.attribute())).findFirst());
    boolean descending = leading.map(Ordering::descending).orElse(true);
    return descending ? Direction.BACKWARD : Direction.FORWARD;
  }

  /** The reads as their items follow one another. */
  List<ReadPlan.Read> sorted(List<ReadPlan.Read> reads, Direction direction) {
    if (orderBy.isEmpty() || reads.size() < 2) {
      return reads;
    }
    Comparator<ReadPlan.Read> ranges = Comparator.comparing(read -> KeyRange.of(read.key()).from());
    List<ReadPlan.Read> sorted =
        reads.stream()
            .sorted(
                partitions()
                    .thenComparing(direction == Direction.FORWARD ? ranges : ranges.reversed()))
            .toList();
    if (key.sort().size() > 1) {
      refuseInterleaved(sorted);
    }
    return sorted;
  }

  private boolean isSort(String attribute) {
    return key.sort().stream().anyMatch(definition -> definition.name().equals(attribute));
  }

  /** Whether the reads of each partition give the attribute of the sort key one value. */
  private boolean isGiven(String attribute, List<ReadPlan.Read> reads) {
    int index = key.sort().stream().map(AttributeDefinition::name).toList().indexOf(attribute);
    return key.sort().size() > 1
        && reads.stream().allMatch(read -> isGiven(index, read))
        && reads.stream()
            .collect(
                Collectors.groupingBy(
                    read -> read.key().partition(),
                    Collectors.mapping(read -> read.key().sort().get(index), Collectors.toSet())))
            .values()
            .stream()
            .allMatch(tests -> tests.size() == 1);
  }

  private static boolean isGiven(int index, ReadPlan.Read read) {
    List<KeyTest> tests = read.key().sort();
    return index < tests.size() && tests.get(index).isEquality();
  }

  private Comparator<ReadPlan.Read> partitions() {
    Comparator<ReadPlan.Read> order = (_, _) -> 0;
    for (Ordering ordering : orderBy) {
      Optional<AttributeDefinition> attribute =
          key.partition().stream()
              .filter(definition -> definition.name().equals(ordering.attribute()))
              .findFirst();
      if (attribute.isPresent()) {
        int index = key.partition().indexOf(attribute.get());
        Comparator<ReadPlan.Read> values =
            Comparator.comparing(read -> KeyEncoding.encode(read.key().partition().get(index)));
        order = order.thenComparing(ordering.descending() ? values.reversed() : values);
      }
    }
    return order.thenComparing(read -> KeyEncoding.encode(read.key().partition()));
  }

  /** What rows in the order of a key of several attributes cannot follow; the texts are our own. */
  private static void refuseUnlikeKey(List<String> open, List<Ordering> named) {
    List<String> names = named.stream().map(Ordering::attribute).distinct().toList();
    if (!names.equals(open.subList(0, names.size()))) {
      throw new ValidationException(
          "Attributes of the sort key in ORDER BY clause must be in the order of the key");
    }
    if (named.stream().map(Ordering::descending).distinct().count() > 1) {
      throw new ValidationException(
          "Attributes of the sort key in ORDER BY clause must have one direction");
    }
  }

  private static void refuseInterleaved(List<ReadPlan.Read> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      KeyRange first = KeyRange.of(sorted.get(i - 1).key());
      KeyRange second = KeyRange.of(sorted.get(i).key());
      boolean apart =
          !first.partition().equals(second.partition())
              || isBefore(first, second)
              || isBefore(second, first);
      if (!apart) {
        throw new ValidationException(
            "Conditions on the sort key overlap in the order of the ORDER BY clause");
      }
    }
  }

  private static boolean isBefore(KeyRange first, KeyRange second) {
    return first.to().filter(end -> end.compareTo(second.from()) <= 0).isPresent();
  }
}
