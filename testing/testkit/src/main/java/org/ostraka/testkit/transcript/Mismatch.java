package org.ostraka.testkit.transcript;

/**
 * An exchange whose answer was not the expected one. Immutable.
 *
 * @param body the answer's body, in which the placeholders of the expected body replace the values
 *     that they match
 */
record Mismatch(String name, Step.Exchange exchange, Answer answer, String body) {
  private static final int SHOWN_CHARS = 2_000;

  /** Returns a report: the place, the expected answer, the actual answer, and where they differ. */
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
