package org.ostraka.engine.catalogue;

import java.util.function.UnaryOperator;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;

/**
 * A change of a table that takes time. Immutable.
 *
 * @param meanwhile what the table shows until it is over
 * @param after what is different from then on
 */
public record Effect(
    UnaryOperator<TableDescription> meanwhile, UnaryOperator<TableDescription> after) {
  /** No change. */
  public static final Effect NONE = new Effect(UnaryOperator.identity(), UnaryOperator.identity());

  /** A change of one index only. */
  public static Effect ofIndex(
      IndexName name, UnaryOperator<GlobalIndex> meanwhile, UnaryOperator<GlobalIndex> after) {
    return new Effect(
        table -> table.withGlobalIndex(name, meanwhile),
        table -> table.withGlobalIndex(name, after));
  }

  /** Both changes, which end together. */
  public Effect and(Effect other) {
    return new Effect(
        table -> other.meanwhile.apply(meanwhile.apply(table)),
        table -> other.after.apply(after.apply(table)));
  }
}
