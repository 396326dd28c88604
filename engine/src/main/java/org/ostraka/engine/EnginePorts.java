package org.ostraka.engine;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.ostraka.engine.backup.ArchiveAccess;
import org.ostraka.engine.encryption.KeyAccess;
import org.ostraka.engine.gate.AccountPermissions;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.engine.operation.Anomalies;
import org.ostraka.engine.region.Peers;
import org.ostraka.engine.transfer.TransferAccess;

/**
 * What the engine asks of others.
 *
 * @param indexesAdded run when there may be an index to build
 * @param archive the archive of backups
 * @param transfers the exports and imports
 * @param peers the regions that tables may be replicated to
 * @param keys the key service of the keys that tables name
 * @param nanoTime the time in nanoseconds, from any origin
 */
public record EnginePorts(
    Permissions permissions,
    Capacity capacity,
    Anomalies anomalies,
    Runnable indexesAdded,
    ArchiveAccess archive,
    TransferAccess transfers,
    Peers peers,
    KeyAccess keys,
    LongSupplier nanoTime) {
  /**
   * Returns the usual ports: accounts and policies of tables decide who may do what, capacity is
   * unlimited, there are no faults, nobody to tell of indexes to build, and no other regions.
   */
  public static EnginePorts standard(InstantSource clock) {
    return new EnginePorts(
        new AccountPermissions(clock),
        Capacity.UNLIMITED,
        Anomalies.NONE,
        () -> {},
        ArchiveAccess.UNTOLD,
        TransferAccess.UNTOLD,
        Peers.NONE,
        KeyAccess.NONE,
        () -> clock.instant().toEpochMilli() * 1_000_000);
  }

  public EnginePorts withPermissions(Permissions other) {
    return new EnginePorts(
        other, capacity, anomalies, indexesAdded, archive, transfers, peers, keys, nanoTime);
  }

  public EnginePorts withCapacity(Capacity other) {
    return new EnginePorts(
        permissions, other, anomalies, indexesAdded, archive, transfers, peers, keys, nanoTime);
  }

  public EnginePorts withAnomalies(Anomalies other) {
    return new EnginePorts(
        permissions, capacity, other, indexesAdded, archive, transfers, peers, keys, nanoTime);
  }

  public EnginePorts withArchive(ArchiveAccess other) {
    return new EnginePorts(
        permissions, capacity, anomalies, indexesAdded, other, transfers, peers, keys, nanoTime);
  }

  public EnginePorts withKeys(KeyAccess other) {
    return new EnginePorts(
        permissions, capacity, anomalies, indexesAdded, archive, transfers, peers, other, nanoTime);
  }

  public EnginePorts withPeers(Peers other) {
    return new EnginePorts(
        permissions, capacity, anomalies, indexesAdded, archive, transfers, other, keys, nanoTime);
  }
}
