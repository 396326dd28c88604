package org.ostraka.voting.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReceiptKeyTest {
  private static final Receipt RECEIPT =
      new Receipt("e", "v", "a", Instant.EPOCH, "eu-central-1", 1);

  @Test
  void aForgedReceiptIsFound() throws Exception {
    ReceiptKey key = key();
    byte[] signature = key.sign(RECEIPT);
    assertThat(ReceiptKey.isSigned(RECEIPT, signature, key.publicKey())).isTrue();
    assertThat(ReceiptKey.isSigned(RECEIPT, signature, key().publicKey())).isFalse();
    signature[0] ^= 1;
    assertThat(ReceiptKey.isSigned(RECEIPT, signature, key.publicKey())).isFalse();
  }

  @Test
  void everyFieldIsSigned() throws Exception {
    ReceiptKey key = key();
    byte[] signature = key.sign(RECEIPT);
    for (Receipt other :
        new Receipt[] {
          new Receipt("f", "v", "a", Instant.EPOCH, "eu-central-1", 1),
          new Receipt("e", "w", "a", Instant.EPOCH, "eu-central-1", 1),
          new Receipt("e", "v", "b", Instant.EPOCH, "eu-central-1", 1),
          new Receipt("e", "v", "a", Instant.MAX, "eu-central-1", 1),
          new Receipt("e", "v", "a", Instant.EPOCH, "eu-west-1", 1),
          new Receipt("e", "v", "a", Instant.EPOCH, "eu-central-1", 2)
        }) {
      assertThat(ReceiptKey.isSigned(other, signature, key.publicKey())).isFalse();
    }
  }

  private static ReceiptKey key() throws Exception {
    return new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }
}
