package org.ostraka.testkit.transcript;

import java.util.List;
import java.util.Map;

/**
 * A dialogue with one server, as text. Immutable.
 *
 * <pre>
 * # A comment.
 * {@literal @} setting table-transition 10s
 * {@literal >} PutItem as eu-central-1/AKIDEXAMPLE      the operation; the region and the access key
 * + Content-Type: application/json            an additional header, or another value for a usual one
 * - Authorization                             a usual header that is left out
 * {"TableName":"orders", ...                  the body, which ends at the answer or an empty line
 * {@literal <} 200                                      the status, and the error's name if it is an error
 * {"ConsumedCapacity":{ ...                   the exact body; lines are joined without their indentation
 * {@literal >} Scan 280 times                           a request that is sent again and answered the same each time
 * {@literal @} advance 10s
 * {@literal @} restart
 * </pre>
 *
 * <p>Settings come before the first exchange. Both bodies may contain {@link Placeholders}.
 *
 * @param name its name in failures
 * @param lines all lines of the file
 */
record Transcript(String name, List<String> lines, Map<String, String> settings, List<Step> steps) {
  Transcript {
    lines = List.copyOf(lines);
    settings = Map.copyOf(settings);
    steps = List.copyOf(steps);
  }

  /**
   * Reads a transcript.
   *
   * @throws TranscriptSyntaxException when the lines are not a transcript
   */
  static Transcript parse(String name, List<String> lines) {
    return new TranscriptParser(name, lines).parse();
  }
}
