package org.ostraka.server.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.operation.ItemOperationHandler;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.SerializationException;

/**
 * A service of the API: its operations by their targets, the names that scope its requests'
 * credentials, and the namespace of its errors. Immutable.
 */
public final class Service {
  private final List<String> scopes;
  private final String namespace;
  private final Map<String, Operation> operations;
  private final LoadControl load;
  private final String mediaType;

  private Service(
      List<String> scopes,
      String namespace,
      String mediaType,
      Map<String, Operation> operations,
      LoadControl load) {
    this.scopes = List.copyOf(scopes);
    this.namespace = namespace;
    this.mediaType = mediaType;
    this.operations = Map.copyOf(operations);
    this.load = load;
  }

  /**
   * Returns the names that a credential's scope may have for this service. Messages name the first
   * as the correct one.
   */
  public List<String> scopes() {
    return scopes;
  }

  /** Returns the media type of the service's requests and answers. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * Returns the body of an answer that refuses a request to this service.
   *
   * @throws org.ostraka.engine.load.OverloadedException when there is no room for it
   */
  public JsonBody error(ApiException error, RequestHead head) {
    Allowance allowance = head.onSharedThread(load);
    allowance.holdAnswer(ErrorBody.itemBytes(error));
    return load.told(
        json -> ErrorBody.members(json, error, namespace), allowance, JsonAnswer.Kind.REPEATABLE);
  }

  /** Refuses a body that is not JSON, before anything else is checked, as the service does. */
  void requireJson(byte[] body) {
    if (body.length == 0) {
      return;
    }
    boolean isHeavy = body.length > JsonWeight.LONG_BYTES || JsonWeight.of(body).isHeavy();
    boolean isJson = isHeavy ? load.heavy().call(() -> Json.isValid(body)) : Json.isValid(body);
    if (!isJson) {
      throw new SerializationException("");
    }
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
    private final LoadControl load;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private String targetPrefix = "";
    private String mediaType = "application/x-amz-json-1.0";

    /**
     * Begins a service without operations.
     *
     * @param scopes the service's names in the scopes of credentials, at least one
     * @param namespace the namespace of its errors, such as {@code
     *     com.amazonaws.dynamodb.v20120810}
     * @param load the limits on memory and computing of requests
     */
    Builder(List<String> scopes, String namespace, LoadControl load) {
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("a service has a name in the scope of credentials");
      }
      this.scopes = scopes;
      this.namespace = namespace;
      this.load = load;
    }

    /** Sets the prefix of the targets of operations that are added from now on. */
    Builder targetPrefix(String prefix) {
      targetPrefix = prefix;
      return this;
    }

    /** Sets the media type, which is that of version 1.0 of the protocol otherwise. */
    Builder mediaType(String type) {
      mediaType = type;
      return this;
    }

    /** Adds an operation that does not concern items. */
    <Q, R> Builder add(String name, OperationCodec<Q, R> codec, OperationHandler<Q, R> handler) {
      return add(name, Operation.of(codec, handler, load));
    }

    /** Adds an operation on items. */
    <Q, R> Builder add(
        String name, OperationCodec<Q, R> codec, ItemOperationHandler<Q, R> handler) {
      return add(name, Operation.ofItems(codec, handler, load));
    }

    private Builder add(String name, Operation operation) {
      String target = targetPrefix + "." + name;
      if (operations.put(target, operation) != null) {
        throw new IllegalArgumentException("two operations have the target " + target);
      }
      return this;
    }

    Service build() {
      return new Service(scopes, namespace, mediaType, operations, load);
    }
  }
}
