package org.ostraka.server.audit;

/** Writes one JSON object without line breaks. One thread. */
public final class JsonLine {
  private static final int FIRST_VISIBLE = 0x20;

  private final StringBuilder text = new StringBuilder(512);
  private boolean needsComma;

  /** Writes a member whose value is a text. */
  public JsonLine text(String name, String value) {
    name(name);
    quoted(value);
    return this;
  }

  /** Writes a member whose value is true or false. */
  public JsonLine flag(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  /** Writes a member whose value is JSON already, such as a number. */
  public JsonLine raw(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  /** Begins a member whose value is an object, or an array, by its opening bracket. */
  public JsonLine begin(String name, char bracket) {
    name(name);
    needsComma = false;
    return begin(bracket);
  }

  /** Begins an object or an array within an array, or as a whole. */
  public JsonLine begin(char bracket) {
    comma();
    text.append(bracket);
    needsComma = false;
    return this;
  }

  /** Ends what was begun, by its closing bracket. */
  public JsonLine end(char bracket) {
    text.append(bracket);
    needsComma = true;
    return this;
  }

  /** Writes a text as an element of an array. */
  public JsonLine element(String value) {
    comma();
    quoted(value);
    needsComma = true;
    return this;
  }

  /** Writes a value that is JSON already as an element of an array. */
  public JsonLine rawElement(String json) {
    comma();
    text.append(json);
    needsComma = true;
    return this;
  }

  /** Returns the number of characters so far. */
  public int length() {
    return text.length();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void name(String name) {
    comma();
    quoted(name);
    text.append(':');
    needsComma = true;
  }

  private void comma() {
    if (needsComma) {
      text.append(',');
    }
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < FIRST_VISIBLE || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        text.append("\\u").append(String.format("%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
