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

/** One way in which a WHERE clause may hold: tests of key attributes, and filters. Immutable. */
record KeyBranch(List<KeyLeaf> leaves, List<Condition> filters) {
  static final KeyBranch EMPTY = new KeyBranch(List.of(), List.of());

  KeyBranch {
    leaves = List.copyOf(leaves);
    filters = List.copyOf(filters);
  }

  KeyBranch and(KeyBranch other) {
    return new KeyBranch(joined(leaves, other.leaves), joined(filters, other.filters));
  }

  /** All of the branches as one. */
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

  /** The one value that the branch gives the attribute, unless it gives none or several. */
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

  /** Whether a filter tests the attribute, as one with NOT or {@code <>} does. */
  boolean filters(AttributeDefinition attribute) {
    return filters.stream()
        .flatMap(Condition::paths)
        .anyMatch(path -> path.attribute().equals(attribute.name()) && !path.isNested());
  }

  /**
   * The branch as a read of one partition: the tests of the sort key find the items, as one test
   * that is made of them; everything else filters the items.
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

  /** The branches of one partition as one read, which filters all of it. */
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

  /** The test that lets the least through of all that pass the branch's tests of an attribute. */
  private Optional<KeyTest> narrowest(AttributeDefinition attribute) {
    List<KeyTest> tests = on(attribute).map(KeyLeaf::test).toList();
    Optional<KeyTest> equality = tests.stream().filter(KeyTest::isEquality).findFirst();
    return equality.isPresent() || tests.size() < 2
        ? equality.or(() -> tests.stream().findFirst())
        : range(attribute).test().or(() -> tests.stream().findFirst());
  }
}
