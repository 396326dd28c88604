package org.ostraka.model.scaling;

/** How a request names a scalable target, which there may be or not. Immutable. */
public record TargetName(String namespace, String resourceId, String dimension) {
  /** Returns the words by which errors name the target. */
  public String words() {
    return "service namespace: "
        + namespace
        + ", resource ID: "
        + resourceId
        + ", scalable dimension: "
        + dimension;
  }
}
