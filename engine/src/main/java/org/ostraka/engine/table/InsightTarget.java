package org.ostraka.engine.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.insight.ContributorInsights;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.Limits;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;

/**
 * The table or global index that a request for contributor insights is about. Immutable.
 *
 * @param index absent for the table itself
 */
record InsightTarget(TableDescription table, Optional<GlobalIndex> index) {
  /** Refuses a name that no index can have; comes before the table is looked for. */
  static void requireLength(@Nullable String index) {
    if (index != null
        && (index.length() < Limits.TABLE_NAME_MIN_CHARS
            || index.length() > Limits.TABLE_NAME_MAX_CHARS)) {
      throw new ValidationException(
          "IndexName must be at least 3 characters long and at most 255 characters long");
    }
  }

  /**
   * Returns the target of a request.
   *
   * @throws ResourceNotFoundException unless the index is a global one that serves; others do not
   *     exist for these operations
   */
  static InsightTarget of(TableDescription table, @Nullable String index) {
    return new InsightTarget(table, Optional.ofNullable(index).map(name -> serving(table, name)));
  }

  private static GlobalIndex serving(TableDescription table, String name) {
    Optional<Index> found = table.index(name).filter(Index::serves);
    if (found.isPresent() && found.get() instanceof GlobalIndex global) {
      return global;
    }
    throw new ResourceNotFoundException(
        "Requested resource not found: Index: " + name + " not found for table: " + table.name());
  }

  Optional<IndexName> name() {
    return index.map(GlobalIndex::name);
  }

  Optional<ContributorInsights.Setting> setting(ContributorInsights insights) {
    return insights.of(name());
  }

  /** Returns the name that rules have for the target. */
  String resource() {
    return name().map(index -> table.name() + "-" + index).orElse(table.name().value());
  }

  /** Returns whether keys have a sort key. */
  boolean isSorted() {
    return index
        .map(global -> !global.key().sort().isEmpty())
        .orElseGet(() -> table.key().sort().isPresent());
  }

  /** Returns the table itself and all of its global indexes. */
  static List<InsightTarget> all(TableDescription table) {
    return Stream.concat(
            Stream.of(Optional.<GlobalIndex>empty()),
            table.globalIndexes().stream().map(Optional::of))
        .map(index -> new InsightTarget(table, index))
        .toList();
  }
}
