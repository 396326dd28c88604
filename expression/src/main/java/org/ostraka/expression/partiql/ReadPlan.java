package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyCondition;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * How a SELECT finds its items in a table or index: by key, or by reading everything. Immutable.
 *
 * <p>"PartiQL select statements for DynamoDB" in the Developer Guide: a statement that gives the
 * partition key by equality or IN, in each of the conditions that OR joins, reads no more than
 * these partitions.
 */
public sealed interface ReadPlan {

  /** Reads parts of partitions, none of which overlap: one query each. */
  record Keyed(List<Read> reads) implements ReadPlan {
    public Keyed {
      reads = List.copyOf(reads);
      if (reads.isEmpty()) {
        throw new IllegalArgumentException("a plan by key reads something");
      }
    }
  }

  /** One query: where it looks, and what of it the statement wants. */
  record Read(KeyCondition key, Optional<Condition> filter) {}

  /** Reads everything that there is. */
  record Scan(Optional<Condition> filter) implements ReadPlan {}

  /** As {@link #of(Statement.Select, List, List)}, for a key of one or two attributes. */
  static ReadPlan of(Statement.Select select, TableKey key) {
    return of(select, List.of(key.partition()), key.sort().stream().toList());
  }

  /**
   * The plan for a statement.
   *
   * @param partition the attributes of type HASH: one, or up to four in an index
   * @param sort the attributes of type RANGE: one at most, or up to four in an index
   * @throws ValidationException with the service's text: values of other types than the key's,
   *     parts of a partition that overlap, too many partitions, an ORDER BY that no key can follow
   */
  static ReadPlan of(
      Statement.Select select,
      List<AttributeDefinition> partition,
      List<AttributeDefinition> sort) {
    return new ReadPlanner(partition, sort).plan(select);
  }
}
