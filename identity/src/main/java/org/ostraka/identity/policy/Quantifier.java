package org.ostraka.identity.policy;

/** How the values that a request has for a key must fit the values of a condition. */
public enum Quantifier {
  /** For keys with one value. */
  NONE(""),
  /** Every value of the request must fit; true when there is none. */
  FOR_ALL_VALUES("ForAllValues:"),
  /** One value of the request must fit; false when there is none. */
  FOR_ANY_VALUE("ForAnyValue:");

  private final String prefix;

  Quantifier(String prefix) {
    this.prefix = prefix;
  }

  /** Returns what stands before an operator's name. */
  String prefix() {
    return prefix;
  }
}
