package org.ostraka.model.error;

/** The error for a global table of version 2017.11.29: there are none. */
public final class GlobalTableNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  public GlobalTableNotFoundException(String message) {
    super(message);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
