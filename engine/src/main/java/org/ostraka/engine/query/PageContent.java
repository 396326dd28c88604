package org.ostraka.engine.query;

import java.util.Optional;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.expression.ReadExpressions;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Projection;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Select;
import org.ostraka.model.operation.PageRequest;

/**
 * What a page returns of the items that are read for it. Immutable.
 *
 * @param filter what must hold of an item for it to count
 * @param counted whether only the number of items is wanted
 * @param projection the parts of an item that are wanted
 */
record PageContent(Optional<Condition> filter, boolean counted, Optional<Projection> projection) {

  static PageContent of(PageRequest request, ReadExpressions expressions) {
    return new PageContent(
        expressions.filter(), request.select() == Select.COUNT, expressions.projection());
  }

  /** Whether an item's attributes are looked at at all. */
  boolean needsItems() {
    return filter.isPresent() || !counted;
  }

  boolean admits(Bytes encoded) {
    return filter.isEmpty() || filter.get().holds(ItemEncoding.decode(encoded));
  }

  /** The parts of an item that are returned. */
  Item of(Item item) {
    return projection.isPresent() ? projection.get().of(item) : item;
  }
}
