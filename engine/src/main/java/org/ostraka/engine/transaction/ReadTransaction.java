package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.capacity.TableUnits;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Guard;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;

/**
 * Reads of several items as they are at one moment: a decision that writes nothing. Immutable.
 *
 * @param guards the guards of the decision: the tables must still be as they are known here
 */
public record ReadTransaction(List<ItemRead> reads, List<Guard> guards) {
  /** The factor of the cost of transactional requests, compared with the same requests alone. */
  private static final int FACTOR = 2;

  /** Returns the items, in the order in which they were requested. */
  public List<ItemRead.Found> apply(Store store, Allowance allowance) {
    Cancellations.byThrottling(reads, ItemRead::requireRoom);
    List<RowKey> keys = reads.stream().map(ItemRead::key).toList();
    return allowance.transact(
        store, keys, guards, rows -> Verdict.unchanged(found(rows, allowance)));
  }

  private List<ItemRead.Found> found(CurrentRows rows, Allowance allowance) {
    List<ItemRead.Found> all = new ArrayList<>();
    long sizeBytes = 0;
    long rowBytes = 0;
    for (ItemRead read : reads) {
      ItemRead.Found found = read.found(rows.row(read.key()));
      allowance.found(read.key(), found.rowBytes());
      allowance.compute(found.rowBytes() / Allowance.READ_BYTES_PER_UNIT);
      sizeBytes += found.sizeBytes();
      rowBytes += found.rowBytes();
      if (sizeBytes > Limits.TRANSACTION_BYTES) {
        throw tooLarge();
      }
      all.add(found);
    }
    allowance.holdDecided(rowBytes, 0);
    return all;
  }

  /** Charges the tables for what the reads have found. */
  public void charge(Meter meter, List<ItemRead.Found> found) {
    TableUnits units = new TableUnits();
    for (int i = 0; i < reads.size(); i++) {
      double ofRead = FACTOR * found.get(i).units(true);
      units.add(reads.get(i).table(), ofRead);
      reads.get(i).load(meter, ofRead);
    }
    meter.charge(units);
  }

  /**
   * Returns the error for items that are too large together. The service documents the limit, but
   * not its message: the text is our own.
   */
  private static ValidationException tooLarge() {
    return new ValidationException(
        "The aggregate size of the items in the transaction exceeds 4 MB");
  }
}
