package org.ostraka.voting.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.RecentElections;
import org.ostraka.voting.wire.ResultsJson;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The results of elections, read from the tallies at most once a second, however many watch. Any
 * thread.
 *
 * <p>A watcher gets them as server-sent events (HTML standard, section 9.2): one when they change,
 * and a comment every 15 seconds, by which a connection that is gone is noticed. After five minutes
 * a stream ends, so that whoever waits for a place gets one; a browser opens another one by itself.
 */
final class ResultsFeed {
  static final int MAX_WATCHERS = 1_000;

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final RecentElections elections;
  private final Tallies tallies;
  private final InstantSource clock;
  private final Pause pause;
  private final Recent<String> snapshots;
  private final WatcherPlaces places;

  ResultsFeed(
      RecentElections elections,
      Tallies tallies,
      int maxWatchers,
      InstantSource clock,
      Pause pause) {
    this.places = new WatcherPlaces(maxWatchers, clock);
    this.snapshots = new Recent<>(clock);
    this.elections = elections;
    this.tallies = tallies;
    this.clock = clock;
    this.pause = pause;
  }

  /** Returns the results as JSON, which are at most a second old. */
  String json(Election election) {
    return snapshots.get(
        election.id() + "#" + election.version(),
        () -> ResultsJson.results(election, tallies.of(election), clock.instant()));
  }

  /** Sends results to a watcher for some minutes; returns false when too many watch. */
  boolean watch(HttpExchange exchange, Election election) throws IOException {
    Optional<WatcherPlaces.Place> free = places.take();
    if (free.isEmpty()) {
      return false;
    }
    try (WatcherPlaces.Place place = free.get()) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      // A proxy such as nginx keeps parts of an answer back otherwise.
      exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
      exchange.sendResponseHeaders(Answer.OK, 0);
      send(exchange.getResponseBody(), election.id(), place);
    } catch (IOException gone) {
      // Watchers leave without a word.
    }
    return true;
  }

  private void send(OutputStream to, String id, WatcherPlaces.Place place) throws IOException {
    String last = "";
    Instant sent = clock.instant();
    Instant end = sent.plus(LONGEST);
    while (!Thread.currentThread().isInterrupted() && clock.instant().isBefore(end)) {
      String next = latest(id, last);
      if (!next.equals(last)) {
        place.write(to, "data: " + next + "\n\n");
        last = next;
        sent = clock.instant();
      } else if (clock.instant().isAfter(sent.plus(SILENCE))) {
        place.write(to, ":\n\n");
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
