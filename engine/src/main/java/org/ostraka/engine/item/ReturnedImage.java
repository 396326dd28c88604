package org.ostraka.engine.item;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.model.Item;

/**
 * The image of its item that a write returns. Immutable.
 *
 * @param parts selects the returned parts of the item; absent when the whole item is returned
 */
public record ReturnedImage(Moment moment, Optional<UnaryOperator<Item>> parts) {
  /** No image. */
  public static final ReturnedImage NONE = whole(Moment.NEVER);

  /** The item before the write. */
  public static final ReturnedImage OLD = whole(Moment.BEFORE);

  /** The item after the write. */
  public static final ReturnedImage NEW = whole(Moment.AFTER);

  /** The moment of the image. */
  public enum Moment {
    NEVER,
    BEFORE,
    AFTER
  }

  /** Makes the image of parts of the item before the write. */
  public static ReturnedImage ofOld(UnaryOperator<Item> parts) {
    return new ReturnedImage(Moment.BEFORE, Optional.of(parts));
  }

  /** Makes the image of parts of the item after the write. */
  public static ReturnedImage ofNew(UnaryOperator<Item> parts) {
    return new ReturnedImage(Moment.AFTER, Optional.of(parts));
  }

  private static ReturnedImage whole(Moment moment) {
    return new ReturnedImage(moment, Optional.empty());
  }
}
