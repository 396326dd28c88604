package org.ostraka.engine.catalogue;

import java.util.function.UnaryOperator;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableDescription;

/**
 * A change of a table that takes time. Immutable.
 *
 * @param meanwhile what the table shows until the change is over
 * @param after what the table shows from then on
 */
public record Effect(
    UnaryOperator<TableDescription> meanwhile, UnaryOperator<TableDescription> after) {
  /** No change. */
  public static final Effect NONE = new Effect(UnaryOperator.identity(), UnaryOperator.identity());

  /** Returns a change of one index only. */
  public static Effect ofIndex(
      IndexName name, UnaryOperator<GlobalIndex> meanwhile, UnaryOperator<GlobalIndex> after) {
    return new Effect(
        table -> table.withGlobalIndex(name, meanwhile),
        table -> table.withGlobalIndex(name, after));
  }

  /** Returns both changes together, which end at the same time. */
  public Effect and(Effect other) {
    return new Effect(
        table -> other.meanwhile.apply(meanwhile.apply(table)),
        table -> other.after.apply(after.apply(table)));
  }
}
