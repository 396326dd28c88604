package org.ostraka.testkit.transcript;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Answers with the request's body, or with what a header asks for. Tests of the transcripts run
 * against it.
 */
final class EchoServer implements TranscriptServer {
  private Duration age = Duration.ZERO;
  private int starts = 1;
  private int calls;

  static TranscriptServer start(Map<String, String> settings) {
    if (!Set.of("loud").containsAll(settings.keySet())) {
      throw new IllegalArgumentException("no such setting");
    }
    return new EchoServer();
  }

  @Override
  public Answer call(Map<String, String> headers, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (headers.getOrDefault("X-Amz-Target", "none")) {
      case "DynamoDB_20120810.Echo" -> new Answer(200, text);
      case "DynamoDB_20120810.Age" -> new Answer(200, age.toSeconds() + " " + starts);
      case "DynamoDB_20120810.Headers" -> new Answer(200, headers.toString());
      case "DynamoDB_20120810.Length" -> new Answer(200, Integer.toString(body.length));
      case "DynamoDB_20120810.Count" -> new Answer(200, Integer.toString(++calls));
      default -> new Answer(400, "{\"__type\":\"some.space#Refused\",\"message\":\"no\"}");
    };
  }

  @Override
  public void advance(Duration time) {
    age = age.plus(time);
  }

  @Override
  public void restart() {
    starts++;
  }

  @Override
  public void close() {}
}
