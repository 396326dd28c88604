package org.ostraka.model.operation;

/**
 * Creates, changes or describes a global table of version 2017.11.29, which the service has refused
 * since 2026.
 */
public final class LegacyGlobalTable {
  private LegacyGlobalTable() {}

  /**
   * The request. Immutable.
   *
   * @param changes the number of replicas to add or remove
   */
  public record Request(String name, int changes) {}

  /** The response that no request gets. */
  public static final class Response {
    private Response() {}
  }
}
