package org.ostraka.model.error;

/** The error for a resource-based policy that does not exist, or not in the expected revision. */
public final class PolicyNotFoundException extends ApiException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the error.
   *
   * @param what the resource without a policy, or what was expected of its policy
   */
  public PolicyNotFoundException(String what) {
    super("Resource-based policy not found for the provided ResourceArn: " + what);
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
