package org.ostraka.cli.copy;

import java.nio.charset.StandardCharsets;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;

/** Keys as text. Stateless. */
final class KeyText {
  private KeyText() {}

  /** Returns a key in DynamoDB's JSON. */
  static String of(JsonValue key) {
    return new String(JsonText.bytes(key), StandardCharsets.UTF_8);
  }
}
