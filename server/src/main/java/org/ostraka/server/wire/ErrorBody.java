package org.ostraka.server.wire;

import org.ostraka.model.CancellationReason;
import org.ostraka.model.Item;
import org.ostraka.model.ThrottlingReason;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.IdempotentParameterMismatchException;
import org.ostraka.model.error.SerializationException;
import org.ostraka.model.error.ThrottledException;
import org.ostraka.model.error.ThrottlingException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.TransactionInProgressException;

/** Writes the JSON of errors. Stateless. */
final class ErrorBody {
  private static final String FRAMEWORK = "com.amazon.coral.service";
  private static final String VALIDATION = "com.amazon.coral.validate";

  private ErrorBody() {}

  /**
   * Writes the members of the body of an answer that refuses a request.
   *
   * @param namespace the namespace of the service's own errors
   */
  static void members(JsonOutput json, ApiException error, String namespace) {
    json.writeStringProperty("__type", prefix(error.origin(), namespace) + error.wireName());
    if (error instanceof TransactionCanceledException cancelled) {
      reasons(json, cancelled);
    }
    if (!error.text().isEmpty()) {
      json.writeStringProperty(messageName(error, namespace), error.text());
    }
    if (error instanceof ThrottledException throttled) {
      throttlingReasons(json, throttled);
    }
    if (error instanceof ConditionalCheckFailedException failed) {
      failed.item().ifPresent(item -> AttributeWriter.item(json, "Item", item));
    }
  }

  /** Returns the bytes of the items that an error contains. */
  static long itemBytes(ApiException error) {
    return switch (error) {
      case ConditionalCheckFailedException failed -> failed.item().map(Item::storedBytes).orElse(0);
      case TransactionCanceledException cancelled ->
          cancelled.reasons().stream()
              .flatMap(reason -> reason.item().stream())
              .mapToLong(Item::storedBytes)
              .sum();
      default -> 0;
    };
  }

  /** Returns the body of an answer that says that the server failed. */
  static byte[] internalServerError(String message, String namespace) {
    return Json.object(json -> {
      json.writeStringProperty(
          "__type", prefix(ApiException.Origin.SERVICE, namespace) + "InternalServerError");
      json.writeStringProperty("message", message);
    });
  }

  /** Returns what stands before the name; nothing for a service without a namespace. */
  private static String prefix(ApiException.Origin origin, String ofService) {
    return ofService.isEmpty() ? "" : namespace(origin, ofService) + "#";
  }

  private static String namespace(ApiException.Origin origin, String ofService) {
    return switch (origin) {
      case SERVICE -> ofService;
      case FRAMEWORK -> FRAMEWORK;
      case VALIDATION -> VALIDATION;
    };
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

  /** Writes the reasons; the API's model spells the member of ThrottlingException differently. */
  private static void throttlingReasons(JsonOutput json, ThrottledException throttled) {
    json.writeName(
            throttled instanceof ThrottlingException ? "throttlingReasons" : "ThrottlingReasons")
        .writeStartArray();
    for (ThrottlingReason reason : throttled.reasons()) {
      json.writeStartObject();
      json.writeStringProperty("reason", reason.word());
      json.writeStringProperty("resource", reason.resource());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String messageName(ApiException error, String ofService) {
    boolean capital =
        error instanceof SerializationException
            || error instanceof TransactionCanceledException
            || error instanceof TransactionInProgressException
            || error instanceof IdempotentParameterMismatchException
            || ofService.isEmpty();
    return capital ? "Message" : "message";
  }
}
