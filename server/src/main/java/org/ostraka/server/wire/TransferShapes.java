package org.ostraka.server.wire;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ostraka.model.Limits;

/** Shapes of requests about exports and imports. Stateless. */
final class TransferShapes {
  private static final int MIN_ARN_CHARS = 37;
  private static final int MAX_ARN_CHARS = 1_024;
  private static final int MAX_BUCKET_CHARS = 255;
  private static final int MAX_PREFIX_CHARS = 1_024;
  private static final int MAX_KEY_ID_CHARS = 2_048;
  private static final int MAX_PAGE = 25;
  private static final int MAX_TOKEN_CHARS = 1_024;

  /** An export's or import's ARN. */
  static final Shape ARN =
      new Shape.Text(TextRule.atLeast(MIN_ARN_CHARS), TextRule.atMost(MAX_ARN_CHARS));

  static final Shape TABLE_ARN =
      new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.TABLE_ARN_MAX_CHARS));

  /** The service's model has no greatest length; the token is stored, and is part of a key. */
  static final Shape CLIENT_TOKEN =
      new Shape.Text(TextRule.atMost(MAX_TOKEN_CHARS), matching("^[^\\$]+$"));

  /** The service's pattern is only shown: it would take cubic time for a long text. */
  static final Shape BUCKET =
      new Shape.Text(
          TextRule.atMost(MAX_BUCKET_CHARS),
          matching("[a-zA-Z0-9][.\\-\\w]*[a-zA-Z0-9]", "^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$"));

  static final Shape BUCKET_OWNER = new Shape.Text(matching("[0-9]{12}"));

  static final Shape PREFIX = new Shape.Text(TextRule.atMost(MAX_PREFIX_CHARS));

  static final Shape KEY_ID =
      new Shape.Text(TextRule.atLeast(1), TextRule.atMost(MAX_KEY_ID_CHARS));

  static final Shape PAGE = new Shape.Whole(Shape.Width.INTEGER, 1, MAX_PAGE);

  private TransferShapes() {}

  /** Matches a pattern of the service's model as a whole. */
  static TextRule matching(String pattern) {
    return matching(pattern, pattern);
  }

  /** Matches a pattern as a whole; the message shows another one for the same texts. */
  private static TextRule matching(String pattern, String shown) {
    Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
    return (text, path) ->
        compiled.matcher(text).matches()
            ? Optional.empty()
            : Optional.of(
                "Value '"
                    + text
                    + "' at '"
                    + path
                    + "' failed to satisfy constraint: Member must satisfy regular expression"
                    + " pattern: "
                    + shown);
  }
}
