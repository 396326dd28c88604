package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BillingMode;

/**
 * What a restored table has other than the one that was backed up. Immutable.
 *
 * @param globalIndexes the global indexes to keep; absent for all
 * @param localIndexes the local indexes to keep; absent for all
 */
public record RestoreOverrides(
    @Nullable BillingMode billingMode,
    @Nullable List<NewIndex> globalIndexes,
    @Nullable List<NewIndex> localIndexes,
    @Nullable ThroughputUnits throughput,
    @Nullable OnDemandMaximum onDemandMaximum,
    @Nullable EncryptionSpecification encryption) {
  /** Everything as it was. */
  public static final RestoreOverrides NONE =
      new RestoreOverrides(null, null, null, null, null, null);
}
