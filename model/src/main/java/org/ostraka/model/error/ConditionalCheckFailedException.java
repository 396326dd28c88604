package org.ostraka.model.error;

import java.util.Optional;
import org.ostraka.model.Item;

/** The error for an item that does not meet the caller's condition. */
public final class ConditionalCheckFailedException extends ApiException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Item> item;

  /**
   * Makes the error.
   *
   * @param item the current item, if the caller asked for it
   */
  public ConditionalCheckFailedException(Optional<Item> item) {
    super("The conditional request failed");
    this.item = item;
  }

  /** Returns the current item; empty when there is none, or the caller did not ask for it. */
  public Optional<Item> item() {
    return item;
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
