package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.expression.Condition;
import org.ostraka.expression.KeyClause;
import org.ostraka.expression.KeyCondition;
import org.ostraka.expression.KeyTest;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.TableKey;

/**
 * One alternative under which a WHERE clause holds: tests of key attributes, and filters.
 * Immutable.
 */
record KeyBranch(List<KeyLeaf> leaves, List<Condition> filters) {
  static final KeyBranch EMPTY = new KeyBranch(List.of(), List.of());

  KeyBranch {
    leaves = List.copyOf(leaves);
    filters = List.copyOf(filters);
  }

  KeyBranch and(KeyBranch other) {
    return new KeyBranch(joined(leaves, other.leaves), joined(filters, other.filters));
  }

  /** Returns all of the branches joined into one. */
  static KeyBranch joined(List<KeyBranch> branches) {
    return new KeyBranch(
        branches.stream().flatMap(branch -> branch.leaves.stream()).toList(),
        branches.stream().flatMap(branch -> branch.filters.stream()).toList());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  /**
   * Returns the value that the branch requires of the attribute; empty if it requires none or
   * several.
   */
  Optional<AttributeValue> value(AttributeDefinition attribute) {
    List<AttributeValue> distinct =
        on(attribute).filter(KeyLeaf::isEquality).map(KeyLeaf::value).distinct().toList();
    return distinct.size() == 1 ? Optional.of(distinct.getFirst()) : Optional.empty();
  }

  private Stream<KeyLeaf> on(AttributeDefinition attribute) {
    return leaves.stream().filter(leaf -> leaf.attribute().equals(attribute.name()));
  }

  SortRange range(AttributeDefinition attribute) {
    return SortRange.of(on(attribute).map(KeyLeaf::test).toList());
  }

  /** Returns whether a filter tests the attribute, as one with NOT or {@code <>} does. */
  boolean filters(AttributeDefinition attribute) {
    return filters.stream()
        .flatMap(Condition::paths)
        .anyMatch(path -> path.attribute().equals(attribute.name()) && !path.isNested());
  }

  /**
   * Returns the branch as a read of one partition: the tests of the sort key are joined into one
   * test, which finds the items; all other tests filter the items.
   */
  ReadPlan.Read read(TableKey key) {
    List<KeyLeaf> rest = withoutPartition(key);
    List<KeyClause> clauses = new ArrayList<>();
    clauses.add(partitionClause(key));
    key.sort()
        .ifPresent(sort ->
            narrowest(sort)
                .ifPresent(test -> {
                  clauses.add(new KeyClause(sort.name(), test));
                  rest.remove(new KeyLeaf(sort.name(), test));
                }));
    return new ReadPlan.Read(KeyCondition.resolve(clauses, key), condition(rest).stream().toList());
  }

  /** Returns the branches of one partition as one read, which filters the whole partition. */
  static ReadPlan.Read readOnce(List<KeyBranch> branches, TableKey key) {
    List<Optional<Condition>> alternatives =
        branches.stream().map(branch -> branch.condition(branch.withoutPartition(key))).toList();
    boolean everything = alternatives.stream().anyMatch(Optional::isEmpty);
    return new ReadPlan.Read(
        KeyCondition.resolve(List.of(branches.getFirst().partitionClause(key)), key),
        everything ? List.of() : alternatives.stream().flatMap(Optional::stream).toList());
  }

  private KeyClause partitionClause(TableKey key) {
    KeyLeaf leaf = on(key.partition()).findFirst().orElseThrow();
    return new KeyClause(leaf.attribute(), leaf.test());
  }

  private List<KeyLeaf> withoutPartition(TableKey key) {
    List<KeyLeaf> rest = new ArrayList<>(leaves);
    rest.removeIf(leaf -> leaf.attribute().equals(key.partition().name()));
    return rest;
  }

  private Optional<Condition> condition(List<KeyLeaf> tests) {
    List<Condition> conditions = new ArrayList<>(filters);
    tests.forEach(leaf -> conditions.add(leaf.condition()));
    return Conjunction.of(conditions);
  }

  /**
   * Returns the narrowest single test that all values passing the branch's tests of an attribute
   * pass; empty if there are no tests.
   */
  private Optional<KeyTest> narrowest(AttributeDefinition attribute) {
    List<KeyTest> tests = on(attribute).map(KeyLeaf::test).toList();
    Optional<KeyTest> equality = tests.stream().filter(KeyTest::isEquality).findFirst();
    return equality.isPresent() || tests.size() < 2
        ? equality.or(() -> tests.stream().findFirst())
        : range(attribute).test().or(() -> tests.stream().findFirst());
  }
}
