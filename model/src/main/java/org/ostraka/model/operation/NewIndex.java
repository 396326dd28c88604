package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A requested index; only its own form is checked. Immutable.
 *
 * @param projectionType absent when the projection does not state it
 * @param nonKeyAttributes absent when the projection names none
 * @param throughput present for a global index only
 * @param onDemandMaximum present for a global index only
 * @param warmThroughput present for a global index only
 */
public record NewIndex(
    String name,
    List<KeySchemaElement> keySchema,
    @Nullable String projectionType,
    @Nullable List<String> nonKeyAttributes,
    @Nullable ThroughputUnits throughput,
    @Nullable OnDemandMaximum onDemandMaximum,
    @Nullable WarmThroughputUnits warmThroughput) {
  public NewIndex {
    keySchema = List.copyOf(keySchema);
  }

  /** Makes an index without a request for warm throughput. */
  public NewIndex(
      String name,
      List<KeySchemaElement> keySchema,
      @Nullable String projectionType,
      @Nullable List<String> nonKeyAttributes,
      @Nullable ThroughputUnits throughput,
      @Nullable OnDemandMaximum onDemandMaximum) {
    this(name, keySchema, projectionType, nonKeyAttributes, throughput, onDemandMaximum, null);
  }
}
