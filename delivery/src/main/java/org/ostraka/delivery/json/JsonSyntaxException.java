package org.ostraka.delivery.json;

/** A text is not JSON, or it is JSON that nothing here accepts. The message says what and where. */
public final class JsonSyntaxException extends RuntimeException {
  public JsonSyntaxException(String message) {
    super(message);
  }
}
