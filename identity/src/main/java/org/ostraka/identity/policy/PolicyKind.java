package org.ostraka.identity.policy;

/** The kinds of policies that decide about a request. */
public enum PolicyKind {
  RESOURCE("resource-based policy", "a resource-based policy"),
  IDENTITY("identity-based policy", "an identity-based policy"),
  BOUNDARY("permissions boundary", "a permissions boundary"),
  SESSION("session policy", "a session policy");

  private final String name;
  private final String oneOf;

  PolicyKind(String name, String oneOf) {
    this.name = name;
    this.oneOf = oneOf;
  }

  /** Returns the kind with its article. */
  String oneOf() {
    return oneOf;
  }

  @Override
  public String toString() {
    return name;
  }
}
