package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.Secret;
import org.ostraka.identity.signature.ServedScopes;
import org.ostraka.identity.signature.SignatureVerifier;
import org.ostraka.identity.signature.SignedRequest;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.error.InvalidSignatureException;

final class RequestSignatureTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final AccessKey KEY =
      new AccessKey(
          "AKIDLOAD",
          new Principal.Root(ACCOUNT, "AKIDLOAD"),
          ACCOUNT,
          new Secret("the/secret+of-load"),
          Optional.empty());

  private final SignatureVerifier verifier =
      new SignatureVerifier(
          (id, _) -> Optional.of(KEY).filter(key -> key.id().equals(id)), InstantSource.system());

  @Test
  void eachRequestIsSignedAsItIsSent() {
    Request request =
        RequestTemplate.ofTarget(
                URI.create("http://localhost:8000"),
                "DynamoDB_20120810.GetItem",
                "{\"id\":\"@d5@\"}",
                Optional.of(new LoadKey("AKIDLOAD", "the/secret+of-load")))
            .request();
    for (int i = 0; i < 3; i++) {
      request.number(0, i);
      String sent = text(request.bytes());
      assertThat(sent).endsWith("{\"id\":\"0000" + i + "\"}");
      assertThat(verify(sent)).isEqualTo(KEY);
      assertThatThrownBy(() -> verify(sent.replace("{\"id\"", "{\"Id\"")))
          .isInstanceOf(InvalidSignatureException.class);
    }
  }

  private AccessKey verify(String sent) {
    String[] parts = sent.split("\r\n\r\n", 2);
    List<String> lines = List.of(parts[0].split("\r\n"));
    return verifier
        .verify(
            new SignedRequest(
                "POST", "/", "", name -> values(lines, name), parts[1].getBytes(US_ASCII)),
            new ServedScopes(Set.of(), List.of("dynamodb")))
        .key();
  }

  private static List<String> values(List<String> lines, String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(line.substring(colon + 1).strip());
      }
    }
    return values;
  }

  private static String text(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return new String(copy, US_ASCII);
  }
}
