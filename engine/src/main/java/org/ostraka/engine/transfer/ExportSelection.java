package org.ostraka.engine.transfer;

import java.util.Optional;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expression.Expressions;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.query.KeyRange;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.KeyCondition;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportFilter;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.Space;

/**
 * Selects the items and attributes of an export ("Filtering a table export" in the Developer
 * Guide). Immutable.
 */
public final class ExportSelection {
  /** Keys are compared without their table. */
  private static final Space ANY = new Space(1);

  private final TableKey key;
  private final Optional<KeyRange> range;
  private final ReadExpressions read;

  private ExportSelection(Expressions expressions, ExportFilter filter, TableKey key) {
    this.key = key;
    this.read = ReadExpressions.of(expressions, filter);
    this.range =
        filter.keyCondition().map(_ -> KeyRange.of(KeyCondition.resolve(read.keys(), key)));
    requireRules();
  }

  /** Returns what selects the items of an export in progress. */
  public static ExportSelection of(Expressions expressions, ExportFilter filter, TableKey key) {
    return new ExportSelection(expressions, filter, key);
  }

  /**
   * Refuses a filter that says nothing or breaks a rule of expressions. The first text is that of
   * EXPORT-006; the others are those of Query and Scan, since the service's are not known.
   */
  static void require(Expressions expressions, ExportFilter filter, TableKey key) {
    if (filter.isEmpty()) {
      throw new ValidationException(
          "Invalid Request: Invalid FilterSpecification: The specification can not be empty");
    }
    var _ = of(expressions, filter, key);
  }

  private void requireRules() {
    var names = key.attributes().stream().map(AttributeDefinition::name).toList();
    read.projection()
        .ifPresent(wanted -> KeyAttributeRules.refuseNested(wanted.paths().stream(), names));
    if (range.isPresent()) {
      read.filter()
          .ifPresent(
              filter -> KeyAttributeRules.refuseInFilter("Filter Expression", filter, names));
    }
    read.filter().ifPresent(filter -> KeyAttributeRules.refuseNested(filter.paths(), names));
  }

  /** Returns whether the service would read an item for the export: what it bills. */
  public boolean reads(Item item) {
    return range.isEmpty() || range.get().holds(ItemKey.ofKey(ANY, key, ItemKey.within(key, item)));
  }

  /** Returns whether an item that is read is exported. */
  public boolean selects(Item item) {
    return read.filter().map(filter -> filter.holds(item)).orElse(true);
  }

  /** Returns the attributes of an item that are exported. */
  public Item attributes(Item item) {
    return read.projection().map(projection -> projection.of(item)).orElse(item);
  }

  /** Returns the image by which a change is judged: the latest, or that before a deletion. */
  public static Optional<Item> judged(ArchivedTable.NetChange change) {
    return change.after().or(change::before).map(ItemEncoding::decode);
  }

  /** Returns a change with the attributes that are exported; its key remains. */
  public ArchivedTable.NetChange attributes(ArchivedTable.NetChange change) {
    return new ArchivedTable.NetChange(
        change.key(),
        change.before().map(this::stored),
        change.after().map(this::stored),
        change.last());
  }

  private Bytes stored(Bytes item) {
    return ItemEncoding.encode(attributes(ItemEncoding.decode(item)));
  }
}
