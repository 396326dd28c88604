package org.ostraka.server.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.model.error.ApiException;

/**
 * A service of the API: its operations by their targets, the names that scope its requests'
 * credentials, and the namespace of its errors. Immutable.
 */
public final class Service {
  private final List<String> scopes;
  private final String namespace;
  private final Map<String, Operation> operations;

  private Service(List<String> scopes, String namespace, Map<String, Operation> operations) {
    this.scopes = List.copyOf(scopes);
    this.namespace = namespace;
    this.operations = Map.copyOf(operations);
  }

  /**
   * Returns the names that a credential's scope may have for this service. Messages name the first
   * as the correct one.
   */
  public List<String> scopes() {
    return scopes;
  }

  /** Returns the body of an answer that refuses a request to this service. */
  public byte[] error(ApiException error) {
    return ErrorBody.of(error, namespace);
  }

  /** Returns the body of an answer that says that the server failed. */
  public byte[] internalServerError(String message) {
    return ErrorBody.internalServerError(message, namespace);
  }

  /** Returns the operations by their targets, which the header {@code X-Amz-Target} names. */
  Map<String, Operation> operations() {
    return operations;
  }

  /** Collects the operations of a service. One thread. */
  static final class Builder {
    private final List<String> scopes;
    private final String namespace;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private String targetPrefix = "";

    /**
     * Begins a service without operations.
     *
     * @param scopes the service's names in the scopes of credentials, at least one
     * @param namespace the namespace of its errors, such as {@code
     *     com.amazonaws.dynamodb.v20120810}
     */
    Builder(List<String> scopes, String namespace) {
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("a service has a name in the scope of credentials");
      }
      this.scopes = scopes;
      this.namespace = namespace;
    }

    /** Sets the prefix of the targets of operations that are added from now on. */
    Builder targetPrefix(String prefix) {
      targetPrefix = prefix;
      return this;
    }

    Builder add(String name, Operation operation) {
      String target = targetPrefix + "." + name;
      if (operations.put(target, operation) != null) {
        throw new IllegalArgumentException("two operations have the target " + target);
      }
      return this;
    }

    Service build() {
      return new Service(scopes, namespace, operations);
    }
  }
}
