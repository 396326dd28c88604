package org.ostraka.model.scaling;

/** Deletes a scheduled action. */
public final class DeleteScheduledAction {
  private DeleteScheduledAction() {}

  /** The request. Immutable. */
  public record Request(String name, TargetName target) {}

  /** The response. Immutable. */
  public record Response() {}
}
