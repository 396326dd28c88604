package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * One entry of ReplicaUpdates, of which exactly one action should be present. Immutable.
 *
 * @param create the region of a replica to add
 * @param update the region of a replica whose settings change
 * @param delete the region of a replica to remove
 * @param disassociate the region of a replica that becomes a table of one region
 * @param settings the settings of the replica that is added or changed
 */
public record ReplicaUpdate(
    @Nullable String create,
    @Nullable String update,
    @Nullable String delete,
    @Nullable String disassociate,
    ReplicaSettings settings) {
  /** Makes an entry that disassociates no replica. */
  public ReplicaUpdate(
      @Nullable String create,
      @Nullable String update,
      @Nullable String delete,
      ReplicaSettings settings) {
    this(create, update, delete, null, settings);
  }
}
