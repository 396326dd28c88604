package org.ostraka.engine.query;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.expression.Projection;
import org.ostraka.model.Item;
import org.ostraka.model.Select;
import org.ostraka.model.operation.PageRequest;

/**
 * The parts of its items that a page returns. Immutable.
 *
 * @param counted whether only the number of items is wanted
 * @param parts selects the returned parts of an item; absent when whole items are returned
 */
public record PageContent(boolean counted, Optional<UnaryOperator<Item>> parts) {
  /** Whole items. */
  public static final PageContent WHOLE_ITEMS = new PageContent(false, Optional.empty());

  static PageContent of(PageRequest request, ReadExpressions expressions) {
    Optional<Projection> projection = expressions.projection();
    return new PageContent(request.select() == Select.COUNT, projection.map(wanted -> wanted::of));
  }
}
