package org.ostraka.model.error;

/** The table is being changed, or a table of this name exists already. */
public final class ResourceInUseException extends ApiException {
  private static final long serialVersionUID = 1;

  public ResourceInUseException(String message) {
    super(message);
  }

  @Override
  public String namespace() {
    return DYNAMODB;
  }
}
