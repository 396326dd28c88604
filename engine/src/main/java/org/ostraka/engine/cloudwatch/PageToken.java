package org.ostraka.engine.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.ostraka.model.cloudwatch.CloudWatchError;

/**
 * Where the next page begins. Immutable.
 *
 * @param request what tells the request from others, whose tokens are not accepted
 * @param place the number of the entry
 * @param second the last second of this entry that was shown; {@link #FROM_THE_BEGINNING} when none
 *     was
 */
record PageToken(int request, int place, long second) {
  static final long FROM_THE_BEGINNING = Long.MIN_VALUE;

  private static final String WORD = "cloudwatch";
  private static final int PARTS = 4;

  /** Refuses a negative place, which a forged token may have. */
  PageToken {
    if (place < 0) {
      throw new IllegalArgumentException("The place is negative");
    }
  }

  String text() {
    String parts = WORD + ":" + request + ":" + place + ":" + second;
    return Base64.getEncoder().encodeToString(parts.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a token.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when it is not one of this request
   */
  static PageToken of(String text, int request) {
    try {
      String[] parts =
          new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII).split(":", -1);
      if (parts.length == PARTS && parts[0].equals(WORD) && Integer.parseInt(parts[1]) == request) {
        return new PageToken(request, Integer.parseInt(parts[2]), Long.parseLong(parts[PARTS - 1]));
      }
    } catch (IllegalArgumentException _) {
      // It is refused below.
    }
    throw CloudWatchError.INVALID_NEXT_TOKEN.because("The next token is invalid.");
  }
}
