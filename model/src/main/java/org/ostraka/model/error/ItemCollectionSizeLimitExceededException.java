package org.ostraka.model.error;

/** A write would make an item collection larger than one may be, or an overfull one grow. */
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
