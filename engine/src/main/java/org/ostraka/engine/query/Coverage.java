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
 * Whether an index has all that a page wants of its items. Stateless.
 *
 * <p>"Attribute projections" of local and of global secondary indexes in the Developer Guide: a
 * query of a local index fetches the rest from the table, one of a global index cannot. A filter
 * sees what is read, and has nothing fetched.
 */
public final class Coverage {

  private Coverage() {}

  /**
   * Whether the items have to be fetched from the table.
   *
   * @throws ValidationException with the service's text when a global index lacks what is wanted
   */
  static boolean needsTable(Source source, PageRequest request, ReadExpressions read) {
    return needsTable(
        source,
        request.select() == Select.ALL_ATTRIBUTES,
        read.projection().map(Projection::paths).orElse(List.of()));
  }

  /** As for a request that wants what is at these paths. */
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
   * What is said of a filter of attributes that an index does not have. The text is floci's ({@code
   * DynamoDbPartiQLHandler}, September 2026), which has it from the service; so is their order,
   * that of a hash set.
   */
  public static ValidationException notProjected(Source source, List<String> missing) {
    return ValidationException.ofParameters(
        "Secondary index "
            + source.index().orElseThrow().index().name()
            + " does not project one or more filter attributes: "
            + new HashSet<>(missing));
  }

  /** The attributes at the beginning of the paths that are not in what is read. */
  public static List<String> missing(Source source, Stream<Path> paths) {
    Optional<Set<String>> has = attributes(source);
    return paths
        .map(Path::attribute)
        .filter(name -> has.isPresent() && !has.get().contains(name))
        .distinct()
        .toList();
  }

  /** The attributes that an index has; absent for all of them. */
  private static Optional<Set<String>> attributes(Source source) {
    return source.index().flatMap(open -> open.index().attributes(source.table().key()));
  }

  /** The texts are those of mapbox/dyno issue 23 and localstack issue 478, logs of the service. */
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
