package org.ostraka.cli.copy;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ostraka.delivery.Pause;
import org.ostraka.delivery.json.JsonValue;

/**
 * An endpoint that is asked again while it throttles, fails or does not answer: after longer and
 * longer pauses of random length, until they add up to {@link #LONGEST_WAIT}. Any thread.
 */
record PatientEndpoint(Endpoint endpoint, Pause pause, RandomGenerator random) implements Endpoint {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  @Override
  public JsonValue.Members call(Service service, String operation, Map<String, JsonValue> request) {
    long bound = FIRST_PAUSE_MILLIS;
    Duration waited = Duration.ZERO;
    while (true) {
      try {
        return endpoint.call(service, operation, request);
      } catch (EndpointException failed) {
        if (!failed.isPassing() || waited.compareTo(LONGEST_WAIT) > 0) {
          throw failed;
        }
        waited = waited.plus(rest(bound));
        bound = Math.min(bound * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private Duration rest(long bound) {
    Duration rest = Duration.ofMillis(bound / 2 + random.nextLong(bound));
    Waits.rest(pause, rest);
    return rest;
  }
}
