package org.ostraka.expression;

import org.ostraka.model.AttributeValue;

/** The types of attributes, by their names in expressions and in messages. Immutable. */
public enum AttributeType {
  S("STRING"),
  N("NUMBER"),
  B("BINARY"),
  BOOL("BOOLEAN"),
  NULL("NULL"),
  L("LIST"),
  M("MAP"),
  SS("STRING_SET"),
  NS("NUMBER_SET"),
  BS("BINARY_SET");

  private final String longName;

  AttributeType(String longName) {
    this.longName = longName;
  }

  /** Returns the name that messages about ADD and DELETE use. */
  String longName() {
    return longName;
  }

  public static AttributeType of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> S;
      case AttributeValue.N _ -> N;
      case AttributeValue.B _ -> B;
      case AttributeValue.Bool _ -> BOOL;
      case AttributeValue.Null _ -> NULL;
      case AttributeValue.L _ -> L;
      case AttributeValue.M _ -> M;
      case AttributeValue.SS _ -> SS;
      case AttributeValue.NS _ -> NS;
      case AttributeValue.BS _ -> BS;
    };
  }

  /** Returns true for the three types that have an order: text, numbers and binary. */
  public boolean isOrdered() {
    return this == S || this == N || this == B;
  }

  public boolean isSet() {
    return this == SS || this == NS || this == BS;
  }
}
