package org.ostraka.identity.policy;

/** What a statement does with the requests that it applies to. */
public enum Effect {
  ALLOW("Allow"),
  DENY("Deny");

  private final String text;

  Effect(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
