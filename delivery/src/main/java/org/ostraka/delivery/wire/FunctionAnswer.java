package org.ostraka.delivery.wire;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;

/**
 * What a function that reports the failures of items says about a batch: "Configuring partial batch
 * response with DynamoDB and Lambda" in the AWS Lambda Developer Guide. Immutable.
 */
public sealed interface FunctionAnswer {
  /** All records succeeded. */
  record Success() implements FunctionAnswer {}

  /** The answer has another form than it must have: all records failed. */
  record Malformed() implements FunctionAnswer {}

  /** Records with these sequence numbers failed, one or more. */
  record ItemFailures(List<String> sequenceNumbers) implements FunctionAnswer {
    public ItemFailures {
      sequenceNumbers = List.copyOf(sequenceNumbers);
    }
  }

  /** Reads the body of an answer. An empty body, null, and an empty list mean success. */
  static FunctionAnswer of(byte[] body) {
    if (body.length == 0) {
      return new Success();
    }
    try {
      return of(JsonText.parse(body));
    } catch (JsonSyntaxException _) {
      return new Malformed();
    }
  }

  private static FunctionAnswer of(JsonValue answer) {
    return switch (answer) {
      case JsonValue.Null _ -> new Success();
      case JsonValue.Members members ->
          list(members.member("batchItemFailures").orElse(new JsonValue.Null()));
      case JsonValue.Elements _, JsonValue.Text _, JsonValue.Numeric _, JsonValue.Flag _ ->
          new Malformed();
    };
  }

  private static FunctionAnswer list(JsonValue failures) {
    return switch (failures) {
      case JsonValue.Null _ -> new Success();
      case JsonValue.Elements(List<JsonValue> items) -> {
        List<String> numbers = new ArrayList<>();
        for (JsonValue item : items) {
          if (!(item instanceof JsonValue.Members members)
              || !(members.values().get("itemIdentifier") instanceof JsonValue.Text(String id))) {
            yield new Malformed();
          }
          numbers.add(id);
        }
        yield numbers.isEmpty() ? new Success() : new ItemFailures(numbers);
      }
      case JsonValue.Members _, JsonValue.Text _, JsonValue.Numeric _, JsonValue.Flag _ ->
          new Malformed();
    };
  }
}
