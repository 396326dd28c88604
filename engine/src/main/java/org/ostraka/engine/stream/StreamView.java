package org.ostraka.engine.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.engine.gate.AdmittedStream;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamStatus;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.Space;

/**
 * A stream as its readers see it at a moment. Immutable.
 *
 * @param shards the shards that can be read, older ones first
 */
public record StreamView(LogHistory.Stream stream, List<LogHistory.Shard> shards) {
  /** How long records, closed shards and disabled streams can be read. */
  static final Duration RETENTION = Duration.ofHours(24);

  /** How many digits of an id say when the shard was opened. */
  private static final int OPENED_DIGITS = 20;

  /** Spreads the numbers of spaces over the hexadecimal digits of shards' ids. */
  private static final int SPREAD = 0x9E3779B9;

  /** Returns the stream of an ARN that a request names. */
  static StreamArn arn(String text) {
    return StreamArn.parse(text).orElseThrow(() -> new ValidationException("Invalid StreamArn"));
  }

  /**
   * Returns a stream now.
   *
   * @throws ResourceNotFoundException when there is no such stream, or none any more
   */
  static StreamView of(AdmittedStream admitted, Instant now) {
    LogHistory history = admitted.history();
    LogHistory.Stream stream =
        history.stream(admitted.arn().label())
            .filter(each -> isReadable(each, now))
            .orElseThrow(() -> notFound("Stream: " + admitted.arn() + " not found"));
    return new StreamView(
        stream,
        history.shardsOf(stream).stream()
            .filter(shard -> isReadable(shard.closed(), now))
            .toList());
  }

  static boolean isReadable(LogHistory.Stream stream, Instant now) {
    return isReadable(stream.disabled(), now);
  }

  private static boolean isReadable(Optional<Instant> ended, Instant now) {
    return ended.map(end -> now.isBefore(end.plus(RETENTION))).orElse(true);
  }

  /**
   * Returns the stream's state.
   *
   * @param transition how long a change of the table takes
   */
  StreamStatus status(Instant now, Duration transition) {
    if (stream.disabled().isPresent()) {
      boolean changing = now.isBefore(stream.disabled().get().plus(transition));
      return changing ? StreamStatus.DISABLING : StreamStatus.DISABLED;
    }
    boolean changing = now.isBefore(stream.enabled().plus(transition));
    return changing ? StreamStatus.ENABLING : StreamStatus.ENABLED;
  }

  /** Returns the shard with an id. */
  LogHistory.Shard shard(String id) {
    return shards.stream()
        .filter(shard -> hasId(shard, id))
        .findFirst()
        .orElseThrow(StreamView::noShard);
  }

  /** Returns the shards after the one with an id; all of them when none has it. */
  List<LogHistory.Shard> after(String id) {
    for (int at = 0; at < shards.size(); at++) {
      if (hasId(shards.get(at), id)) {
        return shards.subList(at + 1, shards.size());
      }
    }
    return shards;
  }

  private static boolean hasId(LogHistory.Shard shard, String id) {
    return id(shard.log()).equals(id);
  }

  /** Returns the shard with a space. */
  LogHistory.Shard shard(Space space) {
    return shards.stream()
        .filter(shard -> shard.space().equals(space))
        .findFirst()
        .orElseThrow(StreamView::noShard);
  }

  /** Returns the ids of the shards that the stream shows, by their spaces. */
  Map<Space, String> ids() {
    Map<Space, String> ids = HashMap.newHashMap(shards.size());
    shards.forEach(shard -> ids.put(shard.space(), id(shard.log())));
    return ids;
  }

  /**
   * Returns a shard's id: when it was opened in milliseconds, which clients read, and eight digits
   * that tell it from others.
   */
  public static String id(LogShard shard) {
    String opened = Long.toString(shard.opened().toEpochMilli());
    return "shardId-"
        + "0".repeat(OPENED_DIGITS - opened.length())
        + opened
        + '-'
        + HexFormat.of().toHexDigits((int) shard.space().id() * SPREAD);
  }

  private static ResourceNotFoundException noShard() {
    return notFound("Shard does not exist");
  }

  private static ResourceNotFoundException notFound(String what) {
    return new ResourceNotFoundException("Requested resource not found: " + what);
  }
}
