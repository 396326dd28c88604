package org.ostraka.server.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.IdempotentParameterMismatchException;
import org.ostraka.model.error.SerializationException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.TransactionInProgressException;

/** All operations of the API by their targets, and how errors look on the wire. Any thread. */
public final class Api {
  private static final String TARGET_PREFIX = "DynamoDB_20120810.";

  private final Map<String, Operation> operations;

  private Api(Map<String, Operation> operations) {
    this.operations = Map.copyOf(operations);
  }

  /** The operation that an {@code X-Amz-Target} names, if this server has it. */
  public Optional<Operation> operation(String target) {
    return Optional.ofNullable(operations.get(target));
  }

  /** The targets of all operations. */
  public Set<String> targets() {
    return operations.keySet();
  }

  /** Refuses what is not JSON; the service does so before it looks at anything else. */
  public static void requireJson(byte[] body) {
    if (body.length > 0 && !Json.isValid(body)) {
      throw new SerializationException("");
    }
  }

  /** An error's body. */
  public static byte[] error(ApiException error) {
    return Json.object(json -> {
      json.writeStringProperty("__type", error.namespace() + "#" + error.wireName());
      if (error instanceof TransactionCanceledException cancelled) {
        reasons(json, cancelled);
      }
      if (!error.text().isEmpty()) {
        json.writeStringProperty(messageName(error), error.text());
      }
      if (error instanceof ConditionalCheckFailedException failed) {
        failed.item().ifPresent(item -> AttributeWriter.item(json, "Item", item));
      }
    });
  }

  /** The body of an answer that says that the server failed. */
  public static byte[] internalServerError(String message) {
    return Json.object(json -> {
      json.writeStringProperty("__type", "com.amazonaws.dynamodb.v20120810#InternalServerError");
      json.writeStringProperty("message", message);
    });
  }

  private static void reasons(JsonOutput json, TransactionCanceledException cancelled) {
    json.writeName("CancellationReasons").writeStartArray();
    for (CancellationReason reason : cancelled.reasons()) {
      json.writeStartObject();
      json.writeStringProperty("Code", reason.code().word());
      ItemResponses.item(json, "Item", reason.item().orElse(null));
      reason.message().ifPresent(message -> json.writeStringProperty("Message", message));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String messageName(ApiException error) {
    boolean capital =
        error instanceof SerializationException
            || error instanceof TransactionCanceledException
            || error instanceof TransactionInProgressException
            || error instanceof IdempotentParameterMismatchException;
    return capital ? "Message" : "message";
  }

  /** Collects operations by name. One thread. */
  static final class Builder {
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    Builder add(String name, Operation operation) {
      operations.put(TARGET_PREFIX + name, operation);
      return this;
    }

    Api build() {
      return new Api(operations);
    }
  }
}
