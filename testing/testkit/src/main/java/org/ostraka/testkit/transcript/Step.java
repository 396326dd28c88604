package org.ostraka.testkit.transcript;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A step of a transcript. Immutable. */
sealed interface Step {

  /** Returns the number of the step's first line, from 1. */
  int line();

  /**
   * A request and its answer.
   *
   * @param times how often the request is sent; each time it is answered the same
   * @param headers headers beside the usual ones, or instead of them
   * @param withoutHeaders the usual headers that the request does not have
   * @param answerLine the number of the first line of the answer, from 1
   * @param endLine the number of the line after the answer
   * @param head the answer's first line; empty when the transcript has no answer yet
   * @param body the answer's body, its lines joined; it may hold placeholders
   */
  record Exchange(
      int line,
      String operation,
      String region,
      String accessKey,
      int times,
      Map<String, String> headers,
      Set<String> withoutHeaders,
      String request,
      int answerLine,
      int endLine,
      String head,
      String body)
      implements Step {
    public Exchange {
      headers = Map.copyOf(headers);
      withoutHeaders = Set.copyOf(withoutHeaders);
    }
  }

  /** Lets time pass. */
  record Advance(int line, Duration time) implements Step {}

  /** Stops the server and starts it again. */
  record Restart(int line) implements Step {}
}
