package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Condition;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.error.ValidationException;

/**
 * Makes plans for one key. Immutable.
 *
 * <p>The rules and texts are floci's ({@code DynamoDbPartiQLKeyPlan} and {@code
 * DynamoDbPartiQLHandler}, September 2026), which has them from the service; the number of
 * partitions is also in "PartiQL arithmetic, comparison, and logical operators for DynamoDB" in the
 * Developer Guide.
 */
final class ReadPlanner {
  /** Reads that one statement may become: the values that an IN may give the partition key. */
  private static final int READS_MAX = 50;

  private final List<AttributeDefinition> partition;
  private final List<AttributeDefinition> sort;

  ReadPlanner(List<AttributeDefinition> partition, List<AttributeDefinition> sort) {
    this.partition = List.copyOf(partition);
    this.sort = List.copyOf(sort);
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
    boolean pinned =
        partition.stream()
            .allMatch(attribute -> parts.stream().anyMatch(part -> pins(part, attribute)));
    if (!pinned) {
      return new ReadPlan.Scan(where);
    }
    List<KeyBranch> branches = all(parts);
    if (branches.stream().anyMatch(branch -> branch.partition(partition).isEmpty())) {
      return new ReadPlan.Scan(where);
    }
    refuseOverlap(branches);
    return new ReadPlan.Keyed(
        branches.stream().map(branch -> branch.read(partition, sort)).toList());
  }

  /**
   * True if the condition gives the attribute of the partition key a value, in each of its ways.
   */
  private static boolean pins(Condition condition, AttributeDefinition attribute) {
    return switch (condition) {
      case Condition.And(List<Condition> conditions) ->
          conditions.stream().anyMatch(part -> pins(part, attribute));
      case Condition.Or(List<Condition> conditions) ->
          conditions.stream().allMatch(part -> pins(part, attribute));
      default ->
          KeyLeaf.of(condition).stream()
              .anyMatch(leaf -> leaf.attribute().equals(attribute.name()) && leaf.isEquality());
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
   * The ways in which all of the conditions hold. What holds in one way only is joined first, and
   * once: a long clause costs each of its ways no more than its length.
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

  /** The condition as tests of the key, if it is one: the partition key is found by value only. */
  private List<KeyLeaf> leaves(Condition condition) {
    List<KeyLeaf> leaves = KeyLeaf.of(condition);
    boolean ofKey =
        leaves.stream()
            .allMatch(leaf -> names(sort, leaf) || (names(partition, leaf) && leaf.isEquality()));
    return ofKey ? leaves : List.of();
  }

  private static boolean names(List<AttributeDefinition> attributes, KeyLeaf leaf) {
    return attributes.stream().anyMatch(attribute -> attribute.name().equals(leaf.attribute()));
  }

  private void checkTypes(Condition condition) {
    switch (condition) {
      case Condition.And(List<Condition> conditions) -> conditions.forEach(this::checkTypes);
      case Condition.Or(List<Condition> conditions) -> conditions.forEach(this::checkTypes);
      default -> leaves(condition).forEach(this::checkType);
    }
  }

  private void checkType(KeyLeaf leaf) {
    AttributeDefinition attribute =
        Stream.concat(partition.stream(), sort.stream())
            .filter(definition -> definition.name().equals(leaf.attribute()))
            .findFirst()
            .orElseThrow();
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

  private void refuseOverlap(List<KeyBranch> branches) {
    List<Part> parts = branches.stream().map(this::part).toList();
    for (int second = 1; second < parts.size(); second++) {
      for (int first = 0; first < second; first++) {
        if (parts.get(first).overlaps(parts.get(second))) {
          throw StatementErrors.invalid(
              "Overlapping conditions with range keys are not supported in where clause");
        }
      }
    }
  }

  /** The part of a partition that a branch lets through. */
  private record Part(Optional<List<AttributeValue>> partition, List<SortRange> ranges) {
    boolean overlaps(Part other) {
      return partition.equals(other.partition)
          && IntStream.range(0, ranges.size())
              .allMatch(i -> ranges.get(i).overlaps(other.ranges.get(i)));
    }
  }

  private Part part(KeyBranch branch) {
    return new Part(branch.partition(partition), sort.stream().map(branch::range).toList());
  }

  private void checkOrder(Statement.Select select, ReadPlan plan) {
    if (select.where().isEmpty()) {
      throw order("Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    Set<String> names = names(Stream.concat(partition.stream(), sort.stream()));
    for (Ordering ordering : select.orderBy()) {
      if (!names.contains(ordering.attribute())) {
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
    Set<String> hashKeys = names(partition.stream());
    if (partitions > 1
        && select.orderBy().stream().map(Ordering::attribute).noneMatch(hashKeys::contains)) {
      throw order(
          "Must have hash key in ORDER BY clause when more than one hash key condition specified in"
              + " WHERE clause.");
    }
  }

  private static Set<String> names(Stream<AttributeDefinition> attributes) {
    return attributes.map(AttributeDefinition::name).collect(Collectors.toSet());
  }

  private static ValidationException order(String problem) {
    return StatementErrors.invalid(problem);
  }
}
