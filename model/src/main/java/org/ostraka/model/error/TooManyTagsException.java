package org.ostraka.model.error;

/** The error of auto scaling for more tags than a target may have. */
public final class TooManyTagsException extends ApiException {
  private static final long serialVersionUID = 1;

  public TooManyTagsException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
