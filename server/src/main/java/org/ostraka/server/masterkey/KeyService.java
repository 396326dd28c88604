package org.ostraka.server.masterkey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.ostraka.identity.wire.KeyServiceJson;
import org.ostraka.secret.MasterKeyException;

/**
 * A service that is asked by POST requests with JSON. Any thread.
 *
 * @param name how messages name it
 */
record KeyService(HttpClient http, String name) {
  /** How long the service may take: who waits is a request that needs a key. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int OK = 200;

  /**
   * The errors of KMS that say something of a key ("Decrypt", "Encrypt" of its API reference).
   * Others, such as throttling, tell that the service could not be asked.
   */
  private static final Set<String> ABOUT_THE_KEY =
      Set.of(
          "AccessDeniedException",
          "DisabledException",
          "IncorrectKeyException",
          "InvalidCiphertextException",
          "InvalidKeyUsageException",
          "KMSInvalidStateException",
          "NotFoundException");

  /** Makes the client of a service. */
  static KeyService named(String name) {
    return new KeyService(client(), name);
  }

  /** Makes what connects to services; several may share it. */
  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .build();
  }

  /**
   * Returns the answer to a request.
   *
   * @throws MasterKeyException when there is none, or it is not a success; the message has what the
   *     service says of errors, and neither keys nor tokens
   */
  String ask(URI uri, Map<String, String> fields, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    fields.forEach(request::header);
    HttpResponse<String> answer;
    try {
      answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new MasterKeyException(name + " cannot be reached", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new MasterKeyException(name + " was not waited for", stopped);
    }
    if (answer.statusCode() != OK) {
      throw refused(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  private MasterKeyException refused(int status, String body) {
    String message =
        name
            + " answered "
            + status
            + KeyServiceJson.problem(body).map(text -> ": " + text).orElse("");
    return KeyServiceJson.text(body, "__type")
        .map(KeyService::simpleName)
        .filter(ABOUT_THE_KEY::contains)
        .map(code ->
            new MasterKeyException(message, new MasterKeyException.Refusal(code, said(body))))
        .orElseGet(() -> new MasterKeyException(message));
  }

  private static String said(String body) {
    return KeyServiceJson.text(body, "message")
        .or(() -> KeyServiceJson.text(body, "Message"))
        .orElse("");
  }

  /** Returns the name of an error without the name of its service, which may stand before it. */
  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('#') + 1);
  }
}
