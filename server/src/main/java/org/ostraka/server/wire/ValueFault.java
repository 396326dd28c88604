package org.ostraka.server.wire;

/**
 * What kind of rule an attribute value breaks. Immutable.
 *
 * <p>In an ExclusiveStartKey most problems are worded as problems of the starting key; those of
 * numbers and duplicates are not (dynalite 4.0.0 validations/query.js), nor are empty names.
 */
enum ValueFault {
  /** It has no data type or several, is nested too deep, or is a NULL that is not true. */
  FORM(true),
  /** An attribute in it has an empty name. */
  EMPTY_NAME(false),
  /** An attribute in it has a name that is too long. */
  LONG_NAME(true),
  /** It is an empty set of text or binary values, or a set with a null in it. */
  SET(true),
  /** It is an empty set of numbers. */
  EMPTY_NUMBER_SET(false),
  /** It is a set with an element twice. */
  DUPLICATES(false),
  /** It is no number, or one outside the range or the precision of numbers. */
  NUMBER(false);

  private final boolean invalidatesStartKey;

  ValueFault(boolean invalidatesStartKey) {
    this.invalidatesStartKey = invalidatesStartKey;
  }

  /** Returns the message for a value that stands in an ExclusiveStartKey. */
  String inStartKey(String problem) {
    return invalidatesStartKey ? "The provided starting key is invalid: " + problem : problem;
  }
}
