package org.ostraka.model.error;

/** The table is being changed, or a table of this name exists already. */
public final class ResourceInUseException extends ApiException {
  private static final long serialVersionUID = 1;

  public ResourceInUseException(String message) {
    super(message);
  }

  /** A change that does not go with one that is under way. */
  public static ResourceInUseException whileChanging(String why) {
    return new ResourceInUseException("Attempt to change a resource which is still in use: " + why);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
