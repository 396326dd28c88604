package org.ostraka.cli.copy;

import org.ostraka.delivery.json.JsonValue;

/**
 * A key whose items differ. Immutable.
 *
 * @param key the key, in DynamoDB's JSON
 */
record Difference(JsonValue key, Kind kind) {

  /** How the two sides differ. */
  enum Kind {
    OTHER_ITEM("has another item at the target"),
    ONLY_AT_SOURCE("is not at the target"),
    ONLY_AT_TARGET("is not at the source");

    private final String said;

    Kind(String said) {
      this.said = said;
    }

    String said() {
      return said;
    }
  }
}
