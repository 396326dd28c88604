package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index as a request asks for it, checked for nothing but its own form. Immutable.
 *
 * @param projectionType absent when the projection does not say
 * @param nonKeyAttributes absent when the projection names none
 * @param throughput of a global index only
 * @param onDemandMaximum of a global index only
 */
public record NewIndex(
    String name,
    List<KeySchemaElement> keySchema,
    @Nullable String projectionType,
    @Nullable List<String> nonKeyAttributes,
    @Nullable ThroughputUnits throughput,
    @Nullable OnDemandMaximum onDemandMaximum) {
  public NewIndex {
    keySchema = List.copyOf(keySchema);
  }
}
