package org.ostraka.model;

/** The UTF-8 form of text, which is what DynamoDB stores, sorts and measures. Stateless. */
public final class Utf8 {
  private Utf8() {}

  /** The number of bytes of the UTF-8 form of {@code text}, without making it. */
  public static int sizeBytes(String text) {
    int size = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate pair is two chars of two bytes each: four bytes in all.
        size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return size;
  }

  /** True unless the text holds half of a surrogate pair, which has no UTF-8 form. */
  public static boolean isEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static void requireEncodable(String text) {
    if (!isEncodable(text)) {
      throw new IllegalArgumentException("text with an unpaired surrogate has no UTF-8 form");
    }
  }
}
