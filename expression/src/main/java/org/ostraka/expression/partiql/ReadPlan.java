package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyCondition;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * The way in which a SELECT finds its items in a table or index: by key, or by reading everything.
 * Immutable.
 *
 * <p>"PartiQL select statements for DynamoDB" in the Developer Guide: a statement that gives the
 * partition key by equality or IN, in each of the conditions that OR joins, reads no more than
 * these partitions.
 */
public sealed interface ReadPlan {

  /** Reads parts of partitions that have no row in common, one query for each. */
  record Keyed(List<Read> reads) implements ReadPlan {
    public Keyed {
      reads = List.copyOf(reads);
      if (reads.isEmpty()) {
        throw new IllegalArgumentException("a plan by key reads something");
      }
    }
  }

  /**
   * One query: the part of a table or index to read, and the conditions on its items.
   *
   * @param alternatives conditions of which at least one must hold; empty to return everything that
   *     is found
   */
  record Read(KeyCondition key, List<Condition> alternatives) {
    public Read {
      alternatives = List.copyOf(alternatives);
    }

    /** Returns the filter of the items that are found; empty if there is none. */
    public Optional<Condition> filter() {
      return switch (alternatives.size()) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of(alternatives.getFirst());
        default -> Optional.of(new Condition.Or(alternatives));
      };
    }
  }

  /** Reads the whole table or index. */
  record Scan(Optional<Condition> filter) implements ReadPlan {}

  /**
   * Returns the plan for a statement.
   *
   * @param key the key of the table or index that is read
   * @throws ValidationException with the service's text: values of other types than the key's,
   *     parts of a partition that overlap, too many partitions, an ORDER BY that no key can follow
   */
  static ReadPlan of(Statement.Select select, TableKey key) {
    return new ReadPlanner(key).plan(select);
  }
}
