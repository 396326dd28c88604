package org.ostraka.server.wire;

/**
 * An estimate of the cost of reading a JSON text as a request, made before it is read. Immutable.
 *
 * @param objectBytes the estimated memory of the request's objects
 * @param isHeavy whether reading it takes too long for a shared thread
 */
record JsonWeight(long objectBytes, boolean isHeavy) {
  /** Texts up to this length are estimated by their length alone. */
  private static final int LIGHT_BYTES = 8 * 1024;

  /** The typical memory of a short text's objects for each byte of the text. */
  private static final int BYTES_PER_LIGHT_BYTE = 8;

  /** A longer text is heavy whatever it contains: even looking through it takes a while. */
  static final int LONG_BYTES = 1024 * 1024;

  /** The number of values that are read in a millisecond. */
  private static final int HEAVY_VALUES = 8_000;

  /** The memory of an attribute value, or of a map of them. */
  private static final int OBJECT_BYTES = 40;

  /** The memory of an attribute's name: its text, and its entry in a hash table. */
  private static final int NAME_BYTES = 90;

  /** Names up to this length may be names of types. */
  private static final int TYPE_CHARS = 4;

  /** The average memory of such a name. */
  private static final int SHORT_NAME_BYTES = 30;

  private static final int ARRAY_BYTES = 60;

  /** The memory of a text as an element of a set, with its entry in the set. */
  private static final int ELEMENT_BYTES = 100;

  private static final int TEXT_BYTES = 50;

  /** The memory of each byte of a text, with what the parser keeps meanwhile. */
  private static final int BYTES_PER_TEXT_BYTE = 3;

  /** Estimates the cost of a text, which need not be JSON. */
  static JsonWeight of(byte[] text) {
    return text.length <= LIGHT_BYTES
        ? new JsonWeight((long) BYTES_PER_LIGHT_BYTE * text.length, false)
        : new Scan(text).weight();
  }

  /** One pass over a text. One thread. */
  private static final class Scan {
    private final byte[] text;
    private long objectBytes;
    private long values;

    Scan(byte[] text) {
      this.text = text;
    }

    JsonWeight weight() {
      int at = 0;
      boolean element = false;
      while (at < text.length) {
        switch (text[at]) {
          case '{' -> {
            objectBytes += OBJECT_BYTES;
            values++;
          }
          case '[' -> {
            objectBytes += ARRAY_BYTES;
            element = true;
          }
          case ':' -> element = false;
          case ',' -> element = true;
          case '"' -> {
            int end = endOfText(at + 1);
            text(element, end - at - 1, isName(end + 1));
            at = end;
          }
          default -> {}
        }
        at++;
      }
      return new JsonWeight(objectBytes, text.length > LONG_BYTES || values > HEAVY_VALUES);
    }

    private void text(boolean element, int length, boolean name) {
      if (name) {
        objectBytes += length <= TYPE_CHARS ? SHORT_NAME_BYTES : NAME_BYTES + length;
      } else {
        objectBytes += element ? ELEMENT_BYTES : TEXT_BYTES;
        objectBytes += (long) BYTES_PER_TEXT_BYTE * length;
        values++;
      }
    }

    /** Returns whether the string that ends before this place is the name of a member. */
    private boolean isName(int from) {
      int at = from;
      while (at < text.length && text[at] <= ' ') {
        at++;
      }
      return at < text.length && text[at] == ':';
    }

    /** Returns the place of the quotation mark that ends a string, or the end of the text. */
    private int endOfText(int from) {
      int at = from;
      while (at < text.length && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
      }
      return Math.min(at, text.length);
    }
  }
}
