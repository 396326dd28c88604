package org.ostraka.expression.partiql;

/** The parts that an UPDATE or DELETE returns of the item that it changed. Immutable. */
public enum Returning {
  ALL_OLD("ALL OLD"),
  ALL_NEW("ALL NEW"),
  MODIFIED_OLD("MODIFIED OLD"),
  MODIFIED_NEW("MODIFIED NEW");

  private final String words;

  Returning(String words) {
    this.words = words;
  }

  /** Returns the clause as statements write it. */
  String clause() {
    return "RETURNING " + words + " *";
  }
}
