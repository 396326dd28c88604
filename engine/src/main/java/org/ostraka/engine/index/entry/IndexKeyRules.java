package org.ostraka.engine.index.entry;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.expression.AttributeType;
import org.ostraka.expression.Path;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.expression.UpdateOperand;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Index;
import org.ostraka.model.Item;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Limits;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * Rules for the values that an item has for an index's key attributes: of the right type, not empty
 * and not too long. Stateless.
 *
 * <p>They do not apply to an index that is being added: the service refuses items that do not fit
 * it "once the backfill phase is completed" ("Detecting and correcting index key violations" in the
 * Developer Guide).
 *
 * <p>Of several violations the error names the first index by name (ExtendDB pull request 184,
 * observed), and the type is checked first. The texts are those of floci issue 2625, dynalite issue
 * 184, wellcomecollection/platform 2285 and ExtendDB pull request 275, and for the results of
 * updates those that the reference of TransactWriteItems lists.
 */
public final class IndexKeyRules {
  private static final String NOT_VALID = "One or more parameter values are not valid. ";
  private static final String UPDATED = "The update expression attempted to update ";

  private IndexKeyRules() {}

  /** Checks the value that an item has for an attribute of an index's key. */
  @FunctionalInterface
  private interface Judgement {
    void judge(Index index, AttributeDefinition key, AttributeValue value);
  }

  /**
   * Refuses an item that is put as a whole, if it breaks one of the rules.
   *
   * @throws ValidationException with the service's text
   */
  public static void requireSent(TableUse table, Item item) {
    judge(
        table,
        item,
        (index, key, value) -> {
          requireType(index, key, value);
          requireNotEmpty(index, key, value);
          if (isTooLong(index, key, value)) {
            throw ValidationException.ofParameters(
                "Size limit exceeded for Index Key "
                    + key.name()
                    + " Actual Size: "
                    + ItemSize.of(value)
                    + " bytes Max Size: "
                    + limitBytes(index, key)
                    + " bytes IndexName: "
                    + index.name());
          }
        });
  }

  /**
   * Refuses an item that is put as a whole, if a key value is empty. A transaction reports these
   * before anything that would cancel it (dynoxide issue 99).
   *
   * @throws ValidationException with the service's text
   */
  public static void refuseEmpty(TableUse table, Item item) {
    judge(
        table,
        item,
        (index, key, value) -> {
          if (isOfType(key, value)) {
            requireNotEmpty(index, key, value);
          }
        });
  }

  /**
   * Refuses values of wrong types that an update sets directly from the request.
   *
   * @throws ValidationException with the service's text
   */
  public static void requireSet(TableUse table, Update update) {
    judge(table, new Item(literals(update)), IndexKeyRules::requireType);
  }

  /**
   * Refuses empty values that an update sets directly from the request; see {@link
   * #refuseEmpty(TableUse, Item)}.
   *
   * @throws ValidationException with the service's text
   */
  public static void refuseEmpty(TableUse table, Update update) {
    judge(
        table,
        new Item(literals(update)),
        (_, key, value) -> {
          if (isOfType(key, value)) {
            requireNotUpdatedEmpty(value);
          }
        });
  }

  private static Map<String, AttributeValue> literals(Update update) {
    Map<String, AttributeValue> literals = new LinkedHashMap<>();
    for (UpdateAction action : update.actions()) {
      if (action instanceof UpdateAction.Set(Path path, SetValue.Plain(UpdateOperand operand))
          && operand instanceof UpdateOperand.Literal(AttributeValue value)
          && !path.isNested()) {
        literals.put(path.attribute(), value);
      }
    }
    return literals;
  }

  /**
   * Refuses the result of an update, if it breaks one of the rules.
   *
   * @throws ValidationException with the service's text
   */
  public static void requireUpdated(TableUse table, Item item) {
    judge(
        table,
        item,
        (index, key, value) -> {
          if (!isOfType(key, value)) {
            throw new ValidationException(UPDATED + "the secondary index key to unsupported type");
          }
          requireNotUpdatedEmpty(value);
          if (isTooLong(index, key, value)) {
            throw new ValidationException(
                UPDATED + "the secondary index key beyond allowed size limits");
          }
        });
  }

  /**
   * Returns the size of an item together with its entries in local indexes. This size has a limit
   * ("Local Secondary Indexes" in the Developer Guide), and item collections are measured by it.
   */
  public static long sizeBytes(List<OpenIndex> indexes, TableKey table, Item item) {
    return item.sizeBytes() + localEntriesBytes(indexes, table, item);
  }

  /** Returns the size of an item's entries in local indexes. */
  public static long localEntriesBytes(List<OpenIndex> indexes, TableKey table, Item item) {
    long bytes = 0;
    for (OpenIndex open : indexes) {
      if (open.index() instanceof LocalIndex local && local.holds(item)) {
        bytes += local.entry(table, item).sizeBytes();
      }
    }
    return bytes;
  }

  private static void judge(TableUse table, Item item, Judgement judgement) {
    // Most tables have no index: this costs less than making a stream.
    if (table.indexes().isEmpty()) {
      return;
    }
    table.indexes().stream()
        .map(OpenIndex::index)
        .filter(index -> index.serves() || table.isBeingFilled())
        .sorted(Comparator.comparing(Index::name))
        .forEach(index ->
            index
                .key()
                .attributes()
                .forEach(key ->
                    item.attribute(key.name())
                        .ifPresent(value -> judgement.judge(index, key, value))));
  }

  private static void requireType(Index index, AttributeDefinition key, AttributeValue value) {
    if (!isOfType(key, value)) {
      throw ValidationException.ofParameters(
          "Type mismatch for Index Key "
              + key.name()
              + " Expected: "
              + key.type()
              + " Actual: "
              + AttributeType.of(value)
              + " IndexName: "
              + index.name());
    }
  }

  private static boolean isOfType(AttributeDefinition key, AttributeValue value) {
    return key.type().isOf(value);
  }

  private static void requireNotEmpty(Index index, AttributeDefinition key, AttributeValue value) {
    if (isEmpty(value)) {
      throw new ValidationException(
          NOT_VALID
              + "A value specified for a secondary index key is not supported. "
              + cannotBeEmpty(value)
              + " IndexName: "
              + index.name()
              + ", IndexKey: "
              + key.name());
    }
  }

  private static void requireNotUpdatedEmpty(AttributeValue value) {
    if (isEmpty(value)) {
      throw ValidationException.outright(
          NOT_VALID
              + UPDATED
              + "a secondary index key to a value that is not supported. "
              + cannotBeEmpty(value));
    }
  }

  private static boolean isEmpty(AttributeValue value) {
    return ItemSize.of(value) == 0;
  }

  private static String cannotBeEmpty(AttributeValue value) {
    return "The AttributeValue for a key attribute cannot contain an empty "
        + (value instanceof AttributeValue.S ? "string" : "binary")
        + " value.";
  }

  private static boolean isTooLong(Index index, AttributeDefinition key, AttributeValue value) {
    return ItemSize.of(value) > limitBytes(index, key);
  }

  private static int limitBytes(Index index, AttributeDefinition key) {
    return index.key().partition().contains(key)
        ? Limits.PARTITION_KEY_BYTES
        : Limits.SORT_KEY_BYTES;
  }
}
