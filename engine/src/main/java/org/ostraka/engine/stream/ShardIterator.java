package org.ostraka.engine.stream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.ostraka.model.StreamArn;
import org.ostraka.model.error.ExpiredIteratorException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;

/**
 * A ShardIterator: a place in a shard of a stream, and when it was asked for. Immutable.
 *
 * <pre>
 * text    ARN | 1 | Base64 of version(1) space(8) after(8) milliseconds(8)
 * </pre>
 *
 * <p>The outer form is the service's (LocalStack pull request 8439). Whoever makes up an iterator
 * reads nothing that it may not read: the shard must belong to the stream, and the stream's
 * permission is judged.
 *
 * @param shard the space of the shard
 * @param after the position after which reading begins
 * @param made when the iterator was made
 */
record ShardIterator(StreamArn stream, Space shard, Position after, Instant made) {
  /** How long an iterator may be used ("GetShardIterator" in the API reference). */
  static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final byte VERSION = 1;
  private static final int BYTES = 1 + 3 * Long.BYTES;
  private static final String SEPARATOR = "|1|";

  /**
   * Reads an iterator.
   *
   * @throws ValidationException when {@link #text} cannot have written it
   */
  static ShardIterator of(String text) {
    int end = text.indexOf(SEPARATOR);
    StreamArn arn =
        StreamArn.parse(end < 0 ? "" : text.substring(0, end)).orElseThrow(ShardIterator::invalid);
    try {
      ByteBuffer in =
          ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(end + SEPARATOR.length())));
      if (in.remaining() != BYTES || in.get() != VERSION) {
        throw invalid();
      }
      return new ShardIterator(
          arn,
          new Space(in.getLong()),
          new Position(in.getLong()),
          Instant.ofEpochMilli(in.getLong()));
    } catch (IllegalArgumentException | BufferUnderflowException _) {
      throw invalid();
    }
  }

  String text() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put(VERSION).putLong(shard.id()).putLong(after.value()).putLong(made.toEpochMilli());
    return stream + SEPARATOR + Base64.getEncoder().encodeToString(out.array());
  }

  ShardIterator goingOn(Position next, Instant now) {
    return new ShardIterator(stream, shard, next, now);
  }

  /** The service's text is not known: this one is ours. */
  void requireFresh(Instant now) {
    if (now.isAfter(made.plus(LIFETIME))) {
      throw new ExpiredIteratorException(
          "The shard iterator has expired: it is older than " + LIFETIME.toMinutes() + " minutes");
    }
  }

  private static ValidationException invalid() {
    return new ValidationException("Invalid ShardIterator");
  }
}
