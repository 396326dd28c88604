package org.ostraka.testkit.transcript;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One run of a transcript against a new server. One thread. */
final class TranscriptRun {
  /** The operations of DynamoDB Streams, which has a target prefix of its own. */
  private static final Set<String> STREAMS =
      Set.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords");

  /** Before the name of an operation of auto scaling, as in the names of its actions. */
  private static final String SCALING = "application-autoscaling:";

  /** Before the name of an operation of CloudWatch, as in the names of its actions. */
  private static final String METRICS = "cloudwatch:";

  private static final String DATE = "20261009";

  private final Transcript transcript;
  private final Placeholders placeholders = new Placeholders();
  private final List<Mismatch> mismatches = new ArrayList<>();

  TranscriptRun(Transcript transcript) {
    this.transcript = transcript;
  }

  /** Takes every step, even after one that failed, and returns all mismatches. */
  List<Mismatch> against(TranscriptServer.Starter starter) {
    try (TranscriptServer server = starter.start(transcript.settings())) {
      for (Step step : transcript.steps()) {
        switch (step) {
          case Step.Advance advance -> server.advance(advance.time());
          case Step.Restart _ -> server.restart();
          case Step.Exchange exchange -> exchange(server, exchange);
        }
      }
    }
    return List.copyOf(mismatches);
  }

  private void exchange(TranscriptServer server, Step.Exchange exchange) {
    byte[] body = placeholders.filled(exchange.request()).getBytes(StandardCharsets.UTF_8);
    boolean same = true;
    for (int i = 0; i < exchange.times(); i++) {
      Answer answer = server.call(headers(exchange), body);
      if (same && !isExpected(exchange, answer)) {
        same = false;
        String actual = placeholders.kept(exchange.body(), answer.body().strip());
        mismatches.add(new Mismatch(transcript.name(), exchange, answer, actual));
      }
    }
  }

  private boolean isExpected(Step.Exchange exchange, Answer answer) {
    return exchange.head().equals(answer.head())
        && placeholders.matches(exchange.body(), answer.body().strip());
  }

  private static String target(String operation) {
    if (operation.startsWith(SCALING)) {
      return "AnyScaleFrontendService." + operation.substring(SCALING.length());
    }
    if (operation.startsWith(METRICS)) {
      return "GraniteServiceVersion20100801." + operation.substring(METRICS.length());
    }
    return (STREAMS.contains(operation) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.")
        + operation;
  }

  private static String scope(String operation) {
    if (operation.startsWith(SCALING)) {
      return "application-autoscaling";
    }
    return operation.startsWith(METRICS) ? "monitoring" : "dynamodb";
  }

  private static Map<String, String> headers(Step.Exchange exchange) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", "dynamodb." + exchange.region() + ".example.com");
    headers.put("Content-Type", "application/x-amz-json-1.0");
    headers.put("X-Amz-Target", target(exchange.operation()));
    headers.put("X-Amz-Date", DATE + "T000000Z");
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + exchange.accessKey()
            + "/"
            + DATE
            + "/"
            + exchange.region()
            + "/"
            + scope(exchange.operation())
            + "/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature="
            + "0".repeat(64));
    headers.putAll(exchange.headers());
    exchange.withoutHeaders().forEach(headers::remove);
    return headers;
  }
}
