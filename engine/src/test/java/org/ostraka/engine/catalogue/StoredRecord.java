package org.ostraka.engine.catalogue;

import org.ostraka.model.TableSize;
import org.ostraka.storage.Store;

/** Stores a table's record as a test wants it, also one that the catalogue would never store. */
public final class StoredRecord {
  private StoredRecord() {}

  public static void put(Store store, TableRecord record) {
    new CatalogueRows(store).put(record.description().arn(), _ -> record, TableSize.EMPTY);
  }
}
