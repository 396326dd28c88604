package org.ostraka.engine.backup;

import java.time.Instant;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.ContinuousBackups;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.Store;

/** The continuous backups of tables, as the API shows them. Any thread. */
public final class ContinuousBackupsView {
  private final BackupRows rows;

  ContinuousBackupsView(BackupRows rows) {
    this.rows = rows;
  }

  public ContinuousBackupsView(Store store) {
    this(new BackupRows(store));
  }

  /** Returns the continuous backups of a table. */
  public ContinuousBackups of(TableRecord record, Instant now) {
    return new ContinuousBackups(
        record.description().status() != TableStatus.CREATING,
        record
            .recovery()
            .pointInTime()
            .map(on -> {
              var chain = rows.chain(on.chain());
              Instant since = chain.map(Chain::since).orElse(on.enabled());
              return new ContinuousBackups.Window(
                  on.days(), Windows.earliest(on, since, now), Windows.latest(on, chain, now));
            }));
  }
}
