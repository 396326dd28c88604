package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.TableClass;

/**
 * The settings that a request gives to one replica. Immutable.
 *
 * @param keyId the key that encrypts the replica
 * @param readUnits the provisioned read units
 * @param maxReadUnits the maximum of read request units
 * @param indexes the settings of the replica's global indexes
 */
public record ReplicaSettings(
    @Nullable String keyId,
    @Nullable TableClass tableClass,
    @Nullable Long readUnits,
    @Nullable Long maxReadUnits,
    List<OfIndex> indexes) {
  public static final ReplicaSettings NONE = new ReplicaSettings(null, null, null, null, List.of());

  public ReplicaSettings {
    indexes = List.copyOf(indexes);
  }

  /** The settings of a global index of the replica. Immutable. */
  public record OfIndex(String name, @Nullable Long readUnits, @Nullable Long maxReadUnits) {
    private boolean isEmpty() {
      return readUnits == null && maxReadUnits == null;
    }
  }

  /** Returns whether nothing is set. */
  public boolean isEmpty() {
    return keyId == null
        && tableClass == null
        && readUnits == null
        && maxReadUnits == null
        && indexes.stream().allMatch(OfIndex::isEmpty);
  }
}
