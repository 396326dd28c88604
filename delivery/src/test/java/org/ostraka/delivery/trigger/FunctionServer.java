package org.ostraka.delivery.trigger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;

/** A function behind a real HTTP server. Any thread. */
final class FunctionServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<List<Seen>> batches = new CopyOnWriteArrayList<>();
  private final Function<List<Seen>, Answer> function;

  /** A record as the function got it. */
  record Seen(String id, String value, String sequenceNumber) {}

  /** What the function answers. */
  record Answer(int status, String body) {
    static final Answer OK = new Answer(200, "");
    static final Answer ERROR = new Answer(500, "");

    static Answer failures(String... sequenceNumbers) {
      List<String> items =
          List.of(sequenceNumbers).stream()
              .map(number -> "{\"itemIdentifier\":\"" + number + "\"}")
              .toList();
      return new Answer(200, "{\"batchItemFailures\":[" + String.join(",", items) + "]}");
    }
  }

  private FunctionServer(int port, Function<List<Seen>, Answer> function) throws IOException {
    this.function = function;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/function", this::handle);
    server.start();
  }

  static FunctionServer start(Function<List<Seen>, Answer> function) throws IOException {
    return new FunctionServer(0, function);
  }

  static FunctionServer startAt(int port, Function<List<Seen>, Answer> function)
      throws IOException {
    return new FunctionServer(port, function);
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI uri() {
    return uri(port());
  }

  static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/function");
  }

  /** Returns all batches that came, in their order. */
  List<List<Seen>> batches() {
    return batches;
  }

  /** Returns the values of the records of all batches. */
  List<List<String>> values() {
    return batches.stream().map(batch -> batch.stream().map(Seen::value).toList()).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Seen> batch = records(exchange.getRequestBody().readAllBytes());
      batches.add(batch);
      Answer answer = function.apply(batch);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (UncheckedIOException closed) {
      throw closed.getCause();
    }
  }

  private static List<Seen> records(byte[] event) {
    JsonValue records = member(JsonText.parse(event), "Records");
    return ((JsonValue.Elements) records)
        .values().stream()
            .map(record -> {
              JsonValue change = member(record, "dynamodb");
              return new Seen(
                  text(change, "Keys", "id", "S"),
                  text(change, "NewImage", "value", "S"),
                  text(change, "SequenceNumber"));
            })
            .toList();
  }

  private static String text(JsonValue json, String... path) {
    JsonValue at = json;
    for (String name : path) {
      at = member(at, name);
    }
    return ((JsonValue.Text) at).value();
  }

  private static JsonValue member(JsonValue json, String name) {
    return ((JsonValue.Members) json).member(name).orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
