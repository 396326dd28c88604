package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Condition;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * The planner of reads for one key. Immutable.
 *
 * <p>The rules and texts are floci's ({@code DynamoDbPartiQLKeyPlan} and {@code
 * DynamoDbPartiQLHandler}, September 2026), which has them from the service; the number of
 * partitions is also in "PartiQL arithmetic, comparison, and logical operators for DynamoDB" in the
 * Developer Guide.
 */
final class ReadPlanner {
  /** The most reads of one statement: the most values that an IN may list for the partition key. */
  private static final int READS_MAX = 50;

  private final TableKey key;
  private final AttributeDefinition partition;

  ReadPlanner(TableKey key) {
    this.key = key;
    this.partition = key.partition();
  }

  ReadPlan plan(Statement.Select select) {
    List<Condition> parts = Conjunction.parts(select.where());
    parts.forEach(this::checkTypes);
    ReadPlan plan = plan(select.where(), parts);
    if (!select.orderBy().isEmpty()) {
      checkOrder(select, plan);
    }
    return plan;
  }

  private ReadPlan plan(Optional<Condition> where, List<Condition> parts) {
    if (parts.stream().noneMatch(this::pins)) {
      return new ReadPlan.Scan(where);
    }
    List<KeyBranch> branches = all(parts);
    if (branches.stream().anyMatch(branch -> branch.value(partition).isEmpty())) {
      return new ReadPlan.Scan(where);
    }
    return new ReadPlan.Keyed(reads(branches));
  }

