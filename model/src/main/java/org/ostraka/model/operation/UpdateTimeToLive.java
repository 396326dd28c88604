package org.ostraka.model.operation;

/** Makes a table's items expire at the time that an attribute has, or ends that. */
public final class UpdateTimeToLive {
  private UpdateTimeToLive() {}

  /** The request. Immutable. */
  public record Request(String tableName, String attributeName, boolean enabled) {}

  /** The response, which repeats the request. Immutable. */
  public record Response(String attributeName, boolean enabled) {}
}
