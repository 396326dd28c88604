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
 * The items that a transaction is about. Stateless.
 *
 * <p>What the service refuses at once, in this order: empty values of keys (of the table's or an
 * index's), an item that is there twice, a table that is not there. Only then does it look at keys
 * and schemas, whose faults cancel the transaction.
 */
final class Targets {
  private Targets() {}

  /**
   * One item.
   *
   * @param item the item's key, or an item that has it
   * @param whole whether it is an item
   */
  record Target(String tableName, Item item, boolean whole) {}

  /** An item's place, whether or not its key fits the table. */
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
    if (target.whole()) {
      tables
          .find(target.tableName())
          .ifPresent(table -> IndexKeyRules.refuseEmpty(table, target.item()));
    }
  }

  /** The key; unknown of an item whose table is not there. */
  private static Optional<Item> key(TableUses tables, Target target) {
    return target.whole()
        ? tables.find(target.tableName()).map(table -> ItemKey.within(table.key(), target.item()))
        : Optional.of(target.item());
  }
}
