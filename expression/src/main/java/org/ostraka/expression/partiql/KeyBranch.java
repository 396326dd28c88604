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

  /** The one value that the branch gives each attribute, unless one has none or several. */
  Optional<List<AttributeValue>> partition(List<AttributeDefinition> attributes) {
    List<AttributeValue> values = new ArrayList<>(attributes.size());
    for (AttributeDefinition attribute : attributes) {
      List<AttributeValue> distinct =
          on(attribute).filter(KeyLeaf::isEquality).map(KeyLeaf::value).distinct().toList();
      if (distinct.size() != 1) {
        return Optional.empty();
      }
      values.add(distinct.getFirst());
    }
    return Optional.of(values);
  }

  private Stream<KeyLeaf> on(AttributeDefinition attribute) {
    return leaves.stream().filter(leaf -> leaf.attribute().equals(attribute.name()));
  }

  SortRange range(AttributeDefinition attribute) {
    return SortRange.of(on(attribute).map(KeyLeaf::test).toList());
  }

  /**
   * The branch as a read of one partition: equalities of the first sort key attributes and one more
   * test, made of all that there are of its attribute, find the items; everything else filters
   * them.
   */
  ReadPlan.Read read(List<AttributeDefinition> partition, List<AttributeDefinition> sort) {
    List<KeyLeaf> rest = new ArrayList<>(leaves);
    List<KeyClause> clauses = new ArrayList<>();
    for (AttributeDefinition attribute : partition) {
      KeyLeaf leaf = on(attribute).findFirst().orElseThrow();
      clauses.add(new KeyClause(leaf.attribute(), leaf.test()));
      rest.removeIf(other -> other.equals(leaf));
    }
    for (AttributeDefinition attribute : sort) {
      Optional<KeyLeaf> equality = on(attribute).filter(KeyLeaf::isEquality).findFirst();
      Optional<KeyTest> chosen = equality.map(KeyLeaf::test).or(() -> narrowest(attribute));
      chosen.ifPresent(test -> {
        clauses.add(new KeyClause(attribute.name(), test));
        rest.removeIf(other -> other.equals(new KeyLeaf(attribute.name(), test)));
      });
      if (equality.isEmpty()) {
        break;
      }
    }
    List<Condition> conditions = new ArrayList<>(filters);
    rest.forEach(leaf -> conditions.add(leaf.condition()));
    return new ReadPlan.Read(
        KeyCondition.resolve(clauses, partition, sort), Conjunction.of(conditions));
  }

  /** The test that lets the least through of all that pass the branch's tests of an attribute. */
  private Optional<KeyTest> narrowest(AttributeDefinition attribute) {
    List<KeyTest> tests = on(attribute).map(KeyLeaf::test).toList();
    return tests.size() < 2
        ? tests.stream().findFirst()
        : range(attribute).test().or(() -> tests.stream().findFirst());
  }
}
