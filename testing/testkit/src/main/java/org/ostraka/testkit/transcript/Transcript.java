package org.ostraka.testkit.transcript;

import java.util.List;
import java.util.Map;

/**
 * A dialogue with one server. Immutable.
 *
 * <pre>
 * # A comment.
 * {@literal @} setting table-transition 10s
 * {@literal >} PutItem as eu-central-1/AKIDEXAMPLE      the operation; who asks, and where
 * + Content-Type: application/json            a header beside the usual ones, or instead of one
 * - Authorization                             a usual header that is left out
 * {"TableName":"orders", ...                  the body as it is sent, to the answer or an empty line
 * {@literal <} 200                                      the status, and the name of the error if it is one
 * {"ConsumedCapacity":{ ...                   the body, exactly; lines are joined without their indent
 * {@literal @} advance 10s
 * {@literal @} restart
 * </pre>
 *
 * <p>Settings come before the first exchange. What {@link Placeholders} knows may stand in both
 * bodies.
 *
 * @param name what failures call it
 * @param lines all lines, as they stand in the file
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
   * @throws TranscriptSyntaxException when it is none
   */
  static Transcript parse(String name, List<String> lines) {
    return new TranscriptParser(name, lines).parse();
  }
}
