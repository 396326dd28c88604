package org.ostraka.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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
    ClientProgram.need(Commands.isFound("aws"), "AWS CLI: aws is not on the PATH");
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
      String suite = ClientProgram.sources("cli").resolve("web-identity.sh").toString();
      ClientProgram.runSuite(server.endpoint(), List.of("bash", suite, ISSUER, token.toString()));
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
