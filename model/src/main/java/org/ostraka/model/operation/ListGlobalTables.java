package org.ostraka.model.operation;

/** Lists the global tables of version 2017.11.29, of which there are none. */
public final class ListGlobalTables {
  private ListGlobalTables() {}

  /** The request. Immutable. */
  public record Request() {}

  /** The response, an empty list. Immutable. */
  public record Response() {}
}
