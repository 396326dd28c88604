package org.ostraka.storage.rocksdb;

import java.util.Optional;
import org.rocksdb.RocksDB;

/**
 * RocksDB while it is open, with what closes together with it. One thread opens and closes it.
 *
 * @param witness takes notes of commits; empty where nobody commits
 * @param view the temporary directory that is open instead of the data's, where there is one
 */
record OpenRocks(
    RocksOptions options,
    RocksDB database,
    Optional<DurabilityWitness> witness,
    Optional<CutView> view)
    implements AutoCloseable {

  OpenRocks with(DurabilityWitness newWitness) {
    return new OpenRocks(options, database, Optional.of(newWitness), view);
  }

  OpenRocks with(CutView newView) {
    return new OpenRocks(options, database, witness, Optional.of(newView));
  }

  @Override
  public void close() {
    witness.ifPresent(DurabilityWitness::close);
    database.close();
    witness.ifPresent(DurabilityWitness::finish);
    options.close();
    view.ifPresent(CutView::close);
  }
}
