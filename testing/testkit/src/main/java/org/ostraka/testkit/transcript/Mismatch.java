package org.ostraka.testkit.transcript;

/**
 * An exchange whose answer was not the expected one. Immutable.
 *
 * @param body the answer's body, with those of the expected one's placeholders that fit
 */
record Mismatch(String name, Step.Exchange exchange, Answer answer, String body) {
  private static final int SHOWN_CHARS = 2_000;

  /** Where, what was expected, what came, and where the two part. */
  String report() {
    String expected = exchange.head() + "\n" + exchange.body();
    String actual = answer.head() + "\n" + body;
    int parting = parting(expected, actual);
    return name
        + ":"
        + exchange.answerLine()
        + ": "
        + exchange.operation()
        + "\nexpected\n"
        + shown(exchange.head().isEmpty() ? "(nothing is written here yet)" : expected)
        + "\ngot\n"
        + shown(actual)
        + "\nthey part before\n"
        + shown(actual.substring(parting));
  }

  private static int parting(String expected, String actual) {
    int same = 0;
    int most = Math.min(expected.length(), actual.length());
    while (same < most && expected.charAt(same) == actual.charAt(same)) {
      same++;
    }
    return same;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARS
        ? text
        : text.substring(0, SHOWN_CHARS) + "... (" + text.length() + " characters)";
  }
}
