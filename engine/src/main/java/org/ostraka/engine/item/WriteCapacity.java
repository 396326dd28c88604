package org.ostraka.engine.item;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.index.entry.IndexChange;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.Traffic;
import org.ostraka.storage.RowKey;

/** The capacity that a write of one item needs. Immutable; valid as long as the table's use. */
public record WriteCapacity(TableUse table, RowKey key) {
  /**
   * Refuses the write when the table has no room for it.
   *
   * @throws org.ostraka.model.error.ThrottledException when it has none
   */
  public void requireRoom() {
    table.headroom().require(Traffic.WRITE, Optional.empty(), Optional.of(key.partition()));
  }

  /**
   * Refuses the write when a global index that it changes has no room. "Global secondary indexes"
   * in the Developer Guide: such an index throttles the writes to its table.
   */
  void requireRoomOfIndexes(ItemChange change) {
    for (IndexChange index : change.indexes()) {
      if (index.index() instanceof GlobalIndex global && index.units() > 0) {
        for (Bytes partition : index.partitions()) {
          table
              .headroom()
              .require(Traffic.WRITE, Optional.of(global.name()), Optional.of(partition));
        }
      }
    }
  }

  /** Charges the table and its indexes for the change. */
  public void charge(Meter meter, ItemChange change) {
    meter.charge(table.arn(), change.cost());
    load(meter, change, 1);
  }

  /** Charges the table for the refused write. */
  public void chargeRefused(Meter meter, double units) {
    meter.chargeFailed(table.arn(), units);
    if (units > 0) {
      load(meter, units);
    }
  }

  /**
   * Notes the partitions that provided the change.
   *
   * @param factor what the units of the table itself are multiplied with
   */
  public void load(Meter meter, ItemChange change, int factor) {
    double own = change.tableUnits() * factor;
    for (IndexChange index : change.indexes()) {
      if (index.index() instanceof GlobalIndex global) {
        List<Bytes> partitions = index.partitions();
        for (Bytes partition : partitions) {
          load(meter, Optional.of(global.name()), partition, index.units() / partitions.size());
        }
      } else {
        own += index.units();
      }
    }
    load(meter, own);
  }

  private void load(Meter meter, double units) {
    meter.load(
        new Load(
            table.arn(),
            Traffic.WRITE,
            Optional.empty(),
            Optional.of(key.partition()),
            Optional.of(key.sort()),
            units));
  }

  private void load(Meter meter, Optional<IndexName> index, Bytes partition, double units) {
    meter.load(new Load(table.arn(), Traffic.WRITE, index, Optional.of(partition), units));
  }
}
