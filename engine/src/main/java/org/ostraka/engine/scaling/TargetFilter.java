package org.ostraka.engine.scaling;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.TargetKey;

/** Which targets a description is about. Immutable. */
record TargetFilter(String namespace, @Nullable String resourceId, @Nullable String dimension) {

  /** Refuses a dimension without a resource, as the API Reference says. */
  static TargetFilter of(
      String namespace, @Nullable String resourceId, @Nullable String dimension) {
    if (dimension != null && resourceId == null) {
      throw dimensionAlone();
    }
    return new TargetFilter(namespace, resourceId, dimension);
  }

  static ValidationException dimensionAlone() {
    return new ValidationException(
        "If you specify a scalable dimension, you must also specify a resource ID.");
  }

  boolean includes(TargetKey key) {
    return namespace.equals(ScalingAccess.NAMESPACE)
        && (resourceId == null || resourceId.equals(key.resource().toString()))
        && (dimension == null || dimension.equals(key.dimension().toString()));
  }
}
