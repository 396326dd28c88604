package org.ostraka.engine.query;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
final class Coverage {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private Coverage() {}

  /**
   * Whether the items have to be fetched from the table.
   *
   * @throws ValidationException with the service's text when a global index lacks what is wanted
   */
  static boolean needsTable(Source source, PageRequest request, ReadExpressions read) {
    Optional<Index> index = source.index().map(open -> open.index());
    Optional<Set<String>> has = index.flatMap(each -> each.attributes(source.table().key()));
    if (has.isEmpty()) {
      return false;
    }
    boolean all = request.select() == Select.ALL_ATTRIBUTES;
    List<String> missing =
        read.projection().map(Projection::paths).stream()
            .flatMap(List::stream)
            .map(Path::attribute)
            .filter(name -> !has.get().contains(name))
            .distinct()
            .toList();
    if (index.get() instanceof LocalIndex) {
      return all || !missing.isEmpty();
    }
    refuse(index.get().name(), all, missing);
    return false;
  }

  /** The texts are those of mapbox/dyno issue 23 and localstack issue 478, logs of the service. */
  private static void refuse(IndexName index, boolean all, List<String> missing) {
    if (all) {
      throw new ValidationException(
          INVALID
              + "Select type ALL_ATTRIBUTES is not supported for global secondary index "
              + index
              + " because its projection type is not ALL");
    }
    if (!missing.isEmpty()) {
      throw new ValidationException(
          INVALID + "Global secondary index " + index + " does not project " + missing);
    }
  }
}
