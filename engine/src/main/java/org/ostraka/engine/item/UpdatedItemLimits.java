package org.ostraka.engine.item;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.expression.Path;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;

/** What an update may not make of an item. Stateless. */
final class UpdatedItemLimits {
  /** Bytes that the service counts for an update expression, beside what it writes. */
  private static final int EXPRESSION_BYTES = 3;

  /** Bytes that the service counts for each SET; for ADD by analogy. */
  private static final int SET_BYTES = 19;

  private UpdatedItemLimits() {}

  /**
   * Refuses an update whose item is too large, or which writes too much. The service counts the
   * attributes that an update writes without the others, but with what the writing costs: so a
   * small key makes the limit lower than that of a put (measured in October 2026; a byte for each
   * index of a list: nubo-db/dynoxide #210). Of the older form only the item counts.
   */
  static void requireSize(OpenTable.Use table, Update update, Item after) {
    requireSize(table, after);
    refuseBeyond(writtenBytes(update, after));
  }

  /** Refuses an item that is too large, of an update within a transaction. */
  static void requireSize(OpenTable.Use table, Item after) {
    refuseBeyond(IndexKeyRules.sizeBytes(table.indexes(), table.key(), after));
  }

  private static void refuseBeyond(long sizeBytes) {
    if (sizeBytes > Limits.ITEM_BYTES) {
      throw new ValidationException("Item size to update has exceeded the maximum allowed size");
    }
  }

  private static long writtenBytes(Update update, Item after) {
    if (update.form() == Update.Form.ATTRIBUTE_UPDATES) {
      return 0;
    }
    Map<String, AttributeValue> written = new HashMap<>();
    long bytes = EXPRESSION_BYTES;
    for (UpdateAction action : update.actions()) {
      if (action instanceof UpdateAction.Set || action instanceof UpdateAction.Add) {
        String name = action.path().attribute();
        after.attribute(name).ifPresent(value -> written.put(name, value));
        bytes += SET_BYTES;
        bytes += action.path().steps().stream().filter(Path.Step.Index.class::isInstance).count();
      }
    }
    return bytes + ItemSize.ofAttributes(written);
  }

  /** Refuses an item that has values within values beyond the limit. */
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
