package org.ostraka.engine.item;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.model.Item;

/**
 * Which image of its item a write returns. Immutable.
 *
 * @param parts makes of the item those of its parts that are returned; absent for all of it
 */
public record ReturnedImage(Moment moment, Optional<UnaryOperator<Item>> parts) {
  /** Nothing is returned. */
  public static final ReturnedImage NONE = whole(Moment.NEVER);

  /** The item as it was. */
  public static final ReturnedImage OLD = whole(Moment.BEFORE);

  /** The item as it is to be. */
  public static final ReturnedImage NEW = whole(Moment.AFTER);

  /** When the item looks as it is returned. */
  public enum Moment {
    NEVER,
    BEFORE,
    AFTER
  }

  /** Parts of the item as it was. */
  public static ReturnedImage ofOld(UnaryOperator<Item> parts) {
    return new ReturnedImage(Moment.BEFORE, Optional.of(parts));
  }

  /** Parts of the item as it is to be. */
  public static ReturnedImage ofNew(UnaryOperator<Item> parts) {
    return new ReturnedImage(Moment.AFTER, Optional.of(parts));
  }

  private static ReturnedImage whole(Moment moment) {
    return new ReturnedImage(moment, Optional.empty());
  }
}
