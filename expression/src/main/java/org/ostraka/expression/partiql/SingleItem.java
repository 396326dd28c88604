package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * The one item that a statement names, and its further condition. Immutable.
 *
 * <p>Values may be of other types than the key's: the user of the key must check them. The texts
 * are floci's ({@code DynamoDbPartiQLHandler}, September 2026), which has them from the service,
 * unless another source is named.
 *
 * @param key the value of each key attribute
 * @param condition the part of the WHERE clause beyond the key; empty if there is none
 */
public record SingleItem(Item key, Optional<Condition> condition) {

  /**
   * Returns the item that an UPDATE or DELETE changes.
   *
   * @throws ValidationException with the service's text if the clause names none or several
   */
  public static SingleItem changedBy(Optional<Condition> where, TableKey key) {
    return named(where, key)
        .orElseThrow(() ->
            StatementErrors.invalid(
                "Where clause does not contain a mandatory equality on all key attributes"));
  }

  /**
   * Returns the item that a transaction checks, with the condition.
   *
   * @throws ValidationException with the service's text if the clause names no item, or has no
   *     further condition
   */
  public static SingleItem checkedBy(Statement.Exists exists, TableKey key) {
    return named(exists.select().where(), key)
        .filter(item -> item.condition().isPresent())
        .orElseThrow(() ->
            StatementErrors.invalid(
                "EXISTS() must contain a single item read with additional condition"));
  }

  /**
   * Returns the key of the item that a SELECT reads within a batch or transaction, where it may
   * have no further condition. An IN of one value counts as an equality.
   *
   * @param operation the operation's name, which the message contains
   * @throws ValidationException with the service's text otherwise; for BatchExecuteStatement it is
   *     an analogy
   */
  public static Item readBy(Statement.Select select, TableKey key, String operation) {
    return named(select.where(), key)
        .filter(item -> item.condition().isEmpty())
        .map(SingleItem::key)
        .orElseThrow(() ->
            StatementErrors.invalid(
                "Select statements within "
                    + operation
                    + " must specify the primary key in the where clause."));
  }

  /** Returns the item that the clause names; empty if it names none or several. */
  private static Optional<SingleItem> named(Optional<Condition> where, TableKey key) {
    List<String> names = key.attributes().stream().map(AttributeDefinition::name).toList();
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    List<Condition> rest = new ArrayList<>();
    for (Condition part : Conjunction.parts(where)) {
      List<KeyLeaf> leaves = KeyLeaf.of(part);
      boolean equality =
          leaves.size() == 1
              && leaves.getFirst().isEquality()
              && names.contains(leaves.getFirst().attribute());
      if (equality) {
        put(values, leaves.getFirst());
      } else {
        rest.add(part);
      }
    }
    if (values.size() < names.size()) {
      return Optional.empty();
    }
    Map<String, AttributeValue> ordered = new LinkedHashMap<>();
    names.forEach(name -> ordered.put(name, values.get(name)));
    return Optional.of(new SingleItem(new Item(ordered), Conjunction.of(rest)));
  }

  private static void put(Map<String, AttributeValue> values, KeyLeaf leaf) {
    AttributeValue before = values.put(leaf.attribute(), leaf.value());
    if (before != null && !before.equals(leaf.value())) {
      throw StatementErrors.invalid(
          "Multiple conditions on same key "
              + leaf.attribute()
              + ". Only single item Update/Insert/Delete are supported");
    }
  }
}
