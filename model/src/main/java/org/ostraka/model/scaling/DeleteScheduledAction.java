package org.ostraka.model.scaling;

/** Deletes a scheduled action. */
public final class DeleteScheduledAction {
  private DeleteScheduledAction() {}

  /** The request. Immutable. */
  public record Request(String name, String namespace, String resourceId, String dimension) {}

  /** The response. Immutable. */
  public record Response() {}
}
