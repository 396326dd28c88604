package org.ostraka.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * The part of a table or index that a query reads: one value for each partition key attribute, and
 * tests of the first sort key attributes, of which all but the last are equalities. Immutable.
 *
 * <p>"Key condition expressions for the Query operation" and, for keys of several attributes,
 * "Multi-attribute keys" in the Developer Guide.
 *
 * @param partition the values in the order of the key's attributes
 * @param sort the tests in the order of the key's attributes; none for a whole partition
 */
public record KeyCondition(List<AttributeValue> partition, List<KeyTest> sort) {
  public KeyCondition {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
  }

  /**
   * Resolves clauses as {@link #resolve(List, List, List)} does, for a key of one or two
   * attributes.
   */
  public static KeyCondition resolve(List<KeyClause> clauses, TableKey key) {
    return resolve(clauses, List.of(key.partition()), key.sort().stream().toList());
  }

  /**
   * Returns the clauses in the order of a key's attributes.
   *
   * @param partition the attributes of type HASH: one, or up to four in an index
   * @param sort the attributes of type RANGE: one at most, or up to four in an index
   * @throws ValidationException with the service's text: attributes that are not in the key or are
   *     missing, tests that are not indexable, values of other types than the key's, a partition
   *     key that is not given by equality
   */
  public static KeyCondition resolve(
      List<KeyClause> clauses,
      List<AttributeDefinition> partition,
      List<AttributeDefinition> sort) {
    Map<String, KeyTest> tests = new LinkedHashMap<>();
    clauses.forEach(clause -> tests.put(clause.attribute(), clause.test()));
    refuseTooMany(tests, partition.size(), sort.size());
    List<AttributeValue> values = new ArrayList<>();
    for (AttributeDefinition attribute : partition) {
      values.add(partitionValue(attribute, tests));
    }
    List<KeyTest> sortTests = sortTests(sort, tests, partition.size());
    if (values.size() + sortTests.size() < tests.size()) {
      throw notSupported();
    }
    return new KeyCondition(values, sortTests);
  }

  /**
   * Refuses more conditions than the key allows. The first text is measured (2026) for three
   * conditions on a key of two attributes; the other, for two conditions on a key of one, is that
   * of dynalite's {@code actions/query.js}.
   */
  private static void refuseTooMany(Map<String, KeyTest> tests, int partition, int sort) {
    if (tests.size() > Math.max(2, partition + sort)) {
      throw new ValidationException(
          "The number of query conditions ("
              + tests.size()
              + ") exceeds the number of key attributes defined in the schema ("
              + (partition + sort)
              + ")");
    }
    if (tests.size() > partition + sort) {
      throw notSupported();
    }
  }

  private static AttributeValue partitionValue(
      AttributeDefinition attribute, Map<String, KeyTest> tests) {
    KeyTest test = tests.get(attribute.name());
    if (test == null) {
      throw missed(attribute);
    }
    checkTest(attribute, test);
    if (!test.isEquality()) {
      throw notSupported();
    }
    return test.values().getFirst();
  }

  private static List<KeyTest> sortTests(
      List<AttributeDefinition> sort, Map<String, KeyTest> tests, int partition) {
    List<KeyTest> found = new ArrayList<>();
    for (int i = 0; i < sort.size(); i++) {
      AttributeDefinition attribute = sort.get(i);
      KeyTest test = tests.get(attribute.name());
      if (test == null) {
        continue;
      }
      checkTest(attribute, test);
      refuseGap(sort.subList(0, i), attribute, tests);
      found.add(test);
    }
    if (sort.size() == 1 && found.isEmpty() && tests.size() > partition) {
      throw missed(sort.getFirst());
    }
    return found;
  }

  /**
   * Refuses a test of a sort key attribute when one before it has no equality. The text is that of
   * DynamoDB Local 3.3.1, by way of floci pull request 2471.
   */
  private static void refuseGap(
      List<AttributeDefinition> before, AttributeDefinition attribute, Map<String, KeyTest> tests) {
    for (AttributeDefinition earlier : before) {
      KeyTest test = tests.get(earlier.name());
      if (test == null || !test.isEquality()) {
        throw new ValidationException(
            "RANGE key attributes "
                + earlier.name()
                + " must have equality conditions specified in the query because a condition is"
                + " present on key attribute "
                + attribute.name());
      }
    }
  }

  private static void checkTest(AttributeDefinition attribute, KeyTest test) {
    if (test instanceof KeyTest.NotIndexable) {
      throw new ValidationException(
          "Attempted conditional constraint is not an indexable operation");
    }
    for (AttributeValue value : test.values()) {
      if (!AttributeType.of(value).name().equals(attribute.type().name())) {
        throw ValidationException.ofParameters(
            "Condition parameter type does not match" + " schema type");
      }
      if (value instanceof AttributeValue.S(String text) && text.isEmpty()) {
        throw emptyKey("string", attribute);
      }
      if (value instanceof AttributeValue.B(Bytes bytes) && bytes.isEmpty()) {
        throw emptyKey("binary", attribute);
      }
    }
  }

  private static ValidationException emptyKey(String type, AttributeDefinition attribute) {
    return new ValidationException(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty "
            + type
            + " value. Key: "
            + attribute.name());
  }

  private static ValidationException missed(AttributeDefinition attribute) {
    return new ValidationException(
        "Query condition missed key schema element: " + attribute.name());
  }

  private static ValidationException notSupported() {
    return new ValidationException("Query key condition not supported");
  }
}
