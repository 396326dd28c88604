package org.ostraka.cli.copy;

import java.util.Map;
import org.ostraka.delivery.json.JsonValue;

/** One side of a copy: an endpoint of DynamoDB's API. Any thread. */
@FunctionalInterface
public interface Endpoint {

  /** The parts of the API. */
  enum Service {
    TABLES,
    STREAMS
  }

  /**
   * Returns the answer of an operation.
   *
   * @throws EndpointException when the endpoint refuses the request or does not answer
   */
  JsonValue.Members call(Service service, String operation, Map<String, JsonValue> request);

  /** Returns the answer of an operation on tables. */
  default JsonValue.Members call(String operation, Map<String, JsonValue> request) {
    return call(Service.TABLES, operation, request);
  }
}
