package org.ostraka.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.Session;
import org.ostraka.model.error.InvalidSignatureException;

/** AWS's published test vectors; {@code vectors.txt} names their sources. */
final class PublishedVectorsTest {
  private static final String ID = "AKIDEXAMPLE";
  private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");
  private static final ServedScopes SERVED =
      new ServedScopes(Set.of(new Region("us-east-1")), List.of("service"));

  /** A published request. */
  record Vector(String name, String text) {
    @Override
    public String toString() {
      return name;
    }

    SignedRequest request() {
      return RequestText.parse(text);
    }

    /** Returns the same request with another last digit in its signature. */
    SignedRequest forged() {
      int at = text.indexOf("Signature=") + "Signature=".length() + 63;
      char digit = text.charAt(at) == '0' ? '1' : '0';
      return RequestText.parse(text.substring(0, at) + digit + text.substring(at + 1));
    }
  }

  static List<Vector> vectors() throws IOException {
    try (InputStream in = PublishedVectorsTest.class.getResourceAsStream("vectors.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== "))
          .skip(1)
          .map(PublishedVectorsTest::vector)
          .toList();
    }
  }

  private static Vector vector(String text) {
    int end = text.indexOf('\n');
    return new Vector(text.substring(0, end), text.substring(end + 1).stripTrailing());
  }

  @Test
  void allVectorsAreRead() throws IOException {
    assertThat(vectors()).hasSize(35).extracting(Vector::name).contains("get-vanilla");
    assertThat(vectors().stream().filter(vector -> vector.name().startsWith("presigned")))
        .hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void publishedSignatureIsAccepted(Vector vector) {
    assertThat(verifier(vector).verify(vector.request(), SERVED).key().id()).isEqualTo(ID);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void anotherSignatureIsRefused(Vector vector) {
    assertThatThrownBy(() -> verifier(vector).verify(vector.forged(), SERVED))
        .isInstanceOf(InvalidSignatureException.class)
        .hasMessageStartingWith("The request signature we calculated does not match");
  }

  private static SignatureVerifier verifier(Vector vector) {
    Optional<AccessKey.Session> session =
        Stream.of(vector.request().header("X-Amz-Security-Token"))
            .flatMap(Optional::stream)
            .map(token ->
                new AccessKey.Session(new Secret(token), SIGNED_AT.plusSeconds(1), Session.NONE))
            .findFirst();
    AccessKey key =
        new AccessKey(
            ID,
            new Principal.AccessKey(ID),
            new AccountId("123456789012"),
            new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            session);
    return new SignatureVerifier(
        (id, _) -> Optional.of(key).filter(k -> k.id().equals(id)), InstantSource.fixed(SIGNED_AT));
  }
}