  /** Returns whether each alternative of the condition fixes the value of the partition key. */
  private boolean pins(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> conditions) -> conditions.stream().anyMatch(this::pins);
      case Condition.Or(List<Condition> conditions) -> conditions.stream().allMatch(this::pins);
      default ->
          KeyLeaf.of(condition).stream()
              .anyMatch(leaf -> leaf.attribute().equals(partition.name()) && leaf.isEquality());
    };
  }

  private List<KeyBranch> branches(Condition condition) {
    if (condition instanceof Condition.And(List<Condition> conditions)) {
      return all(conditions);
    }
    if (condition instanceof Condition.Or(List<Condition> conditions) && namesKey(condition)) {
      List<KeyBranch> branches = new ArrayList<>();
      for (Condition part : conditions) {
        branches.addAll(branches(part));
        refuseTooMany(branches.size());
      }
      return branches;
    }
    List<KeyLeaf> leaves = leaves(condition);
    if (leaves.isEmpty()) {
      return List.of(new KeyBranch(List.of(), List.of(condition)));
    }
    refuseTooMany(leaves.size());
    return leaves.stream().map(leaf -> new KeyBranch(List.of(leaf), List.of())).toList();
  }

  /**
   * Returns the alternatives under which all of the conditions hold. Conditions with a single
   * alternative are joined first and only once, so a long clause costs each alternative no more
   * than its length.
   */
  private List<KeyBranch> all(List<Condition> conditions) {
    List<KeyBranch> single = new ArrayList<>();
    List<KeyBranch> ways = List.of(KeyBranch.EMPTY);
    for (Condition condition : conditions) {
      List<KeyBranch> branches = branches(condition);
      if (branches.size() == 1) {
        single.add(branches.getFirst());
      } else {
        refuseTooMany(ways.size() * branches.size());
        ways = ways.stream().flatMap(first -> branches.stream().map(first::and)).toList();
      }
    }
    KeyBranch common = KeyBranch.joined(single);
    return ways.stream().map(common::and).toList();
  }

  private static void refuseTooMany(int reads) {
    if (reads > READS_MAX) {
      throw StatementErrors.invalid("Too many decomposed read operations for a given query.");
    }
  }

  private boolean namesKey(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> conditions) ->
          conditions.stream().anyMatch(this::namesKey);
      case Condition.Or(List<Condition> conditions) -> conditions.stream().anyMatch(this::namesKey);
      default -> !leaves(condition).isEmpty();
    };
  }

  /**
   * Returns the condition as tests of the key; empty if it is none. Only an equality or IN tests
   * the partition key.
   */
  private List<KeyLeaf> leaves(Condition condition) {
    List<KeyLeaf> leaves = KeyLeaf.of(condition);
    boolean ofKey =
        leaves.stream()
            .allMatch(leaf ->
                isSort(leaf.attribute())
                    || (leaf.attribute().equals(partition.name()) && leaf.isEquality()));
    return ofKey ? leaves : List.of();
  }

  private boolean isSort(String attribute) {
    return key.sort().filter(sort -> sort.name().equals(attribute)).isPresent();
  }

  private void checkTypes(Condition condition) {
    switch (condition) {
      case Condition.And(List<Condition> conditions) -> conditions.forEach(this::checkTypes);
      case Condition.Or(List<Condition> conditions) -> conditions.forEach(this::checkTypes);
      default -> leaves(condition).forEach(this::checkType);
    }
  }

  private void checkType(KeyLeaf leaf) {
    AttributeDefinition attribute = isSort(leaf.attribute()) ? key.sort().orElseThrow() : partition;
    for (AttributeValue value : leaf.test().values()) {
      AttributeType type = AttributeType.of(value);
      if (!type.isOrdered()) {
        throw StatementErrors.invalid(
            "Key value must be of type S, N, or B. Key name: "
                + leaf.attribute()
                + ", Key type: "
                + type);
      }
      if (!type.name().equals(attribute.type().name())) {
        throw StatementErrors.invalid(
            "Key attribute's data type should match its data type in table's schema: Key "
                + leaf.attribute());
      }
    }
  }

  /**
   * Returns one read for each branch, partition by partition. Branches of one partition that may
   * have rows in common are refused, unless one of them filters the sort key: then the partition is
   * read once for all of them (the service's recorded answers of 2026 have NOT and {@code <>}).
   */
  private List<ReadPlan.Read> reads(List<KeyBranch> branches) {
    Map<AttributeValue, List<KeyBranch>> byPartition =
        branches.stream()
            .collect(
                Collectors.groupingBy(
                    branch -> branch.value(partition).orElseThrow(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<ReadPlan.Read> reads = new ArrayList<>();
    for (List<KeyBranch> together : byPartition.values()) {
      if (overlap(together)) {
        reads.add(KeyBranch.readOnce(together, key));
      } else {
        together.forEach(branch -> reads.add(branch.read(key)));
      }
    }
    return reads;
  }

  /**
   * Returns whether branches of one partition may have rows in common; refuses them if that is not
   * allowed.
   */
  private boolean overlap(List<KeyBranch> branches) {
    boolean overlap = false;
    for (int second = 1; second < branches.size(); second++) {
      for (int first = 0; first < second; first++) {
        if (overlap(branches.get(first), branches.get(second))) {
          overlap = true;
        }
      }
    }
    return overlap;
  }

  private boolean overlap(KeyBranch first, KeyBranch second) {
    boolean ranges =
        key.sort().map(sort -> first.range(sort).overlaps(second.range(sort))).orElse(true);
    boolean filtered =
        key.sort().map(sort -> first.filters(sort) || second.filters(sort)).orElse(false);
    if (ranges && !filtered) {
      throw StatementErrors.invalid(
          "Overlapping conditions with range keys are not supported in where clause");
    }
    return ranges;
  }

  private void checkOrder(Statement.Select select, ReadPlan plan) {
    if (select.where().isEmpty()) {
      throw order("Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    for (Ordering ordering : select.orderBy()) {
      if (!isSort(ordering.attribute()) && !isPartition(ordering)) {
        throw order(
            "Attribute "
                + ordering.attribute()
                + " in ORDER BY clause must be part of the primary key");
      }
    }
    if (!(plan instanceof ReadPlan.Keyed(List<ReadPlan.Read> reads))) {
      throw order(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    long partitions = reads.stream().map(read -> read.key().partition()).distinct().count();
    if (partitions > 1 && select.orderBy().stream().noneMatch(this::isPartition)) {
      throw order(
          "Must have hash key in ORDER BY clause when more than one hash key condition specified in"
              + " WHERE clause.");
    }
  }

  private boolean isPartition(Ordering ordering) {
    return ordering.attribute().equals(partition.name());
  }

  private static ValidationException order(String problem) {
    return StatementErrors.invalid(problem);
  }
}
