package org.ostraka.engine.query;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.expression.Path;
import org.ostraka.expression.Projection;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.LocalIndex;
import org.ostraka.model.Select;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.PageRequest;

/**
 * Determines whether an index has all attributes that a page wants. Stateless.
 *
 * <p>"Attribute projections" of local and of global secondary indexes in the Developer Guide: a
 * query of a local index fetches missing attributes from the table, a query of a global index
 * cannot. A filter sees only what is read; nothing is fetched for it.
 */
public final class Coverage {

  private Coverage() {}

  /**
   * Returns whether the items have to be fetched from the table.
   *
   * @throws ValidationException with the service's text when a global index lacks what is wanted
   */
  static boolean needsTable(Source source, PageRequest request, ReadExpressions read) {
    return needsTable(
        source,
        request.select() == Select.ALL_ATTRIBUTES,
        read.projection().map(Projection::paths).orElse(List.of()));
  }

  /**
   * Returns whether the items have to be fetched from the table for a request that wants these
   * paths.
   */
  public static boolean needsTable(Source source, List<Path> wanted) {
    return needsTable(source, false, wanted);
  }

  private static boolean needsTable(Source source, boolean all, List<Path> wanted) {
    Optional<Index> index = source.index().map(open -> open.index());
    List<String> missing = missing(source, wanted.stream());
    if (index.isEmpty() || attributes(source).isEmpty()) {
      return false;
    }
    if (index.get() instanceof LocalIndex) {
      return all || !missing.isEmpty();
    }
    refuse(index.get().name(), all, missing);
    return false;
  }

  /**
   * Returns the error for a filter on attributes that an index does not have. The text is floci's
   * ({@code DynamoDbPartiQLHandler}, September 2026), which has it from the service; so is the
   * order of the attributes, that of a hash set.
   */
  public static ValidationException notProjected(Source source, List<String> missing) {
    return ValidationException.ofParameters(
        "Secondary index "
            + source.index().orElseThrow().index().name()
            + " does not project one or more filter attributes: "
            + new HashSet<>(missing));
  }

  /** Returns the first attributes of the paths, as far as the source does not have them. */
  public static List<String> missing(Source source, Stream<Path> paths) {
    Optional<Set<String>> has = attributes(source);
    return paths
        .map(Path::attribute)
        .filter(name -> has.isPresent() && !has.get().contains(name))
        .distinct()
        .toList();
  }

  /** Returns the attributes that an index has; empty when it has all of them. */
  private static Optional<Set<String>> attributes(Source source) {
    return source.index().flatMap(open -> open.index().attributes(source.table().key()));
  }

  /**
   * Refuses attributes that a global index does not have. The texts are those of mapbox/dyno issue
   * 23 and localstack issue 478, logs of the service.
   */
  private static void refuse(IndexName index, boolean all, List<String> missing) {
    if (all) {
      throw ValidationException.ofParameters(
          "Select type ALL_ATTRIBUTES is not supported for global secondary index "
              + index
              + " because its projection type is not ALL");
    }
    if (!missing.isEmpty()) {
      throw ValidationException.ofParameters(
          "Global secondary index " + index + " does not project " + missing);
    }
  }
}
