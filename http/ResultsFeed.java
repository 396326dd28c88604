package org.ostraka.voting.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.wire.ResultsJson;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The results of elections, read from the tallies at most once a second, however many watch. Any
 * thread.
 *
 * <p>A watcher gets them as server-sent events (HTML standard, section 9.2): one when they change,
 * and a comment every 15 seconds, by which a connection that is gone is noticed.
 */
final class ResultsFeed {
  private static final int MAX_WATCHERS = 1_000;
  private static final int MAX_ELECTIONS = 100;
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final Elections elections;
  private final Tallies tallies;
  private final InstantSource clock;
  private final Pause pause;
  private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final Semaphore watchers = new Semaphore(MAX_WATCHERS);

  private record Snapshot(Instant read, int version, String json) {}

  ResultsFeed(Elections elections, Tallies tallies, InstantSource clock, Pause pause) {
    this.elections = elections;
    this.tallies = tallies;
    this.clock = clock;
    this.pause = pause;
  }

  /** Returns the results as JSON, which are at most a second old. */
  String json(Election election) {
    if (snapshots.size() > MAX_ELECTIONS) {
      snapshots.clear();
    }
    return snapshots
        .compute(
            election.id(),
            (_, last) ->
                last != null
                        && last.version() == election.version()
                        && clock.instant().isBefore(last.read().plus(STEP))
                    ? last
                    : read(election))
        .json();
  }

  private Snapshot read(Election election) {
    Instant now = clock.instant();
    String json = ResultsJson.results(election, tallies.of(election), now);
    return new Snapshot(now, election.version(), json);
  }

  /** Sends results to a watcher until it goes; returns false when there are too many watchers. */
  boolean watch(HttpExchange exchange, Election election) throws IOException {
    if (!watchers.tryAcquire()) {
      return false;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(Answer.OK, 0);
      send(exchange.getResponseBody(), election.id());
    } catch (IOException gone) {
      // Watchers leave without a word.
    } finally {
      watchers.release();
    }
    return true;
  }

  private void send(OutputStream to, String id) throws IOException {
    String last = "";
    Instant sent = clock.instant();
    while (!Thread.currentThread().isInterrupted()) {
      String next = latest(id, last);
      if (!next.equals(last)) {
        to.write(("data: " + next + "\n\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
        last = next;
        sent = clock.instant();
      } else if (clock.instant().isAfter(sent.plus(SILENCE))) {
        to.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        to.flush();
        sent = clock.instant();
      }
      pause.pause(STEP);
    }
  }

  private String latest(String id, String otherwise) {
    try {
      return elections.find(id).map(this::json).orElse(otherwise);
    } catch (SdkException away) {
      return otherwise;
    }
  }
}
