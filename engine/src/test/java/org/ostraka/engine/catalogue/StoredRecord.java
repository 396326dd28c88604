package org.ostraka.engine.catalogue;

import java.util.List;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Stores a table's record as a test wants it, also one that the catalogue would never store. */
public final class StoredRecord {
  private StoredRecord() {}

  public static void put(Store store, TableRecord record) {
    RowKey key = CatalogueRows.tableKey(record.description().arn());
    Write write = new Write.Put(key, CatalogueRows.bytes(record));
    store.transact(List.of(key), _ -> new Verdict<>(key, List.of(write)));
  }
}
