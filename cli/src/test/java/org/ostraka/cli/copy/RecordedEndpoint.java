package org.ostraka.cli.copy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;

/** An endpoint that answers by a function and notes what it is asked. */
record RecordedEndpoint(
    BiFunction<String, JsonValue.Members, String> answers, Queue<String> requests)
    implements Endpoint {

  RecordedEndpoint(BiFunction<String, JsonValue.Members, String> answers) {
    this(answers, new ConcurrentLinkedQueue<>());
  }

  @Override
  public JsonValue.Members call(Service service, String operation, Map<String, JsonValue> request) {
    JsonValue.Members members = new JsonValue.Members(request);
    requests.add(operation + " " + new String(JsonText.bytes(members), StandardCharsets.UTF_8));
    return json(answers.apply(operation, members));
  }

  static JsonValue.Members json(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return (JsonValue.Members) JsonText.parse(bytes);
  }
}
