package org.ostraka.transfer.format;

import org.ostraka.model.Limits;

/** Limits on the memory of one record of a file. Stateless. */
public final class RecordLimits {
  /**
   * The bytes of a record of JSON or Ion. The longest form of an item is an escape of six
   * characters for each of its bytes, or a value of a list such as <code>{"NULL":true},</code> for
   * two of them.
   */
  public static final int BYTES = 20 * Limits.ITEM_BYTES;

  /** The characters of a line of CSV, whose values have no escapes. */
  static final int CSV_CHARS = 2 * Limits.ITEM_BYTES;

  /** The problems of one item that are told. */
  static final int PROBLEMS = 8;

  /** The characters of a problem that are told. */
  static final int PROBLEM_CHARS = 1_024;

  public static final String TOO_LARGE = "Item size has exceeded the maximum allowed size";

  private RecordLimits() {}
}
