package org.ostraka.model.scaling;

/** Deletes a scaling policy. */
public final class DeleteScalingPolicy {
  private DeleteScalingPolicy() {}

  /** The request. Immutable. */
  public record Request(String name, String namespace, String resourceId, String dimension) {}

  /** The response. Immutable. */
  public record Response() {}
}
