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

  /**
   * Compares the UTF-8 forms of two texts, whose order is that of the code points. It differs from
   * the order of chars where surrogates, which stand for code points beyond all others, meet higher
   * chars.
   */
  public static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean bothOrNone = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNone ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  static void requireEncodable(String text) {
    if (!isEncodable(text)) {
      throw new IllegalArgumentException("text with an unpaired surrogate has no UTF-8 form");
    }
  }
}
