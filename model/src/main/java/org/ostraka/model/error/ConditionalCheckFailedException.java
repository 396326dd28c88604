package org.ostraka.model.error;

import java.util.Optional;
import org.ostraka.model.Item;

/** The item is not as the caller's condition wants it. */
public final class ConditionalCheckFailedException extends ApiException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Item> item;

  /**
   * @param item the item as it is, where the caller asked to be told
   */
  public ConditionalCheckFailedException(Optional<Item> item) {
    super("The conditional request failed");
    this.item = item;
  }

  /** The item as it is; absent when there is none, or the caller did not ask. */
  public Optional<Item> item() {
    return item;
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
