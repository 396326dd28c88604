package org.ostraka.engine.load;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Decision;
import org.ostraka.storage.Guard;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/**
 * The limits of one request: memory for its answer and for the rows that it writes, and computing
 * on the thread that carries it out. One thread at a time.
 *
 * <p>A unit of work is one value of an item made into an object, or one kilobyte looked through:
 * some hundred nanoseconds. A request that computes keeps its virtual thread's carrier, so it may
 * compute little on a shared thread.
 */
public final class Allowance {
  /** The work that a request may do on a shared thread: about a millisecond. */
  public static final int SHARED_THREAD_WORK = 8_000;

  /** The bytes of rows whose reading counts as one unit. */
  public static final int READ_BYTES_PER_UNIT = 256;

  /**
   * A decision without room waits for this many times the room that it asked for, since it may ask
   * for more later.
   */
  private static final int AHEAD = 2;

  /** The memory of allowances without limits, which nobody asks. */
  private static final HeavyRows FORGOTTEN = new HeavyRows();

  private final Room answer;
  private final Room rows;
  private final HeavyRows heavyRows;
  private final boolean shared;
  private long work;
  private long answerBytes;

  /** Work of remembered rows that was counted before they were read. */
  private long countedAhead;

  /** Whether any row of the request was remembered. */
  private boolean rowsAreKnown;

  private int largeRows;
  private @Nullable RowKey largeRow;
  private int largeRowUnits;

  private Allowance(Room answer, Room rows, HeavyRows heavyRows, boolean shared) {
    this.answer = answer;
    this.rows = rows;
    this.heavyRows = heavyRows;
    this.shared = shared;
  }

  /**
   * Makes the allowance of a request on a thread that other requests need.
   *
   * @param answer room for the answer, from reading its rows to sending it
   * @param rows room for the rows that the request writes, until they are durable
   * @param heavyRows the rows that were much work before
   */
  public static Allowance onSharedThread(Room answer, Room rows, HeavyRows heavyRows) {
    return new Allowance(answer, rows, heavyRows, true);
  }

  /** Makes the allowance of a request on a platform thread, where it may compute without limit. */
  public static Allowance onOwnThread(Room answer, Room rows, HeavyRows heavyRows) {
    return new Allowance(answer, rows, heavyRows, false);
  }

  /** Returns the allowance with which the same request continues on a platform thread. */
  public Allowance goingOnElsewhere() {
    Allowance elsewhere = onOwnThread(answer, rows, heavyRows);
    elsewhere.answerBytes = answerBytes;
    return elsewhere;
  }

  /** Returns an allowance without limits. */
  public static Allowance unlimited() {
    return onOwnThread(Room.ENDLESS, Room.ENDLESS, FORGOTTEN);
  }

  /**
   * Counts work before it is done. Must not be called after a change was made.
   *
   * @throws TooMuchWorkException when the total is too much for this thread
   */
  public void compute(long units) {
    long ahead = Math.min(countedAhead, units);
    countedAhead -= ahead;
    count(units - ahead);
  }

  private void count(long units) {
    work += units;
    if (shared && work > SHARED_THREAD_WORK) {
      if (largeRow != null && largeRows == 1) {
        heavyRows.remember(largeRow, SHARED_THREAD_WORK + 1);
      }
      throw new TooMuchWorkException();
    }
  }

  /**
   * Counts the work that a row is known to be, before it is read. Must not be called after a change
   * was made.
   *
   * @throws TooMuchWorkException when the total is too much for this thread
   */
  public void expect(RowKey key) {
    int units = heavyRows.work(key);
    if (units > 0) {
      rowsAreKnown = true;
      if (shared) {
        countedAhead += units;
        count(units);
      }
    }
  }

  /** Notes how large a row is that was read, for later requests on it. */
  public void found(RowKey key, long bytes) {
    if (bytes >= HeavyRows.LARGE_BYTES) {
      foundLarge(key, (int) (bytes / READ_BYTES_PER_UNIT));
    } else if (rowsAreKnown && heavyRows.work(key) > 0) {
      heavyRows.remember(key, 0);
    }
  }

  private void foundLarge(RowKey key, int units) {
    if (!key.equals(largeRow)) {
      largeRows++;
      largeRow = key;
      largeRowUnits = units;
    }
    if (heavyRows.work(key) < units) {
      heavyRows.remember(key, units);
    }
  }

  /**
   * Notes that a request on a platform thread is done. If a shared thread could have carried it
   * out, the next request on its row is tried there again.
   */
  public void done() {
    if (largeRow != null && largeRows == 1 && work <= SHARED_THREAD_WORK) {
      heavyRows.remember(largeRow, largeRowUnits);
    }
  }

  /**
   * Holds room for an answer of so many bytes, instead of the room held before. Must not be called
   * after a change was made.
   *
   * @throws OverloadedException when there is no room now
   */
  public void holdAnswer(long bytes) {
    if (!tryHoldAnswer(bytes)) {
      throw new OverloadedException("there is no room for the answer");
    }
  }

  /**
   * Does the same as {@link #holdAnswer}, but returns false when there is no room; the room held
   * before stays held.
   */
  public boolean tryHoldAnswer(long bytes) {
    boolean held = answer.hold(bytes);
    answerBytes = held ? bytes : answerBytes;
    return held;
  }

  /** Returns the bytes that are held for the answer. */
  public long answerBytes() {
    return answerBytes;
  }

  /** Holds room for the outcome of a decision of {@link #transact}, or abandons the decision. */
  public void holdDecided(long answerBytes, long rowBytes) {
    if (!tryHoldAnswer(answerBytes) || !rows.hold(rowBytes)) {
      throw new NoRoomException(answerBytes, rowBytes);
    }
  }

  /**
   * Has the store take a decision, unless its rows are known to be too much work for this thread. A
   * decision without room is abandoned and taken again once there is room. So no request waits for
   * room while it holds locks of rows.
   *
   * @param guards rows that must be as the decision expects
   * @throws OverloadedException when there was no room in time; nothing was done
   * @throws TooMuchWorkException when the rows are too much work for this thread
   */
  public <T> T transact(
      Store store, Collection<RowKey> keys, Collection<Guard> guards, Decision<T> decision) {
    keys.forEach(this::expect);
    try {
      while (true) {
        try {
          return store.transact(keys, guards, decision);
        } catch (NoRoomException wanted) {
          awaitRoom(wanted);
        }
      }
    } finally {
      rows.hold(0);
    }
  }

  private void awaitRoom(NoRoomException wanted) {
    rows.hold(0);
    if (!answer.await(AHEAD * wanted.answerBytes()) || !rows.await(AHEAD * wanted.rowBytes())) {
      throw new OverloadedException("there was no room in time for what the request asks");
    }
  }
}
