package org.ostraka.testkit.random;

/**
 * Writes texts as Java string literals, so that a failing input can be copied into a test.
 * Stateless.
 */
final class Literals {
  private Literals() {}

  static String text(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7F) {
        literal.append(c);
      } else {
        literal.append("\\u%04x".formatted((int) c));
      }
    }
    return literal.append('"').toString();
  }
}
