package org.ostraka.engine.transaction;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.Item;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ValidationException;

/**
 * Checks the items that a transaction names. Stateless.
 *
 * <p>The service refuses at once, in this order: empty values of keys (of the table or an index),
 * two actions on the same item, a table that does not exist. Only then does it check keys and
 * schemas, whose faults cancel the transaction.
 */
final class Targets {
  private Targets() {}

  /** One item, and what the request says of it. */
  sealed interface Target {
    String tableName();
  }

  /** An item that is put. */
  record Put(String tableName, Item item) implements Target {}

  /** An update of the item with a key. */
  record Update(String tableName, Item key, org.ostraka.expression.Update update)
      implements Target {}

  /** The item with a key, without any attributes to check. */
  record Keyed(String tableName, Item key) implements Target {}

  /** The table and key of an item, whether or not the key fits the table. */
  private record Place(TableArn table, Item key) {}

  static void check(TableUses tables, List<Target> targets) {
    targets.forEach(target -> refuseEmpty(tables, target));
    Set<Place> seen = new HashSet<>();
    for (Target target : targets) {
      Optional<Item> key = key(tables, target);
      if (key.isPresent() && !seen.add(new Place(tables.arn(target.tableName()), key.get()))) {
        throw new ValidationException(
            "Transaction request cannot include multiple operations on one item");
      }
    }
    targets.forEach(target -> tables.of(target.tableName()));
  }

  private static void refuseEmpty(TableUses tables, Target target) {
    key(tables, target).ifPresent(ItemKey::refuseEmpty);
    tables
        .find(target.tableName())
        .ifPresent(table -> {
          switch (target) {
            case Put put -> IndexKeyRules.refuseEmpty(table, put.item());
            case Update update -> IndexKeyRules.refuseEmpty(table, update.update());
            case Keyed _ -> {}
          }
        });
  }

  /** Returns the item's key; empty for a put into a table that does not exist. */
  private static Optional<Item> key(TableUses tables, Target target) {
    return switch (target) {
      case Put put ->
          tables.find(put.tableName()).map(table -> ItemKey.within(table.key(), put.item()));
      case Update update -> Optional.of(update.key());
      case Keyed keyed -> Optional.of(keyed.key());
    };
  }
}
