package org.ostraka.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The admin listener of a running server, for commands that read from it. Immutable. */
record AdminListener(URI url) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Returns what the listener shows at a path; empty when it does not answer, which is told. */
  Optional<String> read(String path, PrintWriter err) {
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return Optional.of(answer.body());
      }
      err.println("ostraka: " + url + " answered with status " + answer.statusCode());
    } catch (IOException unreachable) {
      err.println("ostraka: " + url + " cannot be reached: " + unreachable.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
