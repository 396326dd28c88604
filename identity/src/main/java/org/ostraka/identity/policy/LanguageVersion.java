package org.ostraka.identity.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The version of the policy language that a document is written in: "IAM JSON policy elements:
 * Version" in the IAM User Guide. Only the newer one has policy variables.
 */
public enum LanguageVersion {
  V2008_10_17("2008-10-17"),
  V2012_10_17("2012-10-17");

  /** The version of a document that names none. */
  public static final LanguageVersion DEFAULT = V2008_10_17;

  private final String text;

  LanguageVersion(String text) {
    this.text = text;
  }

  /** Returns the version with this date; empty if there is none. */
  public static Optional<LanguageVersion> of(String text) {
    return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
  }

  boolean hasVariables() {
    return this == V2012_10_17;
  }

  @Override
  public String toString() {
    return text;
  }
}
