package org.ostraka.transfer;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.item.ReturnedImage;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.table.NewTable;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ApiException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;

/** A table while it is filled by an import. Any thread. */
final class ImportedTable {
  private final Store store;
  private final Catalogue catalogue;
  private final TableDescription planned;
  private final String importArn;

  ImportedTable(Store store, Catalogue catalogue, ImportDescription description) {
    this.store = store;
    this.catalogue = catalogue;
    this.planned = description.table();
    this.importArn = description.arn().toString();
  }

  private TableArn arn() {
    return planned.arn();
  }

  /**
   * Makes the table, unless that is done.
   *
   * @return whether there is the table; otherwise its name belongs to another one
   */
  boolean create() {
    if (record().isPresent()) {
      return true;
    }
    if (catalogue.describe(arn()).isPresent()) {
      return false;
    }
    var made =
        catalogue.create(
            Principal.Service.SERVER,
            arn(),
            existing -> {
              existing.ifPresent(_ -> {
                throw new StorageFailedException("a table of this name has just been made");
              });
              return space -> NewTable.importing(planned, space, importArn);
            });
    return made.stored().description().id().equals(planned.id());
  }

  /** Returns the table's record; empty when there is another table, or none. */
  private Optional<TableRecord> record() {
    return catalogue
        .describe(arn())
        .flatMap(table -> table.current())
        .filter(record -> record.description().id().equals(planned.id()));
  }

  /** Puts the table to use. */
  void finish(EngineSettings settings, Clock clock) {
    if (record().filter(record -> record.recovery().importArn().isPresent()).isPresent()) {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.SERVER,
              arn(),
              record -> _ -> NewTable.filled(record, settings, clock.instant()));
    }
  }

  /** Writes the items of a batch, and notes those that are refused. */
  ImportBatch write(ImportBatch batch) {
    Optional<TableUse> use = catalogue.restore(arn());
    if (use.isEmpty()) {
      throw new StorageFailedException("the table is not being imported any more");
    }
    try (TableUse table = use.get()) {
      List<ItemWrite> writes = new ArrayList<>();
      List<ImportBatch.Placed> placed = new ArrayList<>();
      for (ImportBatch.Placed item : batch.items()) {
        try {
          writes.add(ItemWrite.put(table, item.item(), ConditionCheck.NONE, ReturnedImage.NONE));
          placed.add(item);
        } catch (ApiException refused) {
          batch.refuse(item, refused.text());
        }
      }
      write(writes, placed, batch);
    }
    return batch;
  }

  /** Writes as many items by one decision as the store takes; one by one if it is refused. */
  private void write(List<ItemWrite> writes, List<ImportBatch.Placed> placed, ImportBatch batch) {
    int from = 0;
    while (from < writes.size()) {
      int to = ItemWrites.endOfPart(store.limits(), writes, from, 0);
      try {
        var _ = ItemWrites.apply(store, writes.subList(from, to), Allowance.unlimited());
      } catch (ApiException _) {
        // A collection became too large: find out which items fit.
        for (int i = from; i < to; i++) {
          writeAlone(writes.get(i), placed.get(i), batch);
        }
      }
      from = to;
    }
  }

  private void writeAlone(ItemWrite write, ImportBatch.Placed placed, ImportBatch batch) {
    try {
      var _ = ItemWrites.apply(store, List.of(write), Allowance.unlimited());
    } catch (ApiException refused) {
      batch.refuse(placed, refused.text());
    }
  }
}
