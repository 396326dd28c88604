package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A client made from the server's OpenAPI description: it knows paths, methods and answers from
 * there only, and refuses what the description does not have.
 */
final class OpenApi {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final Map<String, Object> description;
  private final Set<String> called = new HashSet<>();

  /** Reads the description from a server. */
  OpenApi(URI base) {
    this.base = base;
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(base.resolve("/openapi.json")).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    this.description = object(answer.body());
  }

  /** An answer whose status and body are as described. */
  record Answer(int status, String body) {}

  /**
   * Calls an operation by its id.
   *
   * @param token empty for none
   * @param body empty for none
   */
  Answer call(String operationId, String election, String token, String body) {
    return call(operationId, election, token, body, Map.of());
  }

  /** Calls an operation with parameters in the query. */
  Answer call(
      String operationId, String election, String token, String body, Map<String, String> query) {
    boolean _ = called.add(operationId);
    for (Map.Entry<String, Object> path : map(description.get("paths")).entrySet()) {
      for (Map.Entry<String, Object> method : map(path.getValue()).entrySet()) {
        if (method.getValue() instanceof Map<?, ?> operation
            && operationId.equals(operation.get("operationId"))) {
          return call(
              path.getKey() + query(map(operation), query),
              method.getKey(),
              map(operation),
              election,
              token,
              body);
        }
      }
    }
    throw new AssertionError("the description has no " + operationId);
  }

  /** Returns the query of an address; each parameter is as described. */
  private String query(Map<String, Object> operation, Map<String, String> query) {
    StringBuilder text = new StringBuilder();
    for (Object described : (List<?>) operation.getOrDefault("parameters", List.of())) {
      String name = (String) map(described).get("name");
      assertThat(map(described)).containsEntry("in", "query");
      String value = query.get(name);
      if (value != null) {
        boolean isText = "string".equals(map(map(described).get("schema")).get("type"));
        check(name, map(map(described).get("schema")), isText ? value : Integer.valueOf(value));
        text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(value);
      }
    }
    assertThat(text.chars().filter(it -> it == '=').count()).isEqualTo(query.size());
    return text.toString();
  }

  /** Returns the operations that were not called. */
  Set<String> uncalled() {
    Set<String> left = new HashSet<>();
    for (Object path : map(description.get("paths")).values()) {
      for (Object method : map(path).values()) {
        if (method instanceof Map<?, ?> operation) {
          boolean _ = left.add((String) operation.get("operationId"));
        }
      }
    }
    left.removeAll(called);
    return left;
  }

  private Answer call(
      String path,
      String method,
      Map<String, Object> operation,
      String election,
      String token,
      String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path.replace("{id}", election)))
            .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      assertThat(operation).as("security of %s", path).containsKey("security");
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = send(request.build());
    String status = Integer.toString(answer.statusCode());
    Object response = map(operation.get("responses")).get(status);
    assertThat(response)
        .as("%s %s answers %s: %s", method, path, status, answer.body())
        .isNotNull();
    Map<String, Object> content = map(map(response).get("content"));
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertThat(content).containsKey(type);
    check("$", map(map(content.get(type)).get("schema")), value(answer.body()));
    return new Answer(answer.statusCode(), answer.body());
  }

  /** Checks a value against the keywords of JSON Schema that the description uses. */
  private void check(String place, Map<String, Object> schema, Object value) {
    Object reference = schema.get("$ref");
    if (reference != null) {
      String name = reference.toString().substring("#/components/schemas/".length());
      Object named = map(map(description.get("components")).get("schemas")).get(name);
      check(place, map(Objects.requireNonNull(named, name)), value);
      return;
    }
    switch ((String) schema.get("type")) {
      case "string" -> checkText(place, schema, value);
      case "boolean" -> assertThat(value).as(place).isInstanceOf(Boolean.class);
      case "integer" -> {
        assertThat(value).as(place).isInstanceOf(Number.class);
        double number = ((Number) value).doubleValue();
        assertThat(number).as(place).isEqualTo(Math.rint(number));
        Optional.ofNullable(schema.get("minimum"))
            .ifPresent(least ->
                assertThat(number)
                    .as(place)
                    .isGreaterThanOrEqualTo(((Number) least).doubleValue()));
      }
      case "array" -> {
        assertThat(value).as(place).isInstanceOf(List.class);
        int index = 0;
        for (Object item : (List<?>) value) {
          check(place + "[" + index++ + "]", map(schema.get("items")), item);
        }
      }
      case "object" -> checkObject(place, schema, map(value));
      default -> throw new AssertionError("a type that this client does not know: " + schema);
    }
  }

  private static void checkText(String place, Map<String, Object> schema, Object value) {
    assertThat(value).as(place).isInstanceOf(String.class);
    Optional.ofNullable(schema.get("pattern"))
        .ifPresent(pattern -> assertThat((String) value).as(place).matches((String) pattern));
    Optional.ofNullable(schema.get("enum"))
        .ifPresent(values -> assertThat(value).as(place).isIn((List<?>) values));
  }

  private void checkObject(String place, Map<String, Object> schema, Map<String, Object> value) {
    Map<String, Object> properties = map(schema.get("properties"));
    for (Object name : (List<?>) schema.get("required")) {
      assertThat(value).as(place).containsKey((String) name);
    }
    value.forEach((name, member) -> {
      assertThat(properties).as(place).containsKey(name);
      check(place + "." + name, map(properties.get(name)), member);
    });
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static Object value(String json) {
    return Objects.requireNonNull(object("{\"value\":" + json + "}").get("value"));
  }

  private static Map<String, Object> object(String json) {
    try {
      return JSONObjectUtils.parse(json);
    } catch (ParseException malformed) {
      throw new AssertionError(json, malformed);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<String, Object>) value;
  }
}
