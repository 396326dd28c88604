package org.ostraka.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.identity.signature.RequestSigner;

/** Calls operations of the API of a running server. Any thread. */
final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int SERVER_ERRORS = 500;

  /** The names of the API's two services in the header field X-Amz-Target. */
  static final String TABLES = "DynamoDB_20120810";

  static final String STREAMS = "DynamoDBStreams_20120810";

  /** Errors after which the same call may succeed. */
  private static final Set<String> PASSING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "RequestLimitExceeded",
          "LimitExceededException");

  private final URI endpoint;
  private final RequestSigner signer;
  private final InstantSource clock;
  private final HttpClient http;

  ApiClient(URI endpoint, RequestSigner signer, SSLContext tls, InstantSource clock) {
    this.endpoint = endpoint;
    this.signer = signer;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(tls)
            .build();
  }

  /**
   * Returns the answer of an operation.
   *
   * @throws CallException when the server refuses the request, with its error's name and text, or
   *     does not answer
   */
  JsonValue.Members call(String operation, Map<String, JsonValue> request) {
    return call(TABLES, operation, request);
  }

  /** Returns the answer of an operation of one of the two services, tables and streams. */
  JsonValue.Members call(String service, String operation, Map<String, JsonValue> request) {
    HttpResponse<byte[]> answer =
        send(service + "." + operation, JsonText.bytes(new JsonValue.Members(request)));
    Optional<JsonValue.Members> body = members(answer.body());
    if (answer.statusCode() != OK) {
      Optional<String> error = body.flatMap(ApiClient::error);
      throw new CallException(
          body.flatMap(ApiClient::refusal).orElse(endpoint + " answered " + answer.statusCode()),
          error,
          answer.statusCode() >= SERVER_ERRORS || error.filter(PASSING::contains).isPresent());
    }
    return body.orElseThrow(
        () -> new CallException(endpoint + " gave an answer that cannot be read"));
  }

  private HttpResponse<byte[]> send(String target, byte[] body) {
    Map<String, String> fields =
        Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", target);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signer
        .signedPost(endpoint.getRawAuthority(), fields, body, clock.instant())
        .forEach(request::header);
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException | HttpConnectTimeoutException unreached) {
      throw new CallException(endpoint + " cannot be reached" + why(unreached), unreached);
    } catch (IOException unanswered) {
      throw new CallException(
          endpoint + " did not answer, and may have done what was asked" + why(unanswered),
          unanswered);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CallException("stopped while calling " + endpoint, stopped);
    }
  }

  private static String why(IOException failure) {
    return Optional.ofNullable(failure.getMessage()).map(text -> ": " + text).orElse("");
  }

  private static Optional<JsonValue.Members> members(byte[] body) {
    try {
      return JsonText.parse(body) instanceof JsonValue.Members members
          ? Optional.of(members)
          : Optional.empty();
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  /** Returns the name of an error, without its namespace, and its text. */
  private static Optional<String> refusal(JsonValue.Members body) {
    Optional<String> text = text(body, "message").or(() -> text(body, "Message"));
    return error(body).map(name -> name + text.map(why -> ": " + why).orElse(""));
  }

  private static Optional<String> error(JsonValue.Members body) {
    return text(body, "__type").map(type -> type.substring(type.indexOf('#') + 1));
  }

  private static Optional<String> text(JsonValue.Members body, String name) {
    return body.member(name)
        .flatMap(value ->
            value instanceof JsonValue.Text(String text) ? Optional.of(text) : Optional.empty());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
