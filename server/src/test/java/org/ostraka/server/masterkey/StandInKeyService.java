package org.ostraka.server.masterkey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.ServedScopes;
import org.ostraka.identity.signature.SignatureVerifier;
import org.ostraka.identity.signature.SignedRequest;
import org.ostraka.identity.wire.KeyServiceJson;
import org.ostraka.model.error.ApiException;
import org.ostraka.secret.AesGcm;

/**
 * A key service of the test on a loopback port: Encrypt and Decrypt of KMS behind verified
 * signatures, and encrypt and decrypt of Vault's transit engine behind a token. It has real keys,
 * so that a wrong context or a changed text is refused. Servers of both are not to be had where the
 * tests run; what they answer follows "Encrypt - AWS Key Management Service" (API reference) and
 * "Transit secrets engine (API)" of Vault.
 */
final class StandInKeyService implements AutoCloseable {
  static final String TOKEN = "s.token-of-the-test";

  private final HttpServer server;
  private final SignatureVerifier verifier;
  private final List<AesGcm> versions = new ArrayList<>(List.of(new AesGcm(AesGcm.newKey())));

  /** The answers to requests with keys that are refused, by the key's ARN. */
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  StandInKeyService(AccessKey accessKey, InstantSource clock) {
    this.verifier =
        new SignatureVerifier(
            (id, _) -> accessKey.id().equals(id) ? Optional.of(accessKey) : Optional.empty(),
            clock);
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::kms);
    server.createContext("/v1/transit/", this::vault);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Makes a new version of the key, which encrypts from now on. */
  synchronized void rotate() {
    versions.add(new AesGcm(AesGcm.newKey()));
  }

  /** From now on, refuses to use a key, in the words of KMS. */
  void disable(String arn) {
    refuse(arn, "DisabledException", arn + " is disabled.");
  }

  /** From now on, answers requests with a key by an error. */
  void refuse(String keyId, String type, String message) {
    refused.put(keyId, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
  }

  /** Uses a key again. */
  void enable(String arn) {
    refused.remove(arn);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void kms(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    SignedRequest request =
        new SignedRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            "",
            name -> exchange.getRequestHeaders().getOrDefault(name, List.of()),
            body);
    try {
      verifier.verify(request, new ServedScopes(Set.of(), List.of("kms")));
    } catch (ApiException refusal) {
      answer(exchange, 400, "{\"__type\":\"InvalidSignatureException\",\"message\":\"no\"}");
      return;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    Optional<String> refusal = KeyServiceJson.text(text, "KeyId").map(refused::get);
    if (refusal.isPresent()) {
      answer(exchange, 400, refusal.get());
      return;
    }
    // The stand-in reads the one member of the context without its place.
    String context = text.substring(text.indexOf("\"EncryptionContext\""));
    boolean encrypts =
        "TrentService.Encrypt".equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String member = encrypts ? "Plaintext" : "CiphertextBlob";
    byte[] given = Base64.getDecoder().decode(KeyServiceJson.text(text, member).orElseThrow());
    Optional<byte[]> result = encrypts ? Optional.of(seal(given, context)) : open(given, context);
    if (result.isEmpty()) {
      answer(exchange, 400, "{\"__type\":\"InvalidCiphertextException\"}");
      return;
    }
    String value = Base64.getEncoder().encodeToString(result.get());
    String name = encrypts ? "CiphertextBlob" : "Plaintext";
    answer(
        exchange,
        200,
        "{\""
            + name
            + "\":\""
            + value
            + "\",\"KeyId\":\"key-"
            + size()
            + "\",\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}");
  }

  private void vault(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      answer(exchange, 403, "{\"errors\":[\"permission denied\"]}");
      return;
    }
    String context = KeyServiceJson.text(text, "associated_data").orElse("");
    if (exchange.getRequestURI().getPath().contains("/encrypt/")) {
      byte[] plain =
          Base64.getDecoder().decode(KeyServiceJson.text(text, "plaintext").orElseThrow());
      String sealed = Base64.getEncoder().encodeToString(seal(plain, context));
      answer(
          exchange,
          200,
          "{\"lease_duration\":0,\"data\":{\"ciphertext\":\"vault:v"
              + size()
              + ":"
              + sealed
              + "\",\"key_version\":"
              + size()
              + "},\"warnings\":null}");
      return;
    }
    String[] parts = KeyServiceJson.text(text, "ciphertext").orElseThrow().split(":", 3);
    Optional<byte[]> plain = open(Base64.getDecoder().decode(parts[2]), context);
    if (plain.isEmpty()) {
      answer(exchange, 400, "{\"errors\":[\"cipher: message authentication failed\"]}");
      return;
    }
    String value = Base64.getEncoder().encodeToString(plain.get());
    answer(exchange, 200, "{\"data\":{\"plaintext\":\"" + value + "\"}}");
  }

  private synchronized int size() {
    return versions.size();
  }

  private synchronized byte[] seal(byte[] plain, String context) {
    byte[] version = {(byte) (versions.size() - 1)};
    return versions.getLast().seal(version, plain, context.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized Optional<byte[]> open(byte[] sealed, String context) {
    return sealed[0] < versions.size()
        ? versions.get(sealed[0]).open(sealed, 1, context.getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
