package org.ostraka.model.scaling;

/** Deletes a scaling policy. */
public final class DeleteScalingPolicy {
  private DeleteScalingPolicy() {}

  /** The request. Immutable. */
  public record Request(String name, TargetName target) {}

  /** The response. Immutable. */
  public record Response() {}
}
