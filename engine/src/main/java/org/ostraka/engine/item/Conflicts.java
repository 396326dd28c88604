package org.ostraka.engine.item;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.ostraka.model.error.TransactionConflictException;
import org.ostraka.storage.RowKey;

/**
 * Conflicts with transactions that an operator asks for, to see how an application tries again: in
 * Ostraka itself transactions and writes wait for each other. Any thread.
 *
 * <p>"Transaction conflict handling" in the Developer Guide: a single write conflicts with a
 * transaction that is at its item, and with nothing else.
 */
public final class Conflicts {
  /** No conflicts at all. */
  public static final Conflicts NONE = new Conflicts(0, () -> 0);

  private final double rate;
  private final RandomGenerator random;
  private final Map<RowKey, Integer> transacted = new ConcurrentHashMap<>();

  /**
   * @param rate the part of transactions, and of writes while a transaction is at their item, that
   *     meet a conflict: 0 to 1
   * @param random used by one thread at a time
   */
  public Conflicts(double rate, RandomGenerator random) {
    this.rate = rate;
    this.random = random;
  }

  /** Which of a transaction's so many actions meets a conflict, if one does. */
  public OptionalInt among(int actions) {
    if (rate == 0) {
      return OptionalInt.empty();
    }
    synchronized (random) {
      return random.nextDouble() < rate
          ? OptionalInt.of(random.nextInt(actions))
          : OptionalInt.empty();
    }
  }

  /** Begins a transaction at these items, until what is returned is closed. */
  public Transacted begin(Collection<RowKey> items) {
    List<RowKey> counted = rate == 0 ? List.of() : List.copyOf(items);
    counted.forEach(item -> transacted.merge(item, 1, Integer::sum));
    return new Transacted(counted);
  }

  /** Refuses a single write that chance lets meet the transaction that is at its item. */
  void refuse(RowKey item) {
    if (rate > 0 && transacted.containsKey(item) && among(1).isPresent()) {
      throw new TransactionConflictException();
    }
  }

  /** The items of one transaction while it is under way. */
  public final class Transacted implements AutoCloseable {
    private final List<RowKey> items;

    private Transacted(List<RowKey> items) {
      this.items = items;
    }

    @Override
    public void close() {
      items.forEach(
          item -> transacted.computeIfPresent(item, (_, count) -> count == 1 ? null : count - 1));
    }
  }
}
