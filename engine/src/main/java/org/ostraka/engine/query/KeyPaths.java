package org.ostraka.engine.query;

import java.util.List;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.PageRequest;

/** What queries and scans may not do with the attributes of a key. Stateless. */
final class KeyPaths {
  private KeyPaths() {}

  static void refuseInProjection(ReadExpressions read, TableKey key) {
    read.projection()
        .ifPresent(wanted -> KeyAttributeRules.refuseNested(wanted.paths().stream(), names(key)));
  }

  static void refuseInFilter(ReadExpressions read, TableKey key) {
    read.filter().ifPresent(filter -> KeyAttributeRules.refuseNested(filter.paths(), names(key)));
  }

  /** Refuses a filter of a query that reads key attributes at all. */
  static void refuseFiltered(ReadExpressions read, PageRequest page, TableKey key) {
    String parameter = page.conditions() == null ? "Filter Expression" : "QueryFilter";
    read.filter()
        .ifPresent(filter -> KeyAttributeRules.refuseInFilter(parameter, filter, names(key)));
  }

  private static List<String> names(TableKey key) {
    return key.attributes().stream().map(AttributeDefinition::name).toList();
  }
}
