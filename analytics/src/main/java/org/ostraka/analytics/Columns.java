package org.ostraka.analytics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/**
 * The columns of a table's Parquet files. Immutable.
 *
 * @param columns one for each attribute, in the order in which items were seen to have them
 * @param hasRest whether there are attributes beyond those, which the column {@link #REST} has
 */
record Columns(List<Column> columns, boolean hasRest) {
  /** The most attributes that get a column of their own. */
  static final int COLUMNS_MAX = 1000;

  /** The column of all other attributes of an item, as DynamoDB JSON. */
  static final String REST = "_other";

  /**
   * A column.
   *
   * @param name the attribute's name, and perhaps a number: SQL takes names that differ only in
   *     case for the same
   */
  record Column(String attribute, String name, ColumnType type) {}

  /** Finds out which columns items need. One thread. */
  static final class Observer {
    private final Map<String, ObservedAttribute> observed = new LinkedHashMap<>();
    private boolean hasRest;

    void add(Item item) {
      item.attributes().forEach(this::add);
    }

    private void add(String name, AttributeValue value) {
      ObservedAttribute attribute = observed.get(name);
      if (attribute == null) {
        if (observed.size() == COLUMNS_MAX) {
          hasRest = true;
          return;
        }
        attribute = new ObservedAttribute();
        observed.put(name, attribute);
      }
      attribute.add(value);
    }

    Columns columns() {
      Set<String> taken = new HashSet<>(Set.of(REST));
      List<Column> columns = new ArrayList<>();
      observed.forEach((attribute, seen) -> {
        String name = attribute;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
          name = attribute + "_" + i;
        }
        columns.add(new Column(attribute, name, seen.column()));
      });
      return new Columns(List.copyOf(columns), hasRest || columns.isEmpty());
    }
  }
}
