package org.ostraka.model.error;

/** The error for a write that would make an item collection exceed its limit, or grow above it. */
public final class ItemCollectionSizeLimitExceededException extends ApiException {
  private static final long serialVersionUID = 1;

  public ItemCollectionSizeLimitExceededException() {
    super("Collection size exceeded");
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
