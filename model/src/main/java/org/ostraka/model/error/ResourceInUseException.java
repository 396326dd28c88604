package org.ostraka.model.error;

/** The error for a table that is being changed, or whose name exists already. */
public final class ResourceInUseException extends ApiException {
  private static final long serialVersionUID = 1;

  public ResourceInUseException(String message) {
    super(message);
  }

  /** Returns the error for a change that conflicts with one in progress. */
  public static ResourceInUseException whileChanging(String why) {
    return new ResourceInUseException("Attempt to change a resource which is still in use: " + why);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
