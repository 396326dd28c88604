package org.ostraka.server.wire;

/**
 * The kind of rule that an attribute value breaks. Immutable.
 *
 * <p>In an ExclusiveStartKey the messages about most problems name the starting key; those about
 * numbers, duplicates and empty names do not (dynalite 4.0.0 validations/query.js).
 */
enum ValueFault {
  /** The value has no data type or several, is nested too deeply, or is a NULL that is not true. */
  FORM(true),
  /** An attribute in it has an empty name. */
  EMPTY_NAME(false),
  /** An attribute in it has a name that is too long. */
  LONG_NAME(true),
  /** The value is an empty set of text or binary values, or a set with a null. */
  SET(true),
  /** The value is an empty set of numbers. */
  EMPTY_NUMBER_SET(false),
  /** The value is a set with an element twice. */
  DUPLICATES(false),
  /** The value is not a number, or is outside the range or the precision of numbers. */
  NUMBER(false);

  private final boolean invalidatesStartKey;

  ValueFault(boolean invalidatesStartKey) {
    this.invalidatesStartKey = invalidatesStartKey;
  }

  /** Returns the message about a value in an ExclusiveStartKey. */
  String inStartKey(String problem) {
    return invalidatesStartKey ? "The provided starting key is invalid: " + problem : problem;
  }
}
