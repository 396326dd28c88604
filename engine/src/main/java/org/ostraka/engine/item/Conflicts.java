package org.ostraka.engine.item;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.model.error.TransactionConflictException;
import org.ostraka.storage.RowKey;

/**
 * Injected conflicts with transactions, and the items of the transactions under way. Without the
 * {@link Anomalies} that an operator asks for there are no conflicts: transactions and writes wait
 * for each other. Any thread.
 *
 * <p>"Transaction conflict handling" in the Developer Guide: a single write conflicts with a
 * transaction that is under way on its item, and with nothing else.
 */
public final class Conflicts {
  /** No conflicts at all. */
  public static final Conflicts NONE = new Conflicts(Anomalies.NONE);

  private final Anomalies anomalies;
  private final Map<RowKey, Integer> transacted = new ConcurrentHashMap<>();

  public Conflicts(Anomalies anomalies) {
    this.anomalies = anomalies;
  }

  /**
   * Returns the index of the action that meets a conflict, of this many actions of a transaction;
   * empty when none does.
   */
  public OptionalInt among(int actions) {
    return anomalies.conflictAmong(actions);
  }

  /** Begins a transaction on these items. It ends when the result is closed. */
  public Transacted begin(Collection<RowKey> items) {
    List<RowKey> counted = anomalies.transactionsConflict() ? List.copyOf(items) : List.of();
    counted.forEach(item -> transacted.merge(item, 1, Integer::sum));
    return new Transacted(counted);
  }

  /** Refuses, at random, a single write to an item of a transaction under way. */
  void refuse(RowKey item) {
    if (transacted.containsKey(item) && among(1).isPresent()) {
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
