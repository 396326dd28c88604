package org.ostraka.identity.wire;

import org.ostraka.identity.directory.PolicyText;

/** Reads policies and keeps their texts. Stateless. */
public final class PolicyTexts {
  private PolicyTexts() {}

  /**
   * Reads a policy.
   *
   * @throws MalformedPolicyException when the text is none that may be used so
   */
  public static PolicyText read(String text, PolicyUse use) {
    return new PolicyText(text, PolicyReader.read(text, use));
  }
}
