package org.ostraka.engine.query;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.expression.KeyAttributeRules;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.operation.PageRequest;

/** Refuses what queries and scans may not do with key attributes. Stateless. */
final class KeyPaths {
  private KeyPaths() {}

  static void refuseInProjection(ReadExpressions read, Source source) {
    read.projection().ifPresent(wanted -> refuseNested(source, () -> wanted.paths().stream()));
  }

  static void refuseInFilter(ReadExpressions read, Source source) {
    read.filter().ifPresent(filter -> refuseNested(source, filter::paths));
  }

  /** Refuses a filter of a query that reads attributes of the queried key. */
  static void refuseFiltered(ReadExpressions read, PageRequest page, Source source) {
    String parameter = page.conditions() == null ? "Filter Expression" : "QueryFilter";
    read.filter()
        .ifPresent(
            filter -> KeyAttributeRules.refuseInFilter(parameter, filter, source.keyNames()));
  }

  private static void refuseNested(Source source, Supplier<Stream<Path>> paths) {
    List<String> ofTable =
        source.table().key().attributes().stream().map(AttributeDefinition::name).toList();
    KeyAttributeRules.refuseNested(paths.get(), ofTable);
    KeyAttributeRules.refuseNestedInIndex(paths.get(), source.keyNames());
  }
}
