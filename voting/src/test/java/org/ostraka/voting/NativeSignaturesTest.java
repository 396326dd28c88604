package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.token.IssuerKey;

/** What native code signs is what the JDK signs, and the other way round. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
final class NativeSignaturesTest {
  private static final byte[] TEXT = "a receipt".getBytes(StandardCharsets.UTF_8);

  private final Provider jdk = Security.getProvider("SunEC");
  private final Provider accp = NativeSignatures.provider().orElseThrow();

  @Test
  void receiptsHaveTheSameSignatureByBoth() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519", jdk).generateKeyPair();
    byte[] byJdk = sign("Ed25519", jdk, pair);
    assertThat(sign("Ed25519", accp, pair)).isEqualTo(byJdk);
    assertThat(isSigned("Ed25519", accp, pair, byJdk)).isTrue();
    byJdk[10] ^= 1;
    assertThat(isSigned("Ed25519", accp, pair, byJdk)).isFalse();
  }

  @Test
  void tokensThatOneSignsAreVerifiedByTheOther() throws Exception {
    String algorithm = "SHA256withECDSAinP1363Format";
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", jdk);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] byJdk = sign(algorithm, jdk, pair);
    assertThat(isSigned(algorithm, accp, pair, byJdk)).isTrue();
    assertThat(isSigned(algorithm, jdk, pair, sign(algorithm, accp, pair))).isTrue();
    byJdk[10] ^= 1;
    assertThat(isSigned(algorithm, accp, pair, byJdk)).isFalse();
    // r and s of zero, which an unpatched Java 15 to 18 took for any signature (CVE-2022-21449).
    assertThat(isSigned(algorithm, accp, pair, new byte[byJdk.length])).isFalse();
  }

  @Test
  void theProgramTakesIt(@TempDir Path directory) throws Exception {
    IssuerKey issuer = IssuerKey.make("https://issuer", "vote", InstantSource.system());
    Path keys = Files.writeString(directory.resolve("keys"), issuer.publicSet());
    List<String> serve =
        List.of(
            "serve",
            "--port",
            "0",
            "--copies",
            "1",
            "--region",
            "eu-central-1=http://127.0.0.1:1",
            "--jwks",
            keys.toString(),
            "--issuer",
            "https://issuer",
            "--audience",
            "vote",
            "--receipt-key",
            directory.resolve("receipt-key").toString());
    Path output = directory.resolve("out");
    Process process = Voting.start(output, serve);
    try {
      TwoRegions.await(
          "it serves", () -> !process.isAlive() || TwoRegions.read(output).contains("Listening"));
      assertThat(TwoRegions.read(output)).contains("Signatures by AmazonCorrettoCryptoProvider");
    } finally {
      process.toHandle().destroyForcibly();
    }
  }

  private static byte[] sign(String algorithm, Provider by, KeyPair pair) throws Exception {
    Signature signature = Signature.getInstance(algorithm, by);
    signature.initSign(pair.getPrivate());
    signature.update(TEXT);
    return signature.sign();
  }

  private static boolean isSigned(String algorithm, Provider by, KeyPair pair, byte[] signed)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm, by);
    signature.initVerify(pair.getPublic());
    signature.update(TEXT);
    try {
      return signature.verify(signed);
    } catch (java.security.SignatureException malformed) {
      return false;
    }
  }
}
