package org.ostraka.identity.policy;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of names in a Principal element: "AWS JSON policy elements: Principal". */
public enum PrincipalKind {
  AWS("AWS"),
  SERVICE("Service"),
  FEDERATED("Federated"),
  CANONICAL_USER("CanonicalUser");

  private final String text;

  PrincipalKind(String text) {
    this.text = text;
  }

  /** Returns the kind with this name; empty if there is none. */
  public static Optional<PrincipalKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
