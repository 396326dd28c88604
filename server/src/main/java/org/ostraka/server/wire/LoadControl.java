package org.ostraka.server.wire;

import java.time.Duration;
import java.util.function.Consumer;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.load.HeavyRows;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.load.SharedRoom;
import org.ostraka.engine.load.TooMuchWorkException;
import org.ostraka.server.work.HeavyWork;

/**
 * The limits on memory and computing of all requests in flight together. Any thread.
 *
 * @param heavy carries out requests that compute for long
 * @param ordinary room for the objects of requests of ordinary size
 * @param large room for the objects of larger requests, kept apart so that they cannot take that of
 *     the others
 * @param rows room for rows that are being written
 * @param heavyRows the rows that were much work before
 */
public record LoadControl(
    HeavyWork heavy, SharedRoom ordinary, SharedRoom large, SharedRoom rows, HeavyRows heavyRows) {
  /** The largest estimated memory of a request of ordinary size. */
  private static final long ORDINARY_BYTES = 64 * 1024;

  /** Objects of requests of ordinary size may take 1/8 of the heap. */
  private static final int HEAP_PER_ORDINARY = 8;

  /** Objects of larger requests may take 1/4 of the heap. */
  private static final int HEAP_PER_LARGE = 4;

  /**
   * Rows that are being written may take 1/16 of the heap, and as much again while they are
   * committed.
   */
  private static final int HEAP_PER_ROWS = 16;

  /** The room in the smallest heap, enough for the largest request. */
  private static final long LEAST_BYTES = 32L << 20;

  /** How long a write waits for room before it is refused. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Makes the limits of a process whose heap may grow to so many bytes. */
  public static LoadControl forHeap(long heapBytes, HeavyWork heavy) {
    return new LoadControl(
        heavy,
        room(heapBytes / HEAP_PER_ORDINARY),
        room(heapBytes / HEAP_PER_LARGE),
        room(heapBytes / HEAP_PER_ROWS),
        new HeavyRows());
  }

  /** Returns room for the objects of a request. */
  public Room forObjects(long bytes) {
    return (bytes <= ORDINARY_BYTES ? ordinary : large).share();
  }

  /**
   * Makes an answer's JSON, on a heavy thread if it is much work.
   *
   * @param members writes the same members at each call
   * @throws org.ostraka.engine.load.OverloadedException when the answer is repeatable and there is
   *     no room for it
   */
  JsonBody told(Consumer<JsonOutput> members, Allowance allowance, JsonAnswer.Kind kind) {
    long itemBytes = allowance.answerBytes();
    try {
      return JsonAnswer.object(members, allowance, kind);
    } catch (TooMuchWorkException _) {
      allowance.holdAnswer(itemBytes);
      return heavy.finish(() -> JsonAnswer.object(members, allowance.goingOnElsewhere(), kind));
    }
  }

  private static SharedRoom room(long bytes) {
    return new SharedRoom(Math.max(LEAST_BYTES, bytes), PATIENCE);
  }
}
