package org.ostraka.delivery.trigger;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.settings.TriggerSettings;
import org.ostraka.delivery.wire.DiscardedBatch;
import org.ostraka.delivery.wire.EventWriter;
import org.ostraka.delivery.wire.FunctionAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the batches of one lane: sends each until the function has taken it, or it is given up
 * by the rules of the trigger. See "Error handling" of stream event sources in the AWS Lambda
 * Developer Guide. One thread.
 */
final class BatchDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

  private final TriggerSettings settings;
  private final FunctionEndpoint endpoint;
  private final Optional<DeadLetters> deadLetters;
  private final Source source;
  private final BackOff backOff;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Failures since the last success. */
  private int failures;

  /** Where the events come from. */
  record Source(String shardId, String streamArn) {}

  /**
   * Events that are sent together.
   *
   * @param invocations how often the function has got them
   * @param retries how many of these count
   * @param status the last status that the function gave
   */
  private record Piece(List<Event> events, int invocations, int retries, OptionalInt status) {
    /** Returns the events from an index on; what was done for them stays. */
    Piece from(int index) {
      return new Piece(events.subList(index, events.size()), invocations, retries, status);
    }

    Piece upTo(int index) {
      return new Piece(events.subList(0, index), invocations, retries, status);
    }

    Piece invoked(int lastStatus) {
      OptionalInt known =
          lastStatus == FunctionEndpoint.NO_STATUS
              ? OptionalInt.empty()
              : OptionalInt.of(lastStatus);
      return new Piece(events, invocations + 1, retries, known);
    }

    Piece retried() {
      return new Piece(events, invocations, retries + 1, status);
    }
  }

  BatchDelivery(
      TriggerSettings settings,
      FunctionEndpoint endpoint,
      Optional<DeadLetters> deadLetters,
      Source source,
      BackOff backOff,
      InstantSource clock,
      RandomGenerator random) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.deadLetters = deadLetters;
    this.source = source;
    this.backOff = backOff;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Delivers a batch.
   *
   * @param delivered is told of events when they are delivered or given up
   */
  void deliver(List<Event> batch, Consumer<List<Event>> delivered) throws InterruptedException {
    Deque<Piece> pieces = new ArrayDeque<>();
    pieces.add(new Piece(batch, 0, 0, OptionalInt.empty()));
    while (!pieces.isEmpty()) {
      Piece piece = withoutExpired(pieces.remove(), delivered);
      if (!piece.events().isEmpty()) {
        send(piece, pieces, delivered);
      }
    }
  }

  /** Gives up the events that are too old; the oldest come first. */
  private Piece withoutExpired(Piece piece, Consumer<List<Event>> delivered)
      throws InterruptedException {
    Optional<Instant> oldest = settings.maxRecordAge().map(clock.instant()::minus);
    int expired = 0;
    while (oldest.isPresent()
        && expired < piece.events().size()
        && piece.events().get(expired).moment().isBefore(oldest.get())) {
      expired++;
    }
    if (expired == 0) {
      return piece;
    }
    Piece lost = piece.upTo(expired);
    discard(lost, DiscardedBatch.Condition.RECORD_AGE_EXCEEDED);
    delivered.accept(lost.events());
    return piece.from(expired);
  }

  private void send(Piece piece, Deque<Piece> pieces, Consumer<List<Event>> delivered)
      throws InterruptedException {
    switch (endpoint.invoke(event(piece))) {
      case FunctionEndpoint.Answered(byte[] body) -> {
        Piece invoked = piece.invoked(200);
        int failed = firstFailed(invoked, body);
        delivered.accept(invoked.events().subList(0, failed));
        if (failed == invoked.events().size()) {
          failures = 0;
        } else {
          failed(invoked.from(failed), failed > 0, "some of its records failed", pieces, delivered);
        }
      }
      case FunctionEndpoint.Failed(String reason, int status) ->
          failed(piece.invoked(status), false, reason, pieces, delivered);
      case FunctionEndpoint.Unreached(String reason) -> {
        // Nobody has seen the records: that is not one of their retries.
        pieces.addFirst(piece);
        rest(piece, reason);
      }
    }
  }

  /**
   * Returns the index of the first event that failed, or the number of events when none did. An
   * answer that names another record than those of the batch means that all failed.
   */
  private int firstFailed(Piece piece, byte[] body) {
    List<Event> events = piece.events();
    if (!settings.reportsItemFailures()) {
      return events.size();
    }
    return switch (FunctionAnswer.of(body)) {
      case FunctionAnswer.Success _ -> events.size();
      case FunctionAnswer.Malformed _ -> 0;
      case FunctionAnswer.ItemFailures(List<String> numbers) -> {
        List<String> known = events.stream().map(Event::sequenceNumber).toList();
        yield known.containsAll(numbers)
            ? numbers.stream().mapToInt(known::indexOf).min().orElse(0)
            : 0;
      }
    };
  }

  /**
   * Decides what to do with events that failed.
   *
   * @param isSplit whether others of their batch succeeded
   */
  private void failed(
      Piece piece,
      boolean isSplit,
      String reason,
      Deque<Piece> pieces,
      Consumer<List<Event>> delivered)
      throws InterruptedException {
    if (settings.bisects() && (isSplit || piece.events().size() > 1)) {
      // Splitting a batch is not one of its retries.
      if (isSplit) {
        pieces.addFirst(piece);
      } else {
        int half = piece.events().size() / 2;
        pieces.addFirst(piece.from(half));
        pieces.addFirst(piece.upTo(half));
      }
    } else if (settings.maxRetries().isPresent()
        && piece.retries() >= settings.maxRetries().getAsInt()) {
      discard(piece, DiscardedBatch.Condition.RETRY_ATTEMPTS_EXHAUSTED);
      delivered.accept(piece.events());
      return;
    } else {
      pieces.addFirst(piece.retried());
    }
    rest(piece, reason);
  }

  private void rest(Piece piece, String reason) throws InterruptedException {
    failures++;
    if (BackOff.isLogged(failures)) {
      LOG.warn(
          "trigger {} could not deliver {} records of {} (failure {} in a row): {}",
          settings.name(),
          piece.events().size(),
          source.shardId(),
          failures,
          reason);
    }
    backOff.await(failures, untilExpired(piece.events().getFirst()));
  }

  private Duration untilExpired(Event event) {
    return settings
        .maxRecordAge()
        .map(age -> Duration.between(clock.instant(), event.moment().plus(age)).plusMillis(1))
        .filter(left -> left.isPositive())
        .orElse(backOff.max());
  }

  /** Notes a batch that is given up; tries until that is on the disk. */
  private void discard(Piece piece, DiscardedBatch.Condition condition)
      throws InterruptedException {
    List<Event> events = piece.events();
    LOG.error(
        "trigger {} gives up {} records of {}, {} to {}: {}",
        settings.name(),
        events.size(),
        source.shardId(),
        events.getFirst().sequenceNumber(),
        events.getLast().sequenceNumber(),
        condition);
    if (deadLetters.isEmpty()) {
      return;
    }
    byte[] line = discarded(piece, condition).line();
    for (int attempt = 1; ; attempt++) {
      try {
        deadLetters.get().append(line);
        return;
      } catch (IOException failed) {
        if (BackOff.isLogged(attempt)) {
          LOG.error("trigger {} cannot write its dead letters", settings.name(), failed);
        }
        backOff.await(attempt);
      }
    }
  }

  private DiscardedBatch discarded(Piece piece, DiscardedBatch.Condition condition) {
    return new DiscardedBatch(
        clock.instant(),
        new UUID(random.nextLong(), random.nextLong()).toString(),
        functionArn(),
        condition,
        piece.invocations(),
        piece.status(),
        source.shardId(),
        source.streamArn(),
        edge(piece.events().getFirst()),
        edge(piece.events().getLast()),
        piece.events().size(),
        event(piece));
  }

  /** A trigger is a function of the table's account, by its name. */
  private String functionArn() {
    return "arn:aws:lambda:"
        + settings.table().owner().region()
        + ":"
        + settings.table().owner().account()
        + ":function:"
        + settings.name();
  }

  private static DiscardedBatch.Edge edge(Event event) {
    return new DiscardedBatch.Edge(event.sequenceNumber(), event.moment());
  }

  private static byte[] event(Piece piece) {
    return EventWriter.event(piece.events().stream().map(Event::json).toList());
  }
}
