package org.ostraka.engine.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.ostraka.engine.catalogue.OpenIndex;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.index.entry.IndexRow;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexKey;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/** The source of a page: a table in use, or one of its indexes. Immutable. */
public record Source(TableUse table, Optional<OpenIndex> index) {

  /**
   * Returns the source that a request reads.
   *
   * @throws ValidationException with the service's text when the table does not have the index, or
   *     the index cannot serve the request
   */
  static Source of(TableUse table, PageRequest request) {
    Source source =
        of(
            table,
            Optional.ofNullable(request.indexName()),
            name -> "The table does not have the specified index: " + name);
    if (request.consistentRead() && source.isGlobalIndex()) {
      throw new ValidationException(
          "Consistent reads are not supported on global secondary indexes");
    }
    return source;
  }

  /**
   * Returns the table, or the index of this name.
   *
   * @param missing the message for a name that the table does not have
   * @throws ValidationException when the table does not have the index, or the index does not have
   *     all items yet
   */
  public static Source of(TableUse table, Optional<String> index, UnaryOperator<String> missing) {
    return new Source(
        table,
        index.map(name -> {
          OpenIndex open =
              table.index(name).orElseThrow(() -> new ValidationException(missing.apply(name)));
          requireServing(open);
          return open;
        }));
  }

  /** Returns whether this is a global index. */
  public boolean isGlobalIndex() {
    return index.filter(open -> open.index() instanceof GlobalIndex).isPresent();
  }

  /**
   * Refuses to read an index that does not have all items yet.
   *
   * @throws ValidationException with the service's text
   */
  private static void requireServing(OpenIndex index) {
    if (!index.index().serves()) {
      throw new ValidationException(
          "Cannot read from backfilling global secondary index: " + index.index().name());
    }
  }

  /** Returns the space that stores the rows. */
  public Space space() {
    return index.map(OpenIndex::space).orElseGet(table::items);
  }

  /** Returns the key by which the source is queried. */
  public IndexKey key() {
    return index.map(open -> open.index().key()).orElseGet(() -> IndexKey.of(table.key()));
  }

  /** Returns the names of the attributes of that key. */
  List<String> keyNames() {
    return key().attributes().stream().map(AttributeDefinition::name).toList();
  }

  /**
   * Returns the key after which the next page begins: the table's key and, for an index, the
   * index's key as well.
   */
  Item pageKey(Item item) {
    return item.only(pageKeyAttributes().stream().map(AttributeDefinition::name).toList());
  }

  /** Returns whether a query finds one item at most, which is so for a table without a sort key. */
  boolean findsOneItem() {
    return index.isEmpty() && table.key().sort().isEmpty();
  }

  /** Returns whether a key has just the attributes of {@link #pageKey}, of whatever types. */
  boolean hasNames(Item key) {
    return key.attributes()
        .keySet()
        .equals(
            pageKeyAttributes().stream()
                .map(AttributeDefinition::name)
                .collect(Collectors.toSet()));
  }

  /** Returns whether a key has just the attributes of {@link #pageKey}, each of its type. */
  public boolean fits(Item key) {
    Set<AttributeDefinition> attributes = pageKeyAttributes();
    return key.attributes().size() == attributes.size()
        && attributes.stream().allMatch(attribute -> ItemKey.has(key, attribute));
  }

  /** Returns the row of a key like {@link #pageKey}. */
  public RowKey row(Item key) {
    TableKey tableKey = table.key();
    List<String> names = tableKey.attributes().stream().map(AttributeDefinition::name).toList();
    RowKey own = ItemKey.ofKey(table.items(), tableKey, key.only(names));
    return index.map(open -> IndexRow.of(open, tableKey, key)).orElse(own);
  }

  private Set<AttributeDefinition> pageKeyAttributes() {
    List<AttributeDefinition> attributes = new ArrayList<>(table.key().attributes());
    attributes.addAll(key().attributes());
    return new LinkedHashSet<>(attributes);
  }

  /** Returns the row of the item that an index's entry stands for. */
  RowKey itemRow(Item entry) {
    return ItemKey.ofItem(table.items(), table.key(), entry);
  }
}
