package org.ostraka.engine.item;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.expression.Path;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;

/** The limits for an item that an update makes. Stateless. */
final class UpdatedItemLimits {
  /** The bytes that the service charges for an update expression, in addition to its clauses. */
  private static final int EXPRESSION_BYTES = 3;

  /**
   * The bytes that it charges for a SET or an ADD, in addition to the attribute that is written.
   */
  private static final int WRITING_BYTES = 19;

  /** The bytes that it charges for a plus or minus within a SET. */
  private static final int ARITHMETIC_BYTES = 50;

  /** The bytes that it charges for a REMOVE or a DELETE. */
  private static final int REMOVING_BYTES = 2;

  private UpdatedItemLimits() {}

  /**
   * Refuses an update whose item is too large, or that is too large itself. An update's size is
   * that of the attributes that it changes and a charge for each clause. Other attributes,
   * including those of the key, do not count, so the limit of an update is lower than that of a put
   * when the key is short. In the older form only the item's size counts. The file {@code
   * docs/fidelity.md} derives the charges.
   */
  static void requireSize(TableUse table, Update update, Item after) {
    requireSize(table, after);
    refuseBeyond(updateBytes(update, after));
  }

  /** Refuses an item that is too large after an update within a transaction. */
  static void requireSize(TableUse table, Item after) {
    refuseBeyond(IndexKeyRules.sizeBytes(table.indexes(), table.key(), after));
  }

  private static void refuseBeyond(long sizeBytes) {
    if (sizeBytes > Limits.ITEM_BYTES) {
      throw new ValidationException("Item size to update has exceeded the maximum allowed size");
    }
  }

  private static long updateBytes(Update update, Item after) {
    if (update.form() == Update.Form.ATTRIBUTE_UPDATES) {
      return 0;
    }
    Map<String, AttributeValue> changed = new HashMap<>();
    long bytes = EXPRESSION_BYTES;
    for (UpdateAction action : update.actions()) {
      String name = action.path().attribute();
      after.attribute(name).ifPresent(value -> changed.put(name, value));
      bytes += clauseBytes(action);
    }
    return bytes + ItemSize.ofAttributes(changed);
  }

  private static long clauseBytes(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set(Path path, SetValue value) ->
          WRITING_BYTES + indexes(path) + (value instanceof SetValue.Plain ? 0 : ARITHMETIC_BYTES);
      case UpdateAction.Add(Path path, _) -> WRITING_BYTES + indexes(path);
      case UpdateAction.Remove _, UpdateAction.Delete _ -> REMOVING_BYTES;
    };
  }

  /** Returns the charge for the list indexes of a path: one byte for each. */
  private static long indexes(Path path) {
    return path.steps().stream().filter(Path.Step.Index.class::isInstance).count();
  }

  /** Refuses an item whose values are nested deeper than the limit. */
  static void requireLevels(Item item) {
    requireLevels(item.attributes().values(), 1);
  }

  private static void requireLevels(Collection<AttributeValue> values, int level) {
    if (level > Limits.NESTING_LEVELS && !values.isEmpty()) {
      throw new ValidationException(
          "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
              + " beyond supported limit");
    }
    for (AttributeValue value : values) {
      switch (value) {
        case AttributeValue.L list -> requireLevels(list.values(), level + 1);
        case AttributeValue.M map -> requireLevels(map.values().values(), level + 1);
        case AttributeValue.S _,
            AttributeValue.N _,
            AttributeValue.B _,
            AttributeValue.Bool _,
            AttributeValue.Null _,
            AttributeValue.SS _,
            AttributeValue.NS _,
            AttributeValue.BS _ -> {}
      }
    }
  }
}
