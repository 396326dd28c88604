package org.ostraka.engine.query;

import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.model.Item;
import org.ostraka.storage.Range;

/**
 * Rows that a page reads in one go, and the filter that an item must pass to count. Immutable.
 *
 * @param filter absent when every item counts
 */
public record Stretch(Range range, Optional<Condition> filter) {

  boolean admits(Item item) {
    return filter.isEmpty() || filter.get().holds(item);
  }
}
