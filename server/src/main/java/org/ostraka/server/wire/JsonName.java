package org.ostraka.server.wire;

import java.nio.charset.StandardCharsets;

/**
 * The name of a member as JSON has it: in quotation marks, with the colon behind it. Names that are
 * written thousands of times in one answer are made once. Immutable.
 */
final class JsonName {
  private final byte[] json;

  private JsonName(byte[] json) {
    this.json = json;
  }

  /** Makes a name, which has no characters that JSON escapes. */
  static JsonName of(String name) {
    if (!name.matches("[A-Za-z]+")) {
      throw new IllegalArgumentException("a name that is made in advance has letters only");
    }
    return new JsonName(('"' + name + "\":").getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns the bytes, for reading only. */
  byte[] json() {
    return json;
  }
}
