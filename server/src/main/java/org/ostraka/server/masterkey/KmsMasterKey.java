package org.ostraka.server.masterkey;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.identity.wire.KeyServiceJson;
import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;

/**
 * A master key that stays in AWS KMS, or in a service that speaks its API (operations Encrypt and
 * Decrypt). Any thread.
 *
 * <p>KMS keeps the versions of a key that it rotates, so that what it encrypted before stays
 * readable without being wrapped again. What a key is for is sent as the encryption context, so
 * that KMS logs it and refuses another one.
 */
public final class KmsMasterKey implements MasterKey {
  private static final String CONTEXT_NAME = "ostraka";
  private static final String PROBE = "AA==";

  private final KeyService service;
  private final URI endpoint;
  private final String keyId;
  private final RequestSigner signer;
  private final InstantSource clock;
  private Optional<String> arn = Optional.empty();

  /**
   * Makes the key.
   *
   * @param endpoint the URL of the service
   * @param keyId the id, ARN or alias of a symmetric key
   */
  public KmsMasterKey(URI endpoint, String keyId, RequestSigner signer, InstantSource clock) {
    this(KeyService.client(), endpoint, keyId, signer, clock);
  }

  private KmsMasterKey(
      HttpClient http, URI endpoint, String keyId, RequestSigner signer, InstantSource clock) {
    this.service = new KeyService(http, "KMS at " + endpoint);
    this.endpoint = endpoint;
    this.keyId = keyId;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * Returns a key with another ARN, which is asked over the same connections.
   *
   * @param itsEndpoint the URL of its KMS
   * @param itsSigner signs for its region
   */
  public KmsMasterKey with(URI itsEndpoint, String arn, RequestSigner itsSigner) {
    return new KmsMasterKey(service.http(), itsEndpoint, arn, itsSigner, clock);
  }

  /**
   * Returns the ARN of the key. An alias may be pointed to another key: then what it wrapped before
   * should be wrapped again.
   */
  @Override
  public synchronized String id() {
    String known = arn.orElseGet(() -> isAlias() ? resolved() : keyId);
    arn = Optional.of(known);
    return "kms:" + known;
  }

  private boolean isAlias() {
    return keyId.contains(":alias/") || keyId.startsWith("alias/");
  }

  private String resolved() {
    String answer =
        ask("Encrypt", Map.of("KeyId", keyId, "Plaintext", PROBE), "which key is the alias");
    return KeyServiceJson.text(answer, "KeyId").orElse(keyId);
  }

  @Override
  public Bytes wrap(byte[] key, String context) {
    String answer =
        ask(
            "Encrypt",
            Map.of("KeyId", keyId, "Plaintext", Base64.getEncoder().encodeToString(key)),
            context);
    return Bytes.wrap(decoded(answer, "CiphertextBlob"));
  }

  @Override
  public byte[] unwrap(Bytes wrapped, String context) {
    String blob = Base64.getEncoder().encodeToString(wrapped.array());
    // An alias may name another key by now; the text itself says which key encrypted it.
    Map<String, String> members =
        isAlias() ? Map.of("CiphertextBlob", blob) : Map.of("KeyId", keyId, "CiphertextBlob", blob);
    return decoded(ask("Decrypt", members, context), "Plaintext");
  }

  private String ask(String operation, Map<String, String> members, String context) {
    byte[] body =
        KeyServiceJson.object(members, "EncryptionContext", Map.of(CONTEXT_NAME, context))
            .getBytes(StandardCharsets.UTF_8);
    Map<String, String> fields =
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "TrentService." + operation);
    String path = endpoint.getRawPath();
    if (!path.isEmpty() && !path.equals("/")) {
      throw new MasterKeyException("the endpoint of KMS has a path: " + endpoint);
    }
    return service.ask(
        endpoint,
        signer.signedPost(endpoint.getRawAuthority(), fields, body, clock.instant()),
        body);
  }

  private byte[] decoded(String answer, String member) {
    Optional<String> text = KeyServiceJson.text(answer, member);
    return KeyBytes.decoded(text, "KMS at " + endpoint);
  }
}
