package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI with the token of an OpenID Connect provider instead of keys. */
final class WebIdentityIT {
  private static final String ISSUER = "https://issuer.example";
  private static final int MODULUS_BYTES = 256;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @TempDir private Path directory;

  @Test
  void theCommandLineAssumesARoleByItsToken() throws Exception {
    AwsCli.need();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(MODULUS_BYTES * Byte.SIZE);
    KeyPair keys = generator.generateKeyPair();
    Path published = Files.writeString(directory.resolve("jwks.json"), jwks(keys));
    Path token = Files.writeString(directory.resolve("token"), token(keys));
    try (OstrakaProcess server =
        OstrakaProcess.serveWith(
            directory.resolve("data"),
            RootKey.ENVIRONMENT,
            "--oidc-keys",
            ISSUER + "=" + published)) {
      // The suite has a home directory of its own, which a CLI that is loaded already does not see.
      String suite = ClientProgram.sources("cli").resolve("web-identity.sh").toString();
      ClientProgram.runSuite(server.endpoint(), List.of("bash", suite, ISSUER, token.toString()));
      server.terminate();
    }
    assertTheAuditLogNamesTheSubject();
  }

  /**
   * The shape is that of "Logging IAM and AWS STS API calls with AWS CloudTrail" in the IAM User
   * Guide; the provider's ARN stands where that page has the name of a provider that AWS knows.
   */
  private void assertTheAuditLogNamesTheSubject() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data/audit"))) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      assertThat(lines)
          .anyMatch(line ->
              line.contains("\"eventName\":\"AssumeRoleWithWebIdentity\"")
                  && line.contains("\"type\":\"WebIdentityUser\"")
                  && line.contains(":oidc-provider/issuer.example:ostraka:ci\"")
                  && line.contains("\"userName\":\"ci\""));
    }
  }

  private static String jwks(KeyPair keys) {
    byte[] modulus = ((RSAPublicKey) keys.getPublic()).getModulus().toByteArray();
    byte[] unsigned = Arrays.copyOfRange(modulus, modulus.length - MODULUS_BYTES, modulus.length);
    return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"AQAB\"}]}"
        .formatted(BASE64.encodeToString(unsigned));
  }

  private static String token(KeyPair keys) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String content =
        encoded("{\"alg\":\"RS256\",\"kid\":\"1\"}")
            + "."
            + encoded(
                "{\"iss\":\"%s\",\"sub\":\"ci\",\"aud\":\"ostraka\",\"iat\":%d,\"exp\":%d}"
                    .formatted(ISSUER, now, now + 600));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + BASE64.encodeToString(signature.sign());
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
