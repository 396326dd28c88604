package org.ostraka.identity.signature;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signs requests of this server to a service of AWS, or one that speaks its API. Any thread.
 *
 * @param accessKeyId the access key
 * @param secret its secret
 * @param token the token of a session, for keys that have one
 * @param region the region of the service
 * @param service the service's name in a credential's scope, such as {@code kms}
 */
public record RequestSigner(
    String accessKeyId, Secret secret, Optional<Secret> token, String region, String service) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_CHARS = 8;

  /**
   * Returns the header fields of a POST to the path {@code /}, with the signature.
   *
   * @param host the field Host as the client will send it
   * @param fields further fields, which are signed too
   */
  public Map<String, String> signedPost(
      String host, Map<String, String> fields, byte[] body, Instant now) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    String time = TIME.format(now);
    all.put("X-Amz-Date", time);
    token.ifPresent(each -> all.put("X-Amz-Security-Token", each.reveal()));
    Map<String, String> signed = new LinkedHashMap<>(all);
    signed.put("Host", host);
    SignedHeaders names = SignedHeaders.of(String.join(";", signed.keySet()));
    CredentialScope scope =
        new CredentialScope(
            accessKeyId, time.substring(0, DATE_CHARS), region, service, "aws4_request");
    HeaderFields lookUp =
        name ->
            signed.entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    String canonical =
        CanonicalRequest.of(
            new SignedRequest("POST", "/", "", lookUp, body), QueryString.of(""), names);
    String signature = signature(scope, time, canonical);
    all.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + accessKeyId
            + "/"
            + scope.signed()
            + ", SignedHeaders="
            + names.text()
            + ", Signature="
            + signature);
    return all;
  }

  private String signature(CredentialScope scope, String time, String canonical) {
    String stringToSign = StringToSign.of(time, scope, canonical);
    byte[] key = new SigningKeys().of(SigningKeys.Use.of(secret, scope));
    return Hash.hex(Hash.keyed(key, stringToSign));
  }
}
