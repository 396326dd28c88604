package org.ostraka.delivery.trigger;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A function behind a URL. Any thread. */
record FunctionEndpoint(HttpClient http, URI uri, Duration timeout) {
  /** The longest answer: "Lambda quotas", invocation payload, synchronous. */
  private static final long MAX_ANSWER_BYTES = 6L << 20;

  /**
   * Present when the function failed although the request did not: Invoke, Lambda API Reference.
   */
  private static final String FUNCTION_ERROR = "X-Amz-Function-Error";

  /** Statuses of those that stand before a function which they did not reach: 429, 502 to 504. */
  private static final Set<Integer> NOT_INVOKED = Set.of(429, 502, 503, 504);

  private static final int STATUS_CLASS = 100;
  private static final int SUCCESS_CLASS = 2;

  /** What became of a call. */
  sealed interface Outcome {}

  /** The function has answered. */
  record Answered(byte[] body) implements Outcome {}

  /** The function has got the event and failed, or has not answered in time. */
  record Failed(String reason, int status) implements Outcome {}

  /** The function did not get the event. */
  record Unreached(String reason) implements Outcome {}

  /** The status of a call without an answer. */
  static final int NO_STATUS = 0;

  /** Sends an event and waits for the answer. */
  Outcome invoke(byte[] event) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(event))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      // The time-out of a request of this client ends with the head of the answer.
      return outcome(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      answer.cancel(true);
      return new Failed("no answer within " + timeout.toSeconds() + " s", NO_STATUS);
    } catch (ExecutionException failed) {
      return outcome(Objects.requireNonNull(failed.getCause()));
    } catch (InterruptedException stop) {
      answer.cancel(true);
      throw stop;
    }
  }

  private static Outcome outcome(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (NOT_INVOKED.contains(status)) {
      return new Unreached("status " + status);
    }
    if (status / STATUS_CLASS != SUCCESS_CLASS) {
      return new Failed("status " + status, status);
    }
    return response
        .headers()
        .firstValue(FUNCTION_ERROR)
        .<Outcome>map(error -> new Failed("the function failed: " + error, status))
        .orElseGet(() -> new Answered(response.body()));
  }

  private static Outcome outcome(Throwable failure) {
    return switch (failure) {
      case ConnectException _, HttpConnectTimeoutException _ ->
          new Unreached("it cannot be connected to");
      case IOException lost -> new Failed("no answer: " + lost.getMessage(), NO_STATUS);
      default -> throw new IllegalStateException("an HTTP request failed unexpectedly", failure);
    };
  }
}
