package org.ostraka.model.scaling;

/** Deregisters a scalable target with its policies and scheduled actions. */
public final class DeregisterScalableTarget {
  private DeregisterScalableTarget() {}

  /** The request. Immutable. */
  public record Request(TargetName target) {}

  /** The response. Immutable. */
  public record Response() {}
}
