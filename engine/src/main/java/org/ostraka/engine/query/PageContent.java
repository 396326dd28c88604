package org.ostraka.engine.query;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.expression.Projection;
import org.ostraka.model.Item;
import org.ostraka.model.Select;
import org.ostraka.model.operation.PageRequest;

/**
 * What a page returns of the items that are read for it. Immutable.
 *
 * @param counted whether only the number of items is wanted
 * @param parts makes of an item those of its parts that are returned
 */
public record PageContent(boolean counted, UnaryOperator<Item> parts) {

  static PageContent of(PageRequest request, ReadExpressions expressions) {
    Optional<Projection> projection = expressions.projection();
    return new PageContent(
        request.select() == Select.COUNT,
        projection.<UnaryOperator<Item>>map(wanted -> wanted::of).orElse(UnaryOperator.identity()));
  }
}
